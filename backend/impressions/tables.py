"""The tables of the log as they are now; `migrations` tells how a database gets there."""

from __future__ import annotations

import sqlalchemy as sa

METADATA = sa.MetaData()

EVENTS = sa.Table(
    "events",
    METADATA,
    # SQLite counts by itself only in a column of type INTEGER.
    sa.Column(
        "seq",
        sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
        primary_key=True,
        autoincrement=True,
    ),
    sa.Column("session_key", sa.String(64), nullable=False),
    sa.Column("at", sa.Float, nullable=False),
    sa.Column("kind", sa.String(16), nullable=False),
    sa.Column("ranking_id", sa.String(64), nullable=False),
    sa.Column("movie_id", sa.String(128), nullable=False),
    sa.Column("payload", sa.Text, nullable=False),
    sa.Column("number", sa.Integer, nullable=False),
)
"""One row an event; `number` counts the events of a session from 1, and no two share one."""

SNAPSHOTS = sa.Table(
    "snapshots",
    METADATA,
    sa.Column("session_key", sa.String(64), primary_key=True),
    sa.Column("number", sa.Integer, nullable=False),
    sa.Column("rankings_from", sa.Integer, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
)
"""A session after its event `number`, without its rankings, which are read from the events since
`rankings_from`."""

COUNTS = (
    "received",
    "acknowledged",
    "stored",
    "duplicates",
    "refused",
    "undone",
    "pruned_likes",
    "pruned_events",
    "pruned_sessions",
)

LEDGER = sa.Table(
    "ledger",
    METADATA,
    sa.Column("writer", sa.String(64), primary_key=True),
    *(sa.Column(name, sa.BigInteger, nullable=False, server_default="0") for name in COUNTS),
)
"""Counts of each writer, changed in the same transaction as what they count."""
