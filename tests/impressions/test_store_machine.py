"""The store and its SQLite log under any order of commands, repeats, failures and restarts.

Everything is real: the log on disk, its failures (a trigger refuses the insert), another writer (a
second store on the same log), pruning. Limits are small, so that sessions are packed, evicted and
read from snapshots all the time.
"""

import asyncio
import shutil
import tempfile

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from backend.errors import NothingToUndo, SessionFull, Unavailable, UnknownImpression
from backend.impressions import cache, event_log
from backend.impressions.database import make_engine
from backend.impressions.ledger import LedgerReader
from backend.impressions.prune import prune
from backend.impressions.store import ImpressionStore, RankRequest
from backend.settings import Settings

KEYS = ("s1", "s2", "s3")
# m0 and m1 are offered by both sources.
CANDIDATES = {
    "color": ("m0", "m1", *(f"c{n}" for n in range(8))),
    "plot": ("m1", "m0", *(f"p{n}" for n in range(8))),
}
TTL_S, MOST_LIKES, EXPLORATION = 100.0, 4, 0.05
SMALL = {
    "SESSION_TTL_S": str(TTL_S),
    "MAX_SESSIONS_PER_SHARD": "2",
    "MAX_SESSION_RANKINGS": "5",
    "MAX_SESSION_LIKES": str(MOST_LIKES),
    "EXPLORATION_SHARE": str(EXPLORATION),
}
TRIGGERS = {
    # The database refuses the event, and: writing it is an error of the database.
    "refused": "SELECT RAISE(ABORT, 'no room')",
    # As it runs: SQLite remembers what fails to compile after the trigger is gone.
    "broken": "SELECT json('{')",
}
keys = st.sampled_from(KEYS)
policies = st.sampled_from((None, "preference", "static", "classic"))


class StoreMachine(RuleBasedStateMachine):
    """Holds the store beside the plainest model: what each session was shown and likes."""

    @initialize()
    def begin(self):
        self.patched = pytest.MonkeyPatch()
        self.patched.setattr(event_log, "SNAPSHOT_EVERY", 3)
        self.patched.setattr(cache, "_RANKINGS_IN_USE", 4)
        self.folder = tempfile.mkdtemp(prefix="store-machine-")
        self.settings = Settings({**SMALL, "DATA_DIR": self.folder})
        self.loop = asyncio.new_event_loop()
        self.now = 1_000.0
        self.engine = make_engine(self.settings.database_url)
        self.store = self.open()
        self.failing = False
        self.made = 0
        self.cards: dict[str, list[tuple[str, str]]] = {key: [] for key in KEYS}
        self.likes: dict[str, list[tuple[str, str]]] = {key: [] for key in KEYS}
        self.undone: dict[str, dict[str, tuple[str, str]]] = {key: {} for key in KEYS}
        self.acknowledged = self.stored = self.duplicates = self.undos = 0
        self.received = self.refused = 0

    def teardown(self):
        if not hasattr(self, "store"):
            return
        try:
            self.recover()
            self.open_again()
            self.check_ledger()
        finally:
            self.store.close()
            self.engine.dispose()
            self.loop.close()
            self.patched.undo()
            shutil.rmtree(self.folder, ignore_errors=True)

    # What the rules are made of

    def open(self):
        return ImpressionStore(self.settings, clock=lambda: self.now)

    def run(self, *commands):
        """The outcomes of commands that go side by side; refusals as themselves."""

        async def together():
            return await asyncio.gather(*commands, return_exceptions=True)

        found = self.loop.run_until_complete(together())
        for outcome in found:
            if isinstance(outcome, BaseException) and not isinstance(
                outcome, (Unavailable, UnknownImpression, SessionFull, NothingToUndo)
            ):
                raise outcome
            assert self.failing or not isinstance(outcome, Unavailable), outcome.detail
        return found

    def request(self, key, liked_id, ranking_id, policy=None):
        self.made += 1
        return RankRequest(
            session_key=key,
            ranking_id=f"r{self.made}",
            liked_id=liked_id,
            liked_ranking_id=ranking_id,
            policy=policy,
            count=3,
            candidates={
                source: tuple(film for film in films if film != liked_id)
                for source, films in CANDIDATES.items()
            },
            complete=frozenset(CANDIDATES),
            missing={},
        )

    def count(self, key, outcome, like):
        """Follow a command that may have counted a like."""
        self.received += 1
        if isinstance(outcome, (UnknownImpression, SessionFull)):
            self.refused += 1
        if isinstance(outcome, BaseException):
            return
        self.acknowledged += 1
        held = (like["ranking_id"], like["movie_id"])
        if like["counted"]:
            assert held not in self.likes[key]
            self.likes[key].append(held)
            self.stored += 1
        else:
            assert held in self.likes[key]
            self.duplicates += 1
        assert len(self.likes[key]) <= MOST_LIKES

    def ranked(self, key, outcome):
        if isinstance(outcome, BaseException):
            return
        assert outcome["likes"] == len(self.likes[key])
        dist = outcome["dist"]
        least = {"preference": EXPLORATION, "static": 0.5, "classic": 0.0}[outcome["policy"]]
        assert sum(dist.values()) == pytest.approx(1)
        assert least - 1e-9 <= min(dist.values()) <= max(dist.values()) <= 1 - least + 1e-9
        films = [slot["movie_id"] for slot in outcome["slots"]]
        assert len(set(films)) == len(films)
        assert not {film for _, film in self.likes[key]} & set(films)
        self.cards[key] += [(outcome["ranking_id"], film) for film in films]

    def card(self, key, data):
        """One of the cards that a session was ever shown; some cards that it was not."""
        return data.draw(st.sampled_from([*self.cards[key][-12:], ("r0", "c0"), ("r1", "m9")]))

    # Commands

    @rule(key=keys, policy=policies)
    def begin_with_a_film(self, key, policy):
        request = self.request(key, "start", None, policy)
        self.ranked(key, self.run(self.store.rank(request))[0])

    @rule(key=keys, data=st.data(), named=st.booleans(), twice=st.booleans(), policy=policies)
    def click(self, key, data, named, twice, policy):
        ranking_id, film = self.card(key, data)
        request = self.request(key, film, ranking_id if named else None, policy)
        known = False
        for _ in range(2 if twice else 1):
            (outcome,) = self.run(self.store.rank(request))
            if isinstance(outcome, BaseException):
                self.count(key, outcome, None)
                continue
            if like := outcome["like"]:
                # The ranking tells that its like counted whenever it is asked for again.
                self.count(key, outcome, {**like, "counted": like["counted"] and not known})
            else:
                assert not named
            if not known:
                self.ranked(key, outcome)
            known = True

    @rule(key=keys, data=st.data(), times=st.integers(1, 3))
    def like(self, key, data, times):
        ranking_id, film = self.card(key, data)
        held = (ranking_id, film) in self.likes[key]
        outcomes = self.run(*(self.store.like(key, ranking_id, film) for _ in range(times)))
        answers = [outcome for outcome in outcomes if not isinstance(outcome, BaseException)]
        # At most one of those sent at once counts, and it is the first in the log.
        assert sum(answer["counted"] for answer in answers) <= (0 if held else 1)
        for outcome in sorted(outcomes, key=lambda o: not (isinstance(o, dict) and o["counted"])):
            self.count(key, outcome, outcome)
        for answer in answers:
            assert answer["likes"] == len(self.likes[key])
            assert sum(answer["dist"].values()) == pytest.approx(1)

    @rule(key=keys, undo_id=st.sampled_from(("u1", "u2", "u3")), times=st.integers(1, 2))
    def undo(self, key, undo_id, times):
        for outcome in self.run(*(self.store.undo(key, undo_id) for _ in range(times))):
            if isinstance(outcome, NothingToUndo):
                assert not self.likes[key]
                assert undo_id not in self.undone[key]
            elif isinstance(outcome, dict):
                if undo_id not in self.undone[key]:
                    self.undone[key][undo_id] = self.likes[key].pop()
                    self.undos += 1
                told = outcome["undone"]
                assert (told["ranking_id"], told["movie_id"]) == self.undone[key][undo_id]

    @rule(key=keys, undo_id=st.sampled_from(("again-1", "again-2")))
    def undo_and_like_again(self, key, undo_id):
        if not self.likes[key] or undo_id in self.undone[key] or self.failing:
            return
        ranking_id, film = self.likes[key][-1]
        self.undo(key, undo_id, 1)
        (outcome,) = self.run(self.store.like(key, ranking_id, film))
        self.count(key, outcome, outcome)
        # Only a ranking that was forgotten meanwhile can no longer be liked.
        assert isinstance(outcome, UnknownImpression) or outcome["counted"]

    @rule(key=keys)
    def reset(self, key):
        (outcome,) = self.run(self.store.reset(key))
        if not isinstance(outcome, BaseException):
            for model in (self.likes, self.undone, self.cards):
                model[key].clear()

    # What happens to the store

    @rule(kind=st.sampled_from(sorted(TRIGGERS)))
    def the_log_fails(self, kind):
        if not self.failing:
            self.failing = True
            with self.engine.begin() as connection:
                connection.exec_driver_sql(
                    f"CREATE TRIGGER fails BEFORE INSERT ON events BEGIN {TRIGGERS[kind]}; END"
                )

    @rule()
    def recover(self):
        if self.failing:
            with self.engine.begin() as connection:
                connection.exec_driver_sql("DROP TRIGGER fails")
            # What was not written is not in memory either.
            self.failing = False

    @rule()
    def open_again(self):
        before = self.run(*(self.store.session(key) for key in KEYS))
        self.store.close()
        self.store = self.open()
        assert self.run(*(self.store.session(key) for key in KEYS)) == before

    @rule(key=keys)
    def another_store_goes_on(self, key):
        """As when an actor that hung is replaced: one of the two is refused, then reads again."""
        if self.failing:
            return
        self.run(self.store.session(key))
        other = self.open()
        try:
            self.ranked(key, self.run(other.rank(self.request(key, "start", None)))[0])
        finally:
            other.close()
        self.failing = True
        (outcome,) = self.run(self.store.rank(self.request(key, "start", None)))
        self.failing = False
        if isinstance(outcome, Unavailable):
            # It knew the session as it was before.
            (outcome,) = self.run(self.store.rank(self.request(key, "start", None)))
        self.ranked(key, outcome)

    @rule(seconds=st.sampled_from((1.0, TTL_S / 2, TTL_S + 1)))
    def time_passes(self, seconds):
        self.now += seconds

    @rule()
    def prune_idle_sessions(self):
        before = self.now - TTL_S
        with self.engine.connect() as connection:
            last = dict(
                connection.exec_driver_sql(
                    "SELECT session_key, MAX(at) FROM events GROUP BY session_key"
                ).all()
            )
        pruned = [key for key, at in last.items() if at < before]
        assert prune(self.engine, before, pause_s=0).sessions == len(pruned)
        failing, self.failing = self.failing, True
        for key in pruned:
            for model in (self.likes, self.undone, self.cards):
                model[key].clear()
            # Who goes on from what is gone is refused, and reads again.
            self.run(self.store.reset(key))
        self.failing = failing

    @rule()
    def check_ledger(self):
        answer = LedgerReader(self.settings.database_url).verify(self.settings)
        assert answer["holds"], answer
        counts = answer["counts"]
        assert counts["acknowledged"] == counts["stored"] + counts["duplicates"]
        assert (counts["acknowledged"], counts["stored"], counts["duplicates"]) == (
            self.acknowledged,
            self.stored,
            self.duplicates,
        )
        assert counts["undone"] == self.undos
        # Those of the last refusals may not be on disk yet.
        assert counts["received"] <= self.received
        assert counts["refused"] <= self.refused
        assert answer["replay"]["held"] == sum(map(len, self.likes.values()))

    @invariant()
    def memory_is_what_was_acknowledged(self):
        if not hasattr(self, "store"):
            return
        for key, state in zip(KEYS, self.run(*map(self.store.session, KEYS)), strict=True):
            held = [(like["ranking_id"], like["movie_id"]) for like in state["likes"]]
            assert held == self.likes[key]
            assert len(set(held)) == len(held)
            assert sum(state["dist"].values()) == pytest.approx(1)


TestStoreMachine = StoreMachine.TestCase
TestStoreMachine.settings = settings(
    max_examples=20,
    stateful_step_count=25,
    deadline=None,
    database=None,
    suppress_health_check=list(HealthCheck),
)
