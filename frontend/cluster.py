"""From a status of the backend to what the strip of deployments draws."""

from __future__ import annotations

from typing import Any

from frontend import words
from frontend.shape import number, obj, objects, text

Json = dict[str, Any]

MAX_REPLICAS = 12
HISTORY_POINTS = 90
_DOTS = {
    "RUNNING": "running",
    "ALIVE": "running",
    "STARTING": "starting",
    "PENDING_ALLOCATION": "starting",
    "PENDING_INITIALIZATION": "starting",
    "PENDING_CREATION": "starting",
    "RESTARTING": "starting",
    "RECOVERING": "starting",
    "UPDATING": "starting",
    "PENDING_MIGRATION": "starting",
}


def strip(status: Json | None) -> Json:
    """The deployments in the order of a request's way, the store last, and the totals.

    Args:
        status: as `GET /control/status` answers; None before the first.

    Returns:
        {"deployments": [...], "totals": {...}}; without a status the known deployments with
        nothing known of them, so that the strip does not jump when it comes.
    """
    if status is None:
        return {"deployments": [_unknown(name) for name in words.ORDER], "totals": {}}
    history = objects(status.get("history"))
    shaped = [
        _deployment(deployment, text(app.get("name"), 40), history)
        for app in objects(status.get("applications"))
        for deployment in objects(app.get("deployments"))
    ]
    store = obj(status.get("store"))
    if store:
        shaped.append(_store(store))
    places = {name: place for place, name in enumerate(words.ORDER)}
    shaped.sort(key=lambda entry: places.get(entry["name"], len(places)))
    http = obj(status.get("http"))
    return {
        "deployments": shaped,
        "totals": {
            "requests_per_s": number(http.get("requests_per_s")),
            **_latency(http.get("latency_ms")),
            "replicas": sum(entry["actual"] or 0 for entry in shaped),
        },
    }


def _deployment(value: Json, app: str, history: list[Json]) -> Json:
    name = text(value.get("name"), 60)
    label, purpose = words.deployment(name)
    replicas = objects(value.get("replicas"))
    actual, target = _count(value.get("actual")), _count(value.get("target"))
    dots = [_dot(text(replica.get("state"), 40)) for replica in replicas]
    if not dots and actual:
        dots = ["running"] * actual
    bounds = ""
    if value.get("autoscaled") is True:
        low, high = _count(value.get("min")), _count(value.get("max"))
        if low is not None and high is not None:
            bounds = f"{low} to {high} replicas, by load"
    errors = number(value.get("errors_total"))
    return {
        "name": name,
        "label": label,
        "help": " · ".join(
            part
            for part in (
                f"{name} ({app})",
                purpose,
                bounds,
                words.count_of(int(errors), "error") if errors else "",
                text(value.get("status"), 40).lower().replace("_", " "),
            )
            if part
        ),
        "healthy": text(value.get("status"), 40) in {"HEALTHY", ""},
        "kind": "replica",
        "actual": actual,
        "target": target,
        "dots": dots[:MAX_REPLICAS],
        "requests_per_s": number(value.get("requests_per_s")),
        **_latency(value.get("latency_ms")),
        "past": _past(name, history),
    }


def _store(store: Json) -> Json:
    name = text(store.get("name"), 60) or "ImpressionStore"
    label, purpose = words.deployment(name)
    shards = objects(store.get("shards"))
    likes = sum(_count(shard.get("likes")) or 0 for shard in shards)
    sessions = sum(_count(shard.get("sessions")) or 0 for shard in shards)
    actual, target = _count(store.get("actual")), _count(store.get("target"))
    return {
        "name": name,
        "label": label,
        "help": f"{name} (actors, split by session) · {purpose}",
        "healthy": actual == target,
        "kind": "shard",
        "actual": actual,
        "target": target,
        "dots": [_dot(text(shard.get("state"), 40)) for shard in shards][:MAX_REPLICAS],
        "requests_per_s": None,
        "p50": None,
        "p95": None,
        "note": f"{words.count_of(sessions, 'session')} · {words.count_of(likes, 'like')}",
        "past": [],
    }


def _unknown(name: str) -> Json:
    label, purpose = words.deployment(name)
    return {
        "name": name,
        "label": label,
        "help": f"{name} · {purpose}",
        "healthy": True,
        "kind": "shard" if name == "ImpressionStore" else "replica",
        "actual": None,
        "target": None,
        "dots": [],
        "requests_per_s": None,
        "p50": None,
        "p95": None,
        "past": [],
    }


def _dot(state: str) -> str:
    """How a replica's state is drawn: "running", "starting" or "stopping" (anything else)."""
    return _DOTS.get(state.upper(), "stopping")


def _count(value: object) -> int | None:
    count = number(value)
    return int(count) if count is not None and count >= 0 else None


def _latency(value: object) -> Json:
    latency = obj(value)
    return {"p50": number(latency.get("p50")), "p95": number(latency.get("p95"))}


def _past(name: str, history: list[Json]) -> list[int]:
    """Replica counts over the last three minutes, at most `HISTORY_POINTS`, oldest first."""
    counts = [_count(obj(entry.get("replicas")).get(name)) or 0 for entry in history]
    if len(counts) <= HISTORY_POINTS:
        return counts
    step = len(counts) / HISTORY_POINTS
    # The peak of each step: a replica that lived for a second must not vanish from the line.
    return [
        max(counts[int(i * step) : max(int(i * step) + 1, int((i + 1) * step))])
        for i in range(HISTORY_POINTS)
    ]
