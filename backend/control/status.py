"""Shape Serve's own report and the replicas' counts into one status."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping, Sequence
from typing import Any

from backend.telemetry import Collector

HISTORY_LENGTH = 180
# The deployments that answer HTTP; their sum is the traffic of the system.
INGRESS = ("Ensemble", "RecommendationService")


def alive_replicas(details: Mapping[str, Any]) -> dict[str, list[str]]:
    """Replica ids by deployment name, of a report of Serve's."""
    return {
        name: [replica["replica_id"] for replica in deployment["replicas"]]
        for application in details["applications"].values()
        for name, deployment in application["deployments"].items()
    }


def application_status(
    name: str, application: Mapping[str, Any], collector: Collector, now: float
) -> dict[str, Any]:
    """One application with its deployments.

    Args:
        application: its part of Serve's report.
        now: on the collector's clock.
    """
    return {
        "name": name,
        "status": _word(application["status"]),
        "route_prefix": application["route_prefix"],
        "deployments": [
            deployment_status(deployment, collector, now)
            for deployment in application["deployments"].values()
        ],
    }


def deployment_status(
    deployment: Mapping[str, Any], collector: Collector, now: float
) -> dict[str, Any]:
    """One deployment: replicas that run and replicas wanted, counts and latencies."""
    config = deployment["deployment_config"]
    autoscaling = config.get("autoscaling_config")
    target = deployment["target_num_replicas"]
    replicas = [
        {"id": replica["replica_id"], "state": _word(replica["state"])}
        for replica in deployment["replicas"]
    ]
    return {
        "name": deployment["name"],
        "status": _word(deployment["status"]),
        "actual": sum(replica["state"] == "RUNNING" for replica in replicas),
        "target": target,
        "min": autoscaling["min_replicas"] if autoscaling else target,
        "max": autoscaling["max_replicas"] if autoscaling else target,
        "autoscaled": autoscaling is not None,
        "replicas": replicas,
        **collector.summary([deployment["name"]], now),
    }


def _word(value: Any) -> str:
    """Serve's enumerations as plain words."""
    return str(getattr(value, "value", value))


class History:
    """Replica counts and request rates over the last readings, one point per reading."""

    def __init__(self, length: int = HISTORY_LENGTH) -> None:
        self._points: deque[dict[str, Any]] = deque(maxlen=length)

    def add(self, at: float, applications: Sequence[Mapping[str, Any]]) -> None:
        """Add a point; `at` in Unix seconds."""
        deployments = [d for application in applications for d in application["deployments"]]
        self._points.append(
            {
                "at": round(at, 2),
                "replicas": {d["name"]: d["actual"] for d in deployments},
                "requests_per_s": {d["name"]: d["requests_per_s"] for d in deployments},
            }
        )

    def points(self) -> list[dict[str, Any]]:
        """Oldest first."""
        return list(self._points)


def store_status(shards: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """The impression store as one row, with its shards."""
    return {
        "name": "ImpressionStore",
        "actual": sum(shard["state"] == "ALIVE" for shard in shards),
        "target": len(shards),
        "shards": list(shards),
    }
