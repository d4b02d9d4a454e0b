"""The compositions a poster can have, by name."""

from __future__ import annotations

from collections.abc import Callable

from backend.catalog.posters.layouts.graphic import bands, pattern, split
from backend.catalog.posters.layouts.openings import tunnel, window
from backend.catalog.posters.layouts.outdoors import depths, horizon
from backend.catalog.posters.layouts.portrait import centre, disc, rays
from backend.catalog.posters.layouts.size import colossus, fall
from backend.catalog.posters.layouts.stage import Stage

LAYOUTS: dict[str, Callable[[Stage], str]] = {
    "horizon": horizon,
    "centre": centre,
    "colossus": colossus,
    "disc": disc,
    "rays": rays,
    "split": split,
    "depths": depths,
    "tunnel": tunnel,
    "window": window,
    "pattern": pattern,
    "bands": bands,
    "fall": fall,
}
