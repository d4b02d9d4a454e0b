"""Files written in the true formats of the collections, with their quirks."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from backend.catalog.importers.run import SOURCES, Pictures, Summary, kind_of, run_import
from backend.catalog.schema import IMPORTED, Film, parse_film
from backend.settings import Settings

TMDB_HEADER = (
    "budget,genres,homepage,id,keywords,original_language,original_title,overview,popularity,"
    "production_companies,production_countries,release_date,revenue,runtime,spoken_languages,"
    "status,tagline,title,vote_average,vote_count"
)


def settings_in(folder: Path, **variables: str) -> Settings:
    """Settings with their data in a folder."""
    return Settings({"DATA_DIR": str(folder / "var"), **variables})


def imported(
    source: Path, folder: Path, kind: str | None = None, **options: Any
) -> tuple[Summary, dict[str, Film]]:
    """Import `source` as `mine`; its summary and films by id, each checked as the build does."""
    settings = settings_in(folder)
    made = SOURCES[kind or kind_of(source)].open(source)
    pictures = options.pop("pictures", Pictures())
    summary = run_import(settings, made, "mine", pictures=pictures, quiet=True, **options)
    lines = (settings.catalogues_dir / "mine" / "films.jsonl").read_text().splitlines()
    films = [parse_film(json.loads(line), "films.jsonl", IMPORTED) for line in lines]
    return summary, {film.id: film for film in films}


def rejected(folder: Path) -> list[dict[str, Any]]:
    """What the import `mine` says of the rows left out."""
    path = settings_in(folder).catalogues_dir / "mine" / "rejected.jsonl"
    return [json.loads(line) for line in path.read_text().splitlines()]


def csv_text(rows: Sequence[Sequence[object]]) -> str:
    """Rows as CSV, quoted as Python and pandas quote."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(rows)
    return out.getvalue()


def named(*names: str) -> str:
    """A list of TMDB objects as JSON."""
    return json.dumps([{"id": number, "name": name} for number, name in enumerate(names)])


def tmdb_row(number: object, **changes: object) -> list[object]:
    """One row of `tmdb_5000_movies.csv`."""
    fields: dict[str, object] = {
        "budget": 237000000,
        "genres": named("Action", "Science Fiction"),
        "homepage": "http://example.org/",
        "id": number,
        "keywords": named("space war", "alien"),
        "original_language": "en",
        "original_title": f"Film {number}",
        "overview": 'A "quoted" plot, with commas.',
        "popularity": 150.437577,
        "production_companies": named("Studio"),
        "production_countries": json.dumps(
            [{"iso_3166_1": "US", "name": "United States of America"}]
        ),
        "release_date": "2009-12-10",
        "revenue": 2787965087,
        "runtime": 162.0,
        "spoken_languages": json.dumps([{"iso_639_1": "en", "name": "English"}]),
        "status": "Released",
        "tagline": "Enter, if you dare.",
        "title": f"Film {number}",
        "vote_average": 7.2,
        "vote_count": 11800,
    }
    fields |= changes
    return [fields[name] for name in TMDB_HEADER.split(",")]


def tmdb_folder(folder: Path, rows: Sequence[Sequence[object]], credits: bool = True) -> Path:
    """The pair of files."""
    folder.mkdir(parents=True, exist_ok=True)
    header = TMDB_HEADER.split(",")
    (folder / "tmdb_5000_movies.csv").write_text(csv_text([header, *rows]))
    if credits:
        cast = [
            {"cast_id": 1, "character": "B", "name": "Second Billed", "order": 1},
            {"cast_id": 2, "character": "A", "name": "First Billed", "order": 0},
        ]
        crew = [
            {"job": "Editor", "name": "Some Editor", "department": "Editing"},
            {"job": "Director", "name": "Dee Rector", "department": "Directing"},
        ]
        (folder / "tmdb_5000_credits.csv").write_text(
            csv_text(
                [
                    ["movie_id", "title", "cast", "crew"],
                    *(
                        [row[header.index("id")], "x", json.dumps(cast), json.dumps(crew)]
                        for row in rows
                    ),
                ]
            )
        )
    return folder


def movielens_folder(folder: Path, movies: str, tags: str = "", ratings: str = "") -> Path:
    """A MovieLens folder of these rows below the headers; twelve films more, to be enough."""
    folder.mkdir(parents=True, exist_ok=True)
    filler = "".join(f"{900 + n},Filler {n} (1990),Drama\n" for n in range(12))
    (folder / "movies.csv").write_text("movieId,title,genres\n" + movies + filler)
    (folder / "links.csv").write_text("movieId,imdbId,tmdbId\n1,0114709,862\n")
    if tags:
        (folder / "tags.csv").write_text("userId,movieId,tag,timestamp\n" + tags)
    if ratings:
        (folder / "ratings.csv").write_text("userId,movieId,rating,timestamp\n" + ratings)
    return folder


def ranklens_film(key: object, **changes: object) -> dict[str, object]:
    """One film as RankLens gives it."""
    return {
        "id": key,
        "title": f"Film {key}",
        "overview": "Two sailors and a whale.",
        "genres": [{"id": 1, "name": "Drama"}, {"id": 2, "name": "Adventure"}],
        "tags": ["sea", "whale"],
        "director": {"id": 9, "name": "Dee Rector"},
        "topActors": ["One Actor", "Two Actor"],
        "releaseDate": "1956-06-27",
        "poster": "https://images.example.org/p.jpg",
        "tmdbId": 123,
        "tmdbPopularity": 12.5,
        "tmdbVoteCount": 420,
        **changes,
    }
