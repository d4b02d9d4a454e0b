"""Measure everything side by side on this machine, one command.

    python -m benchmarks [SECTION...] [--quick] [--check] [--folder FOLDER]

Pairs are measured in turns (A B A B ...) in the same run; figures are medians over the turns with
the least and the greatest. Everything is written to benchmarks/results/latest.json as well.
`--check` compares the ratios with benchmarks/expected.json and says which fell short, exit 1.
"""

from __future__ import annotations

import argparse
import json
import signal
import sys
import time
import traceback
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from backend.settings import Settings
from benchmarks.expectations import EXPECTED_FILE, compare, read_expected
from benchmarks.figures import Report, table
from benchmarks.machine import machine, versions
from benchmarks.sections import SECTIONS
from benchmarks.session import Bench

RESULTS = Path(__file__).resolve().parent / "results" / "latest.json"


def arguments_of(argv: list[str] | None = None) -> argparse.Namespace:
    """Parse the command line."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("sections", nargs="*", metavar="SECTION", help=", ".join(SECTIONS))
    parser.add_argument("--quick", action="store_true", help="fewer and shorter turns")
    parser.add_argument("--check", action="store_true", help=f"compare with {EXPECTED_FILE.name}")
    parser.add_argument(
        "--folder", type=Path, default=Path(Settings().data_dir) / "benchmarks", help="for data"
    )
    arguments = parser.parse_args(argv)
    unknown = [name for name in arguments.sections if name not in SECTIONS]
    if unknown:
        parser.error(f"SECTION must be one of {', '.join(SECTIONS)}, got {unknown[0]!r}")
    return arguments


def run(names: list[str], bench: Bench) -> tuple[dict[str, Report], dict[str, str]]:
    """The reports, and why sections failed; a section that fails does not stop the others."""
    reports: dict[str, Report] = {}
    failed: dict[str, str] = {}
    for name in names:
        section = SECTIONS[name]
        print(f"\n{name}: {section.title}", flush=True)
        started = time.perf_counter()
        try:
            reports[name] = section.measure(bench)
        except Exception as error:
            failed[name] = f"{type(error).__name__}: {error}"
            traceback.print_exc()
            print(f"  FAILED: {failed[name]}", flush=True)
        else:
            print(table(reports[name]), flush=True)
        print(f"  ({time.perf_counter() - started:.0f} s)", flush=True)
    return reports, failed


def result_of(reports: dict[str, Report], failed: dict[str, str], quick: bool) -> dict[str, Any]:
    """A run as plain data."""
    told = {name: report.as_json() for name, report in reports.items()}
    return {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "quick": quick,
        "machine": machine(),
        "versions": versions(),
        "sections": told,
        "failed": failed,
        "goals": [goal for section in told.values() for goal in section["goals"]],
    }


def main() -> int:
    """Run, print, write; 1 when a section failed or a ratio fell short of what is expected."""
    arguments = arguments_of()
    names = arguments.sections or [name for name, one in SECTIONS.items() if one.always]
    # A kill ends what was started, as Ctrl-C does.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    bench = Bench(arguments.folder, arguments.quick)
    started = time.perf_counter()
    try:
        reports, failed = run(names, bench)
    finally:
        bench.close()
    result = result_of(reports, failed, arguments.quick)
    RESULTS.parent.mkdir(parents=True, exist_ok=True)
    RESULTS.write_text(json.dumps(result, indent=1) + "\n")
    goals = result["goals"]
    met = sum(goal["met"] for goal in goals)
    print(f"\n{met} of {len(goals)} goals met in {time.perf_counter() - started:.0f} s.")
    for goal in goals:
        if not goal["met"]:
            print(f"  not met: {goal['name']}: {goal['value']:.3g}, goal {goal['goal']:g}")
    for name, why in failed.items():
        print(f"  failed: {name}: {why}")
    print(f"Written to {RESULTS}.")
    if not arguments.check:
        return 1 if failed else 0
    short = compare(result, read_expected(), names)
    for line in short:
        print(f"fell short: {line}")
    if not short:
        print(f"No ratio fell short of {EXPECTED_FILE.name}.")
    return 1 if short or failed else 0


if __name__ == "__main__":
    sys.exit(main())
