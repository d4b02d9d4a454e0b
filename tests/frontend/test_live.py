from __future__ import annotations

from typing import cast

import pytest

from frontend import live
from frontend.actions import Actions
from frontend.api import Api
from frontend.health import State
from frontend.lobby import Lobby
from frontend.status import Reading
from tests.frontend.answers import slate


@pytest.fixture
def actions() -> Actions:
    viewer = Actions(cast(Api, None))
    viewer.session.show(slate("r1"))
    return viewer


def test_all_well_says_nothing(actions: Actions) -> None:
    assert live._notice(actions, Lobby(), "ok") == ("", False)


def test_a_missing_source_is_named_with_what_is_left(actions: Actions) -> None:
    ranking = actions.session.ranking or {}
    ranking["missing"] = [{"source": "plot", "why": "gave no answer within 250 ms"}]
    assert live._notice(actions, Lobby(), "ok") == (
        "Plot did not answer in time; these come from colour alone.",
        True,
    )


def test_likes_that_would_not_count_are_said_so(actions: Actions) -> None:
    ranking = actions.session.ranking or {}
    ranking["recorded"] = False
    assert "likes do not count" in live._notice(actions, Lobby(), "ok")[0]


def test_trouble_goes_before_everything_but_a_backend_that_is_away(actions: Actions) -> None:
    actions.trouble = "That like did not get through: nobody answers."
    assert live._notice(actions, Lobby(), "slow")[0] == actions.trouble
    assert live._notice(actions, Lobby(), "down") == ("", False)


def test_the_placard_says_why_nothing_can_be_liked() -> None:
    def placard(state: State, starting: bool) -> str:
        return live._why_closed(Reading(state, starting, None, 0, ""))

    assert placard("ok", False) == placard("slow", False) == ""
    assert "do not answer" in placard("down", False)
    assert "are starting" in placard("down", True)


@pytest.mark.parametrize(
    ("count", "verb", "words"),
    [(7, "looks like", "seven look like it"), (1, "tells like", "one tells like it")],
)
def test_the_offer_is_put_in_words(count: int, verb: str, words: str) -> None:
    assert live._offer(count, verb) == words


def test_a_catalogue_that_is_used_up_is_said_so(actions: Actions) -> None:
    ranking = actions.session.ranking or {}
    ranking["slots"] = []
    assert "no film is left" in live._notice(actions, Lobby(), "ok")[0]
