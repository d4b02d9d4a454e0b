"""The palette of a poster: six colours with their shares, extracted from its pixels."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from backend.catalog.color_space import bytes_to_oklab, oklab_to_srgb, to_hex

SIZE = 6
_SAMPLE = (48, 72)
_ROUNDS = 6


@dataclass(frozen=True, eq=False)
class Palette:
    """The colours of one poster, largest share first.

    Attributes:
        colors: (6, 3) gamma-encoded sRGB, 0 to 1.
        shares: (6,) parts of the area, >= 0, summing to 1; 0 where a poster has fewer colours.
    """

    colors: NDArray[np.float64]
    shares: NDArray[np.float64]

    def swatches(self) -> list[dict[str, Any]]:
        """`[{"hex", "share"}]` of the colours that cover any area."""
        return [
            {"hex": to_hex(color), "share": round(float(share), 4)}
            for color, share in zip(self.colors, self.shares, strict=True)
            if share > 0
        ]


def extract_palette(picture: Image.Image) -> Palette:
    """Find the palette of a picture in RGB.

    The picture is sampled at 48x72 points, not averaged, so that no colours appear that it does
    not have; k-means in OKLab then groups the points. A swatch is the median of its group: the
    few points on a smoothed edge do not tint it.
    """
    image = picture.resize(_SAMPLE, Image.Resampling.NEAREST)
    samples = np.asarray(image).reshape(-1, 3)
    pixels = bytes_to_oklab(samples)
    centers = _first_centers(samples, pixels)
    for _ in range(_ROUNDS):
        labels = _nearest(pixels, centers)
        counts = np.bincount(labels, minlength=SIZE)
        for axis in range(3):
            sums = np.bincount(labels, weights=pixels[:, axis], minlength=SIZE)
            np.divide(sums, counts, out=centers[:, axis], where=counts > 0)
    labels = _nearest(pixels, centers)
    counts = np.bincount(labels, minlength=SIZE)
    for label in np.flatnonzero(counts):
        centers[label] = np.median(pixels[labels == label], axis=0)
    order = np.lexsort((centers[:, 0], -counts))
    return Palette(oklab_to_srgb(centers[order]), counts[order] / counts.sum())


def _first_centers(samples: NDArray[np.uint8], pixels: NDArray[np.float64]) -> NDArray[np.float64]:
    """Six colours to start from, `(6, 3)` OKLab: common ones that lie far from each other.

    Pixels are counted in a coarse grid of sRGB. The fullest cell goes first; each next is that
    with the highest count times squared distance to the nearest one chosen.
    """
    cells = (samples >> 4).astype(np.int64) @ [256, 16, 1]
    _, cell, counts = np.unique(cells, return_inverse=True, return_counts=True)
    sums = [np.bincount(cell, weights=pixels[:, axis]) for axis in range(3)]
    colors = np.stack(sums, axis=1) / counts[:, None]
    chosen = [int(counts.argmax())]
    gap = np.full(len(colors), np.inf)
    while len(chosen) < SIZE:
        gap = np.minimum(gap, ((colors - colors[chosen[-1]]) ** 2).sum(axis=1))
        chosen.append(int((counts * gap).argmax()))
    return colors[chosen]


def _nearest(pixels: NDArray[np.float64], centers: NDArray[np.float64]) -> NDArray[np.int64]:
    """The row of the nearest centre for each pixel, the first of equally near ones."""
    gap: NDArray[np.float64] = pixels @ (-2 * centers.T) + (centers**2).sum(axis=1)
    rows: NDArray[np.int64] = gap.argmin(axis=1)
    return rows
