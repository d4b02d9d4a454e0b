"""Find posters that look alike: `python -m backend.catalog.posters.distinct`.

A picture's perceptual hash says where its light and dark masses lie. It is the usual pHash: grey,
32x32, discrete cosine transform, the 8x8 lowest frequencies against their median. Two posters with
under 10 of 64 bits different share a composition, and often the hero too, whatever their colours.
"""

from __future__ import annotations

import argparse
import io
import sys
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from backend.catalog.posters.draw import draw_poster, render_png
from backend.catalog.schema import load_films

HASH_BITS = 64
# Posters nearer than this are too much alike.
LIMIT_BITS = 10
# As small as this, a poster's hash is within a bit or two of that of the full size.
WIDTH_PX = 96
_GRID, _KEPT = 32, 8
_SHOWN_PAIRS = 10


@cache
def _cosines() -> NDArray[np.float64]:
    """The lowest `_KEPT` rows of the DCT-II matrix, shape (8, 32)."""
    k, i = np.arange(_KEPT)[:, None], np.arange(_GRID)[None, :]
    return np.asarray(np.cos(np.pi * k * (2 * i + 1) / (2 * _GRID)))


def perceptual_hash(picture: Image.Image) -> int:
    """The 64-bit pHash of a picture of any size and mode; the first bit is the highest."""
    small = picture.convert("L").resize((_GRID, _GRID), Image.Resampling.LANCZOS)
    pixels = np.asarray(small, dtype=np.float64)
    low = _cosines() @ pixels @ _cosines().T
    bits = np.packbits((low > np.median(low)).ravel())
    return int.from_bytes(bits.tobytes(), "big")


def distance(first: int, second: int) -> int:
    """The number of bits, 0 to 64, in which two hashes differ."""
    return (first ^ second).bit_count()


def near_pairs(hashes: Sequence[int], limit: int) -> list[tuple[int, int, int]]:
    """Every pair under `limit` bits as (bits, index, index), nearest first."""
    pairs = []
    for i, first in enumerate(hashes):
        for j in range(i):
            bits = (first ^ hashes[j]).bit_count()
            if bits < limit:
                pairs.append((bits, j, i))
    return sorted(pairs)


def poster_hash(svg: str, width_px: int = WIDTH_PX) -> int:
    """The pHash of a drawn poster."""
    with Image.open(io.BytesIO(render_png(svg, width_px))) as picture:
        return perceptual_hash(picture)


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the closest pairs of a catalogue; 1 when any is under the limit."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--limit", type=int, default=LIMIT_BITS, help=f"bits, 1 to {HASH_BITS} ({LIMIT_BITS})"
    )
    parser.add_argument("--films", type=Path, default=Path("data/films"), help="the catalogue")
    args = parser.parse_args(arguments)
    if not 1 <= args.limit <= HASH_BITS:
        parser.error(f"--limit must be from 1 to {HASH_BITS}, got {args.limit}")
    films = load_films(args.films)
    hashes = [poster_hash(draw_poster(film.poster, film.id)) for film in films]
    reach = args.limit
    # Where nothing is too near, the nearest are still worth a look.
    while len(near := near_pairs(hashes, reach)) < min(_SHOWN_PAIRS, len(films) - 1):
        reach += 2
    for bits, i, j in near[: max(_SHOWN_PAIRS, sum(bits < args.limit for bits, _, _ in near))]:
        print(f"{bits:3} bits  {films[i].id}  {films[j].id}")
    alike = sum(bits < args.limit for bits, _, _ in near)
    print(f"{len(films)} posters, {alike} pairs under {args.limit} of {HASH_BITS} bits")
    return 1 if alike else 0


if __name__ == "__main__":
    sys.exit(main())
