"""Films, posters and searches, as `/rec` answers them."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field

from backend.schemas.base import Answer, FilmId, Share, SourceName, answers
from backend.schemas.problems import refusals

HexColor = Annotated[str, Field(pattern="^#[0-9a-f]{6}$", description="an sRGB colour")]


class Swatch(Answer):
    """One colour of a poster."""

    hex: HexColor
    share: Annotated[float, Field(gt=0, le=1, description="of the poster's area")]


class FilmCard(Answer):
    """A film as cards show it; what an imported film lacks is null or empty."""

    id: FilmId
    title: Annotated[str, Field(min_length=1, max_length=200)]
    year: Annotated[int, Field(ge=1888, le=2100, description="of first release")] | None
    directors: list[str]
    genres: list[str]
    countries: list[str]
    runtime_min: Annotated[int, Field(ge=1, le=1000, description="in minutes")] | None
    poster: Annotated[str, Field(pattern="^/rec/posters/")] | None = Field(
        description="address below the base; null for a film that has left the catalogue"
    )
    palette: Annotated[list[Swatch], Field(description="of the poster, empty when it is unknown")]


class FilmDetail(FilmCard):
    """A film with everything known of it."""

    original_title: str | None
    cast: list[str]
    language: str | None
    keywords: list[str]
    synopsis: Annotated[str, Field(max_length=2000, description="plain text, may be empty")]
    series: str | None = Field(description="shared by sequels and remakes")
    poster_origin: Literal["drawn", "image"] = Field(
        description="drawn from art direction, or an image of `POSTER_DIR`"
    )
    poster_svg: str | None = Field(description="address of the drawing; null without one")


class FilmPage(Answer):
    """Some films of a list."""

    movies: list[FilmCard]
    total: Annotated[int, Field(ge=0, description="films that match in all")]


class Starters(Answer):
    """Films to begin with."""

    movies: list[FilmCard]


class Match(Answer):
    """Why a film was found."""

    kind: Literal["title", "story"] = Field(description="title and people, or the story")
    terms: list[str] = Field(description="what a story was found by; empty for a title")
    score: Annotated[Share, Field(description="0 to 1; 1 for a title")]


class FoundFilm(FilmCard):
    """A film that a search found."""

    match: Match


class Missing(Answer):
    """A source that was left out."""

    source: SourceName
    why: str = Field(min_length=1, description="late or down, in words")


class Found(Answer):
    """What a search found, best first."""

    query: str = Field(max_length=200, description="without spaces around it")
    movies: list[FoundFilm]
    total: Annotated[int, Field(ge=0, description="titles in all, and stories looked at")]
    missing: list[Missing] = Field(description="`plot`, when the stories could not be searched")


FILM: dict[str, Any] = {
    "id": "alien-1979",
    "title": "Alien",
    "year": 1979,
    "directors": ["Ridley Scott"],
    "genres": ["horror", "science fiction"],
    "countries": ["United Kingdom", "United States"],
    "runtime_min": 117,
    "poster": "/rec/posters/alien-1979.webp?v=1f3a90c2",
    "palette": [{"hex": "#0b1d2a", "share": 0.62}, {"hex": "#8fd14f", "share": 0.38}],
}
_FILM_DETAIL = {
    **FILM,
    "original_title": None,
    "cast": ["Sigourney Weaver", "Tom Skerritt"],
    "language": "English",
    "keywords": ["spaceship", "alien creature", "android"],
    "synopsis": "The crew of a freighter answers a call from a dead moon.",
    "series": "alien",
    "poster_origin": "drawn",
    "poster_svg": "/rec/posters/alien-1979.svg?v=1f3a90c2",
}
_FILM_PAGE = {"movies": [FILM], "total": 1}
_STARTERS = {"movies": [FILM]}
_FOUND = {
    "query": "android on a spaceship",
    "movies": [
        {**FILM, "match": {"kind": "story", "terms": ["android", "spaceship"], "score": 0.81}}
    ],
    "total": 1,
    "missing": [],
}

_POSTER_HEADERS = {
    "Cache-Control": {
        "description": "its address changes with it",
        "schema": {"type": "string", "const": "public, max-age=31536000, immutable"},
    }
}
_BYTES = {"schema": {"type": "string", "format": "binary"}}
_POSTER: dict[str, Any] = {
    "description": "The poster, 2:3, `POSTER_WIDTH_PX` wide; it may be kept for ever",
    "headers": _POSTER_HEADERS,
    "content": {"image/webp": _BYTES, "image/svg+xml": _BYTES},
}

FILM_PAGE_ANSWERS = answers(FilmPage, "Some of them", _FILM_PAGE)
STARTERS_ANSWERS = answers(Starters, "The films", _STARTERS)
FILM_DETAIL_ANSWERS = answers(FilmDetail, "The film", _FILM_DETAIL, 404)
FOUND_ANSWERS = answers(Found, "What was found, best first", _FOUND)
POSTER_ANSWERS: dict[int | str, dict[str, Any]] = {200: _POSTER, **refusals(404)}
