"""Serve's report and the counts as one status."""

from enum import StrEnum

import pytest

from backend.control.status import (
    History,
    alive_replicas,
    application_status,
    deployment_status,
    store_status,
)
from backend.telemetry import BOUNDS_MS, Collector


class State(StrEnum):
    """As Serve's own enumerations."""

    RUNNING = "RUNNING"
    STARTING = "STARTING"


def deployment(name="Ensemble", states=("RUNNING",), target=None, autoscaling=None):
    return {
        "name": name,
        "status": "HEALTHY",
        "target_num_replicas": len(states) if target is None else target,
        "deployment_config": {"autoscaling_config": autoscaling},
        "replicas": [
            {"replica_id": f"{name}-{number}", "state": state}
            for number, state in enumerate(states)
        ],
    }


def application(*deployments, prefix="/rec"):
    return {
        "status": "RUNNING",
        "route_prefix": prefix,
        "deployments": {d["name"]: d for d in deployments},
    }


@pytest.fixture
def collector():
    """Twenty requests, one of them wrong, of the first replica of the Ensemble."""
    collector = Collector(window_s=10)
    buckets = [0] * (len(BOUNDS_MS) + 1)
    buckets[10] = 20
    collector.add(
        {
            "age_s": 1.0,
            "deployment": "Ensemble",
            "replica": "Ensemble-0",
            "ongoing": 2,
            "requests": 20,
            "errors": 1,
            "buckets": buckets,
        },
        100,
    )
    return collector


def test_a_deployment_has_replicas_that_run_and_replicas_wanted(collector):
    status = deployment_status(
        deployment(states=(State.RUNNING, State.STARTING, "RUNNING"), target=4), collector, 101
    )
    assert (status["name"], status["status"]) == ("Ensemble", "HEALTHY")
    assert (status["actual"], status["target"]) == (2, 4)
    assert [replica["state"] for replica in status["replicas"]] == [
        "RUNNING",
        "STARTING",
        "RUNNING",
    ]
    assert status["replicas"][0]["id"] == "Ensemble-0"


def test_a_deployment_has_its_counts(collector):
    status = deployment_status(deployment(), collector, 101)
    assert (status["requests_total"], status["errors_total"], status["ongoing"]) == (20, 1, 2)
    assert status["requests_per_s"] == 2.0
    assert BOUNDS_MS[9] <= status["latency_ms"]["p50"] <= BOUNDS_MS[10]


def test_counts_of_another_deployment_are_not_its_own(collector):
    status = deployment_status(deployment("Other"), collector, 101)
    assert (status["requests_total"], status["latency_ms"]) == (0, None)


def test_bounds_of_autoscaling_are_shown():
    autoscaled = deployment(autoscaling={"min_replicas": 1, "max_replicas": 5})
    status = deployment_status(autoscaled, Collector(), 0)
    assert (status["autoscaled"], status["min"], status["max"]) == (True, 1, 5)


def test_without_autoscaling_the_bounds_are_the_target():
    status = deployment_status(deployment(target=3), Collector(), 0)
    assert (status["autoscaled"], status["min"], status["max"]) == (False, 3, 3)


def test_a_deployment_that_has_not_started_has_no_replicas():
    status = deployment_status(deployment(states=(), target=2), Collector(), 0)
    assert (status["actual"], status["target"], status["replicas"]) == (0, 2, [])


def test_an_application_has_its_deployments(collector):
    status = application_status(
        "recommend", application(deployment(), deployment("ColorRecommender")), collector, 101
    )
    assert (status["name"], status["status"], status["route_prefix"]) == (
        "recommend",
        "RUNNING",
        "/rec",
    )
    assert [d["name"] for d in status["deployments"]] == ["Ensemble", "ColorRecommender"]


def test_replicas_are_listed_by_deployment_over_all_applications():
    details = {
        "applications": {
            "recommend": application(deployment(states=("RUNNING", "STARTING"))),
            "control": application(deployment("Control"), prefix="/control"),
        }
    }
    assert alive_replicas(details) == {
        "Ensemble": ["Ensemble-0", "Ensemble-1"],
        "Control": ["Control-0"],
    }


def test_no_applications_have_no_replicas():
    assert alive_replicas({"applications": {}}) == {}


def test_the_store_counts_shards_that_live():
    status = store_status([{"state": "ALIVE"}, {"state": "DEAD"}])
    assert (status["name"], status["actual"], status["target"]) == ("ImpressionStore", 1, 2)
    assert status["shards"] == [{"state": "ALIVE"}, {"state": "DEAD"}]


def test_history_has_a_point_for_each_reading(collector):
    history = History()
    history.add(1.234, [application_status("r", application(deployment()), collector, 101)])
    assert history.points() == [
        {"at": 1.23, "replicas": {"Ensemble": 1}, "requests_per_s": {"Ensemble": 2.0}}
    ]


def test_history_keeps_the_newest_points():
    history = History(length=3)
    for at in range(5):
        history.add(at, [])
    assert [point["at"] for point in history.points()] == [2, 3, 4]
