"""The likes of sessions as the log has them, for others than the store."""

from __future__ import annotations

from dataclasses import dataclass

import orjson
import sqlalchemy as sa

from backend.impressions.database import open_log
from backend.impressions.tables import EVENTS

# Events looked at, however long a session's history is.
_LOOKED_BACK = 5_000

_OF_SESSION = EVENTS.c.session_key == sa.bindparam("key")


def _last(*conditions: sa.ColumnElement[bool]) -> sa.ScalarSelect[int]:
    """The number of a session's last event of some kind, 0 when there is none."""
    number = sa.func.coalesce(sa.func.max(EVENTS.c.number), 0)
    return sa.select(number).where(_OF_SESSION, *conditions).scalar_subquery()


# Made once: to put it together takes ten times as long as to run it.
_LIKES = (
    sa.select(
        EVENTS.c.kind,
        EVENTS.c.movie_id,
        sa.case((EVENTS.c.kind == "liked", EVENTS.c.payload), else_="").label("payload"),
        EVENTS.c.at,
    )
    .where(
        _OF_SESSION,
        EVENTS.c.number > _last(EVENTS.c.kind == "reset"),
        EVENTS.c.number > _last() - _LOOKED_BACK,
    )
    .order_by(EVENTS.c.number)
)


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
        likes: list[LoggedLike] = []
        known: set[str] = set()
        with self._engine.connect() as connection:
            for row in connection.execute(_LIKES, {"key": session_key}):
                if row.kind == "liked":
                    source = orjson.loads(row.payload)["source"]
                    likes.append(LoggedLike(row.movie_id, source, row.at))
                elif row.kind == "undone":
                    likes = _without_last(likes, row.movie_id)
                elif row.movie_id not in known:
                    likes.append(LoggedLike(row.movie_id, None, row.at))
                known.add(row.movie_id)
        return likes[-limit:]


def _without_last(likes: list[LoggedLike], movie_id: str) -> list[LoggedLike]:
    """`likes` without the last credited one of this film; all of them when there is none."""
    for i in range(len(likes) - 1, -1, -1):
        if likes[i].movie_id == movie_id and likes[i].source is not None:
            return likes[:i] + likes[i + 1 :]
    return likes
