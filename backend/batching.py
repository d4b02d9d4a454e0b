"""One message for all calls that wait: calls made while another is under way go together.

A call between processes costs milliseconds however little it carries, so under load several
requests share one. Nothing waits for company: what finds nothing under way leaves at once, with all
that was called in the same turn of the event loop, as it is after an answer to several.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

Call = TypeVar("Call")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one call of a batch: a value, or the error that it raised."""

    value: Any = None
    error: BaseException | None = None

    def result(self) -> Any:
        """The value.

        Raises:
            BaseException: the error of the call.
        """
        if self.error is not None:
            raise self.error
        return self.value


async def outcomes(calls: Sequence[Awaitable[Any]]) -> list[Outcome]:
    """Run the calls of a batch side by side; the error of one does not touch the others."""
    results = await asyncio.gather(*calls, return_exceptions=True)
    return [
        Outcome(error=result) if isinstance(result, BaseException) else Outcome(result)
        for result in results
    ]


class Batcher(Generic[Call]):
    """Sends calls in batches.

    Args:
        send: sends a batch and gives an outcome for each call, in order. When it raises, every
            call of the batch does.
        most: calls of one batch at most.
        under_way: batches under way at most; further calls wait, and go together.
    """

    def __init__(
        self,
        send: Callable[[list[Call]], Awaitable[Sequence[Outcome]]],
        most: int = 64,
        under_way: int = 1,
    ) -> None:
        self._send = send
        self._most = most
        self._free = under_way
        self._waiting: list[tuple[Call, asyncio.Future[Any]]] = []
        self._tasks: set[asyncio.Task[None]] = set()
        self._is_starting = False

    async def call(self, call: Call) -> Any:
        """The value of one call.

        A caller that gives up while it waits is left out of the batch.
        """
        loop = asyncio.get_running_loop()
        future: asyncio.Future[Any] = loop.create_future()
        self._waiting.append((call, future))
        if self._free and not self._is_starting:
            self._is_starting = True
            loop.call_soon(self._start)
        return await future

    def _start(self) -> None:
        self._is_starting = False
        while self._free and self._waiting:
            batch, self._waiting = self._waiting[: self._most], self._waiting[self._most :]
            batch = [(call, future) for call, future in batch if not future.done()]
            if not batch:
                continue
            self._free -= 1
            task = asyncio.get_running_loop().create_task(self._run(batch))
            # The loop itself keeps only a weak reference.
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def _run(self, batch: list[tuple[Call, asyncio.Future[Any]]]) -> None:
        try:
            answers = await self._send([call for call, _ in batch])
            for (_, future), outcome in zip(batch, answers, strict=True):
                if future.done():
                    continue
                if outcome.error is None:
                    future.set_result(outcome.value)
                else:
                    future.set_exception(outcome.error)
        except BaseException as error:
            for _, future in batch:
                if not future.done():
                    future.set_exception(error)
            if not isinstance(error, Exception):
                raise
        finally:
            self._free += 1
            self._start()
