"""Every motif a poster can be drawn from; importing this package registers them all."""

from backend.catalog.posters.motifs import (
    animals,
    buildings,
    nature,
    objects,
    people,
    sky,
    symbols,
    transport,
)

__all__ = [
    "animals",
    "buildings",
    "nature",
    "objects",
    "people",
    "sky",
    "symbols",
    "transport",
]
