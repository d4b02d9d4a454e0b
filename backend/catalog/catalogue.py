"""The catalogue as the replicas use it: films in memory, ready-made answers, search by title."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from typing import Any

from backend.catalog.database import PosterRow, open_database, read_films, read_posters
from backend.catalog.schema import Film
from backend.errors import Unavailable, UnknownMovie
from backend.settings import Settings


def fold(text: str) -> str:
    """Text for comparing: lower case, without accents."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in decomposed if not unicodedata.combining(c))


class Catalogue:
    """Every film with its built poster.

    Args:
        films: in the order in which lists show them.
        posters: by film id; a film without one is left out.
    """

    def __init__(self, films: Sequence[Film], posters: dict[str, PosterRow]) -> None:
        self.films = {film.id: film for film in films if film.id in posters}
        self._summaries = {
            film.id: _summary(film, posters[film.id]) for film in self.films.values()
        }
        self._posters = posters
        self._search_text = {
            film.id: fold(
                " ".join([film.title, film.original_title or "", *film.directors, *film.cast])
            )
            for film in self.films.values()
        }

    def __len__(self) -> int:
        return len(self.films)

    def __contains__(self, movie_id: str) -> bool:
        return movie_id in self.films

    def require(self, movie_id: str, field: str = "movie_id") -> Film:
        """The film with this id.

        Raises:
            UnknownMovie: there is none.
        """
        film = self.films.get(movie_id)
        if film is None:
            raise UnknownMovie(
                f"{field} must be the id of a film, got {movie_id[:80]!r}; "
                "see GET /rec/movies for the ids",
                field=field,
                value=movie_id,
            )
        return film

    def summary(self, movie_id: str) -> dict[str, Any]:
        """A film as cards show it (shared, do not change it)."""
        return self._summaries[movie_id]

    def full(self, movie_id: str) -> dict[str, Any]:
        """A film with everything known of it.

        Raises:
            UnknownMovie: there is none with this id.
        """
        film = self.require(movie_id)
        poster = self._posters[movie_id]
        drawing = f"/rec/posters/{film.id}.svg?v={poster.version}"
        return {
            **self.summary(movie_id),
            "original_title": film.original_title,
            "cast": list(film.cast),
            "language": film.language,
            "keywords": list(film.keywords),
            "synopsis": film.synopsis,
            "series": film.series,
            "poster_origin": poster.origin,
            "poster_svg": drawing if poster.origin == "drawn" else None,
        }

    def search(self, query: str, limit: int, offset: int) -> tuple[list[dict[str, Any]], int]:
        """Films whose title, directors or cast hold every word of `query`, best first.

        A title that begins with the query goes first, then a title that holds it; an empty query
        gives every film. Returns the page and how many there are in all.
        """
        wanted = fold(query).split()
        phrase = " ".join(wanted)
        hits = []
        for order, (movie_id, text) in enumerate(self._search_text.items()):
            if all(word in text for word in wanted):
                title = fold(self.films[movie_id].title)
                rank = 0 if title.startswith(phrase) else 1 if phrase in title else 2
                hits.append((rank, order, movie_id))
        hits.sort()
        page = [self.summary(movie_id) for _, _, movie_id in hits[offset : offset + limit]]
        return page, len(hits)

    def starters(self, count: int) -> list[dict[str, Any]]:
        """A spread of films to begin with: each differs from those before it as much as it can.

        Greedy: the next film is the one that shares least (genre, decade, country, main colour)
        with those chosen, so that whatever one likes, something is near it.
        """
        left = list(self.films.values())
        chosen: list[Film] = []
        while left and len(chosen) < count:
            best = min(left, key=lambda film: (self._overlap(film, chosen), -film.year, film.id))
            chosen.append(best)
            left.remove(best)
        return [self.summary(film.id) for film in chosen]

    def _overlap(self, film: Film, chosen: Sequence[Film]) -> float:
        hue = self._summaries[film.id]["palette"][0]["hex"]
        total = 0.0
        for other in chosen:
            total += 1.5 * (film.genres[0] == other.genres[0])
            total += 0.5 * len(set(film.genres) & set(other.genres))
            total += 1.0 * (film.year // 10 == other.year // 10)
            total += 0.7 * (film.countries[0] == other.countries[0])
            total += 1.0 * _alike(hue, self._summaries[other.id]["palette"][0]["hex"])
        return total


def _alike(first: str, second: str) -> float:
    """1 for the same colour, falling to 0 at a third of the way across the sRGB cube."""
    gap = sum(abs(int(first[i : i + 2], 16) - int(second[i : i + 2], 16)) for i in (1, 3, 5))
    return max(0.0, 1.0 - gap / 255.0)


def _summary(film: Film, poster: PosterRow) -> dict[str, Any]:
    return {
        "id": film.id,
        "title": film.title,
        "year": film.year,
        "directors": list(film.directors),
        "genres": list(film.genres),
        "countries": list(film.countries),
        "runtime_min": film.runtime_min,
        "poster": f"/rec/posters/{film.id}.webp?v={poster.version}",
        "palette": poster.palette.swatches(),
    }


def load_catalogue(settings: Settings) -> Catalogue:
    """Read the built catalogue.

    Raises:
        Unavailable: nothing was built yet.
    """
    engine = open_database(settings.catalogue_db)
    catalogue = Catalogue(read_films(engine), read_posters(engine))
    engine.dispose()
    if not len(catalogue):
        raise Unavailable("the catalogue is empty; run python -m backend.catalog.build")
    return catalogue
