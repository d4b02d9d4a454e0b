"""The schema, from the oldest log that there is to the newest."""

import json
import threading

import pytest
import sqlalchemy as sa

from backend.errors import Unavailable
from backend.impressions import migrations
from backend.impressions.database import make_engine, open_log
from backend.impressions.event_log import EventLog, Stream
from backend.impressions.ledger import LedgerReader
from backend.impressions.migrations import STEPS, migrate
from backend.impressions.session import Session
from backend.impressions.tables import METADATA
from backend.settings import Settings
from tests.impressions.events import liked, ranked_event

# As the first version made it, before schemas had numbers.
OLDEST = (
    """CREATE TABLE events (
        seq INTEGER NOT NULL, session_key VARCHAR(64) NOT NULL, at FLOAT NOT NULL,
        kind VARCHAR(16) NOT NULL, ranking_id VARCHAR(64) NOT NULL,
        movie_id VARCHAR(128) NOT NULL, payload TEXT NOT NULL, PRIMARY KEY (seq))""",
    "CREATE INDEX events_by_session ON events (session_key, seq)",
)


def oldest(url, *events):
    """A log as the first version left it, with these events of (session, event)."""
    engine = make_engine(url)
    with engine.begin() as connection:
        for statement in OLDEST:
            if engine.dialect.name == "postgresql":
                statement = statement.replace("seq INTEGER NOT NULL", "seq SERIAL")
            connection.exec_driver_sql(statement)
        for key, event in events:
            connection.execute(
                sa.text(
                    "INSERT INTO events (session_key, at, kind, ranking_id, movie_id, payload) "
                    "VALUES (:key, :at, :kind, :ranking_id, :movie_id, :payload)"
                ),
                {
                    "key": key,
                    "at": event.at,
                    "kind": event.kind,
                    "ranking_id": event.ranking_id,
                    "movie_id": event.movie_id,
                    "payload": json.dumps(event.payload),
                },
            )
    engine.dispose()


def test_a_log_of_the_first_version_keeps_every_session(log_url):
    oldest(
        log_url,
        ("s1", ranked_event("r1")),
        ("s2", ranked_event("r1")),
        ("s1", liked("r1", "m1")),
        ("s2", liked("r1", "m2")),
        ("s1", liked("r1", "m2")),
    )
    log = EventLog(log_url)
    session = Session()
    stream = log.load("s1", session)
    assert [like.movie_id for like in session.likes] == ["m1", "m2"]
    assert stream.number == 3
    log.append(stream, ranked_event("r2")).result()
    assert log.load("s1", Session()).number == 4
    log.close()
    answer = LedgerReader(log_url).verify(Settings({}))
    assert answer["counts"]["stored"] == 3
    assert answer["holds"], answer["checks"]


def test_the_steps_lead_to_the_tables_of_the_code(log_url):
    engine = open_log(log_url)
    inspector = sa.inspect(engine)
    for table in METADATA.tables.values():
        columns = {column["name"] for column in inspector.get_columns(table.name)}
        assert columns == {column.name for column in table.columns}
        assert inspector.get_pk_constraint(table.name)["constrained_columns"] == [
            column.name for column in table.primary_key
        ]


def test_a_second_start_takes_no_step(log_url):
    engine = make_engine(log_url)
    assert migrate(engine) == len(STEPS)
    assert migrate(engine) == 0


def test_several_starts_at_once_take_each_step_once(log_url):
    oldest(log_url, *((f"s{n}", ranked_event("r1")) for n in range(50)))
    taken = []
    starts = [
        threading.Thread(target=lambda: taken.append(migrate(make_engine(log_url))))
        for _ in range(4)
    ]
    for start in starts:
        start.start()
    for start in starts:
        start.join()
    assert sorted(taken) == [0, 0, 0, len(STEPS) - 1]


def test_a_step_that_fails_leaves_the_log_as_it_was(log_url, monkeypatch):
    oldest(log_url, ("s1", ranked_event("r1")))

    def broken(connection):
        STEPS[1](connection)
        raise RuntimeError("the power failed")

    with monkeypatch.context() as patched:
        patched.setattr(migrations, "STEPS", (STEPS[0], broken))
        with pytest.raises(RuntimeError):
            migrate(make_engine(log_url))
    engine = make_engine(log_url)
    assert not sa.inspect(engine).has_table("snapshots")
    assert migrate(engine) == len(STEPS) - 1


def test_a_log_of_a_newer_version_is_refused(log_url):
    with open_log(log_url).begin() as connection:
        connection.exec_driver_sql("UPDATE schema_version SET version = 99")
    with pytest.raises(Unavailable, match=f"must be at most {len(STEPS)}, got 99"):
        open_log(log_url)


def test_numbers_of_a_session_are_taken_once(log_url):
    log = EventLog(log_url)
    log.append(Stream("s1"), ranked_event("r1")).result()
    with pytest.raises(Unavailable):
        log.append(Stream("s1"), ranked_event("r1")).result()
    log.close()
