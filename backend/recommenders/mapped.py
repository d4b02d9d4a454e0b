"""Arrays and texts in files that every replica maps: one copy in memory however many read it.

Each array is a `.npy` file of its own, because only those can be mapped. What is never touched is
never read, and the pages that are touched are shared by all processes through the system's cache.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Self, overload

import numpy as np
from numpy.typing import NDArray


def save_arrays(folder: Path, **arrays: NDArray[Any]) -> None:
    """Write `<name>.npy` for each array; the folder is made when missing."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, array in arrays.items():
        np.save(folder / f"{name}.npy", np.ascontiguousarray(array), allow_pickle=False)


def map_array(folder: Path, name: str) -> NDArray[Any]:
    """An array that `save_arrays` wrote, mapped and read-only; no pickle is accepted.

    Raises:
        FileNotFoundError: nothing was written.
    """
    array: NDArray[Any] = np.load(folder / f"{name}.npy", mmap_mode="r", allow_pickle=False)
    # A plain view: indexing a memmap object costs several times as much.
    return array.view(np.ndarray)


class TextTable(Sequence[str]):
    """Texts by number, and numbers by text, without an object for each of them.

    Args:
        content: the texts one after the other in UTF-8, `(bytes,)` uint8.
        starts: where each begins, and the end of the last, `(n + 1,)` int64.
        order: the numbers of the texts in the order of their bytes, `(n,)` int64; equal texts in
            the order of their numbers.
    """

    def __init__(
        self, content: NDArray[np.uint8], starts: NDArray[np.int64], order: NDArray[np.int64]
    ) -> None:
        self._content = content
        self._starts = starts
        self._order = order

    @classmethod
    def of(cls, texts: Iterable[str]) -> Self:
        """A table in memory."""
        encoded = [text.encode() for text in texts]
        starts = np.concatenate([[0], np.cumsum([len(text) for text in encoded])])
        order = sorted(range(len(encoded)), key=encoded.__getitem__)
        content = np.frombuffer(b"".join(encoded), dtype=np.uint8)
        return cls(content, starts.astype(np.int64), np.array(order, dtype=np.int64))

    def save(self, folder: Path, name: str) -> None:
        """Write the table into `folder` under `name`."""
        parts: dict[str, NDArray[Any]] = {
            f"{name}-content": self._content,
            f"{name}-starts": self._starts,
            f"{name}-order": self._order,
        }
        save_arrays(folder, **parts)

    @classmethod
    def load(cls, folder: Path, name: str) -> Self:
        """Map what `save` wrote.

        Raises:
            FileNotFoundError: nothing was written.
        """
        parts = ("content", "starts", "order")
        return cls(*(map_array(folder, f"{name}-{part}") for part in parts))

    def __len__(self) -> int:
        return len(self._order)

    @overload
    def __getitem__(self, at: int) -> str: ...
    @overload
    def __getitem__(self, at: slice) -> list[str]: ...
    def __getitem__(self, at: int | slice) -> str | list[str]:
        if isinstance(at, slice):
            return [self[number] for number in range(*at.indices(len(self)))]
        return self._bytes(at).decode()

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and list(self) == list(other)

    __hash__ = None  # type: ignore[assignment]

    def _bytes(self, number: int) -> bytes:
        if not 0 <= number < len(self):
            raise IndexError(f"number must be from 0 to {len(self) - 1}, got {number}")
        return bytes(self._content[self._starts[number] : self._starts[number + 1]])

    def find(self, text: str) -> int | None:
        """The number of a text (the first of equal ones), None when it is not here."""
        wanted = text.encode(errors="replace")
        low, high = 0, len(self)
        while low < high:
            middle = (low + high) // 2
            if self._bytes(int(self._order[middle])) < wanted:
                low = middle + 1
            else:
                high = middle
        if low == len(self):
            return None
        number = int(self._order[low])
        return number if self._bytes(number) == wanted else None
