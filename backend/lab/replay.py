"""Replaying real viewers: how many of the films that somebody liked next does a way to answer find?

A viewer's likes are walked in the order of time. Each is a query, as a click is on the page: the
films liked so far are left out, and of the answer it is counted how many are among the viewer's
next likes. The viewer did not see our answers, so this measures agreement with what people came to
like by themselves, not what they would have clicked here.
"""

from __future__ import annotations

import random
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from backend.ensemble.policies import Policy
from backend.ensemble.preference import Credit
from backend.ensemble.slate import Slot

Nearest = Callable[[str, int], Sequence[str]]
"""Ids of the films nearest to one, best first: `(liked_id, count)`."""

_DEPTH = 3
_RESAMPLES = 2_000


class Arm(ABC):
    """One way to answer the queries of one viewer, from the first like on."""

    @abstractmethod
    def answer(self, liked_id: str, liked: set[str], count: int) -> Sequence[str]:
        """Up to `count` ids, none of `liked`."""

    def note(self, liked_id: str) -> None:  # noqa: B027 (most arms learn nothing)
        """What the viewer liked next: only arms that learn make use of it."""


class SourceArm(Arm):
    """One recommender alone."""

    def __init__(self, nearest: Nearest) -> None:
        self._nearest = nearest

    def answer(self, liked_id: str, liked: set[str], count: int) -> Sequence[str]:
        """Its nearest films."""
        return _unseen(self._nearest, liked_id, liked, count)[:count]


class PolicyArm(Arm):
    """The slate of a policy over several recommenders, as the ensemble fills it.

    Args:
        policy: decides the shares.
        sources: recommenders by name.
        seed: of the draws.
    """

    def __init__(self, policy: Policy, sources: Mapping[str, Nearest], seed: int) -> None:
        self._policy = policy
        self._sources = sources
        self._rng = random.Random(seed)
        self._credits: list[Credit] = []
        self._slots: dict[str, Slot] = {}
        self._exposure: Mapping[str, float] = {}

    def answer(self, liked_id: str, liked: set[str], count: int) -> Sequence[str]:
        """A slate by the weights of the likes noted so far."""
        names = list(self._sources)
        candidates = {
            name: _unseen(nearest, liked_id, liked, _DEPTH * count)
            for name, nearest in self._sources.items()
        }
        weights = self._policy.weights(self._credits, names)
        slate = self._policy.fill(weights, candidates, count, self._rng, liked)
        self._slots = {slot.movie_id: slot for slot in slate.slots}
        self._exposure = slate.exposure
        return list(self._slots)

    def note(self, liked_id: str) -> None:
        """A like of a film on the last slate is credited to the source that put it there."""
        slot = self._slots.get(liked_id)
        if slot is not None:
            self._credits.append(Credit(slot.source, self._exposure))


class RandomArm(Arm):
    """Any films of the catalogue: what chance finds."""

    def __init__(self, ids: Sequence[str], seed: int) -> None:
        self._ids = ids
        self._rng = random.Random(seed)

    def answer(self, liked_id: str, liked: set[str], count: int) -> Sequence[str]:
        """Films drawn evenly."""
        drawn = self._rng.sample(range(len(self._ids)), min(len(self._ids), count + len(liked)))
        return [film for film in (self._ids[at] for at in drawn) if film not in liked][:count]


def _unseen(nearest: Nearest, liked_id: str, liked: set[str], count: int) -> list[str]:
    """The nearest films without those liked; asks for more only when too few are left."""
    found = [film for film in nearest(liked_id, count) if film not in liked]
    if len(found) < count:
        found = [film for film in nearest(liked_id, count + len(liked)) if film not in liked]
    return found


@dataclass(frozen=True)
class Found:
    """What an arm found for one viewer: queries asked, and later likes found in all of them."""

    queries: int
    found: int


def replay(likes: Sequence[str], arm: Arm, count: int, ahead: int) -> Found:
    """Walk the likes of one viewer.

    Args:
        likes: different film ids, oldest first.
        count: films of an answer.
        ahead: later likes that count for a query.
    """
    found = 0
    for at, liked_id in enumerate(likes[:-1]):
        answer = arm.answer(liked_id, set(likes[: at + 1]), count)
        found += len(set(answer) & set(likes[at + 1 : at + 1 + ahead]))
        arm.note(likes[at + 1])
    return Found(max(0, len(likes) - 1), found)


def per_query(viewers: Sequence[Found], seed: int = 0) -> tuple[float, float, float]:
    """Later likes found per query with its 95 % interval, resampling viewers (Efron, 1979).

    Queries of one viewer hang together, so viewers are resampled and not queries.

    Args:
        viewers: at least one with a query.
    Returns:
        Mean, low, high.
    """
    queries = np.array([viewer.queries for viewer in viewers], dtype=float)
    found = np.array([viewer.found for viewer in viewers], dtype=float)
    picks = np.random.default_rng(seed).integers(0, len(viewers), (_RESAMPLES, len(viewers)))
    resampled = found[picks].sum(axis=1) / np.maximum(queries[picks].sum(axis=1), 1.0)
    low, high = np.percentile(resampled, [2.5, 97.5])
    return float(found.sum() / queries.sum()), float(low), float(high)
