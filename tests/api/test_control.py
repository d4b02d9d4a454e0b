"""`/control/status` on a real Serve, and autoscaling as it tells of it."""

from __future__ import annotations

import threading

import pytest
import requests

from tests.system import wait_for

pytestmark = pytest.mark.cluster


def test_tells_of_every_deployment_and_its_replicas(system):
    status = system.get("/control/status").json()
    names = {a["name"]: {d["name"] for d in a["deployments"]} for a in status["applications"]}
    assert names == {
        "control": {"Control"},
        "recommend": {"Ensemble", "ColorRecommender", "PlotRecommender"},
        "ranking": {"RecommendationService", "UserFeatureExtractor", "ItemRankingModel"},
    }
    wait_for(
        lambda: system.deployment("UserFeatureExtractor")["actual"] == 2,
        "both replicas of the UserFeatureExtractor",
    )
    features = system.deployment("UserFeatureExtractor")
    assert features["target"] == 2
    assert [replica["state"] for replica in features["replicas"]] == ["RUNNING", "RUNNING"]
    assert status["age_ms"] < 10_000
    assert [shard["state"] for shard in status["store"]["shards"]] == ["ALIVE", "ALIVE"]


def test_counts_requests_and_latencies(system):
    before = system.deployment("Ensemble")["requests_total"]
    for _ in range(20):
        system.get("/rec/ensemble", liked_id="alien-1979")
    wait_for(
        lambda: system.deployment("Ensemble")["requests_total"] >= before + 20,
        "20 requests in the status",
    )
    latency = system.deployment("Ensemble")["latency_ms"]
    assert 0 < latency["p50"] <= latency["p95"] <= latency["p99"]


def test_the_ranking_model_grows_under_load_and_shrinks_after(system):
    stop = threading.Event()

    def client() -> None:
        session = requests.Session()
        while not stop.is_set():
            body = {"user_id": "persona-007", "top_k": 5}
            session.post(system.api + "/", json=body, timeout=30)

    clients = [threading.Thread(target=client) for _ in range(20)]
    for thread in clients:
        thread.start()
    try:
        wait_for(
            lambda: system.deployment("ItemRankingModel")["actual"] > 1,
            "a second replica of the ItemRankingModel",
            deadline_s=90,
        )
    finally:
        stop.set()
        for thread in clients:
            thread.join()
    wait_for(
        lambda: system.deployment("ItemRankingModel")["actual"] == 1,
        "one replica of the ItemRankingModel again",
        deadline_s=120,
    )
    history = system.get("/control/status").json()["history"]
    assert max(point["replicas"]["ItemRankingModel"] for point in history) > 1
