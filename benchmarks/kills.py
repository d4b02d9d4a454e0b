"""Kill one process of a running system after the other, with SIGKILL."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path

import psutil

from backend.processes import instance_processes
from backend.runtime import instance_id
from backend.settings import REPOSITORY, Settings

# What is killed: a name, and what its command line holds.
KINDS = {
    "store actor": "ImpressionStoreActor",
    "replica": "ServeReplica",
    "proxy": "haproxy",
    "controller": "ServeController",
    "page": "streamlit",
}


def processes(environment: Mapping[str, str], mark: str) -> list[psutil.Process]:
    """Live processes of a system whose command line holds `mark`."""
    found = []
    for process in instance_processes(instance_id(Settings(environment))):
        try:
            words = process.cmdline()
        except psutil.Error:
            continue
        # HAProxy's manager of Serve has the name too; the proxy is the program itself.
        if mark == KINDS["proxy"]:
            fits = bool(words) and Path(words[0]).name == mark
        else:
            fits = mark in " ".join(words)
        if fits:
            found.append(process)
    return found


def page_process(environment: Mapping[str, str]) -> psutil.Process | None:
    """The page's server, which is no child of the backend."""
    port = environment["UI_PORT"]
    for process in psutil.process_iter():
        try:
            words = process.cmdline()
            ours = process.environ().get("DATA_DIR") == environment["DATA_DIR"]
            if ours and "frontend" in words and process.environ().get("UI_PORT") == port:
                return process
        except (psutil.Error, OSError):
            continue
    return None


class Killer:
    """Kills one process at a time, every kind in turn before any comes again, in random order."""

    def __init__(self, environment: Mapping[str, str], rng: random.Random) -> None:
        self._environment = environment
        self._rng = rng
        self._kinds: list[str] = []
        self._page: subprocess.Popen[bytes] | None = None
        self.kills: dict[str, int] = {}
        self.times: list[tuple[float, str]] = []

    def kill_one(self) -> str | None:
        """Kill a process of the next kind; its name, or None when none of it is there now."""
        if not self._kinds:
            self._kinds = self._rng.sample(list(KINDS), len(KINDS))
        kind = self._kinds.pop()
        if kind == "page":
            page = page_process(self._environment)
            candidates = [page] if page else []
        else:
            candidates = processes(self._environment, KINDS[kind])
        try:
            if candidates:
                self._rng.choice(candidates).kill()
        except psutil.NoSuchProcess:
            candidates = []
        if not candidates:
            # It is starting again; the others come first.
            self._kinds.insert(0, kind)
            return None
        self.kills[kind] = self.kills.get(kind, 0) + 1
        self.times.append((time.monotonic(), kind))
        if kind == "page":
            # Nobody watches over the page: it is started again as a presenter would.
            self.end_page()
            self._page = subprocess.Popen(
                [sys.executable, "-m", "frontend"],
                cwd=REPOSITORY,
                env=dict(self._environment),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
        return kind

    def end_page(self) -> None:
        """End the page that this killer started."""
        if self._page is not None:
            self._page.kill()
            self._page.wait()
            self._page = None
