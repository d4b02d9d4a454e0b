from __future__ import annotations

from typing import Any, cast

import pytest

from frontend.actions import Actions
from frontend.api import Api, ApiError, Problem, TimedOut, Unreachable
from tests.frontend.answers import counted, movie, slate


class Backend:
    """Notes every call and answers from a list."""

    def __init__(self, *answers: dict[str, Any] | ApiError) -> None:
        self.answers = list(answers)
        self.calls: list[tuple[Any, ...]] = []

    def _answer(self, *call: Any) -> dict[str, Any]:
        self.calls.append(call)
        answer = self.answers.pop(0)
        if isinstance(answer, ApiError):
            raise answer
        return answer

    def slate(self, liked_id: str, **known: str | None) -> dict[str, Any]:
        return self._answer("slate", liked_id, known)

    def session(self, key: str) -> dict[str, Any]:
        return self._answer("session", key)

    def undo(self, key: str) -> dict[str, Any]:
        return self._answer("undo", key)

    def reset(self, key: str) -> dict[str, Any]:
        return self._answer("reset", key)


def viewer(*answers: dict[str, Any] | ApiError) -> tuple[Actions, Backend]:
    backend = Backend(*answers)
    return Actions(cast(Api, backend)), backend


def test_a_like_is_exactly_one_call_and_carries_its_ranking() -> None:
    actions, backend = viewer(slate("r1"), slate("r2", like=counted("film-2", "plot")))
    actions.pick("film-0")
    actions.like("film-2", "r1")
    assert [call[0] for call in backend.calls] == ["slate", "slate"]
    assert backend.calls[1][1:] == (
        "film-2",
        {"session_key": "k1", "policy": "preference", "ranking_id": "r1"},
    )
    assert actions.session.likes == 1


def test_a_click_on_an_older_slate_is_sent_with_the_older_ranking() -> None:
    actions, backend = viewer(slate("r1"), slate("r2"), slate("r3"))
    actions.pick("film-0")
    actions.like("film-2", "r1")
    actions.like("film-1", "r1")
    assert backend.calls[-1][2]["ranking_id"] == "r1"


def test_a_failed_like_changes_nothing_but_says_so_and_ends_the_wait() -> None:
    actions, _ = viewer(slate("r1"), Problem(404, "Unknown film", "no such film"))
    actions.pick("film-0")
    before = actions.session.turn
    actions.like("film-9", "r1")
    assert actions.session.ranking == slate("r1")
    assert actions.trouble == "That like did not get through: no such film"
    assert actions.session.turn == before + 1


def test_a_session_that_another_tab_reset_is_shown_as_it_stands() -> None:
    empty = {"session_key": "k1", "history": [], "likes": [], "ranking": None, "anchor": None}
    actions, backend = viewer(slate("r1"), Problem(409, "Not shown", "not in that ranking"), empty)
    actions.pick("film-0")
    actions.like("film-2", "r1")
    assert backend.calls[-1] == ("session", actions.session.key)
    assert actions.session.ranking is None
    assert "changed elsewhere" in actions.trouble


def test_likes_of_another_tab_are_fetched_after_the_next_answer() -> None:
    state = {"session_key": "k1", "history": [{"number": n} for n in range(4)]}
    actions, backend = viewer({**slate("r1"), "likes": 3}, state)
    actions.pick("film-0")
    assert backend.calls[-1][0] == "session"
    assert actions.session.likes == 3


def test_the_next_action_that_works_takes_the_trouble_away() -> None:
    actions, _ = viewer(Unreachable("x"), slate("r1"))
    actions.pick("film-0")
    assert "nobody answers" in actions.trouble
    actions.pick("film-0")
    assert actions.trouble == ""


def test_a_late_answer_asks_to_try_again() -> None:
    actions, _ = viewer(TimedOut("x"))
    actions.pick("film-0")
    assert actions.trouble.endswith("no answer in time. Try it again.")


def test_a_policy_chosen_before_the_first_film_waits_for_it() -> None:
    actions, backend = viewer(slate("r1"))
    actions.choose_policy("static")
    assert backend.calls == []
    actions.pick("film-0")
    assert backend.calls[0][2]["policy"] == "static"


def test_a_policy_that_could_not_be_changed_stays() -> None:
    actions, _ = viewer(slate("r1"), TimedOut("x"))
    actions.pick("film-0")
    actions.choose_policy("static")
    assert actions.session.policy == "preference"


def test_undo_without_a_ranking_asks_for_the_films_of_the_anchor() -> None:
    actions, backend = viewer(
        slate("r1"), {"likes": 0, "anchor": movie(3), "ranking": None}, slate("r2")
    )
    actions.pick("film-0")
    actions.undo()
    assert backend.calls[-1][1] == "film-3"


def test_reset_forgets_the_session_but_not_the_policy() -> None:
    actions, backend = viewer(slate("r1"), {"reset": True})
    actions.pick("film-0")
    actions.reset()
    assert backend.calls[-1] == ("reset", "k1")
    assert (actions.session.key, actions.session.ranking) == (None, None)
    assert actions.session.policy == "preference"


def test_a_link_opens_its_session_in_one_call() -> None:
    actions, backend = viewer({"session_key": "k5", "anchor": movie(0), "ranking": slate("r1")})
    actions.reopen("k5")
    assert backend.calls == [("session", "k5")]
    assert actions.unopened == ""


def test_a_link_whose_backend_is_away_is_kept_for_later() -> None:
    actions, _ = viewer(Unreachable("x"), {"session_key": "k5"})
    actions.reopen("k5")
    assert actions.unopened == "k5"
    actions.reopen("k5")
    assert (actions.unopened, actions.session.key) == ("", "k5")


@pytest.mark.parametrize("key", ["", "a/b", "<script>", "x" * 200, "ключ"])
def test_a_link_that_names_no_session_asks_nobody(key: str) -> None:
    actions, backend = viewer()
    actions.reopen(key)
    assert backend.calls == []
    assert "names no session" in actions.trouble
    assert actions.unopened == ""


def test_an_action_replaces_the_state_and_leaves_the_one_that_is_read() -> None:
    actions, _ = viewer(slate("r1"), slate("r2", like=counted("film-2", "plot")))
    actions.press("film-0", "")
    read = actions.session
    actions.press("film-2", "r1")
    assert (read.likes, read.turn, read.ranking) == (0, 1, slate("r1"))
    assert (actions.session.likes, actions.session.turn) == (1, 2)
