"""What the ranking application answers."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from backend.schemas.base import Answer, FilmId, Milliseconds, Share, answers


class RankedFilm(Answer):
    """One film of a ranking."""

    item_id: FilmId
    title: str
    year: int | None
    score: Annotated[
        Share, Field(description="the model's chance that this user prefers it to an average film")
    ]
    reason: str = Field(min_length=1, description="a phrase for a person")
    block: str = Field(description="what the reason is about", examples=["popularity", "genres"])
    poster: Annotated[str, Field(pattern="^/rec/posters/")] | None


class RankTimings(Answer):
    """Where the time went, in ms."""

    features: Milliseconds
    ranking: Milliseconds
    total: Milliseconds


class RankAnswer(Answer):
    """What a user would like next, best first."""

    user_id: str = Field(min_length=1, max_length=64)
    recommendations: list[RankedFilm] = Field(max_length=100)
    known: bool = Field(description="false: the average persona's features were used")
    synthetic: bool = Field(description="whether the user is one of the made-up personas")
    likes: Annotated[int, Field(ge=0, description="likes that the features were made of")]
    timings_ms: RankTimings


_RANKED = {
    "user_id": "user_42",
    "recommendations": [
        {
            "item_id": "alien-1979",
            "title": "Alien",
            "year": 1979,
            "score": 0.74,
            "reason": "a test-audience favourite",
            "block": "popularity",
            "poster": "/rec/posters/alien-1979.webp?v=1f3a90c2",
        }
    ],
    "known": False,
    "synthetic": False,
    "likes": 0,
    "timings_ms": {"features": 1.9, "ranking": 12.0, "total": 14.1},
}

RANK_ANSWERS = answers(RankAnswer, "What the user would like next", _RANKED, 413)
