"""`/control/policy` on a real Serve: for the presenter, live, for new sessions only."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import requests

from backend.presenter import token_file
from backend.settings import Settings
from tests.system import System, assert_problem, wait_for

pytestmark = pytest.mark.cluster

Choose = Callable[..., requests.Response]


@pytest.fixture
def choose(system: System) -> Iterator[Choose]:
    """Chooses the default policy as the presenter; the one before is back afterwards."""

    def send(body: Any) -> requests.Response:
        token = token_file(Settings(system.environment)).read_text().strip()
        headers = {"Authorization": f"Bearer {token}"}
        return requests.post(f"{system.api}/control/policy", json=body, headers=headers, timeout=20)

    before = system.get("/control/policy").json()
    yield send
    assert send(before).json() == before


def policy_of_new_session(system: System) -> str:
    key = f"test-{uuid.uuid4().hex}"
    answer = system.get("/rec/ensemble", liked_id="alien-1979", session_key=key, count=4).json()
    return str(answer["policy"])


def in_force(system: System, policy: str) -> bool:
    """Whether new sessions have it, in every shard: eight keys miss one of two by chance 1/128."""
    return all(policy_of_new_session(system) == policy for _ in range(8))


def test_new_sessions_have_it_and_the_others_keep_theirs(system: System, choose: Choose):
    old = f"test-{uuid.uuid4().hex}"
    asked = {"liked_id": "alien-1979", "session_key": old, "count": 4}
    before = system.get("/rec/ensemble", **asked).json()["policy"]
    chosen = "static" if before == "classic" else "classic"
    answer = choose({"policy": chosen})
    assert (answer.status_code, answer.json()) == (200, {"policy": chosen})
    assert system.get("/control/policy").json() == {"policy": chosen}
    wait_for(lambda: in_force(system, chosen), f"{chosen} for new sessions")
    assert system.get("/control/status").json()["policy"] == chosen
    wait_for(
        lambda: system.get("/rec/sources").json()["default_policy"] == chosen,
        "the sources to tell of it",
    )
    assert system.get(f"/rec/sessions/{old}").json()["policy"] == before
    assert system.get("/rec/ensemble", **asked).json()["policy"] == before


def test_nobody_but_the_presenter_may_choose(system: System):
    before = system.get("/control/policy").json()
    assert_problem(system.post("/control/policy", {"policy": "classic"}), 401, "authorization")
    wrong = {"Authorization": "Bearer " + "x" * 32}
    answer = requests.post(
        f"{system.api}/control/policy", json={"policy": "classic"}, headers=wrong, timeout=20
    )
    assert_problem(answer, 401, "authorization")
    assert system.get("/control/policy").json() == before


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"policy": "best"}, "policy"),
        ({"policy": "x" * 81}, "policy"),
        ({"policy": None}, "policy"),
        ({}, "policy"),
        ({"policy": "static", "for": "ever"}, "for"),
        ([], "body"),
    ],
)
def test_bad_choices_name_the_field(system: System, choose: Choose, body: Any, field: str):
    assert_problem(choose(body), 422, field)
