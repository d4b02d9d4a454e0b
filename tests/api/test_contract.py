"""What the running system answers, held to the OpenAPI documents that it publishes.

Concrete answers; `test_hostile.py` does the same for generated ones.
"""

from __future__ import annotations

import uuid
from typing import Any

import pytest
import requests

from backend.presenter import token_file
from backend.settings import Settings
from tests.openapi import Contract
from tests.system import System

pytestmark = pytest.mark.cluster
FILM = "alien-1979"


class Client:
    """Asks one application, and holds every answer to its published document."""

    def __init__(self, system: System, prefix: str) -> None:
        self._base = system.api + prefix
        self._contract = Contract(requests.get(f"{self._base}/openapi.json", timeout=20).json())

    def ask(
        self, method: str, path: str, *, status: int = 200, of: str = "", **options: Any
    ) -> Any:
        """The body of an answer with this status; `of` is the path template, `path` by default."""
        answer = requests.request(method, self._base + path, timeout=20, **options)
        assert answer.status_code == status, answer.text
        return self._contract.assert_holds(of or path, answer)


@pytest.fixture(scope="module")
def rec(system: System) -> Client:
    return Client(system, "/rec")


@pytest.fixture(scope="module")
def control(system: System) -> Client:
    return Client(system, "/control")


@pytest.fixture(scope="module")
def ranking(system: System) -> Client:
    return Client(system, "")


@pytest.fixture
def key() -> str:
    return f"test-{uuid.uuid4().hex}"


@pytest.mark.parametrize("policy", ["preference", "static", "classic"])
def test_a_session_from_its_first_slate_to_its_reset(rec: Client, key: str, policy: str):
    def state() -> Any:
        return rec.ask("GET", f"/sessions/{key}", of="/sessions/{session_key}")

    assert state()["ranking"] is None
    asked = {"session_key": key, "policy": policy}
    first = rec.ask("GET", "/ensemble", params={**asked, "liked_id": FILM})
    assert first["like"] is None
    films = [slot["movie_id"] for slot in first["slots"]]
    clicked = {**asked, "liked_id": films[0], "ranking_id": first["ranking_id"]}
    assert rec.ask("GET", "/ensemble", params=clicked)["like"]["counted"]
    liked = {"session_key": key, "ranking_id": first["ranking_id"], "movie_id": films[1]}
    for counted in (True, False):
        assert rec.ask("POST", "/likes", json=liked)["counted"] is counted
    assert len(state()["history"]) == 3
    undo = f"/sessions/{key}/undo"
    undone = rec.ask("POST", undo, of="/sessions/{session_key}/undo", json={"undo_id": "u1"})
    assert undone["undone"]["movie_id"] == films[1]
    rec.ask("DELETE", f"/sessions/{key}", of="/sessions/{session_key}")
    rec.ask("POST", undo, of="/sessions/{session_key}/undo", status=409)


def test_the_catalogue(rec: Client):
    rec.ask("GET", "/sources")
    rec.ask("GET", "/starters", params={"count": 60})
    assert len(rec.ask("GET", "/movies", params={"limit": 200})["movies"]) == 200
    found = rec.ask("GET", "/search", params={"query": "alien", "limit": 50})
    assert {film["match"]["kind"] for film in found["movies"]} == {"title", "story"}
    rec.ask("GET", f"/movies/{FILM}", of="/movies/{movie_id}")
    for source in ("color", "plot"):
        films = rec.ask("GET", f"/{source}", of="/{source}", params={"liked_id": FILM, "count": 50})
        assert len(films) == 50


@pytest.mark.parametrize(("suffix", "kind"), [("webp", "image/webp"), ("svg", "image/svg+xml")])
def test_posters_are_of_a_declared_kind(system: System, suffix: str, kind: str):
    document = system.get("/rec/openapi.json").json()
    declared = Contract(document).response("GET", "/posters/{name}", 200)
    answer = system.get(f"/rec/posters/{FILM}.{suffix}")
    assert answer.headers["content-type"].partition(";")[0] == kind in declared["content"]
    said = declared["headers"]["Cache-Control"]["schema"]["const"]
    assert answer.headers["cache-control"] == said


def test_refusals(rec: Client, key: str):
    rec.ask("GET", "/ensemble", params={"liked_id": "no-such-film"}, status=404)
    rec.ask("GET", "/ensemble", params={"liked_id": FILM, "count": 99}, status=422)
    rec.ask("GET", "/ensemble", params={"liked_id": "x" * 9000}, status=414)
    like = {"session_key": key, "ranking_id": "never-made", "movie_id": FILM}
    rec.ask("POST", "/likes", json=like, status=409)
    rec.ask("POST", "/likes", json={**like, "movie_id": "m" * 20_000}, status=413)
    rec.ask("GET", "/sources", headers={"x-long": "h" * 17_000}, status=431)
    rec.ask("GET", "/taste", of="/{source}", params={"liked_id": FILM}, status=404)


def test_the_control_application(control: Client, system: System):
    assert control.ask("GET", "/status")["store"]["actual"] == 2
    assert control.ask("GET", "/ledger")["holds"]
    control.ask("GET", "/sessions", status=401)
    control.ask("GET", "/policy")
    control.ask("POST", "/policy", json={"policy": "static"}, status=401)
    token = token_file(Settings(system.environment)).read_text().strip()
    headers = {"Authorization": f"Bearer {token}"}
    assert control.ask("GET", "/sessions", headers=headers)["sessions"]


@pytest.mark.parametrize("path", ["/", "/rank"])
@pytest.mark.parametrize("user_id", ["persona-001", "user_42"])
def test_rankings(ranking: Client, path: str, user_id: str):
    answer = ranking.ask("POST", path, json={"user_id": user_id, "top_k": 100})
    assert len(answer["recommendations"]) == 100
    ranking.ask("POST", path, json={"user_id": user_id, "top_k": 0}, status=422)
