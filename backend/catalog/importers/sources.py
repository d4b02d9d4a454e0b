"""What an importer is, and how the right one is found for a file or folder."""

from __future__ import annotations

import json
from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar, Self

from backend.catalog.importers.draft import Draft
from backend.catalog.importers.lines import Progress
from backend.catalog.importers.report import InvalidSource, Rejects
from backend.catalog.importers.scratch import Scratch


@dataclass(frozen=True, slots=True)
class Like:
    """A viewer liked a film: `viewer` is digits only, `at` in Unix seconds."""

    viewer: str
    film_id: str
    at: int


class Source(ABC):
    """The files of one collection.

    Class attributes:
        kind: as `--kind` names it.
    """

    kind: ClassVar[str]

    @classmethod
    @abstractmethod
    def open(cls, path: Path) -> Self:
        """The collection in a file or folder.

        Raises:
            InvalidSource: its files are not there.
        """

    @property
    @abstractmethod
    def files(self) -> Sequence[Path]:
        """All files that are read, for the progress bar."""

    @abstractmethod
    def drafts(self, scratch: Scratch, rejects: Rejects, progress: Progress) -> Iterator[Draft]:
        """Every film that can be read; what cannot goes to `rejects`."""

    def likes(self, rejects: Rejects, progress: Progress) -> Iterator[Like]:
        """Likes of viewers, in no order; film ids may be of films that were left out."""
        return iter(())


def kept_file(path: Path, *names: str) -> Path:
    """The first of some files in a folder, `.gz` too.

    Raises:
        InvalidSource: none is there.
    """
    for name in names:
        for candidate in (path / name, path / f"{name}.gz"):
            if candidate.is_file():
                return candidate
    raise InvalidSource(
        f"source must be a folder with {' or '.join(names)}, got {path.name!r}; "
        "see docs/importing.md",
        field="source",
        value=str(path),
    )


def parse_json(text: str) -> Any:
    """JSON of unknown origin.

    Raises:
        ValueError: it is none, or nested too deep.
    """
    try:
        return json.loads(text)
    except RecursionError:
        raise ValueError("JSON that is not nested so deep") from None


def names_of(values: Any, key: str = "name") -> list[Any]:
    """Names in a list of texts or of objects with a name; anything else has none."""
    if not isinstance(values, list):
        return []
    return [value.get(key) if isinstance(value, dict) else value for value in values]
