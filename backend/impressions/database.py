"""Open the log's database: SQLite or PostgreSQL, durable, with every wait bounded.

A database that cannot be used is one clear line, without the password of its URL. A SQLite file
that is damaged is moved aside before, by `backend.mending`.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from backend.errors import Unavailable
from backend.impressions.migrations import migrate

_BUSY_MS = 10_000
_BUSY_AT_START_MS = 3_000
_CONNECT_S = 5
_STATEMENT_MS = 10_000
_POSTGRES = {
    "connect_timeout": _CONNECT_S,
    # A server that vanished is given up within seconds, and a commit is on disk when answered.
    "keepalives_idle": 5,
    "keepalives_interval": 2,
    "keepalives_count": 3,
    "tcp_user_timeout": _STATEMENT_MS,
    "options": f"-c statement_timeout={_STATEMENT_MS} -c synchronous_commit=on",
}


def make_engine(url: str, busy_ms: int = _BUSY_MS) -> sa.Engine:
    """Connections to the log; nothing is opened yet.

    Args:
        url: SQLAlchemy URL, as `Settings.database_url`.
        busy_ms: longest wait for another process that writes to the same SQLite file.
    """
    # Values stay out of error texts: a group holds rows of many sessions.
    if not url.startswith("sqlite"):
        return sa.create_engine(
            url,
            hide_parameters=True,
            pool_pre_ping=True,
            pool_size=5,
            max_overflow=5,
            pool_timeout=_STATEMENT_MS / 1000,
            connect_args=_POSTGRES,
        )
    engine = sa.create_engine(url, hide_parameters=True)

    @sa.event.listens_for(engine, "connect")
    def _configure(connection: Any, _record: Any) -> None:
        # Transactions begin where we say so: a schema changes within one as well.
        connection.isolation_level = None
        cursor = connection.cursor()
        cursor.execute(f"PRAGMA busy_timeout={busy_ms}")
        # Of a new file only: pruned space can then be given back bit by bit.
        cursor.execute("PRAGMA auto_vacuum=INCREMENTAL")
        cursor.execute("PRAGMA journal_mode=WAL")
        # A commit is on disk before it is answered.
        cursor.execute("PRAGMA synchronous=FULL")
        cursor.close()

    @sa.event.listens_for(engine, "begin")
    def _begin(connection: sa.Connection) -> None:
        how = connection.get_execution_options().get("sqlite_begin", "BEGIN")
        connection.exec_driver_sql(how)

    return engine


def open_log(url: str) -> sa.Engine:
    """Open the log, making or changing its tables where needed; several may do so at once.

    Raises:
        Unavailable: a newer version of this program wrote it.
        SQLAlchemyError: the database cannot be used.
    """
    engine = make_engine(url)
    migrate(engine)
    return engine


def prepare_log(url: str) -> None:
    """Make sure at start that the log can be used, once, before several processes open it.

    Raises:
        Unavailable: the server cannot be reached, or the file is locked or cannot be read.
    """
    file = sqlite_file(url)
    if file is not None:
        file.parent.mkdir(parents=True, exist_ok=True)
    try:
        engine = make_engine(url, _BUSY_AT_START_MS)
        migrate(engine)
        engine.dispose()
    except SQLAlchemyError as error:
        raise _unusable(url, error) from None


def sqlite_file(url: str) -> Path | None:
    """The file of a SQLite URL; None for another kind of database."""
    parts = sa.make_url(url)
    return Path(parts.database) if parts.get_backend_name() == "sqlite" and parts.database else None


def shown_url(url: str) -> str:
    """A URL as it may be shown: without its password and query."""
    return sa.make_url(url).set(query={}).render_as_string(hide_password=True)


def _unusable(url: str, error: SQLAlchemyError) -> Unavailable:
    """One line that says why the database cannot be used."""
    cause = str(error.orig if isinstance(error, DBAPIError) else error).strip()
    reason = cause.splitlines()[0] if cause else type(error).__name__
    if password := sa.make_url(url).password:
        reason = reason.replace(str(password), "***")
    file = sqlite_file(url)
    if file is None:
        return Unavailable(
            f"DATABASE_URL must be of a server that can be reached, got {shown_url(url)} "
            f"({reason}); start it, or correct DATABASE_URL"
        )
    if "locked" in reason or "busy" in reason:
        return Unavailable(
            f"the event log {file} must not be locked by another process, and it is "
            f"({reason}); close what uses it, or set DATA_DIR"
        )
    return Unavailable(
        f"the event log {file} must be a file that can be written ({reason}); set DATA_DIR"
    )
