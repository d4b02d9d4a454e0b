"""Take sessions that were idle for long out of the log, while the system runs or not.

    python -m backend.impressions.prune --older-than DAYS [--dry-run]

A session goes as a whole or stays as a whole, by its last event. The ledger keeps count of what
went.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.exc import SQLAlchemyError

from backend.errors import DoubleFeatureError, InvalidInput, Unavailable
from backend.impressions.database import open_log
from backend.impressions.tables import EVENTS, LEDGER, SNAPSHOTS
from backend.settings import Settings

_DAY_S = 86_400
_WRITER = "prune"
# Sessions of one transaction, and the pause after it: the store's own writes come in between.
_BATCH = 100
_PAUSE_S = 0.02
# Pages given back to the system in one go, and in all.
_PAGES = 2_000
_MOST_PAGES = 1_000_000


@dataclass
class Pruned:
    """What was taken out, or would be."""

    sessions: int = 0
    events: int = 0
    likes: int = 0


def prune(
    engine: sa.Engine, before: float, *, dry_run: bool = False, pause_s: float = _PAUSE_S
) -> Pruned:
    """Take out every session whose last event is older than `before`.

    Args:
        before: Unix time in seconds.
        dry_run: only count.
    """
    pruned = Pruned()
    last = ""
    while True:
        with engine.connect() as connection, connection.begin():
            keys = [row[0] for row in connection.execute(_idle_after(last, before))]
        if not keys:
            return pruned
        last = keys[-1]
        _prune_batch(engine, keys, before, dry_run, pruned)
        if not dry_run:
            time.sleep(pause_s)


def _idle_after(last: str, before: float) -> sa.Select[str]:
    """The next idle sessions in the order of their keys."""
    return (
        sa.select(EVENTS.c.session_key)
        .where(EVENTS.c.session_key > last)
        .group_by(EVENTS.c.session_key)
        .having(sa.func.max(EVENTS.c.at) < before)
        .order_by(EVENTS.c.session_key)
        .limit(_BATCH)
    )


def _prune_batch(
    engine: sa.Engine, keys: Sequence[str], before: float, dry_run: bool, pruned: Pruned
) -> None:
    options = {} if dry_run else {"sqlite_begin": "BEGIN IMMEDIATE"}
    with engine.connect().execution_options(**options) as connection, connection.begin():
        if not dry_run and connection.dialect.name == "postgresql":
            # Whoever is writing finishes first; whoever comes then sees what is gone.
            connection.exec_driver_sql("LOCK TABLE events IN SHARE ROW EXCLUSIVE MODE")
        liked = sa.func.count(sa.case((EVENTS.c.kind == "liked", 1)))
        # Looked at again under the lock: a session may have been used meanwhile.
        rows = connection.execute(
            sa.select(EVENTS.c.session_key, sa.func.count(), liked)
            .where(EVENTS.c.session_key.in_(keys))
            .group_by(EVENTS.c.session_key)
            .having(sa.func.max(EVENTS.c.at) < before)
        ).all()
        idle = [row[0] for row in rows]
        batch = Pruned(len(rows), sum(row[1] for row in rows), sum(row[2] for row in rows))
        if not dry_run and idle:
            connection.execute(sa.delete(EVENTS).where(EVENTS.c.session_key.in_(idle)))
            connection.execute(sa.delete(SNAPSHOTS).where(SNAPSHOTS.c.session_key.in_(idle)))
            _count(connection, batch)
    pruned.sessions += batch.sessions
    pruned.events += batch.events
    pruned.likes += batch.likes


def _count(connection: sa.Connection, batch: Pruned) -> None:
    added = {
        "pruned_sessions": batch.sessions,
        "pruned_events": batch.events,
        "pruned_likes": batch.likes,
    }
    changed = connection.execute(
        sa.update(LEDGER)
        .where(LEDGER.c.writer == _WRITER)
        .values({name: LEDGER.c[name] + count for name, count in added.items()})
    )
    if changed.rowcount == 0:
        connection.execute(sa.insert(LEDGER), {"writer": _WRITER, **added})


def give_back_space(engine: sa.Engine) -> int:
    """Return free pages of a SQLite file to the system, some at a time; how many it were.

    A PostgreSQL server does this by itself (autovacuum). A file that was begun by a version
    before this one keeps its size and reuses the space.
    """
    if engine.dialect.name != "sqlite":
        return 0
    given = 0
    while given < _MOST_PAGES:
        with engine.connect() as connection:
            cursor = connection.connection.cursor()
            (free,) = cursor.execute("PRAGMA freelist_count").fetchone()
            cursor.execute(f"PRAGMA incremental_vacuum({_PAGES})").fetchall()
            (left,) = cursor.execute("PRAGMA freelist_count").fetchone()
        given += free - left
        if left == 0 or left >= free:
            break
    return given


def days(text: str, settings: Settings) -> float:
    """A number of days, at least the time that an idle session may stay in memory.

    Raises:
        InvalidInput: it is not.
    """
    least = settings.session_ttl_s / _DAY_S
    try:
        value = float(text)
    except ValueError:
        value = float("nan")
    if not least <= value <= 100_000:
        raise InvalidInput(
            f"--older-than must be a number of days from {least:.3g} (SESSION_TTL_S) to 100000, "
            f"got {text!r}; live sessions are never pruned",
            field="--older-than",
            value=text,
        )
    return value


def main() -> int:
    """Prune as the command line says; returns the exit status."""
    parser = argparse.ArgumentParser(prog="python -m backend.impressions.prune")
    parser.add_argument("--older-than", required=True, metavar="DAYS")
    parser.add_argument("--dry-run", action="store_true", help="only count")
    arguments = parser.parse_args()
    settings = Settings()
    before = time.time() - days(arguments.older_than, settings) * _DAY_S
    try:
        engine = open_log(settings.database_url)
        pruned = prune(engine, before, dry_run=arguments.dry_run)
        pages = 0 if arguments.dry_run else give_back_space(engine)
    except SQLAlchemyError as error:
        raise Unavailable(
            f"the event log could not be pruned ({type(error).__name__}); run it again"
        ) from None
    print(
        f"{'Would prune' if arguments.dry_run else 'Pruned'} {pruned.sessions:,} sessions with "
        f"{pruned.events:,} events, {pruned.likes:,} of them likes"
        + (f"; {pages:,} pages given back." if pages else ".")
    )
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except DoubleFeatureError as error:
        sys.exit(f"double-feature: {error.detail}")
