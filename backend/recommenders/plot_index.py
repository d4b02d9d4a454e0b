"""Candidates for nearest stories in a large catalogue: a sparse product that is cut short.

The product of the TF-IDF matrix with itself is dear because of common terms: one that a tenth of
the films have pairs each of them with each other. Of every term only the films in which it weighs
most are kept on one side of the product (an impact-ordered index, cut short), the best of each row
are taken, and exact scores over all terms then decide. Measured by `python -m benchmarks.growth`.
"""

from __future__ import annotations

import os

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from sparse_dot_topn import sp_matmul_topn

CANDIDATES = 160
# Films kept of each term. Halving it halves the time; what is lost is printed by the benchmark.
FILMS_OF_A_TERM = 1_000
# In a catalogue this large, where there are better candidates to choose among, fewer.
_LARGE_FILMS, _FILMS_OF_A_TERM_LARGE = 300_000, 300
_CHUNK = 20_000


def candidates(
    indptr: NDArray[np.integer],
    indices: NDArray[np.integer],
    data: NDArray[np.float32],
    terms: int,
) -> NDArray[np.int64]:
    """Rows that may be the nearest of each row of an `(n, terms)` CSR matrix.

    Returns:
        (n, CANDIDATES), -1 where there are fewer; a row is among its own.
    """
    n = len(indptr) - 1
    matrix = sparse.csr_matrix(
        (np.asarray(data), np.asarray(indices, np.int32), np.asarray(indptr)), shape=(n, terms)
    )
    heaviest = _heaviest(matrix, _FILMS_OF_A_TERM_LARGE if n > _LARGE_FILMS else FILMS_OF_A_TERM)
    found = np.full((n, min(CANDIDATES, n)), -1, dtype=np.int64)
    for start in range(0, n, _CHUNK):
        part = sp_matmul_topn(
            matrix[start : start + _CHUNK],
            heaviest,
            top_n=found.shape[1],
            n_threads=os.cpu_count() or 1,
        )
        lengths = np.diff(part.indptr)
        rows = np.repeat(np.arange(len(lengths)), lengths)
        found[start + rows, np.arange(part.nnz) - part.indptr[rows]] = part.indices
    return found


def _heaviest(matrix: sparse.csr_matrix, kept: int) -> sparse.csr_matrix:
    """The transpose, `(terms, n)`, with the `kept` largest weights of each row."""
    by_term = matrix.T.tocsr()
    lengths = np.diff(by_term.indptr)
    keep = np.ones(by_term.nnz, dtype=bool)
    for term in np.flatnonzero(lengths > kept):
        cut = slice(by_term.indptr[term], by_term.indptr[term + 1])
        weights = by_term.data[cut]
        at = len(weights) - kept
        keep[cut] = weights >= np.partition(weights, at)[at]
    by_term.data[~keep] = 0
    by_term.eliminate_zeros()
    return by_term
