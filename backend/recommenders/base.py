"""What every recommender is: given a liked film, the films most like it, and why."""

from __future__ import annotations

import hashlib
import os
import shutil
from abc import ABC, abstractmethod
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar, Self

import numpy as np
from numpy.typing import NDArray

from backend.catalog.palettes import Palette
from backend.catalog.schema import Film
from backend.errors import InvalidInput, UnknownMovie
from backend.recommenders.mapped import TextTable
from backend.recommenders.neighbors import WIDTH, NeighborTable, Rows, Scores, top_rows

_CACHED_ANSWERS = 1024
# Up to here comparing a film with all others takes a few ms, so an answer longer than the table
# of neighbours is exact.
_EXACT_FILMS = 5_000


@dataclass(frozen=True)
class Candidate:
    """One recommended film.

    Attributes:
        score: 0 to 1, 1 for the same; comparable within one recommender only.
        reason: one short phrase that says what the two films share; None when it was not asked
            for, as is `evidence` then.
        evidence: what the page draws to show it: `{"kind": "swatches", "pairs": [...]}` or
            `{"kind": "terms", "terms": [...]}`.
    """

    movie_id: str
    score: float
    reason: str | None
    evidence: Mapping[str, Any] | None


class Recommender(ABC):
    """Films nearest to a liked film, by one idea of nearness.

    A subclass says how alike two films are (`similarities`) and why (`explain`), and how to build
    and load what it needs; length, order, exclusion and caching are settled here.

    Class attributes:
        name: used in routes, settings and answers; lower case.
        deployment_name: of the Serve deployment.
        label, verb: for people: "Colour", "looks like".
        color, shape: the mark of this source on the page.
        version: raise it when `build` changes what it writes.
    """

    name: ClassVar[str]
    deployment_name: ClassVar[str]
    label: ClassVar[str]
    verb: ClassVar[str]
    color: ClassVar[str]
    shape: ClassVar[str]
    version: ClassVar[int] = 1

    def __init__(self, ids: Sequence[str]) -> None:
        self.ids = ids if isinstance(ids, TextTable) else TextTable.of(ids)
        self._neighbors: NeighborTable | None = None
        self._answers: OrderedDict[tuple[int, int, int], list[Candidate]] = OrderedDict()

    @abstractmethod
    def similarities(self, row: int) -> NDArray[np.float32]:
        """How alike each film is to that of `row`: `(len(ids),)`, 0 to 1."""

    def similarities_of(self, row: int, others: Rows) -> Scores:
        """How alike the films of `others`, `(m,)` rows, are to that of `row`: `(m,)`, 0 to 1.

        Override it where this is cheaper than comparing with the whole catalogue.
        """
        return self.similarities(row)[others]

    def nearest(self, width: int) -> NeighborTable:
        """The `width` nearest films of every film, made once by the build.

        This compares every pair. Override it where a large catalogue calls for less.
        """
        n = len(self.ids)
        width = min(width, n - 1)
        rows = np.empty((n, width), dtype=np.int32)
        scores = np.empty((n, width), dtype=np.float32)
        for row in range(n):
            found = self.similarities(row)
            rows[row] = top_rows(found, width, exclude=row)
            scores[row] = found[rows[row]]
        return NeighborTable(rows, scores)

    @abstractmethod
    def explain(self, liked: int, other: int) -> tuple[str, Mapping[str, Any]]:
        """Reason and evidence for recommending row `other` to one who likes row `liked`."""

    def explain_all(self, liked: int, others: Sequence[int]) -> list[tuple[str, Mapping[str, Any]]]:
        """`explain` for several rows; override it where that is cheaper than one by one."""
        return [self.explain(liked, other) for other in others]

    @classmethod
    @abstractmethod
    def build(cls, films: Sequence[Film], palettes: Mapping[str, Palette], folder: Path) -> None:
        """Write what `load` needs into `folder`."""

    @classmethod
    @abstractmethod
    def load(cls, folder: Path) -> Self:
        """Read what `build` wrote.

        Raises:
            FileNotFoundError: nothing was built.
        """

    @classmethod
    def make(cls, films: Sequence[Film], palettes: Mapping[str, Palette], index_dir: Path) -> None:
        """Build into a folder of its own under `index_dir`, neighbours included.

        The folder is exchanged whole, so that a replica reads all of the old or all of the new.
        """
        part = index_dir / f"{cls.name}.{os.getpid()}.part"
        shutil.rmtree(part, ignore_errors=True)
        part.mkdir(parents=True)
        cls.build(films, palettes, part)
        cls.load(part).nearest(WIDTH).save(part)
        folder = index_dir / cls.name
        shutil.rmtree(folder, ignore_errors=True)
        part.rename(folder)

    @classmethod
    def open(cls, index_dir: Path) -> Self:
        """What `make` made, as a replica uses it.

        Raises:
            FileNotFoundError: nothing was made.
        """
        made = cls.load(index_dir / cls.name)
        made._neighbors = NeighborTable.load(index_dir / cls.name)
        return made

    @classmethod
    def inputs(cls, films: Sequence[Film], palettes: Mapping[str, Palette]) -> bytes:
        """All that `build` depends on, as bytes; the fingerprint is taken of this."""
        return repr(films).encode()

    @classmethod
    def fingerprint(cls, films: Sequence[Film], palettes: Mapping[str, Palette]) -> str:
        """Changes when what `build` would write changes."""
        content = f"{cls.name} {cls.version} ".encode() + cls.inputs(films, palettes)
        return hashlib.sha256(content).hexdigest()

    def recommend(self, liked_id: str, count: int, explained: int | None = None) -> list[Candidate]:
        """The `count` films most like `liked_id`, best first; fewer when the catalogue has fewer.

        The liked film itself is never among them. Equal scores keep the catalogue's order.

        Args:
            liked_id: id of a film of the catalogue.
            count: >= 0.
            explained: so many of the first get a reason, None for all. Reasons are most of the
                work, and of thirty candidates ten are shown.
        Raises:
            UnknownMovie: no such film.
            InvalidInput: `count` is negative.
        """
        liked = self._row_of(liked_id)
        if count < 0:
            raise InvalidInput(f"count must be at least 0, got {count}", field="count")
        count = min(count, len(self.ids))
        key = (liked, count, count if explained is None else min(explained, count))
        answer = self._answers.get(key)
        if answer is None:
            answer = self._answers[key] = self._rank(*key)
            if len(self._answers) > _CACHED_ANSWERS:
                self._answers.popitem(last=False)
        else:
            self._answers.move_to_end(key)
        return list(answer)

    def nearest_ids(self, liked_id: str, count: int) -> list[str]:
        """Only the ids of what `recommend` gives: no reasons are worked out.

        Raises:
            UnknownMovie, InvalidInput: as `recommend`.
        """
        return [self.ids[row] for row in self._best(self._row_of(liked_id), count)[0]]

    def _row_of(self, liked_id: str) -> int:
        liked = self.ids.find(liked_id)
        if liked is None:
            raise UnknownMovie(
                f"liked_id must be the id of a film, got {liked_id[:80]!r}; "
                "see GET /rec/movies for the ids",
                field="liked_id",
                value=liked_id,
            )
        return liked

    def _rank(self, liked: int, count: int, explained: int) -> list[Candidate]:
        rows, scores = self._best(liked, count)
        reasons: list[tuple[str | None, Mapping[str, Any] | None]] = [(None, None)] * len(rows)
        reasons[:explained] = self.explain_all(liked, rows[:explained])
        return [
            Candidate(self.ids[row], round(min(1.0, max(0.0, score)), 4), *why)
            for row, score, why in zip(rows, scores, reasons, strict=True)
        ]

    def _best(self, liked: int, count: int) -> tuple[list[int], list[float]]:
        """The best rows for a film and their scores: from the table while it reaches."""
        table = self._neighbors
        if table is not None and count <= table.width:
            rows, scores = table.of(liked)
            return rows[:count].tolist(), scores[:count].tolist()
        if table is not None and len(self.ids) > _EXACT_FILMS:
            rows, scores = table.beyond(liked, count, self.similarities_of)
            return rows.tolist(), scores.tolist()
        scores = self.similarities(liked)
        best = top_rows(scores, count, exclude=liked)
        return best, scores[best].tolist()
