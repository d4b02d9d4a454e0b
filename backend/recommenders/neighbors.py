"""Pick the highest scores, always in the same order."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


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
