"""Films that look alike: nearest palettes in a perceptual colour space.

Two palettes are two clouds of colour in OKLab, each swatch as heavy as its share of the poster.
Their distance is the sliced Wasserstein distance (Bonneel et al., "Sliced and Radon Wasserstein
Barycenters of Measures", 2015): project both clouds on many directions and compare the sorted
values. The order of swatches cannot matter, shares weigh, and since the sorted values are plain
vectors, comparing a film with all others is one subtraction.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, ClassVar, Self

import numpy as np
from numpy.typing import NDArray

from backend.catalog.color_space import name_of, srgb_to_oklab, to_hex
from backend.catalog.palettes import Palette
from backend.catalog.schema import Film
from backend.recommenders.base import Recommender
from backend.recommenders.mapped import TextTable, map_array, save_arrays
from backend.recommenders.neighbors import NeighborTable, Rows, Scores, best_of_candidates

DIRECTIONS = 24
QUANTILES = 16
# OKLab's colour axes against lightness: best of 1 to 4 by benchmarks/palette_distance.py (0.955).
CHROMA_WEIGHT = 2.0
_LAB_WEIGHTS = np.array([1.0, CHROMA_WEIGHT, CHROMA_WEIGHT])
# The distance at which the score has fallen to 1/e.
_SCALE = 0.12
# Pairs of swatches shown at most, and what a pair must be worth to be shown.
_SHOWN_PAIRS = 3
_LEAST_WORTH = 0.002
# Up to here every pair of films is compared; it takes a few seconds.
_ALL_PAIRS_FILMS = 3_000
# Films embedded in one step, to bound memory.
_CHUNK = 4_096
# Swatches nearer than this (OKLab, chroma weighted) are the same colour to the eye on a card.
_SAME_COLOR = 0.16


def _directions() -> NDArray[np.float64]:
    """`(DIRECTIONS, 3)` unit vectors spread evenly over half a sphere (Fibonacci lattice)."""
    index = np.arange(DIRECTIONS) + 0.5
    height = index / DIRECTIONS
    angle = np.pi * (1 + 5**0.5) * index
    radius = np.sqrt(1 - height**2)
    return np.stack([height, radius * np.cos(angle), radius * np.sin(angle)], axis=1)


def weighted_oklab(colors: NDArray[np.floating]) -> NDArray[np.float64]:
    """sRGB `(..., 3)` in 0..1 as OKLab with its colour axes weighted against lightness."""
    weighted: NDArray[np.float64] = srgb_to_oklab(colors) * _LAB_WEIGHTS
    return weighted


def embed_palettes(
    colors: NDArray[np.floating], shares: NDArray[np.floating]
) -> NDArray[np.float32]:
    """Palettes as vectors whose mean absolute difference is the distance.

    Args:
        colors: (n, k, 3) sRGB in 0..1.
        shares: (n, k), each row summing to 1.
    Returns:
        (n, DIRECTIONS * QUANTILES).
    """
    points = weighted_oklab(colors) @ _directions().T
    order = np.argsort(points, axis=1)
    points = np.take_along_axis(points, order, axis=1)
    covered = np.cumsum(np.take_along_axis(shares[:, :, None] + 0 * points, order, axis=1), axis=1)
    wanted = (np.arange(QUANTILES) + 0.5) / QUANTILES
    # The first swatch at which the covered share reaches each quantile.
    at = (covered[:, None] < wanted[:, None, None] - 1e-9).sum(axis=2)
    at = np.minimum(at, points.shape[1] - 1)
    values = np.take_along_axis(points, at, axis=1)
    flat: NDArray[np.float32] = values.transpose(0, 2, 1).astype(np.float32)
    return flat.reshape(len(colors), -1)


def embed_palette(palette: Palette) -> NDArray[np.float32]:
    """One palette as `(DIRECTIONS * QUANTILES,)`."""
    vector: NDArray[np.float32] = embed_palettes(palette.colors[None], palette.shares[None])[0]
    return vector


class ColorRecommender(Recommender):
    """Nearest palettes.

    Args:
        ids: film ids, n of them.
        colors: (n, 6, 3) sRGB in 0..1.
        shares: (n, 6).
        vectors: what `embed_palettes` makes of them; made here when left out.
    """

    name: ClassVar[str] = "color"
    deployment_name: ClassVar[str] = "ColorRecommender"
    label: ClassVar[str] = "Colour"
    verb: ClassVar[str] = "looks like"
    color: ClassVar[str] = "#E69F00"
    shape: ClassVar[str] = "circle"
    version: ClassVar[int] = 2

    def __init__(
        self,
        ids: Sequence[str],
        colors: NDArray[np.floating],
        shares: NDArray[np.floating],
        vectors: NDArray[np.float32] | None = None,
    ) -> None:
        super().__init__(ids)
        self._colors = colors
        self._shares = shares
        self._vectors = _embedded(colors, shares) if vectors is None else vectors

    def similarities(self, row: int) -> NDArray[np.float32]:
        """exp(-distance / 0.12), the distance in OKLab units with chroma weighted."""
        return self._similarity(self._vectors, row)

    def similarities_of(self, row: int, others: Rows) -> Scores:
        """The same for some rows."""
        return self._similarity(self._vectors[others], row)

    def _similarity(self, vectors: NDArray[np.float32], row: int) -> NDArray[np.float32]:
        distance = np.abs(vectors - self._vectors[row]).mean(axis=1)
        result: NDArray[np.float32] = np.exp(-distance / _SCALE)
        return result

    def nearest(self, width: int) -> NeighborTable:
        """Exact for a small catalogue; for a large one the exact best of `color_index`'s finds."""
        if len(self.ids) <= _ALL_PAIRS_FILMS:
            return super().nearest(width)
        # Imported here: the index library is needed by the build of a large catalogue only.
        from backend.recommenders.color_index import candidates

        return best_of_candidates(candidates(self._vectors), width, self.similarities_of)

    def explain(self, liked: int, other: int) -> tuple[str, Mapping[str, Any]]:
        """The colours both posters have: large, near to each other, vivid ones first."""
        return self.explain_all(liked, [other])[0]

    def explain_all(self, liked: int, others: Sequence[int]) -> list[tuple[str, Mapping[str, Any]]]:
        """The same for several films in one go."""
        if not others:
            return []
        rows = [liked, *others]
        colors = np.asarray(self._colors[rows], dtype=float)
        shares = np.asarray(self._shares[rows], dtype=float)
        lab = srgb_to_oklab(colors)
        lightness = (shares * lab[:, :, 0]).sum(axis=1)
        hexes = [[to_hex(color) for color in palette] for palette in colors]
        names = [name_of(color) for color in lab[0]]
        answers: list[tuple[str, Mapping[str, Any]]] = []
        for at, pairs in enumerate(_matching_swatches(lab, shares), start=1):
            evidence = {
                "kind": "swatches",
                "pairs": [
                    {"from": hexes[0][i], "to": hexes[at][j], "share": round(share, 3)}
                    for i, j, share in pairs
                ],
            }
            shared = list(dict.fromkeys(names[i] for i, _, _ in pairs))
            light = lightness[at]
            tone = "dark" if light < 0.4 else "bright" if light > 0.7 else "half-lit"
            reason = "shared " + " and ".join(shared[:2]) if shared else f"the nearest mood: {tone}"
            answers.append((reason, evidence))
        return answers

    @classmethod
    def inputs(cls, films: Sequence[Film], palettes: Mapping[str, Palette]) -> bytes:
        """Ids and palettes are all that counts."""
        parts = [
            f.id.encode() + palettes[f.id].colors.tobytes() + palettes[f.id].shares.tobytes()
            for f in films
            if f.id in palettes
        ]
        return b"|".join(parts)

    @classmethod
    def build(cls, films: Sequence[Film], palettes: Mapping[str, Palette], folder: Path) -> None:
        """Write ids, palettes and their vectors; films without a palette are left out."""
        ids = [film.id for film in films if film.id in palettes]
        cls.write(
            ids,
            np.stack([palettes[i].colors for i in ids]),
            np.stack([palettes[i].shares for i in ids]),
            folder,
        )

    @classmethod
    def write(
        cls,
        ids: Sequence[str],
        colors: NDArray[np.floating],
        shares: NDArray[np.floating],
        folder: Path,
    ) -> None:
        """Write what `load` reads; arguments as those of the class."""
        TextTable.of(ids).save(folder, "ids")
        save_arrays(
            folder,
            colors=colors.astype(np.float32),
            shares=shares.astype(np.float32),
            vectors=_embedded(colors, shares),
        )

    @classmethod
    def load(cls, folder: Path) -> Self:
        """Map what `build` wrote."""
        arrays = (map_array(folder, name) for name in ("colors", "shares", "vectors"))
        return cls(TextTable.load(folder, "ids"), *arrays)


def _embedded(colors: NDArray[np.floating], shares: NDArray[np.floating]) -> NDArray[np.float32]:
    """All vectors, `(n, DIRECTIONS * QUANTILES)`."""
    vectors = np.empty((len(colors), DIRECTIONS * QUANTILES), dtype=np.float32)
    for start in range(0, len(colors), _CHUNK):
        cut = slice(start, start + _CHUNK)
        vectors[cut] = embed_palettes(
            np.asarray(colors[cut], float), np.asarray(shares[cut], float)
        )
    return vectors


def _matching_swatches(
    lab: NDArray[np.float64], shares: NDArray[np.float64]
) -> list[list[tuple[int, int, float]]]:
    """For each other palette up to three `(swatch of the first, its swatch, common share)`.

    The two look the same, and each swatch is used once.

    Args:
        lab: (1 + m, k, 3) OKLab, the palette that all others are compared with first.
        shares: (1 + m, k).
    """
    weighted = lab * _LAB_WEIGHTS
    gap = np.sqrt(((weighted[0][None, :, None] - weighted[1:, None]) ** 2).sum(axis=3))
    common = np.minimum(shares[0][None, :, None], shares[1:, None])
    chroma = np.hypot(lab[0, :, 1], lab[0, :, 2])
    worth = common * (1 - gap / _SAME_COLOR) * (0.25 + 6 * chroma[:, None])
    worth[gap >= _SAME_COLOR] = 0
    pairs: list[list[tuple[int, int, float]]] = [[] for _ in worth]
    width = worth.shape[2]
    for _ in range(_SHOWN_PAIRS):
        best = worth.reshape(len(worth), -1).argmax(axis=1)
        for at, (i, j) in enumerate(zip(*divmod(best, width), strict=True)):
            if worth[at, i, j] > _LEAST_WORTH:
                pairs[at].append((int(i), int(j), float(common[at, i, j])))
                worth[at, i, :] = 0
                worth[at, :, j] = 0
    return pairs
