"""The sessions of everybody, for the presenter: how many, and what each did in numbers.

A session's key is what lets its owner in, so a list of sessions shows only how a key begins: it may
be on a screen that an audience reads.
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from backend.errors import Unavailable
from backend.impressions.answers import iso_time
from backend.impressions.database import open_log
from backend.impressions.tables import EVENTS

SHOWN_OF_KEY = 6


class SessionList:
    """Reads the log; blocks, so call it from a worker thread.

    Args:
        url: SQLAlchemy URL of the event log.
    """

    def __init__(self, url: str) -> None:
        self._engine = open_log(url)

    def page(self, limit: int, offset: int) -> dict[str, Any]:
        """`total` sessions ever seen, and `limit` of them, the last used first.

        Raises:
            Unavailable: the log cannot be read.
        """
        keys = EVENTS.c.session_key
        last = sa.func.max(EVENTS.c.at)
        liked = sa.func.sum(sa.case((EVENTS.c.kind == "liked", 1), else_=0))
        ranked = sa.func.sum(sa.case((EVENTS.c.kind == "ranked", 1), else_=0))
        query = (
            sa.select(keys, last, sa.func.min(EVENTS.c.at), liked, ranked)
            .group_by(keys)
            .order_by(last.desc(), keys)
            .limit(limit)
            .offset(offset)
        )
        try:
            with self._engine.connect() as connection:
                total = connection.scalar(sa.select(sa.func.count(sa.distinct(keys)))) or 0
                rows = connection.execute(query).all()
        except sa.exc.SQLAlchemyError:
            raise Unavailable("the event log cannot be read; send the request again") from None
        sessions = [
            {
                "key_begins": key[:SHOWN_OF_KEY],
                "first_at": iso_time(first_at),
                "last_at": iso_time(last_at),
                "likes_given": int(likes),
                "rankings": int(rankings),
            }
            for key, last_at, first_at, likes, rankings in rows
        ]
        return {"sessions": sessions, "total": int(total)}
