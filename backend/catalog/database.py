"""The catalogue's database: what the build writes and the replicas read.

One SQLite file through SQLAlchemy Core. A row of `posters` is the proof that a film's poster was
drawn and measured, so an interrupted build goes on where it stopped.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import sqlalchemy as sa

from backend.catalog.palettes import Palette
from backend.catalog.schema import Film, PosterArt

METADATA = sa.MetaData()

FILMS = sa.Table(
    "films",
    METADATA,
    sa.Column("id", sa.String, primary_key=True),
    sa.Column("year", sa.Integer, nullable=False),
    sa.Column("title", sa.String, nullable=False),
    sa.Column("record", sa.Text, nullable=False),
)
POSTERS = sa.Table(
    "posters",
    METADATA,
    sa.Column("film_id", sa.String, primary_key=True),
    sa.Column("fingerprint", sa.String, nullable=False),
    sa.Column("version", sa.String, nullable=False),
    sa.Column("origin", sa.String, nullable=False),
    sa.Column("palette", sa.Text, nullable=False),
)


@dataclass(frozen=True)
class PosterRow:
    """One built poster.

    Attributes:
        fingerprint: of all that it was made from; another one means it is stale.
        version: of the file's bytes, part of its URL so that browsers may keep it for ever.
        origin: "drawn", or "image" when taken from a folder of real posters.
    """

    film_id: str
    fingerprint: str
    version: str
    origin: str
    palette: Palette


def open_database(path: Path) -> sa.Engine:
    """Open the catalogue's database, making the file and its tables where they are missing."""
    path.parent.mkdir(parents=True, exist_ok=True)
    engine = sa.create_engine(f"sqlite:///{path}")

    @sa.event.listens_for(engine, "connect")
    def _configure(connection: object, _record: object) -> None:
        cursor = connection.cursor()  # type: ignore[attr-defined]
        cursor.execute("PRAGMA journal_mode=WAL")
        cursor.execute("PRAGMA busy_timeout=10000")
        cursor.close()

    METADATA.create_all(engine)
    return engine


def write_films(engine: sa.Engine, films: Iterable[Film]) -> None:
    """Replace the films, and drop the posters of films that are gone, in one transaction."""
    rows = [
        {
            "id": film.id,
            "year": film.year,
            "title": film.title,
            "record": json.dumps(asdict(film), ensure_ascii=False),
        }
        for film in films
    ]
    with engine.begin() as connection:
        connection.execute(sa.delete(FILMS))
        connection.execute(sa.insert(FILMS), rows)
        connection.execute(
            sa.delete(POSTERS).where(POSTERS.c.film_id.not_in(sa.select(FILMS.c.id)))
        )


def read_films(engine: sa.Engine) -> list[Film]:
    """Every film, in order of year, then id."""
    with engine.connect() as connection:
        rows = connection.execute(sa.select(FILMS.c.record).order_by(FILMS.c.year, FILMS.c.id))
        return [_film(json.loads(row.record)) for row in rows]


def _film(record: dict[str, object]) -> Film:
    poster = PosterArt(**record.pop("poster"))  # type: ignore[arg-type]
    values = {
        name: tuple(value) if isinstance(value, list) else value for name, value in record.items()
    }
    return Film(**values, poster=poster)  # type: ignore[arg-type]


def write_poster(engine: sa.Engine, row: PosterRow) -> None:
    """Record one built poster; committed when this returns."""
    palette = {
        "colors": np.round(row.palette.colors, 5).tolist(),
        "shares": np.round(row.palette.shares, 6).tolist(),
    }
    values = {
        "film_id": row.film_id,
        "fingerprint": row.fingerprint,
        "version": row.version,
        "origin": row.origin,
        "palette": json.dumps(palette),
    }
    with engine.begin() as connection:
        connection.execute(sa.delete(POSTERS).where(POSTERS.c.film_id == row.film_id))
        connection.execute(sa.insert(POSTERS).values(values))


def read_posters(engine: sa.Engine) -> dict[str, PosterRow]:
    """Every built poster by film id."""
    with engine.connect() as connection:
        rows = connection.execute(sa.select(POSTERS))
        return {
            row.film_id: PosterRow(
                row.film_id,
                row.fingerprint,
                row.version,
                row.origin,
                Palette(**{k: np.array(v) for k, v in json.loads(row.palette).items()}),
            )
            for row in rows
        }
