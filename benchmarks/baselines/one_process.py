"""Baseline (d): one FastAPI process with everything in memory; what one would write instead.

    python -m benchmarks.baselines.one_process --port PORT

The same catalogue, neighbours, reasons and default policy as ours; sessions in a dictionary, lost
at the end. No replica, no log, nothing that survives a fault or grows past one core.
"""

import argparse
import random
import secrets
from collections import OrderedDict
from dataclasses import asdict, dataclass, field
from typing import Annotated

import uvicorn
from fastapi import FastAPI, Query, Response

from backend.catalog.catalogue import load_catalogue
from backend.ensemble.policies import make_policy
from backend.ensemble.preference import Credit
from backend.ensemble.slate import Slate
from backend.http import json_response
from backend.recommenders import RECOMMENDERS
from backend.settings import Settings

DEPTH = 3
MOST_SESSIONS = 50_000


@dataclass
class MemorySession:
    """Likes and the rankings shown, oldest first."""

    likes: dict[str, Credit] = field(default_factory=dict)
    shown: list[Slate] = field(default_factory=list)


def create_app(settings: Settings) -> FastAPI:
    """The application on a catalogue that was built."""
    app = FastAPI()
    catalogue = load_catalogue(settings)
    sources = {name: RECOMMENDERS[name].open(settings.index_dir) for name in settings.sources}
    policy = make_policy(settings.policy, settings.prior_likes, settings.exploration_share)
    sessions: OrderedDict[str, MemorySession] = OrderedDict()

    def session_of(key: str) -> MemorySession:
        session = sessions.setdefault(key, MemorySession())
        sessions.move_to_end(key)
        if len(sessions) > MOST_SESSIONS:
            sessions.popitem(last=False)
        return session

    @app.get("/rec/ensemble")
    async def ensemble(
        liked_id: str,
        session_key: str | None = None,
        count: Annotated[int, Query(ge=1, le=50)] = settings.slate_size,
    ) -> Response:
        catalogue.require(liked_id, "liked_id")
        key = session_key or secrets.token_urlsafe(15)
        session = session_of(key)
        _like(session, liked_id)
        # As ours: few candidates, and all of them only where likes have used up those.
        excluded = {liked_id, *session.likes}
        for depth in (DEPTH * count, DEPTH * count + len(excluded)):
            found = {name: source.recommend(liked_id, depth) for name, source in sources.items()}
            if all(
                sum(film.movie_id not in excluded for film in films) >= count
                for films in found.values()
            ):
                break
        dist = policy.weights(list(session.likes.values()), list(sources))
        slate = policy.fill(
            dist,
            {name: [film.movie_id for film in films] for name, films in found.items()},
            count,
            random.Random(),
            excluded,
        )
        session.shown = [*session.shown[-199:], slate]
        known = {(name, film.movie_id): film for name, films in found.items() for film in films}
        slots = []
        for position, slot in enumerate(slate.slots, start=1):
            film = known[slot.source, slot.movie_id]
            slots.append(
                {
                    "position": position,
                    **asdict(slot),
                    "score": film.score,
                    "reason": film.reason,
                    "evidence": film.evidence,
                }
            )
        return json_response(
            {
                "dist": dist,
                "ids": catalogue.summaries([slot.movie_id for slot in slate.slots]),
                "sources": {slot.movie_id: slot.source for slot in slate.slots},
                "session_key": key,
                "ranking_id": secrets.token_urlsafe(12),
                "policy": policy.name,
                "anchor": catalogue.summary(liked_id),
                "slots": slots,
                "likes": len(session.likes),
            }
        )

    return app


def _like(session: MemorySession, film: str) -> None:
    """Credit the latest slate that showed the film, once."""
    if film in session.likes:
        return
    for slate in reversed(session.shown):
        for slot in slate.slots:
            if slot.movie_id == film:
                session.likes[film] = Credit(slot.source, slate.exposure)
                return


def main() -> None:
    parser = argparse.ArgumentParser(prog="benchmarks.baselines.one_process", description=__doc__)
    parser.add_argument("--port", type=int, required=True)
    port = parser.parse_args().port
    uvicorn.run(create_app(Settings()), host="127.0.0.1", port=port, log_level="warning")


if __name__ == "__main__":
    main()
