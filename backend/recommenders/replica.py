"""One recommender as a deployment."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from typing import Any

from backend.batching import Outcome, outcomes
from backend.errors import InvalidInput
from backend.recommenders import RECOMMENDERS
from backend.recommenders.plot import PlotRecommender
from backend.recommenders.thesaurus import Thesaurus
from backend.settings import Settings
from backend.telemetry import replica_meter
from backend.workers import keep_what_is_loaded

log = logging.getLogger("ray.serve")


class RecommenderReplica:
    """Loads its index and answers `recommend`; that of the plots answers `search` too."""

    def __init__(self, name: str) -> None:
        settings = Settings()
        self._recommender = RECOMMENDERS[name].open(settings.index_dir)
        if isinstance(self._recommender, PlotRecommender):
            self._stories = self._recommender.stories(_thesaurus())
        self._meter = replica_meter()
        keep_what_is_loaded()

    async def recommend(
        self, liked_id: str, count: int, explained: int | None = None
    ) -> list[tuple[str, float, str | None, Any]]:
        """`(movie_id, score, reason, evidence)` of the films most like one, best first.

        Only the first `explained` have a reason, all when it is None.
        """
        with self._meter.measure():
            return [
                (c.movie_id, c.score, c.reason, c.evidence)
                for c in self._recommender.recommend(liked_id, count, explained)
            ]

    async def recommend_many(self, calls: Sequence[tuple[str, int, int | None]]) -> list[Outcome]:
        """`recommend` for several `(liked_id, count, explained)`."""
        return await outcomes([self.recommend(*call) for call in calls])

    async def search(self, query: str, count: int) -> list[tuple[str, float, list[str]]]:
        """`(movie_id, score, terms)` of the films whose story fits a query, best first."""
        with self._meter.measure():
            return self._stories.search(query, count)


def _thesaurus() -> Thesaurus:
    """The thesaurus; without it a search finds less, but films are recommended all the same."""
    try:
        return Thesaurus.load()
    except (OSError, InvalidInput) as error:
        log.error("searching without related words: %s", error)
        return Thesaurus()
