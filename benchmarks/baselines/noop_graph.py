"""Baseline (c), the floor of `/rec/ensemble`: the same hops as ours, and nothing done at any.

One HTTP ingress, two deployments asked at once, then one call to an actor; on our settings for Ray
and Serve. What ours takes above this is what ours does.
"""

import asyncio
from typing import Any

import ray
from ray import serve
from ray.serve.handle import DeploymentHandle
from starlette.requests import Request
from starlette.responses import Response

from backend.replicas import deployed
from backend.settings import Settings


class Source:
    """Answers at once."""

    async def recommend(self, liked_id: str, count: int) -> list[Any]:
        """Nothing."""
        return []


class Store:
    """An actor that answers at once."""

    async def rank(self, session_key: str) -> None:
        """Nothing."""


class Graph:
    """The ingress: both sources at once, then the actor."""

    def __init__(self, first: DeploymentHandle[Any], second: DeploymentHandle[Any]) -> None:
        self._sources = (first, second)
        self._store = ray.remote(Store).options(num_cpus=0, max_concurrency=1000).remote()

    async def __call__(self, request: Request) -> Response:
        """`{}` after every hop."""
        query = request.query_params
        film = query.get("liked_id", "")
        await asyncio.gather(*(source.recommend.remote(film, 30) for source in self._sources))
        await self._store.rank.remote(query.get("session_key", ""))
        return Response(b"{}", media_type="application/json")


def application() -> serve.Application:
    """The graph with as much room for requests in flight as ours."""
    settings = Settings()
    sources = [
        deployed(Source, settings, name=f"Source{number}", max_ongoing_requests=100).bind()
        for number in (1, 2)
    ]
    bound: serve.Application = deployed(Graph, settings, max_ongoing_requests=200).bind(*sources)
    return bound
