"""Many dots at little cost: stars, snow, foam, leaves."""

from __future__ import annotations

from collections.abc import Iterable

from backend.catalog.posters.motifs.marks import Point, n, stroke


def dots(points: Iterable[Point], color: str, width: float, opacity: float = 1.0) -> str:
    """Round dots of one size in one path: lines of no length with round ends."""
    return stroke("".join(f"M{n(x)} {n(y)}h0" for x, y in points), color, width, opacity)
