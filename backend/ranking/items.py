"""The films as vectors: one row for each film, cut into named blocks.

Every block starts as rows of length 1, is centred on the catalogue's mean and scaled so that the
mean squared length of its rows is 1. A product of two rows of a block is then above 0 when the
films have more in common there than films usually do, and blocks can be compared.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from backend.catalog.color_space import srgb_to_oklab
from backend.catalog.palettes import Palette
from backend.catalog.schema import GENRES, Film

Array = NDArray[np.float64]

BLOCKS = ("genres", "decade", "place", "people", "plot", "colors", "popularity")
PLOT_DIMENSIONS = 40
MOST_NAMES = 256
"""Columns of a counted block at most: those of a large catalogue would not fit."""
# Width of a colour anchor in OKLab; two colours further apart than this look different.
COLOR_WIDTH = 0.09
_FIRST_GENRE, _OTHER_GENRE = 1.0, 0.7
_DIRECTOR, _CAST = 1.0, 0.5
_EPSILON = 1e-9


@dataclass(frozen=True)
class ItemVectors:
    """The whole catalogue as one matrix.

    Attributes:
        ids: n film ids, in the order of the rows.
        titles, years: for display, in the same order.
        labels: for each block of `BLOCKS` the name of each of its columns.
        matrix: (n, d) float64, the blocks side by side in the order of `BLOCKS`.
    """

    ids: tuple[str, ...]
    titles: tuple[str, ...]
    years: tuple[int | None, ...]
    labels: Mapping[str, tuple[str, ...]]
    matrix: Array

    @cached_property
    def row_of(self) -> dict[str, int]:
        """The row of each film id."""
        return {film_id: row for row, film_id in enumerate(self.ids)}

    @cached_property
    def columns(self) -> dict[str, slice]:
        """The columns of each block."""
        columns, start = {}, 0
        for block in BLOCKS:
            columns[block] = slice(start, start + len(self.labels[block]))
            start = columns[block].stop
        return columns

    @property
    def width(self) -> int:
        """d, the length of a row."""
        return int(self.matrix.shape[1])

    @cached_property
    def block_sums(self) -> Array:
        """(d, blocks) of 0 and 1: a product with it sums the columns of each block."""
        sums = np.zeros((self.width, len(BLOCKS)))
        for index, columns in enumerate(self.columns.values()):
            sums[columns, index] = 1.0
        return sums

    @cached_property
    def plot_directions(self) -> Array:
        """The plot block with rows of length 1 (or 0)."""
        return _unit(self.block("plot"))

    def block(self, name: str) -> Array:
        """The columns of one block, (n, width of the block)."""
        return self.matrix[:, self.columns[name]]

    @cached_property
    def present(self) -> NDArray[np.bool_]:
        """(n, d): whether the film has a column's property at all (of the counted blocks)."""
        return np.asarray(self.matrix > self.matrix.min(axis=0) + 1e-6)

    def with_popularity(self, likes: Mapping[str, int]) -> ItemVectors:
        """The same films with the popularity prior set from numbers of likes.

        The prior is log(1 + likes), centred, with a mean square of 1.
        """
        counts = np.array([likes.get(film_id, 0) for film_id in self.ids], dtype=np.float64)
        matrix = self.matrix.copy()
        matrix[:, self.columns["popularity"]] = _centred(np.log1p(counts)[:, None])
        return replace(self, matrix=matrix)


def build_items(films: Sequence[Film], palettes: Mapping[str, Palette]) -> ItemVectors:
    """Turn films into vectors; the popularity prior is even until `with_popularity`.

    Args:
        films: at least 2, with different ids; rows are in order of id.
        palettes: by film id; a film without one has the average colours.
    """
    films = sorted(films, key=lambda film: film.id)
    made = {
        "genres": _genres(films),
        "decade": _decades(films),
        "place": _counted(
            [
                {f"country:{name}": 1.0 for name in film.countries}
                | ({f"language:{film.language}": 1.0} if film.language else {})
                for film in films
            ]
        ),
        "people": _counted(
            [
                {f"cast:{name}": _CAST for name in film.cast}
                | {f"director:{name}": _DIRECTOR for name in film.directors}
                for film in films
            ]
        ),
        "plot": _plots(films),
        "colors": _colors(films, palettes),
        "popularity": (("likes",), np.zeros((len(films), 1))),
    }
    return ItemVectors(
        ids=tuple(film.id for film in films),
        titles=tuple(film.title for film in films),
        years=tuple(film.year for film in films),
        labels={block: made[block][0] for block in BLOCKS},
        matrix=np.hstack([_centred(made[block][1]) for block in BLOCKS]),
    )


def _unit(rows: Array) -> Array:
    """Each row at length 1; a row of zeros stays."""
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    return np.asarray(rows / np.maximum(lengths, _EPSILON))


def _centred(rows: Array) -> Array:
    """Rows minus their mean, scaled to a mean squared length of 1 (zeros stay)."""
    rows = rows - rows.mean(axis=0)
    scale = np.sqrt((rows**2).sum(axis=1).mean())
    return rows / scale if scale > _EPSILON else np.zeros_like(rows)


Block = tuple[tuple[str, ...], Array]


def _genres(films: Sequence[Film]) -> Block:
    names = tuple(sorted(GENRES))
    rows = np.zeros((len(films), len(names)))
    for row, film in enumerate(films):
        for rank, genre in enumerate(film.genres):
            rows[row, names.index(genre)] = _FIRST_GENRE if rank == 0 else _OTHER_GENRE
    return names, _unit(rows)


def _decades(films: Sequence[Film]) -> Block:
    known = [film.year for film in films if film.year is not None]
    # A film without a year is of the middle of the catalogue's time.
    middle = float(np.mean(known)) if known else 2000.0
    years = np.array([middle if film.year is None else film.year for film in films])
    starts = np.arange(years.min() // 10 * 10, years.max() + 1, 10)
    # A film of 1979 is nearer to the 1980s than one of 1971: a bell of 8 years round mid-decade.
    rows = np.exp(-0.5 * ((years[:, None] - starts - 4.5) / 8.0) ** 2)
    return tuple(f"{int(start)}s" for start in starts), _unit(rows)


def _counted(weights: Sequence[Mapping[str, float]]) -> Block:
    """Columns for the names that most films share, two at least: others say nothing of others."""
    films_with = Counter(name for names in weights for name in names)
    shared = [(-films, name) for name, films in films_with.items() if films >= 2]
    names = tuple(sorted(name for _, name in sorted(shared)[:MOST_NAMES]))
    column = {name: index for index, name in enumerate(names)}
    rows = np.zeros((len(weights), len(names)))
    for row, film_weights in enumerate(weights):
        for name, weight in film_weights.items():
            if name in column:
                rows[row, column[name]] = weight
    return names, _unit(rows)


def _plots(films: Sequence[Film]) -> Block:
    """Latent semantic analysis (Deerwester et al., 1990) of keywords and synopsis."""
    # Imported here: scikit-learn is slow to import and only the build needs it.
    from sklearn.decomposition import TruncatedSVD
    from sklearn.feature_extraction.text import TfidfVectorizer

    # Keywords twice: they are chosen words, a synopsis has words by chance.
    texts = [" ".join([*film.keywords, *film.keywords, film.synopsis]) for film in films]
    tfidf = TfidfVectorizer(sublinear_tf=True, stop_words="english", min_df=1).fit_transform(texts)
    size = min(PLOT_DIMENSIONS, len(films) - 1, tfidf.shape[1] - 1)
    if size < 1:
        return (), np.zeros((len(films), 0))
    # Films that all tell alike have no variance to explain, which is no error here.
    with np.errstate(invalid="ignore"):
        rows = TruncatedSVD(size, n_iter=7, random_state=0).fit_transform(tfidf)
    return tuple(f"plot-{index}" for index in range(size)), _unit(rows)


def _color_anchors() -> Array:
    """(27, 3) OKLab: black to white in three steps of each sRGB channel."""
    steps = np.linspace(0.0, 1.0, 3)
    grid = np.stack(np.meshgrid(steps, steps, steps, indexing="ij"), axis=-1)
    return srgb_to_oklab(grid.reshape(-1, 3))


def color_histogram(palette: Palette) -> Array:
    """Where the area of a palette lies among 27 anchor colours: (27,), length 1.

    Each colour is shared out over the anchors by closeness in OKLab, so the order of swatches
    does not matter and near colours count as near.
    """
    gap = ((srgb_to_oklab(palette.colors)[:, None] - _color_anchors()) ** 2).sum(axis=-1)
    closeness = np.exp(-(gap - gap.min(axis=1, keepdims=True)) / (2 * COLOR_WIDTH**2))
    closeness /= closeness.sum(axis=1, keepdims=True)
    # The square root (Hellinger) keeps a large ground from hiding everything else.
    return np.asarray(np.sqrt(palette.shares @ closeness))


def _colors(films: Sequence[Film], palettes: Mapping[str, Palette]) -> Block:
    known = {film.id: color_histogram(palettes[film.id]) for film in films if film.id in palettes}
    size = len(_color_anchors())
    average = np.mean(list(known.values()), axis=0) if known else np.zeros(size)
    rows = np.stack([known.get(film.id, average) for film in films])
    return tuple(f"color-{index}" for index in range(size)), rows
