"""Real load, real kills, and an equality: acknowledged = in the log = in the sessions' state.

One run kills every kind of process once, then everything at once; the viewers go on all along and
send again what was not answered.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import threading

import pytest

from backend.impressions.ledger import LedgerReader
from backend.settings import REPOSITORY, Settings
from benchmarks.kills import KINDS, Killer, processes
from benchmarks.soak import compare
from benchmarks.viewers import Viewer
from tests.system import System, wait_for

pytestmark = pytest.mark.cluster


def test_every_like_is_stored_exactly_once_whatever_is_killed(own_system: System):
    settings = Settings(own_system.environment)
    before = LedgerReader(settings.database_url).verify(settings)
    stop = threading.Event()
    crowd = [Viewer(own_system.api, stop, random.Random(n), 0.05) for n in range(6)]
    for viewer in crowd:
        viewer.start()
    killer = Killer(own_system.environment, random.Random(7))

    def liked() -> int:
        return sum(viewer.liked for viewer in crowd)

    def more_likes_after(what: str) -> None:
        before = liked()
        wait_for(lambda: liked() > before + 12, f"likes after {what}", 90)

    try:
        more_likes_after("the start")
        for _ in KINDS:
            kind = wait_for(killer.kill_one, "something to kill")
            more_likes_after(f"the kill of a {kind}")
        for process in processes(own_system.environment, ""):
            process.send_signal(signal.SIGKILL)
        killer.end_page()
        own_system.stop()
        own_system.start()
        more_likes_after("the end of everything")
    finally:
        stop.set()
        for viewer in crowd:
            viewer.join(timeout=120)
        killer.end_page()
    assert killer.kills == dict.fromkeys(killer.kills, 1)
    assert set(killer.kills) == set(KINDS)
    report = compare(own_system.api, settings, crowd, before)
    assert report.problems == []
    assert (report.lost, report.doubled) == (0, 0)
    assert report.acknowledged + report.undone > 60
    assert report.holds
    counts = own_system.get("/control/ledger").json()
    assert counts["holds"], counts
    assert counts["likes_in_log"] - before["likes_in_log"] == report.acknowledged + report.undone
    command = subprocess.run(
        [sys.executable, "-m", "backend.impressions.ledger"],
        cwd=REPOSITORY,
        env={**os.environ, **own_system.environment},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert command.returncode == 0, command.stdout
