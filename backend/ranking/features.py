"""What is known of a user: recency-weighted means of the vectors of the films liked.

The weight of a like is

    2 ** -(age_days / HALF_LIFE_DAYS)  *  2 ** -(later_likes / HALF_LIFE_LIKES)

where age is counted from the newest like, and later_likes is how many likes came after it. Over
a year of history both factors speak. In a live session all ages are minutes, the first factor is
1, and the order alone decides. Counting age from the newest like and not from the present changes
nothing, since weights are divided by their sum, and makes the features a function of the history
alone: the same user has the same features on every replica, at any time.

The mean is then drawn towards the average persona as far as there is little evidence:

    vector = s * mean + (1 - s) * average,   s = n / (n + PRIOR_LIKES)

with n the effective number of likes, (sum of weights)^2 / (sum of squared weights) (Kish, 1965).
A user without a like is the average persona.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from backend.ranking.interactions import HISTORY_LIMIT, Interaction
from backend.ranking.items import ItemVectors

Array = NDArray[np.float64]

# Held-out personas are ranked about as well by half the half-lives or by twice as long ones: the
# difference lies within the error bars.
HALF_LIFE_DAYS = 180.0
HALF_LIFE_LIKES = 20.0
PRIOR_LIKES = 1.0
# The block that each source looks at: a user's leaning to a source makes its block count more.
SOURCE_OF_BLOCK = {"colors": "color", "plot": "plot"}
_SECONDS_A_DAY = 86_400.0


@dataclass(frozen=True)
class UserFeatures:
    """One user, ready to be scored.

    Attributes:
        user_id: as asked for.
        known: whether there is a like to go by; False is the average persona.
        likes: number of likes of films in the catalogue, at most `HISTORY_LIMIT`.
        last_like_at: unix seconds, None without a like.
        leaning: for each source of `SOURCE_OF_BLOCK` the share of likes credited to it, 0 to 1,
            smoothed by one like for each; they sum to 1.
        vector: (d,) the taste, in the columns of `ItemVectors`.
        liked: film ids, newest first.
        synthetic: whether the user was made up by the build.
    """

    user_id: str
    known: bool
    likes: int
    last_like_at: float | None
    leaning: Mapping[str, float]
    vector: Array
    liked: tuple[str, ...] = field(default=())
    synthetic: bool = False

    def taste(self, items: ItemVectors, block: str, count: int = 3) -> list[tuple[str, float]]:
        """The `count` columns of a block that stand out most, e.g. genres, with their values."""
        values = self.vector[items.columns[block]]
        order = np.argsort(-values, kind="stable")[:count]
        return [(items.labels[block][column], float(values[column])) for column in order]


def like_weights(at: Array) -> Array:
    """The formula of the module, not yet divided by the sum.

    Args:
        at: (n,) unix seconds, oldest first.
    Returns:
        (n,) in (0, 1]; the newest like has 1.
    """
    if len(at) == 0:
        return np.zeros(0)
    age_days = np.maximum(at[-1] - at, 0.0) / _SECONDS_A_DAY
    later_likes = np.arange(len(at))[::-1]
    return np.asarray(np.exp2(-age_days / HALF_LIFE_DAYS - later_likes / HALF_LIFE_LIKES))


def leaning_of(sources: Sequence[str | None]) -> dict[str, float]:
    """The share of likes credited to each source, with one like for each to begin with."""
    counts = dict.fromkeys(SOURCE_OF_BLOCK.values(), 1.0)
    for source in sources:
        if source in counts:
            counts[source] += 1.0
    total = sum(counts.values())
    return {source: count / total for source, count in counts.items()}


def mean_vector(rows: Array, weights: Array) -> Array:
    """The weighted mean of `rows` (n, d) with the `weights` (n,), n >= 1: (d,)."""
    return np.asarray(weights @ rows / weights.sum())


def strength_of(weights: Array) -> float:
    """s of the module's formula, 0 (no like) to 1 (very many)."""
    if len(weights) == 0:
        return 0.0
    effective = float(weights.sum() ** 2 / (weights**2).sum())
    return effective / (effective + PRIOR_LIKES)


def extract_features(
    user_id: str,
    history: Sequence[Interaction],
    items: ItemVectors,
    average: Array,
    synthetic: bool = False,
) -> UserFeatures:
    """The features of a user.

    Args:
        history: likes in any order; films that are not in the catalogue count for nothing, and
            of several likes of one film the newest counts.
        items: the catalogue.
        average: (d,) the average persona.
    """
    ordered = sorted(history, key=lambda like: (like.at, like.movie_id))
    newest = {like.movie_id: like for like in ordered if like.movie_id in items.row_of}
    likes = sorted(newest.values(), key=lambda like: (like.at, like.movie_id))[-HISTORY_LIMIT:]
    if not likes:
        return UserFeatures(user_id, False, 0, None, leaning_of([]), average, (), synthetic)
    weights = like_weights(np.array([like.at for like in likes]))
    rows = items.matrix[[items.row_of[like.movie_id] for like in likes]]
    strength = strength_of(weights)
    vector = strength * mean_vector(rows, weights) + (1.0 - strength) * average
    # Popularity is a property of films alone: every user has the same 1 there.
    vector[items.columns["popularity"]] = 1.0
    return UserFeatures(
        user_id=user_id,
        known=True,
        likes=len(likes),
        last_like_at=likes[-1].at,
        leaning=leaning_of([like.source for like in likes]),
        vector=vector,
        liked=tuple(like.movie_id for like in reversed(likes)),
        synthetic=synthetic,
    )
