"""What an import says of the rows it had to leave out, and of the source as a whole."""

from __future__ import annotations

import json
import os
from collections import Counter
from pathlib import Path
from types import TracebackType
from typing import Any, TextIO

from backend.errors import InvalidInput, shorten

REJECTED_FILE = "rejected.jsonl"
MOST_REPORTED = 10_000


class InvalidSource(InvalidInput):
    """What was given to import cannot be imported."""

    title = "Invalid source"


class Rejects:
    """The rows left out: all are counted, the first 10,000 are written down.

    Args:
        path: the file to write, one JSON object a line with file, line, field, rule and value.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._out: TextIO | None = None
        self.count = 0
        self.fields: Counter[str] = Counter()
        self.first: list[str] = []

    def __enter__(self) -> Rejects:
        self._out = self._path.open("w", encoding="utf-8")
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        if self._out is not None:
            self._out.close()

    @classmethod
    def unheard(cls) -> Rejects:
        """Counts only: for a file that is read a second time."""
        return cls(Path(os.devnull))

    def add(self, file: str, line: int, field: str, rule: str, value: Any = None) -> None:
        """Count one row, and write it down while there is room.

        Args:
            line: where the record begins, from 1.
            rule: what the field must be.
        """
        self.count += 1
        field = shorten(field)
        if len(self.fields) < 1000:
            self.fields[field] += 1
        if self.count > MOST_REPORTED or self._out is None:
            return
        got = shorten(value) if value is not None else None
        report = {"file": file, "line": line, "field": field, "rule": rule, "value": got}
        self._out.write(json.dumps(report) + "\n")
        if len(self.first) < 5:
            self.first.append(
                f"{file}, line {line}: {field} must be {rule}"
                + (f", got {got!r}" if got is not None else "")
            )
