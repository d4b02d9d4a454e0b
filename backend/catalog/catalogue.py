"""The catalogue as the replicas use it: single films, lists, search by title, films to begin with.

Films stay in the database, which every process reads through the system's cache; those in use are
kept ready-made in memory, all of them when the catalogue is small.
"""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import sqlalchemy as sa

from backend.catalog.database import (
    PosterRow,
    count_films,
    list_ids,
    open_database,
    read_shown,
    search_ids,
)
from backend.catalog.folding import fold
from backend.catalog.schema import Film
from backend.errors import Unavailable, UnknownMovie
from backend.settings import Settings

KEPT_FILMS = 5_000
"""Films kept in memory; a catalogue of no more is read whole at the start."""
MOST_STARTERS = 60
# Films to begin with are chosen among this many, the most popular ones.
_STARTER_POOL = 1_500
_MOST_SEARCH_WORDS = 12


@dataclass(frozen=True, slots=True)
class _Shown:
    """A film with its poster, and as cards show it."""

    film: Film
    poster: PosterRow
    summary: dict[str, Any]


class Catalogue:
    """Every film that has a built poster.

    Args:
        engine: of the catalogue's database.
        kept: films kept in memory at most.
    """

    def __init__(self, engine: sa.Engine, kept: int = KEPT_FILMS) -> None:
        self._engine = engine
        self._kept_at_most = kept
        self._count = count_films(engine)
        self._kept: OrderedDict[str, _Shown] = OrderedDict()
        if self._count <= kept:
            self.fetch(self.ids())

    def __len__(self) -> int:
        return self._count

    def __contains__(self, movie_id: str) -> bool:
        return self._find(movie_id) is not None

    def ids(self) -> list[str]:
        """Ids of all films, in the catalogue's order."""
        return list_ids(self._engine, self._count)

    @property
    def first_id(self) -> str:
        """Any film; the first of the list."""
        return list_ids(self._engine, 1)[0]

    def fetch(self, movie_ids: Iterable[str]) -> None:
        """Bring films into memory, in one query where several are missing."""
        missing = [movie_id for movie_id in movie_ids if movie_id not in self._kept]
        if not missing or (self._kept and len(self._kept) == self._count):
            return
        for film, poster in read_shown(self._engine, missing):
            self._kept[film.id] = _Shown(film, poster, _summary(film, poster))
        while len(self._kept) > self._kept_at_most:
            self._kept.popitem(last=False)

    def _find(self, movie_id: str) -> _Shown | None:
        self.fetch([movie_id])
        shown = self._kept.get(movie_id)
        if shown is not None:
            self._kept.move_to_end(movie_id)
        return shown

    def _require(self, movie_id: str, field: str = "movie_id") -> _Shown:
        shown = self._find(movie_id)
        if shown is None:
            raise UnknownMovie(
                f"{field} must be the id of a film, got {movie_id[:80]!r}; "
                "see GET /rec/movies for the ids",
                field=field,
                value=movie_id,
            )
        return shown

    def require(self, movie_id: str, field: str = "movie_id") -> Film:
        """The film with this id.

        Raises:
            UnknownMovie: there is none.
        """
        return self._require(movie_id, field).film

    def summary(self, movie_id: str) -> dict[str, Any]:
        """A film as cards show it (shared, do not change it).

        Raises:
            UnknownMovie: there is none with this id.
        """
        return self._require(movie_id).summary

    def poster(self, movie_id: str) -> PosterRow:
        """The built poster of a film.

        Raises:
            UnknownMovie: there is none with this id.
        """
        return self._require(movie_id).poster

    def summaries(self, movie_ids: Sequence[str]) -> list[dict[str, Any]]:
        """Films as cards show them, in the order asked for; those that are not here left out."""
        self.fetch(movie_ids)
        found = (self._find(movie_id) for movie_id in movie_ids)
        return [shown.summary for shown in found if shown is not None]

    def full(self, movie_id: str) -> dict[str, Any]:
        """A film with everything known of it.

        Raises:
            UnknownMovie: there is none with this id.
        """
        shown = self._require(movie_id)
        film, poster = shown.film, shown.poster
        drawing = f"/rec/posters/{film.id}.svg?v={poster.version}"
        return {
            **shown.summary,
            "original_title": film.original_title,
            "cast": list(film.cast),
            "language": film.language,
            "keywords": list(film.keywords),
            "synopsis": film.synopsis,
            "series": film.series,
            "poster_origin": poster.origin,
            "poster_svg": drawing if poster.origin == "drawn" else None,
        }

    def search(self, query: str, limit: int, offset: int) -> tuple[list[dict[str, Any]], int]:
        """Films whose title, directors or cast have words beginning with each word of `query`.

        A title that begins with the query goes first, then one that holds it; an empty query
        gives every film. Returns the page and how many there are in all.
        """
        words = re.findall(r"\w+", fold(query))[:_MOST_SEARCH_WORDS]
        if words:
            ids, total = search_ids(self._engine, words, limit, offset)
        elif query.strip():
            return [], 0
        else:
            ids, total = list_ids(self._engine, limit, offset), self._count
        return self.summaries(ids), total

    def starters(self, count: int) -> list[dict[str, Any]]:
        """Up to `MOST_STARTERS` films to begin with, each as unlike those before as it can be."""
        return self._starters[:count]

    @cached_property
    def _starters(self) -> list[dict[str, Any]]:
        """Greedy: the next film is the one that shares least with those chosen.

        What counts is genre, decade, country and main colour, so that whatever one likes,
        something is near it. Among equals the newest goes first.
        """
        ids = list_ids(self._engine, _STARTER_POOL, popular=True)
        pool = {film.id: (film, poster) for film, poster in read_shown(self._engine, ids)}
        left = dict.fromkeys(pool, 0.0)
        chosen: list[str] = []
        while left and len(chosen) < MOST_STARTERS:
            best = min(left, key=lambda i: (left[i], -(pool[i][0].year or 0), i))
            chosen.append(best)
            del left[best]
            for movie_id in left:
                left[movie_id] += _overlap(pool[movie_id], pool[best])
        return [_summary(*pool[movie_id]) for movie_id in chosen]


def _overlap(one: tuple[Film, PosterRow], other: tuple[Film, PosterRow]) -> float:
    """How much two films have in common at a glance, 0 for nothing."""
    first, second = one[0], other[0]
    total = 1.5 * (first.genres[:1] == second.genres[:1])
    total += 0.5 * len(set(first.genres) & set(second.genres))
    total += 1.0 * ((first.year or 0) // 10 == (second.year or 0) // 10)
    total += 0.7 * (first.countries[:1] == second.countries[:1])
    gap = float(abs(one[1].palette.colors[0] - other[1].palette.colors[0]).sum())
    # 1 for the same colour, falling to 0 at a third of the way across the sRGB cube.
    return total + max(0.0, 1.0 - gap)


def _summary(film: Film, poster: PosterRow) -> dict[str, Any]:
    return {
        "id": film.id,
        "title": film.title,
        "year": film.year,
        "directors": list(film.directors),
        "genres": list(film.genres),
        "countries": list(film.countries),
        "runtime_min": film.runtime_min,
        "poster": f"/rec/posters/{film.id}.webp?v={poster.version}",
        "palette": poster.palette.swatches(),
    }


def load_catalogue(settings: Settings) -> Catalogue:
    """Open the built catalogue.

    Raises:
        Unavailable: nothing was built yet.
    """
    catalogue = Catalogue(open_database(settings.catalogue_db))
    if not len(catalogue):
        raise Unavailable("the catalogue is empty; run python -m backend.catalog.build")
    return catalogue


class PosterAddresses:
    """The address of a film's poster, None without one; opens the catalogue when first asked.

    It travels to a replica as the settings alone.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._catalogue: Catalogue | None = None

    def __call__(self, movie_id: str) -> str | None:
        if self._catalogue is None:
            self._catalogue = load_catalogue(self._settings)
        found = self._catalogue.summaries([movie_id])
        return str(found[0]["poster"]) if found else None
