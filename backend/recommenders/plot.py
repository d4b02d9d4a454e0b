"""Films that tell alike: TF-IDF over synopsis, keywords, genres and title, compared by cosine.

The index is an inverted one: for each term the films that have it. Comparing a film with all
others touches only the lists of its own terms.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, ClassVar, Self

import numpy as np
from numpy.typing import NDArray

from backend.catalog.palettes import Palette
from backend.catalog.schema import Film
from backend.recommenders.base import Recommender
from backend.recommenders.terms import film_terms

_SHOWN_TERMS = 3


class PlotRecommender(Recommender):
    """Nearest stories.

    Args:
        ids: film ids, n of them.
        terms: the term of each column, m of them, as made by `terms.film_terms`.
        shown: the readable form of each term, empty for those that make no reason.
        indptr, indices, data: the `(n, m)` TF-IDF matrix in CSR form, rows of unit length.
    """

    name: ClassVar[str] = "plot"
    deployment_name: ClassVar[str] = "PlotRecommender"
    label: ClassVar[str] = "Plot"
    verb: ClassVar[str] = "tells like"
    color: ClassVar[str] = "#56B4E9"
    shape: ClassVar[str] = "diamond"
    version: ClassVar[int] = 3

    def __init__(
        self,
        ids: Sequence[str],
        terms: Sequence[str],
        shown: Sequence[str],
        indptr: NDArray[np.integer],
        indices: NDArray[np.integer],
        data: NDArray[np.floating],
    ) -> None:
        super().__init__(ids)
        self._terms = list(terms)
        self._shown = list(shown)
        self._indptr = indptr
        self._indices = indices
        self._data = np.asarray(data, dtype=np.float32)
        # The same matrix by column: the films of each term.
        order = np.argsort(indices, kind="stable")
        films = np.repeat(np.arange(len(ids)), np.diff(indptr))
        self._films_of_terms = films[order]
        self._weights_of_terms = self._data[order]
        self._term_starts = np.concatenate(
            [[0], np.cumsum(np.bincount(indices, minlength=len(terms)))]
        )

    def _row(self, row: int) -> tuple[NDArray[np.integer], NDArray[np.float32]]:
        cut = slice(self._indptr[row], self._indptr[row + 1])
        return self._indices[cut], self._data[cut]

    def similarities(self, row: int) -> NDArray[np.float32]:
        """Cosine of the TF-IDF vectors, 0 to 1."""
        scores = np.zeros(len(self.ids), dtype=np.float32)
        for term, weight in zip(*self._row(row), strict=True):
            cut = slice(self._term_starts[term], self._term_starts[term + 1])
            # A film stands once in the list of a term, so plain indexing adds rightly.
            scores[self._films_of_terms[cut]] += weight * self._weights_of_terms[cut]
        return scores

    def explain(self, liked: int, other: int) -> tuple[str, Mapping[str, Any]]:
        """The terms that add most to the cosine, whole keywords before single words."""
        first = dict(zip(*(part.tolist() for part in self._row(liked)), strict=True))
        second = zip(*(part.tolist() for part in self._row(other)), strict=True)
        shared = [(first[term] * weight, term) for term, weight in second if term in first]
        shared.sort(key=lambda item: (-item[0], item[1]))
        chosen: list[str] = []
        genres: list[str] = []
        for _, column in shared:
            term, form = self._terms[column], self._shown[column]
            if term.startswith("genre:"):
                genres.append(form)
            elif form and not any(form in known or known in form for known in chosen):
                chosen.append(form)
        terms = (chosen + genres)[:_SHOWN_TERMS]
        evidence = {"kind": "terms", "terms": terms}
        if chosen:
            return "in common: " + ", ".join(chosen[:_SHOWN_TERMS]), evidence
        if genres:
            return "both " + " and ".join(genres[:2]), evidence
        return "the nearest of few alike", evidence

    @classmethod
    def build(cls, films: Sequence[Film], palettes: Mapping[str, Palette], folder: Path) -> None:
        """Weigh the terms of all films; scikit-learn is needed here only."""
        from sklearn.feature_extraction import DictVectorizer
        from sklearn.feature_extraction.text import TfidfTransformer

        counted = [film_terms(film) for film in films]
        vectorizer = DictVectorizer(dtype=np.float32)
        counts = vectorizer.fit_transform([dict(weights) for weights, _ in counted])
        matrix = TfidfTransformer(sublinear_tf=True, norm="l2").fit_transform(counts).tocsr()
        matrix.sort_indices()
        shown: dict[str, str] = {}
        for _, forms in counted:
            for term, form in forms.items():
                shown.setdefault(term, form)
        terms = [str(term) for term in vectorizer.get_feature_names_out()]
        np.savez(
            folder / "plot.npz",
            indptr=matrix.indptr.astype(np.int64),
            indices=matrix.indices.astype(np.int64),
            data=matrix.data.astype(np.float32),
        )
        text = {
            "ids": [f.id for f in films],
            "terms": terms,
            "shown": [shown.get(t, "") for t in terms],
        }
        (folder / "plot.json").write_text(json.dumps(text, ensure_ascii=False))

    @classmethod
    def load(cls, folder: Path) -> Self:
        """Read what `build` wrote; no pickle is accepted."""
        text = json.loads((folder / "plot.json").read_text())
        with np.load(folder / "plot.npz", allow_pickle=False) as saved:
            return cls(
                text["ids"],
                text["terms"],
                text["shown"],
                saved["indptr"],
                saved["indices"],
                saved["data"],
            )
