"""A recommendation and its index as the catalogue grows; slow, so only when it is named.

A million films are measured by the command of its own, `python -m benchmarks.growth`.
"""

from __future__ import annotations

import shutil

from benchmarks.figures import Report
from benchmarks.growth import MAKERS, build
from benchmarks.growth import measure as measure_index
from benchmarks.session import Bench

GROWTH_GOAL = 2.0


def measure(bench: Bench) -> Report:
    """p50 and p99 of an answer, memory and size, for each source and size of catalogue."""
    report = Report()
    sizes = (1_000, 10_000) if bench.quick else (1_000, 10_000, 100_000)
    for name in MAKERS:
        p50 = {}
        for size in sizes:
            bench.say(f"{name}: an index of {size:,} films")
            folder = bench.folder / "growth" / str(size)
            try:
                _, neighbours_s = build(name, size, folder)
                found = measure_index(name, folder)
            finally:
                shutil.rmtree(folder, ignore_errors=True)
            what = f"{name}, {size:,} films"
            report.figure(f"{what}: neighbours of all", "s", [neighbours_s])
            report.figure(f"{what}: an answer, p50", "ms", [found["p50_ms"]])
            report.figure(f"{what}: an answer, p99", "ms", [found["p99_ms"]])
            report.figure(f"{what}: index", "MB", [found["index_mb"]])
            report.figure(f"{what}: a replica, PSS", "MB", [found["pss_mb"]])
            p50[size] = found["p50_ms"]
        most, few = sizes[-1], sizes[0]
        grown = report.ratio(
            f"{name}: an answer, {most:,} films / {few:,}", [p50[most]], [p50[few]]
        )
        report.at_most(grown.name, grown.value, GROWTH_GOAL)
    return report
