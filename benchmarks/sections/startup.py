"""From the command to a system that answers, with everything built."""

from __future__ import annotations

from benchmarks.figures import Report
from benchmarks.session import Bench

GOAL_S = 25.0


def measure(bench: Bench) -> Report:
    """Start ours, several times in a full run; the last one stays for the other sections."""
    report = Report()
    bench.built()
    bench.stop_ours()
    times = []
    for turn in range(bench.rounds(1, 3)):
        if turn:
            bench.stop_ours()
        times.append(bench.start_ours())
    ready = report.figure("from the command to ready", "s", times)
    report.at_most("start-up to ready, s", ready.value, GOAL_S)
    return report
