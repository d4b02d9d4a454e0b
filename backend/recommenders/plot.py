"""Films that tell alike: TF-IDF over synopsis, keywords, genres and title, compared by cosine.

The index is an inverted one: for each term the films that have it. Comparing a film with all
others touches only the lists of its own terms.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Self

import numpy as np
from numpy.typing import NDArray

from backend.catalog.palettes import Palette
from backend.catalog.schema import Film
from backend.recommenders.base import Recommender
from backend.recommenders.facets import FacetTable, film_facets
from backend.recommenders.mapped import TextTable, map_array, save_arrays
from backend.recommenders.neighbors import NeighborTable, Rows, Scores, best_of_candidates
from backend.recommenders.story_search import StorySearch
from backend.recommenders.term_matrix import TermMatrix
from backend.recommenders.terms import TOO_GENERAL, film_terms, phrase_words, stem
from backend.recommenders.thesaurus import Thesaurus

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

_SHOWN_TERMS = 3
# Up to here every pair of films is compared.
_ALL_PAIRS_FILMS = 3_000


class PlotRecommender(Recommender):
    """Nearest stories.

    Args:
        ids: film ids, n of them.
        terms: the term of each column, m of them, as made by `terms.film_terms`.
        shown: the readable form of each term, empty for those that make no reason.
        matrix: the weights.
        facets: what a search may filter by beside the terms.
    """

    name: ClassVar[str] = "plot"
    deployment_name: ClassVar[str] = "PlotRecommender"
    label: ClassVar[str] = "Plot"
    verb: ClassVar[str] = "tells like"
    color: ClassVar[str] = "#56B4E9"
    shape: ClassVar[str] = "diamond"
    version: ClassVar[int] = 6

    def __init__(
        self,
        ids: Sequence[str],
        terms: TextTable,
        shown: TextTable,
        matrix: TermMatrix,
        facets: FacetTable,
    ) -> None:
        super().__init__(ids)
        self._terms = terms
        self._shown = shown
        self._matrix = matrix
        self._facets = facets

    def stories(self, thesaurus: Thesaurus) -> StorySearch:
        """A search over the same index."""
        return StorySearch(
            self.ids, self._terms, self._shown, self._matrix, self._facets, thesaurus
        )

    def similarities(self, row: int) -> NDArray[np.float32]:
        """Cosine of the TF-IDF vectors, 0 to 1."""
        scores = np.zeros(len(self.ids), dtype=np.float32)
        for term, weight in zip(*self._matrix.row(row), strict=True):
            films, weights = self._matrix.postings(term)
            # A film stands once in the list of a term, so plain indexing adds rightly.
            scores[films] += weight * weights
        return scores

    def similarities_of(self, row: int, others: Rows) -> Scores:
        """The same for some rows, touching only their terms."""
        if not len(others):
            return np.zeros(0, dtype=np.float32)
        matrix = self._matrix
        terms, weights = matrix.row(row)
        starts = matrix.indptr[others]
        lengths = matrix.indptr[np.asarray(others) + 1] - starts
        ends = np.cumsum(lengths)
        at = np.repeat(starts - (ends - lengths), lengths) + np.arange(ends[-1])
        columns = matrix.indices[at]
        found = np.minimum(np.searchsorted(terms, columns), len(terms) - 1) if len(terms) else 0
        products = np.where(terms[found] == columns, weights[found], 0) if len(terms) else 0 * at
        totals = np.bincount(
            np.repeat(np.arange(len(others)), lengths),
            weights=products * matrix.data[at],
            minlength=len(others),
        )
        return totals.astype(np.float32)

    def nearest(self, width: int) -> NeighborTable:
        """Exact for a small catalogue; for a large one the exact best of `plot_index`'s finds."""
        if len(self.ids) <= _ALL_PAIRS_FILMS:
            return super().nearest(width)
        # Imported here: the product library is needed by the build of a large catalogue only.
        from backend.recommenders.plot_index import candidates

        matrix = self._matrix
        found = candidates(matrix.indptr, matrix.indices, matrix.data, len(self._terms))
        return best_of_candidates(found, width, self.similarities_of)

    def explain(self, liked: int, other: int) -> tuple[str, Mapping[str, Any]]:
        """The terms that add most to the cosine, whole keywords before single words."""
        first = dict(zip(*(part.tolist() for part in self._matrix.row(liked)), strict=True))
        second = zip(*(part.tolist() for part in self._matrix.row(other)), strict=True)
        shared = [(first[term] * weight, term) for term, weight in second if term in first]
        shared.sort(key=lambda item: (-item[0], item[1]))
        chosen: list[str] = []
        genres: list[str] = []
        for _, column in shared:
            form = self._shown[column]
            if not form:
                continue
            if self._terms[column].startswith("genre:"):
                genres.append(form)
            elif len(chosen) < _SHOWN_TERMS and not any(_says(form, known) for known in chosen):
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

        counted = [film_terms(film) for film in films]
        vectorizer = DictVectorizer(dtype=np.float32)
        counts = vectorizer.fit_transform([dict(weights) for weights, _ in counted])
        shown: dict[str, str] = {}
        for _, forms in counted:
            for term, form in forms.items():
                shown.setdefault(term, form)
        terms = [str(term) for term in vectorizer.get_feature_names_out()]
        for term in terms:
            if ":" not in term:
                # `york` says nothing, `shark` does: somebody chose it as a keyword by itself.
                alone = "" if term in TOO_GENERAL else shown.get(f"kw:{term}", "")
                shown[term] = alone
        cls.write(
            [film.id for film in films],
            terms,
            [shown.get(term, "") for term in terms],
            counts.tocsr(),
            folder,
            FacetTable.of(map(film_facets, films)),
        )

    @classmethod
    def write(
        cls,
        ids: Sequence[str],
        terms: Sequence[str],
        shown: Sequence[str],
        counts: csr_matrix,
        folder: Path,
        facets: FacetTable | None = None,
    ) -> None:
        """Write what `load` reads; `counts` is `(n, m)`, how much each term counts in each film."""
        from sklearn.feature_extraction.text import TfidfTransformer

        matrix = TfidfTransformer(sublinear_tf=True, norm="l2").fit_transform(counts).tocsr()
        matrix.sort_indices()
        TextTable.of(ids).save(folder, "ids")
        TextTable.of(terms).save(folder, "terms")
        TextTable.of(shown).save(folder, "shown")
        save_arrays(folder, **vars(TermMatrix.of(matrix)))
        (facets or FacetTable.of([])).save(folder)

    @classmethod
    def load(cls, folder: Path) -> Self:
        """Map what `build` wrote."""
        ids, terms, shown = (TextTable.load(folder, name) for name in ("ids", "terms", "shown"))
        arrays = {name: map_array(folder, name) for name in TermMatrix.__dataclass_fields__}
        return cls(ids, terms, shown, TermMatrix(**arrays), FacetTable.load(folder))


def _says(form: str, known: str) -> bool:
    """Whether one of two readable terms has every word of the other: `dogs`, `dog show`."""
    first, second = ({stem(word) for word in phrase_words(text)} for text in (form, known))
    return first <= second or second <= first
