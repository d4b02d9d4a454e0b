"""What does a durable like cost, how fast is recovery, how dear is a session?

    .venv/bin/python -m benchmarks.likes                     # one shard's logic and log, no network
    .venv/bin/python -m benchmarks.likes --sessions 100000   # memory of one shard
    .venv/bin/python -m benchmarks.likes --recover 1000000   # a new process on a log that long
    .venv/bin/python -m benchmarks.likes --http              # over HTTP, log on disk and in memory

All on folders of their own that are deleted afterwards; `--http` starts systems of its own.
"""

from __future__ import annotations

import argparse
import asyncio
import gc
import os
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psutil
import requests

from backend.impressions.event_log import EventLog, Stream
from backend.impressions.session import Event, Session
from backend.impressions.store import ImpressionStore, RankRequest
from backend.runtime import free_port
from backend.settings import REPOSITORY, Settings

FILMS = tuple(f"some-film-title-{n}-{1950 + n % 70}" for n in range(700))
AT_ONCE = 64


@contextmanager
def folder(parent: str | None = None) -> Iterator[Path]:
    """A folder that is deleted afterwards."""
    path = Path(tempfile.mkdtemp(prefix="df-likes-", dir=parent))
    try:
        yield path
    finally:
        shutil.rmtree(path, ignore_errors=True)


def request(key: str, number: int, rng: random.Random, liked_id: str = "") -> RankRequest:
    """A request for ten films of sixty, as the ensemble sends it."""
    films = rng.sample(FILMS, 60)
    return RankRequest(
        session_key=key,
        ranking_id=f"{key}-{number}-{rng.randrange(10**9)}",
        liked_id=liked_id or films[0],
        liked_ranking_id=None,
        policy=None,
        count=10,
        candidates={"color": films[1:31], "plot": films[31:]},
        complete=frozenset(),
        missing={},
    )


async def likes_per_second(seconds: float) -> None:
    """Likes and clicks (a like and the next ten films) through one shard, each answered durably."""
    rng = random.Random(1)
    with folder() as data:
        store = ImpressionStore(Settings({"DATA_DIR": str(data)}))
        counts = {"like": 0, "click": 0}

        async def liker(number: int, end: float) -> None:
            turn = 0
            while time.perf_counter() < end:
                key, turn = f"l{number}-{turn}", turn + 1
                answer = await store.rank(request(key, 0, rng))
                for slot in answer["slots"]:
                    await store.like(key, answer["ranking_id"], slot["movie_id"])
                    counts["like"] += 1

        async def clicker(number: int, end: float) -> None:
            key, film, turn = f"c{number}", "", 0
            while time.perf_counter() < end:
                answer = await store.rank(request(key, turn, rng, film))
                film, turn = answer["slots"][0]["movie_id"], turn + 1
                counts["click"] += 1

        for name, client in (("like", liker), ("click", clicker)):
            started, cpu = time.perf_counter(), time.process_time()
            await asyncio.gather(*(client(n, started + seconds) for n in range(AT_ONCE)))
            rate = counts[name] / (time.perf_counter() - started)
            # What other work on the machine does not change.
            each = (time.process_time() - cpu) / counts[name] * 1000
            print(
                f"{name}s answered durably through one shard, {AT_ONCE} at once: {rate:,.0f}/s, "
                f"{each:.2f} ms of computing each"
            )
        store.close()


async def memory(sessions: int, rankings: int, likes: int) -> None:
    """Resident memory of one shard that holds this many sessions."""
    rng = random.Random(1)
    with folder() as data:
        settings = Settings({"DATA_DIR": str(data), "MAX_SESSIONS_PER_SHARD": str(2 * sessions)})
        store = ImpressionStore(settings)
        gc.collect()
        before = psutil.Process().memory_info().rss

        async def client(first: int) -> None:
            for number in range(first, sessions, AT_ONCE):
                film = ""
                for turn in range(rankings):
                    answer = await store.rank(request(f"session-{number}", turn, rng, film))
                    film = answer["slots"][0]["movie_id"] if turn < likes else ""

        started = time.perf_counter()
        await asyncio.gather(*(client(n) for n in range(AT_ONCE)))
        gc.collect()
        used = psutil.Process().memory_info().rss - before
        held = store.stats()["sessions"]
        print(
            f"{held:,} sessions of {rankings} rankings and {likes} likes in memory: "
            f"{used / 2**20:,.0f} MiB, {used / held:,.0f} bytes a session "
            f"(made in {time.perf_counter() - started:.0f} s)"
        )
        key = f"session-{sessions // 2}"
        took = []
        for _ in range(20):
            key = f"session-{rng.randrange(sessions)}"
            started = time.perf_counter()
            await store.session(key)
            took.append((time.perf_counter() - started) * 1000)
        print(f"one of them used again: median {statistics.median(took):.2f} ms")
        store.close()


def recovery(events: int) -> None:
    """How long a new process takes to answer, on a log of this length."""
    with folder() as data:
        settings = Settings({"DATA_DIR": str(data)})
        longest = events // 5
        _write_history(settings, {"long": longest}, events - longest)
        size = (data / "impressions.db").stat().st_size / 2**20
        print(f"a log of {events:,} events, {size:,.0f} MiB, one session of {longest:,}")
        started = time.perf_counter()
        store = ImpressionStore(settings)
        print(f"opened in {time.perf_counter() - started:.2f} s")

        async def use() -> None:
            for key in ("long", "s0"):
                started = time.perf_counter()
                state = await store.session(key)
                shown = sum(state["shown_total"].values())
                took = (time.perf_counter() - started) * 1000
                print(f"session of {shown // 10:,} rankings answered in {took:.1f} ms")
            started, cpu = time.perf_counter(), time.process_time()
            await asyncio.gather(*(store.session(f"s{n}") for n in range(500)))
            took, cpu = time.perf_counter() - started, time.process_time() - cpu
            print(f"500 of those at once answered in {took:.2f} s, {cpu:.2f} s of it computing")

        asyncio.run(use())
        print(f"from opening to all of that: {time.perf_counter() - started:.2f} s")
        store.close()


def _write_history(settings: Settings, long: dict[str, int], others: int) -> None:
    log = EventLog(settings.database_url)
    rng = random.Random(1)
    slates = [_slate(rng) for _ in range(500)]
    plan = {**long, **{f"s{n}": 100 for n in range(max(1, others // 100))}}
    for key, count in plan.items():
        session, stream, commits = Session(), Stream(key), []
        for number in range(count):
            film, slate = FILMS[number % 700], slates[number % 500]
            event = Event("ranked", float(number), f"{key}-{number}", film, slate)
            session.apply(event)
            commits.append(log.append(stream, event, session=session))
            if len(commits) == 500:
                commits.pop().result()
                commits.clear()
        if commits:
            commits[-1].result()
    log.close()


def _slate(rng: random.Random) -> dict[str, Any]:
    """Ten films as a ranking's event holds them."""
    shares = {"color": 0.5, "plot": 0.5}
    return {
        "policy": "preference",
        "dist": shares,
        "slots": [[film, rng.choice(("color", "plot")), 0.5, []] for film in rng.sample(FILMS, 10)],
        "exposure": shares,
        "missing": {},
        "count": 10,
        "like": None,
    }


def over_http(seconds: float, clients: int) -> None:
    """Likes over HTTP with the log on disk, and with one that is in memory only."""
    for name, parent in (("on disk", None), ("in memory", "/dev/shm")):
        with folder() as data, folder(parent) as log:
            url = f"sqlite:///{log / 'impressions.db'}"
            with running(data, DATABASE_URL=url, SOURCE_DEADLINE_MS="5000") as api:
                rate, median = _http_likes(api, seconds, clients)
        print(f"log {name}: {rate:,.0f} likes/s, median {median:.1f} ms, {clients} clients")


@contextmanager
def running(data: Path, **variables: str) -> Iterator[str]:
    """A system of its own; its address."""
    environment = {
        **os.environ,
        "DATA_DIR": str(data),
        "API_PORT": str(free_port()),
        "UI_PORT": str(free_port()),
        # Nothing else draws on the processor meanwhile.
        "POSTERS_AHEAD": "0",
        **variables,
    }

    def launch(*arguments: str) -> None:
        command = [sys.executable, "-m", "scripts.launch", *arguments]
        subprocess.run(
            command, cwd=REPOSITORY, env=environment, check=True, stdout=subprocess.DEVNULL
        )

    launch("start", "--detach")
    try:
        yield f"http://127.0.0.1:{environment['API_PORT']}"
    finally:
        launch("stop")


def _http_likes(api: str, seconds: float, clients: int) -> tuple[float, float]:
    took: list[float] = []
    end = time.perf_counter() + seconds

    def client(number: int) -> None:
        turn = 0
        with requests.Session() as http:
            http.trust_env = False
            while time.perf_counter() < end:
                key, turn = f"likes-{number}-{turn}", turn + 1
                query = {"liked_id": "alien-1979", "session_key": key}
                shown: dict[str, Any] = http.get(
                    f"{api}/rec/ensemble", params=query, timeout=30
                ).json()
                for slot in shown["slots"]:
                    body = {
                        "session_key": key,
                        "ranking_id": shown["ranking_id"],
                        "movie_id": slot["movie_id"],
                    }
                    started = time.perf_counter()
                    http.post(f"{api}/rec/likes", json=body, timeout=30).raise_for_status()
                    took.append((time.perf_counter() - started) * 1000)

    threads = [threading.Thread(target=client, args=(n,)) for n in range(clients)]
    started = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return len(took) / (time.perf_counter() - started), statistics.median(took)


def main() -> None:
    """Measure what the command line asks for."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.likes")
    parser.add_argument("--seconds", type=float, default=10.0)
    parser.add_argument("--sessions", type=int, help="measure memory with this many")
    parser.add_argument("--rankings", type=int, default=6, help="of each of them")
    parser.add_argument("--likes", type=int, default=5, help="of each of them")
    parser.add_argument("--recover", type=int, metavar="EVENTS")
    parser.add_argument("--http", action="store_true")
    parser.add_argument("--clients", type=int, default=16, help="of --http")
    arguments = parser.parse_args()
    if arguments.sessions:
        asyncio.run(memory(arguments.sessions, arguments.rankings, arguments.likes))
    elif arguments.recover:
        recovery(arguments.recover)
    elif arguments.http:
        over_http(arguments.seconds, arguments.clients)
    else:
        asyncio.run(likes_per_second(arguments.seconds))


if __name__ == "__main__":
    main()
