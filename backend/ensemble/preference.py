"""How much a person prefers each source, judged by likes and corrected for exposure.

Model: each source s has an attraction theta_s > 0. On a slate where source s could expect a share
e_s of the slots, the next like falls on s with probability

    e_s theta_s / sum_t e_t theta_t

(Luce's choice axiom, 1959, over slots). A source shown twice as often must be liked twice as often
to be preferred as much, so clicking at random leaves the mix even in the long run. The estimate is
the posterior mode under a prior of `prior_likes` likes for each source on an even slate; the
log-posterior is strictly concave in log theta, so there is one mode and Newton's method finds it.
Every like raises the share of its source.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

_ROUNDS = 50
_TOLERANCE = 1e-9
_LONGEST_STEP = 2.0
# No slate tells more about a source than this: keeps every like informative, also on a slate
# where only one source answered.
_LEAST_EXPOSURE = 0.02


class Credited(Protocol):
    """One like: its source, and the share of that slate each source could expect (sums to 1)."""

    @property
    def source(self) -> str: ...
    @property
    def exposure(self) -> Mapping[str, float]: ...


@dataclass(frozen=True)
class Credit:
    """A like and nothing else about it."""

    source: str
    exposure: Mapping[str, float]


def attraction(
    credits: Sequence[Credited], sources: Sequence[str], prior_likes: float
) -> dict[str, float]:
    """Share of the attraction of each source, > 0, summing to 1.

    Args:
        credits: likes; one of a source that is not in `sources` counts for nothing.
        sources: one or more names.
        prior_likes: > 0; weight of the prior, in likes per source.
    """
    k = len(sources)
    known = [credit for credit in credits if credit.source in sources]
    log_theta = np.zeros(k)
    if known and k > 1:
        exposures = [credit.exposure for credit in known]
        shown = np.empty((len(known), k))
        for place, source in enumerate(sources):
            shown[:, place] = [exposure.get(source, 0.0) for exposure in exposures]
        shown = np.maximum(shown, _LEAST_EXPOSURE)
        count = Counter(credit.source for credit in known)
        liked = np.array([count[source] for source in sources], dtype=np.float64)
        mode = _mode_of_two if k == 2 else _mode
        log_theta = mode(np.log(shown), liked, prior_likes)
    theta = np.exp(log_theta - log_theta.max())
    shares = theta / theta.sum()
    return {source: float(share) for source, share in zip(sources, shares, strict=True)}


def _mode(
    log_shown: NDArray[np.float64], liked: NDArray[np.float64], prior: float
) -> NDArray[np.float64]:
    """Maximize the log-posterior over log theta by Newton's method, in steps of bounded length."""
    k = log_shown.shape[1]
    # The prior's likes are likes on even slates.
    log_rows = np.vstack([log_shown, np.zeros((1, k))])
    weight = np.ones((len(log_rows), 1))
    weight[-1] = prior * k
    wanted = liked + prior
    direction = np.full((k, k), 1.0 / k)
    b = np.zeros(k)
    for _ in range(_ROUNDS):
        chosen = np.exp(log_rows + b)
        chosen /= chosen.sum(axis=1, keepdims=True)
        weighted = weight * chosen
        expected = weighted.sum(axis=0)
        gradient = wanted - expected
        if np.abs(gradient).max() < _TOLERANCE:
            break
        curvature = np.diag(expected) - weighted.T @ chosen
        # Adding the same to every entry changes nothing; `direction` fixes that at zero.
        step = np.linalg.solve(curvature + direction, gradient)
        b += step * min(1.0, _LONGEST_STEP / float(np.abs(step).max()))
    return b


def _mode_of_two(
    log_shown: NDArray[np.float64], liked: NDArray[np.float64], prior: float
) -> NDArray[np.float64]:
    """`_mode` of two sources, where one number is looked for: a fifth of the time."""
    # With b the log of how much more the first attracts, a like falls on it with chance
    # 1 / (1 + exp(-(log_odds + b))).
    log_odds = log_shown[:, 0] - log_shown[:, 1]
    wanted = float(liked[0]) + prior
    b = 0.0
    for _ in range(_ROUNDS):
        chance = 1.0 / (1.0 + np.exp(-(log_odds + b)))
        even = 1.0 / (1.0 + math.exp(-b))
        gradient = wanted - float(chance.sum()) - 2 * prior * even
        if abs(gradient) < _TOLERANCE:
            break
        curvature = float(chance @ (1.0 - chance)) + 2 * prior * even * (1.0 - even)
        b += max(-_LONGEST_STEP, min(_LONGEST_STEP, gradient / curvature))
    return np.array([b / 2, -b / 2])


def blend(shares: Mapping[str, float], least: float) -> dict[str, float]:
    """Shares pulled towards even so that none is below `least`; order and strictness are kept.

    Args:
        shares: sum to 1.
        least: 0 <= least < 1 / number of sources; a larger one gives even shares.
    """
    count = len(shares)
    room = max(0.0, 1.0 - count * least)
    even = least if room > 0 else 1.0 / count
    return {source: even + room * share for source, share in shares.items()}
