"""What sessions are made of: rankings, likes, and the events that the log holds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from sys import intern
from typing import Any

from backend.ensemble.slate import Slot


@dataclass(frozen=True, slots=True)
class Ranking:
    """One ranking as it was shown.

    Attributes:
        anchor_id: the liked film that it was made for.
        dist: the weights in force, by source, summing to 1.
        exposure: share of the slots each source could expect.
        missing: sources that gave no candidates, with the reason.
        at: Unix time in seconds.
        like: the like that came with the request, as answered; None when nothing was liked.
    """

    ranking_id: str
    policy: str
    anchor_id: str
    dist: Mapping[str, float]
    slots: tuple[Slot, ...]
    exposure: Mapping[str, float]
    missing: Mapping[str, str]
    count: int
    at: float
    like: Mapping[str, Any] | None = None

    def source_of(self, movie_id: str) -> str | None:
        """The source credited for a film of this ranking; None when it was not shown."""
        return next((slot.source for slot in self.slots if slot.movie_id == movie_id), None)

    def shown(self) -> dict[str, int]:
        """Slots of each source that could expect any."""
        counts = dict.fromkeys(self.dist, 0)
        for slot in self.slots:
            counts[slot.source] = counts.get(slot.source, 0) + 1
        return counts


@dataclass(frozen=True, slots=True)
class Like:
    """One counted like; `dist` is the mix that it led to."""

    ranking_id: str
    movie_id: str
    source: str
    exposure: Mapping[str, float]
    dist: Mapping[str, float]
    at: float


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened to a session.

    Attributes:
        kind: ranked, liked, undone or reset.
        movie_id: the film liked or taken back; of a ranking, the film it was made for.
    """

    kind: str
    at: float
    ranking_id: str = ""
    movie_id: str = ""
    payload: Mapping[str, Any] = field(default_factory=dict)


def ranked(ranking: Ranking) -> Event:
    """The event of a ranking having been shown."""
    payload = {
        "policy": ranking.policy,
        "dist": dict(ranking.dist),
        "slots": [[s.movie_id, s.source, s.propensity, list(s.also)] for s in ranking.slots],
        "exposure": dict(ranking.exposure),
        "missing": dict(ranking.missing),
        "count": ranking.count,
        "like": dict(ranking.like) if ranking.like else None,
    }
    return Event("ranked", ranking.at, ranking.ranking_id, ranking.anchor_id, payload)


def ranking_from(event: Event) -> Ranking:
    """The ranking of a `ranked` event."""
    payload = dict(event.payload)
    # The same ids come in many rankings of many sessions: one text each is enough.
    slots = tuple(
        Slot(intern(movie), intern(source), chance, tuple(map(intern, also)))
        for movie, source, chance, also in payload.pop("slots")
    )
    return Ranking(
        ranking_id=event.ranking_id,
        anchor_id=event.movie_id,
        slots=slots,
        at=event.at,
        **payload,
    )
