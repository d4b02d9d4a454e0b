"""Baseline (a): the first seed's composition, on current Ray Serve with default settings.

Two recommenders, an actor that holds what each session was shown and how often it liked which
source, and an ensemble that asks both, then the actor, picks by the weights, and tells the actor
what it showed without waiting. The films, their nearest and their order are those of our catalogue.
"""

from collections import Counter, defaultdict
from typing import Any

import ray
from ray import serve
from ray.serve.handle import DeploymentHandle
from starlette.requests import Request

from backend.catalog.catalogue import load_catalogue
from backend.recommenders import RECOMMENDERS
from backend.settings import Settings

SLATE = 10
SOURCES = ("color", "plot")


@serve.deployment
class SeedRecommender:
    """The films nearest to one, best first."""

    def __init__(self, name: str) -> None:
        settings = Settings()
        self._recommender = RECOMMENDERS[name].open(settings.index_dir)
        self._catalogue = load_catalogue(settings)

    async def __call__(self, liked_id: str) -> list[dict[str, Any]]:
        """`{"id", "title", "score"}` of as many films as a slate has."""
        return [
            {
                "id": found.movie_id,
                "title": self._catalogue.require(found.movie_id).title,
                "score": found.score,
            }
            for found in self._recommender.recommend(liked_id, SLATE)
        ]


@ray.remote
class SeedImpressionStore:
    """What each session was shown, by which source, and its likes by source; in memory only."""

    def __init__(self) -> None:
        self._shown: defaultdict[str, dict[str, str]] = defaultdict(dict)
        self._likes: defaultdict[str, Counter[str]] = defaultdict(Counter)

    def model_distribution(self, session_key: str, liked_id: str) -> dict[str, int]:
        """Likes by source, this one included when the session was shown the film."""
        source = self._shown[session_key].get(liked_id)
        if source is not None:
            self._likes[session_key][source] += 1
        return dict(self._likes[session_key])

    def record_impressions(self, session_key: str, shown: dict[str, list[str]]) -> None:
        """Remember which source showed which film."""
        for source, films in shown.items():
            self._shown[session_key] |= dict.fromkeys(films, source)


def choose(
    likes: dict[str, int], found: dict[str, list[dict[str, Any]]]
) -> tuple[dict[str, float], dict[str, list[str]], list[dict[str, Any]]]:
    """Shares of the sources, what each shows, and the slate: the best of each by its share."""
    counts = {source: likes.get(source, 0) for source in found}
    smooth = 0 if all(counts.values()) else 1
    total = sum(counts.values()) + smooth * len(counts)
    dist = {source: (count + smooth) / total for source, count in counts.items()}
    shown: dict[str, list[str]] = {source: [] for source in found}
    slate: dict[str, dict[str, Any]] = {}
    for source in sorted(dist, key=lambda name: -dist[name]):
        for film in found[source][: round(dist[source] * SLATE)]:
            if film["id"] not in slate:
                slate[film["id"]] = film
                shown[source].append(film["id"])
    return dist, shown, list(slate.values())


@serve.deployment
class SeedEnsemble:
    """The ensemble that learns which source a session likes."""

    def __init__(self, color: DeploymentHandle[Any], plot: DeploymentHandle[Any]) -> None:
        self._handles = dict(zip(SOURCES, (color, plot), strict=True))
        self._store = SeedImpressionStore.remote()

    async def __call__(self, request: Request) -> dict[str, Any]:
        """`dist`, `ids` and `sources` of a slate."""
        liked_id = request.query_params["liked_id"]
        session_key = request.query_params["session_key"]
        waiting = {name: handle.remote(liked_id) for name, handle in self._handles.items()}
        found = {name: await answer for name, answer in waiting.items()}
        likes = await self._store.model_distribution.remote(session_key, liked_id)
        dist, shown, slate = choose(likes, found)
        self._store.record_impressions.remote(session_key, shown)
        sources = {film: source for source, films in shown.items() for film in films}
        return {"dist": dist, "ids": slate, "sources": sources}


def application() -> serve.Application:
    """The composition on the defaults of Serve."""
    recommenders = [
        SeedRecommender.options(name=f"{name.title()}Recommender").bind(name)  # type: ignore[attr-defined]
        for name in SOURCES
    ]
    bound: serve.Application = SeedEnsemble.bind(*recommenders)  # type: ignore[attr-defined]
    return bound
