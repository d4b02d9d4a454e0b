"""Weights of terms in films, in both orders: the terms of a film, the films of a term."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix


@dataclass(frozen=True)
class TermMatrix:
    """TF-IDF weights of `n` films and `m` terms, by film and by term.

    Attributes:
        indptr, indices, data: by film: CSR, rows of unit length, columns ascending in each row.
        term_starts, films, weights: by term: the films that have it, ascending, and their weights.
    """

    indptr: NDArray[np.integer]
    indices: NDArray[np.integer]
    data: NDArray[np.float32]
    term_starts: NDArray[np.integer]
    films: NDArray[np.integer]
    weights: NDArray[np.float32]

    @classmethod
    def of(cls, matrix: csr_matrix) -> Self:
        """Both orders of a CSR matrix with sorted columns."""
        by_term = matrix.tocsc()
        by_term.sort_indices()
        return cls(
            indptr=matrix.indptr.astype(np.int64),
            indices=matrix.indices.astype(np.int32),
            data=matrix.data.astype(np.float32),
            term_starts=by_term.indptr.astype(np.int64),
            films=by_term.indices.astype(np.int32),
            weights=by_term.data.astype(np.float32),
        )

    def row(self, film: int) -> tuple[NDArray[np.integer], NDArray[np.float32]]:
        """Terms of a film and their weights."""
        cut = slice(self.indptr[film], self.indptr[film + 1])
        return self.indices[cut], self.data[cut]

    def postings(self, term: int) -> tuple[NDArray[np.integer], NDArray[np.float32]]:
        """Films of a term and their weights."""
        cut = slice(self.term_starts[term], self.term_starts[term + 1])
        return self.films[cut], self.weights[cut]
