from __future__ import annotations

from frontend.session import LiveSession, Point
from tests.frontend.answers import counted, movie, slate


def test_the_first_pick_is_point_zero_and_no_like() -> None:
    session = LiveSession()
    session.show(slate("r1"))
    assert (session.key, session.policy, session.likes) == ("k1", "preference", 0)
    assert session.history == [Point(0, {"color": 0.5, "plot": 0.5}, {"color": 1, "plot": 1})]


def test_a_like_that_counts_adds_a_point_with_its_source_and_title() -> None:
    session = LiveSession()
    session.show(slate("r1"))
    session.show(slate("r2", like=counted("film-2", "plot"), color=0.4))
    assert session.likes == 1
    last = session.history[-1]
    assert (last.number, last.source, last.title) == (1, "plot", "Film 2")
    assert last.dist == {"color": 0.4, "plot": 0.6}


def test_a_like_that_does_not_count_again_adds_no_point() -> None:
    session = LiveSession()
    session.show(slate("r1"))
    session.show(slate("r2", like=counted("film-2", "plot")))
    session.show(slate("r3", like={**counted("film-2", "plot"), "counted": False}))
    assert session.likes == 1
    assert len(session.history) == 2


def test_every_answer_is_a_new_turn() -> None:
    session = LiveSession()
    turns = []
    for step in (
        lambda: session.show(slate("r1")),
        lambda: session.restore({}),
        session.clear,
    ):
        step()
        turns.append(session.turn)
    assert turns == [1, 2, 3]


def test_undo_brings_back_the_slate_and_drops_the_point() -> None:
    session = LiveSession()
    first = slate("r1")
    session.show(first)
    session.show(slate("r2", like=counted("film-2", "plot"), color=0.4))
    session.restore(
        {
            "likes": [],
            "history": [{"number": 0, "dist": {"color": 0.5, "plot": 0.5}, "shown": None}],
            "dist": {"color": 0.5, "plot": 0.5},
            "anchor": movie(0),
            "ranking": first,
        }
    )
    assert session.ranking == first
    assert session.likes == 0
    assert session.dist == {"color": 0.5, "plot": 0.5}
    assert session.anchor == movie(0)


def test_a_restored_session_has_its_slate_and_its_history() -> None:
    session = LiveSession()
    session.restore(
        {
            "session_key": "k9",
            "policy": "static",
            "dist": {"color": 0.4, "plot": 0.6},
            "anchor": movie(2),
            "history": [
                {"number": 0, "dist": {"color": 0.5, "plot": 0.5}, "shown": None},
                {
                    "number": 1,
                    "title": "Film 2",
                    "source": "plot",
                    "dist": {"color": 0.4, "plot": 0.6},
                    "shown": {"color": 4, "plot": 6},
                },
            ],
            "ranking": {**slate("r7"), "session_key": "k9", "policy": "static"},
        }
    )
    assert (session.key, session.policy, session.likes) == ("k9", "static", 1)
    assert session.dist == {"color": 0.4, "plot": 0.6}
    assert session.history[0].shown == {}
    assert session.ranking is not None
    assert session.ranking["ranking_id"] == "r7"


def test_an_unknown_session_restores_to_the_beginning() -> None:
    session = LiveSession()
    session.restore({"session_key": "k2", "anchor": None, "history": [], "ranking": None})
    assert session.anchor is None
    assert session.ranking is None
    assert session.likes == 0


def test_shares_that_are_none_are_left_out() -> None:
    session = LiveSession()
    session.show({**slate("r1"), "dist": {"color": 1.5, "plot": 0.5, "x": "half"}})
    assert session.dist == {"plot": 0.5}


def test_likes_made_in_another_tab_are_noticed() -> None:
    session = LiveSession()
    session.show(slate("r1"))
    answer = {**slate("r2", like=counted("film-2", "plot")), "likes": 1}
    session.show(answer)
    assert not session.differs(answer)
    assert session.differs({**answer, "likes": 3})
    assert not session.differs({**answer, "likes": None})
