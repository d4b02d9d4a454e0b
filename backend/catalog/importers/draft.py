"""What every importer finds out about a film, and how that becomes a record of the schema."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from backend.catalog.importers import clean, names
from backend.catalog.importers.art import direct
from backend.catalog.schema import IMPORTED, SYNOPSIS_LIMIT, TITLE_LIMIT, Film, parse_film

MOST_DIRECTORS, MOST_CAST, MOST_COUNTRIES = 6, 8, 6
MOST_KEYWORDS = IMPORTED.keywords[1]


@dataclass(frozen=True, slots=True)
class Draft:
    """A film as a source tells of it: text is raw, numbers are whatever was there.

    Attributes:
        file, line: where its record begins.
        film_id: ours; the importer has made sure that it follows `FILM_ID`.
        called: what files with its poster may be called, besides `film_id`.
        poster_url: where a picture of its poster can be downloaded, "" when unknown.
    """

    file: str
    line: int
    film_id: str
    title: str
    original_title: str = ""
    year: int | None = None
    directors: Iterable[Any] = ()
    cast: Iterable[Any] = ()
    countries: Iterable[Any] = ()
    language: str = ""
    genres: Iterable[str] = ()
    runtime: Any = None
    keywords: Iterable[Any] = ()
    overview: Any = ""
    popularity: Any = 0
    called: tuple[str, ...] = ()
    poster_url: str = ""


def record(draft: Draft, unknown_genres: Counter[str]) -> dict[str, Any]:
    """The record of the schema; what the source lacks is left out.

    Args:
        unknown_genres: counts genres that have no name here.
    """
    title = clean.text(draft.title, TITLE_LIMIT)
    original = clean.text(draft.original_title, TITLE_LIMIT)
    keywords = (clean.text(word, TITLE_LIMIT).lower() for word in draft.keywords)
    optional = {
        "original_title": original if original.casefold() != title.casefold() else "",
        "year": draft.year,
        "language": names.language(clean.text(draft.language, 60)),
        "runtime_min": clean.runtime(draft.runtime),
        "synopsis": clean.text(draft.overview, SYNOPSIS_LIMIT),
    }
    made: dict[str, Any] = {
        "id": draft.film_id,
        "title": title,
        "directors": clean.texts(draft.directors, MOST_DIRECTORS),
        "cast": clean.texts(draft.cast, MOST_CAST),
        "countries": clean.texts(draft.countries, MOST_COUNTRIES),
        "genres": names.genres(draft.genres, unknown_genres),
        "keywords": clean.texts(keywords, MOST_KEYWORDS),
        "popularity": clean.count(draft.popularity),
        **{name: value for name, value in optional.items() if value},
    }
    made["poster"] = direct(made)
    return made


def check(made: dict[str, Any], where: str) -> Film:
    """The film of a record.

    Raises:
        InvalidFilm: it breaks the schema.
    """
    return parse_film(made, where, IMPORTED)
