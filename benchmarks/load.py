"""The load: viewers that ask again as soon as they are answered, from a process of their own.

    echo '{"port": 8000, "viewers": 16, "seconds": 2, ...}' | python -m benchmarks.load

One spec as JSON on standard input, one result as JSON on standard output. It speaks HTTP/1.1 with
keep-alive over asyncio streams, to loopback only; the same code for every system, so its share
of the cores is the same too. Bounded by time, by the number of requests and by viewers.
"""

from __future__ import annotations

import asyncio
import json
import random
import sys
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

import orjson
import uvloop

HOST = "127.0.0.1"
MOST_VIEWERS, MOST_SECONDS, MOST_REQUESTS = 256, 120.0, 500_000
ANSWER_DEADLINE_S = 30.0
CLICKS_PER_SESSION = 10


@dataclass(frozen=True)
class Spec:
    """What to send where.

    Attributes:
        port: on loopback.
        kind: `ensemble` (a viewer who clicks one of the cards it was shown; a new session every
            `CLICKS_PER_SESSION`), `rank` (`POST /` for a user), or `get` (`path` again and again).
        viewers: connections, each with one request at a time.
        seconds: how long to measure.
        warm_up: requests of each viewer before that.
        films: to begin sessions with (`ensemble`).
        users: to rank for (`rank`).
        top_k: of a `rank`.
        path: of a `get`.
        seed: of the viewers' choices and the names of their sessions.
    """

    port: int
    kind: str
    viewers: int
    seconds: float
    warm_up: int = 20
    films: Sequence[str] = ()
    users: Sequence[str] = ()
    top_k: int = 10
    path: str = "/"
    seed: int = 0

    def __post_init__(self) -> None:
        for name, value, most in (
            ("viewers", self.viewers, MOST_VIEWERS),
            ("seconds", self.seconds, MOST_SECONDS),
        ):
            if not 0 < value <= most:
                raise ValueError(f"{name} must be above 0 and at most {most:g}, got {value!r}")
        if self.kind not in {"ensemble", "rank", "get"}:
            raise ValueError(f"kind must be one of ensemble, rank, get, got {self.kind!r}")


@dataclass
class Tally:
    """What came back: latencies in ms of good answers, and how many were not good."""

    latencies_ms: list[float] = field(default_factory=list)
    errors: int = 0
    first_error: str = ""
    seconds: float = 0.0


class Viewer:
    """The requests of one viewer, each made from the last answer."""

    def __init__(self, spec: Spec, number: int) -> None:
        self._spec = spec
        self._rng = random.Random(f"{spec.seed}-{number}")
        self._name = f"load-{spec.seed}-{number}"
        self._clicks = 0
        self._film = self._rng.choice(spec.films) if spec.films else ""

    def request(self) -> bytes:
        """The next request, whole."""
        spec = self._spec
        if spec.kind == "rank":
            user = self._rng.choice(spec.users)
            return _http("POST", "/", orjson.dumps({"user_id": user, "top_k": spec.top_k}))
        if spec.kind == "get":
            return _http("GET", spec.path)
        session = f"{self._name}-{self._clicks // CLICKS_PER_SESSION}"
        return _http("GET", f"/rec/ensemble?liked_id={self._film}&session_key={session}")

    def take(self, body: bytes) -> None:
        """Choose the next film among those of the answer; a new session begins with any film."""
        if self._spec.kind != "ensemble":
            return
        self._clicks += 1
        shown = orjson.loads(body).get("ids")
        if shown and self._clicks % CLICKS_PER_SESSION:
            self._film = self._rng.choice(shown)["id"]
        else:
            self._film = self._rng.choice(self._spec.films)


def _http(method: str, target: str, body: bytes = b"") -> bytes:
    head = f"{method} {target} HTTP/1.1\r\nHost: {HOST}\r\nAccept: application/json\r\n"
    if body:
        head += f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n"
    return head.encode() + b"\r\n" + body


async def _answer(reader: asyncio.StreamReader) -> tuple[int, bytes]:
    """Status and body of one answer."""
    head = await reader.readuntil(b"\r\n\r\n")
    status_line, *lines = head.decode("latin-1").split("\r\n")
    headers = {
        name.strip().lower(): value.strip()
        for name, _, value in (line.partition(":") for line in lines if line)
    }
    if headers.get("transfer-encoding") == "chunked":
        parts = []
        while size := int((await reader.readuntil(b"\r\n")).split(b";")[0], 16):
            parts.append(await reader.readexactly(size))
            await reader.readexactly(2)
        await reader.readuntil(b"\r\n")
        body = b"".join(parts)
    else:
        body = await reader.readexactly(int(headers.get("content-length", 0)))
    return int(status_line.split()[1]), body


async def _view(spec: Spec, number: int, tally: Tally, ready: asyncio.Barrier) -> None:
    viewer = Viewer(spec, number)
    reader, writer = await asyncio.open_connection(HOST, spec.port, limit=2**22)

    async def ask() -> None:
        request = viewer.request()
        started = time.perf_counter()
        writer.write(request)
        async with asyncio.timeout(ANSWER_DEADLINE_S):
            status, body = await _answer(reader)
        elapsed_ms = (time.perf_counter() - started) * 1000
        if status == 200:
            tally.latencies_ms.append(elapsed_ms)
            viewer.take(body)
        else:
            tally.errors += 1
            tally.first_error = tally.first_error or f"{status}: {body[:200].decode('latin-1')}"

    try:
        for _ in range(spec.warm_up):
            await ask()
        await ready.wait()
        # The first to pass the barrier forgets the warm-up; nothing was measured yet.
        if tally.seconds == 0.0:
            tally.seconds = spec.seconds
            tally.latencies_ms.clear()
        end = time.perf_counter() + spec.seconds
        while time.perf_counter() < end and len(tally.latencies_ms) < MOST_REQUESTS:
            await ask()
    finally:
        writer.close()


async def run(spec: Spec) -> Tally:
    """All viewers at once; they begin to be measured together.

    Raises:
        OSError, TimeoutError, asyncio.IncompleteReadError: the system does not answer.
    """
    tally = Tally()
    ready = asyncio.Barrier(spec.viewers)
    async with asyncio.timeout(spec.seconds + 4 * ANSWER_DEADLINE_S):
        async with asyncio.TaskGroup() as viewers:
            for number in range(spec.viewers):
                viewers.create_task(_view(spec, number, tally, ready))
    return tally


def main() -> None:
    """One spec in, one result out."""
    # A light load: what it takes of the cores is missing to what is measured.
    tally = uvloop.run(run(Spec(**json.load(sys.stdin))))
    result: dict[str, Any] = asdict(tally)
    sys.stdout.buffer.write(orjson.dumps(result))


if __name__ == "__main__":
    main()
