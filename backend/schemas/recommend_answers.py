"""What the routes of slates, likes and sessions answer, each with an example."""

from __future__ import annotations

from typing import Any

from backend.schemas.base import answers
from backend.schemas.films import FILM
from backend.schemas.recommend import (
    House,
    LikeAnswer,
    Reset,
    SessionState,
    Slate,
    SourceFilm,
    Undone,
)

_EVEN = {"color": 0.5, "plot": 0.5}
_MIX = {"color": 0.65, "plot": 0.35}
_ALIENS = {
    **FILM,
    "id": "aliens-1986",
    "title": "Aliens",
    "year": 1986,
    "directors": ["James Cameron"],
    "runtime_min": 137,
    "poster": "/rec/posters/aliens-1986.webp?v=77b0e1d4",
}
_TERMS = {"kind": "terms", "terms": ["alien creature", "corporation"]}
_LIKE = {
    "ranking_id": "nH2kW0x9QvY1bZ3c",
    "movie_id": "alien-1979",
    "source": "color",
    "counted": True,
}
_RANKING: dict[str, Any] = {
    "dist": _MIX,
    "ids": [_ALIENS],
    "sources": {"aliens-1986": "plot"},
    "session_key": "Zk3v9sQ2mB7xT0aYw1Lc",
    "ranking_id": "3q2-71hRb0aFVJzU",
    "policy": "preference",
    "anchor": FILM,
    "slots": [
        {
            "position": 1,
            "movie_id": "aliens-1986",
            "source": "plot",
            "propensity": 0.35,
            "also": [],
            "score": 0.33,
            "reason": "in common: alien creature, corporation",
            "evidence": _TERMS,
        }
    ],
    "shown": {"color": 0, "plot": 1},
    "missing": [],
    "recorded": True,
    "like": None,
}
_SLATE = {
    **_RANKING,
    "like": _LIKE,
    "likes": 1,
    "timings_ms": {"sources": 2.1, "store": 1.7, "total": 4.0},
}
_SOURCE_FILMS = [
    {
        **_ALIENS,
        "score": 0.33,
        "reason": "in common: alien creature, corporation",
        "evidence": _TERMS,
    }
]
_HELD = {
    "number": 1,
    "movie_id": "alien-1979",
    "source": "color",
    "dist": _MIX,
    "ranking_id": "nH2kW0x9QvY1bZ3c",
    "at": "2025-03-01T19:30:00.250+00:00",
    "title": "Alien",
}
_START = {"number": 0, "dist": _EVEN, "shown": {"color": 5, "plot": 5}}
_POINT = {
    "number": 1,
    "dist": _MIX,
    "shown": {"color": 0, "plot": 1},
    "movie_id": "alien-1979",
    "source": "color",
    "title": "Alien",
}
_SESSION: dict[str, Any] = {
    "session_key": "Zk3v9sQ2mB7xT0aYw1Lc",
    "policy": "preference",
    "dist": _MIX,
    "anchor": FILM,
    "likes": [_HELD],
    "history": [_START, _POINT],
    "likes_by_source": {"color": 1, "plot": 0},
    "shown_total": {"color": 5, "plot": 6},
    "ranking": _RANKING,
}
_UNDONE = {
    **_SESSION,
    "dist": _EVEN,
    "likes": [],
    "history": [_START],
    "likes_by_source": {"color": 0, "plot": 0},
    "undone": {
        "number": 1,
        "movie_id": "alien-1979",
        "ranking_id": "nH2kW0x9QvY1bZ3c",
        "source": "color",
    },
}
_LIKED = {**_LIKE, "session_key": "Zk3v9sQ2mB7xT0aYw1Lc", "likes": 1, "dist": _MIX}
_RESET = {"session_key": "Zk3v9sQ2mB7xT0aYw1Lc", "reset": True}
_HOUSE = {
    "sources": [
        {
            "name": "color",
            "label": "Colour",
            "verb": "looks like",
            "color": "#e69f00",
            "shape": "circle",
        }
    ],
    "policies": [
        {"name": "static", "label": "Static", "help": "Every source keeps the same share."}
    ],
    "default_policy": "preference",
}

SLATE_ANSWERS = answers(Slate, "The slate", _SLATE, 404, 409)
SOURCE_ANSWERS = answers(list[SourceFilm], "Best first", _SOURCE_FILMS, 404)
HOUSE_ANSWERS = answers(House, "Both", _HOUSE)
LIKE_ANSWERS = answers(LikeAnswer, "The like is on disk", _LIKED, 404, 409, 413)
SESSION_ANSWERS = answers(SessionState, "The state", _SESSION)
RESET_ANSWERS = answers(Reset, "It is forgotten", _RESET)
UNDONE_ANSWERS = answers(Undone, "The state after it", _UNDONE, 409, 413)
