"""The control application: `/control/status`, and the collector the replicas report to.

`serve.ingress` copies the class before this module is complete, so what it uses stands above it.
"""

import asyncio
import logging
import time
from collections.abc import Callable
from typing import Annotated, Any

from fastapi import Header, Query, Response
from pydantic import BaseModel, ConfigDict, Field
from ray import serve

from backend.control.sessions import SessionList
from backend.control.status import (
    INGRESS,
    History,
    alive_replicas,
    application_status,
    store_status,
)
from backend.ensemble.default_policy import DefaultPolicy
from backend.ensemble.policies import POLICIES
from backend.errors import Unavailable
from backend.http import IN_DIGITS, json_response, problem_app
from backend.impressions.actor import StoreClient
from backend.impressions.answers import iso_time
from backend.impressions.ledger import LedgerReader
from backend.presenter import Gate
from backend.replicas import deployed
from backend.schemas import control as schemas
from backend.settings import Settings
from backend.telemetry import Collector, Snapshot

log = logging.getLogger("ray.serve")

# Reading costs the Serve controller some milliseconds: once a second while somebody watches.
_WATCHED_S = 1.0
_UNWATCHED_S = 5.0
_WATCHER_LEAVES_S = 15.0
_READ_DEADLINE_S = 5.0

# It is told of as a security scheme.
Authorization = Annotated[str | None, Header(include_in_schema=False)]
PRESENTER: dict[str, Any] = {"security": [{"presenter": []}]}

api = problem_app(
    "Double Feature control", "1", description="What the system is doing. Times are in ms."
)


def _serve_details() -> dict[str, Any]:
    """Serve's report with each replica's state; `serve.status()` has only counts of states."""
    from ray.serve.context import _get_global_client

    client = _get_global_client()
    if client is None:
        raise Unavailable("this process is not connected to Serve")
    details: dict[str, Any] = client.get_serve_details()
    return details


class PolicyBody(BaseModel):
    """The policy that new sessions are to have."""

    model_config = ConfigDict(extra="forbid")
    policy: str = Field(max_length=80, description=f"one of {', '.join(POLICIES)}")


async def _in_time(trouble: str, function: Callable[..., Any], *arguments: Any) -> Any:
    """What `function`, which waits for a disk or a database, gives from a thread.

    Raises:
        Unavailable: it took longer than a request may; `trouble` says what did.
    """
    try:
        async with asyncio.timeout(_READ_DEADLINE_S):
            return await asyncio.to_thread(function, *arguments)
    except TimeoutError:
        raise Unavailable(f"{trouble}; send the request again") from None


@serve.ingress(api)
class Control:
    """Reads Serve's status in the background, so that many watchers cost no more than one."""

    def __init__(self) -> None:
        settings = Settings()
        self._gate = Gate.of(settings)
        self._policy = DefaultPolicy.watched(settings)
        self._sessions = SessionList(settings.database_url)
        self._collector = Collector()
        self._history = History()
        self._store = StoreClient(settings.store_shards, settings.store_deadline_ms)
        self._ledger = LedgerReader(settings.database_url)
        self._reading: dict[str, Any] | None = None
        self._read_at = 0.0
        self._asked_at = time.monotonic()
        self._changed = asyncio.Event()
        self._wake = asyncio.Event()
        self._reader = asyncio.get_running_loop().create_task(self._read_for_ever())

    @api.get(
        "/status",
        summary="Applications, deployments and replicas",
        responses=schemas.STATUS_ANSWERS,
    )
    async def status(self) -> Response:
        """The last reading, with its age."""
        was_watched = self._is_watched()
        self._asked_at = time.monotonic()
        if not was_watched or self._reading is None:
            self._changed.clear()
            self._wake.set()
            try:
                async with asyncio.timeout(_READ_DEADLINE_S):
                    await self._changed.wait()
            except TimeoutError:
                log.warning("no status within %s s", _READ_DEADLINE_S)
        if self._reading is None:
            raise Unavailable("Serve gave no status yet; send the request again")
        age_ms = round((time.monotonic() - self._read_at) * 1000)
        return json_response({**self._reading, "policy": self._policy.name, "age_ms": age_ms})

    @api.get(
        "/policy",
        summary="The policy of new sessions",
        responses=schemas.POLICY_ANSWERS,
    )
    async def policy(self) -> Response:
        """The one in force for sessions that have neither chosen one nor were shown a slate."""
        return json_response({"policy": self._policy.name})

    @api.post(
        "/policy",
        summary="Choose the policy of new sessions; presenter only",
        responses=schemas.CHOICE_ANSWERS,
        openapi_extra=PRESENTER,
    )
    async def choose_policy(
        self, body: PolicyBody, authorization: Authorization = None
    ) -> Response:
        """In force everywhere within a second, and after every restart, until the next choice."""
        self._gate.require(authorization)
        chosen = await _in_time("the disk took too long", self._policy.choose, body.policy)
        return json_response({"policy": chosen})

    @api.get(
        "/ledger",
        summary="Likes received, answered and stored",
        responses=schemas.LEDGER_ANSWERS,
    )
    async def ledger(self) -> Response:
        """Counts over all sessions, and whether they agree; the command also replays the log."""
        return json_response(
            await _in_time("the event log gave no counts in time", self._ledger.counts)
        )

    @api.get(
        "/sessions",
        summary="Everybody's sessions; presenter only",
        responses=schemas.SESSIONS_ANSWERS,
        openapi_extra=PRESENTER,
    )
    async def sessions(
        self,
        authorization: Authorization = None,
        limit: Annotated[int, Query(ge=1, le=200, description="sessions wanted"), IN_DIGITS] = 50,
        offset: Annotated[
            int, Query(ge=0, le=10_000_000, description="sessions to pass over"), IN_DIGITS
        ] = 0,
    ) -> Response:
        """How many there were, and the last used first; of a key only its beginning."""
        self._gate.require(authorization)
        page = await _in_time(
            "the event log did not list them in time", self._sessions.page, limit, offset
        )
        return json_response(page)

    async def report(self, snapshot: Snapshot) -> None:
        """Take the counts of one replica."""
        self._collector.add(snapshot, time.monotonic())

    def _is_watched(self) -> bool:
        return time.monotonic() - self._asked_at < _WATCHER_LEAVES_S

    async def _read_for_ever(self) -> None:
        while True:
            try:
                async with asyncio.timeout(_READ_DEADLINE_S):
                    await self._read()
            except Exception as error:
                log.warning("the status could not be read: %s", error)
            self._changed.set()
            self._wake.clear()
            try:
                async with asyncio.timeout(_WATCHED_S if self._is_watched() else _UNWATCHED_S):
                    await self._wake.wait()
            except TimeoutError:
                pass

    async def _read(self) -> None:
        details = await asyncio.to_thread(_serve_details)
        shards = await self._store.stats()
        now = time.monotonic()
        self._collector.forget(alive_replicas(details))
        applications = [
            application_status(name, application, self._collector, now)
            for name, application in sorted(details["applications"].items())
        ]
        at = time.time()
        self._history.add(at, applications)
        http = self._collector.summary(INGRESS, now)
        self._reading = {
            "read_at": iso_time(at),
            "applications": applications,
            "store": store_status(shards),
            "http": {"requests_per_s": http["requests_per_s"], "latency_ms": http["latency_ms"]},
            "history": self._history.points(),
        }
        self._read_at = now


def application(settings: Settings) -> serve.Application:
    """The application for route prefix `/control`."""
    bound: serve.Application = deployed(
        Control,
        settings,
        num_replicas=1,
        # The guard refuses before Serve does, and in our shape.
        max_ongoing_requests=2 * settings.max_requests_under_way,
    ).bind()
    return bound
