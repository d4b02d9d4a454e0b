"""What one viewer sees: the slate on screen, the mix and its history. Plain state, no Streamlit."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

Json = dict[str, Any]


@dataclass(frozen=True)
class Point:
    """The mix after one like.

    Attributes:
        number: the like's number from 1; 0 is before any like.
        dist: share of each source in force from then on, by name, summing to 1.
        shown: cards of each source in the slate that followed, empty when there was none.
        source: the source that won the like, "" for number 0.
        title: the liked film's title, "" for number 0.
    """

    number: int
    dist: dict[str, float]
    shown: dict[str, int]
    source: str = ""
    title: str = ""


@dataclass
class LiveSession:
    """The state of one viewer's screen.

    Attributes:
        key: the session's key, None before the first film was picked.
        policy: the chosen policy, "" for the backend's default.
        dist: share of each source in force, by name; empty before anything is known.
        anchor: the film the slate is based on, None before the first pick.
        ranking: the slate on screen as the backend answered it, None before the first.
        history: one point for each like, oldest first, the first one number 0.
        turn: grows by one with every answer, so that a browser can tell a new one.
    """

    key: str | None = None
    policy: str = ""
    dist: dict[str, float] = field(default_factory=dict)
    anchor: Json | None = None
    ranking: Json | None = None
    history: list[Point] = field(default_factory=list)
    turn: int = 0

    @property
    def likes(self) -> int:
        """How many likes count."""
        return self.history[-1].number if self.history else 0

    def copy(self) -> LiveSession:
        """The same state, to be changed apart: whoever reads the old one reads it whole."""
        return replace(self, dist=dict(self.dist), history=list(self.history))

    def show(self, answer: Json) -> None:
        """Take over an answer of the ensemble: the next slate, perhaps with a like that counted.

        Args:
            answer: as `GET /rec/ensemble` answers.
        """
        self.turn += 1
        self._take(answer)
        like = _object(answer.get("like"))
        shown = counts(answer.get("shown"))
        if like.get("counted") is True:
            title = str((self.anchor or {}).get("title", ""))
            self._append(Point(self.likes + 1, self.dist, shown, str(like.get("source")), title))
        elif self.history:
            last = self.history[-1]
            self.history[-1] = Point(last.number, self.dist, shown, last.source, last.title)
        else:
            self.history.append(Point(0, self.dist, shown))

    def restore(self, answer: Json) -> None:
        """Take over a whole session, as `GET /rec/sessions/{key}` and an undo answer."""
        self.turn += 1
        self.key = str(answer.get("session_key") or "") or self.key
        self.policy = str(answer.get("policy") or "") or self.policy
        self.dist = shares(answer.get("dist"))
        self.anchor = _object(answer.get("anchor")) or None
        ranking = _object(answer.get("ranking"))
        self.ranking = ranking or None
        if ranking:
            self._take(ranking)
            self.dist = shares(answer.get("dist")) or self.dist
        self.history = [_point(entry) for entry in _objects(answer.get("history"))]

    def differs(self, answer: Json) -> bool:
        """Whether the backend holds other likes than are known here: another tab was at work."""
        likes = answer.get("likes")
        return isinstance(likes, int) and likes != self.likes

    def clear(self) -> None:
        """Forget everything but the policy, as after a reset."""
        self.turn += 1
        self.key = None
        self.anchor = self.ranking = None
        self.dist, self.history = {}, []

    def _take(self, answer: Json) -> None:
        self.ranking = answer
        self.key = str(answer.get("session_key") or "") or self.key
        self.policy = str(answer.get("policy") or "") or self.policy
        self.dist = shares(answer.get("dist")) or self.dist
        self.anchor = _object(answer.get("anchor")) or self.anchor

    def _append(self, point: Point) -> None:
        if not self.history:
            self.history.append(Point(0, {}, {}))
        self.history.append(point)


def shares(value: object) -> dict[str, float]:
    """A distribution by name, without what is no share in [0, 1]."""
    return {
        str(name): float(share)
        for name, share in _object(value).items()
        if isinstance(share, int | float) and 0 <= share <= 1
    }


def counts(value: object) -> dict[str, int]:
    """Counts by name, without what is no count."""
    return {
        str(name): count
        for name, count in _object(value).items()
        if isinstance(count, int) and count >= 0
    }


def _point(entry: Json) -> Point:
    number = entry.get("number")
    return Point(
        number if isinstance(number, int) else 0,
        shares(entry.get("dist")),
        counts(entry.get("shown")),
        str(entry.get("source") or ""),
        str(entry.get("title") or ""),
    )


def _object(value: object) -> Json:
    return value if isinstance(value, dict) else {}


def _objects(value: object) -> list[Json]:
    return [entry for entry in value if isinstance(entry, dict)] if isinstance(value, list) else []
