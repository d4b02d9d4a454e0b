"""Find and end the processes of one instance, and of no other.

Every process that an instance starts inherits its id in an environment variable, HAProxy and Ray's
own processes too; that is how they are known, whatever their name and parent.
"""

from __future__ import annotations

import os
from pathlib import Path

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
        if _is_of(process, instance):
            found.append(process)
    return found


def _is_of(process: psutil.Process, instance: str) -> bool:
    """Whether a process inherited the instance's id; one that may not be read is not ours."""
    mark = f"{INSTANCE_VARIABLE}={instance}"
    raw = Path(f"/proc/{process.pid}/environ")
    try:
        if raw.parent.is_dir():
            # Read raw: some of Ray's processes write their title over the beginning, after which
            # psutil's parser sees nothing.
            return mark.encode() in raw.read_bytes().split(b"\0")
        return process.environ().get(INSTANCE_VARIABLE) == instance
    except (psutil.Error, OSError):
        return False


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
