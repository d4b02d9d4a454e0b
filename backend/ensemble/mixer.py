"""Mix the sources for one request: ask all at once, let the store decide, tell who and why.

Plain asyncio: the sources and the store are callables, so this runs without a cluster in tests.
"""

from __future__ import annotations

import asyncio
import random
import secrets
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any

from backend.catalog.catalogue import Catalogue
from backend.ensemble.policies import StaticPolicy
from backend.errors import Unavailable
from backend.impressions.answers import ranking_answer
from backend.impressions.session import Ranking
from backend.impressions.store import RankRequest
from backend.settings import Settings

# Each source is asked for this many times the slate, so that liked films can be left out.
_DEPTH = 3

Found = Sequence[tuple[str, float, str | None, Any]]
Ask = Callable[[str, int, int | None], Awaitable[Found]]
StoreCall = Callable[..., Awaitable[Any]]


class Sources:
    """The recommenders by name, asked concurrently, each within the deadline.

    Args:
        ask: by name; called with the liked film, a count, and how many of the first are to be
            explained (None for all); gives `(movie_id, score, reason, evidence)`, best first.
        deadline_s: longest wait for one of them.
    """

    def __init__(self, ask: Mapping[str, Ask], deadline_s: float) -> None:
        self._ask = ask
        self._deadline_s = deadline_s

    async def one(
        self, name: str, liked_id: str, count: int, explained: int | None = None
    ) -> Found:
        """Ask one source.

        Raises:
            Unavailable: it failed or gave no answer in time.
        """
        try:
            async with asyncio.timeout(self._deadline_s):
                return await self._ask[name](liked_id, count, explained)
        except TimeoutError:
            raise Unavailable(
                f"{name} gave no answer within {self._deadline_s * 1000:.0f} ms", field=name
            ) from None
        except Exception as error:
            raise Unavailable(f"{name} failed: {type(error).__name__}", field=name) from error

    async def all(
        self, liked_id: str, count: int, explained: int | None = None
    ) -> tuple[dict[str, Found], dict[str, str]]:
        """Ask every source at once.

        Returns:
            What each found, and for those left out the reason.
        """
        names = list(self._ask)
        answers = await asyncio.gather(
            *(self.one(name, liked_id, count, explained) for name in names), return_exceptions=True
        )
        found: dict[str, Found] = {}
        missing: dict[str, str] = {}
        for name, answer in zip(names, answers, strict=True):
            if isinstance(answer, Unavailable):
                missing[name] = answer.detail
            elif isinstance(answer, BaseException):
                raise answer
            else:
                found[name] = answer
        return found, missing


class Mixer:
    """Makes rankings.

    Args:
        store: `store(session_key, method, *arguments)`, raising `Unavailable` when it is down.
    """

    def __init__(
        self, settings: Settings, catalogue: Catalogue, sources: Sources, store: StoreCall
    ) -> None:
        self._settings = settings
        self._catalogue = catalogue
        self._sources = sources
        self._store = store

    async def rank(
        self,
        session_key: str,
        liked_id: str,
        liked_ranking_id: str | None,
        policy: str | None,
        count: int,
    ) -> dict[str, Any]:
        """One ranking, as `GET /rec/ensemble` answers it.

        When the store is down the slate is even and says `recorded: false`: likes of it will be
        refused.

        Raises:
            UnknownImpression, SessionFull: the like that the request implies was refused.
            Unavailable: no source answered.
        """
        started = time.perf_counter()
        ranking_id = secrets.token_urlsafe(12)
        depth, deepest = _DEPTH * count, self._deepest(count)
        while True:
            found, missing = await self._sources.all(liked_id, depth, count)
            if not found:
                raise Unavailable("no source answered: " + "; ".join(missing.values()))
            asked = time.perf_counter()
            request = RankRequest(
                session_key=session_key,
                ranking_id=ranking_id,
                liked_id=liked_id,
                liked_ranking_id=liked_ranking_id,
                policy=policy,
                count=count,
                candidates={name: [film[0] for film in films] for name, films in found.items()},
                complete=frozenset(
                    name for name, films in found.items() if len(films) < depth or depth == deepest
                ),
                missing=missing,
            )
            recorded = True
            try:
                ranking = await self._store(session_key, "rank", request)
            except Unavailable as error:
                recorded = False
                ranking = self._unrecorded(request, error)
            if not ranking.get("more"):
                break
            depth = deepest
        done = time.perf_counter()
        if any(self._unexplained(slot, found) for slot in ranking["slots"]):
            # Films liked before stood above it, so it comes from further down than was explained.
            found = {**found, **(await self._sources.all(liked_id, depth))[0]}
        answer = self._complete(ranking, found)
        return {
            **answer,
            "session_key": session_key,
            "recorded": recorded,
            "like": ranking["like"],
            "likes": ranking.get("likes"),
            "timings_ms": {
                "sources": round((asked - started) * 1000, 2),
                "store": round((done - asked) * 1000, 2),
                "total": round((time.perf_counter() - started) * 1000, 2),
            },
        }

    async def complete_state(self, state: dict[str, Any]) -> dict[str, Any]:
        """A session's state with films in place of ids, and its ranking with reasons."""
        ranking = state["ranking"]
        if ranking is not None:
            found, _ = await self._sources.all(ranking["anchor_id"], _DEPTH * len(ranking["slots"]))
            if any(self._unexplained(slot, found) for slot in ranking["slots"]):
                deepest = self._deepest(len(ranking["slots"]))
                found, _ = await self._sources.all(ranking["anchor_id"], deepest)
            ranking = {
                **self._complete(ranking, found),
                "session_key": state["session_key"],
                "recorded": True,
                "like": None,
            }
        anchor_id = state.pop("anchor_id")
        return {
            **state,
            "anchor": self._film(anchor_id) if anchor_id else None,
            "likes": [self._titled(like) for like in state["likes"]],
            "history": [self._titled(point) for point in state["history"]],
            "ranking": ranking,
        }

    def _deepest(self, count: int) -> int:
        """Enough candidates for a slate when every like of a full session has to be left out."""
        return _DEPTH * count + int(self._settings.max_session_likes)

    def _unrecorded(self, request: RankRequest, error: Unavailable) -> dict[str, Any]:
        """An even slate made without the store, under an id that the store does not know.

        The store may be late rather than down and record its own slate under the request's id;
        whether a like that came with the request was counted is then not known.
        """
        policy = StaticPolicy()
        names = list(request.candidates)
        dist = policy.weights([], names)
        slate = policy.fill(
            dist,
            request.candidates,
            request.count,
            random.Random(request.ranking_id),
            {request.liked_id},
        )
        even = policy.weights([], self._settings.sources)
        ranking = Ranking(
            ranking_id=secrets.token_urlsafe(12),
            policy=policy.name,
            anchor_id=request.liked_id,
            dist=even,
            slots=slate.slots,
            exposure=slate.exposure,
            missing=request.missing,
            count=request.count,
            at=time.time(),
        )
        like = None
        if request.liked_ranking_id is not None:
            like = {
                "ranking_id": request.liked_ranking_id,
                "movie_id": request.liked_id,
                "source": None,
                "counted": None,
                "why": error.detail,
            }
        return {**ranking_answer(ranking), "like": like}

    @staticmethod
    def _unexplained(slot: Mapping[str, Any], found: Mapping[str, Found]) -> bool:
        films = found.get(slot["source"])
        return films is not None and not any(
            film[0] == slot["movie_id"] and film[2] is not None for film in films
        )

    def _complete(self, ranking: dict[str, Any], found: Mapping[str, Found]) -> dict[str, Any]:
        """A ranking with scores, reasons and the films themselves."""
        self._catalogue.fetch([slot["movie_id"] for slot in ranking["slots"]])
        known = {(source, film[0]): film for source, films in found.items() for film in films}
        slots = []
        for slot in ranking["slots"]:
            film = known.get((slot["source"], slot["movie_id"]))
            score, reason, evidence = film[1:] if film else (None, "", None)
            slots.append({**slot, "score": score, "reason": reason or "", "evidence": evidence})
        return {
            "dist": ranking["dist"],
            "ids": [self._film(slot["movie_id"]) for slot in slots],
            "sources": {slot["movie_id"]: slot["source"] for slot in slots},
            "ranking_id": ranking["ranking_id"],
            "policy": ranking["policy"],
            "anchor": self._film(ranking["anchor_id"]),
            "slots": slots,
            "shown": ranking["shown"],
            "missing": ranking["missing"],
        }

    def _film(self, movie_id: str) -> dict[str, Any]:
        """A film as cards show it; one that has left the catalogue keeps its id."""
        if movie_id in self._catalogue:
            return self._catalogue.summary(movie_id)
        return {
            "id": movie_id,
            "title": movie_id,
            "year": None,
            "directors": [],
            "genres": [],
            "countries": [],
            "runtime_min": None,
            "poster": None,
            "palette": [],
        }

    def _titled(self, record: dict[str, Any]) -> dict[str, Any]:
        if "movie_id" not in record:
            return record
        return {**record, "title": self._film(record["movie_id"])["title"]}
