"""The sections of `python -m benchmarks`, in the order they run."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from benchmarks.figures import Report
from benchmarks.sections import click, ensemble, growth, idle, palettes, ranking, sessions, startup
from benchmarks.session import Bench


@dataclass(frozen=True)
class Section:
    """One part of a run.

    Attributes:
        title: over its table.
        measure: does it.
        always: whether it runs when no section is named.
    """

    title: str
    measure: Callable[[Bench], Report]
    always: bool = True


SECTIONS: dict[str, Section] = {
    "startup": Section("From the command to ready", startup.measure),
    "ensemble": Section("GET /rec/ensemble, ours beside the baselines", ensemble.measure),
    "rank": Section("Top 10 of 1,000 items, ours beside the second seed's", ranking.measure),
    "click": Section("From a click to the new cards, in Chromium", click.measure),
    "idle": Section("At rest: processor and memory", idle.measure),
    "palettes": Section("Palettes, ours beside colorthief", palettes.measure),
    "sessions": Section("The store as sessions and likes grow", sessions.measure),
    "growth": Section("An index as the catalogue grows", growth.measure, always=False),
}
