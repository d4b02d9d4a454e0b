"""`POST /` on a real Serve: the second seed's client, and sessions as users."""

from __future__ import annotations

import random
import uuid
from concurrent.futures import ThreadPoolExecutor, as_completed

import pytest

from tests.system import assert_problem

pytestmark = pytest.mark.cluster


def test_the_seed_client_works_unchanged(system):
    answer = system.post("", {"user_id": "user_42", "top_k": 5}).json()
    assert answer["user_id"] == "user_42"
    items = answer["recommendations"]
    assert len(items) == 5
    assert [item["score"] for item in items] == sorted((i["score"] for i in items), reverse=True)
    assert all(isinstance(item["item_id"], str) for item in items)


def test_a_hundred_requests_by_ten_workers_all_succeed(system):
    rng = random.Random(1)
    users = [f"user_{rng.randint(1, 1000)}" for _ in range(100)]
    with ThreadPoolExecutor(max_workers=10) as pool:
        futures = {pool.submit(system.post, "", {"user_id": u, "top_k": 3}): u for u in users}
        for future in as_completed(futures):
            answer = future.result()
            assert answer.status_code == 200
            assert answer.json()["user_id"] == futures[future]
            assert len(answer.json()["recommendations"]) == 3


def test_rank_is_the_same_as_the_root(system):
    body = {"user_id": "persona-001", "top_k": 4}
    items = [system.post(path, body).json()["recommendations"] for path in ("/", "/rank")]
    assert items[0] == items[1]


def test_a_live_session_is_a_user(system):
    key = f"test-{uuid.uuid4().hex}"
    before = system.post("/", {"user_id": key, "top_k": 10}).json()
    answer = system.get("/rec/ensemble", liked_id="alien-1979", session_key=key).json()
    film = answer["slots"][0]["movie_id"]
    system.get("/rec/ensemble", liked_id=film, session_key=key)
    after = system.post("/", {"user_id": key, "top_k": 10}).json()
    assert before["known"] is False
    assert after["known"] is True
    assert film not in [item["item_id"] for item in after["recommendations"]]
    assert after["recommendations"] != before["recommendations"]


@pytest.mark.parametrize(
    ("body", "status", "field"),
    [
        ({}, 422, "user_id"),
        ({"user_id": "u", "top_k": 0}, 422, "top_k"),
        ({"user_id": "u", "top_k": 101}, 422, "top_k"),
        ({"user_id": "u", "top_k": "many"}, 422, "top_k"),
        ({"user_id": ""}, 422, "user_id"),
        ({"user_id": "a b"}, 422, "user_id"),
        ({"user_id": None}, 422, "user_id"),
        ({"user_id": "u" * 20_000}, 413, "body"),
    ],
)
def test_bad_bodies_name_the_field(system, body, status, field):
    assert_problem(system.post("/", body), status, field)
