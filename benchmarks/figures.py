"""What a section found: figures with their spread, ratios of pairs, goals; how they are told."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass(frozen=True)
class Figure:
    """One thing that was measured several times.

    Attributes:
        name: what of which system, `ours: p50 at 1 connection`.
        unit: of `value`; "" for a count.
        value: median of the turns.
        low, high: least and greatest of the turns.
        turns: how many there were.
    """

    name: str
    unit: str
    value: float
    low: float
    high: float
    turns: int


@dataclass(frozen=True)
class Ratio:
    """Two figures of the same turns divided: median, least and greatest over the turns."""

    name: str
    value: float
    low: float
    high: float
    turns: int


@dataclass(frozen=True)
class Goal:
    """A figure or a ratio beside what it should be.

    Attributes:
        goal: the limit: not to be passed when `at_most`, to be reached otherwise.
    """

    name: str
    value: float
    goal: float
    at_most: bool

    @property
    def met(self) -> bool:
        """Whether the value is on the right side of the limit."""
        return self.value <= self.goal if self.at_most else self.value >= self.goal


@dataclass
class Report:
    """All that one section found, in the order it was added."""

    figures: list[Figure] = field(default_factory=list)
    ratios: list[Ratio] = field(default_factory=list)
    goals: list[Goal] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def figure(self, name: str, unit: str, turns: Sequence[float]) -> Figure:
        """Add a figure by its turns, at least one."""
        found = Figure(name, unit, *_spread(turns), len(turns))
        self.figures.append(found)
        return found

    def ratio(self, name: str, above: Sequence[float], below: Sequence[float]) -> Ratio:
        """Add `above / below`, turn by turn: what slows the machine for a while slows both.

        Raises:
            ValueError: the two have not the same number of turns.
        """
        turns = [a / b for a, b in zip(above, below, strict=True)]
        found = Ratio(name, *_spread(turns), len(turns))
        self.ratios.append(found)
        return found

    def at_most(self, name: str, value: float, goal: float) -> None:
        """Add a goal that `value` must not pass."""
        self.goals.append(Goal(name, value, goal, at_most=True))

    def at_least(self, name: str, value: float, goal: float) -> None:
        """Add a goal that `value` must reach."""
        self.goals.append(Goal(name, value, goal, at_most=False))

    def as_json(self) -> dict[str, Any]:
        """Everything as plain data; a goal says whether it is met."""
        return {
            "figures": [asdict(figure) for figure in self.figures],
            "ratios": [asdict(ratio) for ratio in self.ratios],
            "goals": [{**asdict(goal), "met": goal.met} for goal in self.goals],
            "notes": list(self.notes),
        }


def _spread(turns: Sequence[float]) -> tuple[float, float, float]:
    if not turns:
        raise ValueError("a figure needs at least one turn")
    return statistics.median(turns), min(turns), max(turns)


def percentile(values: Sequence[float], share: float) -> float:
    """The value that a share of them does not pass: the nearest rank, no value in between.

    Raises:
        ValueError: there are no values, or `share` is not in [0, 1].
    """
    if not values or not 0 <= share <= 1:
        raise ValueError(f"share must be in [0, 1] of at least one value, got {share!r}")
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def number(value: float) -> str:
    """Three figures or so, as people write them."""
    if value == 0:
        return "0"
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"


def table(report: Report) -> str:
    """A report as lines for a terminal."""
    rows = [("", "median", "least", "greatest", "")]
    rows += [
        (f.name, number(f.value), number(f.low), number(f.high), f.unit) for f in report.figures
    ]
    rows += [(r.name, number(r.value), number(r.low), number(r.high), "x") for r in report.ratios]
    width = max(len(row[0]) for row in rows)
    lines = [f"  {r[0]:<{width}} {r[1]:>9} {r[2]:>9} {r[3]:>9}  {r[4]}".rstrip() for r in rows]
    for goal in report.goals:
        sign = "<=" if goal.at_most else ">="
        verdict = "met" if goal.met else "NOT MET"
        lines.append(f"  goal: {goal.name} {number(goal.value)} {sign} {goal.goal:g}: {verdict}")
    lines += [f"  {note}" for note in report.notes]
    return "\n".join(lines)
