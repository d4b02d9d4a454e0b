"""What every recommender is: given a liked film, the films most like it, and why."""

from __future__ import annotations

import hashlib
from abc import ABC, abstractmethod
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar, Self

import numpy as np
from numpy.typing import NDArray

from backend.catalog.palettes import Palette
from backend.catalog.schema import Film
from backend.errors import InvalidInput, UnknownMovie
from backend.recommenders.neighbors import top_rows

_CACHED_ANSWERS = 2048


@dataclass(frozen=True)
class Candidate:
    """One recommended film.

    Attributes:
        score: 0 to 1, 1 for the same; comparable within one recommender only.
        reason: one short phrase that says what the two films share.
        evidence: what the page draws to show it: `{"kind": "swatches", "pairs": [...]}` or
            `{"kind": "terms", "terms": [...]}`.
    """

    movie_id: str
    score: float
    reason: str
    evidence: Mapping[str, Any]


class Recommender(ABC):
    """Films nearest to a liked film, by one idea of nearness.

    A subclass says how alike two films are (`similarities`) and why (`explain`), and how to build
    and load what it needs; length, order, exclusion and caching are settled here.

    Class attributes:
        name: used in routes, settings and answers; lower case.
        deployment_name: of the Serve deployment.
        label, verb: for people: "Colour", "looks like".
        color, shape: the mark of this source on the page.
        version: raise it when `build` changes what it writes.
    """

    name: ClassVar[str]
    deployment_name: ClassVar[str]
    label: ClassVar[str]
    verb: ClassVar[str]
    color: ClassVar[str]
    shape: ClassVar[str]
    version: ClassVar[int] = 1

    def __init__(self, ids: Sequence[str]) -> None:
        self.ids = list(ids)
        self._rows = {movie_id: row for row, movie_id in enumerate(self.ids)}
        self._answers: OrderedDict[tuple[int, int], list[Candidate]] = OrderedDict()

    @abstractmethod
    def similarities(self, row: int) -> NDArray[np.float32]:
        """How alike each film is to that of `row`: `(len(ids),)`, 0 to 1."""

    @abstractmethod
    def explain(self, liked: int, other: int) -> tuple[str, Mapping[str, Any]]:
        """Reason and evidence for recommending row `other` to one who likes row `liked`."""

    @classmethod
    @abstractmethod
    def build(cls, films: Sequence[Film], palettes: Mapping[str, Palette], folder: Path) -> None:
        """Write what `load` needs into `folder`."""

    @classmethod
    @abstractmethod
    def load(cls, folder: Path) -> Self:
        """Read what `build` wrote.

        Raises:
            FileNotFoundError: nothing was built.
        """

    @classmethod
    def inputs(cls, films: Sequence[Film], palettes: Mapping[str, Palette]) -> bytes:
        """All that `build` depends on, as bytes; the fingerprint is taken of this."""
        return repr(films).encode()

    @classmethod
    def fingerprint(cls, films: Sequence[Film], palettes: Mapping[str, Palette]) -> str:
        """Changes when what `build` would write changes."""
        content = f"{cls.name} {cls.version} ".encode() + cls.inputs(films, palettes)
        return hashlib.sha256(content).hexdigest()

    def recommend(self, liked_id: str, count: int) -> list[Candidate]:
        """The `count` films most like `liked_id`, best first; fewer when the catalogue has fewer.

        The liked film itself is never among them. Equal scores keep the catalogue's order.

        Args:
            liked_id: id of a film of the catalogue.
            count: >= 0.
        Raises:
            UnknownMovie: no such film.
            InvalidInput: `count` is negative.
        """
        liked = self._rows.get(liked_id)
        if liked is None:
            raise UnknownMovie(
                f"liked_id must be the id of a film, got {liked_id[:80]!r}; "
                "see GET /rec/movies for the ids",
                field="liked_id",
                value=liked_id,
            )
        if count < 0:
            raise InvalidInput(f"count must be at least 0, got {count}", field="count")
        key = (liked, min(count, len(self.ids)))
        answer = self._answers.get(key)
        if answer is None:
            answer = self._answers[key] = self._rank(*key)
            if len(self._answers) > _CACHED_ANSWERS:
                self._answers.popitem(last=False)
        else:
            self._answers.move_to_end(key)
        return list(answer)

    def _rank(self, liked: int, count: int) -> list[Candidate]:
        scores = self.similarities(liked)
        answer = []
        for row in top_rows(scores, count, exclude=liked):
            reason, evidence = self.explain(liked, row)
            score = round(min(1.0, max(0.0, float(scores[row]))), 4)
            answer.append(Candidate(self.ids[row], score, reason, evidence))
        return answer
