"""Latency and throughput of `/rec/ensemble`: ours, the seed's, the floor, one process."""

from __future__ import annotations

from benchmarks.figures import Report
from benchmarks.session import Bench, latency, running, systems_in_turns, throughput
from benchmarks.systems import System

LATENCY_GOAL, THROUGHPUT_GOAL = 1.3, 12.0
VIEWERS = 16
OURS, SEED, FLOOR, PROCESS = "ours", "(a) seed on defaults", "(c) no-op graph", "(d) one process"


def measure(bench: Bench) -> Report:
    """p50 and p95 with one viewer, requests a second with 16, in turns."""
    report = Report()
    ours = bench.ours()
    films = bench.films()
    probe = f"/rec/ensemble?liked_id={films[0]}&session_key=probe"
    baselines = [
        bench.baseline(SEED, "seed_ensemble", probe=probe),
        bench.baseline(FLOOR, "noop_graph", fast=True, probe=probe),
        bench.baseline(PROCESS, "one_process", serve=False, probe=probe),
    ]
    one_s, many_s = (1.0, 1.5) if bench.quick else (3.0, 5.0)
    asked = {"kind": "ensemble", "films": films, "warm_up": bench.rounds(5, 20)}

    def measured(system: System) -> dict[str, float]:
        one = bench.load(system, viewers=1, seconds=one_s, **asked)
        many = bench.load(system, viewers=VIEWERS, seconds=many_s, **asked)
        return {**latency(one), "rate": throughput(many), "p95 of many": latency(many)["p95"]}

    with running(baselines):
        systems: dict[str, System] = {OURS: ours}
        systems |= {baseline.name: baseline for baseline in baselines}
        found = systems_in_turns(bench.rounds(2, 7), systems, measured)
    for name, values in found.items():
        report.figure(f"{name}: p50 at 1 connection", "ms", values["p50"])
        report.figure(f"{name}: p95 at 1 connection", "ms", values["p95"])
        report.figure(f"{name}: throughput at {VIEWERS}", "requests/s", values["rate"])
        report.figure(f"{name}: p95 at {VIEWERS}", "ms", values["p95 of many"])
    mine = found[OURS]
    for name, values in found.items():
        if name != OURS:
            report.ratio(f"p50 at 1: ours / {name}", mine["p50"], values["p50"])
            report.ratio(f"throughput at {VIEWERS}: ours / {name}", mine["rate"], values["rate"])
    by_name = {ratio.name: ratio.value for ratio in report.ratios}
    report.at_most(
        "ensemble p50, ours / floor (c)", by_name[f"p50 at 1: ours / {FLOOR}"], LATENCY_GOAL
    )
    report.at_least(
        "ensemble throughput, ours / seed (a)",
        by_name[f"throughput at {VIEWERS}: ours / {SEED}"],
        THROUGHPUT_GOAL,
    )
    return report
