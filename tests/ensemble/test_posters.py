"""Posters that are drawn when somebody asks; Ray's task is a coroutine of this process here."""

import asyncio
from types import SimpleNamespace

import pytest
from ray.exceptions import RayError

from backend.catalog.catalogue import load_catalogue
from backend.catalog.poster_files import draw_files
from backend.ensemble import posters
from backend.ensemble.posters import Posters
from backend.errors import Unavailable, UnknownMovie
from tests.catalog.test_drawing import settings  # noqa: F401 (a fixture: three films, one picture)


class Worker:
    """Draws like Ray's task, once its gate is open, and keeps count."""

    def __init__(self, error=None):
        self.drawn, self.at_once, self.most_at_once = [], 0, 0
        self.gate = asyncio.Event()
        self.error = error

    async def remote(self, film, folder, width_px):
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        try:
            await self.gate.wait()
            if self.error:
                raise self.error
            draw_files(film, folder, width_px)
            self.drawn.append(film.id)
        finally:
            self.at_once -= 1


@pytest.fixture
def ask(settings, monkeypatch):  # noqa: F811
    """Runs a coroutine with new posters and a new worker."""

    def run(body, error=None):
        async def whole():
            worker = Worker(error)
            monkeypatch.setattr(posters, "_draw", SimpleNamespace(remote=worker.remote))
            await body(Posters(load_catalogue(settings), settings), worker)

        asyncio.run(whole())

    return run


async def settle():
    for _ in range(20):
        await asyncio.sleep(0.005)


def test_a_picture_is_given_and_what_is_not_there_is_unknown(ask):
    async def body(served, _worker):
        assert (await served.file("two-1990", "webp"))[8:12] == b"WEBP"
        with pytest.raises(UnknownMovie, match=r"must be of a built poster, got two-1990\.svg"):
            await served.file("two-1990", "svg")
        with pytest.raises(UnknownMovie):
            await served.file("four-1990", "webp")

    ask(body)


def test_all_who_ask_for_one_poster_have_it_drawn_once(ask):
    async def body(served, worker):
        wanted = [served.file("one-1990", suffix) for suffix in ("webp", "svg", "webp")]
        calls = [asyncio.create_task(call) for call in wanted]
        calls.append(asyncio.create_task(served.file("three-1990", "webp")))
        await settle()
        worker.gate.set()
        picture, drawing, again, _ = await asyncio.gather(*calls)
        assert picture == again
        assert picture[8:12] == b"WEBP"
        assert drawing.startswith(b"<svg")
        assert (worker.drawn, worker.most_at_once) == (["one-1990", "three-1990"], 1)

    ask(body)


def test_who_leaves_does_not_end_a_drawing(ask):
    async def body(served, worker):
        call = asyncio.create_task(served.file("one-1990", "webp"))
        await settle()
        call.cancel()
        worker.gate.set()
        await settle()
        assert worker.drawn == ["one-1990"]
        await served.file("one-1990", "webp")
        assert worker.drawn == ["one-1990"]

    ask(body)


def test_what_cannot_be_drawn_is_refused_and_may_be_asked_for_again(ask):
    async def body(served, worker):
        worker.gate.set()
        for _ in range(2):
            with pytest.raises(Unavailable, match="one-1990 could not be drawn in time"):
                await served.file("one-1990", "webp")
        worker.error = None
        assert await served.file("one-1990", "webp")

    ask(body, error=RayError("the worker died"))


def test_so_many_wait_and_no_more(ask, monkeypatch):
    monkeypatch.setattr(posters, "_MOST_WAITING", 1)

    async def body(served, worker):
        first = asyncio.create_task(served.file("one-1990", "webp"))
        await settle()
        with pytest.raises(Unavailable, match="too many posters wait"):
            await served.file("three-1990", "webp")
        worker.gate.set()
        assert await first

    ask(body)


def test_nobody_waits_for_ever(ask, monkeypatch):
    monkeypatch.setattr(posters, "_DEADLINE_S", 0.01)

    async def body(served, _worker):
        with pytest.raises(Unavailable, match="could not be drawn in time"):
            await served.file("one-1990", "webp")

    ask(body)
