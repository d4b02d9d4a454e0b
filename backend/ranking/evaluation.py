"""How well a ranking puts the film that a user really liked next, with honest error bars."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

CUT = 10
_RESAMPLES = 2000
Interval = dict[str, float]


def rank_of(scores: Array, liked: int, seen: NDArray[np.intp]) -> tuple[float, int]:
    """Where a film stands among those not yet seen.

    Args:
        scores: (n,)
        liked: the row of the film liked next, not in `seen`.
        seen: rows left out.
    Returns:
        The rank from 1, the middle one among equal scores; and how many films compete.
    """
    rivals = np.delete(scores, np.append(seen, liked))
    above = int((rivals > scores[liked]).sum())
    equal = int((rivals == scores[liked]).sum())
    return 1.0 + above + equal / 2, len(rivals) + 1


def measures(ranks: Array, competing: Array) -> dict[str, Array]:
    """Per-user measures of `ranks` (users,) among `competing` (users,) films.

    Returns:
        `hit_rate_at_10`: 1 when the film is among the first 10; `ndcg_at_10`: 1 / log2(1 + rank)
        when it is, else 0; `auc`: the share of other films that stand below it.
    """
    hit = (ranks <= CUT).astype(float)
    return {
        f"hit_rate_at_{CUT}": hit,
        f"ndcg_at_{CUT}": hit / np.log2(1.0 + ranks),
        "auc": 1.0 - (ranks - 1.0) / np.maximum(competing - 1.0, 1.0),
    }


def mean_with_interval(values: Array, seed: int) -> Interval:
    """The mean over users and its 95% interval by the percentile bootstrap (Efron, 1979)."""
    rng = np.random.default_rng(seed)
    picks = rng.integers(0, len(values), size=(_RESAMPLES, len(values)))
    low, high = np.percentile(values[picks].mean(axis=1), [2.5, 97.5])
    return {
        "mean": round(float(values.mean()), 4),
        "low": round(float(low), 4),
        "high": round(float(high), 4),
    }


def compare(
    per_user: Mapping[str, Mapping[str, Array]], baseline: str, challenger: str, seed: int
) -> dict[str, dict[str, Interval]]:
    """Means with intervals for each ranking, and the paired gain of one over another.

    Args:
        per_user: ranking -> measure -> (users,).
    Returns:
        ranking -> measure -> mean, low, high; and the same under
        `<challenger> minus <baseline>`, resampling users, so the pairing is kept.
    """
    table = {
        name: {measure: mean_with_interval(values, seed) for measure, values in results.items()}
        for name, results in per_user.items()
    }
    table[f"{challenger} minus {baseline}"] = {
        measure: mean_with_interval(values - per_user[baseline][measure], seed)
        for measure, values in per_user[challenger].items()
    }
    return table
