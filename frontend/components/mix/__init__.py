"""The mix: how the sources share the screen now, in figures large enough for the last row."""

from __future__ import annotations

from typing import Any

from frontend.components.kit import define
from frontend.shape import percents

_mount = define(__file__)


def mix(
    *,
    sources: list[dict[str, Any]],
    dist: dict[str, float],
    shown: dict[str, int],
    likes: int,
    turn: int,
) -> None:
    """Draw the mix.

    Args:
        sources: as `shape.sources` gives them.
        dist: share of each source by name; empty counts as even.
        shown: cards of each source on screen.
        likes: how many likes the mix has learned from.
        turn: grows with every answer.
    """
    shares = [dist.get(source["name"], 0.0) for source in sources]
    if not any(shares):
        shares = [1 / len(sources) for _ in sources]
    parts = [
        {
            **source,
            "share": round(share, 4),
            "percent": percent,
            "shown": shown.get(source["name"], 0),
        }
        for source, share, percent in zip(sources, shares, percents(shares), strict=True)
    ]
    _mount(key="mix", data={"parts": parts, "likes": likes, "turn": turn})
