"""Learning the weights: which of several films does a user with this history like next?

A conditional logit (McFadden, 1974): the chance of the film liked, among it and sampled films not
yet liked, is softmax(weights . terms). The weights are held at 0 or more, so that a block can be
useless but never speaks against what a user likes, and reasons stay true.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from backend.ranking.features import SOURCE_OF_BLOCK, UserFeatures
from backend.ranking.items import BLOCKS, ItemVectors

Array = NDArray[np.float64]

PENALTY = 1e-3
_ROUNDS = 60
_TOLERANCE = 1e-7


@dataclass(frozen=True)
class Choice:
    """One observed choice.

    Attributes:
        user: the features from the history before it.
        candidates: rows of films; the first is the one liked.
    """

    user: UserFeatures
    candidates: NDArray[np.intp]


def term_table(choices: Sequence[Choice], items: ItemVectors) -> Array:
    """The value of each of the model's terms for each candidate.

    Args:
        choices: all with the same number c of candidates, at least 1.
    Returns:
        (choices, c, terms), in the order of `TERMS`.
    """
    vectors = np.stack([choice.user.vector for choice in choices])
    candidates = np.stack([choice.candidates for choice in choices])
    terms = []
    for block in BLOCKS:
        columns = items.columns[block]
        products = vectors[:, columns] @ items.matrix[:, columns].T
        values = np.take_along_axis(products, candidates, axis=1)
        source = SOURCE_OF_BLOCK.get(block)
        if source is None:
            terms.append(values)
        else:
            lean = np.array([choice.user.leaning[source] for choice in choices])[:, None]
            terms += [lean * values, (1.0 - lean) * values]
    return np.stack(terms, axis=-1)


def fit_weights(table: Array, penalty: float = PENALTY) -> Array:
    """The weights >= 0 that make the choices likeliest.

    Minimises mean(-log softmax) + penalty / 2 * |w|^2, which is convex, by Newton's method
    projected on w >= 0 (Bertsekas, 1982).

    Args:
        table: (choices, candidates, terms) from `term_table`; candidate 0 is the one liked.
    Returns:
        (terms,)
    """
    choices, _, size = table.shape
    weights = np.zeros(size)
    loss, chances = _loss(table, weights, penalty)
    for _ in range(_ROUNDS):
        mean = np.einsum("nc,nct->nt", chances, table)
        gradient = (mean - table[:, 0]).mean(axis=0) + penalty * weights
        free = (weights > 0) | (gradient < 0)
        if np.abs(gradient[free]).max(initial=0.0) < _TOLERANCE:
            break
        weighted = (chances[..., None] * table).reshape(-1, size)
        hessian = (weighted.T @ table.reshape(-1, size) - mean.T @ mean) / choices
        hessian += (penalty + 1e-9) * np.eye(size)
        step = np.zeros(size)
        step[free] = np.linalg.solve(hessian[np.ix_(free, free)], gradient[free])
        length = 1.0
        while length > 1e-8:
            tried = np.maximum(weights - length * step, 0.0)
            tried_loss, tried_chances = _loss(table, tried, penalty)
            if tried_loss <= loss - 1e-4 * gradient @ (weights - tried):
                break
            length /= 2
        else:
            break
        if loss - tried_loss < _TOLERANCE * 1e-3:
            weights = tried
            break
        weights, loss, chances = tried, tried_loss, tried_chances
    return weights


def _loss(table: Array, weights: Array, penalty: float) -> tuple[float, Array]:
    scores = table @ weights
    scores = scores - scores.max(axis=1, keepdims=True)
    chances = np.exp(scores)
    total = chances.sum(axis=1, keepdims=True)
    loss = float((np.log(total[:, 0]) - scores[:, 0]).mean())
    return loss + penalty / 2 * float(weights @ weights), chances / total


def named(weights: Array, terms: Sequence[str]) -> Mapping[str, float]:
    """The weights by the name of their term."""
    return {term: float(weight) for term, weight in zip(terms, weights, strict=True)}
