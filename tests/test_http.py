"""What every HTTP application shares, on a small one."""

import asyncio
from collections.abc import Iterable
from typing import Annotated

import httpx
import pytest
from pydantic import BaseModel, ConfigDict, Field

from backend.errors import SessionFull, Unavailable
from backend.http import IN_DIGITS, PROBLEM_TYPE, json_response, problem_app
from backend.settings import Settings

LIMIT = 1000


class Body(BaseModel):
    model_config = ConfigDict(extra="forbid")
    name: str = Field(min_length=1, max_length=20)
    count: Annotated[int, Field(ge=1, le=10), IN_DIGITS] = 3


class Client:
    """Asks an application directly, without a server; `content` may be chunks."""

    def __init__(self, app):
        self._transport = httpx.ASGITransport(app, raise_app_exceptions=False)

    def ask(self, method, path, content=None, **options):
        async def body():
            for chunk in content:
                yield chunk

        async def send():
            streamed = isinstance(content, Iterable) and not isinstance(content, bytes)
            async with httpx.AsyncClient(transport=self._transport, base_url="http://test") as to:
                return await to.request(
                    method, path, content=body() if streamed else content, **options
                )

        return asyncio.run(send())

    def get(self, path, **options):
        return self.ask("GET", path, **options)

    def post(self, path, **options):
        return self.ask("POST", path, **options)


@pytest.fixture(scope="module")
def client():
    app = problem_app("Test", "1", Settings({"MAX_BODY_BYTES": str(LIMIT)}))

    @app.post("/things")
    async def make(body: Body):
        return json_response({"name": body.name})

    @app.post("/plain")
    async def plain():
        return json_response({"read": False})

    @app.get("/things/{number}")
    async def thing(number: int):
        if number == 1:
            raise Unavailable("the store is down", field="store")
        if number == 2:
            raise SessionFull("enough likes")
        if number == 3:
            raise RuntimeError("secret of the server")
        return json_response({"number": number})

    return Client(app)


def assert_problem(response, status, field=None):
    """The answer is a problem document of this status; its body."""
    assert response.status_code == status
    assert response.headers["content-type"] == PROBLEM_TYPE
    body = response.json()
    assert body["status"] == status
    assert body["type"] == "about:blank"
    assert body["title"]
    assert body["detail"]
    assert body.get("field") == field
    assert "Traceback" not in response.text
    return body


def chunks(total):
    """A body of unknown length."""
    for _ in range(total // 100):
        yield b"x" * 100


def test_a_good_request_is_answered(client):
    response = client.post("/things", json={"name": "harbour"})
    assert (response.status_code, response.json()) == (200, {"name": "harbour"})


# Bodies


@pytest.mark.parametrize("path", ["/things", "/plain"])
@pytest.mark.parametrize("declared", [True, False])
def test_a_body_over_the_limit_is_refused(client, path, declared):
    content = b"x" * (LIMIT + 100) if declared else chunks(LIMIT + 100)
    body = assert_problem(client.post(path, content=content), 413, "body")
    assert "at most 1000 bytes" in body["detail"]
    assert "MAX_BODY_BYTES" in body["detail"]


def test_a_body_over_the_limit_is_not_read_to_its_end(client):
    read = []
    parts = (read.append(part) or part for part in chunks(100_000))
    assert_problem(client.post("/things", content=parts), 413, "body")
    assert len(read) <= LIMIT / 100 + 2


@pytest.mark.parametrize("declared", [True, False])
def test_a_body_of_just_the_limit_is_accepted(client, declared):
    content = b"x" * LIMIT if declared else chunks(LIMIT)
    assert client.post("/plain", content=content).status_code == 200


def test_a_body_in_chunks_arrives_whole(client):
    parts = iter([b'{"na', b'me": "har', b'bour"}'])
    response = client.post("/things", content=parts, headers={"content-type": "application/json"})
    assert response.json() == {"name": "harbour"}


# Errors


def test_an_unknown_route_is_named(client):
    body = assert_problem(client.get("/nothing/here"), 404)
    assert body["detail"].startswith("no route /nothing/here;")


def test_a_slash_at_the_end_is_another_route(client):
    assert_problem(client.post("/things/", json={"name": "x"}), 404)


def test_a_method_that_a_route_has_not_is_named(client):
    response = client.ask("PUT", "/things", json={})
    body = assert_problem(response, 405)
    assert "PUT is not a method of /things" in body["detail"]
    assert response.headers["allow"] == "POST"


@pytest.mark.parametrize(
    ("body", "field", "rule"),
    [
        ({}, "name", "name must be given, got nothing"),
        ({"name": ""}, "name", "name must be text of at least 1 characters, got "),
        ({"name": "x" * 21}, "name", "name must be text of at most 20 characters, got xxx"),
        ({"name": 7}, "name", "name must be text, got 7"),
        ({"name": "x", "count": 0}, "count", "count must be at least 1, got 0"),
        ({"name": "x", "count": 11}, "count", "count must be at most 10, got 11"),
        ({"name": "x", "count": "many"}, "count", "count must be a whole number, got many"),
        ({"name": "x", "count": 1.5}, "count", "count must be a whole number, got 1.5"),
        ({"name": "x", "size": 1}, "size", "size must be left out, got 1"),
        ([], "body", "body must be a JSON object, got []"),
        ({"name": "x", "count": "1_0"}, "count", "count must be a whole number, got 1_0"),
        ({"name": "x", "count": " 1"}, "count", "count must be a whole number, got  1"),
        ({"name": "x", "count": True}, "count", "count must be a whole number, got True"),
        ({"name": "x", "count": 10**40}, "count", "count must be a whole number of at most 18"),
    ],
)
def test_a_body_that_breaks_a_rule_names_field_rule_and_value(client, body, field, rule):
    problem = assert_problem(client.post("/things", json=body), 422, field)
    assert problem["detail"].startswith(rule)
    assert problem["detail"].endswith("; see docs/api.md")


@pytest.mark.parametrize("content", [b"{", b"name=x", b"\xff\xfe"])
def test_a_body_that_is_not_json_is_refused(client, content):
    response = client.post("/things", content=content, headers={"content-type": "application/json"})
    assert assert_problem(response, 422, "body")["detail"].startswith("body must be JSON")


def test_not_a_number_is_refused(client):
    response = client.post(
        "/things",
        content=b'{"name": "x", "count": NaN}',
        headers={"content-type": "application/json"},
    )
    body = assert_problem(response, 422, "count")
    assert body["detail"].startswith("count must be a finite number, got nan")


def test_half_a_surrogate_pair_is_refused(client):
    response = client.post(
        "/things", content=b'{"name": "\\ud800"}', headers={"content-type": "application/json"}
    )
    body = assert_problem(response, 422, "name")
    assert body["value"] == r"\ud800"


def test_a_path_that_breaks_a_rule_names_the_part(client):
    body = assert_problem(client.get("/things/abc"), 422, "number")
    assert body["value"] == "abc"


def test_an_error_of_the_domain_has_its_own_status(client):
    assert assert_problem(client.get("/things/2"), 409)["title"] == "Session is full"


def test_what_is_down_says_when_to_try_again(client):
    response = client.get("/things/1")
    assert_problem(response, 503, "store")
    assert response.headers["retry-after"] == "1"


def test_an_unexpected_error_tells_nothing_of_the_server(client, caplog):
    response = client.get("/things/3")
    assert_problem(response, 500)
    assert "secret" not in response.text
    assert "RuntimeError" not in response.text
    assert "unexpected error on GET /things/3" in caplog.text
