"""The likes of sessions as the log has them, for others than the store."""

from __future__ import annotations

from dataclasses import dataclass

import orjson
import sqlalchemy as sa

from backend.impressions.database import open_log
from backend.impressions.tables import EVENTS

# Events looked at, however long a session's history is.
_LOOKED_BACK = 5_000


@dataclass(frozen=True)
class LoggedLike:
    """One like of the log; `source` is None for a film that a session began with."""

    movie_id: str
    source: str | None
    at: float


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
            .order_by(EVENTS.c.number)
        )
        likes: list[LoggedLike] = []
        known: set[str] = set()
        with self._engine.connect() as connection:
            for row in connection.execute(query):
                if row.kind == "liked":
                    source = orjson.loads(row.payload)["source"]
                    likes.append(LoggedLike(row.movie_id, source, row.at))
                elif row.kind == "undone":
                    likes = _without_last(likes, row.movie_id)
                elif row.movie_id not in known:
                    likes.append(LoggedLike(row.movie_id, None, row.at))
                known.add(row.movie_id)
        return likes[-limit:]


def _since_reset(session_key: str) -> sa.ColumnElement[bool]:
    """The last events of a session after its last reset."""
    of_session = EVENTS.c.session_key == session_key
    last_reset = (
        sa.select(sa.func.coalesce(sa.func.max(EVENTS.c.number), 0))
        .where(of_session, EVENTS.c.kind == "reset")
        .scalar_subquery()
    )
    last = (
        sa.select(sa.func.coalesce(sa.func.max(EVENTS.c.number), 0))
        .where(of_session)
        .scalar_subquery()
    )
    return sa.and_(of_session, EVENTS.c.number > last_reset, EVENTS.c.number > last - _LOOKED_BACK)


def _without_last(likes: list[LoggedLike], movie_id: str) -> list[LoggedLike]:
    """`likes` without the last credited one of this film; all of them when there is none."""
    for i in range(len(likes) - 1, -1, -1):
        if likes[i].movie_id == movie_id and likes[i].source is not None:
            return likes[:i] + likes[i + 1 :]
    return likes
