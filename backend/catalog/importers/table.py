"""Read the records of a CSV file one by one, and go on after the bad ones.

A record may run over several lines, inside quotes. Where a quote is never closed, it would swallow
the file: such a record is given up after `MAX_RECORD_CHARS`, and reading resumes at the line after
its first, so that one bad row costs one row.
"""

from __future__ import annotations

import csv
import re
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from backend.catalog.importers.lines import MAX_LINE_BYTES, Line, Progress, read_lines
from backend.catalog.importers.report import InvalidSource, Rejects

MAX_RECORD_CHARS = 2_000_000
# Text read again after unclosed quotes, in all; beyond it the swallowed lines stay lost, so that
# a file of nothing but open quotes takes no time to speak of.
_REREAD_CHARS = 64_000_000
_MAX_COLUMNS = 1000
_QUOTED = re.compile(r'(?>[^"]*)(?>(?:""[^"]*)*)')

csv.field_size_limit(max(csv.field_size_limit(), MAX_RECORD_CHARS + 1))


@dataclass(frozen=True, slots=True)
class Row:
    """One record: the line where it begins, and its fields by column."""

    line: int
    fields: dict[str, str]


def closes(line: str, quoted: bool) -> bool:
    """Whether the record ends with this line.

    A quote opens a field only at its beginning; inside, two quotes stand for one.

    Args:
        quoted: whether the line begins inside quotes.
    """
    at = 0
    if not quoted and line.startswith('"'):
        quoted, at = True, 1
    while True:
        if quoted:
            match = _QUOTED.match(line, at)
            assert match is not None
            if match.end() == len(line):
                return False
            at = match.end() + 1
        comma = line.find(",", at)
        if comma < 0:
            return True
        quoted = line.startswith('"', comma + 1)
        at = comma + 1 + quoted


def read_records(
    lines: Iterable[Line], file: str, rejects: Rejects
) -> Iterator[tuple[int, list[str]]]:
    """The records of a CSV file, each with the line where it begins; blank lines are left out."""
    source = iter(lines)
    again: deque[Line] = deque()
    budget = _REREAD_CHARS
    while (first := again.popleft() if again else next(source, None)) is not None:
        if first.text is None:
            rejects.add(file, first.number, "line", f"at most {MAX_LINE_BYTES} bytes")
            continue
        if not first.text.strip():
            continue
        swallowed: list[Line] = []
        chars, closed = len(first.text), closes(first.text, False)
        while not closed and chars <= MAX_RECORD_CHARS:
            line = again.popleft() if again else next(source, None)
            if line is None:
                break
            swallowed.append(line)
            if line.text is None:
                break
            chars += len(line.text) + 1
            closed = closes(line.text, True)
        if not closed or chars > MAX_RECORD_CHARS:
            rule = f"closed by a quote within {MAX_RECORD_CHARS} characters"
            rejects.add(file, first.number, "record", rule, first.text)
            budget -= chars
            if budget > 0:
                again.extendleft(reversed(swallowed))
            continue
        # A line that is too long ends the record above, so that every text is there.
        whole = "\n".join([first.text, *(line.text or "" for line in swallowed)])
        try:
            record = next(csv.reader([whole]))
        except (csv.Error, StopIteration) as error:
            rejects.add(file, first.number, "record", f"CSV ({error})", first.text)
            continue
        yield first.number, record


def read_rows(
    path: Path,
    needed: Sequence[str],
    rejects: Rejects,
    progress: Progress = lambda _: None,
    optional: Sequence[str] = (),
) -> Iterator[Row]:
    """The rows of a CSV file with a header, by column name.

    A row of another number of fields than the header is reported and left out.

    Args:
        needed: columns that must be there, in lower case.
        optional: columns to keep when they are there; all others are left out.
    Raises:
        InvalidSource: there is no header, or a needed column is missing.
    """
    records = read_records(read_lines(path, progress), path.name, rejects)
    _, header = next(records, (0, []))
    names = [name.strip().lower() for name in header[:_MAX_COLUMNS]]
    missing = [name for name in needed if name not in names]
    if missing:
        raise InvalidSource(
            f"header of {path.name} must have the columns {', '.join(needed)}; "
            f"missing: {', '.join(missing)} (see docs/importing.md)",
            field="header",
            value=",".join(names),
        )
    kept = {name: names.index(name) for name in (*needed, *optional) if name in names}
    for line, record in records:
        if len(record) != len(header):
            rule = f"{len(header)} fields, as in the header"
            rejects.add(path.name, line, "record", rule, len(record))
            continue
        yield Row(line, {name: record[column] for name, column in kept.items()})
