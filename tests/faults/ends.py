"""Dirty ends: everything of a system killed at once, as a machine that crashes does it."""

from __future__ import annotations

import json

import psutil

from backend.processes import instance_processes
from backend.runtime import instance_id
from backend.settings import Settings
from tests.system import System, wait_for


def living(system: System) -> list[psutil.Process]:
    """All that the backend of a system started and that runs still."""
    return [
        process
        for process in instance_processes(instance_id(Settings(system.environment)))
        if process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    ]


def recorded(system: System) -> list[psutil.Process]:
    """The two processes that the launcher started."""
    parts = json.loads((system.data_dir / "run.json").read_text())
    return [psutil.Process(part["pid"]) for part in parts.values()]


def is_haproxy(process: psutil.Process) -> bool:
    """Whether a process is HAProxy itself."""
    return process.name() == "haproxy"


def crash(system: System, first: list[psutil.Process], *, haproxy_stays: bool = False) -> None:
    """SIGKILL `first`, then all others, until none is left.

    Args:
        first: those that would clean up after the others.
        haproxy_stays: HAProxy outlives the rest, as it can.
    """
    for process in first:
        process.kill()

    def gone() -> bool:
        left = [p for p in living(system) if not (haproxy_stays and is_haproxy(p))]
        for process in left:
            process.kill()
        return not left

    wait_for(gone, "the end of every process", 30)
