"""Candidates for nearest palettes in a large catalogue, found by an index instead of all pairs.

The palette vectors vary in few directions, so their first principal components say most of how
far apart they are. An inverted-file index (faiss) over those finds, for each film, the films that
may be nearest; the exact distance then decides. Measured by `python -m benchmarks.growth`.
"""

from __future__ import annotations

import os

import faiss
import numpy as np
from numpy.typing import NDArray

COMPONENTS = 32
CANDIDATES = 192
# Up to here the index compares every pair of components.
_FLAT_FILMS = 20_000
_CELLS_SEARCHED = 64
_TRAINED_ON = 200_000
_CHUNK = 8_192


def candidates(vectors: NDArray[np.float32]) -> NDArray[np.int64]:
    """Rows that may be the nearest of each row.

    Args:
        vectors: (n, d).
    Returns:
        (n, CANDIDATES), -1 where there are fewer; a row is among its own.
    """
    components = _components(vectors)
    n, width = components.shape
    faiss.omp_set_num_threads(os.cpu_count() or 1)
    index: faiss.Index = faiss.IndexFlatL2(width)
    if n > _FLAT_FILMS:
        # The flat index finds the cells; it must live as long as the other does.
        flat = index
        index = faiss.IndexIVFFlat(flat, width, int(4 * np.sqrt(n)))
        index.nprobe = _CELLS_SEARCHED
        sample = np.random.default_rng(0).permutation(n)[:_TRAINED_ON]
        index.train(components[np.sort(sample)])
    index.add(components)
    found = np.empty((n, min(CANDIDATES, n)), dtype=np.int64)
    for start in range(0, n, _CHUNK):
        cut = slice(start, start + _CHUNK)
        found[cut] = index.search(components[cut], found.shape[1])[1]
    return found


def _components(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    """The first principal components, `(n, COMPONENTS)`, learned from a sample of the rows."""
    rng = np.random.default_rng(0)
    sample = vectors[np.sort(rng.permutation(len(vectors))[:_TRAINED_ON])].astype(np.float64)
    mean = sample.mean(axis=0)
    _, directions = np.linalg.eigh(np.cov((sample - mean).T))
    axes = directions[:, ::-1][:, :COMPONENTS].astype(np.float32)
    components = np.empty((len(vectors), axes.shape[1]), dtype=np.float32)
    for start in range(0, len(vectors), _CHUNK):
        cut = slice(start, start + _CHUNK)
        components[cut] = (vectors[cut] - mean.astype(np.float32)) @ axes
    return components
