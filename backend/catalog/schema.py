"""The schema of a film: the only way in for data, whoever wrote it."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from backend.errors import InvalidFilm, shorten

GENRES = frozenset(
    (
        *("action", "adventure", "animation", "biography", "comedy", "crime", "documentary"),
        *("drama", "family", "fantasy", "history", "horror", "music", "musical", "mystery"),
        *("romance", "science fiction", "sport", "thriller", "war", "western"),
    )
)
COLOR_ROLES = ("ground", "glow", "depth", "shape", "accent")
FILM_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
HEX_COLOR = re.compile(r"#[0-9a-fA-F]{6}")
FIRST_YEAR, LAST_YEAR = 1888, 2100
MAX_RUNTIME_MIN = 1000
TITLE_LIMIT, SYNOPSIS_LIMIT, ITEM_LIMIT = 200, 2000, 100


@dataclass(frozen=True)
class Rules:
    """How complete a record must be; its shape, types and bounds are the same for all.

    Attributes:
        complete: whether every fact must be there; otherwise year, language and runtime may be
            missing and lists may be empty.
        keywords: fewest and most.
        synopsis_words: fewest and most, None for any text up to `SYNOPSIS_LIMIT` characters.
    """

    complete: bool
    keywords: tuple[int, int]
    synopsis_words: tuple[int, int] | None


EDITED = Rules(complete=True, keywords=(8, 12), synopsis_words=(40, 80))
"""What films that people wrote for this catalogue keep to."""
IMPORTED = Rules(complete=False, keywords=(0, 40), synopsis_words=None)
"""What films from elsewhere keep to."""


@dataclass(frozen=True)
class PosterArt:
    """The art direction of a drawn poster; `colors` maps each of `COLOR_ROLES` to `#rrggbb`."""

    layout: str
    motif: str
    detail: str | None
    colors: Mapping[str, str]


@dataclass(frozen=True)
class Film:
    """One film. Text is plain, never markup; what an imported film lacks is None or empty.

    Attributes:
        id: lower-case words joined by hyphens, unique in the catalogue.
        year: of first public release.
        runtime_min: minutes.
        series: the slug shared by sequels and remakes, or None.
        keywords: lower case.
        synopsis: the plot; may be empty.
        poster: how to draw a poster.
        popularity: how many people rated or voted for it where it comes from, 0 when unknown.
    """

    id: str
    title: str
    original_title: str | None
    year: int | None
    directors: tuple[str, ...]
    cast: tuple[str, ...]
    countries: tuple[str, ...]
    language: str | None
    genres: tuple[str, ...]
    runtime_min: int | None
    series: str | None
    keywords: tuple[str, ...]
    synopsis: str
    poster: PosterArt
    popularity: float = 0.0


class _Record:
    """Takes fields out of one raw record, checking each; what is left over is unknown."""

    def __init__(self, raw: Mapping[str, Any], where: str) -> None:
        self._left = dict(raw)
        self._where = where

    def fail(self, field: str, rule: str, value: Any) -> InvalidFilm:
        return InvalidFilm(
            f"{field} must be {rule}, got {shorten(repr(value))}; in {self._where}",
            field=field,
            value=value,
        )

    def text(self, field: str, limit: int = TITLE_LIMIT) -> str:
        value = self._left.pop(field, None)
        if not isinstance(value, str) or not value.strip() or len(value) > limit:
            raise self.fail(field, f"text of 1 to {limit} characters", value)
        return " ".join(value.split())

    def optional_text(self, field: str, limit: int = TITLE_LIMIT) -> str | None:
        return self.text(field, limit) if field in self._left else None

    def integer(self, field: str, low: int, high: int) -> int:
        value = self._left.pop(field, None)
        if not isinstance(value, int) or isinstance(value, bool) or not low <= value <= high:
            raise self.fail(field, f"a whole number from {low} to {high}", value)
        return value

    def optional_integer(self, field: str, low: int, high: int) -> int | None:
        return self.integer(field, low, high) if field in self._left else None

    def amount(self, field: str) -> float:
        value = self._left.pop(field, 0)
        if (
            isinstance(value, bool)
            or not isinstance(value, (int, float))
            or not 0 <= value < float("inf")
        ):
            raise self.fail(field, "a number of at least 0", value)
        return float(value)

    def texts(self, field: str, low: int, high: int) -> tuple[str, ...]:
        value = self._left.pop(field, None if low else [])
        if (
            not isinstance(value, list)
            or not low <= len(value) <= high
            or not all(
                isinstance(item, str) and item.strip() and len(item) <= ITEM_LIMIT for item in value
            )
            or len({" ".join(item.split()) for item in value}) != len(value)
        ):
            raise self.fail(field, f"{low} to {high} different texts", value)
        return tuple(" ".join(item.split()) for item in value)

    def table(self, field: str) -> Mapping[str, Any]:
        value = self._left.pop(field, None)
        if not isinstance(value, Mapping):
            raise self.fail(field, "a table", value)
        return value

    def finish(self) -> None:
        for field, value in self._left.items():
            raise self.fail(field, "left out: the schema has no such field", value)


def parse_film(raw: Mapping[str, Any], where: str, rules: Rules = EDITED) -> Film:
    """Check one record.

    Args:
        raw: the record as read, e.g. from TOML.
        where: file and position, for the message.
        rules: how complete it must be.
    Raises:
        InvalidFilm: a field is missing, unknown or breaks its rule.
    """
    record = _Record(raw, where)
    least = 1 if rules.complete else 0
    integer = record.integer if rules.complete else record.optional_integer
    text = record.text if rules.complete else record.optional_text
    film_id = record.text("id", limit=80)
    if not FILM_ID.fullmatch(film_id):
        raise record.fail("id", "lower-case words joined by hyphens", film_id)
    genres = record.texts("genres", least, 5)
    for genre in genres:
        if genre not in GENRES:
            raise record.fail("genres", "of " + ", ".join(sorted(GENRES)), genre)
    keywords = record.texts("keywords", *rules.keywords)
    for keyword in keywords:
        if keyword != keyword.lower():
            raise record.fail("keywords", "lower case", keyword)
    series = record.optional_text("series")
    if series is not None and not FILM_ID.fullmatch(series):
        raise record.fail("series", "lower-case words joined by hyphens", series)
    film = Film(
        id=film_id,
        title=record.text("title"),
        original_title=record.optional_text("original_title"),
        year=integer("year", FIRST_YEAR, LAST_YEAR),
        directors=record.texts("directors", least, 12),
        cast=record.texts("cast", 0, 8),
        countries=record.texts("countries", least, 6),
        language=text("language"),
        genres=genres,
        runtime_min=integer("runtime_min", 1, MAX_RUNTIME_MIN),
        series=series,
        keywords=keywords,
        synopsis=_synopsis(record, rules),
        poster=_parse_poster(record.table("poster"), where),
        popularity=record.amount("popularity"),
    )
    record.finish()
    return film


def _synopsis(record: _Record, rules: Rules) -> str:
    if rules.synopsis_words is None:
        return record.optional_text("synopsis", limit=SYNOPSIS_LIMIT) or ""
    synopsis = record.text("synopsis", limit=SYNOPSIS_LIMIT)
    low, high = rules.synopsis_words
    words = len(synopsis.split())
    if not low <= words <= high:
        raise record.fail("synopsis", f"{low} to {high} words", words)
    return synopsis


def _parse_poster(raw: Mapping[str, Any], where: str) -> PosterArt:
    record = _Record(raw, f"poster of {where}")
    colors = record.table("colors")
    if set(colors) != set(COLOR_ROLES):
        raise record.fail("colors", "a table of " + ", ".join(COLOR_ROLES), sorted(colors))
    for role, value in colors.items():
        if not isinstance(value, str) or not HEX_COLOR.fullmatch(value):
            raise record.fail(f"colors.{role}", "#rrggbb", value)
    art = PosterArt(
        layout=record.text("layout"),
        motif=record.text("motif"),
        detail=record.optional_text("detail"),
        colors={role: colors[role].lower() for role in COLOR_ROLES},
    )
    record.finish()
    return art


def _records(document: Mapping[str, Any], where: str) -> list[Mapping[str, Any]]:
    """The film tables of a file; anything else in it, such as `[[films]]`, is refused."""
    for name in document:
        if name != "film":
            raise InvalidFilm(
                f"{name} must be left out: only [[film]] tables are read; in {where}", field=name
            )
    records = document.get("film", [])
    if not isinstance(records, list) or not all(isinstance(raw, Mapping) for raw in records):
        raise InvalidFilm(
            f"film must be a list of tables, each headed [[film]]; in {where}", field="film"
        )
    return records


def in_order(films: Iterable[Film]) -> list[Film]:
    """By year, then id; films without a year last."""
    return sorted(films, key=lambda film: (film.year is None, film.year or 0, film.id))


def load_films(folder: Path) -> list[Film]:
    """Every film of the `*.toml` files in `folder`, in order of year, then id.

    Raises:
        InvalidFilm: no film, a file that is not TOML or holds more than films, a bad record, or
            an id used twice.
    """
    films: dict[str, Film] = {}
    for path in sorted(folder.glob("*.toml")):
        try:
            document = tomllib.loads(path.read_text(encoding="utf-8"))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise InvalidFilm(f"{path.name} must be TOML in UTF-8: {error}") from error
        for number, raw in enumerate(_records(document, path.name), start=1):
            film = parse_film(raw, f"{path.name}, film {number} ({raw.get('id', 'no id')})")
            if film.id in films:
                raise InvalidFilm(
                    f"id must be unique, got {film.id!r} again; in {path.name}, film {number}",
                    field="id",
                    value=film.id,
                )
            films[film.id] = film
    if not films:
        raise InvalidFilm(f"no film found in {folder}; FILMS_DIR must hold *.toml files")
    return in_order(films.values())
