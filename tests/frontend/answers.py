"""Small answers of the backend, as the contract has them."""

from __future__ import annotations

from typing import Any

Json = dict[str, Any]

SOURCES: Json = {
    "sources": [
        {
            "name": "color",
            "label": "Colour",
            "verb": "looks like",
            "color": "#E69F00",
            "shape": "circle",
        },
        {
            "name": "plot",
            "label": "Plot",
            "verb": "tells like",
            "color": "#56B4E9",
            "shape": "diamond",
        },
    ],
    "policies": [
        {"name": "preference", "label": "Preference", "help": "Learns."},
        {"name": "static", "label": "Static", "help": "Stays."},
    ],
    "default_policy": "preference",
}


def movie(number: int) -> Json:
    """Film `number`."""
    return {
        "id": f"film-{number}",
        "title": f"Film {number}",
        "year": 1900 + number,
        "directors": ["Ada Byron"],
        "poster": f"/rec/posters/film-{number}.webp?v=abc{number}",
        "palette": [{"hex": "#AA0000", "share": 0.7}, {"hex": "#00bb00", "share": 0.3}],
    }


def slate(ranking_id: str, *, like: Json | None = None, color: float = 0.5) -> Json:
    """Two cards, one of each source, based on film 0 (or on the film liked)."""
    anchor = int(like["movie_id"].split("-")[1]) if like else 0
    return {
        "dist": {"color": color, "plot": 1 - color},
        "ids": [movie(1), movie(2)],
        "sources": {"film-1": "color", "film-2": "plot"},
        "session_key": "k1",
        "ranking_id": ranking_id,
        "policy": "preference",
        "anchor": movie(anchor),
        "slots": [
            {
                "position": 1,
                "movie_id": "film-2",
                "source": "plot",
                "reason": "both tell of trains",
                "also": [],
                "evidence": {"kind": "terms", "terms": ["train", "heist"]},
            },
            {
                "position": 2,
                "movie_id": "film-1",
                "source": "color",
                "reason": "shared red",
                "also": ["plot"],
                "evidence": {
                    "kind": "swatches",
                    "pairs": [{"from": "#aa0000", "to": "#bb0000", "share": 0.4}],
                },
            },
        ],
        "shown": {"color": 1, "plot": 1},
        "missing": [],
        "recorded": True,
        "like": like,
    }


def counted(movie_id: str, source: str) -> Json:
    """A like that counted."""
    return {"movie_id": movie_id, "ranking_id": "r1", "source": source, "counted": True}
