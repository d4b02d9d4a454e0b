"""RankLens films, as JSON (one array) or JSONL (one film a line)."""

from __future__ import annotations

import codecs
import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, ClassVar, Self

from backend.catalog.importers import clean
from backend.catalog.importers.draft import Draft
from backend.catalog.importers.lines import (
    MAX_LINE_BYTES,
    UNREADABLE,
    Progress,
    opened,
    read_lines,
    unreadable,
)
from backend.catalog.importers.report import InvalidSource, Rejects
from backend.catalog.importers.scratch import Scratch
from backend.catalog.importers.sources import Source, names_of, parse_json

_BLOCK_BYTES = 1 << 16
_MOST_LISTED = 200
# What is read of a film is in at most so many characters.
MAX_OBJECT_CHARS = 2_000_000


def is_json(path: Path) -> bool:
    """Whether a file is JSON by its name; it may be packed, as RankLens itself is published."""
    return path.name.lower().removesuffix(".gz").endswith((".json", ".jsonl"))


class RankLensSource(Source):
    """Films with overview, genres, tags, people and a poster's address."""

    kind: ClassVar[str] = "ranklens"

    def __init__(self, path: Path) -> None:
        self._path = path

    @classmethod
    def open(cls, path: Path) -> Self:
        """A `.json` or `.jsonl` file, or a folder with exactly one."""
        if path.is_dir():
            found = sorted(p for p in path.iterdir() if is_json(p))
            if len(found) != 1:
                raise InvalidSource(
                    f"source must be a .json or .jsonl file, got a folder with {len(found)}; "
                    "name the file",
                    field="source",
                    value=str(path),
                )
            path = found[0]
        return cls(path)

    @property
    def files(self) -> Sequence[Path]:
        """The one file."""
        return [self._path]

    def drafts(self, scratch: Scratch, rejects: Rejects, progress: Progress) -> Iterator[Draft]:
        """Every film that can be read."""
        read = _array if _is_array(self._path) else _lines
        for line, value in read(self._path, rejects, progress):
            if not isinstance(value, Mapping):
                rejects.add(self._path.name, line, "record", "a JSON object", repr(value))
                continue
            draft = self._draft(line, value, rejects)
            if draft is not None:
                yield draft

    def _draft(self, line: int, raw: Mapping[str, Any], rejects: Rejects) -> Draft | None:
        key = raw.get("id")
        if isinstance(key, float) and key.is_integer():
            key = int(key)
        named = clean.slug(str(key)[:500]) if isinstance(key, (str, int)) else ""
        if not named or isinstance(key, bool):
            rule = "a text or a whole number"
            rejects.add(self._path.name, line, "id", rule, repr(raw.get("id")))
            return None
        director = raw.get("director")
        poster = next((raw[k] for k in ("poster", "posterUrl", "posterPath") if raw.get(k)), "")
        released = raw.get("releaseDate")
        by_days = isinstance(released, (int, float)) and not isinstance(released, bool)
        votes = next((raw[k] for k in ("tmdbVoteCount", "tmdbVotes") if raw.get(k)), 0)
        return Draft(
            file=self._path.name,
            line=line,
            film_id=clean.slug(f"rl-{str(key)[:500]}"),
            title=raw.get("title") or "",
            original_title=raw.get("originalTitle") or "",
            year=clean.year_of_days(released) if by_days else clean.year(released),
            directors=names_of(director if isinstance(director, list) else [director]),
            cast=names_of(raw.get("topActors"))[:_MOST_LISTED],
            countries=names_of(raw.get("countries"))[:_MOST_LISTED],
            language=raw["language"] if isinstance(raw.get("language"), str) else "",
            genres=[
                name for name in names_of(raw.get("genres"))[:_MOST_LISTED] if isinstance(name, str)
            ],
            runtime=raw.get("runtime"),
            keywords=names_of(raw.get("tags"))[:_MOST_LISTED],
            overview=raw.get("overview"),
            popularity=votes,
            called=tuple(clean.texts([str(key), str(raw.get("tmdbId", ""))], 2)),
            poster_url=poster if isinstance(poster, str) else "",
        )


def _is_array(path: Path) -> bool:
    """Whether the first sign of a file opens an array."""
    for line in read_lines(path):
        if line.text is None:
            # A line that long is an array on one line, or nothing.
            raw, stream = opened(path)
            with raw:
                return stream.read(1000).removeprefix(b"\xef\xbb\xbf").lstrip()[:1] == b"["
        if line.text.strip():
            return line.text.lstrip().startswith("[")
    return False


def _lines(path: Path, rejects: Rejects, progress: Progress) -> Iterator[tuple[int, Any]]:
    for line in read_lines(path, progress):
        if line.text is None:
            rejects.add(path.name, line.number, "line", f"at most {MAX_LINE_BYTES} bytes")
        elif line.text.strip():
            try:
                yield line.number, parse_json(line.text)
            except ValueError:
                rejects.add(path.name, line.number, "record", "one line of JSON", line.text)


def _array(path: Path, rejects: Rejects, progress: Progress) -> Iterator[tuple[int, Any]]:
    """The elements of an array, one in memory at a time.

    After an element that is no JSON there is no telling where the next begins: it is reported, and
    the rest of the file is left.
    """
    decoder = json.JSONDecoder()
    text = _Text(path, progress)
    text.skip(" \t\r\n")
    text.drop(1)
    while True:
        text.skip(" \t\r\n,")
        line = text.line
        if not text.buffer or text.buffer.startswith("]"):
            return
        size = 4_096
        while True:
            text.fill(size)
            try:
                value, end = decoder.raw_decode(text.buffer)
                # A number at the end of what was read may go on.
                if end < len(text.buffer) or text.all_read:
                    break
            except (ValueError, RecursionError):
                if text.all_read or size > MAX_OBJECT_CHARS:
                    rule = f"JSON of at most {MAX_OBJECT_CHARS} characters; the rest is left"
                    rejects.add(path.name, line, "record", rule, text.buffer[:200])
                    return
            size *= 4
        yield line, value
        text.drop(end)


class _Text:
    """A file as text, read in blocks as it is used."""

    def __init__(self, path: Path, progress: Progress) -> None:
        self._path = path
        self._raw, self._stream = opened(path)
        self._told = 0
        self._decode = codecs.getincrementaldecoder("utf-8-sig")(errors="replace").decode
        self._progress = progress
        self._all_read = False
        self.buffer = ""
        self.line = 1

    @property
    def all_read(self) -> bool:
        """Whether nothing comes after the buffer."""
        return self._all_read

    def fill(self, size: int) -> None:
        """Have `size` characters in the buffer, if there are so many."""
        parts = [self.buffer]
        have = len(self.buffer)
        while have < size and not self._all_read:
            try:
                block = self._stream.read(_BLOCK_BYTES)
            except UNREADABLE as error:
                raise unreadable(self._path, error) from error
            self._progress(self._raw.tell() - self._told)
            self._told = self._raw.tell()
            self._all_read = not block
            parts.append(self._decode(block, final=not block))
            have += len(parts[-1])
        self.buffer = "".join(parts)
        if self._all_read and not self._raw.closed:
            self._raw.close()

    def drop(self, count: int) -> None:
        """Take characters off the beginning."""
        self.line += self.buffer.count("\n", 0, count)
        self.buffer = self.buffer[count:]

    def skip(self, chars: str) -> None:
        """Take all of these characters off the beginning."""
        while True:
            self.fill(1)
            kept = self.buffer.lstrip(chars)
            self.drop(len(self.buffer) - len(kept))
            if self.buffer or self.all_read:
                return
