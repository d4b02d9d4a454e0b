"""Calls that share a message."""

import asyncio

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backend.batching import Batcher, Outcome, outcomes


class Line:
    """A slow line: doubles numbers, refuses negative ones, goes on when told."""

    def __init__(self, open_at_once=True):
        self.batches = []
        self.gate = asyncio.Event()
        if open_at_once:
            self.gate.set()

    async def send(self, numbers):
        self.batches.append(numbers)
        await self.gate.wait()
        return await outcomes([self.double(number) for number in numbers])

    async def double(self, number):
        if number < 0:
            raise ValueError(f"got {number}")
        return 2 * number


async def settle():
    """Let everything run that can."""
    for _ in range(10):
        await asyncio.sleep(0)


async def one_then_others(batcher, others):
    """A call that has left, and others that wait for it."""
    calls = [asyncio.create_task(batcher.call(0))]
    await settle()
    calls += [asyncio.create_task(batcher.call(number)) for number in range(1, others + 1)]
    await settle()
    return calls


def test_a_lone_call_leaves_at_once():
    async def body():
        line = Line()
        assert await Batcher(line.send).call(4) == 8
        assert line.batches == [[4]]

    asyncio.run(body())


def test_calls_of_one_turn_of_the_loop_leave_together():
    async def body():
        line = Line()
        batcher = Batcher(line.send)
        assert await asyncio.gather(*(batcher.call(n) for n in range(3))) == [0, 2, 4]
        assert line.batches == [[0, 1, 2]]

    asyncio.run(body())


def test_calls_made_meanwhile_go_together():
    async def body():
        line = Line(open_at_once=False)
        batcher = Batcher(line.send, under_way=1)
        calls = await one_then_others(batcher, 4)
        assert line.batches == [[0]]
        line.gate.set()
        assert await asyncio.gather(*calls) == [0, 2, 4, 6, 8]
        assert line.batches == [[0], [1, 2, 3, 4]]

    asyncio.run(body())


def test_a_batch_and_what_is_under_way_are_bounded():
    async def body():
        line = Line(open_at_once=False)
        batcher = Batcher(line.send, most=2, under_way=2)
        calls = [asyncio.create_task(batcher.call(number)) for number in range(7)]
        await settle()
        assert len(line.batches) == 2
        line.gate.set()
        assert await asyncio.gather(*calls) == [0, 2, 4, 6, 8, 10, 12]
        assert max(len(batch) for batch in line.batches) <= 2

    asyncio.run(body())


def test_the_error_of_one_call_is_its_own():
    async def body():
        batcher = Batcher(Line().send)
        results = await asyncio.gather(
            *(batcher.call(n) for n in (1, -1, 2)), return_exceptions=True
        )
        assert results[0::2] == [2, 4]
        assert isinstance(results[1], ValueError)

    asyncio.run(body())


def test_a_line_that_breaks_fails_its_batch_and_the_next_goes_on():
    async def body():
        broken = [True]

        async def send(numbers):
            if broken.pop() if broken else False:
                raise ConnectionError("cut")
            return [Outcome(number) for number in numbers]

        batcher = Batcher(send)
        with pytest.raises(ConnectionError):
            await batcher.call(1)
        assert await batcher.call(2) == 2

    asyncio.run(body())


def test_a_caller_that_gives_up_is_left_out_and_holds_up_nobody():
    async def body():
        line = Line(open_at_once=False)
        batcher = Batcher(line.send, under_way=1)
        calls = await one_then_others(batcher, 3)
        calls[0].cancel()
        calls[2].cancel()
        await settle()
        line.gate.set()
        results = await asyncio.gather(*calls, return_exceptions=True)
        assert results[1::2] == [2, 6]
        assert line.batches == [[0], [1, 3]]

    asyncio.run(body())


@settings(max_examples=40, deadline=None)
@given(st.lists(st.integers(-5, 50), max_size=40), st.integers(1, 5), st.integers(1, 4))
def test_every_call_gets_its_own_answer(numbers, most, under_way):
    async def body():
        line = Line()
        batcher = Batcher(line.send, most, under_way)
        results = await asyncio.gather(*(batcher.call(n) for n in numbers), return_exceptions=True)
        for number, result in zip(numbers, results, strict=True):
            assert isinstance(result, ValueError) if number < 0 else result == 2 * number

    asyncio.run(body())
