"""Counts and latencies of each replica, reported to the control application.

Ray exports metrics with a lag of about ten seconds, too slow for a page that people watch. So
each replica keeps cumulative counts and a latency histogram, and sends them when they changed.
The collector turns differences over a window into rates and percentiles.
"""

from __future__ import annotations

import asyncio
import bisect
import logging
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

log = logging.getLogger("ray.serve")

# Upper bounds of the latency buckets in ms: 0.1 ms to about 100 s, each 20% above the last.
BOUNDS_MS: tuple[float, ...] = tuple(0.1 * 1.2**i for i in range(76))
WINDOW_S = 10.0
# So many replicas that are gone are remembered one by one.
_MOST_GONE = 200

Snapshot = dict[str, Any]


class Meter:
    """Counts what one replica does.

    Args:
        deployment: name of the deployment.
        replica: id of the replica, unique in the deployment.
        send: delivers a snapshot to the collector; None keeps the counts to this process.
        interval_s: how often changed counts are sent.
    """

    def __init__(
        self,
        deployment: str,
        replica: str,
        send: Callable[[Snapshot], Any] | None = None,
        interval_s: float = 1.0,
    ) -> None:
        self._deployment = deployment
        self._replica = replica
        self._send = send
        self._interval_s = interval_s
        self._reporter: asyncio.Task[None] | None = None
        self._ongoing = 0
        self._requests = 0
        self._errors = 0
        self._buckets = [0] * (len(BOUNDS_MS) + 1)

    @contextmanager
    def measure(self) -> Iterator[None]:
        """Count what happens inside as one request; an exception makes it an error."""
        if self._reporter is None and self._send is not None:
            self._reporter = asyncio.get_running_loop().create_task(self._report())
        self._ongoing += 1
        started = time.perf_counter()
        try:
            yield
        except Exception:
            self._errors += 1
            raise
        finally:
            self._ongoing -= 1
            self._requests += 1
            elapsed_ms = (time.perf_counter() - started) * 1000
            self._buckets[bisect.bisect_left(BOUNDS_MS, elapsed_ms)] += 1

    def snapshot(self) -> Snapshot:
        """Cumulative counts since the replica started."""
        return {
            "deployment": self._deployment,
            "replica": self._replica,
            "ongoing": self._ongoing,
            "requests": self._requests,
            "errors": self._errors,
            "buckets": list(self._buckets),
        }

    async def _report(self) -> None:
        """Send the counts whenever they changed; a collector that is away is tried again."""
        assert self._send is not None
        began = time.monotonic()
        sent: Snapshot | None = None
        while True:
            await asyncio.sleep(self._interval_s)
            snapshot = self.snapshot()
            if snapshot == sent:
                continue
            try:
                async with asyncio.timeout(5 * self._interval_s):
                    await self._send({**snapshot, "age_s": time.monotonic() - began})
                sent = snapshot
            except Exception as error:
                log.debug("counts of %s were not delivered: %s", self._replica, error)


def replica_meter() -> Meter:
    """The meter of the Serve replica that this is called in."""
    from ray import serve

    from backend.settings import Settings

    interval_s = Settings().telemetry_interval_s

    context = serve.get_replica_context()
    handles: list[Any] = []

    async def send(snapshot: Snapshot) -> None:
        if not handles:
            handles.append(
                await asyncio.to_thread(serve.get_deployment_handle, "Control", "control")
            )
        await handles[0].report.remote(snapshot)

    return Meter(context.deployment, context.replica_id.unique_id, send, interval_s)


@dataclass
class _Replica:
    snapshots: deque[tuple[float, Snapshot]] = field(default_factory=deque)


class Collector:
    """Keeps the snapshots of all replicas for a short while and sums them up by deployment."""

    def __init__(self, window_s: float = WINDOW_S) -> None:
        self._window_s = window_s
        self._replicas: dict[tuple[str, str], _Replica] = {}
        # Requests and errors of replicas that are gone; of those long gone by deployment alone.
        self._gone: dict[tuple[str, str], tuple[int, int]] = {}
        self._long_gone: dict[str, tuple[int, int]] = {}

    def add(self, snapshot: Snapshot, now: float) -> None:
        """Take a snapshot that arrived at `now`, in seconds of any steady clock.

        Its `age_s` says how long ago the replica's first request was.
        """
        key = (snapshot["deployment"], snapshot["replica"])
        # A replica can report before Serve lists it, or once more after: count it once.
        self._gone.pop(key, None)
        snapshots = self._replicas.setdefault(key, _Replica()).snapshots
        snapshots.append((now, snapshot))
        while len(snapshots) > 2 and snapshots[1][0] <= now - self._window_s:
            snapshots.popleft()

    def forget(self, alive: Mapping[str, Iterable[str]]) -> None:
        """Drop replicas that are gone, keeping their totals; `alive` maps deployment to ids."""
        for deployment, replica in list(self._replicas):
            if replica not in set(alive.get(deployment, ())):
                last = self._replicas.pop((deployment, replica)).snapshots[-1][1]
                self._gone[deployment, replica] = (last["requests"], last["errors"])
        while len(self._gone) > _MOST_GONE:
            # None of those reports once more.
            oldest = next(iter(self._gone))
            counts, before = self._gone.pop(oldest), self._long_gone.get(oldest[0], (0, 0))
            self._long_gone[oldest[0]] = (before[0] + counts[0], before[1] + counts[1])

    def summary(self, deployments: Iterable[str], now: float) -> dict[str, Any]:
        """Sums over some deployments.

        Returns:
            `requests_total`, `errors_total`, `ongoing`; `requests_per_s` and `latency_ms` (p50,
            p95, p99; None without requests) over the window.
        """
        wanted = set(deployments)
        gone = [counts for (name, _), counts in self._gone.items() if name in wanted]
        gone += [counts for name, counts in self._long_gone.items() if name in wanted]
        requests = sum(counts[0] for counts in gone)
        errors = sum(counts[1] for counts in gone)
        ongoing = 0
        recent = 0
        buckets = [0] * (len(BOUNDS_MS) + 1)
        for (deployment, _), replica in self._replicas.items():
            if deployment not in wanted:
                continue
            at, last = replica.snapshots[-1]
            requests += last["requests"]
            errors += last["errors"]
            # However old: counts are sent when they change, and a long request changes none.
            ongoing += last["ongoing"]
            base = self._baseline(replica, now)
            if base is not None and at > now - self._window_s:
                recent += last["requests"] - base["requests"]
                buckets = [
                    total + b - a
                    for total, b, a in zip(buckets, last["buckets"], base["buckets"], strict=True)
                ]
        return {
            "requests_total": requests,
            "errors_total": errors,
            "ongoing": ongoing,
            "requests_per_s": round(recent / self._window_s, 2),
            "latency_ms": percentiles(buckets),
        }

    def _baseline(self, replica: _Replica, now: float) -> Snapshot | None:
        """The last snapshot before the window; a replica newer than that began at zero.

        One that had worked for longer when it was first heard of was counted by a collector before
        this one: nobody knows how much of that was in the window.
        """
        before = None
        for at, snapshot in replica.snapshots:
            if at <= now - self._window_s:
                before = snapshot
        if before is not None:
            return before
        _, first = replica.snapshots[0]
        if first["age_s"] > self._window_s:
            return first
        return {"requests": 0, "buckets": [0] * (len(BOUNDS_MS) + 1)}


def percentiles(buckets: list[int]) -> dict[str, float] | None:
    """p50, p95 and p99 in ms from bucket counts, None when there are none.

    Within a bucket values are taken to be spread evenly, so a figure is within 20% of the truth.
    """
    total = sum(buckets)
    if total <= 0:
        return None
    result = {}
    for name, share in (("p50", 0.50), ("p95", 0.95), ("p99", 0.99)):
        wanted = share * total
        covered = 0
        for i, count in enumerate(buckets):
            if count and covered + count >= wanted:
                low = BOUNDS_MS[i - 1] if i else 0.0
                high = BOUNDS_MS[min(i, len(BOUNDS_MS) - 1)]
                result[name] = round(low + (high - low) * (wanted - covered) / count, 2)
                break
            covered += count
    return result
