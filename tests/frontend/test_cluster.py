from __future__ import annotations

from typing import Any

from frontend import cluster, words


def deployment(name: str, **changes: Any) -> dict[str, Any]:
    return {
        "name": name,
        "status": "HEALTHY",
        "actual": 1,
        "target": 1,
        "autoscaled": False,
        "replicas": [{"id": "a", "state": "RUNNING"}],
        "errors_total": 0,
        "requests_per_s": 4.2,
        "latency_ms": {"p50": 2.1, "p95": 4.0},
        **changes,
    }


def status(*deployments: dict[str, Any], **changes: Any) -> dict[str, Any]:
    return {
        "applications": [{"name": "recommend", "deployments": list(deployments)}],
        "store": {
            "name": "ImpressionStore",
            "actual": 1,
            "target": 2,
            "shards": [
                {"name": "s0", "state": "ALIVE", "sessions": 3, "likes": 12},
                {"name": "s1", "state": "DEAD", "sessions": 1, "likes": 0},
            ],
        },
        "http": {"requests_per_s": 41.0, "latency_ms": {"p50": 2, "p95": 12}},
        "history": [],
        **changes,
    }


def test_deployments_stand_in_the_order_of_a_requests_way() -> None:
    given = status(deployment("ItemRankingModel"), deployment("Later"), deployment("Ensemble"))
    names = [entry["name"] for entry in cluster.strip(given)["deployments"]]
    assert names == ["Ensemble", "ItemRankingModel", "ImpressionStore", "Later"]


def test_replicas_are_drawn_by_their_state() -> None:
    replicas = [{"state": s} for s in ("RUNNING", "STARTING", "STOPPING", "SOMETHING_NEW")]
    drawn = cluster.strip(status(deployment("Ensemble", replicas=replicas)))["deployments"][0]
    assert drawn["dots"] == ["running", "starting", "stopping", "stopping"]


def test_counts_without_replicas_still_draw_dots() -> None:
    drawn = cluster.strip(status(deployment("Ensemble", actual=2, replicas=[])))["deployments"][0]
    assert drawn["dots"] == ["running", "running"]


def test_the_store_shows_shards_sessions_and_likes() -> None:
    store = cluster.strip(status())["deployments"][0]
    assert (store["kind"], store["actual"], store["target"]) == ("shard", 1, 2)
    assert store["dots"] == ["running", "stopping"]
    assert store["note"] == "4 sessions · 12 likes"
    assert store["healthy"] is False


def test_totals_are_those_of_all_routes() -> None:
    totals = cluster.strip(status(deployment("Ensemble", actual=3)))["totals"]
    assert totals == {"requests_per_s": 41.0, "p50": 2.0, "p95": 12.0, "replicas": 4}


def test_the_technical_name_is_in_the_help() -> None:
    drawn = cluster.strip(status(deployment("ItemRankingModel", autoscaled=True, min=1, max=5)))
    assert "ItemRankingModel (recommend)" in drawn["deployments"][0]["help"]
    assert "1 to 5 replicas" in drawn["deployments"][0]["help"]
    assert drawn["deployments"][0]["label"] == "Ranking"


def test_a_missing_latency_is_none() -> None:
    drawn = cluster.strip(status(deployment("Ensemble", latency_ms=None)))["deployments"][0]
    assert (drawn["p50"], drawn["p95"]) == (None, None)


def test_before_the_first_status_every_known_deployment_has_its_place() -> None:
    drawn = cluster.strip(None)
    assert [entry["name"] for entry in drawn["deployments"]] == list(words.ORDER)
    assert all(entry["actual"] is None for entry in drawn["deployments"])


def test_the_past_keeps_a_replica_that_lived_for_a_second() -> None:
    counts = [1] * 180
    counts[77] = 4
    history = [{"replicas": {"Ensemble": count}} for count in counts]
    drawn = cluster.strip(status(deployment("Ensemble"), history=history))["deployments"][0]
    assert len(drawn["past"]) == cluster.HISTORY_POINTS
    assert max(drawn["past"]) == 4
