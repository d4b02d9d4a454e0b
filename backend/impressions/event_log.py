"""The durable log: an append-only table of events, written in groups by one thread.

`append` returns a future that is done once the event is committed to disk. Events that arrive
while a commit is under way share the next one, so durability costs one sync per group, not one
per like.
"""

from __future__ import annotations

import json
import queue
import threading
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

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

_MAX_GROUP = 512
_MAX_WAITING = 20_000


@dataclass(frozen=True)
class LoggedLike:
    """One like of the log; `source` is None for a film that a session began with."""

    movie_id: str
    source: str | None
    at: float


def open_log(url: str) -> sa.Engine:
    """Open the log, making file and table where they are missing."""
    engine = sa.create_engine(url)

    if engine.dialect.name == "sqlite":

        @sa.event.listens_for(engine, "connect")
        def _configure(connection: Any, _record: Any) -> None:
            cursor = connection.cursor()
            cursor.execute("PRAGMA journal_mode=WAL")
            # A commit is on disk before it is answered.
            cursor.execute("PRAGMA synchronous=FULL")
            cursor.execute("PRAGMA busy_timeout=10000")
            cursor.close()

    METADATA.create_all(engine)
    return engine


class EventLog:
    """Appends and reads events; safe to use from several threads.

    Args:
        url: SQLAlchemy URL of the database.
    """

    def __init__(self, url: str) -> None:
        self._engine = open_log(url)
        self._waiting: queue.Queue[tuple[dict[str, Any], Future[None]] | None] = queue.Queue(
            _MAX_WAITING
        )
        self._writer = threading.Thread(target=self._write_groups, name="event-log", daemon=True)
        self._writer.start()

    def append(self, session_key: str, event: Event) -> Future[None]:
        """Append one event; the future is done when it is committed, or has the error.

        Raises:
            Unavailable: too many events wait to be written.
        """
        row = {
            "session_key": session_key,
            "at": event.at,
            "kind": event.kind,
            "ranking_id": event.ranking_id,
            "movie_id": event.movie_id,
            "payload": json.dumps(event.payload, ensure_ascii=False, separators=(",", ":")),
        }
        future: Future[None] = Future()
        try:
            self._waiting.put_nowait((row, future))
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

    def _commit(self, group: list[tuple[dict[str, Any], Future[None]]]) -> None:
        if not group:
            return
        try:
            with self._engine.begin() as connection:
                connection.execute(sa.insert(EVENTS), [row for row, _ in group])
        except Exception as error:
            failure = Unavailable(f"the event log could not be written: {error}")
            for _, future in group:
                future.set_exception(failure)
        else:
            for _, future in group:
                future.set_result(None)

    def events_of(self, session_key: str) -> list[Event]:
        """The events of a session since its last reset, oldest first."""
        last_reset = (
            sa.select(sa.func.coalesce(sa.func.max(EVENTS.c.seq), 0))
            .where(EVENTS.c.session_key == session_key, EVENTS.c.kind == "reset")
            .scalar_subquery()
        )
        query = (
            sa.select(EVENTS)
            .where(EVENTS.c.session_key == session_key, EVENTS.c.seq > last_reset)
            .order_by(EVENTS.c.seq)
        )
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
        source = sa.case((EVENTS.c.kind == "liked", EVENTS.c.payload), else_="")
        query = (
            sa.select(EVENTS.c.kind, EVENTS.c.movie_id, source.label("payload"), EVENTS.c.at)
            .where(EVENTS.c.session_key == session_key)
            .order_by(EVENTS.c.seq)
        )
        likes: list[LoggedLike] = []
        with self._engine.connect() as connection:
            for row in connection.execute(query):
                if row.kind == "liked":
                    likes.append(
                        LoggedLike(row.movie_id, json.loads(row.payload)["source"], row.at)
                    )
                elif row.kind == "ranked":
                    if all(like.movie_id != row.movie_id for like in likes):
                        likes.append(LoggedLike(row.movie_id, None, row.at))
                elif row.kind == "undone":
                    last = max(i for i, like in enumerate(likes) if like.source is not None)
                    del likes[last]
                elif row.kind == "reset":
                    likes.clear()
        return likes[-limit:]
