"""A third recommender, as in docs/adding-a-recommender.md: films of the same time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, ClassVar, Self

import numpy as np
from numpy.typing import NDArray

from backend.catalog.palettes import Palette
from backend.catalog.schema import Film
from backend.recommenders.base import Recommender


class EraRecommender(Recommender):
    """Films nearest in time: 1 for the same year, 1/e for ten years apart."""

    name: ClassVar[str] = "era"
    deployment_name: ClassVar[str] = "EraRecommender"
    label: ClassVar[str] = "Era"
    verb: ClassVar[str] = "is as old as"
    color: ClassVar[str] = "#009E73"
    shape: ClassVar[str] = "triangle"

    def __init__(self, ids: Sequence[str], years: NDArray[np.integer]) -> None:
        super().__init__(ids)
        self._years = years

    def similarities(self, row: int) -> NDArray[np.float32]:
        """exp(-years apart / 10)."""
        apart = np.abs(self._years - self._years[row])
        return np.exp(-apart / 10.0).astype(np.float32)

    def explain(self, liked: int, other: int) -> tuple[str, Mapping[str, Any]]:
        """How far apart the two films are."""
        apart = abs(int(self._years[liked] - self._years[other]))
        reason = "of the same year" if apart == 0 else f"{apart} years apart"
        return reason, {"kind": "terms", "terms": [str(int(self._years[other]))]}

    @classmethod
    def build(cls, films: Sequence[Film], palettes: Mapping[str, Palette], folder: Path) -> None:
        """Write ids and years."""
        ids = np.array([film.id for film in films])
        np.savez(folder / "era.npz", ids=ids, years=np.array([film.year for film in films]))

    @classmethod
    def load(cls, folder: Path) -> Self:
        """Read what `build` wrote; no pickle is accepted."""
        with np.load(folder / "era.npz", allow_pickle=False) as saved:
            return cls([str(i) for i in saved["ids"]], saved["years"])
