"""Free search: films by title and people first, then by what their story is about.

Plain asyncio: the story search is a callable, so this runs without a cluster in tests.
"""

from __future__ import annotations

import asyncio
import logging
import re
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from backend.catalog.catalogue import Catalogue
from backend.catalog.folding import fold

log = logging.getLogger("ray.serve")
_WORD = re.compile(r"\w+")
# Titles looked at, for those with the whole words to go first.
_TITLES = 50
# Of so many films one is a story's, when there are stories.
_STORIES_AT_LEAST = 3

Hits = Sequence[tuple[str, float, Sequence[str]]]
Stories = Callable[[str, int], Awaitable[Hits]]


class Finder:
    """Finds films.

    Args:
        source: the name of the source whose index the stories are searched in.
        stories: called with the query and a count, gives `(movie_id, score, terms)`, best first;
            None when no source can search stories.
        deadline_s: longest wait for it.
    """

    def __init__(
        self, catalogue: Catalogue, source: str, stories: Stories | None, deadline_s: float
    ) -> None:
        self._catalogue = catalogue
        self._source = source
        self._stories = stories
        self._deadline_s = deadline_s

    async def find(self, query: str, limit: int) -> dict[str, Any]:
        """At most `limit` films, as `GET /rec/search` answers them; each film once."""
        query = query.strip()
        if not query:
            return {"query": query, "movies": [], "total": 0, "missing": []}
        # A story may be a title hit already, so as many again are asked for.
        asked = asyncio.ensure_future(self._hits(query, limit + _TITLES))
        try:
            titled, titles = self._titles(query)
        except BaseException:
            asked.cancel()
            raise
        hits, why = await asked
        known = {film["id"] for film in titled}
        new = [hit for hit in hits if hit[0] not in known]
        # An index built a moment before the catalogue may name a film that is gone.
        self._catalogue.fetch(movie_id for movie_id, _, _ in new)
        new = [hit for hit in new if hit[0] in self._catalogue]
        # A common word is in more titles than fit; the best stories are shown all the same.
        titled = titled[: limit - min(len(new), limit // _STORIES_AT_LEAST)]
        movies = [{**film, "match": _match("title", [], 1.0)} for film in titled]
        room = limit - len(movies)
        movies += [
            {**self._catalogue.summary(movie_id), "match": _match("story", list(terms), score)}
            for movie_id, score, terms in new[:room]
        ]
        missing = [{"source": self._source, "why": why}] if why else []
        return {"query": query, "movies": movies, "total": titles + len(new), "missing": missing}

    def _titles(self, query: str) -> tuple[list[dict[str, Any]], int]:
        """The first films by title and people and how many there are; whole words go first."""
        titled, total = self._catalogue.search(query, _TITLES, 0)
        words = set(_WORD.findall(fold(query)))

        def is_begun(film: dict[str, Any]) -> bool:
            full = self._catalogue.require(film["id"])
            said = " ".join([full.title, full.original_title or "", *full.directors, *full.cast])
            return not words <= set(_WORD.findall(fold(said)))

        return sorted(titled, key=is_begun), total

    async def _hits(self, query: str, count: int) -> tuple[Hits, str]:
        """The story hits, or none and the reason."""
        if self._stories is None:
            return [], ""
        try:
            async with asyncio.timeout(self._deadline_s):
                return await self._stories(query, count), ""
        except TimeoutError:
            return [], f"{self._source} gave no answer within {self._deadline_s * 1000:.0f} ms"
        except Exception as error:
            log.warning("story search failed", exc_info=error)
            return [], f"{self._source} failed: {type(error).__name__}"


def _match(kind: str, terms: list[str], score: float) -> dict[str, Any]:
    return {"kind": kind, "terms": terms, "score": score}
