"""Synthetic personas: users made up by the build, so that the ranking has histories to learn from.

A persona likes what is useful to it, with noise. The usefulness of a film is

    2.0 genre + 1.0 decade + 1.0 person + 0.6 country + 2.2 (look * L + story * (1 - L)) + 0.6 fame

each part standardised over the catalogue, where L is how far the persona goes by looks. Likes are
drawn one after the other, without repetition, in proportion to exp(usefulness). Taste drifts from
a first to a last mixture over the year. Looks and stories are compared by means of their own (mean
distance of swatches, shared keywords), not by the vectors that the model learns from.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from backend.catalog.color_space import srgb_to_oklab
from backend.catalog.palettes import Palette
from backend.catalog.schema import Film
from backend.ranking.interactions import Interaction, User

Array = NDArray[np.float64]

FEWEST_LIKES, MOST_LIKES = 15, 60
MOST_FILMS = 2_000
"""Films that personas choose among at most, the most popular ones."""
_USUAL_YEAR = 2000
LAST_DAY = 1_767_225_600.0  # 2026-01-01 00:00 UTC
_YEAR_S = 365 * 86_400.0
_LOOK_WIDTH = 0.12  # OKLab
_GENRE, _DECADE, _PERSON, _COUNTRY, _SOURCE, _FAME = 2.0, 1.0, 1.0, 0.6, 2.2, 0.6


@dataclass(frozen=True)
class _World:
    """What every persona looks at: (n, ...) arrays over the films."""

    films: Sequence[Film]
    genres: tuple[str, ...]
    genre_rows: Array
    years: Array
    looks: Array
    stories: Array
    fame: Array
    directors: tuple[str, ...]


def make_personas(
    films: Sequence[Film], palettes: Mapping[str, Palette], count: int, seed: int
) -> list[User]:
    """`count` users `persona-001`..., each with 15 to 60 likes within a year.

    The same arguments give the same users. A catalogue of few films gives shorter histories: at
    most a quarter of it. Credits go to "color" or "plot" by whichever drew the persona.

    Args:
        films: at least 8.
    """
    # Likeness is worked out between every two films, so a large catalogue is represented by part.
    films = sorted(films, key=lambda film: (-film.popularity, film.id))[:MOST_FILMS]
    films.sort(key=lambda film: film.id)
    world = _look_at(films, palettes)
    return [
        _make(number, world, np.random.default_rng([seed, number]))
        for number in range(1, count + 1)
    ]


def _look_at(films: Sequence[Film], palettes: Mapping[str, Palette]) -> _World:
    genres = tuple(sorted({genre for film in films for genre in film.genres}))
    rows = np.array([[genre in film.genres for genre in genres] for film in films], dtype=float)
    made = Counter(name for film in films for name in film.directors)
    return _World(
        films=films,
        genres=genres,
        genre_rows=rows / np.maximum(rows.sum(axis=1, keepdims=True), 1.0),
        years=np.array([film.year or _USUAL_YEAR for film in films], dtype=float),
        looks=_look_likeness(films, palettes),
        stories=_story_likeness(films),
        fame=np.array([_fame(film.id) for film in films]),
        directors=tuple(sorted(name for name, number in made.items() if number >= 2)),
    )


def _fame(film_id: str) -> float:
    """How known a made-up public finds a film: about normal, fixed by its id."""
    digest = hashlib.sha256(film_id.encode()).digest()
    # The sum of 12 even numbers from 0 to 1 has variance 1.
    return sum(byte / 255 for byte in digest[:12]) - 6.0


def _look_likeness(films: Sequence[Film], palettes: Mapping[str, Palette]) -> Array:
    """(n, n), 0 to 1: how near the swatches of one film are to those of another."""
    n = len(films)
    likeness = np.zeros((n, n))
    known = [row for row, film in enumerate(films) if film.id in palettes]
    if not known:
        return likeness
    labs = np.stack([srgb_to_oklab(palettes[films[row].id].colors) for row in known])
    shares = np.stack([palettes[films[row].id].shares for row in known])
    flat = labs.reshape(-1, 3)
    for index, row in enumerate(known):
        gap = np.sqrt(((labs[index][:, None] - flat[None]) ** 2).sum(axis=-1))
        nearest = gap.reshape(len(labs[index]), len(known), -1).min(axis=2)
        likeness[row, known] = np.exp(-(shares[index] @ nearest) / _LOOK_WIDTH)
    return (likeness + likeness.T) / 2


def _story_likeness(films: Sequence[Film]) -> Array:
    """(n, n), 0 to 1: keywords shared, by word, over the geometric mean of their numbers."""
    words = [{word for keyword in film.keywords for word in keyword.split()} for film in films]
    column = {word: index for index, word in enumerate(sorted(set().union(*words)))}
    rows = np.zeros((len(films), max(len(column), 1)))
    for row, film_words in enumerate(words):
        rows[row, [column[word] for word in film_words]] = 1.0
    rows /= np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9)
    return np.asarray(rows @ rows.T)


def _standard(values: Array) -> Array:
    spread = values.std()
    return (values - values.mean()) / spread if spread > 1e-9 else np.zeros_like(values)


def _make(number: int, world: _World, rng: np.random.Generator) -> User:
    n = len(world.films)
    size = len(world.genres)
    mixture = np.full(size, 0.25)
    first, last = rng.dirichlet(mixture), rng.dirichlet(mixture)
    # Most of the taste stays.
    last = 0.7 * first + 0.3 * last
    decade = float(rng.choice(world.years)) // 10 * 10
    years_width = rng.uniform(6.0, 18.0)
    person = str(rng.choice(world.directors)) if world.directors else ""
    country = str(rng.choice(world.films[int(rng.integers(n))].countries))
    looks_first = float(rng.beta(0.8, 0.8))
    anchors = rng.choice(n, size=(2, 2), p=_share(world.genre_rows @ first * 4.0))
    steady = (
        _DECADE * _standard(np.exp(-0.5 * ((world.years - decade - 4.5) / years_width) ** 2))
        + _PERSON * _standard(np.array([float(person in film.directors) for film in world.films]))
        + _COUNTRY * _standard(np.array([float(country in film.countries) for film in world.films]))
        + _FAME * world.fame
    )
    length = min(int(rng.integers(FEWEST_LIKES, MOST_LIKES + 1)), n // 4)
    times = np.sort(rng.uniform(LAST_DAY - _YEAR_S, LAST_DAY, size=length))
    left = np.ones(n, dtype=bool)
    likes = []
    for step, at in enumerate(times):
        drift = step / max(length - 1, 1)
        genre = _GENRE * _standard(world.genre_rows @ ((1 - drift) * first + drift * last))
        look, story = (
            _standard((1 - drift) * table[pair[0]] + drift * table[pair[1]])
            for table, pair in zip((world.looks, world.stories), anchors, strict=True)
        )
        drawn = _SOURCE * (looks_first * look + (1 - looks_first) * story)
        chances = _share(np.where(left, steady + genre + drawn, -np.inf))
        film = int(rng.choice(n, p=chances))
        left[film] = False
        by_look, by_story = (
            looks_first * np.exp(look[film]),
            (1 - looks_first) * np.exp(story[film]),
        )
        source = "color" if rng.random() < by_look / (by_look + by_story) else "plot"
        likes.append(Interaction(world.films[film].id, round(float(at), 3), source))
    favourites = " and ".join(world.genres[index] for index in np.argsort(-first)[:2])
    user_id = f"persona-{number:03d}"
    label = f"Synthetic persona {number:03d}: {favourites}, {int(decade)}s, {country}"
    return User(user_id, label[:200], True, tuple(likes))


def _share(utility: Array) -> Array:
    """Chances in proportion to exp(utility)."""
    values = np.exp(utility - utility.max())
    return np.asarray(values / values.sum())
