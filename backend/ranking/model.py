"""The ranking model: a weight for each block, and one matrix product for a batch of users.

The score of a film for a user is the sum over blocks of weight * (user's block . film's block).
A block that a source looks at has two weights: one for a user who leans to that source entirely,
one for a user who does not lean to it at all, blended by the user's leaning.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from backend.ranking.features import SOURCE_OF_BLOCK, UserFeatures, extract_features
from backend.ranking.interactions import Interaction
from backend.ranking.items import BLOCKS, ItemVectors
from backend.ranking.reasons import reasons_for

Array = NDArray[np.float64]

# One learned weight each: a block, or a block for users that lean to its source, or away.
TERMS = tuple(
    term
    for block in BLOCKS
    for term in ((f"{block}|leaning", f"{block}|away") if block in SOURCE_OF_BLOCK else (block,))
)
# Products of different batch sizes differ in the last bits; ranks must not.
_DECIMALS = 9


@dataclass(frozen=True, slots=True)
class Ranked:
    """One film of an answer.

    Attributes:
        item_id, title, year: the film.
        score: 0 to 1, the model's chance that this user likes the film rather than an average
            one of the catalogue.
        reason: in plain words; see `reasons`.
        block: what the reason is about, one of `BLOCKS`.
    """

    item_id: str
    title: str
    year: int | None
    score: float
    reason: str
    block: str


@dataclass(frozen=True)
class RankingModel:
    """A trained model; immutable.

    Attributes:
        items: the catalogue.
        weights: >= 0, one for each of `TERMS`.
        average: (d,) the average persona.
        metrics: of the evaluation, for display.
    """

    items: ItemVectors
    weights: Mapping[str, float]
    average: Array
    metrics: Mapping[str, Any]

    def features(
        self, user_id: str, history: Sequence[Interaction], synthetic: bool = False
    ) -> UserFeatures:
        """The features of a user under this model's catalogue; see `extract_features`."""
        return extract_features(user_id, history, self.items, self.average, synthetic)

    def weighted(self, users: Sequence[UserFeatures]) -> Array:
        """(batch, d): each user's vector times the weights of the blocks."""
        batch = np.stack([user.vector for user in users])
        for block, columns in self.items.columns.items():
            source = SOURCE_OF_BLOCK.get(block)
            if source is None:
                batch[:, columns] *= self.weights[block]
            else:
                lean = np.array([user.leaning[source] for user in users])
                high, low = self.weights[f"{block}|leaning"], self.weights[f"{block}|away"]
                batch[:, columns] *= (lean * high + (1.0 - lean) * low)[:, None]
        return batch

    def score(self, users: Sequence[UserFeatures]) -> Array:
        """The scores of a batch over the whole catalogue in one product: (batch, n)."""
        return np.asarray(np.round(self.weighted(users) @ self.items.matrix.T, _DECIMALS))

    def rank(self, users: Sequence[UserFeatures], top_k: Sequence[int]) -> list[list[Ranked]]:
        """The best films of each user, best first, without films already liked.

        Args:
            users: the batch, at least 1.
            top_k: for each user how many films, >= 1.
        Returns:
            For each user at most its `top_k` films, fewer when the catalogue has no more left.
        """
        weighted = self.weighted(users)
        scores = np.round(weighted @ self.items.matrix.T, _DECIMALS)
        centre = scores.mean(axis=1)
        for row, user in enumerate(users):
            seen = [self.items.row_of[film] for film in user.liked if film in self.items.row_of]
            scores[row, seen] = -np.inf
        answers = []
        for row, best in enumerate(top_rows(scores, max(top_k))):
            chosen = [int(item) for item in best[: top_k[row]]]
            chances = 1.0 / (1.0 + np.exp(centre[row] - scores[row, chosen]))
            reasons = reasons_for(users[row], weighted[row], chosen, self.items)
            answers.append(
                [
                    self._ranked(item, chance, block, reason)
                    for item, chance, (block, reason) in zip(
                        chosen, chances.tolist(), reasons, strict=True
                    )
                ]
            )
        return answers

    def _ranked(self, item: int, chance: float, block: str, reason: str) -> Ranked:
        items = self.items
        return Ranked(
            items.ids[item], items.titles[item], items.years[item], round(chance, 4), reason, block
        )


def top_rows(scores: Array, count: int) -> list[NDArray[np.intp]]:
    """The columns of the `count` highest scores of each row, best first.

    Args:
        scores: (batch, n); -inf is left out.
        count: >= 1.
    Returns:
        For each row at most `count` columns; of equal scores the lower column comes first.
    """
    n = scores.shape[1]
    count = min(count, n)
    # Everything at or above the count-th score, found without sorting the whole row.
    border = -np.partition(-scores, count - 1, axis=1)[:, count - 1]
    best = []
    for row, least in zip(scores, border, strict=True):
        candidates = np.flatnonzero((row >= least) & np.isfinite(row))
        order = np.argsort(-row[candidates], kind="stable")
        best.append(candidates[order][:count])
    return best
