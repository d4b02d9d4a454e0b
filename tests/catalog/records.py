"""Made-up film records, pictures and poster rows for the tests of the catalogue."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import sqlalchemy as sa
from PIL import Image

from backend.catalog.catalogue import Catalogue
from backend.catalog.database import PosterRow, create_tables, write_films, write_posters
from backend.catalog.palettes import Palette
from backend.catalog.schema import Film, parse_film

SYNOPSIS = " ".join(["A keeper and a storm share one lighthouse through the winter."] * 5)


def raw_film(**changes: Any) -> dict[str, Any]:
    """A record that follows every rule, with some fields changed; None leaves a field out."""
    record = {
        "id": "harbour-1990",
        "title": "Harbour",
        "year": 1990,
        "directors": ["Ada North"],
        "cast": ["Ben West", "Cleo East"],
        "countries": ["France"],
        "language": "French",
        "genres": ["drama", "mystery"],
        "runtime_min": 101,
        "keywords": [
            *("harbour", "storm", "lighthouse", "winter", "keeper", "ferry", "fog", "inheritance"),
        ],
        "synopsis": SYNOPSIS,
        "poster": raw_poster(),
    }
    return {name: value for name, value in (record | changes).items() if value is not None}


def raw_poster(**changes: Any) -> dict[str, Any]:
    """The art direction of `raw_film`, with some fields changed; None leaves a field out."""
    poster = {
        "layout": "centre",
        "motif": "moon",
        "colors": {
            "ground": "#101820",
            "glow": "#304050",
            "depth": "#182430",
            "shape": "#E8D8A8",
            "accent": "#d04030",
        },
    }
    return {name: value for name, value in (poster | changes).items() if value is not None}


def film(film_id: str = "harbour-1990", **changes: Any) -> Film:
    """A checked film; `changes` replace attributes, not raw fields."""
    return replace(parse_film(raw_film(id=film_id), "a test"), **changes)


def picture(
    stripes: Sequence[tuple[tuple[int, int, int], float]],
    size: tuple[int, int] = (200, 300),
) -> Image.Image:
    """Horizontal stripes of 8-bit colours, each as high as its share of the picture."""
    pixels = np.zeros((size[1], size[0], 3), dtype=np.uint8)
    top, covered = 0, 0.0
    for color, share in stripes:
        covered += share
        bottom = round(covered * size[1])
        pixels[top:bottom] = color
        top = bottom
    return Image.fromarray(pixels)


def encoded(image: Image.Image, kind: str = "PNG", **options: Any) -> bytes:
    """A picture as the bytes of a file."""
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def flat_palette(color: tuple[float, float, float]) -> Palette:
    """A palette of one colour, sRGB in 0..1."""
    return Palette(np.tile(np.array(color, dtype=float), (6, 1)), np.array([1.0, 0, 0, 0, 0, 0]))


def poster_row(
    film_id: str, color: tuple[float, float, float] = (0.2, 0.3, 0.4), origin: str = "drawn"
) -> PosterRow:
    """A built poster of one flat colour."""
    return PosterRow(film_id, "print", "v1", origin, flat_palette(color))


def catalogue_of(
    films: Sequence[Film], posters: Sequence[PosterRow] | None = None, **options: Any
) -> Catalogue:
    """A catalogue in memory; every film has a poster unless told otherwise."""
    engine = sa.create_engine("sqlite://", poolclass=sa.StaticPool)
    create_tables(engine)
    write_films(engine, films)
    write_posters(engine, [poster_row(f.id) for f in films] if posters is None else posters)
    return Catalogue(engine, **options)
