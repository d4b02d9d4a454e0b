"""The durable log: an append-only table of events, written in groups.

`append` takes events, `flush` writes all that were taken in one transaction, so durability costs
one sync per group, not one per like. Counts of the ledger and snapshots travel in the same
transaction as what they tell of. There is no thread: who flushes waits for the disk, and what
comes meanwhile makes the next group.

Events of a session are numbered, and the database takes each number once. So whoever continues a
session from a state that is no longer the last one, say an actor that was replaced while it
hung, is refused, and cannot count anything twice.
"""

from __future__ import annotations

import contextlib
import logging
import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import orjson
import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from backend.errors import Unavailable
from backend.impressions.database import open_log
from backend.impressions.likes import LikeReader, LoggedLike
from backend.impressions.session import Event, Session
from backend.impressions.stream import KNOWN_LIKE, NEW_LIKE, REFUSED_LIKE, Stream, Tally
from backend.impressions.tables import EVENTS, LEDGER, SNAPSHOTS

__all__ = [
    "KNOWN_LIKE",
    "NEW_LIKE",
    "REFUSED_LIKE",
    "Commit",
    "EventLog",
    "LikeReader",
    "LoggedLike",
    "Stream",
    "Tally",
    "open_log",
]

log = logging.getLogger("ray.serve")

SNAPSHOT_EVERY = 100
"""Events of a session after which its next append brings a snapshot along."""

_MAX_GROUP = 512
# Rested for longer, a connection goes back to the pool, which looks whether its server is there.
_KEPT_S = 1.0
_MAX_WAITING = 20_000


# Made once: to put a statement together takes longer than to run it.
_ADD_EVENTS = sa.insert(EVENTS)
_ADD_SNAPSHOTS = sa.insert(SNAPSHOTS)
_COUNTS = ("received", "acknowledged", "duplicates", "refused", "stored", "undone")
_ADD_COUNTS = (
    sa.update(LEDGER)
    .where(LEDGER.c.writer == sa.bindparam("of"))
    .values({name: LEDGER.c[name] + sa.bindparam(f"more_{name}") for name in _COUNTS})
)
_FIRST = sa.select(EVENTS.c.seq).where(
    EVENTS.c.session_key == sa.bindparam("key"), EVENTS.c.number == sa.bindparam("at_number")
)

_SNAPSHOT = sa.select(SNAPSHOTS).where(SNAPSHOTS.c.session_key == sa.bindparam("key"))
# Those after a snapshot, and before it the rankings that the session still held then.
_EVENTS = (
    sa.select(EVENTS)
    .where(
        EVENTS.c.session_key == sa.bindparam("key"),
        EVENTS.c.number >= sa.bindparam("first"),
        sa.or_(
            EVENTS.c.number > sa.bindparam("after"),
            sa.and_(EVENTS.c.number >= sa.bindparam("held"), EVENTS.c.kind == "ranked"),
        ),
    )
    .order_by(EVENTS.c.number)
)


class Commit:
    """Events that are on disk, on their way there, or failed."""

    __slots__ = ("_error", "_is_done", "_log")

    def __init__(self, log: EventLog) -> None:
        self._log = log
        self._is_done = False
        self._error: Unavailable | None = None

    def done(self) -> bool:
        """Whether it is decided."""
        return self._is_done

    def result(self) -> None:
        """Return once the events are on disk; writes all that waits if these do.

        Raises:
            Unavailable: they were not written, and will not be.
        """
        if not self._is_done:
            self._log.flush()
        if self._error is not None:
            raise self._error

    def settle(self, error: Unavailable | None = None) -> None:
        """Decide it; for the log alone."""
        self._is_done, self._error = True, error


@dataclass(frozen=True, slots=True)
class _Item:
    stream: Stream | None
    rows: list[dict[str, Any]]
    tally: Tally | None
    snapshot: dict[str, Any] | None
    commit: Commit


class StaleSession(Exception):
    """The log no longer ends where the stream began."""


class EventLog:
    """Appends and reads events; for one thread.

    Args:
        url: SQLAlchemy URL of the database.
        writer: names this log's row of the ledger; two at once may share it.
    """

    def __init__(self, url: str, writer: str = "0") -> None:
        self._engine = open_log(url)
        self._writer_name = writer
        self._owed = Tally()
        self._waiting: list[_Item] = []
        # Taking one from the pool for each group costs as much as writing the group.
        self._connection: sa.Connection | None = None
        self._connected_at = 0.0
        self._make_ledger_row()

    def append(
        self,
        stream: Stream | None,
        *events: Event,
        tally: Tally | None = None,
        session: Session | None = None,
    ) -> Commit:
        """Take events that belong together; the next `flush` writes them.

        Args:
            stream: the session's; None for a count alone.
            tally: counted in the same transaction.
            session: the state with these events applied; a snapshot is taken when one is due.
        Raises:
            Unavailable: too many events wait to be written; none of these was taken.
        """
        self.room()
        rows = []
        snapshot = None
        if stream is not None:
            rows = [
                {
                    "session_key": stream.session_key,
                    "number": stream.number + place,
                    "at": event.at,
                    "kind": event.kind,
                    "ranking_id": event.ranking_id,
                    "movie_id": event.movie_id,
                    "payload": orjson.dumps(event.payload).decode(),
                }
                for place, event in enumerate(events, start=1)
            ]
            last = stream.number + len(rows)
            if session is not None and last - stream.snapshot >= SNAPSHOT_EVERY:
                snapshot = {
                    "session_key": stream.session_key,
                    "number": last,
                    "rankings_from": session.rankings_from,
                    "state": orjson.dumps(session.state()).decode(),
                }
        self._waiting.append(_Item(stream, rows, tally, snapshot, commit := Commit(self)))
        if stream is not None:
            stream.number = last
            if snapshot is not None:
                stream.snapshot = last
        return commit

    def room(self) -> None:
        """Refuse a command before it changes anything when its events could not be taken.

        Raises:
            Unavailable: too many events wait to be written.
        """
        if len(self._waiting) >= _MAX_WAITING:
            raise Unavailable("the event log cannot keep up; send the request again")

    def load(self, session_key: str, session: Session) -> Stream:
        """Bring an empty `session` to its last state: from its snapshot and the events after it.

        Reads at most the rankings that the session holds and the events since the snapshot, however
        long its history.
        """
        with self._engine.connect() as connection, connection.begin():
            snapshot = connection.execute(_SNAPSHOT, {"key": session_key}).one_or_none()
            after = snapshot.number if snapshot else 0
            held = snapshot.rankings_from if snapshot else 1
            place = {"key": session_key, "after": after, "held": held}
            rows = connection.execute(_EVENTS, {**place, "first": min(after + 1, held)}).all()
        if snapshot:
            rankings = [(row.number, event_of(row)) for row in rows if row.number <= after]
            session.restore(after, orjson.loads(snapshot.state), rankings)
        for row in rows:
            if row.number > after:
                session.apply(event_of(row))
        return Stream(session_key, session.version, after)

    def flush(self) -> None:
        """Write all that waits; what fails is told by its commit."""
        waiting, self._waiting = self._waiting, []
        for start in range(0, len(waiting), _MAX_GROUP):
            group = waiting[start : start + _MAX_GROUP]
            self._commit_group([item for item in group if not self._is_lost(item)])

    def close(self) -> None:
        """Write what waits and let go of the database."""
        self.flush()
        if self._connection is not None:
            self._connection.close()
            self._connection = None
        self._engine.dispose()

    # Writing

    def _is_lost(self, item: _Item) -> bool:
        """Fail an item that follows one that was not committed."""
        if item.stream is None or not item.stream.failed:
            return False
        self._fail(item, "the event log could not be written; send the request again")
        return True

    def _commit_group(self, group: list[_Item]) -> None:
        if not group:
            return
        try:
            self._write(group)
        except (IntegrityError, StaleSession):
            if len(group) > 1:
                # One of them is at fault, and only that one is to fail.
                for item in group:
                    if not self._is_lost(item):
                        self._commit_group([item])
                return
            self._fail(
                group[0], "the session was changed by another writer; send the request again"
            )
        except Exception:
            log.exception("the event log could not be written")
            for item in group:
                self._fail(item, "the event log could not be written; send the request again")
        else:
            for item in group:
                if item.stream is not None:
                    item.stream.first = None
                item.commit.settle()

    def _write(self, group: list[_Item]) -> None:
        """Everything of a group in one transaction."""
        rows = [row for item in group for row in item.rows]
        # Of several snapshots of a session the last holds.
        snapshots = {item.snapshot["session_key"]: item.snapshot for item in group if item.snapshot}
        counts = self._counts(group, rows)
        with self._transaction() as connection:
            if rows:
                connection.execute(_ADD_EVENTS, rows)
                self._check_continuity(connection, group)
            if snapshots:
                connection.execute(
                    sa.delete(SNAPSHOTS).where(SNAPSHOTS.c.session_key.in_(list(snapshots)))
                )
                connection.execute(_ADD_SNAPSHOTS, list(snapshots.values()))
            if any(counts.values()):
                more = {f"more_{name}": count for name, count in counts.items()}
                connection.execute(_ADD_COUNTS, {"of": self._writer_name, **more})
        self._owed = Tally()

    @contextlib.contextmanager
    def _transaction(self) -> Iterator[sa.Connection]:
        """One on the connection that is kept for writing; a broken one is given up."""
        now = time.monotonic()
        if self._connection is not None and now - self._connected_at > _KEPT_S:
            self._connection.close()
            self._connection = None
        if self._connection is None:
            self._connection = self._engine.connect()
        self._connected_at = now
        try:
            with self._connection.begin():
                yield self._connection
        except (IntegrityError, StaleSession):
            raise
        except Exception:
            # For good: the pool would give it out again, with whatever ails it.
            self._connection.invalidate()
            self._connection.close()
            self._connection = None
            raise

    @staticmethod
    def _check_continuity(connection: sa.Connection, group: list[_Item]) -> None:
        """Refuse to continue a session whose events were pruned since they were read.

        After the insert, which keeps pruning out until the commit.
        """
        for item in group:
            first = item.stream.first if item.stream and item.rows else None
            if first and first + 1 == item.rows[0]["number"]:
                place = {"key": item.rows[0]["session_key"], "at_number": first}
                if connection.execute(_FIRST, place).first() is None:
                    raise StaleSession

    def _counts(self, group: list[_Item], rows: list[dict[str, Any]]) -> dict[str, int]:
        tallies = [item.tally for item in group if item.tally] + [self._owed]
        return {
            "received": sum(tally.received for tally in tallies),
            "acknowledged": sum(tally.acknowledged for tally in tallies),
            "duplicates": sum(tally.duplicates for tally in tallies),
            "refused": sum(tally.refused for tally in tallies),
            "stored": sum(row["kind"] == "liked" for row in rows),
            "undone": sum(row["kind"] == "undone" for row in rows),
        }

    def _fail(self, item: _Item, detail: str) -> None:
        if item.stream is not None:
            item.stream.failed = True
        if item.tally is not None:
            # It was received all the same; the next commit says so.
            self._owed = Tally(received=self._owed.received + item.tally.received)
        item.commit.settle(Unavailable(detail))

    def _make_ledger_row(self) -> None:
        try:
            with self._engine.begin() as connection:
                connection.execute(sa.insert(LEDGER), {"writer": self._writer_name})
        except IntegrityError:
            # It is there already.
            return


def event_of(row: Any) -> Event:
    """The event of a row of the table."""
    return Event(row.kind, row.at, row.ranking_id, row.movie_id, orjson.loads(row.payload))
