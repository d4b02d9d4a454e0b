"""A plain CSV file, its header as docs/importing.md has it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import ClassVar, Self

from backend.catalog.importers import clean
from backend.catalog.importers.draft import Draft
from backend.catalog.importers.lines import Progress
from backend.catalog.importers.report import InvalidSource, Rejects
from backend.catalog.importers.scratch import Scratch
from backend.catalog.importers.sources import Source
from backend.catalog.importers.table import read_rows

COLUMNS = (
    *("id", "year", "original_title", "directors", "cast", "countries", "language", "genres"),
    *("runtime_min", "keywords", "overview", "poster", "popularity"),
)
"""Columns that may be there beside `title`."""
_MOST_LISTED = 200


class PlainSource(Source):
    """One film a row; lists are separated by `|`."""

    kind: ClassVar[str] = "csv"

    def __init__(self, path: Path) -> None:
        self._path = path

    @classmethod
    def open(cls, path: Path) -> Self:
        """A file."""
        if not path.is_file():
            raise InvalidSource(
                f"source must be a CSV file, got {path.name!r}; see docs/importing.md",
                field="source",
                value=str(path),
            )
        return cls(path)

    @property
    def files(self) -> Sequence[Path]:
        """The one file."""
        return [self._path]

    def drafts(self, scratch: Scratch, rejects: Rejects, progress: Progress) -> Iterator[Draft]:
        """Every film that can be read."""
        for row in read_rows(self._path, ("title",), rejects, progress, COLUMNS):
            fields = row.fields
            year = clean.year(fields.get("year"))
            named = fields.get("id", "").strip() or f"{fields['title'][:300]} {year or ''}"
            film_id = clean.slug(named[:500])
            if not film_id:
                rule = "a text with a letter or a digit, in id or title"
                rejects.add(self._path.name, row.line, "id", rule, named)
                continue

            def listed(name: str, fields: dict[str, str] = fields) -> list[str]:
                return fields.get(name, "").split("|")[:_MOST_LISTED]

            yield Draft(
                file=self._path.name,
                line=row.line,
                film_id=film_id,
                title=fields["title"],
                original_title=fields.get("original_title", ""),
                year=year,
                directors=listed("directors"),
                cast=listed("cast"),
                countries=listed("countries"),
                language=fields.get("language", ""),
                genres=listed("genres"),
                runtime=fields.get("runtime_min"),
                keywords=listed("keywords"),
                overview=fields.get("overview", ""),
                popularity=fields.get("popularity"),
                called=(fields.get("id", "").strip(),),
                poster_url=fields.get("poster", "").strip(),
            )
