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

DIRECTIONS = 24
QUANTILES = 16
# OKLab's colour axes against lightness: best of 1 to 4 by benchmarks/palette_distance.py (0.955).
CHROMA_WEIGHT = 2.0
# The distance at which the score has fallen to 1/e.
_SCALE = 0.12
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
    weighted: NDArray[np.float64] = srgb_to_oklab(colors) * [1.0, CHROMA_WEIGHT, CHROMA_WEIGHT]
    return weighted


def embed_palette(palette: Palette) -> NDArray[np.float32]:
    """A palette as `(DIRECTIONS * QUANTILES,)`; mean absolute difference is the distance."""
    points = weighted_oklab(palette.colors) @ _directions().T
    order = np.argsort(points, axis=0)
    sorted_points = np.take_along_axis(points, order, axis=0)
    covered = np.cumsum(palette.shares[order], axis=0)
    wanted = (np.arange(QUANTILES) + 0.5) / QUANTILES
    # The first swatch at which the covered share reaches each quantile.
    at = (covered[None, :, :] < wanted[:, None, None] - 1e-9).sum(axis=1)
    at = np.minimum(at, len(points) - 1)
    values = np.take_along_axis(sorted_points, at, axis=0)
    return np.ascontiguousarray(values.T, dtype=np.float32).reshape(-1)


class ColorRecommender(Recommender):
    """Nearest palettes.

    Args:
        ids: film ids, n of them.
        colors: (n, 6, 3) sRGB in 0..1.
        shares: (n, 6).
    """

    name: ClassVar[str] = "color"
    deployment_name: ClassVar[str] = "ColorRecommender"
    label: ClassVar[str] = "Colour"
    verb: ClassVar[str] = "looks like"
    color: ClassVar[str] = "#E69F00"
    shape: ClassVar[str] = "circle"

    def __init__(
        self, ids: Sequence[str], colors: NDArray[np.floating], shares: NDArray[np.floating]
    ) -> None:
        super().__init__(ids)
        self._palettes = [
            Palette(np.asarray(c, float), np.asarray(s, float))
            for c, s in zip(colors, shares, strict=True)
        ]
        self._vectors = np.stack([embed_palette(palette) for palette in self._palettes])
        self._lab = srgb_to_oklab(np.asarray(colors))
        self._weighted = weighted_oklab(np.asarray(colors))

    def similarities(self, row: int) -> NDArray[np.float32]:
        """exp(-distance / 0.12), the distance in OKLab units with chroma weighted."""
        distance = np.abs(self._vectors - self._vectors[row]).mean(axis=1)
        result: NDArray[np.float32] = np.exp(-distance / _SCALE)
        return result

    def explain(self, liked: int, other: int) -> tuple[str, Mapping[str, Any]]:
        """The colours both posters have: large, near to each other, vivid ones first."""
        pairs = self._matching_swatches(liked, other)
        names = []
        for i, _, _ in pairs:
            name = name_of(self._lab[liked][i])
            if name not in names:
                names.append(name)
        evidence = {
            "kind": "swatches",
            "pairs": [
                {
                    "from": to_hex(self._palettes[liked].colors[i]),
                    "to": to_hex(self._palettes[other].colors[j]),
                    "share": round(share, 3),
                }
                for i, j, share in pairs
            ],
        }
        if names:
            return "shared " + " and ".join(names[:2]), evidence
        light = float(self._palettes[other].shares @ self._lab[other][:, 0])
        tone = "dark" if light < 0.4 else "bright" if light > 0.7 else "half-lit"
        return f"the nearest mood: {tone}", evidence

    def _matching_swatches(self, liked: int, other: int) -> list[tuple[int, int, float]]:
        """Up to three `(swatch, swatch, common share)` that look the same, each used once."""
        first, second = self._weighted[liked], self._weighted[other]
        gap = np.sqrt(((first[:, None] - second[None]) ** 2).sum(axis=2))
        common = np.minimum(
            self._palettes[liked].shares[:, None], self._palettes[other].shares[None]
        )
        chroma = np.hypot(self._lab[liked][:, 1], self._lab[liked][:, 2])
        worth = common * (1 - gap / _SAME_COLOR) * (0.25 + 6 * chroma[:, None])
        worth[gap >= _SAME_COLOR] = 0
        pairs: list[tuple[int, int, float]] = []
        while len(pairs) < 3 and worth.max() > 0.002:
            i, j = (int(k) for k in np.unravel_index(worth.argmax(), worth.shape))
            pairs.append((i, j, float(common[i, j])))
            worth[i, :] = 0
            worth[:, j] = 0
        return pairs

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
        """Write ids and palettes as one array file."""
        ids = [film.id for film in films if film.id in palettes]
        np.savez(
            folder / "color.npz",
            ids=np.array(ids),
            colors=np.stack([palettes[i].colors for i in ids]),
            shares=np.stack([palettes[i].shares for i in ids]),
        )

    @classmethod
    def load(cls, folder: Path) -> Self:
        """Read what `build` wrote; no pickle is accepted."""
        with np.load(folder / "color.npz", allow_pickle=False) as saved:
            return cls([str(i) for i in saved["ids"]], saved["colors"], saved["shares"])
