"""Nearest films: picking the highest scores, and the table of them made at build time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import numpy as np
from numpy.typing import NDArray

from backend.recommenders.mapped import map_array, save_arrays

Rows = NDArray[np.integer]
Scores = NDArray[np.float32]
ScoreOf = Callable[[int, Rows], Scores]

WIDTH = 64
"""Neighbours kept of each film: a slate of ten asks for thirty."""


def top_rows(scores: NDArray[np.floating], count: int, exclude: int | None = None) -> list[int]:
    """Rows of the `count` highest scores, best first; equal scores by row.

    Args:
        scores: (n,), no NaN.
        count: >= 0; fewer rows come back when there are fewer.
        exclude: a row that is left out.
    """
    rows = np.arange(len(scores))
    if exclude is not None:
        rows = np.delete(rows, exclude)
    kept = scores[rows]
    if count < len(rows):
        if count <= 0:
            return []
        threshold = np.partition(kept, len(kept) - count)[len(kept) - count]
        rows = rows[kept >= threshold]
        kept = scores[rows]
    order = np.lexsort((rows, -kept))[:count]
    return [int(row) for row in rows[order]]


@dataclass(frozen=True)
class NeighborTable:
    """The nearest films of every film.

    A film with fewer neighbours than the table is wide has row -1 from there on.

    Attributes:
        rows: (n, width) int32, best first, equal scores by row.
        scores: (n, width) float32.
    """

    rows: NDArray[np.int32]
    scores: NDArray[np.float32]

    @property
    def width(self) -> int:
        """How many neighbours are kept of each film."""
        return int(self.rows.shape[1])

    def of(self, row: int) -> tuple[Rows, Scores]:
        """Neighbours of a film and their scores, best first."""
        rows = self.rows[row]
        known = rows >= 0
        return rows[known], self.scores[row][known]

    def save(self, folder: Path) -> None:
        """Write the table into `folder`."""
        save_arrays(folder, neighbors=self.rows, neighbor_scores=self.scores)

    @classmethod
    def load(cls, folder: Path) -> Self:
        """Map what `save` wrote.

        Raises:
            FileNotFoundError: nothing was written.
        """
        return cls(map_array(folder, "neighbors"), map_array(folder, "neighbor_scores"))

    def beyond(self, row: int, count: int, score_of: ScoreOf) -> tuple[Rows, Scores]:
        """More neighbours than the table is wide, by way of the neighbours' neighbours.

        Films are opened in the order in which they were met, until twice as many are known as
        are asked for; these are scored exactly. The work depends on `count`, not on the catalogue.

        Args:
            score_of: exact scores of rows for a film.
        """
        queue, known = [row], {row}
        for opened in queue:
            for other in self.of(opened)[0].tolist():
                if other not in known:
                    known.add(other)
                    queue.append(other)
            if len(queue) > 2 * count:
                break
        rows = np.array(queue[1:], dtype=np.int64)
        scores = score_of(row, rows)
        best = np.lexsort((rows, -scores))[:count]
        return rows[best], scores[best]


def best_of_candidates(
    candidates: NDArray[np.integer], width: int, score_of: ScoreOf
) -> NeighborTable:
    """The table of the best of each film's candidates by exact scores.

    Args:
        candidates: (n, c) rows, -1 where there is none; a film itself is skipped.
    """
    n = len(candidates)
    rows = np.full((n, width), -1, dtype=np.int32)
    scores = np.zeros((n, width), dtype=np.float32)
    for row in range(n):
        others = candidates[row]
        others = np.unique(others[(others >= 0) & (others != row)])
        found = score_of(row, others)
        best = np.lexsort((others, -found))[:width]
        rows[row, : len(best)] = others[best]
        scores[row, : len(best)] = found[best]
    return NeighborTable(rows, scores)
