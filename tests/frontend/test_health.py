from __future__ import annotations

import pytest

from frontend.health import Health


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def health(clock: Clock) -> Health:
    return Health(clock)


def poll(health: Health, clock: Clock, took_s: float, reached: bool = True) -> None:
    health.poll_began()
    clock.now += took_s
    health.poll_ended(reached)


def test_a_prompt_poll_is_ok(health: Health, clock: Clock) -> None:
    poll(health, clock, 0.01)
    assert health.state() == "ok"


def test_a_late_poll_is_slow(health: Health, clock: Clock) -> None:
    poll(health, clock, 1.2)
    assert health.state() == "slow"
    assert health.last_answer_s() == pytest.approx(1.2)


def test_a_poll_still_waiting_is_slow_before_it_ends(health: Health, clock: Clock) -> None:
    health.poll_began()
    clock.now += 1.1
    assert health.state() == "slow"


def test_a_poll_that_reaches_nobody_is_down(health: Health, clock: Clock) -> None:
    poll(health, clock, 0.01, reached=False)
    assert health.state() == "down"


def test_a_failed_call_is_down_until_a_poll_gets_through(health: Health, clock: Clock) -> None:
    health.call_failed()
    health.call_ended(0.01)
    assert health.state() == "down"
    poll(health, clock, 0.01)
    assert health.state() == "ok"


def test_a_slow_call_is_forgotten_after_a_while(health: Health, clock: Clock) -> None:
    health.call_ended(1.5)
    assert health.state() == "slow"
    clock.now += 3
    assert health.state() == "ok"
