"""The catalogue's database: what the build writes and the replicas read.

One SQLite file through SQLAlchemy Core. A row of `posters` is the proof that a film's poster was
drawn and measured, so an interrupted build goes on where it stopped. The films are kept in the
order in which lists show them, with a full-text index of titles and people beside them.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import sqlalchemy as sa

from backend.catalog.folding import fold
from backend.catalog.palettes import Palette
from backend.catalog.schema import Film, PosterArt

METADATA = sa.MetaData()
_BUSY_MS = 10_000
_WRITTEN_AT_ONCE = 2_000
_ASKED_AT_ONCE = 500

FILMS = sa.Table(
    "catalogue_films",
    METADATA,
    sa.Column("position", sa.Integer, primary_key=True),
    sa.Column("id", sa.String, nullable=False, unique=True),
    # The title as `fold` has it, to put the best hits of a search first.
    sa.Column("folded", sa.String, nullable=False),
    sa.Column("popularity", sa.Float, nullable=False, index=True),
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
STAMPS = sa.Table(
    "stamps",
    METADATA,
    sa.Column("name", sa.String, primary_key=True),
    sa.Column("value", sa.String, nullable=False),
)
# Rows are found by word; the words themselves are in FILMS.
_SEARCH_TABLE = """
CREATE VIRTUAL TABLE IF NOT EXISTS film_search
USING fts5(words, content='', prefix='2 3', tokenize='unicode61')
"""


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
        cursor.execute(f"PRAGMA busy_timeout={_BUSY_MS}")
        cursor.execute("PRAGMA journal_mode=WAL")
        # Pages are read through the system's cache, which all processes share.
        cursor.execute("PRAGMA mmap_size=4000000000")
        cursor.close()

    create_tables(engine)
    return engine


def create_tables(engine: sa.Engine) -> None:
    """Make the tables that are missing."""
    METADATA.create_all(engine)
    with engine.begin() as connection:
        connection.execute(sa.text(_SEARCH_TABLE))


def write_films(engine: sa.Engine, films: Sequence[Film]) -> None:
    """Replace the films, and drop the posters of films that are gone, in one transaction.

    Nothing is done when these very films are there already.
    """
    digest = hashlib.sha256()
    for film in films:
        digest.update(repr(film).encode())
    with engine.begin() as connection:
        written = sa.select(STAMPS.c.value).where(STAMPS.c.name == "films")
        if connection.execute(written).scalar() == digest.hexdigest():
            return
        connection.execute(sa.delete(FILMS))
        connection.execute(sa.text("INSERT INTO film_search(film_search) VALUES('delete-all')"))
        for start in range(0, len(films), _WRITTEN_AT_ONCE):
            numbered = list(enumerate(films[start : start + _WRITTEN_AT_ONCE], start))
            connection.execute(sa.insert(FILMS), [_row(*item) for item in numbered])
            connection.execute(
                sa.text("INSERT INTO film_search(rowid, words) VALUES(:position, :words)"),
                [{"position": at, "words": _search_words(film)} for at, film in numbered],
            )
        gone = POSTERS.c.film_id.not_in(sa.select(FILMS.c.id))
        connection.execute(sa.delete(POSTERS).where(gone))
        connection.execute(sa.delete(STAMPS).where(STAMPS.c.name == "films"))
        connection.execute(sa.insert(STAMPS).values(name="films", value=digest.hexdigest()))


def _row(position: int, film: Film) -> dict[str, object]:
    return {
        "position": position,
        "id": film.id,
        "folded": fold(film.title),
        "popularity": film.popularity,
        "record": json.dumps(asdict(film), ensure_ascii=False),
    }


def _search_words(film: Film) -> str:
    return fold(" ".join([film.title, film.original_title or "", *film.directors, *film.cast]))


def read_films(engine: sa.Engine) -> list[Film]:
    """Every film in the order of the catalogue."""
    with engine.connect() as connection:
        rows = connection.execute(sa.select(FILMS.c.record).order_by(FILMS.c.position))
        return [_film(json.loads(row.record)) for row in rows]


def count_films(engine: sa.Engine) -> int:
    """How many films have a poster, and so can be shown."""
    with engine.connect() as connection:
        return connection.execute(sa.select(sa.func.count()).select_from(_SHOWN)).scalar_one()


_SHOWN = FILMS.join(POSTERS, POSTERS.c.film_id == FILMS.c.id)
_FILM_AND_POSTER = sa.select(FILMS.c.record, POSTERS).select_from(_SHOWN)


def read_shown(engine: sa.Engine, ids: Sequence[str]) -> Iterator[tuple[Film, PosterRow]]:
    """The films among `ids` that have a poster, with it, in no order."""
    with engine.connect() as connection:
        for start in range(0, len(ids), _ASKED_AT_ONCE):
            some = ids[start : start + _ASKED_AT_ONCE]
            for row in connection.execute(_FILM_AND_POSTER.where(FILMS.c.id.in_(some))):
                yield _film(json.loads(row.record)), _poster(row)


def list_ids(engine: sa.Engine, limit: int, offset: int = 0, *, popular: bool = False) -> list[str]:
    """Ids of films that have a poster, in the catalogue's order or the most popular first."""
    order = [FILMS.c.popularity.desc()] if popular else []
    query = sa.select(FILMS.c.id).select_from(_SHOWN).order_by(*order, FILMS.c.position)
    with engine.connect() as connection:
        return list(connection.execute(query.limit(limit).offset(offset)).scalars())


def search_ids(
    engine: sa.Engine, words: Sequence[str], limit: int, offset: int
) -> tuple[list[str], int]:
    """Ids of films whose title, directors or cast have words beginning with each of `words`.

    A title that begins with the words goes first, then one that holds them.

    Args:
        words: folded, letters and digits only, at least one.
    Returns:
        The page, and how many there are in all.
    """
    phrase = " ".join(words)
    found = sa.text("position IN (SELECT rowid FROM film_search WHERE film_search MATCH :match)")
    rank = sa.case(
        (sa.func.substr(FILMS.c.folded, 1, len(phrase)) == phrase, 0),
        (sa.func.instr(FILMS.c.folded, phrase) > 0, 1),
        else_=2,
    )
    match = {"match": " AND ".join(f'"{word}"*' for word in words)}
    hits = sa.select(FILMS.c.id).select_from(_SHOWN).where(found)
    with engine.connect() as connection:
        total = connection.execute(
            sa.select(sa.func.count()).select_from(hits.subquery()), match
        ).scalar_one()
        order = (rank, FILMS.c.popularity.desc(), FILMS.c.position)
        page = connection.execute(hits.order_by(*order).limit(limit).offset(offset), match)
        return list(page.scalars()), total


def _film(record: dict[str, object]) -> Film:
    poster = PosterArt(**record.pop("poster"))  # type: ignore[arg-type]
    values = {
        name: tuple(value) if isinstance(value, list) else value for name, value in record.items()
    }
    return Film(**values, poster=poster)  # type: ignore[arg-type]


def write_posters(engine: sa.Engine, rows: Sequence[PosterRow]) -> None:
    """Record built posters; committed when this returns."""
    if not rows:
        return
    values = [
        {
            "film_id": row.film_id,
            "fingerprint": row.fingerprint,
            "version": row.version,
            "origin": row.origin,
            "palette": json.dumps(
                {
                    "colors": np.round(row.palette.colors, 5).tolist(),
                    "shares": np.round(row.palette.shares, 6).tolist(),
                }
            ),
        }
        for row in rows
    ]
    with engine.begin() as connection:
        connection.execute(sa.insert(POSTERS).prefix_with("OR REPLACE"), values)


def read_posters(engine: sa.Engine) -> dict[str, PosterRow]:
    """Every built poster by film id."""
    with engine.connect() as connection:
        return {row.film_id: _poster(row) for row in connection.execute(sa.select(POSTERS))}


def _poster(row: sa.Row[tuple[str, ...]]) -> PosterRow:
    palette = {name: np.array(values) for name, values in json.loads(row.palette).items()}
    return PosterRow(row.film_id, row.fingerprint, row.version, row.origin, Palette(**palette))
