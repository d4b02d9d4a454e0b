from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import Any

import httpx
import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware

from frontend import server
from frontend.api import Image, Problem, Unreachable
from frontend.posters import PosterCache
from frontend.services import services
from tests.frontend.answers import movie


class Backend:
    def __init__(self) -> None:
        self.error: Exception | None = None
        self.queries: list[str] = []

    def poster(self, name: str, version: str | None) -> Image:
        if self.error:
            raise self.error
        return Image(b"RIFF" + name.encode(), "image/webp")

    def search(self, query: str, limit: int) -> dict[str, Any]:
        if self.error:
            raise self.error
        self.queries.append(query)
        return {"movies": [movie(1)], "total": 1}


class Client:
    """Asks the application without a socket."""

    def __init__(self, app: Starlette) -> None:
        self.app = app

    def get(self, path: str, params: dict[str, str] | None = None) -> httpx.Response:
        async def ask() -> httpx.Response:
            transport = httpx.ASGITransport(app=self.app)
            async with httpx.AsyncClient(transport=transport, base_url="http://page") as http:
                return await http.get(path, params=params)

        return asyncio.run(ask())


@pytest.fixture
def backend() -> Backend:
    return Backend()


@pytest.fixture
def client(backend: Backend, monkeypatch: pytest.MonkeyPatch) -> Client:
    shared = replace(services(), api=backend, posters=PosterCache(backend.poster))
    monkeypatch.setattr(server, "services", lambda: shared)
    app = Starlette(
        routes=list(server.ROUTES),
        middleware=[Middleware(server.SecurityHeaders)],
    )
    return Client(app)


def test_a_poster_with_a_version_is_kept_for_good(client: Client) -> None:
    response = client.get("/posters/jaws-1975.webp?v=ab12")
    assert response.content == b"RIFFjaws-1975.webp"
    assert response.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert response.headers["content-type"] == "image/webp"


def test_a_poster_opened_by_itself_can_run_nothing(client: Client) -> None:
    policy = client.get("/posters/jaws-1975.svg?v=1").headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "sandbox" in policy


def test_a_poster_without_a_version_is_kept_shortly(client: Client) -> None:
    assert "immutable" not in client.get("/posters/jaws-1975.webp").headers["cache-control"]


@pytest.mark.parametrize("name", ["jaws.html", "..%2Fsecret.webp", "JAWS.webp", "a.webp?v=%0a"])
def test_any_other_name_is_unknown(client: Client, name: str) -> None:
    response = client.get(f"/posters/{name}")
    assert response.status_code == 404


def test_a_refusal_is_passed_on_as_a_problem(client: Client, backend: Backend) -> None:
    backend.error = Problem(404, "Unknown film", "no such poster")
    response = client.get("/posters/jaws-1975.webp?v=1")
    assert response.headers["content-type"].startswith("application/problem+json")
    assert (response.status_code, response.json()["detail"]) == (404, "no such poster")


def test_a_backend_that_is_gone_is_a_bad_gateway(client: Client, backend: Backend) -> None:
    backend.error = Unreachable("Nobody answers.")
    assert client.get("/films?query=x").status_code == 502


def test_the_search_gives_shaped_films(client: Client, backend: Backend) -> None:
    response = client.get("/films", params={"query": "  " + "x" * 500})
    assert [film["poster"] for film in response.json()["films"]] == ["/posters/film-1.webp?v=abc1"]
    assert backend.queries == ["x" * server.MAX_QUERY]


def test_a_search_says_why_each_film_is_there_and_whether_stories_are_away(
    client: Client, backend: Backend
) -> None:
    match = {"kind": "story", "terms": ["heist", "train"], "score": 0.5}
    backend.search = lambda query, limit: {  # type: ignore[method-assign]
        "movies": [{**movie(1), "match": match}],
        "missing": [{"source": "plot", "why": "late"}],
    }
    document = client.get("/films?query=x").json()
    assert document["films"][0]["match"] == {"kind": "story", "terms": ["heist", "train"]}
    assert document["partial"] is True


def test_an_empty_search_asks_nobody(client: Client, backend: Backend) -> None:
    assert client.get("/films?query=%20").json() == {"films": []}
    assert backend.queries == []


def test_every_answer_carries_the_security_headers(client: Client) -> None:
    headers = client.get("/films").headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    assert "frame-ancestors 'self'" in headers["content-security-policy"]
    assert "default-src 'self'" in headers["content-security-policy"]


def test_the_page_has_its_name_and_its_places_before_any_script(client: Client) -> None:
    response = client.get("/")
    assert "<title>Double Feature</title>" in response.text
    assert 'id="df-curtain"' in response.text
    assert '<div id="root"></div>' in response.text
    assert response.headers["cache-control"] == "no-cache"


def test_the_mark_is_an_image(client: Client) -> None:
    assert client.get("/logo.svg").headers["content-type"] == "image/svg+xml"
