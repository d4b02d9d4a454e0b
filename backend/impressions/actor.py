"""The impression store as named, detached Ray actors, and the client that finds them."""

from __future__ import annotations

import asyncio
import logging
import zlib
from collections.abc import Coroutine
from functools import partial
from typing import Any

import ray
from ray.exceptions import ActorDiedError, RayActorError, RayTaskError

from backend.batching import Batcher, Outcome, outcomes
from backend.ensemble.default_policy import DefaultPolicy
from backend.errors import DoubleFeatureError, Unavailable
from backend.impressions.store import ImpressionStore, RankRequest
from backend.settings import Settings
from backend.wire import pack_calls, pack_outcomes, unpack_calls, unpack_outcomes
from backend.workers import keep_what_is_loaded

log = logging.getLogger("ray.serve")

NAMESPACE = "double-feature"
_COMMANDS = ("like", "undo", "reset", "session")
_STATS_DEADLINE_S = 1.0


def shard_name(shard: int) -> str:
    """The name of the actor of shard `shard`."""
    return f"impression-store-{shard}"


def shard_of(session_key: str, shards: int) -> int:
    """The shard of a session: the same in every process (unlike `hash`)."""
    return zlib.crc32(session_key.encode()) % shards


class ImpressionStoreActor:
    """One shard as a Ray actor; named so that status pages can tell it from a replica.

    None of its methods is a coroutine: Ray then calls it with half the work of an asyncio actor. A
    batch runs in a loop of its own until all of it is on disk, and the next batch follows; what
    waits meanwhile goes together.
    """

    def __init__(self, shard: int) -> None:
        settings = Settings()
        policy = DefaultPolicy.watched(settings)
        self._store = ImpressionStore(settings, shard=shard, default_policy=lambda: policy.name)
        self._loop = asyncio.new_event_loop()
        keep_what_is_loaded()

    def ready(self) -> bool:
        """Answers once the log is open."""
        return True

    def many(self, packed: bytes) -> bytes:
        """Several commands, as `wire.pack_calls` packs them, side by side: they share a commit."""
        commands = [self._command(*call) for call in unpack_calls(packed)]
        return pack_outcomes(self._loop.run_until_complete(outcomes(commands)))

    def stats_of_shard(self) -> dict[str, int]:
        """Counts for status pages."""
        return self._store.stats()

    def shut_down(self) -> None:
        """Write what waits; the actor is of no use afterwards."""
        self._store.close()

    def _command(self, method: str, arguments: list[Any]) -> Coroutine[Any, Any, dict[str, Any]]:
        if method == "rank":
            (request,) = arguments
            return self._store.rank(RankRequest.of(request))
        if method not in _COMMANDS:
            raise ValueError(f"method must be one of rank, {', '.join(_COMMANDS)}, got {method!r}")
        command: Coroutine[Any, Any, dict[str, Any]] = getattr(self._store, method)(*arguments)
        return command


def shard_actor(shard: int) -> Any:
    """The actor of a shard; started where it is not running. Blocks for a look-up."""
    return (
        ray.remote(ImpressionStoreActor)
        .options(
            name=shard_name(shard),
            namespace=NAMESPACE,
            lifetime="detached",
            get_if_exists=True,
            num_cpus=0,
            max_restarts=-1,
            max_task_retries=3,
        )
        .remote(shard)
    )


class StoreClient:
    """Calls the shard of a session, with a deadline, starting it again when it was killed.

    Args:
        shards: number of shards.
        deadline_ms: longest wait for an answer.
    """

    def __init__(self, shards: int, deadline_ms: int) -> None:
        self._shards = shards
        self._deadline_s = deadline_ms / 1000
        self._handles: dict[int, Any] = {}
        self._batchers = [Batcher(partial(self._send, shard)) for shard in range(shards)]

    async def call(self, session_key: str, method: str, *args: Any) -> Any:
        """Call `method` of the store that holds `session_key`.

        Raises:
            DoubleFeatureError: what the store raised.
            Unavailable: it gave no answer within the deadline. Every command may be sent again.
        """
        shard = shard_of(session_key, self._shards)
        try:
            async with asyncio.timeout(self._deadline_s):
                return await self._batchers[shard].call((method, args))
        except TimeoutError:
            raise Unavailable(
                f"the impression store gave no answer within {self._deadline_s:g} s; "
                "send the request again"
            ) from None

    async def _send(self, shard: int, calls: list[tuple[str, tuple[Any, ...]]]) -> list[Outcome]:
        async with asyncio.timeout(self._deadline_s):
            return unpack_outcomes(await self._call(shard, "many", (pack_calls(calls),)))

    async def _call(self, shard: int, method: str, args: tuple[Any, ...]) -> Any:
        while True:
            handle = self._handles.get(shard)
            if handle is None:
                handle = self._handles[shard] = await asyncio.to_thread(shard_actor, shard)
            try:
                return await getattr(handle, method).remote(*args)
            except RayTaskError as error:
                if isinstance(error.cause, DoubleFeatureError):
                    raise error.cause from None
                raise
            except ActorDiedError:
                # Killed for good: the next look-up starts a new one.
                self._handles.pop(shard, None)
                await asyncio.sleep(0.05)
            except RayActorError:
                # Restarting: Ray knows the handle again once it is up.
                await asyncio.sleep(0.05)

    async def stats(self) -> list[dict[str, Any]]:
        """Name, state and counts of every shard; a shard without an answer is said to be down."""
        return list(await asyncio.gather(*(self._stats_of(shard) for shard in range(self._shards))))

    async def _stats_of(self, shard: int) -> dict[str, Any]:
        try:
            async with asyncio.timeout(_STATS_DEADLINE_S):
                stats = await self._call(shard, "stats_of_shard", ())
        except Exception as error:
            # Whatever ails a shard, the status says so and goes on.
            log.debug("%s gave no counts: %r", shard_name(shard), error)
            return {"name": shard_name(shard), "state": "DOWN", "sessions": None, "likes": None}
        return {"name": shard_name(shard), "state": "ALIVE", **stats}
