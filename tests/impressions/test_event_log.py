"""The log itself: made by several at once, loaded in bounded time, silent about its rows."""

import subprocess
import sys

import pytest
import sqlalchemy as sa

from backend.errors import Unavailable
from backend.impressions.event_log import NEW_LIKE, SNAPSHOT_EVERY, EventLog, LikeReader, Stream
from backend.impressions.session import Event, Session
from backend.impressions.tables import EVENTS, SNAPSHOTS
from backend.settings import REPOSITORY
from tests.impressions.events import liked, ranked_event


def url_in(folder) -> str:
    return f"sqlite:///{folder / 'log.db'}"


@pytest.fixture
def log(tmp_path):
    opened = EventLog(url_in(tmp_path))
    yield opened
    opened.close()


def record(log, key, events, **limits):
    """A session that went through `events`, each committed with its snapshots."""
    session, stream = Session(**limits), Stream(key)
    for event in events:
        session.apply(event)
        commit = log.append(stream, event, session=session)
    commit.result()
    return session


def loaded(log, key, **limits):
    session = Session(**limits)
    return session, log.load(key, session)


def whole(session):
    return session.version, session.state(), session.events_held()


def test_several_processes_may_open_a_new_log_at_once(tmp_path):
    script = f"from backend.impressions.event_log import open_log; open_log({url_in(tmp_path)!r})"
    openers = [subprocess.Popen([sys.executable, "-c", script], cwd=REPOSITORY) for _ in range(4)]
    assert [opener.wait(timeout=120) for opener in openers] == [0, 0, 0, 0]


def test_a_session_is_loaded_as_it_was_without_its_snapshot_and_with_it(log):
    events = [ranked_event("r0"), liked("r0", "m1")]
    before = record(log, "short", events)
    assert whole(loaded(log, "short")[0]) == whole(before)
    events += [ranked_event(f"r{n}") for n in range(1, 3 * SNAPSHOT_EVERY)]
    before = record(log, "long", events, max_rankings=20)
    after, stream = loaded(log, "long", max_rankings=20)
    assert whole(after) == whole(before)
    assert (stream.number, stream.snapshot) == (len(events), 3 * SNAPSHOT_EVERY)


def test_loading_reads_no_more_events_however_long_the_history(log, monkeypatch):
    record(log, "long", [ranked_event(f"r{n}") for n in range(1000)], max_rankings=20)
    applied = []
    monkeypatch.setattr(Session, "_hold", lambda self, ranking, number: applied.append(number))
    loaded(log, "long", max_rankings=20)
    assert len(applied) <= 20 + SNAPSHOT_EVERY


def test_a_snapshot_holds_after_a_reset_too(log):
    events = [ranked_event(f"r{n}") for n in range(SNAPSHOT_EVERY - 1)] + [Event("reset", 1.0)]
    before = record(log, "s1", [*events, ranked_event("after")])
    after, _ = loaded(log, "s1")
    assert list(after.rankings) == ["after"]
    assert whole(after) == whole(before)


def test_of_two_who_continue_the_same_session_one_is_refused(log, tmp_path):
    record(log, "s1", [ranked_event("r0")])
    other = EventLog(url_in(tmp_path))
    _, mine = loaded(log, "s1")
    _, theirs = loaded(other, "s1")
    log.append(mine, liked("r0", "m1"), tally=NEW_LIKE).result()
    late = other.append(theirs, liked("r0", "m1"), tally=NEW_LIKE)
    with pytest.raises(Unavailable, match="another writer"):
        late.result()
    assert len(loaded(log, "s1")[0].likes) == 1
    other.close()


def test_one_refused_event_fails_none_of_other_sessions(log):
    record(log, "s1", [ranked_event("r0")])
    commits = [log.append(Stream(key), ranked_event("r0")) for key in ("s2", "s1", "s3")]
    commits[0].result()
    commits[2].result()
    with pytest.raises(Unavailable):
        commits[1].result()


def test_what_follows_a_failed_event_is_not_written(log):
    record(log, "s1", [ranked_event("r0")])
    stale = Stream("s1")
    commits = [log.append(stale, ranked_event(f"r{n}")) for n in range(1, 4)]
    for commit in commits:
        with pytest.raises(Unavailable):
            commit.result()
    assert list(loaded(log, "s1")[0].rankings) == ["r0"]


def test_a_session_that_was_pruned_is_not_continued_from_memory(log):
    record(log, "s1", [ranked_event("r0")])
    _, stream = loaded(log, "s1")
    with log._engine.begin() as connection:
        connection.execute(sa.delete(EVENTS))
    with pytest.raises(Unavailable, match="another writer"):
        log.append(stream, liked("r0", "m1")).result()
    assert loaded(log, "s1")[0].is_empty()


def test_only_the_last_snapshot_of_a_session_is_kept(log):
    record(log, "s1", [ranked_event(f"r{n}") for n in range(3 * SNAPSHOT_EVERY)])
    with log._engine.connect() as connection:
        assert connection.execute(sa.select(SNAPSHOTS.c.number)).all() == [(3 * SNAPSHOT_EVERY,)]


def test_a_failed_write_tells_nothing_of_the_rows(log):
    with log._engine.begin() as connection:
        connection.exec_driver_sql("DROP TABLE events")
    with pytest.raises(Unavailable) as failure:
        log.append(Stream("secret-key"), Event("reset", 1.0)).result()
    assert "secret-key" not in str(failure.value)
    assert "INSERT" not in str(failure.value)


def test_reading_likes_bears_an_undo_without_its_like(log, tmp_path):
    log.append(Stream("s1"), Event("undone", 1.0, "r1", "m1")).result()
    assert LikeReader(url_in(tmp_path)).likes_of("s1") == []
