"""The load against a real HTTP server in this process: what is sent, what is counted."""

import asyncio
import contextlib
import json
from urllib.parse import parse_qs, urlsplit

import pytest

from benchmarks.load import CLICKS_PER_SESSION, Spec, run


class Answers:
    """A small server that remembers what it was asked."""

    def __init__(self, status=200, chunked=False, body=b'{"ids": [{"id": "next"}]}'):
        self.asked = []
        self.status, self.chunked, self.body = status, chunked, body

    async def serve(self, reader, writer):
        with contextlib.suppress(asyncio.IncompleteReadError, ConnectionError):
            while True:
                head = (await reader.readuntil(b"\r\n\r\n")).decode()
                length = [
                    int(line.split(":")[1])
                    for line in head.split("\r\n")
                    if line.lower().startswith("content-length")
                ]
                body = await reader.readexactly(length[0]) if length else b""
                self.asked.append((head.split("\r\n")[0], body))
                start = f"HTTP/1.1 {self.status} X\r\n".encode()
                if self.chunked:
                    half = len(self.body) // 2
                    writer.write(start + b"Transfer-Encoding: chunked\r\n\r\n")
                    for part in (self.body[:half], self.body[half:]):
                        writer.write(f"{len(part):x}\r\n".encode() + part + b"\r\n")
                    writer.write(b"0\r\n\r\n")
                else:
                    writer.write(start + f"Content-Length: {len(self.body)}\r\n\r\n".encode())
                    writer.write(self.body)


def loaded(answers, **spec):
    async def work():
        server = await asyncio.start_server(answers.serve, "127.0.0.1", 0)
        async with server:
            port = server.sockets[0].getsockname()[1]
            return await run(Spec(port=port, seconds=0.05, **spec))

    return asyncio.run(work())


@pytest.mark.parametrize("chunked", [False, True])
def test_good_answers_are_counted_without_the_warm_up(chunked):
    answers = Answers(chunked=chunked)
    tally = loaded(answers, kind="get", viewers=2, warm_up=3)
    assert tally.errors == 0
    assert 0 < len(tally.latencies_ms) <= len(answers.asked) - 2 * 2
    assert all(latency > 0 for latency in tally.latencies_ms)


def test_a_bad_answer_is_an_error_and_says_what_it_was():
    tally = loaded(Answers(status=503, body=b"busy"), kind="get", viewers=1, warm_up=0)
    assert tally.errors > 0
    assert tally.latencies_ms == []
    assert tally.first_error == "503: busy"


def test_a_viewer_clicks_what_it_was_shown_and_begins_anew_after_ten_clicks():
    answers = Answers()
    loaded(answers, kind="ensemble", viewers=1, warm_up=2 * CLICKS_PER_SESSION, films=["first"])
    queries = [parse_qs(urlsplit(line.split()[1]).query) for line, _ in answers.asked]
    films = [query["liked_id"][0] for query in queries[: CLICKS_PER_SESSION + 1]]
    assert films == ["first", *["next"] * (CLICKS_PER_SESSION - 1), "first"]
    sessions = [query["session_key"][0] for query in queries[: 2 * CLICKS_PER_SESSION]]
    assert len(set(sessions)) == 2
    assert len(set(sessions[:CLICKS_PER_SESSION])) == 1


def test_a_rank_is_a_post_for_one_of_the_users():
    answers = Answers()
    loaded(answers, kind="rank", viewers=1, warm_up=1, users=["persona-001"], top_k=10)
    line, body = answers.asked[0]
    assert line == "POST / HTTP/1.1"
    assert json.loads(body) == {"user_id": "persona-001", "top_k": 10}


@pytest.mark.parametrize(
    ("change", "field"),
    [({"viewers": 0}, "viewers"), ({"viewers": 1000}, "viewers"), ({"seconds": 1e9}, "seconds")],
)
def test_a_load_without_bounds_is_refused(change, field):
    with pytest.raises(ValueError, match=field):
        Spec(**{"port": 1, "kind": "get", "viewers": 1, "seconds": 1.0, **change})
