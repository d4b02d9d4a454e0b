"""The recommenders that can take part, by name. Adding one is a class and a line here."""

from __future__ import annotations

from backend.recommenders.base import Candidate, Recommender
from backend.recommenders.color import ColorRecommender
from backend.recommenders.plot import PlotRecommender

RECOMMENDERS: dict[str, type[Recommender]] = {
    recommender.name: recommender for recommender in (ColorRecommender, PlotRecommender)
}

__all__ = ["RECOMMENDERS", "Candidate", "Recommender"]
