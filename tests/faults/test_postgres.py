"""The whole application on PostgreSQL: an actor and the server itself end under load."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests

from backend.settings import Settings
from benchmarks.kills import KINDS, processes
from benchmarks.soak import compare, crowd_of
from tests.postgres import PASSWORD, PostgresServer
from tests.system import System, assert_problem, wait_for

pytestmark = pytest.mark.cluster


@pytest.fixture
def on_postgres(tmp_path: Path, built: Path, postgres: PostgresServer) -> Iterator[System]:
    """A system whose log is on a real server."""
    running = System(tmp_path / "data", built)
    running.environment["DATABASE_URL"] = postgres.new_database()
    try:
        running.start()
        yield running
    finally:
        running.stop()


def test_no_like_is_lost_when_an_actor_and_the_server_itself_end(
    on_postgres: System, postgres: PostgresServer
):
    def ledger() -> requests.Response:
        return on_postgres.get("/control/ledger")

    with crowd_of(on_postgres.api, 4, seed=11, pause_s=0.05) as crowd:

        def more_likes_after(what: str) -> None:
            liked = sum(viewer.liked for viewer in crowd)
            wait_for(lambda: sum(v.liked for v in crowd) > liked + 12, f"likes after {what}", 90)

        more_likes_after("the start")
        random.Random(11).choice(processes(on_postgres.environment, KINDS["store actor"])).kill()
        more_likes_after("the kill of a store actor")
        postgres.stop("immediate")
        try:
            # A response that is an error counts as false, so it comes in a list.
            (refusal,) = wait_for(lambda: [r for r in [ledger()] if not r.ok], "a refusal", 30)
            assert_problem(refusal, 503)
            assert PASSWORD not in refusal.text
        finally:
            postgres.start()
        more_likes_after("the restart of the server")
    report = compare(on_postgres.api, Settings(on_postgres.environment), crowd)
    assert report.problems == []
    assert (report.lost, report.doubled) == (0, 0)
    assert report.holds
    assert report.acknowledged + report.undone > 36
    counts = ledger().json()
    assert counts["holds"], counts
    assert counts["likes_in_log"] == report.acknowledged + report.undone
    assert not (on_postgres.data_dir / "impressions.db").exists()
    logs = (on_postgres.data_dir / "log").glob("*.log")
    assert not any(PASSWORD in path.read_text(errors="replace") for path in logs)
