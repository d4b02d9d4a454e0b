"""The motifs a poster can be drawn from, by name.

A motif is a function `(ink, rng) -> str` that returns an SVG fragment. It is one of two kinds:

- `object`: a thing. It is drawn in a box 100 wide and 100 high, centred on x=50 and standing on
  y=100; it may leave parts of the box empty.
- `scene`: a place or weather. It is drawn in a box 200 wide and 100 high and runs off both sides.

`rng` is seeded by the film, so that two films with the same motif differ and one film never does.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass

from backend.catalog.posters.ink import Ink

Draw = Callable[[Ink, random.Random], str]


@dataclass(frozen=True)
class Motif:
    """One registered motif; `kind` is "object" or "scene"."""

    name: str
    kind: str
    draw: Draw


MOTIFS: dict[str, Motif] = {}


def motif(name: str, kind: str = "object") -> Callable[[Draw], Draw]:
    """Register a drawing function under `name`; a name is taken once."""
    if kind not in {"object", "scene"}:
        raise ValueError(f"kind of motif {name} must be object or scene, got {kind!r}")

    def register(draw: Draw) -> Draw:
        if name in MOTIFS:
            raise ValueError(f"motif {name!r} is registered twice")
        MOTIFS[name] = Motif(name, kind, draw)
        return draw

    return register
