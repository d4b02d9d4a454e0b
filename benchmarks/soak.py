"""Does a system under load lose a like, or count one twice, while its processes are killed?

    .venv/bin/python -m benchmarks.soak --minutes 30 [--kill-every 20] [--viewers 8]

Starts a system of its own with a new log (and what is built already, where DATA_DIR is set), kills
one of its processes at random every so many seconds with SIGKILL, and at the end compares three
accounts of the likes: what the viewers were answered, what the sessions hold, and what a replay of
the log gives. Ends with status 1 when they differ, or when fewer than 99.5 % of the reads were
answered within the page's time.
"""

from __future__ import annotations

import argparse
import os
import random
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import psutil
import requests

from backend.impressions.ledger import LedgerReader
from backend.processes import instance_processes
from backend.runtime import free_port, instance_id
from backend.settings import REPOSITORY, Settings
from benchmarks.kills import Killer
from benchmarks.viewers import GIVE_UP_S, Viewer

_SETTLED_S = 300.0
_AVAILABILITY = 0.995


@dataclass
class Report:
    """What a run gave.

    Attributes:
        lost: likes that were acknowledged and that the sessions do not hold.
        doubled: likes that they hold more than once, or that were never sent.
        reads, first_try, in_time: reads wanted; answered at once; answered within the page's time
            and its retry.
        missed_after: reads that were not, by what had been killed last.
        memory: growth of the backend's memory after the first five minutes (of a shorter run,
            after its first half), as a share; None when there is too little to tell.
    """

    acknowledged: int = 0
    undone: int = 0
    lost: int = 0
    doubled: int = 0
    problems: list[str] = field(default_factory=list)
    reads: int = 0
    first_try: int = 0
    in_time: int = 0
    kills: dict[str, int] = field(default_factory=dict)
    missed_after: dict[str, int] = field(default_factory=dict)
    memory: float | None = None
    ledger_holds: bool = False

    @property
    def holds(self) -> bool:
        """Whether nothing was lost and nothing counted twice, by every account."""
        return not (self.lost or self.doubled or self.problems) and self.ledger_holds

    @property
    def availability(self) -> float:
        """Share of the reads that were answered within the page's time."""
        return self.in_time / max(1, self.reads)

    def lines(self) -> list[str]:
        """The report for people."""
        reads = max(1, self.reads)
        growth = "too short to tell" if self.memory is None else f"{self.memory:+.1%}"
        return [
            "kills: " + (", ".join(f"{count} {kind}" for kind, count in self.kills.items()) or "0"),
            f"likes acknowledged: {self.acknowledged:,}, taken back: {self.undone:,}",
            f"acknowledged likes lost: {self.lost}; counted twice: {self.doubled}",
            f"reads: {self.reads:,}, answered within the page's time {self.availability:.2%}, "
            f"at the first try {self.first_try / reads:.2%}",
            "reads missed after a kill of: "
            + (", ".join(f"{kind} {count}" for kind, count in self.missed_after.items()) or "none"),
            f"memory after the first minutes: {growth}",
            f"ledger and replay of the log agree: {'yes' if self.ledger_holds else 'NO'}",
            *(f"PROBLEM: {problem}" for problem in self.problems[:20]),
        ]


def memory_bytes(environment: Mapping[str, str]) -> int:
    """Memory of the backend's processes, shared pages divided among those that share them."""
    total = 0
    for process in instance_processes(instance_id(Settings(environment))):
        try:
            full = process.memory_full_info()
            total += getattr(full, "pss", full.uss)
        except psutil.Error:
            continue
    return total


@contextmanager
def crowd_of(
    api: str, viewers: int, *, seed: int, pause_s: float, give_up_s: float = GIVE_UP_S
) -> Iterator[list[Viewer]]:
    """Viewers that load a running system meanwhile; afterwards each has ended its last command.

    Args:
        give_up_s: how long a command is sent again.
    """
    stop = threading.Event()
    crowd = [
        Viewer(api, stop, random.Random(f"{seed}-{n}"), pause_s, give_up_s) for n in range(viewers)
    ]
    for viewer in crowd:
        viewer.start()
    try:
        yield crowd
    finally:
        stop.set()
        for viewer in crowd:
            viewer.join(timeout=give_up_s + 20)


def soak(
    api: str,
    environment: Mapping[str, str],
    seconds: float,
    *,
    kill_every_s: float = 20.0,
    viewers: int = 8,
    seed: int = 1,
    pause_s: float = 0.1,
) -> Report:
    """Load a running system and kill its processes; then compare the accounts.

    Args:
        api: address of its API.
        environment: that it was started with.
        pause_s: between two requests of a viewer.
    """
    settings = Settings(environment)
    before = LedgerReader(settings.database_url).verify(settings)
    killer = Killer(environment, random.Random(seed))
    memory: list[tuple[float, int]] = []
    started = time.monotonic()
    next_kill, next_look = kill_every_s, 5.0
    try:
        with crowd_of(api, viewers, seed=seed, pause_s=pause_s) as crowd:
            while (now := time.monotonic() - started) < seconds:
                if now >= next_kill:
                    kind = killer.kill_one()
                    # What is starting again just now is tried once more, soon.
                    next_kill = next_kill + kill_every_s if kind else now + 1.0
                    print(f"{now:6.0f} s  killed: {kind or 'nothing'}", flush=True)
                if now >= next_look:
                    next_look = now + 10.0
                    memory.append((now, memory_bytes(environment)))
                time.sleep(0.5)
    finally:
        killer.end_page()
    report = compare(api, settings, crowd, before)
    report.kills = killer.kills
    for missed in (at for viewer in crowd for at in viewer.missed):
        # A read is given up after the page's three seconds.
        killed = [kind for at, kind in killer.times if at < missed]
        last = killed[-1] if killed else "nothing"
        report.missed_after[last] = report.missed_after.get(last, 0) + 1
    report.memory = _growth(memory, seconds)
    return report


def compare(
    api: str, settings: Settings, crowd: list[Viewer], before: dict[str, Any] | None = None
) -> Report:
    """Hold what the viewers were answered against the sessions and the log.

    Args:
        before: the ledger as `verify` gave it before this crowd came; None for an empty log.
    """
    before = before or {"likes_in_log": 0, "replay": {"held": 0}}
    report = Report()
    sent = 0
    for viewer in crowd:
        if viewer.is_alive():
            report.problems.append("a viewer got no answer to its last command")
        report.problems += viewer.problems
        report.reads += viewer.reads
        report.first_try += viewer.first_try
        report.in_time += viewer.in_time
        report.undone += viewer.undone
        sent += viewer.liked
        for key, likes in viewer.sessions.items():
            held = _held(api, key)
            report.acknowledged += len(likes)
            report.lost += len(set(likes) - set(held))
            report.doubled += len(held) - len(set(held) & set(likes))
            if held != likes and set(held) == set(likes):
                report.problems.append(f"session {key} holds its likes in another order")
    ledger = LedgerReader(settings.database_url).verify(settings)
    report.ledger_holds = ledger["holds"]
    report.problems += [check for check, holds in ledger["checks"].items() if not holds]
    in_log = ledger["likes_in_log"] - before["likes_in_log"]
    if in_log != sent:
        report.problems.append(f"{in_log} likes in the log, {sent} acknowledged to the viewers")
    held_by_replay = ledger["replay"]["held"] - before["replay"]["held"]
    if held_by_replay != report.acknowledged:
        report.problems.append(
            f"a replay holds {held_by_replay} likes, the viewers {report.acknowledged}"
        )
    return report


def _held(api: str, key: str) -> list[tuple[str, str]]:
    """The likes that a session holds; asks until it is told, for two minutes at most."""
    deadline = time.monotonic() + 120
    while True:
        try:
            response = requests.get(f"{api}/rec/sessions/{key}", timeout=10)
            if response.ok:
                likes = response.json()["likes"]
                return [(like["ranking_id"], like["movie_id"]) for like in likes]
        except requests.RequestException:
            pass
        if time.monotonic() > deadline:
            raise SystemExit(f"session {key} gave no answer within two minutes")
        time.sleep(0.2)


def _growth(memory: list[tuple[float, int]], seconds: float) -> float | None:
    """How much the last third of what was read after the first minutes is above its first third."""
    after = min(_SETTLED_S, seconds / 2)
    settled = [size for at, size in memory if at >= after]
    third = len(settled) // 3
    if third == 0:
        return None
    return statistics.median(settled[-third:]) / statistics.median(settled[:third]) - 1


def main() -> int:
    """Run as the command line says; returns the exit status."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.soak")
    parser.add_argument("--minutes", type=float, default=2.0)
    parser.add_argument("--kill-every", type=float, default=20.0, metavar="SECONDS")
    parser.add_argument("--viewers", type=int, default=8)
    parser.add_argument("--seed", type=int, default=int(time.time()))
    arguments = parser.parse_args()
    print(f"seed {arguments.seed}", flush=True)
    with tempfile.TemporaryDirectory(prefix="df-soak-") as folder:
        environment = {
            **os.environ,
            "DATA_DIR": os.environ.get("DATA_DIR", folder),
            "DATABASE_URL": f"sqlite:///{folder}/impressions.db",
            "API_PORT": str(free_port()),
            "UI_PORT": str(free_port()),
            "HOST": "127.0.0.1",
            "POSTERS_AHEAD": "0",
        }
        command = [sys.executable, "-m", "scripts.launch"]
        subprocess.run([*command, "start", "--detach"], cwd=REPOSITORY, env=environment, check=True)
        try:
            report = soak(
                f"http://127.0.0.1:{environment['API_PORT']}",
                environment,
                60 * arguments.minutes,
                kill_every_s=arguments.kill_every,
                viewers=arguments.viewers,
                seed=arguments.seed,
            )
        finally:
            subprocess.run([*command, "stop"], cwd=REPOSITORY, env=environment, check=False)
    print("\n".join(report.lines()))
    return 0 if report.holds and report.availability >= _AVAILABILITY else 1


if __name__ == "__main__":
    sys.exit(main())
