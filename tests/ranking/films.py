"""Small made-up catalogues for the tests of the ranking."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from backend.catalog.palettes import Palette
from backend.catalog.schema import COLOR_ROLES, Film, PosterArt

ART = PosterArt("centre", "moon", None, dict.fromkeys(COLOR_ROLES, "#102030"))
THEMES = {
    "western": ("ranch", "sheriff", "gold rush", "saloon", "cattle", "stagecoach"),
    "science fiction": ("starship", "android", "alien planet", "reactor", "signal", "colony"),
    "romance": ("wedding", "letter", "ballroom", "seaside summer", "violin", "reunion"),
    "horror": ("haunted house", "curse", "cellar", "full moon", "exorcist", "ghost child"),
}
HUES = {
    "western": (0.85, 0.55, 0.2),
    "science fiction": (0.1, 0.35, 0.7),
    "romance": (0.95, 0.75, 0.8),
    "horror": (0.25, 0.02, 0.05),
}


def film(
    film_id: str,
    genres: Sequence[str] = ("drama",),
    year: int = 1990,
    director: str = "Ada North",
    country: str = "France",
    keywords: Sequence[str] = ("harbour", "storm"),
    language: str = "French",
) -> Film:
    """A film with only what the ranking reads; its title is the id in capitals."""
    return Film(
        id=film_id,
        title=film_id.upper(),
        original_title=None,
        year=year,
        directors=(director,),
        cast=(f"Lead of {film_id}",),
        countries=(country,),
        language=language,
        genres=tuple(genres),
        runtime_min=100,
        series=None,
        keywords=tuple(keywords),
        synopsis=f"A tale of {' and '.join(keywords)}.",
        poster=ART,
    )


def palette(red: float, green: float, blue: float) -> Palette:
    """A palette that is nearly one colour, with a darker sixth."""
    color = np.array([red, green, blue])
    colors = np.stack([color * shade for shade in (1.0, 0.95, 0.9, 0.85, 0.8, 0.4)])
    return Palette(colors, np.array([0.4, 0.2, 0.15, 0.1, 0.1, 0.05]))


def catalogue(count: int, seed: int = 7) -> tuple[list[Film], dict[str, Palette]]:
    """`count` films of four genres, each with the words, years and colours usual to it."""
    rng = np.random.default_rng(seed)
    names = list(THEMES)
    films, palettes = [], {}
    for number in range(count):
        genre = names[number % len(names)]
        words = rng.choice(THEMES[genre], size=4, replace=False)
        made = film(
            f"film-{number:03d}",
            genres=(genre, "drama") if rng.random() < 0.4 else (genre,),
            year=int(1950 + 10 * (number % 6) + rng.integers(10)),
            director=f"Director {number % 17}",
            country=("United States", "Italy", "Japan")[int(rng.integers(3))],
            keywords=[str(word) for word in words],
        )
        films.append(made)
        tint = np.clip(np.array(HUES[genre]) + rng.normal(0, 0.12, 3), 0, 1)
        palettes[made.id] = palette(*(float(channel) for channel in tint))
    return films, palettes
