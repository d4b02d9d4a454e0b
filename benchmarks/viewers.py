"""Viewers that click, like and take back, and keep their own account of what they were answered.

A viewer sends a command again until it is answered, as one may. So at the end its account and the
session must be equal, like by like and in order, whatever was killed in between.
"""

from __future__ import annotations

import random
import secrets
import threading
import time
from typing import Any

import requests

# The page waits so long for an answer, a retry included (REQUEST_TIMEOUT_S).
_PAGE_S = 3.0
_COMMAND_TIMEOUT_S = 10.0
GIVE_UP_S = 100.0
"""How long a command is sent again, unless told otherwise."""
_LIKES_A_SESSION = 25
_FIRST_FILM = "alien-1979"


def _is_final(response: Any) -> bool:
    """Whether the application answered, and not with "later".

    While a route has no replica, Serve answers 404 in plain text; ours are problem documents.
    """
    return (
        response is not None
        and response.status_code < 500
        and response.headers.get("content-type") == "application/problem+json"
    )


class Viewer(threading.Thread):
    """One viewer with one session after the other, until told to stop.

    Attributes:
        sessions: the likes acknowledged and not taken back, by session, oldest first.
        liked: likes acknowledged in all, those taken back included.
        missed: when reads were not answered in time, on the monotonic clock.
        problems: answers that should not be.
    """

    def __init__(
        self,
        api: str,
        stop: threading.Event,
        rng: random.Random,
        pause_s: float = 0.1,
        give_up_s: float = GIVE_UP_S,
    ) -> None:
        super().__init__(daemon=True)
        self._api = api
        self._halt = stop
        self._rng = rng
        self._pause_s = pause_s
        self._give_up_s = give_up_s
        self._http = self._new_http()
        self._ranking: dict[str, Any] | None = None
        self.key = ""
        self.sessions: dict[str, list[tuple[str, str]]] = {}
        self.liked = self.undone = 0
        self.reads = self.first_try = self.in_time = 0
        self.missed: list[float] = []
        self.problems: list[str] = []

    def run(self) -> None:
        """Do one thing after the other."""
        self._new_session()
        while not self._halt.is_set():
            self._one_thing()
            self._halt.wait(self._pause_s * self._rng.uniform(0.5, 1.5))

    def _one_thing(self) -> None:
        if len(self.sessions[self.key]) >= _LIKES_A_SESSION:
            self._new_session()
        if self._ranking is None:
            self._look()
            return
        match self._rng.choices(("like", "again", "undo", "look", "read"), (35, 8, 5, 17, 35))[0]:
            case "like":
                self._like()
            case "again":
                self._like_again()
            case "undo":
                self._undo()
            case "look":
                self._look()
            case _:
                self._read()

    # Reads

    def _read(self) -> None:
        film = self._rng.choice(self._ranking["slots"])["movie_id"] if self._ranking else ""
        path, body = self._rng.choice(
            [
                (f"/rec/color?liked_id={film}", None),
                (f"/rec/plot?liked_id={film}", None),
                (f"/rec/movies/{film}", None),
                (f"/rec/sessions/{self.key}", None),
                ("/rank", {"user_id": self.key, "top_k": 5}),
            ]
        )
        self._ask(path, body)

    def _look(self) -> None:
        """Ask for films without liking any: with the film that every session begins with."""
        answer = self._ask(f"/rec/ensemble?liked_id={_FIRST_FILM}&session_key={self.key}")
        if answer is not None:
            # Likes of a ranking that was not recorded will be refused, as it says.
            self._ranking = answer if answer["recorded"] else None

    def _ask(self, path: str, body: Any = None) -> dict[str, Any] | None:
        """A read as the page makes it: one retry, three seconds in all."""
        self.reads += 1
        deadline = time.monotonic() + _PAGE_S
        tries = 0
        while (left := deadline - time.monotonic()) > 0:
            tries += 1
            response = self._send("POST" if body else "GET", path, body, max(0.05, left))
            if response is not None and response.ok:
                self.first_try += tries == 1
                self.in_time += 1
                answer = response.json()
                return answer if isinstance(answer, dict) else {}
            if _is_final(response):
                self.problems.append(f"{path}: {response.status_code} {response.text[:200]}")
                return None
            self._halt.wait(0.1)
        self.missed.append(time.monotonic())
        return None

    # Commands: sent until answered

    def _like(self) -> None:
        assert self._ranking is not None
        held = {film for _, film in self.sessions[self.key]}
        films = [slot["movie_id"] for slot in self._ranking["slots"]]
        fresh = [film for film in films if film not in held]
        if not fresh:
            self._look()
            return
        like = (self._ranking["ranking_id"], self._rng.choice(fresh))
        answer = self._insist("POST", "/rec/likes", self._body(like))
        if answer is not None:
            self.liked += 1
            self.sessions[self.key].append(like)

    def _like_again(self) -> None:
        if not self.sessions[self.key]:
            return
        like = self._rng.choice(self.sessions[self.key])
        answer = self._insist("POST", "/rec/likes", self._body(like))
        if answer is not None and answer["counted"]:
            self.problems.append(f"a like that was acknowledged before was counted again: {like}")

    def _undo(self) -> None:
        if not self.sessions[self.key]:
            return
        body = {"undo_id": secrets.token_urlsafe(12)}
        answer = self._insist("POST", f"/rec/sessions/{self.key}/undo", body)
        if answer is not None:
            taken = self.sessions[self.key].pop()
            self.undone += 1
            if answer["undone"]["movie_id"] != taken[1]:
                self.problems.append(f"undo took back {answer['undone']}, not {taken}")

    def _body(self, like: tuple[str, str]) -> dict[str, str]:
        return {"session_key": self.key, "ranking_id": like[0], "movie_id": like[1]}

    def _insist(self, method: str, path: str, body: Any) -> dict[str, Any] | None:
        """Send a command until it is answered."""
        deadline = time.monotonic() + self._give_up_s
        while time.monotonic() < deadline:
            response = self._send(method, path, body, _COMMAND_TIMEOUT_S)
            if response is not None and response.ok:
                answer: dict[str, Any] = response.json()
                return answer
            if _is_final(response):
                self.problems.append(f"{path}: {response.status_code} {response.text[:200]}")
                return None
            time.sleep(0.1)
        self.problems.append(f"{path}: no answer within {self._give_up_s:.0f} s")
        return None

    def _send(self, method: str, path: str, body: Any, timeout_s: float) -> Any:
        try:
            return self._http.request(method, self._api + path, json=body, timeout=timeout_s)
        except requests.RequestException:
            # A connection of a killed process may linger in the pool.
            self._http.close()
            self._http = self._new_http()
            return None

    @staticmethod
    def _new_http() -> requests.Session:
        http = requests.Session()
        http.trust_env = False
        return http

    def _new_session(self) -> None:
        self.key = f"soak-{secrets.token_hex(8)}"
        self.sessions[self.key] = []
        self._ranking = None
