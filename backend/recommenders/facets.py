"""What a story search may ask for beside the story: when, where, in what language, by whom."""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from pathlib import Path
from typing import Self

import numpy as np
from numpy.typing import NDArray

from backend.catalog.folding import fold
from backend.catalog.schema import Film
from backend.recommenders.mapped import TextTable, map_array, save_arrays
from backend.recommenders.terms import phrase_words


def film_facets(film: Film) -> list[str]:
    """`year:1967`, `decade:1960s`, `country:france`, `language:french`, `name:tati`; each once."""
    facets = []
    if film.year is not None:
        facets += [f"year:{film.year}", f"decade:{film.year // 10 * 10}s"]
    facets += [f"country:{fold(country)}" for country in film.countries]
    if film.language:
        facets.append(f"language:{fold(film.language)}")
    for person in (*film.directors, *film.cast):
        facets += [f"name:{word}" for word in phrase_words(person)]
    return list(dict.fromkeys(facets))


class FacetTable:
    """The films of each facet.

    Args:
        names: the facets, k of them.
        starts: where the films of each begin in `films`, and the end of the last: `(k + 1,)`.
        films: rows of films, ascending within a facet.
    """

    def __init__(
        self, names: TextTable, starts: NDArray[np.integer], films: NDArray[np.integer]
    ) -> None:
        self._names = names
        self._starts = starts
        self._films = films

    @classmethod
    def of(cls, facets: Iterable[Iterable[str]]) -> Self:
        """From the facets of each film, in the order of the catalogue."""
        rows: dict[str, array[int]] = {}
        for row, names in enumerate(facets):
            for name in names:
                rows.setdefault(name, array("i")).append(row)
        names = sorted(rows)
        films = [np.frombuffer(rows[name], dtype=np.int32) for name in names]
        starts = np.cumsum([0, *(len(one) for one in films)])
        joined = np.concatenate(films) if films else np.zeros(0, dtype=np.int32)
        return cls(TextTable.of(names), starts.astype(np.int64), joined)

    def find(self, name: str) -> NDArray[np.integer]:
        """The rows of the films that have a facet, none when no film has it."""
        number = self._names.find(name)
        if number is None:
            return self._films[:0]
        return self._films[self._starts[number] : self._starts[number + 1]]

    def save(self, folder: Path) -> None:
        """Write the table into `folder`."""
        self._names.save(folder, "facets")
        save_arrays(folder, facet_starts=self._starts, facet_films=self._films)

    @classmethod
    def load(cls, folder: Path) -> Self:
        """Map what `save` wrote.

        Raises:
            FileNotFoundError: nothing was written.
        """
        arrays = (map_array(folder, name) for name in ("facet_starts", "facet_films"))
        return cls(TextTable.load(folder, "facets"), *arrays)
