"""A session under any order of commands: what is in memory is what its events give."""

import orjson
import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from backend.ensemble.policies import POLICIES, make_policy
from backend.ensemble.slate import Slot
from backend.errors import NothingToUndo, SessionFull, UnknownImpression
from backend.impressions.session import Event, Ranking, Session, ranked

SOURCES = ("color", "plot")
FILMS = tuple(f"m{n}" for n in range(6))
MOST_RANKINGS, MOST_LIKES, EXPLORATION = 3, 4, 0.05

slates = st.lists(
    st.tuples(st.sampled_from(FILMS), st.sampled_from(SOURCES)),
    min_size=1,
    max_size=4,
    unique_by=lambda slot: slot[0],
)


def whole(session):
    return session.version, session.state(), session.events_held()


def logged(event):
    """An event as it comes back from the log."""
    payload = orjson.loads(orjson.dumps(event.payload))
    return Event(event.kind, event.at, event.ranking_id, event.movie_id, payload)


class SessionMachine(RuleBasedStateMachine):
    """Holds a session beside the plainest model of it: rankings by id, and a list of likes."""

    @initialize()
    def begin(self):
        self.session = Session(MOST_RANKINGS, MOST_LIKES)
        self.log: list[Event] = []
        self.shown: dict[str, dict[str, str]] = {}
        self.liked: list[tuple[str, str]] = []
        self.made = 0
        self.policies = {name: make_policy(name, 1.0, EXPLORATION) for name in POLICIES}

    def happen(self, event):
        self.log.append(logged(event))
        self.session.apply(event)

    @rule(slate=slates, anchor=st.sampled_from(FILMS), first=st.sampled_from((0.2, 0.5, 0.9)))
    def show(self, slate, anchor, first):
        self.made += 1
        name, share = f"r{self.made}", {"color": first, "plot": 1 - first}
        slots = tuple(Slot(film, source, 0.5) for film, source in slate)
        self.happen(
            ranked(Ranking(name, "static", anchor, share, slots, share, {}, len(slots), self.made))
        )
        self.shown[name] = dict(slate)
        while len(self.shown) > MOST_RANKINGS:
            del self.shown[next(iter(self.shown))]

    @rule(back=st.integers(0, MOST_RANKINGS + 1), film=st.sampled_from(FILMS))
    def like(self, back, film):
        name = f"r{self.made - back}"
        if self.session.is_counted(name, film):
            assert (name, film) in self.liked
        elif film not in self.shown.get(name, {}):
            with pytest.raises(UnknownImpression):
                self.session.like(name, film, {}, 0.0)
        elif len(self.liked) == MOST_LIKES:
            with pytest.raises(SessionFull):
                self.session.like(name, film, {}, 0.0)
        else:
            event = self.session.like(name, film, {"color": 0.5, "plot": 0.5}, 1.0)
            assert event.payload["source"] == self.shown[name][film]
            self.happen(event)
            self.liked.append((name, film))

    @precondition(lambda self: self.liked)
    @rule()
    def the_same_like_is_logged_again(self):
        # As after a commit that was in doubt.
        before = self.session.state()
        again = [e for e in self.log if (e.ranking_id, e.movie_id) == self.liked[-1]]
        self.happen(next(event for event in reversed(again) if event.kind == "liked"))
        assert self.session.state() == before

    @rule(undo_id=st.sampled_from(("u1", "u2", "")))
    def undo(self, undo_id):
        if not self.liked:
            with pytest.raises(NothingToUndo):
                self.session.undo(1.0, undo_id)
            return
        event = self.session.undo(1.0, undo_id)
        self.happen(event)
        name, film = self.liked.pop()
        assert (event.ranking_id, event.movie_id) == (name, film)
        assert self.session.undos[undo_id].movie_id == film
        assert not self.session.is_counted(name, film)
        if name in self.shown:
            # It can be liked again.
            assert self.session.like(name, film, {}, 1.0).kind == "liked"

    @rule()
    def reset(self):
        self.happen(Event("reset", 1.0))
        self.shown.clear()
        self.liked.clear()
        assert self.session.is_empty()

    @rule()
    def go_on_from_a_snapshot(self):
        state = orjson.loads(orjson.dumps(self.session.state()))
        held = [(number, logged(event)) for number, event in self.session.events_held()]
        taken = Session(MOST_RANKINGS, MOST_LIKES)
        taken.restore(self.session.version, state, held)
        assert whole(taken) == whole(self.session)
        self.session = taken

    @invariant()
    def memory_equals_a_replay_of_the_log(self):
        again = Session(MOST_RANKINGS, MOST_LIKES)
        for event in self.log:
            again.apply(event)
        assert whole(again) == whole(self.session)

    @invariant()
    def likes_are_those_of_the_model_and_none_twice(self):
        held = [(like.ranking_id, like.movie_id) for like in self.session.likes]
        assert held == self.liked
        assert len(set(held)) == len(held)
        assert sum(self.session.likes_by_source().values()) == len(held)
        pairs = [(f"r{number}", film) for number in range(self.made + 1) for film in FILMS]
        assert {pair for pair in pairs if self.session.is_counted(*pair)} == set(held)
        assert list(self.session.rankings) == list(self.shown)

    @invariant()
    def everything_is_bounded(self):
        assert len(self.session.rankings) <= MOST_RANKINGS
        assert len(self.session.starts) <= MOST_RANKINGS
        assert len(self.session.likes) <= MOST_LIKES

    @invariant()
    def weights_sum_to_one_within_their_bounds(self):
        least = {"preference": EXPLORATION, "static": 0.5, "classic": 0.0}
        for name, policy in self.policies.items():
            weights = self.session.weights(name, lambda c, p=policy: p.weights(c, SOURCES))
            # What was computed before the likes changed must not come back.
            assert weights == policy.weights(self.session.credits(), SOURCES)
            assert sum(weights.values()) == pytest.approx(1)
            assert min(weights.values()) >= least[name] - 1e-9
            assert max(weights.values()) <= 1 - least[name] + 1e-9


TestSessionMachine = SessionMachine.TestCase
TestSessionMachine.settings = settings(
    max_examples=60,
    stateful_step_count=30,
    deadline=None,
    database=None,
    suppress_health_check=list(HealthCheck),
)
