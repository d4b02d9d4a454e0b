"""One reading of the deployments for every open page, taken in the background."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from frontend.api import ApiError, TimedOut, Unreachable
from frontend.health import Health, State

_IDLE_S = 15.0
"""Seconds without a reader after which polling stops."""

_FRESH_S = 5.0
"""Seconds for which a status is taken to be true."""

_SLATE_MAKER = "Ensemble"
"""The deployment every slate comes from."""


@dataclass(frozen=True)
class Reading:
    """What is known of the deployments.

    Attributes:
        state: whether the recommenders answer; "down" too while none of them runs.
        starting: whether the backend is there but its recommenders do not run yet.
        status: the last status that came, None before the first.
        age_s: seconds since it came, infinite before the first.
        trouble: why the last attempt gave no status, "" when it did.
    """

    state: State
    starting: bool
    status: dict[str, Any] | None
    age_s: float
    trouble: str


def recommending(status: dict[str, Any] | None) -> bool:
    """Whether a slate can be had: the ensemble runs somewhere, or nothing says it does not."""
    applications = (status or {}).get("applications")
    for application in applications if isinstance(applications, list) else []:
        deployments = application.get("deployments") if isinstance(application, dict) else None
        for deployment in deployments if isinstance(deployments, list) else []:
            if isinstance(deployment, dict) and deployment.get("name") == _SLATE_MAKER:
                return deployment.get("actual") != 0
    return True


class StatusPoller:
    """Polls the status in one thread for as long as a page reads it.

    A page's script never waits for the status: it reads what came last. Ten pages cost the
    backend as much as one.

    Args:
        fetch: gives the status or raises `ApiError`.
        health: told of every poll.
        interval_s: seconds between two polls.
    """

    def __init__(
        self, fetch: Callable[[], dict[str, Any]], health: Health, interval_s: float
    ) -> None:
        self._fetch = fetch
        self._health = health
        self._interval_s = interval_s
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None
        self._asked = 0.0
        self._status: dict[str, Any] | None = None
        self._came = float("-inf")
        self._trouble = ""

    def read(self) -> Reading:
        """The last reading, at once; starts polling when it does not run."""
        with self._lock:
            self._asked = time.monotonic()
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="status", daemon=True)
                self._thread.start()
            state = self._health.state()
            age_s = time.monotonic() - self._came
            # An old status may tell of an ensemble that runs again by now.
            starting = state != "down" and age_s < _FRESH_S and not recommending(self._status)
            return Reading(
                "down" if starting else state,
                starting,
                self._status,
                age_s,
                self._trouble,
            )

    def _run(self) -> None:
        while True:
            self.poll()
            time.sleep(self._interval_s)
            with self._lock:
                if time.monotonic() - self._asked > _IDLE_S:
                    self._thread = None
                    return

    def poll(self) -> None:
        """Take one reading now."""
        status, trouble, reached = None, "", True
        self._health.poll_began()
        try:
            status = self._fetch()
        except (Unreachable, TimedOut) as error:
            trouble, reached = error.detail, False
        except ApiError as error:
            trouble = error.detail
        self._health.poll_ended(reached)
        with self._lock:
            self._trouble = trouble
            if status is not None:
                self._status, self._came = status, time.monotonic()
