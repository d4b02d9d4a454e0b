"""Parts that hang, more requests than can be answered, and clients that leave, on the real system.

A part hangs because it is stopped with SIGSTOP: it holds its connections and answers nothing.
"""

from __future__ import annotations

import json
import select
import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from http.client import HTTPConnection
from typing import Any

import pytest

from backend.settings import Settings
from benchmarks.kills import KINDS, processes
from tests.system import System, assert_problem, wait_for

pytestmark = pytest.mark.cluster

LIKED = "alien-1979"
OVER = 60


@contextmanager
def hanging(system: System, mark: str) -> Iterator[None]:
    """Stop the processes whose command line holds `mark`; they go on afterwards."""
    stopped = processes(system.environment, mark)
    assert stopped, f"no process of {mark}"
    for process in stopped:
        process.suspend()
    try:
        yield
    finally:
        for process in stopped:
            process.resume()


def send(system: System, path: str, body: Any = None) -> HTTPConnection:
    """Send a request on a connection of its own, without waiting for its answer."""
    connection = HTTPConnection("127.0.0.1", system.api_port, timeout=60)
    if body is None:
        connection.request("GET", path)
    else:
        headers = {"content-type": "application/json"}
        connection.request("POST", path, json.dumps(body), headers)
    return connection


def ensemble_path(key: str | None = None) -> str:
    return f"/rec/ensemble?liked_id={LIKED}&session_key={key or uuid.uuid4().hex}"


def answered(connections: Sequence[HTTPConnection]) -> int:
    """How many of them have something to read."""
    poll = select.poll()
    for connection in connections:
        poll.register(connection.sock, select.POLLIN)
    return len(poll.poll(0))


def answer(connection: HTTPConnection) -> tuple[int, dict[str, Any], dict[str, str]]:
    """Status, document and headers of the answer, when it is there."""
    response = connection.getresponse()
    document = json.loads(response.read())
    connection.close()
    return response.status, document, {k.lower(): v for k, v in response.getheaders()}


def ongoing(system: System) -> int:
    return int(system.deployment("Ensemble")["ongoing"])


def wait_until_idle(system: System) -> None:
    """Nothing is under way, and both sources are in a slate again."""
    wait_for(lambda: ongoing(system) == 0, "the end of every request")
    wait_for(lambda: system.get(ensemble_path()).json()["missing"] == [], "every source")


def test_a_source_that_hangs_is_left_out_and_clients_that_leave_cancel_their_work(own_system):
    wait_until_idle(own_system)
    with hanging(own_system, "ColorRecommender"):
        stays = send(own_system, ensemble_path())
        leave = [send(own_system, ensemble_path()) for _ in range(3)]
        wait_for(lambda: ongoing(own_system) == 4, "four requests under way")
        for connection in leave:
            connection.close()
        wait_for(lambda: ongoing(own_system) == 1, "the end of three")
        # The source still hangs: whoever stayed waits for it.
        assert answered([stays]) == 0
        status, document, _ = answer(stays)
        assert status == 200
        assert document["shown"] == {"color": 0, "plot": 10}
        (missing,) = document["missing"]
        assert missing["source"] == "color"
        assert missing["why"] == "color gave no answer within 10000 ms"
        assert document["recorded"]
    wait_until_idle(own_system)


def test_more_requests_than_are_taken_are_refused_and_leave_nothing_behind(own_system):
    most = Settings(own_system.environment).max_requests_under_way
    wait_until_idle(own_system)
    (replica,) = processes(own_system.environment, "recommend:Ensemble")
    after: list[tuple[int, int]] = []
    # The first time it makes room, as a busy hour would.
    for _ in range(3):
        with hanging(own_system, "ColorRecommender"):
            held = [send(own_system, ensemble_path()) for _ in range(most + OVER)]
            wait_for(lambda held=held: answered(held) >= OVER, "refusals")
        answers = [answer(connection) for connection in held]
        refused = [a for a in answers if a[0] != 200]
        assert 0 < len(refused) <= OVER
        for status, problem, headers in refused:
            assert status == 503
            assert headers["content-type"] == "application/problem+json"
            assert int(headers["retry-after"]) >= 1
            # The replica's own words, or the proxy's while it holds the replica for full.
            ours = f"{most} requests are under way already"
            assert problem["detail"].startswith((ours, "the part that answers this is"))
        wait_until_idle(own_system)
        after.append((replica.num_fds(), replica.memory_info().rss))
    (_, _), (files_before, memory_before), (files, memory) = after
    assert files <= files_before + OVER // 2
    assert memory - memory_before < 8 << 20


def test_while_the_store_hangs_recommendations_come_and_likes_are_refused(own_system):
    wait_until_idle(own_system)
    key = f"test-{uuid.uuid4().hex}"
    shown = own_system.get(ensemble_path(key)).json()
    assert shown["recorded"]
    like = {
        "session_key": key,
        "ranking_id": shown["ranking_id"],
        "movie_id": shown["slots"][0]["movie_id"],
    }
    with hanging(own_system, KINDS["store actor"]):
        slate, refusal = send(own_system, ensemble_path(key)), send(own_system, "/rec/likes", like)
        status, document, _ = answer(slate)
        assert status == 200
        assert document["recorded"] is False
        assert document["shown"] == {"color": 5, "plot": 5}
        status, problem, headers = answer(refusal)
        assert status == 503
        assert headers["content-type"] == "application/problem+json"
        assert int(headers["retry-after"]) >= 1
        assert "the impression store gave no answer" in problem["detail"]

    def again() -> dict[str, Any] | None:
        response = own_system.post("/rec/likes", like)
        return response.json() if response.ok else None

    assert wait_for(again, "the like that was refused")["likes"] == 1
    assert wait_for(again, "the same like")["counted"] is False
    likes = own_system.get(f"/rec/sessions/{key}").json()["likes"]
    assert [held["movie_id"] for held in likes] == [like["movie_id"]]
    unrecorded = {**like, "ranking_id": document["ranking_id"]}
    assert_problem(own_system.post("/rec/likes", unrecorded), 409, "ranking_id")
    assert own_system.get("/control/ledger").json()["holds"]
