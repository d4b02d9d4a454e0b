"""What ours costs while nobody asks: processor beside no-ops, a page that watches, memory."""

from __future__ import annotations

from collections import defaultdict

import psutil

from benchmarks.cpu import pss_mb, shares_of_core, title
from benchmarks.figures import Report
from benchmarks.page import CARD, browser, open_page
from benchmarks.session import Bench, running
from benchmarks.systems import Ours

IDLE_GOAL, WATCHING_GOAL = 1.3, 10.0


def measure(bench: Bench) -> Report:
    """Percent of a core in turns; PSS of every process, those of the same name together."""
    report = Report()
    ours = bench.ours()
    seconds, rounds = (3.0, 2) if bench.quick else (20.0, 5)
    page = page_processes(ours)

    def backend() -> list[psutil.Process]:
        # Before it has been asked for, the page runs nothing of a viewer's.
        return [process for process in ours.processes() if process not in page]

    baseline = bench.baseline("as many no-ops", "noop_idle", fast=True)
    groups = {"ours": backend, "noop": baseline.processes, "page": lambda: page}
    with running([baseline]):
        turns = [shares_of_core(groups, seconds) for _ in range(rounds)]
        with browser() as chromium:
            opened = open_page(chromium, f"http://127.0.0.1:{ours.ui_port}")
            opened.locator("[data-testid=starter-card]").first.click()
            opened.wait_for_selector(CARD)
            opened.wait_for_timeout(3000)
            watched = [shares_of_core(groups, seconds) for _ in range(rounds)]
    found = {name: [turn[name] for turn in turns] for name in groups}
    report.figure("ours: backend at rest", "% of a core", found["ours"])
    report.figure("as many no-op replicas and actors", "% of a core", found["noop"])
    report.figure("ours: page server, no page open", "% of a core", found["page"])
    idle = report.ratio("CPU at rest: ours / no-ops", found["ours"], found["noop"])
    report.at_most("idle CPU, ours / as many no-ops", idle.value, IDLE_GOAL)
    added = report.figure(
        "added by a page that watches",
        "% of a core",
        [
            seen["ours"] + seen["page"] - alone["ours"] - alone["page"]
            for seen, alone in zip(watched, turns, strict=True)
        ],
    )
    report.at_most("a page that only watches adds, % of a core", added.value, WATCHING_GOAL)

    memory: defaultdict[str, list[float]] = defaultdict(list)
    for process in [*backend(), *page]:
        try:
            memory[title(process)].append(pss_mb(process))
        except psutil.Error:
            continue
    for name, sizes in sorted(memory.items(), key=lambda one: -sum(one[1])):
        report.figure(f"PSS: {name} x {len(sizes)}, each", "MB", sizes)
    report.figure("PSS: all together", "MB", [sum(map(sum, memory.values()))])
    return report


def page_processes(ours: Ours) -> list[psutil.Process]:
    """The page's server and its children; they carry no instance id."""
    for process in psutil.process_iter():
        try:
            if process.cmdline()[-2:] == ["-m", "frontend"] and process.environ().get(
                "UI_PORT"
            ) == str(ours.ui_port):
                return [process, *process.children(recursive=True)]
        except psutil.Error:
            continue
    raise RuntimeError("the page's server was not found among the processes")
