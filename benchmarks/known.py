"""What generated requests may speak of so that they mean something: films, sessions, rankings."""

from __future__ import annotations

import random
from typing import Any

import requests
import schemathesis

_MOST_SHOWN = 300
_PERSONAS = 200
_TIMEOUT_S = 30.0


class Known:
    """Learned from answers; a request is given things that belong together.

    Args:
        films: ids of the catalogue, one or more.
    """

    def __init__(self, films: list[str]) -> None:
        self._films = films
        # Session, ranking and film of cards that were shown.
        self._shown: list[tuple[str, str, str]] = []

    @classmethod
    def of(cls, api: str) -> Known:
        """Beginning with some films of a running system."""
        answer = requests.get(f"{api}/rec/movies", params={"limit": 200}, timeout=_TIMEOUT_S)
        return cls([film["id"] for film in answer.json()["movies"]])

    def learn(self, answer: requests.Response) -> None:
        """Remember the cards of an answer, if it has any."""
        if answer.headers.get("content-type") != "application/json":
            return
        body = answer.json()
        if not isinstance(body, dict) or "slots" not in body:
            return
        for slot in body["slots"][:3]:
            self._shown.append((body["session_key"], body["ranking_id"], slot["movie_id"]))
        del self._shown[:-_MOST_SHOWN]

    def put_into(self, case: schemathesis.Case, rng: random.Random) -> None:
        """Replace what a case has of sessions, rankings, films, sources and users.

        Args:
            rng: not hypothesis, whose draws must not depend on what was answered before.
        """
        film = rng.choice(self._films)
        facts: dict[str, Any] = {
            "liked_id": film,
            "movie_id": film,
            "source": rng.choice(("color", "plot")),
            "name": film + rng.choice((".webp", ".svg")),
            "policy": rng.choice(("preference", "static", "classic")),
            "user_id": f"persona-{rng.randint(1, _PERSONAS):03}",
        }
        if self._shown and rng.random() < 0.5:
            session_key, ranking_id, film = rng.choice(self._shown)
            facts |= {"session_key": session_key, "ranking_id": ranking_id, "user_id": session_key}
            facts |= {"liked_id": film, "movie_id": film}
        for part in (case.path_parameters, case.query, case.body):
            if isinstance(part, dict):
                part.update({name: value for name, value in facts.items() if name in part})
