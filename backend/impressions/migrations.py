"""The schema of the log, step by step from the first one.

A step is a number and the statements that lead to it; a database remembers the number it has
reached. All missing steps run at start in one transaction under a lock, so a process that dies in
between leaves the database as it was, and several that start at once run them once.

To change the schema: change `tables.py`, append a step here, and never touch an older one.
"""

from __future__ import annotations

from collections.abc import Callable

import sqlalchemy as sa

from backend.errors import Unavailable

# Any number will do as long as nothing else uses it: "dfdf" in ASCII.
_POSTGRES_LOCK = 0x64666466
_LOCK_WAIT_S = 60


def _first(connection: sa.Connection) -> None:
    """Events by session. Logs of the first version have this and no number of their own."""
    serial = "BIGSERIAL" if connection.dialect.name == "postgresql" else "INTEGER"
    floating = "DOUBLE PRECISION" if connection.dialect.name == "postgresql" else "FLOAT"
    _run(
        connection,
        f"""CREATE TABLE IF NOT EXISTS events (
            seq {serial} PRIMARY KEY, session_key VARCHAR(64) NOT NULL, at {floating} NOT NULL,
            kind VARCHAR(16) NOT NULL, ranking_id VARCHAR(64) NOT NULL,
            movie_id VARCHAR(128) NOT NULL, payload TEXT NOT NULL)""",
        "CREATE INDEX IF NOT EXISTS events_by_session ON events (session_key, seq)",
    )


def _numbered(connection: sa.Connection) -> None:
    """Events numbered within their session, snapshots, and the ledger."""
    counts = (
        "received acknowledged stored duplicates refused undone "
        "pruned_likes pruned_events pruned_sessions"
    ).split()
    _run(
        connection,
        "ALTER TABLE events ADD COLUMN number INTEGER NOT NULL DEFAULT 0",
        """UPDATE events SET number = counted.number FROM (
            SELECT seq, row_number() OVER (PARTITION BY session_key ORDER BY seq) AS number
            FROM events) AS counted WHERE counted.seq = events.seq""",
        "DROP INDEX events_by_session",
        "CREATE UNIQUE INDEX events_by_number ON events (session_key, number)",
        "CREATE INDEX events_liked ON events (session_key) WHERE kind = 'liked'",
        """CREATE TABLE snapshots (
            session_key VARCHAR(64) PRIMARY KEY, number INTEGER NOT NULL,
            rankings_from INTEGER NOT NULL, state TEXT NOT NULL)""",
        "CREATE TABLE ledger (writer VARCHAR(64) PRIMARY KEY, "
        + ", ".join(f"{name} BIGINT NOT NULL DEFAULT 0" for name in counts)
        + ")",
        # What was logged before there was a ledger had been answered.
        """INSERT INTO ledger (writer, received, acknowledged, stored, undone)
            SELECT 'before the ledger', likes, likes, likes, undone FROM (
                SELECT COUNT(CASE WHEN kind = 'liked' THEN 1 END) AS likes,
                    COUNT(CASE WHEN kind = 'undone' THEN 1 END) AS undone
                FROM events) AS counted WHERE likes + undone > 0""",
    )


STEPS: tuple[Callable[[sa.Connection], None], ...] = (_first, _numbered)
"""Step `n` is at place `n - 1`."""


def migrate(engine: sa.Engine) -> int:
    """Bring the schema up to date; returns the number of steps that were taken.

    Raises:
        Unavailable: the database has a newer schema than this version knows.
    """
    options = {"sqlite_begin": "BEGIN IMMEDIATE"}
    with engine.connect().execution_options(**options) as connection, connection.begin():
        if engine.dialect.name == "postgresql":
            # Steps on a long log take their time; waiting for another start does not.
            _run(
                connection,
                "SET LOCAL statement_timeout = 0",
                f"SET LOCAL lock_timeout = '{_LOCK_WAIT_S}s'",
                f"SELECT pg_advisory_xact_lock({_POSTGRES_LOCK})",
            )
        found = _version(connection)
        if found > len(STEPS):
            raise Unavailable(
                f"the event log's schema must be at most {len(STEPS)}, got {found}: a newer "
                "version of Double Feature wrote it; use that one, or another DATABASE_URL"
            )
        for step in STEPS[found:]:
            step(connection)
        if found < len(STEPS):
            connection.execute(
                sa.text("UPDATE schema_version SET version = :version"), {"version": len(STEPS)}
            )
        return len(STEPS) - found


def _version(connection: sa.Connection) -> int:
    """The step the database has reached; 0 for an empty one, 1 for a log without a number."""
    _run(connection, "CREATE TABLE IF NOT EXISTS schema_version (version INTEGER NOT NULL)")
    version = connection.execute(sa.text("SELECT version FROM schema_version")).scalar()
    if version is None:
        version = int(sa.inspect(connection).has_table("events"))
        connection.execute(
            sa.text("INSERT INTO schema_version VALUES (:version)"), {"version": version}
        )
    return int(version)


def _run(connection: sa.Connection, *statements: str) -> None:
    for statement in statements:
        connection.exec_driver_sql(statement)
