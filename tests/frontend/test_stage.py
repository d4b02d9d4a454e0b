from __future__ import annotations

from typing import cast

import pytest

from frontend import shape, stage
from frontend.actions import Actions
from frontend.api import Api
from frontend.health import State
from frontend.lobby import Lobby
from frontend.session import LiveSession
from frontend.status import Reading
from tests.frontend.answers import SOURCES, counted, slate

HOUSE = Lobby(shape.sources(SOURCES), shape.policies(SOURCES), "preference")
WELL = Reading("ok", False, None, 0.0, "")


@pytest.fixture
def session() -> LiveSession:
    shown = LiveSession()
    shown.show(slate("r1"))
    return shown


def test_all_well_says_nothing(session: LiveSession) -> None:
    assert stage.notice(session, "", Lobby(), "ok") == ("", False)


def test_a_missing_source_is_named_with_what_is_left(session: LiveSession) -> None:
    ranking = session.ranking or {}
    ranking["missing"] = [{"source": "plot", "why": "gave no answer within 250 ms"}]
    assert stage.notice(session, "", Lobby(), "ok") == (
        "Plot did not answer in time; these come from colour alone.",
        True,
    )


def test_likes_that_would_not_count_are_said_so(session: LiveSession) -> None:
    ranking = session.ranking or {}
    ranking["recorded"] = False
    assert "likes do not count" in stage.notice(session, "", Lobby(), "ok")[0]


def test_trouble_goes_before_everything_but_a_backend_that_is_away(session: LiveSession) -> None:
    trouble = "That like did not get through: nobody answers."
    assert stage.notice(session, trouble, Lobby(), "slow")[0] == trouble
    assert stage.notice(session, trouble, Lobby(), "down") == ("", False)


def test_the_placard_says_why_nothing_can_be_liked() -> None:
    def placard(state: State, starting: bool) -> str:
        return stage.why_closed(Reading(state, starting, None, 0, ""))

    assert placard("ok", False) == placard("slow", False) == ""
    assert "do not answer" in placard("down", False)
    assert "are starting" in placard("down", True)


@pytest.mark.parametrize(
    ("count", "verb", "words"),
    [(7, "looks like", "seven look like it"), (1, "tells like", "one tells like it")],
)
def test_the_offer_is_put_in_words(count: int, verb: str, words: str) -> None:
    assert stage.offer(count, verb) == words


def test_a_catalogue_that_is_used_up_is_said_so(session: LiveSession) -> None:
    ranking = session.ranking or {}
    ranking["slots"] = []
    assert "no film is left" in stage.notice(session, "", Lobby(), "ok")[0]


def test_all_parts_are_of_one_viewer_and_one_turn() -> None:
    actions = Actions(cast(Api, None))
    actions.session.show(slate("r2", like=counted("film-2", "plot"), color=0.4))
    parts = stage.parts(actions, HOUSE, WELL)
    assert set(parts) == {"cards", "mix", "marquee", "header"}
    assert {(part["view"], part["turn"]) for part in parts.values()} == {(actions.view, 1)}
    assert parts["cards"]["ranking_id"] == "r2"
    assert [card["id"] for card in parts["cards"]["films"]] == ["film-2", "film-1"]
    assert [part["percent"] for part in parts["mix"]["parts"]] == [40, 60]
    assert parts["marquee"]["liked"]["id"] == "film-2"
    assert (parts["header"]["likes"], parts["header"]["linked"]) == (1, True)


def test_before_the_first_pick_the_mix_is_even_and_the_films_of_the_house_show() -> None:
    house = Lobby(HOUSE.sources, starters=[{"id": "film-7", "position": 1}])
    parts = stage.parts(Actions(cast(Api, None)), house, WELL)
    assert [part["share"] for part in parts["mix"]["parts"]] == [0.5, 0.5]
    assert parts["cards"]["films"] == house.starters
    assert (parts["cards"]["ranking_id"], parts["marquee"]["liked"]) == ("", None)
