"""The TMDB 5000 pair of CSV files, as published on Kaggle."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, ClassVar, Self

from backend.catalog.importers import clean
from backend.catalog.importers.draft import MOST_CAST, MOST_DIRECTORS, Draft
from backend.catalog.importers.lines import Progress
from backend.catalog.importers.report import Rejects
from backend.catalog.importers.scratch import Scratch
from backend.catalog.importers.sources import Source, kept_file, names_of, parse_json
from backend.catalog.importers.table import read_rows

MOVIES, CREDITS = "tmdb_5000_movies.csv", "tmdb_5000_credits.csv"
_NEEDED = ("id", "title", "genres", "overview")
_OPTIONAL = (
    *("keywords", "original_language", "original_title", "production_countries"),
    *("release_date", "runtime", "vote_count"),
)


class TmdbSource(Source):
    """Films with keywords and votes, and who made them when the credits are there too."""

    kind: ClassVar[str] = "tmdb"

    def __init__(self, movies: Path, credits: Path | None) -> None:
        self._movies = movies
        self._credits = credits

    @classmethod
    def open(cls, path: Path) -> Self:
        """A folder with both files, or the file of films."""
        movies = path if path.is_file() else kept_file(path, MOVIES, "movies.csv")
        beside = (movies.parent / name for name in (CREDITS, f"{CREDITS}.gz", "credits.csv"))
        return cls(movies, next((file for file in beside if file.is_file()), None))

    @property
    def files(self) -> Sequence[Path]:
        """Credits first: films are read with them at hand."""
        return [self._movies] if self._credits is None else [self._credits, self._movies]

    def drafts(self, scratch: Scratch, rejects: Rejects, progress: Progress) -> Iterator[Draft]:
        """Every film that can be read."""
        if self._credits is not None:
            for row in read_rows(self._credits, ("movie_id", "cast", "crew"), rejects, progress):
                number = clean.whole(row.fields["movie_id"])
                cast = _parsed(row, "cast", rejects, self._credits)
                crew = _parsed(row, "crew", rejects, self._credits)
                if number is None:
                    self._bad_id(rejects, self._credits, row.line, row.fields["movie_id"])
                elif cast is not None and crew is not None:
                    scratch.note(number, json.dumps(_people(cast, crew)))
        for row in read_rows(self._movies, _NEEDED, rejects, progress, _OPTIONAL):
            fields = row.fields
            number = clean.whole(fields["id"])
            if number is None:
                self._bad_id(rejects, self._movies, row.line, fields["id"])
                continue
            lists = {
                name: _parsed(row, name, rejects, self._movies)
                for name in ("genres", "keywords", "production_countries")
            }
            if None in lists.values():
                continue
            people = json.loads(scratch.said_of(number) or "{}")
            yield Draft(
                file=self._movies.name,
                line=row.line,
                film_id=f"tmdb-{number}",
                title=fields["title"],
                original_title=fields.get("original_title", ""),
                year=clean.year(fields.get("release_date")),
                directors=people.get("directors", ()),
                cast=people.get("cast", ()),
                countries=names_of(lists["production_countries"]),
                language=fields.get("original_language", ""),
                genres=[name for name in names_of(lists["genres"]) if isinstance(name, str)],
                runtime=fields.get("runtime"),
                keywords=names_of(lists["keywords"]),
                overview=fields["overview"],
                popularity=fields.get("vote_count"),
                called=(str(number),),
            )

    @staticmethod
    def _bad_id(rejects: Rejects, file: Path, line: int, value: str) -> None:
        rejects.add(file.name, line, "id", "a whole number of at most 15 digits", value)


def _parsed(row: Any, name: str, rejects: Rejects, file: Path) -> list[Any] | None:
    """A column of JSON; None, and reported, when it is no list."""
    text = row.fields.get(name, "").strip()
    if not text:
        return []
    try:
        value = parse_json(text)
    except ValueError:
        value = None
    if not isinstance(value, list):
        rejects.add(file.name, row.line, name, "a list in JSON", text)
        return None
    return value


def _people(cast: list[Any], crew: list[Any]) -> dict[str, list[str]]:
    """Directors, and the leading cast in the order of billing."""
    directing = [one for one in crew if isinstance(one, dict) and one.get("job") == "Director"]
    billed = [one for one in cast if isinstance(one, dict)]
    billed.sort(key=lambda one: clean.count(one.get("order")))
    return {
        "directors": clean.texts(names_of(directing), MOST_DIRECTORS),
        "cast": clean.texts(names_of(billed), MOST_CAST),
    }
