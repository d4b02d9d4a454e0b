"""Find and end the processes of one instance, and of no other.

Every process that an instance starts inherits its id in an environment variable, HAProxy and Ray's
own processes too; that is how they are known, whatever their name and parent.
"""

from __future__ import annotations

import os

import psutil

from backend.runtime import INSTANCE_VARIABLE

_GRACE_S = 3.0


def instance_processes(instance: str) -> list[psutil.Process]:
    """Live processes of the instance, without this one and its ancestors."""
    mine = {os.getpid(), *(parent.pid for parent in psutil.Process().parents())}
    found = []
    for process in psutil.process_iter():
        if process.pid in mine:
            continue
        try:
            if process.environ().get(INSTANCE_VARIABLE) == instance:
                found.append(process)
        except (psutil.AccessDenied, psutil.NoSuchProcess, psutil.ZombieProcess, OSError):
            continue
    return found


def end_instance(instance: str) -> int:
    """End all processes of an instance, gently first; returns how many there were."""
    processes = instance_processes(instance)
    for process in processes:
        end(process, kill=False)
    _, left = psutil.wait_procs(processes, timeout=_GRACE_S)
    for process in left:
        end(process, kill=True)
    psutil.wait_procs(left, timeout=_GRACE_S)
    return len(processes)


def end(process: psutil.Process, kill: bool) -> None:
    """Ask a process to end, or make it; one that is gone already is no error."""
    try:
        if kill:
            process.kill()
        else:
            process.terminate()
    except (psutil.NoSuchProcess, psutil.AccessDenied):
        pass
