"""Baseline (b): the second seed's pipeline as described, on default settings.

A service that asks for a user's features (a wait of 10 ms stands for the database), then for a
ranking of 1,000 items (a wait of 50 ms stands for the model; batches of up to 32, 10 ms to fill;
1 to 5 replicas of two CPUs each, aiming at 3 requests in flight), and answers with the first few.
"""

import asyncio
import random
import zlib
from typing import Any

from ray import serve
from ray.serve.handle import DeploymentHandle
from starlette.requests import Request

ITEMS = tuple(f"item_{number}" for number in range(1000))
DATABASE_WAIT_S, MODEL_WAIT_S = 0.010, 0.050
DEFAULT_TOP_K = 5

Features = dict[str, float]
Scored = list[dict[str, Any]]


@serve.deployment(num_replicas=2)
class UserFeatureExtractor:
    """Features of a user after the wait for a database."""

    async def extract_features(self, user_id: str) -> Features:
        """Four numbers drawn from the user's name."""
        await asyncio.sleep(DATABASE_WAIT_S)
        rng = random.Random(user_id)
        return {
            "age_group": float(rng.randint(18, 64)),
            "avg_session_duration": rng.uniform(5, 60),
            "total_purchases": float(rng.randint(0, 99)),
            "engagement_score": rng.random(),
        }


@serve.deployment(
    autoscaling_config={"min_replicas": 1, "max_replicas": 5, "target_ongoing_requests": 3},
    ray_actor_options={"num_cpus": 2},
)
class ItemRankingModel:
    """Scores every item for a batch of users after the wait for a model."""

    @serve.batch(max_batch_size=32, batch_wait_timeout_s=0.01)
    async def rank_items(self, users: list[Features]) -> list[Scored]:
        """All items for each user, best first."""
        await asyncio.sleep(MODEL_WAIT_S)
        return [self._ranked(user) for user in users]

    def _ranked(self, user: Features) -> Scored:
        ranked = []
        for item in ITEMS:
            popularity = zlib.crc32(item.encode()) % 100 / 100
            score = round(0.6 * user["engagement_score"] + 0.4 * popularity, 3)
            ranked.append({"item_id": item, "score": score})
        ranked.sort(key=lambda one: one["score"], reverse=True)
        return ranked


@serve.deployment
class RecommendationService:
    """Features, then the ranking, then the first `top_k`."""

    def __init__(self, extractor: DeploymentHandle[Any], ranking: DeploymentHandle[Any]) -> None:
        self._extractor = extractor
        self._ranking = ranking

    async def __call__(self, request: Request) -> dict[str, Any]:
        """`user_id` and `recommendations`."""
        body = await request.json()
        features = await self._extractor.extract_features.remote(body["user_id"])
        ranked = await self._ranking.rank_items.remote(features)
        top_k = body.get("top_k", DEFAULT_TOP_K)
        return {"user_id": body["user_id"], "recommendations": ranked[:top_k]}


def application() -> serve.Application:
    """The pipeline."""
    bound: serve.Application = RecommendationService.bind(  # type: ignore[attr-defined]
        UserFeatureExtractor.bind(),  # type: ignore[attr-defined]
        ItemRankingModel.bind(),  # type: ignore[attr-defined]
    )
    return bound
