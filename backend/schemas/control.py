"""What the control application answers."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from pydantic import Field

from backend.schemas.base import Answer, Milliseconds, PolicyName, answers, optional

Whole = Annotated[int, Field(ge=0)]
Rate = Annotated[float, Field(ge=0, description="requests a second over the last ten seconds")]


class Latency(Answer):
    """Percentiles over the last ten seconds, in ms."""

    p50: Milliseconds
    p95: Milliseconds
    p99: Milliseconds


class Replica(Answer):
    """One replica."""

    id: str
    state: str = Field(description="as Serve names it", examples=["RUNNING"])


class DeploymentStatus(Answer):
    """One deployment."""

    name: str
    status: str = Field(examples=["HEALTHY"])
    actual: Whole = Field(description="replicas that run")
    target: Whole = Field(description="replicas wanted")
    min: Whole
    max: Whole
    autoscaled: bool
    replicas: list[Replica]
    requests_total: Whole
    errors_total: Whole
    ongoing: Whole = Field(description="requests under way")
    requests_per_s: Rate
    latency_ms: Latency | None = Field(description="null without requests")


class ApplicationStatus(Answer):
    """One application."""

    name: str
    status: str = Field(examples=["RUNNING"])
    route_prefix: str
    deployments: list[DeploymentStatus]


class ShardStatus(Answer):
    """One actor of the impression store; without an answer its counts are null."""

    name: str
    state: str = Field(examples=["ALIVE", "DOWN"])
    sessions: Whole | None = Field(description="in memory")
    likes: Whole | None = Field(description="that those sessions hold")
    counted: Whole = optional("likes since the actor started; absent when it is down", 0)


class StoreStatus(Answer):
    """The impression store."""

    name: str
    actual: Whole = Field(description="shards that answer")
    target: Whole
    shards: list[ShardStatus]


class Traffic(Answer):
    """What came over HTTP, all in all."""

    requests_per_s: Rate
    latency_ms: Latency | None


class HistoryReading(Answer):
    """Counts of one reading."""

    at: Annotated[float, Field(ge=0, description="Unix time in s")]
    replicas: dict[str, Whole] = Field(description="that ran, by deployment")
    requests_per_s: dict[str, Rate]


class Status(Answer):
    """The last reading of the whole system."""

    read_at: datetime
    applications: list[ApplicationStatus]
    store: StoreStatus
    http: Traffic
    history: list[HistoryReading] = Field(max_length=180, description="oldest first")
    policy: PolicyName = Field(description="of new sessions")
    age_ms: Annotated[int, Field(ge=0, description="age of the reading, in ms")]


class DefaultPolicyAnswer(Answer):
    """The policy of sessions that have neither chosen one nor were shown a slate."""

    policy: PolicyName


class LedgerCounts(Answer):
    """Likes over all sessions since the log began; see docs/reliability.md."""

    received: Whole
    acknowledged: Whole
    stored: Whole
    duplicates: Whole
    refused: Whole
    undone: Whole
    pruned_likes: Whole
    pruned_events: Whole
    pruned_sessions: Whole


class Ledger(Answer):
    """The counts, and whether they agree."""

    counts: LedgerCounts
    likes_in_log: Whole
    checks: dict[str, bool] = Field(description="what must hold, in words, and whether it does")
    holds: bool = Field(description="all of them")


class SessionRow(Answer):
    """One session, without what would let one in."""

    key_begins: str = Field(max_length=6)
    first_at: datetime
    last_at: datetime
    likes_given: Whole = Field(description="those taken back too")
    rankings: Whole


class Sessions(Answer):
    """Some sessions, the last used first."""

    sessions: list[SessionRow]
    total: Whole = Field(description="sessions in the log")


_LATENCY = {"p50": 4.1, "p95": 9.8, "p99": 21.0}
_STATUS = {
    "read_at": "2025-03-01T19:30:00.250+00:00",
    "applications": [
        {
            "name": "recommend",
            "status": "RUNNING",
            "route_prefix": "/rec",
            "deployments": [
                {
                    "name": "Ensemble",
                    "status": "HEALTHY",
                    "actual": 1,
                    "target": 1,
                    "min": 1,
                    "max": 1,
                    "autoscaled": False,
                    "replicas": [{"id": "x5o2p1aa", "state": "RUNNING"}],
                    "requests_total": 1204,
                    "errors_total": 3,
                    "ongoing": 2,
                    "requests_per_s": 41.3,
                    "latency_ms": _LATENCY,
                }
            ],
        }
    ],
    "store": {
        "name": "ImpressionStore",
        "actual": 1,
        "target": 1,
        "shards": [
            {
                "name": "impression-store-0",
                "state": "ALIVE",
                "sessions": 12,
                "likes": 40,
                "counted": 44,
            }
        ],
    },
    "http": {"requests_per_s": 41.3, "latency_ms": _LATENCY},
    "history": [
        {"at": 1740857400.25, "replicas": {"Ensemble": 1}, "requests_per_s": {"Ensemble": 41.3}}
    ],
    "policy": "preference",
    "age_ms": 240,
}
_LEDGER = {
    "counts": {
        "received": 120,
        "acknowledged": 118,
        "stored": 110,
        "duplicates": 8,
        "refused": 2,
        "undone": 4,
        "pruned_likes": 0,
        "pruned_events": 0,
        "pruned_sessions": 0,
    },
    "likes_in_log": 110,
    "checks": {
        "acknowledged = stored + duplicates": True,
        "received >= acknowledged + refused": True,
        "stored = likes in log + pruned": True,
    },
    "holds": True,
}
_SESSIONS = {
    "sessions": [
        {
            "key_begins": "Zk3v9s",
            "first_at": "2025-03-01T19:20:00.000+00:00",
            "last_at": "2025-03-01T19:30:00.250+00:00",
            "likes_given": 5,
            "rankings": 6,
        }
    ],
    "total": 1,
}

STATUS_ANSWERS = answers(Status, "The last reading", _STATUS)
POLICY_ANSWERS = answers(DefaultPolicyAnswer, "The policy", {"policy": "preference"})
CHOICE_ANSWERS = answers(DefaultPolicyAnswer, "It is chosen", {"policy": "classic"}, 401, 413)
LEDGER_ANSWERS = answers(Ledger, "The counts", _LEDGER)
SESSIONS_ANSWERS = answers(Sessions, "Some of them", _SESSIONS, 401)
