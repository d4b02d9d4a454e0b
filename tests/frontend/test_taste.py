from __future__ import annotations

import threading
import time
from typing import Any, cast

from frontend.api import Api, Unreachable
from frontend.taste import GUEST, PATIENCE_S, Taste


class Backend:
    def __init__(self) -> None:
        self.users: list[str] = []
        self.gate = threading.Event()
        self.gate.set()
        self.fails = False

    def ranked(self, user_id: str, top_k: int) -> dict[str, Any]:
        self.users.append(user_id)
        self.gate.wait(5)
        if self.fails:
            raise Unreachable("gone")
        return {"recommendations": [{"item_id": "f1", "title": "One"}], "known": user_id != GUEST}


def ask(taste: Taste, backend: Backend, version: int, key: str | None = "k1") -> None:
    taste.ask(cast(Api, backend), key, version, 5)


def test_a_ranking_is_asked_once_for_each_version() -> None:
    backend, taste = Backend(), Taste()
    ask(taste, backend, 1)
    ask(taste, backend, 1)
    ask(taste, backend, 2)
    assert backend.users == ["k1", "k1"]
    assert taste.films[0]["id"] == "f1"
    assert taste.note == "from everything you liked"


def test_before_a_session_it_is_asked_for_a_guest() -> None:
    backend, taste = Backend(), Taste()
    ask(taste, backend, 1, key=None)
    assert backend.users == [GUEST]
    assert "until it knows you" in taste.note


def test_a_slow_ranking_does_not_hold_the_page_up() -> None:
    backend, taste = Backend(), Taste()
    backend.gate.clear()
    began = time.monotonic()
    ask(taste, backend, 1)
    assert time.monotonic() - began < PATIENCE_S + 0.5
    assert taste.films == []
    backend.gate.set()
    deadline = time.monotonic() + 5
    while not taste.arrived() and time.monotonic() < deadline:
        time.sleep(0.01)
    ask(taste, backend, 1)
    assert taste.films[0]["id"] == "f1"
    assert backend.users == ["k1"]


def test_a_failed_ranking_keeps_the_old_films_and_is_asked_again() -> None:
    backend, taste = Backend(), Taste()
    ask(taste, backend, 1)
    backend.fails = True
    ask(taste, backend, 2)
    assert taste.films[0]["id"] == "f1"
    assert taste.note == "does not answer just now"
    backend.fails = False
    ask(taste, backend, 2)
    assert taste.note == "from everything you liked"
