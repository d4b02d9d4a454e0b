"""Top 10 over 1,000 items: ours beside the second seed's pipeline."""

from __future__ import annotations

from benchmarks.figures import Report
from benchmarks.session import Bench, latency, running, systems_in_turns, throughput
from benchmarks.systems import System

LATENCY_GOAL, THROUGHPUT_GOAL = 1 / 8, 15.0
WORKERS = 10
USERS = [f"persona-{number:03d}" for number in range(1, 101)]
OURS, SEED = "ours", "(b) seed on defaults"


def measure(bench: Bench) -> Report:
    """p50 and p95 with one worker, requests a second with ten, in turns."""
    report = Report()
    ours = bench.ours()
    baseline = bench.baseline(SEED, "seed_ranking", probe={"user_id": USERS[0], "top_k": 10})
    seconds = 1.5 if bench.quick else 4.0

    def measured(system: System) -> dict[str, float]:
        asked = {"kind": "rank", "seconds": seconds, "users": USERS, "warm_up": 5}
        one = bench.load(system, viewers=1, **asked)
        many = bench.load(system, viewers=WORKERS, **asked)
        return {**latency(one), "rate": throughput(many)}

    with running([baseline]):
        systems: dict[str, System] = {OURS: ours, SEED: baseline}
        found = systems_in_turns(bench.rounds(2, 7), systems, measured)
    for name, values in found.items():
        report.figure(f"{name}: p50 with 1 worker", "ms", values["p50"])
        report.figure(f"{name}: p95 with 1 worker", "ms", values["p95"])
        report.figure(f"{name}: throughput with {WORKERS}", "requests/s", values["rate"])
    mine, seed = found[OURS], found[SEED]
    slower = report.ratio("p50 with 1 worker: ours / (b)", mine["p50"], seed["p50"])
    faster = report.ratio(f"throughput with {WORKERS}: ours / (b)", mine["rate"], seed["rate"])
    report.at_most("rank p50, ours / seed (b)", slower.value, LATENCY_GOAL)
    report.at_least("rank throughput, ours / seed (b)", faster.value, THROUGHPUT_GOAL)
    return report
