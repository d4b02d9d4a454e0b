"""Find and end the processes of one instance, and of no other.

Every process that an instance starts inherits its id in its environment, HAProxy and Ray's own
processes too; that is how they are known, whatever their name. Some of Ray's write their title over
the beginning of their environment, so the id is looked for in every variable that holds it, and the
descendants of a process of ours are ours as well.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

import psutil

from backend.runtime import INSTANCE_VARIABLE, folder_name

_GRACE_S = 3.0
_ROUNDS = 4


def instance_processes(instance: str) -> list[psutil.Process]:
    """Live processes of the instance, without this one and its ancestors."""
    mine = {os.getpid(), *(parent.pid for parent in psutil.Process().parents())}
    found: dict[int, psutil.Process] = {}
    for process in psutil.process_iter():
        if process.pid in mine or not _is_of(process, instance):
            continue
        found[process.pid] = process
        try:
            found |= {child.pid: child for child in process.children(recursive=True)}
        except psutil.Error:
            continue
    return [process for pid, process in found.items() if pid not in mine]


def _is_of(process: psutil.Process, instance: str) -> bool:
    """Whether a process inherited the instance's id; one that may not be read is not ours."""
    marks = (f"{INSTANCE_VARIABLE}={instance}", f"/{folder_name(instance)}/")
    raw = Path(f"/proc/{process.pid}/environ")
    try:
        if raw.parent.is_dir():
            # Read raw: psutil's parser stops at what a title has overwritten.
            content = raw.read_bytes()
            return any(mark.encode() in content for mark in marks)
        return process.environ().get(INSTANCE_VARIABLE) == instance
    except (psutil.Error, OSError):
        return False


def end_instance(instance: str, known: Iterable[psutil.Process] = ()) -> int:
    """End all processes of an instance, gently first; returns how many there were.

    What a dying part starts meanwhile is found by looking again until nothing is left.

    Args:
        known: processes found before, for those whose parents have ended since.
    """
    ended: set[psutil.Process] = set()
    for _ in range(_ROUNDS):
        alive = {process for process in known if process.is_running()}
        processes = alive.union(instance_processes(instance))
        if not processes:
            break
        ended |= processes
        for process in processes:
            end(process, kill=False)
        _, left = psutil.wait_procs(processes, timeout=_GRACE_S)
        for process in left:
            end(process, kill=True)
        psutil.wait_procs(left, timeout=_GRACE_S)
    return len(ended)


def end(process: psutil.Process, kill: bool) -> None:
    """Ask a process to end, or make it; one that is gone already is no error."""
    try:
        if kill:
            process.kill()
        else:
            process.terminate()
    except (psutil.NoSuchProcess, psutil.AccessDenied):
        pass
