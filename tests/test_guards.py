"""The guards before every application, each in front of a small one."""

import asyncio

import httpx
import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from backend.guards import Bodies, Headers, NoSockets, Overload, Rates, Sizes
from backend.security import PROBLEM_TYPE
from backend.settings import Settings


def app_behind(*guards, handler=None):
    async def hello(request):
        return PlainTextResponse("hello")

    paths = ("/hello", "/sessions/{key}")
    routes = [Route(path, handler or hello, methods=["GET", "POST"]) for path in paths]
    return Starlette(routes=routes, middleware=list(guards))


def ask(app, method, path, times=1, client=("192.0.2.7", 1), **options):
    async def send():
        transport = httpx.ASGITransport(app, raise_app_exceptions=False, client=client)
        async with httpx.AsyncClient(transport=transport, base_url="http://test") as to:
            return [await to.request(method, path, **options) for _ in range(times)]

    answers = asyncio.run(send())
    return answers if times > 1 else answers[0]


def rates(forwarded=False, now=lambda: 0.0, **settings):
    defaults = {"RATE_PER_SESSION": "0", "RATE_PER_ADDRESS": "0", "RATE_OF_LOOPBACK": "0"}
    return Middleware(
        Rates, settings=Settings({**defaults, **settings}), forwarded=forwarded, clock=now
    )


def statuses(answers):
    return [answer.status_code for answer in answers]


def test_every_answer_carries_the_security_headers():
    headers = ask(app_behind(Middleware(Headers)), "GET", "/hello").headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert "frame-ancestors 'none'" in headers["content-security-policy"]


def test_an_answer_with_a_policy_of_its_own_keeps_it():
    async def handler(request):
        return PlainTextResponse("x", headers={"Content-Security-Policy": "sandbox"})

    app = app_behind(Middleware(Headers), handler=handler)
    assert ask(app, "GET", "/hello").headers["content-security-policy"] == "sandbox"


def test_head_is_get_without_a_body():
    app = app_behind(Middleware(Headers))
    get, head = ask(app, "GET", "/hello"), ask(app, "HEAD", "/hello")
    assert head.status_code == 200
    assert head.headers["content-length"] == get.headers["content-length"]
    assert head.content == b""


@pytest.mark.parametrize(
    ("path", "status", "field"),
    [
        ("/hello?a=1&b=2", 200, None),
        ("/hello?a=1&a=2", 422, "a"),
        ("/hello?a=&a=", 422, "a"),
        ("/hello?%61=1&a=2", 422, "a"),
        ("/hello?" + "a" * 9000, 414, "query"),
    ],
)
def test_queries_are_bounded_and_say_each_thing_once(path, status, field):
    answer = ask(app_behind(Middleware(Sizes)), "GET", path)
    assert answer.status_code == status
    if status != 200:
        assert answer.headers["content-type"] == PROBLEM_TYPE
        assert answer.json()["field"] == field


def test_headers_are_bounded():
    app = app_behind(Middleware(Sizes))
    assert ask(app, "GET", "/hello", headers={"x-long": "a" * 17_000}).status_code == 431
    assert ask(app, "GET", "/hello", headers={"x-long": "a" * 15_000}).status_code == 200


class TestRates:
    def test_an_address_that_asks_too_often_is_told_when_to_come_back(self):
        app = app_behind(rates(RATE_PER_ADDRESS="0.5"))
        first, second = ask(app, "GET", "/hello", times=2)
        assert statuses([first, second]) == [200, 429]
        assert second.headers["content-type"] == PROBLEM_TYPE
        assert second.headers["retry-after"] == "2"
        assert "RATE_PER_ADDRESS" in second.json()["detail"]

    def test_other_addresses_and_loopback_are_not_held_to_it(self):
        app = app_behind(rates(RATE_PER_ADDRESS="0.5"))
        assert statuses(ask(app, "GET", "/hello", times=2, client=("127.0.0.1", 1))) == [200, 200]
        assert ask(app, "GET", "/hello", client=("192.0.2.8", 1)).status_code == 200
        assert ask(app, "GET", "/hello", client=("192.0.2.7", 1)).status_code == 200

    def test_loopback_has_a_limit_of_its_own(self):
        app = app_behind(rates(RATE_OF_LOOPBACK="1"))
        answers = ask(app, "GET", "/hello", times=3, client=("127.0.0.1", 1))
        assert statuses(answers) == [200, 200, 429]

    @pytest.mark.parametrize(
        "request_of",
        [
            {"method": "GET", "path": "/sessions/{}"},
            {"method": "GET", "path": "/hello?session_key={}"},
            {"method": "POST", "path": "/hello", "json": {"session_key": "{}"}},
        ],
    )
    def test_a_session_is_known_wherever_its_key_stands(self, request_of):
        app = app_behind(Middleware(Bodies, max_bytes=1000), rates(RATE_PER_SESSION="0.5"))

        def of(key, times=1):
            filled = {
                name: {"session_key": key} if name == "json" else value.format(key)
                for name, value in request_of.items()
            }
            return ask(app, times=times, **filled)

        assert statuses(of("one", times=2)) == [200, 429]
        assert of("two").status_code == 200

    @pytest.mark.parametrize(("forwarded", "second"), [(True, 200), (False, 429)])
    def test_a_forwarded_address_counts_only_from_a_proxy_of_ours(self, forwarded, second):
        app = app_behind(rates(forwarded=forwarded, RATE_PER_ADDRESS="0.5"))
        for address, status in (("198.51.100.1", 200), ("198.51.100.2", second)):
            answer = ask(app, "GET", "/hello", headers={"x-forwarded-for": address})
            assert answer.status_code == status

    def test_of_several_forwarded_addresses_the_proxys_own_word_counts(self):
        app = app_behind(rates(forwarded=True, RATE_PER_ADDRESS="0.5"))
        for invented, status in (("10.0.0.1", 200), ("10.0.0.2", 429)):
            headers = {"x-forwarded-for": f"{invented}, 198.51.100.1"}
            assert ask(app, "GET", "/hello", headers=headers).status_code == status


def test_what_comes_during_too_many_requests_is_refused_and_later_taken_again():
    hold, inside = asyncio.Event(), asyncio.Semaphore(0)

    async def handler(request):
        inside.release()
        await hold.wait()
        return PlainTextResponse("done")

    app = app_behind(Middleware(Overload, most=2), handler=handler)

    async def crowd():
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url="http://test") as to:
            taken = [asyncio.create_task(to.get("/hello")) for _ in range(2)]
            for _ in taken:
                await inside.acquire()
            refused = await to.get("/hello")
            hold.set()
            answers = await asyncio.gather(*taken)
            return refused, answers, await to.get("/hello")

    refused, answers, after = asyncio.run(crowd())
    assert refused.status_code == 503
    assert refused.headers["retry-after"] == "1"
    assert refused.headers["content-type"] == PROBLEM_TYPE
    assert statuses([*answers, after]) == [200, 200, 200]


def test_a_request_that_its_client_gave_up_makes_room():
    started, cancelled = asyncio.Event(), []

    async def handler(request):
        started.set()
        try:
            await asyncio.Event().wait()
        except asyncio.CancelledError:
            cancelled.append(True)
            raise

    app = app_behind(Middleware(Overload, most=1), handler=handler)

    async def leave():
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url="http://test") as to:
            task = asyncio.create_task(to.get("/hello"))
            await started.wait()
            full = await to.get("/hello")
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)
            started.clear()
            again = asyncio.create_task(to.get("/hello"))
            await started.wait()
            again.cancel()
            return full

    assert asyncio.run(leave()).status_code == 503
    assert cancelled


@pytest.mark.parametrize("extended", [True, False])
def test_a_web_socket_is_refused(extended):
    sent = []

    async def send(message):
        sent.append(message)

    async def receive():
        return {"type": "websocket.connect"}

    scope = {"type": "websocket", "path": "/", "headers": [], "query_string": b""}
    if extended:
        scope["extensions"] = {"websocket.http.response": {}}
    asyncio.run(NoSockets(app_behind())(scope, receive, send))
    if extended:
        assert sent[0]["status"] == 422
        assert b"WebSocket" in sent[1]["body"]
    else:
        assert [message["type"] for message in sent] == ["websocket.close"]
