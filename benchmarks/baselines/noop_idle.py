"""As many no-op replicas and actors as ours has, on our settings: what Serve costs at rest."""

from typing import Any

import ray
from ray import serve
from ray.serve.handle import DeploymentHandle
from starlette.requests import Request
from starlette.responses import Response

from backend.replicas import deployed
from backend.settings import Settings

# Ours at rest: Control, Ensemble, RecommendationService, ItemRankingModel with one replica each,
# and the two sources; UserFeatureExtractor with two.
OTHERS = ("Control", "RecommendationService", "ItemRankingModel", "Color", "Plot")


class Nothing:
    """Answers at once."""

    async def nothing(self) -> None:
        """Nothing."""


class Ingress:
    """The HTTP edge; holds handles to the others and the actors, as ours does."""

    def __init__(self, *others: DeploymentHandle[Any]) -> None:
        self._others = others
        shards = Settings().store_shards
        self._actors = [ray.remote(Nothing).options(num_cpus=0).remote() for _ in range(shards)]

    async def __call__(self, request: Request) -> Response:
        """`{}` once every other was used."""
        for other in self._others:
            await other.nothing.remote()
        for actor in self._actors:
            await actor.nothing.remote()
        return Response(b"{}", media_type="application/json")


def application() -> serve.Application:
    """The same number of replicas in the same number of deployments."""
    settings = Settings()
    others = [deployed(Nothing, settings, name=name).bind() for name in OTHERS]
    others.append(
        deployed(
            Nothing, settings, name="UserFeatureExtractor", num_replicas=settings.feature_replicas
        ).bind()
    )
    bound: serve.Application = deployed(Ingress, settings).bind(*others)
    return bound
