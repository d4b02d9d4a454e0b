"""Read a text file line by line, whatever is in it: bounded memory, any encoding, `.gz` too."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from backend.catalog.importers.report import InvalidSource

MAX_LINE_BYTES = 2_000_000
MAX_UNPACKED_BYTES = 50_000_000_000
_BLOCK_BYTES = 1 << 16
_TOLD_EVERY = 1000
_BOM = b"\xef\xbb\xbf"
_WIDE = (b"\xff\xfe", b"\xfe\xff")

UNREADABLE = (OSError, EOFError, zlib.error)

Progress = Callable[[int], object]
"""Is told how many more bytes of the file have been read."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line without its end; `text` is None when it was longer than `MAX_LINE_BYTES`."""

    number: int
    text: str | None


def opened(path: Path) -> tuple[IO[bytes], IO[bytes]]:
    """A file as it lies there, and what is in it, unpacked when it is `.gz`."""
    raw = path.open("rb")
    packed = path.suffix.lower() == ".gz"
    return raw, gzip.GzipFile(fileobj=raw) if packed else raw  # type: ignore[return-value]


def unreadable(path: Path, error: Exception) -> InvalidSource:
    """What to raise for an error of `UNREADABLE`."""
    reason = getattr(error, "strerror", None) or error
    return InvalidSource(f"{path.name} must be a file that can be read: {reason}", field="source")


def decode(line: bytes) -> str:
    """UTF-8, else Windows-1252, else Latin-1, which knows every byte."""
    for encoding in ("utf-8", "cp1252"):
        try:
            return line.decode(encoding)
        except UnicodeDecodeError:
            continue
    return line.decode("latin-1")


def read_lines(path: Path, progress: Progress = lambda _: None) -> Iterator[Line]:
    """Every line, each decoded on its own; the first without a byte order mark.

    Raises:
        InvalidSource: the file cannot be read, is UTF-16, or a damaged `.gz`.
    """
    try:
        raw, stream = opened(path)
        with raw:
            yield from _lines(path, raw, stream, progress)
    except UNREADABLE as error:
        raise unreadable(path, error) from error


def _lines(path: Path, raw: IO[bytes], stream: IO[bytes], progress: Progress) -> Iterator[Line]:
    told, unpacked, number = 0, 0, 0
    while line := stream.readline(MAX_LINE_BYTES + 1):
        number += 1
        unpacked += len(line)
        if number == 1:
            if line.startswith(_WIDE):
                raise InvalidSource(
                    f"{path.name} must be UTF-8, got UTF-16; save it as UTF-8", field="source"
                )
            line = line.removeprefix(_BOM)
        if len(line) <= MAX_LINE_BYTES:
            yield Line(number, decode(line.rstrip(b"\r\n")))
        else:
            while line and not line.endswith(b"\n"):
                line = stream.readline(_BLOCK_BYTES)
                unpacked += len(line)
            yield Line(number, None)
        if unpacked > MAX_UNPACKED_BYTES:
            raise InvalidSource(
                f"{path.name} must unpack to at most {MAX_UNPACKED_BYTES} bytes", field="source"
            )
        if number % _TOLD_EVERY == 0:
            progress(raw.tell() - told)
            told = raw.tell()
    progress(raw.tell() - told)
