"""What the control application does when a database is slow."""

import asyncio
import threading

import pytest

from backend.control import deployment
from backend.errors import Unavailable


def test_what_takes_longer_than_a_request_may_is_refused_in_our_words(monkeypatch):
    monkeypatch.setattr(deployment, "_READ_DEADLINE_S", 0.01)
    answered = threading.Event()

    async def body():
        try:
            with pytest.raises(Unavailable, match="the log is slow; send the request again"):
                await deployment._in_time("the log is slow", answered.wait, 30)
        finally:
            answered.set()

    asyncio.run(body())


def test_what_is_in_time_comes_back_with_its_own_errors():
    async def body():
        assert await deployment._in_time("slow", divmod, 7, 2) == (3, 1)
        with pytest.raises(ZeroDivisionError):
            await deployment._in_time("slow", divmod, 7, 0)

    asyncio.run(body())
