"""The durable log: an append-only table of events, written in groups by one thread.

`append` returns a future that is done once the event is committed to disk. Events that arrive
while a commit is under way share the next one, so durability costs one sync per group, not one
per like.
"""

from __future__ import annotations

import json
import logging
import queue
import threading
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.schema import CreateIndex, CreateTable

from backend.errors import Unavailable
from backend.impressions.session import Event

METADATA = sa.MetaData()

EVENTS = sa.Table(
    "events",
    METADATA,
    sa.Column("seq", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("session_key", sa.String(64), nullable=False),
    sa.Column("at", sa.Float, nullable=False),
    sa.Column("kind", sa.String(16), nullable=False),
    sa.Column("ranking_id", sa.String(64), nullable=False),
    sa.Column("movie_id", sa.String(128), nullable=False),
    sa.Column("payload", sa.Text, nullable=False),
    sa.Index("events_by_session", "session_key", "seq"),
)

log = logging.getLogger("ray.serve")

_Item = tuple[list[dict[str, Any]], Future[None]]

_MAX_GROUP = 512
_MAX_WAITING = 20_000


@dataclass(frozen=True)
class LoggedLike:
    """One like of the log; `source` is None for a film that a session began with."""

    movie_id: str
    source: str | None
    at: float


def open_log(url: str) -> sa.Engine:
    """Open the log, making file and table where they are missing; several may do so at once."""
    # Values stay out of error texts: a group holds rows of many sessions.
    engine = sa.create_engine(url, hide_parameters=True)

    if engine.dialect.name == "sqlite":

        @sa.event.listens_for(engine, "connect")
        def _configure(connection: Any, _record: Any) -> None:
            cursor = connection.cursor()
            cursor.execute("PRAGMA busy_timeout=10000")
            cursor.execute("PRAGMA journal_mode=WAL")
            # A commit is on disk before it is answered.
            cursor.execute("PRAGMA synchronous=FULL")
            cursor.close()

    with engine.begin() as connection:
        connection.execute(CreateTable(EVENTS, if_not_exists=True))
        for index in EVENTS.indexes:
            connection.execute(CreateIndex(index, if_not_exists=True))
    return engine


class EventLog:
    """Appends and reads events; safe to use from several threads.

    Args:
        url: SQLAlchemy URL of the database.
    """

    def __init__(self, url: str) -> None:
        self._engine = open_log(url)
        self._waiting: queue.Queue[_Item | None] = queue.Queue(_MAX_WAITING)
        self._writer = threading.Thread(target=self._write_groups, name="event-log", daemon=True)
        self._writer.start()

    def append(self, session_key: str, *events: Event) -> Future[None]:
        """Append events that belong together; the future is done when all are committed.

        Raises:
            Unavailable: too many events wait to be written; none of these was taken.
        """
        rows = [
            {
                "session_key": session_key,
                "at": event.at,
                "kind": event.kind,
                "ranking_id": event.ranking_id,
                "movie_id": event.movie_id,
                "payload": json.dumps(event.payload, ensure_ascii=False, separators=(",", ":")),
            }
            for event in events
        ]
        future: Future[None] = Future()
        try:
            self._waiting.put_nowait((rows, future))
        except queue.Full:
            raise Unavailable("the event log cannot keep up; send the request again") from None
        return future

    def _write_groups(self) -> None:
        while True:
            item = self._waiting.get()
            group = []
            while item is not None:
                group.append(item)
                if len(group) >= _MAX_GROUP:
                    break
                try:
                    item = self._waiting.get_nowait()
                except queue.Empty:
                    break
            self._commit(group)
            if item is None:
                return

    def _commit(self, group: list[_Item]) -> None:
        if not group:
            return
        try:
            with self._engine.begin() as connection:
                connection.execute(sa.insert(EVENTS), [row for rows, _ in group for row in rows])
        except Exception:
            log.exception("the event log could not be written")
            failure = Unavailable("the event log could not be written; send the request again")
            for _, future in group:
                future.set_exception(failure)
        else:
            for _, future in group:
                future.set_result(None)

    def events_of(self, session_key: str) -> list[Event]:
        """The events of a session since its last reset, oldest first."""
        query = sa.select(EVENTS).where(_since_reset(session_key)).order_by(EVENTS.c.seq)
        with self._engine.connect() as connection:
            return [
                Event(row.kind, row.at, row.ranking_id, row.movie_id, json.loads(row.payload))
                for row in connection.execute(query)
            ]

    def close(self) -> None:
        """Write what waits and stop the writer; waits at most 10 s."""
        self._waiting.put(None)
        self._writer.join(timeout=10)
        self._engine.dispose()


class LikeReader:
    """Reads the likes of sessions from the log, for others than the store; never writes.

    Args:
        url: SQLAlchemy URL of the log.
    """

    def __init__(self, url: str) -> None:
        self._engine = open_log(url)

    def likes_of(self, session_key: str, limit: int = 500) -> list[LoggedLike]:
        """The last `limit` likes that a session holds, and the films it began with, oldest first.

        Likes that were taken back are left out.
        """
        payload = sa.case((EVENTS.c.kind == "liked", EVENTS.c.payload), else_="")
        query = (
            sa.select(EVENTS.c.kind, EVENTS.c.movie_id, payload.label("payload"), EVENTS.c.at)
            .where(_since_reset(session_key))
            .order_by(EVENTS.c.seq)
        )
        likes: list[LoggedLike] = []
        known: set[str] = set()
        with self._engine.connect() as connection:
            for row in connection.execute(query):
                if row.kind == "liked":
                    source = json.loads(row.payload)["source"]
                    likes.append(LoggedLike(row.movie_id, source, row.at))
                elif row.kind == "undone":
                    likes = _without_last(likes, row.movie_id)
                elif row.movie_id not in known:
                    likes.append(LoggedLike(row.movie_id, None, row.at))
                known.add(row.movie_id)
        return likes[-limit:]


def _since_reset(session_key: str) -> sa.ColumnElement[bool]:
    """The events of a session after its last reset."""
    last_reset = (
        sa.select(sa.func.coalesce(sa.func.max(EVENTS.c.seq), 0))
        .where(EVENTS.c.session_key == session_key, EVENTS.c.kind == "reset")
        .scalar_subquery()
    )
    return sa.and_(EVENTS.c.session_key == session_key, EVENTS.c.seq > last_reset)


def _without_last(likes: list[LoggedLike], movie_id: str) -> list[LoggedLike]:
    """`likes` without the last credited one of this film; all of them when there is none."""
    for i in range(len(likes) - 1, -1, -1):
        if likes[i].movie_id == movie_id and likes[i].source is not None:
            return likes[:i] + likes[i + 1 :]
    return likes
