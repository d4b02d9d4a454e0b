"""Whether the backend answers, as seen from the page's server."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Literal

State = Literal["ok", "slow", "down"]

SLOW_S = 1.0
"""Seconds after which an answer counts as slow: longer than an audience waits gladly."""


class Health:
    """The state of the backend, from the outcome of every call; safe to share among threads.

    The regular poll has the last word: it alone turns "down" back to "ok", so one call that
    got through while others fail does not make the page flicker.

    Args:
        clock: seconds, monotonic.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._state: State = "ok"
        self._poll_began: float | None = None
        self._slow_until = float("-inf")
        self._last_answer_s = 0.0

    def poll_began(self) -> None:
        """A poll was sent."""
        with self._lock:
            self._poll_began = self._clock()

    def poll_ended(self, reached: bool) -> None:
        """The poll came back, `reached` tells whether the backend sent any answer at all."""
        with self._lock:
            began = self._clock() if self._poll_began is None else self._poll_began
            self._poll_began = None
            self._last_answer_s = self._clock() - began
            if not reached:
                self._state = "down"
            else:
                self._state = "slow" if self._last_answer_s > SLOW_S else "ok"

    def call_ended(self, took_s: float) -> None:
        """Another call was answered after `took_s` seconds."""
        if took_s > SLOW_S:
            with self._lock:
                self._slow_until = self._clock() + 2 * SLOW_S
                self._last_answer_s = took_s

    def call_failed(self) -> None:
        """Another call found nobody there."""
        with self._lock:
            self._state = "down"

    def state(self) -> State:
        """The state now: "down", "slow" (an answer takes more than `SLOW_S`) or "ok"."""
        with self._lock:
            if self._state == "down":
                return "down"
            now = self._clock()
            waiting = self._poll_began is not None and now - self._poll_began > SLOW_S
            return "slow" if waiting or now < self._slow_until else self._state

    def last_answer_s(self) -> float:
        """Seconds the last poll or slow call took."""
        with self._lock:
            return self._last_answer_s
