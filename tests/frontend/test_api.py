from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from frontend.api import Api, BadAnswer, NotReady, Problem, TimedOut, Unreachable
from frontend.health import Health

Answer = Callable[[BaseHTTPRequestHandler], None]


def answer(status: int, body: bytes, media_type: str = "application/json") -> Answer:
    def send(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        handler.send_header("Content-Type", media_type)
        handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        handler.wfile.write(body)

    return send


def hang_up(handler: BaseHTTPRequestHandler) -> None:
    handler.close_connection = True
    handler.connection.close()


def stall(handler: BaseHTTPRequestHandler) -> None:
    time.sleep(0.6)
    hang_up(handler)


class Backend:
    """A server that gives scripted answers, the last one again and again."""

    def __init__(self) -> None:
        self.answers: list[Answer] = [answer(200, b"{}")]
        self.requests: list[tuple[str, str, bytes]] = []
        backend = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def _handle(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                backend.requests.append((self.command, self.path, body))
                script = backend.answers
                step = script.pop(0) if len(script) > 1 else script[0]
                step(self)

            do_GET = do_POST = do_DELETE = _handle

            def log_message(self, format: str, *args: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()


@pytest.fixture
def backend() -> Iterator[Backend]:
    server = Backend()
    yield server
    server.server.shutdown()
    server.server.server_close()


@pytest.fixture
def api(backend: Backend) -> Api:
    return Api(backend.url, timeout_s=0.3)


def test_a_like_is_one_get_with_the_ranking(backend: Backend, api: Api) -> None:
    api.slate("film-1", session_key="k", policy="static", ranking_id="r")
    assert [(method, path) for method, path, _ in backend.requests] == [
        ("GET", "/rec/ensemble?liked_id=film-1&session_key=k&policy=static&ranking_id=r")
    ]


def test_what_is_not_known_is_not_sent(backend: Backend, api: Api) -> None:
    api.slate("film-1")
    assert backend.requests[0][1] == "/rec/ensemble?liked_id=film-1"


def test_a_session_key_cannot_leave_its_place_in_the_path(backend: Backend, api: Api) -> None:
    api.session("../../control?x=1#y")
    assert backend.requests[0][1] == "/rec/sessions/..%2F..%2Fcontrol%3Fx%3D1%23y"


def test_a_ranking_is_posted_as_json(backend: Backend, api: Api) -> None:
    api.ranked("k1", 5)
    method, path, body = backend.requests[0]
    assert (method, path, json.loads(body)) == ("POST", "/", {"user_id": "k1", "top_k": 5})


def test_a_get_that_breaks_off_is_sent_once_more(backend: Backend, api: Api) -> None:
    backend.answers = [hang_up, answer(200, b'{"movies": []}')]
    assert api.starters(3) == {"movies": []}
    assert len(backend.requests) == 2


def test_a_get_is_not_sent_a_third_time(backend: Backend, api: Api) -> None:
    backend.answers = [hang_up]
    with pytest.raises(Unreachable, match="Nobody answers at http://127"):
        api.starters(3)
    assert len(backend.requests) == 2


def test_a_proxy_without_a_replica_is_asked_once_more(backend: Backend, api: Api) -> None:
    backend.answers = [answer(503, b"no server"), answer(200, b'{"sources": []}')]
    assert api.sources() == {"sources": []}


@pytest.mark.parametrize("call", ["undo", "reset"])
@pytest.mark.parametrize("fault", [hang_up, answer(503, b"{}")])
def test_what_is_no_get_is_never_repeated(
    backend: Backend, api: Api, call: str, fault: Answer
) -> None:
    backend.answers = [fault]
    with pytest.raises((Unreachable, Problem, NotReady)):
        getattr(api, call)("k1")
    assert len(backend.requests) == 1


def test_a_stalled_answer_times_out_without_a_retry(backend: Backend, api: Api) -> None:
    backend.answers = [stall]
    began = time.monotonic()
    with pytest.raises(TimedOut, match=r"within 0\.3 s"):
        api.sources()
    assert time.monotonic() - began < 0.55
    assert len(backend.requests) == 1


def test_a_refusal_carries_the_problems_detail(backend: Backend, api: Api) -> None:
    problem = {"title": "Unknown film", "status": 404, "detail": "no film x", "field": "liked_id"}
    backend.answers = [answer(404, json.dumps(problem).encode(), "application/problem+json")]
    with pytest.raises(Problem, match="no film x") as caught:
        api.slate("x")
    assert (caught.value.status, caught.value.title) == (404, "Unknown film")
    assert caught.value.field == "liked_id"


def test_a_refusal_in_another_shape_still_says_its_status(backend: Backend, api: Api) -> None:
    backend.answers = [answer(500, b"<h1>oops</h1>", "text/html")]
    with pytest.raises(Problem, match="answered 500"):
        api.sources()


@pytest.mark.parametrize("status", [404, 503])
def test_a_proxy_that_answers_for_the_backend_means_it_is_starting(
    backend: Backend, api: Api, status: int
) -> None:
    backend.answers = [answer(status, b"Path '/rec/ensemble' not found.", "text/plain")]
    with pytest.raises(NotReady, match="starting"):
        api.slate("film-1")


@pytest.mark.parametrize("body", [b"not json", b"[1, 2]", b""])
def test_an_answer_that_is_no_object_is_told_apart(backend: Backend, api: Api, body: bytes) -> None:
    backend.answers = [answer(200, body)]
    with pytest.raises(BadAnswer):
        api.sources()


def test_a_redirect_is_not_followed(backend: Backend, api: Api) -> None:
    def redirect(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(302)
        handler.send_header("Location", "/elsewhere")
        handler.send_header("Content-Length", "0")
        handler.end_headers()

    backend.answers = [redirect]
    with pytest.raises(BadAnswer):
        api.sources()
    assert len(backend.requests) == 1


def test_a_poster_keeps_its_media_type(backend: Backend, api: Api) -> None:
    backend.answers = [answer(200, b"RIFF", "image/webp")]
    image = api.poster("film-1.webp", "abc")
    assert (image.content, image.media_type) == (b"RIFF", "image/webp")
    assert backend.requests[0][1] == "/rec/posters/film-1.webp?v=abc"


def test_a_poster_that_is_no_image_is_refused(backend: Backend, api: Api) -> None:
    backend.answers = [answer(200, b"<script>", "text/html")]
    with pytest.raises(BadAnswer, match="must be an image, got text/html"):
        api.poster("film-1.webp", None)


def test_a_call_that_finds_nobody_turns_the_state_to_down(backend: Backend) -> None:
    health = Health()
    backend.answers = [hang_up]
    with pytest.raises(Unreachable):
        Api(backend.url, 0.3, health).sources()
    assert health.state() == "down"


def test_the_status_is_left_to_the_poller(backend: Backend) -> None:
    health = Health()
    backend.answers = [hang_up]
    with pytest.raises(Unreachable):
        Api(backend.url, 0.3, health).status()
    assert health.state() == "ok"
