"""Sessions in memory: packed when idle, the same when taken up again, and bounded."""

import pytest

from backend.impressions import cache
from backend.impressions.cache import Entry, SessionCache
from backend.impressions.event_log import Commit, Stream
from backend.impressions.session import Session
from backend.settings import Settings
from tests.impressions.events import liked, ranked_event


def session_of(rankings: int) -> Session:
    session = Session()
    for number in range(rankings):
        session.apply(ranked_event(f"r{number}", *(f"film-{n}-{number}" for n in range(10))))
    session.apply(liked("r0", "film-0-0"))
    return session


@pytest.fixture
def now():
    return [1000.0]


@pytest.fixture
def few_in_use(monkeypatch):
    monkeypatch.setattr(cache, "_RANKINGS_IN_USE", 20)


def cache_of(now, **variables) -> SessionCache:
    return SessionCache(Settings(variables), lambda: now[0])


def keep(sessions: SessionCache, key: str, rankings: int = 5) -> Entry:
    session = session_of(rankings)
    entry = Entry(session, Stream(key, session.version))
    sessions.sweep()
    sessions.keep(key, entry)
    return entry


def test_an_idle_session_is_packed_and_comes_back_the_same(now, few_in_use):
    sessions = cache_of(now)
    first = keep(sessions, "first")
    for n in range(10):
        keep(sessions, f"s{n}")
    assert sessions.packed_bytes > 0
    again = sessions.get("first")
    assert again is not None
    assert again is not first
    assert again.session.state() == first.session.state()
    assert again.session.events_held() == first.session.events_held()
    assert again.stream.number == first.stream.number


def test_packed_sessions_and_their_likes_are_still_counted(now, few_in_use):
    sessions = cache_of(now)
    for n in range(10):
        keep(sessions, f"s{n}")
    assert (len(sessions), sessions.likes) == (10, 10)


def test_a_session_in_use_stays_as_it_is(now, few_in_use):
    sessions = cache_of(now)
    mine = keep(sessions, "mine")
    for n in range(20):
        keep(sessions, f"s{n}")
        assert sessions.get("mine") is mine


def test_a_session_with_a_commit_under_way_stays_as_it_is(now, few_in_use):
    sessions = cache_of(now)
    mine = keep(sessions, "mine")
    mine.commits.append(Commit(None))
    for n in range(20):
        keep(sessions, f"s{n}")
    assert sessions.get("mine") is mine


def test_packed_sessions_stay_within_their_memory(now, few_in_use):
    sessions = cache_of(now, SESSION_MEMORY_BYTES="1000000")
    for n in range(1500):
        keep(sessions, f"s{n}", rankings=19)
    sessions.sweep()
    assert sessions.packed_bytes <= 1_000_000
    assert sessions.get("s0") is None
    assert sessions.get("s1499") is not None


def test_a_session_idle_too_long_is_read_from_the_log_again(now, few_in_use):
    sessions = cache_of(now, SESSION_TTL_S="60")
    for n in range(10):
        keep(sessions, f"s{n}")
    now[0] += 61
    assert sessions.get("s9") is None
    assert sessions.get("s0") is None
    sessions.sweep()
    assert len(sessions) == 0


def test_a_session_that_fails_is_not_given_out_again(now):
    sessions = cache_of(now)
    keep(sessions, "s1").stream.failed = True
    assert sessions.get("s1") is None


def test_a_session_that_failed_is_not_kept(now):
    sessions = cache_of(now)
    entry = Entry(session_of(1), Stream("s1", 2))
    entry.stream.failed = True
    sessions.keep("s1", entry)
    assert len(sessions) == 0


def test_only_the_entry_that_is_held_is_dropped(now):
    sessions = cache_of(now)
    old, new = keep(sessions, "s1"), keep(sessions, "s1")
    sessions.drop("s1", old)
    assert sessions.get("s1") is new
