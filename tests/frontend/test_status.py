from __future__ import annotations

import time
from typing import Any

import pytest

from frontend.api import Problem, TimedOut, Unreachable
from frontend.health import Health
from frontend.status import StatusPoller, recommending


class Backend:
    def __init__(self) -> None:
        self.calls = 0
        self.error: Exception | None = None

    def status(self) -> dict[str, Any]:
        self.calls += 1
        if self.error is not None:
            raise self.error
        return {"reading": self.calls}


def test_reading_never_waits_and_brings_the_last_status() -> None:
    backend = Backend()
    poller = StatusPoller(backend.status, Health(), interval_s=0.02)
    first = poller.read()
    assert first.state == "ok"
    deadline = time.monotonic() + 5
    while poller.read().status is None and time.monotonic() < deadline:
        time.sleep(0.01)
    assert poller.read().age_s < 5


def test_many_readers_share_one_poll() -> None:
    backend = Backend()
    poller = StatusPoller(backend.status, Health(), interval_s=30)
    for _ in range(50):
        poller.read()
    deadline = time.monotonic() + 5
    while poller.read().status is None and time.monotonic() < deadline:
        time.sleep(0.01)
    assert backend.calls == 1


def test_a_backend_that_is_gone_keeps_the_last_status_and_is_down() -> None:
    backend = Backend()
    poller = StatusPoller(backend.status, Health(), interval_s=30)
    poller.poll()
    for error in (Unreachable("nobody"), TimedOut("late")):
        backend.error = error
        poller.poll()
        reading = poller.read()
        assert reading.state == "down"
        assert reading.status == {"reading": 1}
        assert reading.trouble == error.detail


def test_a_refused_status_is_no_missing_backend() -> None:
    backend = Backend()
    backend.error = Problem(503, "Unavailable", "control is restarting")
    poller = StatusPoller(backend.status, Health(), interval_s=30)
    poller.poll()
    assert poller.read().state == "ok"
    assert poller.read().trouble == "control is restarting"


def status(actual: object) -> dict[str, Any]:
    return {"applications": [{"deployments": [{"name": "Ensemble", "actual": actual}]}]}


def test_a_backend_without_an_ensemble_is_starting() -> None:
    poller = StatusPoller(lambda: status(0), Health(), interval_s=30)
    poller.poll()
    reading = poller.read()
    assert (reading.state, reading.starting) == ("down", True)


@pytest.mark.parametrize("known", [None, {}, {"applications": [None]}, status(1), status(None)])
def test_nothing_known_against_it_counts_as_recommending(known: dict[str, Any] | None) -> None:
    assert recommending(known)
