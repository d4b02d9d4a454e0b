"""Who liked what, and when: two tables beside the films in the catalogue's database."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa

HISTORY_LIMIT = 500

metadata = sa.MetaData()
users = sa.Table(
    "users",
    metadata,
    sa.Column("user_id", sa.String(64), primary_key=True),
    sa.Column("label", sa.String(200), nullable=False),
    sa.Column("synthetic", sa.Boolean, nullable=False),
)
interactions = sa.Table(
    "interactions",
    metadata,
    sa.Column("user_id", sa.ForeignKey("users.user_id"), nullable=False),
    sa.Column("movie_id", sa.String(80), nullable=False),
    sa.Column("at", sa.Float, nullable=False),
    sa.Column("source", sa.String(64)),
    # The order in which one user's latest likes are read.
    sa.Index("interactions_by_user", "user_id", "at", "movie_id"),
)


@dataclass(frozen=True, slots=True)
class Interaction:
    """One like.

    Attributes:
        movie_id: the film liked.
        at: unix seconds.
        source: the recommender credited with it, None when none was.
    """

    movie_id: str
    at: float
    source: str | None = None


@dataclass(frozen=True, slots=True)
class User:
    """A user with a history: a synthetic persona, or a person.

    Attributes:
        user_id: 1 to 64 characters.
        label: for display; says "synthetic" when the user is.
        synthetic: whether the build made the user up.
        likes: oldest first.
    """

    user_id: str
    label: str
    synthetic: bool
    likes: tuple[Interaction, ...] = ()


def replace_users(engine: sa.Engine, everyone: Sequence[User]) -> int:
    """Make `everyone` the whole content of both tables, in one transaction.

    The tables are made when missing. Readers see all of the old content or all of the new.

    Returns:
        How many interactions were written.
    """
    metadata.create_all(engine)
    likes = [
        {"user_id": user.user_id, "movie_id": like.movie_id, "at": like.at, "source": like.source}
        for user in everyone
        for like in user.likes
    ]
    with engine.begin() as connection:
        connection.execute(interactions.delete())
        connection.execute(users.delete())
        if everyone:
            connection.execute(
                users.insert(),
                [
                    {"user_id": user.user_id, "label": user.label, "synthetic": user.synthetic}
                    for user in everyone
                ],
            )
        if likes:
            connection.execute(interactions.insert(), likes)
    return len(likes)


def count_users(engine: sa.Engine) -> int:
    """How many users are stored; 0 when the tables are missing."""
    if not sa.inspect(engine).has_table(users.name):
        return 0
    with engine.connect() as connection:
        return connection.execute(sa.select(sa.func.count()).select_from(users)).scalar_one()


def list_users(engine: sa.Engine) -> list[User]:
    """Every user in order of id, without likes."""
    with engine.connect() as connection:
        rows = connection.execute(sa.select(users).order_by(users.c.user_id))
        return [User(row.user_id, row.label, row.synthetic) for row in rows]


_USER = sa.select(users.c.label, users.c.synthetic).where(
    users.c.user_id == sa.bindparam("user_id")
)
_HISTORY = (
    sa.select(interactions.c.movie_id, interactions.c.at, interactions.c.source)
    .where(interactions.c.user_id == sa.bindparam("user_id"))
    .order_by(interactions.c.at.desc(), interactions.c.movie_id.desc())
    .limit(sa.bindparam("limit", type_=sa.Integer))
)


def read_user(engine: sa.Engine, user_id: str, limit: int = HISTORY_LIMIT) -> User | None:
    """One user with the last `limit` likes, oldest first; None when not stored."""
    with engine.connect() as connection:
        user = connection.execute(_USER, {"user_id": user_id}).one_or_none()
        if user is None:
            return None
        rows = connection.execute(_HISTORY, {"user_id": user_id, "limit": limit}).all()
    likes = tuple(Interaction(row.movie_id, row.at, row.source) for row in reversed(rows))
    return User(user_id, user.label, user.synthetic, likes)


def open_read_only(database: Path) -> sa.Engine:
    """An engine that can only read `database`.

    Its pool gives each thread a connection of its own for as long as it reads.
    """
    uri = f"sqlite:///{database.absolute().as_uri()}?mode=ro&uri=true"
    return sa.create_engine(uri)


def merge_histories(*histories: Iterable[Interaction]) -> list[Interaction]:
    """All likes of several histories, oldest first, the last `HISTORY_LIMIT` of them."""
    merged = [like for history in histories for like in history]
    merged.sort(key=lambda like: (like.at, like.movie_id))
    return merged[-HISTORY_LIMIT:]
