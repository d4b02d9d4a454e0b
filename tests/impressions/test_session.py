"""A session: what counts, what does not, and that replaying its events gives it back."""

import orjson
import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from backend.ensemble.slate import Slot
from backend.errors import NothingToUndo, SessionFull, UnknownImpression
from backend.impressions.session import Event, Ranking, Session, ranked

EVEN = {"color": 0.5, "plot": 0.5}


def ranking(ranking_id: str, anchor: str = "m0", at: float = 1.0, **sources: str) -> Ranking:
    slots = tuple(Slot(film, source, 0.5) for film, source in sources.items())
    return Ranking(ranking_id, "preference", anchor, EVEN, slots, EVEN, {}, len(slots), at)


def shown(*rankings: Ranking) -> Session:
    session = Session()
    for one in rankings:
        session.apply(ranked(one))
    return session


def like(session: Session, ranking_id: str, movie_id: str) -> None:
    session.apply(session.like(ranking_id, movie_id, EVEN, 2.0))


def test_a_like_is_credited_to_the_ranking_that_was_shown():
    session = shown(ranking("r1", m1="color"), ranking("r2", m1="plot"))
    like(session, "r1", "m1")
    assert session.likes_by_source() == {"color": 1}
    with pytest.raises(UnknownImpression, match=r"r2.*m9"):
        session.like("r2", "m9", EVEN, 3.0)


def test_a_ranking_never_shown_is_refused():
    with pytest.raises(UnknownImpression, match="ranking_id must be of a ranking shown"):
        shown(ranking("r1", m1="color")).like("r9", "m1", EVEN, 2.0)


def test_a_counted_like_is_known_until_it_is_undone():
    session = shown(ranking("r1", m1="color"))
    like(session, "r1", "m1")
    assert session.is_counted("r1", "m1")
    session.apply(session.undo(3.0))
    assert not session.is_counted("r1", "m1")
    assert session.likes == []


def test_undo_brings_back_the_ranking_that_was_on_screen():
    session = shown(ranking("r1", m1="color"))
    like(session, "r1", "m1")
    session.apply(ranked(ranking("r2", anchor="m1", m2="plot")))
    session.apply(session.undo(3.0))
    assert session.current is not None
    assert session.current.ranking_id == "r1"


def test_undo_without_a_like_is_refused():
    with pytest.raises(NothingToUndo):
        shown(ranking("r1", m1="color")).undo(1.0)


def test_films_liked_or_begun_with_are_excluded():
    session = shown(ranking("r1", anchor="start", m1="color"))
    like(session, "r1", "m1")
    session.apply(ranked(ranking("r2", anchor="m1", m2="plot")))
    assert session.excluded() == {"start", "m1"}
    session.apply(session.undo(3.0))
    assert session.excluded() == {"start"}


def test_a_full_session_refuses_a_like_and_keeps_the_others():
    session = Session(max_likes=1)
    session.apply(ranked(ranking("r1", m1="color", m2="plot")))
    like(session, "r1", "m1")
    with pytest.raises(SessionFull, match="at most 1 likes"):
        session.like("r1", "m2", EVEN, 2.0)
    assert len(session.likes) == 1


def test_old_rankings_are_forgotten_first():
    session = Session(max_rankings=2)
    for name in ("r1", "r2", "r3"):
        session.apply(ranked(ranking(name, m1="color")))
    assert list(session.rankings) == ["r2", "r3"]


def test_the_latest_ranking_that_showed_a_film_is_found():
    session = shown(ranking("r1", m1="color"), ranking("r2", m1="plot"), ranking("r3", m2="plot"))
    found = session.ranking_that_showed("m1")
    assert found is not None
    assert found.ranking_id == "r2"
    assert session.ranking_that_showed("m9") is None


def test_an_unknown_event_is_an_error():
    with pytest.raises(ValueError, match="got 'loved'"):
        Session().apply(Event("loved", 1.0))


def test_an_event_that_was_logged_twice_counts_once():
    session = shown(ranking("r1", m1="color"))
    liked = session.like("r1", "m1", EVEN, 2.0)
    session.apply(liked)
    session.apply(liked)
    assert len(session.likes) == 1
    undone = session.undo(3.0, "u1")
    session.apply(undone)
    session.apply(undone)
    assert session.likes == []


class SessionMachine(RuleBasedStateMachine):
    """Any order of commands: the counts stay consistent, and the events tell the whole story."""

    def __init__(self) -> None:
        super().__init__()
        self.session = Session(max_rankings=5, max_likes=8)
        self.events: list[Event] = []
        self.made = 0

    def happen(self, event: Event) -> None:
        self.events.append(event)
        self.session.apply(event)

    @rule(films=st.lists(st.integers(0, 9), min_size=1, max_size=4, unique=True), data=st.data())
    def show(self, films, data):
        self.made += 1
        sources = {f"m{f}": data.draw(st.sampled_from(["color", "plot"])) for f in films}
        self.happen(ranked(ranking(f"r{self.made}", anchor=f"m{films[0] + 20}", **sources)))

    @precondition(lambda self: self.session.rankings)
    @rule(data=st.data())
    def like(self, data):
        chosen = data.draw(st.sampled_from(list(self.session.rankings.values())))
        film = data.draw(st.sampled_from(chosen.slots)).movie_id
        if self.session.is_counted(chosen.ranking_id, film):
            return
        before = len(self.session.likes)
        try:
            self.happen(self.session.like(chosen.ranking_id, film, EVEN, 1.0))
        except SessionFull:
            assert before == 8
        else:
            assert len(self.session.likes) == before + 1

    @precondition(lambda self: self.session.likes)
    @rule()
    def undo(self):
        before = len(self.session.likes)
        self.happen(self.session.undo(1.0))
        assert len(self.session.likes) == before - 1

    @rule()
    def reset(self):
        self.happen(Event("reset", 1.0))
        assert self.session.likes == []

    @rule()
    def come_back_from_a_snapshot(self):
        session = self.session
        state, held = orjson.dumps(session.state()), session.events_held()
        self.session = Session(max_rankings=5, max_likes=8)
        self.session.restore(session.version, orjson.loads(state), held)

    @invariant()
    def counts_agree(self):
        assert sum(self.session.likes_by_source().values()) == len(self.session.likes)
        pairs = [(like.ranking_id, like.movie_id) for like in self.session.likes]
        assert len(set(pairs)) == len(pairs)
        assert len(self.session.rankings) <= 5

    @invariant()
    def replay_gives_the_same(self):
        again = Session(max_rankings=5, max_likes=8)
        for event in self.events:
            again.apply(event)
        assert again.likes == self.session.likes
        assert again.rankings == self.session.rankings
        assert again.current == self.session.current
        assert again.excluded() == self.session.excluded()
        assert again.state() == self.session.state()
        assert again.rankings_from == self.session.rankings_from


SessionMachine.TestCase.settings = settings(max_examples=60, stateful_step_count=20, deadline=None)
TestSessionMachine = SessionMachine.TestCase
