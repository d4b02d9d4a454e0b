"""The soak itself, shortened: load, kills, and acknowledged = in the log = in the sessions' state.

`python -m benchmarks.soak --minutes 30` is the same for longer.
"""

from __future__ import annotations

import pytest

from backend.impressions.ledger import LedgerReader
from backend.settings import Settings
from benchmarks.kills import KINDS
from benchmarks.soak import soak
from tests.system import System, run_module

pytestmark = pytest.mark.cluster

SECONDS = 120.0
# Each kind of process is killed once, and the last has a while to come back.
KILL_EVERY_S = 20.0
# What a machine of any speed gives with one replica of everything; the command asks for 99.5 %.
READS_ANSWERED = 0.9


def test_every_like_is_stored_exactly_once_whatever_is_killed(own_system: System):
    settings = Settings(own_system.environment)
    likes_before = LedgerReader(settings.database_url).counts()["likes_in_log"]
    report = soak(
        own_system.api,
        own_system.environment,
        SECONDS,
        kill_every_s=KILL_EVERY_S,
        viewers=6,
        seed=7,
        pause_s=0.05,
    )
    told = "\n".join(report.lines())
    print(told)
    assert report.problems == [], told
    assert (report.lost, report.doubled) == (0, 0), told
    assert report.holds, told
    assert set(report.kills) == set(KINDS), told
    assert report.acknowledged + report.undone > 60, told
    assert report.availability >= READS_ANSWERED, told
    counts = own_system.get("/control/ledger").json()
    assert counts["holds"], counts
    assert counts["likes_in_log"] - likes_before == report.acknowledged + report.undone
    command = run_module(
        "backend.impressions.ledger", environment=own_system.environment, timeout_s=60
    )
    assert command.returncode == 0, command.stdout
