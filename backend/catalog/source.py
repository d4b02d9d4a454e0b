"""The films of the catalogue in use, wherever they come from; all pass the same schema."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from backend.catalog.schema import IMPORTED, Film, in_order, load_films, parse_film
from backend.errors import InvalidFilm, InvalidSetting
from backend.settings import EMBEDDED, Settings

FILMS_FILE = "films.jsonl"
"""The films of an import, one record a line."""
IMAGES_FOLDER = "images"
"""Posters of an import, named by film id."""
RATINGS_FILE = "ratings.csv"
"""Likes of real viewers that came with an import: user_id,movie_id,at."""


def films_in_use(settings: Settings) -> list[Film]:
    """Every film of the catalogue that `CATALOGUE` names, in order of year, then id.

    Raises:
        InvalidSetting: there is no such catalogue.
        InvalidFilm: a record breaks the schema or an id is used twice.
    """
    if settings.catalogue == EMBEDDED:
        return load_films(settings.films_dir)
    path = settings.catalogue_dir / FILMS_FILE
    if not path.is_file():
        raise InvalidSetting(
            f"CATALOGUE must be one of {', '.join(catalogues(settings))}, got "
            f"{settings.catalogue!r}; import it with scripts/import_catalogue.sh",
            field="CATALOGUE",
            value=settings.catalogue,
        )
    films: dict[str, Film] = {}
    for film in _imported(path):
        if film.id in films:
            raise InvalidFilm(f"id must be unique, got {film.id!r} again; in {path}", field="id")
        films[film.id] = film
    if not films:
        raise InvalidFilm(f"no film found in {path}; import it again")
    return in_order(films.values())


def catalogues(settings: Settings) -> list[str]:
    """Names that `CATALOGUE` can have now."""
    imported = sorted(path.parent.name for path in settings.catalogues_dir.glob(f"*/{FILMS_FILE}"))
    return [EMBEDDED, *(name for name in imported if not name.startswith("."))]


def picture_folder(settings: Settings) -> Path | None:
    """Where real posters lie: `POSTER_DIR`, else those that came with the import.

    Raises:
        InvalidSetting: POSTER_DIR is no folder.
    """
    folder: Path | None = settings.poster_dir
    if folder is not None:
        if not folder.is_dir():
            raise InvalidSetting(
                f"POSTER_DIR must be a folder, got {str(folder)!r}; unset it to draw every poster",
                field="POSTER_DIR",
            )
        return folder
    imported = settings.catalogue_dir / IMAGES_FOLDER
    return imported if settings.catalogue != EMBEDDED and imported.is_dir() else None


def ratings_file(settings: Settings) -> Path | None:
    """The likes of real viewers that came with the catalogue in use, if any did."""
    path = settings.catalogue_dir / RATINGS_FILE
    return path if settings.catalogue != EMBEDDED and path.is_file() else None


def _imported(path: Path) -> Iterator[Film]:
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, start=1):
            where = f"{path.name}, line {number}"
            try:
                raw = json.loads(line)
            except ValueError as error:
                raise InvalidFilm(f"a film must be one line of JSON: {error}; in {where}") from None
            if not isinstance(raw, dict):
                raise InvalidFilm(f"a film must be a JSON object; in {where}")
            yield parse_film(raw, where, IMPORTED)
