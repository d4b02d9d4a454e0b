"""Does the colour recommender's distance agree with the eye's?

Compares the distance between embedded palettes with the earth mover's distance under CIEDE2000,
both from independent libraries, over random pairs of the built posters.

    .venv/bin/pip install -r benchmarks/requirements.txt
    .venv/bin/python -m benchmarks.palette_distance
"""

from __future__ import annotations

import random
import warnings

import numpy as np
from scipy.stats import spearmanr

from backend.catalog.database import open_database, read_posters
from backend.recommenders.color import embed_palette
from backend.settings import Settings

PAIRS = 5000
SEED = 1
GOAL = 0.85


def main() -> None:
    """Print Spearman's rank correlation over the pairs."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import colour
        import ot

    palettes = [
        row.palette for row in read_posters(open_database(Settings().catalogue_db)).values()
    ]
    vectors = np.stack([embed_palette(palette) for palette in palettes])
    lab = [colour.XYZ_to_Lab(colour.sRGB_to_XYZ(palette.colors)) for palette in palettes]
    rng = random.Random(SEED)
    ours, eye = [], []
    for _ in range(PAIRS):
        i, j = rng.sample(range(len(palettes)), 2)
        ours.append(float(np.abs(vectors[i] - vectors[j]).mean()))
        cost = colour.delta_E(lab[i][:, None, :], lab[j][None, :, :], method="CIE 2000")
        first, second = (palettes[k].shares / palettes[k].shares.sum() for k in (i, j))
        eye.append(float(ot.emd2(first, second, cost)))
    correlation = float(spearmanr(ours, eye)[0])
    print(f"{len(palettes)} posters, {PAIRS} pairs: Spearman {correlation:.3f} (goal {GOAL})")


if __name__ == "__main__":
    main()
