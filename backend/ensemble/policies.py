"""The policies: how likes become weights, and how weights become a slate.

Adding one is a class and a line in `POLICIES`.
"""

from __future__ import annotations

import math
import random
from abc import ABC, abstractmethod
from collections.abc import Collection, Mapping, Sequence
from typing import ClassVar

from backend.ensemble.preference import Credited, attraction, blend
from backend.ensemble.slate import Slate, Slot, fill, normalize
from backend.errors import InvalidInput, shorten


class Policy(ABC):
    """One way to mix sources.

    Class attributes:
        name: in requests and settings.
        label, help: for people.
    """

    name: ClassVar[str]
    label: ClassVar[str]
    help: ClassVar[str]

    @abstractmethod
    def weights(self, credits: Sequence[Credited], sources: Sequence[str]) -> dict[str, float]:
        """The share of each source after these likes, oldest first; sums to 1."""

    def fill(
        self,
        weights: Mapping[str, float],
        candidates: Mapping[str, Sequence[str]],
        count: int,
        rng: random.Random,
        exclude: Collection[str] = (),
    ) -> Slate:
        """A slate of `count` films by these weights; see `slate.fill`."""
        return fill(weights, candidates, count, rng, exclude)


class StaticPolicy(Policy):
    """Every source the same share, whatever is liked."""

    name: ClassVar[str] = "static"
    label: ClassVar[str] = "Static"
    help: ClassVar[str] = "Every source keeps the same share. Likes are counted but change nothing."

    def weights(self, credits: Sequence[Credited], sources: Sequence[str]) -> dict[str, float]:
        """Even shares."""
        return {source: 1 / len(sources) for source in sources}


class PreferencePolicy(Policy):
    """Shares follow likes, corrected for how often each source was shown.

    Args:
        prior_likes: > 0; see `preference.attraction`.
        exploration_share: least share of a source, so that it can still win likes.
    """

    name: ClassVar[str] = "preference"
    label: ClassVar[str] = "Preference"
    help: ClassVar[str] = (
        "Shares follow your likes, corrected for how often each source was shown. "
        "Clicking at random keeps the mix even."
    )

    def __init__(self, prior_likes: float = 1.0, exploration_share: float = 0.05) -> None:
        self.prior_likes = prior_likes
        self.exploration_share = exploration_share

    def weights(self, credits: Sequence[Credited], sources: Sequence[str]) -> dict[str, float]:
        """The attraction of each source, kept above the exploration share."""
        shares = attraction(credits, list(sources), self.prior_likes)
        return blend(shares, self.exploration_share)


class ClassicPolicy(Policy):
    """The tutorial's rule, bug for bug, kept for comparison.

    Likes are counted without regard to exposure; one is added to every source only while some
    source has no like, so the first like of the last source hardly moves the mix. The weights set
    only the order of turns: the leader twice, then each source once, round and round. Each source
    offers six films for a slate of ten, and turns go on until there is one film too many or the
    leader has none left: nine films when a source leads, eleven when the mix is even.
    """

    name: ClassVar[str] = "classic"
    label: ClassVar[str] = "Classic (the tutorial)"
    help: ClassVar[str] = (
        "The tutorial's rule with its flaws, for comparison: no correction for exposure, and the "
        "cards ignore how far the mix has moved."
    )

    def weights(self, credits: Sequence[Credited], sources: Sequence[str]) -> dict[str, float]:
        """Counts of likes, each plus one while any source has none."""
        counts = dict.fromkeys(sources, 0)
        for credit in credits:
            if credit.source in counts:
                counts[credit.source] += 1
        smooth = 1 if min(counts.values()) == 0 else 0
        return normalize({source: count + smooth for source, count in counts.items()})

    def fill(
        self,
        weights: Mapping[str, float],
        candidates: Mapping[str, Sequence[str]],
        count: int,
        rng: random.Random,
        exclude: Collection[str] = (),
    ) -> Slate:
        """Nine or eleven films for `count` 10; propensities are 1, nothing is drawn."""
        shares = {source: normalize(weights).get(source, 0.0) for source in candidates}
        by_weight = sorted(shares, key=lambda source: -shares[source])
        offered = math.ceil(0.6 * count)
        queues = {
            source: [film for film in candidates[source] if film not in exclude][:offered]
            for source in by_weight
        }
        leader = by_weight[0]
        leads = len(by_weight) > 1 and shares[leader] > shares[by_weight[1]]
        round_of_turns = [leader, *by_weight] if leads else by_weight
        slots: dict[str, Slot] = {}
        turn = 0
        while len(slots) <= count:
            source = round_of_turns[turn % len(round_of_turns)]
            turn += 1
            if queues[source]:
                film = queues[source].pop(0)
                slots.setdefault(film, Slot(film, source, 1.0))
            elif source == leader or not any(queues.values()):
                break
        exposure = {
            source: sum(slot.source == source for slot in slots.values()) / max(1, len(slots))
            for source in candidates
        }
        return Slate(tuple(slots.values()), exposure)


POLICIES: dict[str, type[Policy]] = {
    policy.name: policy for policy in (PreferencePolicy, StaticPolicy, ClassicPolicy)
}


def require_policy(name: str) -> None:
    """Refuse a name that no policy has.

    Raises:
        InvalidInput: this is one.
    """
    if name not in POLICIES:
        raise InvalidInput(
            f"policy must be one of {', '.join(POLICIES)}, got {shorten(name)!r}; "
            "see GET /rec/sources",
            field="policy",
            value=name,
        )


def make_policy(name: str, prior_likes: float, exploration_share: float) -> Policy:
    """The policy of this name.

    Raises:
        InvalidInput: there is none.
    """
    require_policy(name)
    if name == PreferencePolicy.name:
        return PreferencePolicy(prior_likes, exploration_share)
    return POLICIES[name]()
