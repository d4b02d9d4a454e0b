"""Ranked for you: fetched beside the page's script, so that a slow ranking holds nothing up."""

from __future__ import annotations

from collections.abc import Hashable
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as NotYet
from dataclasses import dataclass, field
from typing import Any

from frontend import shape
from frontend.api import Api, ApiError

PATIENCE_S = 0.25
"""Seconds the script waits before it draws the old ranking instead."""

GUEST = "guest"
"""The user id before there is a session."""

_pool = ThreadPoolExecutor(max_workers=8, thread_name_prefix="ranked")


@dataclass
class Taste:
    """The personal ranking of one viewer.

    Attributes:
        films: what to draw, as `shape.ranked` gives them.
        note: one short line about them.
    """

    films: list[dict[str, Any]] = field(default_factory=list)
    note: str = ""
    _have: Hashable = None
    _want: Hashable = None
    _call: Future[dict[str, Any]] | None = None

    def ask(self, api: Api, key: str | None, version: Hashable, count: int) -> None:
        """Have the ranking for a session at a moment; what is not there yet comes later.

        Args:
            api: the backend.
            key: the session's key, None before the first pick.
            version: changes whenever the ranking may.
            count: how many films.
        """
        if version == self._have:
            return
        if self._call is None or version != self._want:
            self._want = version
            self._call = _pool.submit(api.ranked, key or GUEST, count)
        self._take(PATIENCE_S)

    def arrived(self) -> bool:
        """Whether an answer is there that was not drawn yet."""
        return self._call is not None and self._call.done()

    def _take(self, patience_s: float) -> None:
        if self._call is None:
            return
        try:
            answer = self._call.result(timeout=patience_s)
        except NotYet:
            self.note = "still thinking…"
            return
        except ApiError:
            # Not kept as had: the next run asks again.
            self._call, self.note = None, "does not answer just now"
            return
        self._call, self._have = None, self._want
        self.films = shape.ranked(answer)
        self.note = (
            "from everything you liked"
            if answer.get("known") is True
            else "favourites of the house, until it knows you"
        )
