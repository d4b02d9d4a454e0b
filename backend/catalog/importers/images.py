"""Posters that come with an import: checked pictures out of a folder."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from backend.catalog.build import IMAGE_SUFFIXES
from backend.catalog.importers.report import InvalidSource
from backend.catalog.pictures import read_picture

MAX_IMAGE_BYTES = 5_000_000
_CHECKED_SIZE = (480, 720)
_SUFFIX_OF = {b"\xff\xd8\xff": ".jpg", b"\x89PNG": ".png", b"RIFF": ".webp"}


def suffix_of(content: bytes) -> str:
    """The suffix of a picture by its first bytes.

    Raises:
        ValueError: it is no JPEG, PNG or WebP.
    """
    for start, suffix in _SUFFIX_OF.items():
        if content.startswith(start):
            return suffix
    raise ValueError("a picture must be JPEG, PNG or WebP")


def save_picture(content: bytes, film_id: str, folder: Path) -> None:
    """Check a picture by decoding it and write it as `<film id>.<suffix>`.

    Raises:
        ValueError: it cannot be decoded, or is too large.
    """
    if len(content) > MAX_IMAGE_BYTES:
        raise ValueError(f"a picture must be at most {MAX_IMAGE_BYTES} bytes")
    suffix = suffix_of(content)
    try:
        read_picture(content, _CHECKED_SIZE, f"{film_id}{suffix}")
    except ValueError:
        raise
    except (
        Exception
    ) as error:  # Decoders raise what they like on bytes that were made to break them.
        raise ValueError(f"a picture must be one that can be read: {error!r}") from error
    (folder / f"{film_id}{suffix}").write_bytes(content)


class PictureFolder:
    """Pictures in a folder, by the name of their files.

    Raises:
        InvalidSource: it is no folder.
    """

    def __init__(self, folder: Path) -> None:
        if not folder.is_dir():
            raise InvalidSource(
                f"posters must be a folder, got {str(folder)!r}", field="posters", value=str(folder)
            )
        files = (path for path in folder.iterdir() if path.suffix.lower() in IMAGE_SUFFIXES)
        self._files = {path.stem.casefold(): path for path in sorted(files, reverse=True)}

    def find(self, names: Iterable[str]) -> Path | None:
        """The picture called by the first of some names that there is one of."""
        found = (self._files.get(name.casefold()) for name in names if name)
        return next((path for path in found if path is not None and path.is_file()), None)

    @staticmethod
    def read(path: Path) -> bytes:
        """Its bytes, no more than a picture may have and one; none when it cannot be read."""
        try:
            with path.open("rb") as file:
                return file.read(MAX_IMAGE_BYTES + 1)
        except OSError:
            return b""
