"""Who gets which slot: fill a slate so that every prefix follows the weights.

Terms: a *slate* is the list of films shown; a *turn* is the source whose film fills a slot; the
*propensity* of a slot is the probability, before the draw, that its turn went to the source that
got it.
"""

from __future__ import annotations

import math
import random
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from backend.errors import InvalidInput, InvalidWeight

_EPSILON = 1e-9


@dataclass(frozen=True, slots=True)
class Slot:
    """One place of a slate.

    Attributes:
        source: the recommender whose turn it was; a like of this film is credited to it.
        propensity: probability with which this slot was given to `source`, 0 < p <= 1.
        also: other sources that would have offered this film in a slate of this length.
    """

    movie_id: str
    source: str
    propensity: float
    also: tuple[str, ...] = ()


@dataclass(frozen=True)
class Slate:
    """The slots, first shown first, and the share of the slots each source could expect."""

    slots: tuple[Slot, ...]
    exposure: Mapping[str, float]


def normalize(weights: Mapping[str, float]) -> dict[str, float]:
    """Weights as shares that sum to 1.

    Raises:
        InvalidWeight: a weight is negative or not finite, or all are zero.
    """
    for source, weight in weights.items():
        if not math.isfinite(weight) or weight < 0:
            raise InvalidWeight(
                f"weight of {source} must be finite and at least 0, got {weight!r}",
                field=source,
                value=weight,
            )
    total = sum(weights.values())
    if total <= 0:
        raise InvalidWeight(f"one weight must be above 0, got {dict(weights)!r}", field="weights")
    return {source: weight / total for source, weight in weights.items()}


def turn_chances(
    shares: Mapping[str, float], given: Mapping[str, int], horizon: int
) -> dict[str, float]:
    """Chances of each source for the next turn, so that quota is kept up to `horizon`.

    A turn may go to a source that stays within its upper quota and leaves every source able to
    reach its lower quota: the quota method of Balinski and Young (1975). Among those the chances
    follow how far each is behind.

    Args:
        shares: sum to 1.
        given: turns each source has had.
        horizon: number of turns in all, more than have been given.
    """
    turn = sum(given.values()) + 1
    open_sources = [
        source
        for source, share in shares.items()
        if given[source] + 1 <= _ceil(share * turn)
        and _leaves_quota(source, shares, given, horizon)
    ]
    behind = {s: max(_EPSILON, shares[s] * turn - given[s]) for s in open_sources}
    total = sum(behind.values())
    return {source: need / total for source, need in behind.items()}


def _leaves_quota(
    source: str, shares: Mapping[str, float], given: Mapping[str, int], horizon: int
) -> bool:
    """Whether every lower quota can still be met when `source` has the next turn."""
    turn = sum(given.values()) + 1
    for later in range(turn, horizon + 1):
        owed = sum(
            max(0, _floor(share * later) - given[s] - (s == source)) for s, share in shares.items()
        )
        if owed > later - turn:
            return False
    return True


def apportion(weights: Mapping[str, float], count: int, rng: random.Random) -> list[str]:
    """Decide which source fills each slot, so that every prefix follows the weights.

    Args:
        weights: share of each source; finite, >= 0, at least one > 0. Need not sum to 1.
        count: number of slots, >= 0.
        rng: draws where the weights leave a choice.
    Returns:
        `count` source names, first slot first. After k slots a source with share s has between
        floor(s * k) and ceil(s * k) of them.
    Raises:
        InvalidWeight: a weight is negative or not finite, or all are zero.
        InvalidInput: `count` is negative.
    """
    shares = _positive(weights)
    if count < 0:
        raise InvalidInput(f"count must be at least 0, got {count}", field="count")
    if len(shares) <= 2:
        return _systematic(shares, count, rng)
    given = dict.fromkeys(shares, 0)
    turns = []
    for _ in range(count):
        chances = turn_chances(shares, given, count)
        (turn,) = rng.choices(list(chances), list(chances.values()))
        given[turn] += 1
        turns.append(turn)
    return turns


def _systematic(shares: Mapping[str, float], count: int, rng: random.Random) -> list[str]:
    """Turns of one or two sources by systematic sampling.

    After k slots the first source has floor(s * k + u) for one u drawn from [0, 1): within quota,
    and each slot is the first source's with probability exactly s (Madow, 1949).
    """
    names = list(shares)
    first, last = names[0], names[-1]
    start = rng.random()
    reached = [math.floor(shares[first] * k + start) for k in range(count + 1)]
    return [first if reached[k + 1] > reached[k] else last for k in range(count)]


def propensities(weights: Mapping[str, float], count: int) -> list[dict[str, float]]:
    """For each slot the probability of each source, before any draw.

    With two sources these are the shares. With more, every state that `apportion` can be in is
    followed: at most two counts per source at a time.
    Arguments as in `apportion`; each dict sums to 1.
    """
    shares = _positive(weights)
    if len(shares) <= 2:
        return [dict(shares) for _ in range(count)]
    states: dict[tuple[int, ...], float] = {(0,) * len(shares): 1.0}
    names = list(shares)
    result = []
    for _ in range(count):
        after: dict[tuple[int, ...], float] = {}
        slot = dict.fromkeys(names, 0.0)
        for counts, chance in states.items():
            given = dict(zip(names, counts, strict=True))
            for source, step in turn_chances(shares, given, count).items():
                slot[source] += chance * step
                at = names.index(source)
                state = (*counts[:at], counts[at] + 1, *counts[at + 1 :])
                after[state] = after.get(state, 0.0) + chance * step
        states = after
        result.append(slot)
    return result


def fill(
    weights: Mapping[str, float],
    candidates: Mapping[str, Sequence[str]],
    count: int,
    rng: random.Random,
    exclude: Collection[str] = (),
) -> Slate:
    """Fill a slate of `count` different films, turn by turn.

    A film that several sources offer belongs to the one that ranks it highest; a tie is drawn. So
    who leads does not decide who is credited. A source without films left drops out, and the
    others share the remaining slots by their weights; sources of weight 0 are used last.

    Args:
        weights: as in `apportion`, for the sources of `candidates`.
        candidates: film ids by source, best first.
        exclude: films that must not be shown.
    Returns:
        `count` slots, fewer only when there are fewer films.
    Raises:
        InvalidWeight, InvalidInput: as in `apportion`.
    """
    normalize(weights)
    queues = _queues(candidates, exclude, rng)
    places = {s: {film: i for i, film in enumerate(films)} for s, films in candidates.items()}
    shown: set[str] = set()
    slots: list[Slot] = []
    exposure = dict.fromkeys(candidates, 0.0)
    active = {source: weights.get(source, 0.0) for source in candidates}
    while len(slots) < count and active:
        if not any(active.values()):
            active = dict.fromkeys(active, 1.0)
        rest = count - len(slots)
        turns = apportion(active, rest, rng)
        chances = propensities(active, rest)
        for turn, chance in zip(turns, chances, strict=True):
            film = _next_film(queues[turn], shown)
            if film is None:
                del active[turn]
                break
            shown.add(film)
            also = tuple(s for s, p in places.items() if s != turn and p.get(film, count) < count)
            slots.append(Slot(film, turn, chance[turn], also))
            for source, probability in chance.items():
                exposure[source] += probability
    if slots:
        exposure = {source: total / len(slots) for source, total in exposure.items()}
    return Slate(tuple(slots), exposure)


def _queues(
    candidates: Mapping[str, Sequence[str]], exclude: Collection[str], rng: random.Random
) -> dict[str, list[str]]:
    """Each source's films in order: first those that belong to it, then the others it offers."""
    best: dict[str, tuple[int, float, str]] = {}
    for source, films in candidates.items():
        for place, film in enumerate(films):
            if film not in exclude:
                claim = (place, rng.random(), source)
                best[film] = min(best.get(film, claim), claim)
    queues: dict[str, list[str]] = {}
    for source, films in candidates.items():
        offered = [film for film in dict.fromkeys(films) if film not in exclude]
        own = [film for film in offered if best[film][2] == source]
        queues[source] = own + [film for film in offered if best[film][2] != source]
    return queues


def _next_film(queue: list[str], shown: Collection[str]) -> str | None:
    while queue:
        film = queue.pop(0)
        if film not in shown:
            return film
    return None


def _positive(weights: Mapping[str, float]) -> dict[str, float]:
    return {source: share for source, share in normalize(weights).items() if share > 0}


def _ceil(value: float) -> int:
    return math.ceil(value - _EPSILON)


def _floor(value: float) -> int:
    return math.floor(value + _EPSILON)
