"""Films by what their story is about, from a few free words.

A film that meets every idea of the query goes far before one that meets a single one. How well an
idea is met is the best of its alternatives: a keyword that says just this, a word of the synopsis,
a genre or decade, or, at a lower weight, a word that the thesaurus puts beside it.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from math import log

import numpy as np
from numpy.typing import NDArray

from backend.errors import InvalidInput
from backend.recommenders.facets import FacetTable
from backend.recommenders.ideas import Alternative, Idea, ideas_of
from backend.recommenders.mapped import TextTable
from backend.recommenders.term_matrix import TermMatrix
from backend.recommenders.thesaurus import Thesaurus

Floats = NDArray[np.float32]
Ints = NDArray[np.integer]
Hit = tuple[str, float, list[str]]

# What a word is worth where it stands once in passing, and where nothing counts more for a film.
_IN_PASSING, _CENTRAL = 0.55, 0.9
# How much of a degree is for what else in the film goes with the idea.
_ROUNDNESS = 0.15
# From this degree on an idea counts as met.
_MET = 0.5
# Hits below this score, or below this part of the best one's, are none.
_LEAST, _LEAST_OF_BEST = 0.06, 0.2
_KEPT_COLUMNS = 8_192
_SHORTEST_PREFIX = 3
_PREFIX_SEEN, _PREFIX_KEPT = 200, 6
_AS_BEGUN = 0.8
# What keeps a search of a million films quick.
_MOST_CANDIDATES = 50_000
_MOST_RELATED_FILMS = 20_000


@dataclass(frozen=True)
class _Way:
    """An alternative with the films that have it, and how strongly each has it (0 to 1)."""

    films: Ints
    strengths: Floats | float
    weight: float
    form: str
    direct: bool


@dataclass(frozen=True)
class _Wish:
    """An idea with its ways of being met; `weight` is higher the fewer films say it directly."""

    ways: list[_Way]
    parts: list[_Wish]
    by_parts: float
    weight: float

    def all_ways(self) -> Iterator[_Way]:
        yield from self.ways
        for part in self.parts:
            yield from part.all_ways()


class StorySearch:
    """A search over the index of the plot recommender.

    Args:
        ids: film ids, n of them.
        terms: the term of each column, ascending for words to be found while they are typed.
        shown: the readable form of each term, empty for those without.
        matrix: the weights.
        facets: films by decade, country, language and people.
        thesaurus: related words and other names.
    """

    def __init__(
        self,
        ids: Sequence[str],
        terms: TextTable,
        shown: TextTable,
        matrix: TermMatrix,
        facets: FacetTable,
        thesaurus: Thesaurus,
    ) -> None:
        self._ids = ids
        self._terms = terms
        self._shown = shown
        self._matrix = matrix
        self._facets = facets
        self._thesaurus = thesaurus
        # The words of the thesaurus are looked up again and again.
        self._column = lru_cache(_KEPT_COLUMNS)(terms.find)

    def search(self, query: str, count: int) -> list[Hit]:
        """The `count` films that meet the query best: id, score (0 to 1) and what they meet it by.

        Fewer when fewer meet it; none when nothing in the query is known. Equal scores keep the
        catalogue's order. The terms are readable, one for each idea met.

        Raises:
            InvalidInput: `count` is negative.
        """
        if count < 0:
            raise InvalidInput(f"count must be at least 0, got {count}", field="count")
        ideas = ideas_of(query, self._thesaurus, self._knows)
        wishes = [self._wish(idea) for idea in ideas]
        rows = _candidates([way for wish in wishes for way in wish.all_ways()])
        if not count or not len(rows):
            return []
        # Where each candidate stands, to meet the long list of a way with a single look-up.
        places = np.full(len(self._ids), -1, dtype=np.int32)
        places[rows] = np.arange(len(rows), dtype=np.int32)
        met = [_meet(wish, places, len(rows)) for wish in wishes]
        weights = np.array([wish.weight for wish in wishes], dtype=np.float32)
        degrees = np.stack([degree for degree, _ in met])
        scores = _together(weights, degrees)
        order = np.argsort(-scores, kind="stable")[:count]
        least = max(_LEAST, _LEAST_OF_BEST * float(scores[order[0]]))
        return [
            (self._ids[int(rows[at])], round(float(scores[at]), 4), _forms(met, int(at)))
            for at in order
            if scores[at] >= least
        ]

    def _knows(self, name: str) -> bool:
        return self._column(name) is not None or len(self._facets.find(name)) > 0

    def _wish(self, idea: Idea) -> _Wish:
        direct = [way for one in idea.direct if (way := self._way(one, direct=True))]
        if idea.unfinished and not any(way.weight >= _AS_BEGUN for way in direct):
            begun = self._begun(idea.text)
            direct += [way for one in begun if (way := self._way(one, direct=True))]
        related = [way for one in idea.related if (way := self._way(one, direct=False))]
        most = max((len(way.films) for way in direct or related), default=0)
        n = len(self._ids)
        # A word that no film has must not drown those that some have.
        weight = 1 + log((n + 1) / (most + 1)) if most else 1.0
        parts = [self._wish(part) for part in idea.parts]
        return _Wish(direct + related, parts, idea.by_parts, weight)

    def _way(self, alternative: Alternative, *, direct: bool) -> _Way | None:
        """None when no film has it."""
        name, weight, form = alternative.name, alternative.weight, alternative.form
        column = self._column(name)
        if column is None:
            films: Ints = self._facets.find(name)
            return _Way(films, 1.0, weight, form, direct) if len(films) else None
        films, values = self._matrix.postings(column)
        if not len(films) or (not direct and len(films) > _MOST_RELATED_FILMS):
            return None
        # What the index shows is how somebody wrote it; a word that was never chosen as a
        # keyword goes by the query's own.
        form = self._shown[column] or form or name
        if ":" in name:
            return _Way(films, 1.0, weight, form, direct)
        strengths = _IN_PASSING + (_CENTRAL - _IN_PASSING) * values / values.max()
        return _Way(films, strengths, weight, form, direct)

    def _begun(self, text: str) -> list[Alternative]:
        """The words of most films among those that begin so."""
        if len(text) < _SHORTEST_PREFIX:
            return []
        start = bisect_left(self._terms, text)
        words: list[tuple[int, str]] = []
        for column in range(start, min(start + _PREFIX_SEEN, len(self._terms))):
            word = self._terms[column]
            if not word.startswith(text):
                break
            words.append((-len(self._matrix.postings(column)[0]), word))
        return [Alternative(word, _AS_BEGUN, word) for _, word in sorted(words)[:_PREFIX_KEPT]]


def _candidates(ways: list[_Way]) -> Ints:
    """The films to look at, ascending: those of direct ways first, of the rarest first of all."""
    lists: list[Ints] = []
    room = _MOST_CANDIDATES
    for way in sorted(ways, key=lambda way: (not way.direct, len(way.films))):
        if room <= 0:
            break
        lists.append(way.films[:room])
        room -= len(lists[-1])
    return np.unique(np.concatenate(lists)) if lists else np.zeros(0, dtype=np.int32)


def _together(weights: Floats, degrees: Floats) -> Floats:
    """Of `(wishes, candidates)` degrees one for each candidate: the mean times the share met."""
    total = weights.sum()
    met = np.minimum(1, degrees / np.float32(_MET))
    result: Floats = (weights @ degrees / total) * (weights @ met / total)
    return result


@dataclass(frozen=True)
class _Met:
    """Which way met a wish for each candidate (-1 for none), or that its parts did (-2)."""

    ways: list[_Way]
    best: NDArray[np.int16]
    parts: list[tuple[Floats, _Met]]


def _meet(wish: _Wish, places: NDArray[np.int32], count: int) -> tuple[Floats, _Met]:
    """How well each candidate meets a wish, `(count,)`, 0 to 1."""
    degree = np.zeros(count, dtype=np.float32)
    total = np.zeros(count, dtype=np.float32)
    best = np.full(count, -1, dtype=np.int16)
    for number, way in enumerate(wish.ways):
        at = places[way.films]
        here = at >= 0
        at = at[here]
        strengths = way.strengths if isinstance(way.strengths, float) else way.strengths[here]
        values = np.broadcast_to(np.float32(way.weight) * strengths, at.shape).astype(np.float32)
        total[at] += values
        better = values > degree[at]
        degree[at[better]] = values[better]
        best[at[better]] = number
    # A film about boxing has a ring, a boxer and a prizefight too; one with a boxer in it has not.
    degree *= 1 - _ROUNDNESS * np.exp(degree - total)
    parts = [_meet(part, places, count) for part in wish.parts]
    if parts:
        weights = np.array([part.weight for part in wish.parts], dtype=np.float32)
        degrees = np.stack([part for part, _ in parts])
        together = np.float32(wish.by_parts) * _together(weights, degrees)
        better = together > degree
        degree = np.where(better, together, degree)
        best[better] = -2
    return degree, _Met(wish.ways, best, parts)


def _forms(met: list[tuple[Floats, _Met]], at: int) -> list[str]:
    """What a candidate met the wishes by, each once."""
    forms: dict[str, None] = {}
    for degree, one in met:
        if degree[at] <= 0:
            continue
        if one.best[at] == -2:
            forms.update(dict.fromkeys(_forms(one.parts, at)))
        else:
            forms[one.ways[one.best[at]].form] = None
    return list(islice(forms, 6))
