"""What processes cost: seconds of processor over a while, and memory as the system accounts it."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping

import psutil


def cpu_seconds(processes: Iterable[psutil.Process]) -> float:
    """Processor time that these processes have had, on all cores; those gone count nothing."""
    total = 0.0
    for process in processes:
        try:
            times = process.cpu_times()
        except psutil.Error:
            continue
        total += times.user + times.system
    return total


def shares_of_core(
    finders: Mapping[str, Callable[[], list[psutil.Process]]], seconds: float
) -> dict[str, float]:
    """Percent of one core that each group of processes used over the same `seconds`."""
    # The same list both times: a process that ends in between must not make a share negative.
    groups = {name: find() for name, find in finders.items()}
    before = {name: (cpu_seconds(group), time.perf_counter()) for name, group in groups.items()}
    time.sleep(seconds)
    return {
        name: 100 * (cpu_seconds(groups[name]) - cpu) / (time.perf_counter() - at)
        for name, (cpu, at) in before.items()
    }


def pss_mb(process: psutil.Process) -> float:
    """Its share of memory in MB: pages of its own, and of shared ones the part that falls to it."""
    return float(process.memory_full_info().pss) / 1e6


def title(process: psutil.Process) -> str:
    """What the process is, in a few words."""
    line = " ".join(process.cmdline()) or process.name()
    if line.startswith("ray::"):
        return line.split("(")[0].removeprefix("ray::").strip()
    for module in ("backend", "frontend", "scripts.launch"):
        if f"-m {module}" in line:
            return f"python -m {module}"
    first = line.split()[0].rsplit("/", 1)[-1]
    scripts = [part.rsplit("/", 1)[-1] for part in line.split() if part.endswith(".py")]
    return scripts[0] if first.startswith("python") and scripts else first
