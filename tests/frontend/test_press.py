from __future__ import annotations

import asyncio
import threading
from dataclasses import replace
from typing import Any, cast

import httpx
import pytest
from starlette.applications import Starlette

from frontend import press, server, shape
from frontend.actions import Actions
from frontend.api import Api, Unreachable
from frontend.lobby import Lobby
from frontend.services import services
from frontend.status import Reading
from frontend.viewers import Viewers
from tests.frontend.answers import SOURCES, counted, slate


class Backend:
    def __init__(self) -> None:
        self.calls: list[tuple[str, str | None]] = []
        self.error: Exception | None = None

    def slate(self, liked_id: str, *, ranking_id: str | None, **_: Any) -> dict[str, Any]:
        if self.error:
            raise self.error
        self.calls.append((liked_id, ranking_id))
        return slate("r2", like=counted(liked_id, "plot")) if ranking_id else slate("r1")


class Poller:
    def read(self) -> Reading:
        return Reading("ok", False, None, 0.0, "")


@pytest.fixture
def backend() -> Backend:
    return Backend()


@pytest.fixture
def viewer(backend: Backend, monkeypatch: pytest.MonkeyPatch) -> Actions:
    viewers, actions = Viewers(), Actions(cast(Api, backend))
    viewers.add(actions)
    shared = replace(services(), viewers=viewers, poller=cast(Any, Poller()))
    monkeypatch.setattr(press, "services", lambda: shared)
    house = Lobby(shape.sources(SOURCES))
    monkeypatch.setattr(press, "lobby", lambda *, reachable: house)
    return actions


def post(content: Any, media_type: str = "application/json") -> httpx.Response:
    async def ask() -> httpx.Response:
        transport = httpx.ASGITransport(app=Starlette(routes=list(server.ROUTES)))
        async with httpx.AsyncClient(transport=transport, base_url="http://page") as http:
            headers = {"Content-Type": media_type}
            if isinstance(content, bytes):
                return await http.post("/press", content=content, headers=headers)
            return await http.post("/press", json=content, headers=headers)

    return asyncio.run(ask())


def wish(viewer: Actions, movie_id: str = "film-2", ranking_id: str = "r1") -> dict[str, str]:
    return {"view": viewer.view, "movie_id": movie_id, "ranking_id": ranking_id}


def test_a_press_is_answered_with_what_the_script_would_draw(
    viewer: Actions, backend: Backend
) -> None:
    post(wish(viewer, "film-0", ""))
    response = post(wish(viewer))
    assert backend.calls == [("film-0", None), ("film-2", "r1")]
    parts = response.json()
    assert parts["cards"]["ranking_id"] == "r2"
    assert parts["cards"]["turn"] == viewer.session.turn == 2
    assert parts["header"]["likes"] == viewer.session.likes == 1
    assert response.headers["cache-control"] == "no-store"


def test_a_failure_is_told_in_the_parts_as_the_script_tells_it(
    viewer: Actions, backend: Backend
) -> None:
    post(wish(viewer, "film-0", ""))
    backend.error = Unreachable("x")
    response = post(wish(viewer))
    assert response.status_code == 200
    parts = response.json()
    assert (parts["cards"]["ranking_id"], parts["cards"]["turn"]) == ("r1", 2)
    assert "nobody answers" in parts["marquee"]["notice"]
    assert parts["marquee"]["urgent"] is True


def test_a_page_that_is_not_known_is_refused(viewer: Actions, backend: Backend) -> None:
    response = post({**wish(viewer), "view": "guessed"})
    assert response.status_code == 404
    assert response.headers["content-type"].startswith("application/problem+json")
    assert backend.calls == []


def test_nobody_waits_here_while_another_action_is_done(viewer: Actions, backend: Backend) -> None:
    held, done = threading.Event(), threading.Event()

    def act() -> None:
        with viewer.lock:
            held.set()
            done.wait(10)

    thread = threading.Thread(target=act)
    thread.start()
    assert held.wait(10)
    try:
        assert post(wish(viewer)).status_code == 409
    finally:
        done.set()
        thread.join()
    assert backend.calls == []
    assert post(wish(viewer)).status_code == 200


@pytest.mark.parametrize(
    ("content", "status"),
    [
        (b"{", 400),
        (b"[]", 400),
        (b"\xff", 400),
        ({}, 422),
        ({"view": "v", "movie_id": "", "ranking_id": ""}, 422),
        ({"view": "v", "movie_id": 7, "ranking_id": ""}, 422),
        ({"view": "v", "movie_id": "m" * 129, "ranking_id": ""}, 422),
        ({"view": "v", "movie_id": "m" * 4000, "ranking_id": ""}, 413),
    ],
)
def test_what_is_no_press_is_refused(
    viewer: Actions, backend: Backend, content: Any, status: int
) -> None:
    assert post(content).status_code == status
    assert backend.calls == []


def test_a_form_of_another_site_is_refused(viewer: Actions, backend: Backend) -> None:
    assert post(wish(viewer), "text/plain").status_code == 415
    assert backend.calls == []
