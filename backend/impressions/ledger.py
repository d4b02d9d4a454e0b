"""The ledger of likes: what came, what was answered, what is stored; and the proof that it adds up.

    python -m backend.impressions.ledger [--json]

replays the whole log, beside the running system or without it, and ends with status 1 when
something does not hold.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from itertools import groupby
from typing import Any

import orjson
import sqlalchemy as sa
from sqlalchemy.exc import SQLAlchemyError

from backend.errors import DoubleFeatureError, Unavailable
from backend.impressions.database import make_engine
from backend.impressions.event_log import event_of
from backend.impressions.session import Session
from backend.impressions.tables import COUNTS, EVENTS, LEDGER, SNAPSHOTS
from backend.settings import Settings

_ROWS_AT_ONCE = 1_000


class LedgerReader:
    """Reads the ledger; never writes.

    Args:
        url: SQLAlchemy URL of the log.
    """

    def __init__(self, url: str) -> None:
        self._engine = make_engine(url)

    def counts(self) -> dict[str, Any]:
        """The counts of all writers, the likes in the log, and whether they agree.

        Raises:
            Unavailable: the log cannot be read.
        """
        try:
            with self._engine.connect() as connection, _one_view(connection):
                return _answer(*_counts(connection))
        except SQLAlchemyError:
            raise Unavailable("the event log cannot be read; send the request again") from None

    def verify(self, settings: Settings) -> dict[str, Any]:
        """`counts`, with what a replay of every event of the log gives beside them.

        Raises:
            Unavailable: the log cannot be read.
        """
        try:
            with self._engine.connect() as connection, _one_view(connection):
                if connection.dialect.name == "postgresql":
                    connection.exec_driver_sql("SET LOCAL statement_timeout = 0")
                counts, likes_in_log = _counts(connection)
                replay = _replay(connection, settings)
        except SQLAlchemyError:
            raise Unavailable("the event log cannot be read; try again") from None
        answer = _answer(counts, likes_in_log)
        answer["replay"] = replay
        answer["checks"] |= {
            "likes in log = held + taken back + forgotten + logged twice": likes_in_log
            == replay["held"] + replay["taken_back"] + replay["forgotten"] + replay["logged_twice"],
            "sessions read from snapshots are the same as replayed ones": not replay["differing"],
        }
        answer["holds"] = all(answer["checks"].values())
        return answer


def _one_view(connection: sa.Connection) -> Any:
    """A transaction whose every read sees the same moment, as SQLite's do."""
    if connection.dialect.name == "postgresql":
        connection.execution_options(isolation_level="REPEATABLE READ")
    return connection.begin()


def _counts(connection: sa.Connection) -> tuple[dict[str, int], int]:
    sums = [sa.func.coalesce(sa.func.sum(LEDGER.c[name]), 0).label(name) for name in COUNTS]
    row = connection.execute(sa.select(*sums)).one()
    liked = sa.select(sa.func.count()).select_from(EVENTS).where(EVENTS.c.kind == "liked")
    counts = {name: int(getattr(row, name)) for name in COUNTS}
    return counts, int(connection.execute(liked).scalar_one())


def _answer(counts: dict[str, int], likes_in_log: int) -> dict[str, Any]:
    checks = {
        "acknowledged = stored + duplicates": counts["acknowledged"]
        == counts["stored"] + counts["duplicates"],
        "received >= acknowledged + refused": counts["received"]
        >= counts["acknowledged"] + counts["refused"],
        "stored = likes in log + pruned": counts["stored"] == likes_in_log + counts["pruned_likes"],
    }
    return {
        "counts": counts,
        "likes_in_log": likes_in_log,
        "checks": checks,
        "holds": all(checks.values()),
    }


def _replay(connection: sa.Connection, settings: Settings) -> dict[str, int]:
    """Go through every event of every session, oldest first, holding one session at a time."""
    found = dict.fromkeys(
        ("sessions", "held", "taken_back", "forgotten", "logged_twice", "snapshots", "differing"), 0
    )
    snapshots = _snapshots(connection)
    snapshot = next(snapshots, None)
    for session_key, rows in groupby(_rows(connection), key=lambda row: row.session_key):
        while snapshot is not None and snapshot.session_key < session_key:
            # A snapshot without events: of a session that is not there.
            found["differing"] += 1
            snapshot = next(snapshots, None)
        of_session = snapshot if snapshot and snapshot.session_key == session_key else None
        session = Session(settings.max_session_rankings, settings.max_session_likes)
        for row in rows:
            before = len(session.likes)
            session.apply(event_of(row))
            if row.kind == "liked":
                found["logged_twice"] += len(session.likes) == before
            elif row.kind == "undone":
                found["taken_back"] += before - len(session.likes)
            elif row.kind == "reset":
                found["forgotten"] += before
            if of_session is not None and row.number == of_session.number:
                found["snapshots"] += 1
                same = orjson.loads(of_session.state) == orjson.loads(orjson.dumps(session.state()))
                found["differing"] += not (same and row.number == session.version)
        if of_session is not None:
            snapshot = next(snapshots, None)
        found["sessions"] += 1
        found["held"] += len(session.likes)
    return found


def _rows(connection: sa.Connection) -> Iterator[sa.Row[Any]]:
    order = (_bytewise(connection, EVENTS.c.session_key), EVENTS.c.number)
    rows = connection.execution_options(yield_per=_ROWS_AT_ONCE).execute(
        sa.select(EVENTS).order_by(*order)
    )
    yield from rows


def _snapshots(connection: sa.Connection) -> Iterator[sa.Row[Any]]:
    order = _bytewise(connection, SNAPSHOTS.c.session_key)
    rows = connection.execution_options(yield_per=_ROWS_AT_ONCE).execute(
        sa.select(SNAPSHOTS).order_by(order)
    )
    yield from rows


def _bytewise(connection: sa.Connection, column: sa.Column[str]) -> sa.ColumnElement[str]:
    """Keys in the order in which Python compares them, whatever the server's language is."""
    return column.collate("C") if connection.dialect.name == "postgresql" else column.asc()


def main() -> int:
    """Print the ledger and what was checked; returns the exit status."""
    parser = argparse.ArgumentParser(prog="python -m backend.impressions.ledger")
    parser.add_argument("--json", action="store_true", help="one JSON document instead of lines")
    arguments = parser.parse_args()
    settings = Settings()
    answer = LedgerReader(settings.database_url).verify(settings)
    if arguments.json:
        print(json.dumps(answer))
    else:
        for name, count in {**answer["counts"], "likes_in_log": answer["likes_in_log"]}.items():
            print(f"{name.replace('_', ' '):18}{count:12,}")
        for name, count in answer["replay"].items():
            print(f"replay: {name.replace('_', ' '):18}{count:12,}")
        for check, holds in answer["checks"].items():
            print(f"{'holds' if holds else 'FAILS'}: {check}")
    return 0 if answer["holds"] else 1


if __name__ == "__main__":
    try:
        sys.exit(main())
    except DoubleFeatureError as error:
        sys.exit(f"double-feature: {error.detail}")
