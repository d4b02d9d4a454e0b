"""What a ranking costs the store as sessions and likes of a session grow.

The store of one shard, in this process and without Ray, with its log on disk: one ranking after the
other, each waiting for its commit. What crosses processes does not grow with either.
"""

from __future__ import annotations

import asyncio
import itertools
import random
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from backend.impressions.store import ImpressionStore, RankRequest
from backend.settings import Settings
from benchmarks.figures import Report, percentile
from benchmarks.session import Bench

# As many as are filled at once: they share commits, as requests that arrive together do.
_TOGETHER = 500
_DEPTH = 30
_FILMS = [f"film-{number:04d}" for number in range(3000)]
# For a hundred times as many: a logarithm of it at most.
GROWTH_GOAL = 2.0


def measure(bench: Bench) -> Report:
    """Rankings among few and many sessions and in sessions of few and many likes, in turns."""
    return asyncio.run(_measure(bench))


async def _measure(bench: Bench) -> Report:
    report = Report()
    sizes = (1, 1000, 10_000) if bench.quick else (1, 1000, 100_000)
    likes = (10, 100, 900)
    turns, queries = bench.rounds(3, 7), bench.rounds(30, 100)
    with tempfile.TemporaryDirectory(dir=bench.folder) as folder:
        stores = {size: _store(Path(folder) / str(size), size) for size in (*sizes, 0)}
        try:
            for size in sizes:
                bench.say(f"making {size:,} sessions")
                await _fill(stores[size], size)
            for wanted in likes:
                await _like(stores[0], f"liker-{wanted}", wanted)
            found: dict[str, dict[str, list[float]]] = {}
            for turn in range(turns):
                for size in sizes:
                    keys = [f"s{(turn * queries + at) * 7919 % size}" for at in range(queries)]
                    await _turn(stores[size], keys, found.setdefault(f"{size:,} sessions", {}))
                for wanted in likes:
                    keys = [f"liker-{wanted}"] * queries
                    what = f"a session of {wanted} likes"
                    await _turn(stores[0], keys, found.setdefault(what, {}))
        finally:
            for store in stores.values():
                await asyncio.to_thread(store.close)
    for what, values in found.items():
        report.figure(f"{what}: processor a ranking", "ms", values["cpu"])
        report.figure(f"{what}: p50 of the wait", "ms", values["p50"])
        report.figure(f"{what}: p95 of the wait", "ms", values["p95"])
    most, few = f"{sizes[-1]:,} sessions", f"{sizes[1]:,} sessions"
    full, fresh = (f"a session of {wanted} likes" for wanted in (likes[-1], likes[0]))
    for above, below in ((most, few), (full, fresh)):
        name = f"processor a ranking: {above} / {below}"
        ratio = report.ratio(name, found[above]["cpu"], found[below]["cpu"])
        report.at_most(name, ratio.value, GROWTH_GOAL)
    return report


def _store(folder: Path, sessions: int) -> ImpressionStore:
    folder.mkdir()
    most = str(max(1000, 2 * sessions))
    return ImpressionStore(Settings({"DATA_DIR": str(folder), "MAX_SESSIONS_PER_SHARD": most}))


async def _turn(
    store: ImpressionStore, keys: Sequence[str], values: dict[str, list[float]]
) -> None:
    """One ranking for each key, one after the other."""
    asked = [_requests(key) for key in keys]
    times = []
    before = time.process_time()
    for requests in asked:
        started = time.perf_counter()
        await _first_answer(store, requests)
        times.append((time.perf_counter() - started) * 1000)
    cpu_ms = (time.process_time() - before) * 1000 / len(keys)
    for what, value in (
        ("cpu", cpu_ms),
        ("p50", percentile(times, 0.5)),
        ("p95", percentile(times, 0.95)),
    ):
        values.setdefault(what, []).append(value)


async def _fill(store: ImpressionStore, size: int) -> None:
    for start in range(0, size, _TOGETHER):
        names = range(start, min(size, start + _TOGETHER))
        await asyncio.gather(*(_rank(store, f"s{name}") for name in names))


_number = itertools.count()
_DEEP = _DEPTH + 1000
# Orders of films drawn once: drawing takes longer than a ranking.
_ORDERS = [random.Random(seed).sample(_FILMS, len(_FILMS)) for seed in range(101)]


def _requests(key: str) -> list[RankRequest]:
    """For a film drawn at random, as the ensemble asks: first with some candidates, then with all.

    The second is for the case that likes have used up the candidates of the first.
    """
    number = next(_number)
    films = _ORDERS[number % len(_ORDERS)]
    return [
        RankRequest(
            session_key=key,
            ranking_id=f"ranking-{number}",
            liked_id=films[0],
            liked_ranking_id=None,
            policy=None,
            count=10,
            candidates={"color": films[1 : 1 + depth], "plot": films[1 + _DEEP :][:depth]},
            complete=frozenset({"color", "plot"}) if depth == _DEEP else frozenset(),
            missing={},
        )
        for depth in (_DEPTH, _DEEP)
    ]


async def _first_answer(store: ImpressionStore, requests: Sequence[RankRequest]) -> dict[str, Any]:
    answer: dict[str, Any] = {"more": True}
    for request in requests:
        if answer.get("more"):
            answer = await store.rank(request)
    return answer


async def _rank(store: ImpressionStore, key: str) -> dict[str, Any]:
    return await _first_answer(store, _requests(key))


async def _like(store: ImpressionStore, key: str, wanted: int) -> None:
    """Like shown films until the session has as many likes."""
    liked: set[str] = set()
    while len(liked) < wanted:
        ranking = await _rank(store, key)
        for slot in ranking["slots"]:
            if len(liked) < wanted:
                await store.like(key, str(ranking["ranking_id"]), slot["movie_id"])
                liked.add(slot["movie_id"])
