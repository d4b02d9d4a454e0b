"""Replay real viewers on a catalogue: later likes found per query by each way to answer.

    python -m benchmarks.replay --catalogue NAME --ratings ratings.csv [--viewers 300]

`--catalogue` is `embedded` or an imported one that was built (`CATALOGUE=NAME python -m
backend.catalog.build`). `--ratings` is a MovieLens `ratings.csv` (userId,movieId,rating,timestamp);
`movies.csv` and `links.csv` beside it say which film a movieId is: by the id of an imported
MovieLens or TMDB film, else by title and year. A like is a rating of 4 or more. For each like the
20 films answered are compared with the viewer's next 10 likes; see backend/lab/replay.py.
"""

from __future__ import annotations

import argparse
import csv
import os
import random
import re
from collections import defaultdict
from collections.abc import Callable, Iterable
from pathlib import Path

from tqdm import tqdm

from backend.catalog.database import open_database, read_films
from backend.catalog.folding import fold
from backend.catalog.schema import Film
from backend.ensemble.policies import make_policy
from backend.lab.replay import Arm, PolicyArm, RandomArm, SourceArm, per_query, replay
from backend.recommenders import RECOMMENDERS
from backend.settings import Settings

COUNT, AHEAD = 20, 10
LIKED_FROM = 4.0
_FEWEST_LIKES = 5
_MOST_LIKES = 300


def title_key(title: str, year: int | None) -> tuple[str, int | None]:
    """A film by its title without case, accents, marks and leading article, and its year."""
    words = re.findall(r"\w+", fold(title))
    if words and words[0] in {"the", "a", "an"}:
        words = words[1:]
    return " ".join(words), year


def films_of_movies(films: Iterable[Film], folder: Path) -> dict[str, str]:
    """Film id by MovieLens movieId."""
    films = list(films)
    ids = {film.id for film in films}
    titles = {}
    for film in films:
        titles[title_key(film.title, film.year)] = film.id
        if film.original_title:
            titles.setdefault(title_key(film.original_title, film.year), film.id)
    found: dict[str, str] = {}
    with (folder / "movies.csv").open(encoding="utf-8", errors="replace", newline="") as lines:
        for row in csv.DictReader(lines):
            named = re.fullmatch(
                r"(.*?)(?:, (The|A|An))?(?: \([^)]*\))* \((\d{4})\)", row["title"].strip()
            )
            if f"ml-{row['movieId']}" in ids:
                found[row["movieId"]] = f"ml-{row['movieId']}"
            elif named and (film_id := titles.get(title_key(named[1], int(named[3])))):
                found[row["movieId"]] = film_id
    links = folder / "links.csv"
    if links.is_file():
        with links.open(encoding="utf-8", errors="replace", newline="") as lines:
            for row in csv.DictReader(lines):
                if f"tmdb-{row['tmdbId']}" in ids:
                    found[row["movieId"]] = f"tmdb-{row['tmdbId']}"
    return found


def likes_of_viewers(ratings: Path, film_of: dict[str, str], viewers: int) -> list[list[str]]:
    """Likes of up to `viewers` viewers, each oldest first, drawn evenly when there are more."""
    likes: dict[str, dict[str, float]] = defaultdict(dict)
    with ratings.open(encoding="utf-8", errors="replace", newline="") as lines:
        for row in tqdm(csv.DictReader(lines), desc="Ratings", unit="row", delay=1):
            film = film_of.get(row["movieId"])
            if film is not None and float(row["rating"]) >= LIKED_FROM:
                likes[row["userId"]].setdefault(film, float(row["timestamp"]))
    walks = [
        sorted(films, key=lambda film: (films[film], film))[:_MOST_LIKES]
        for _, films in sorted(likes.items())
        if len(films) >= _FEWEST_LIKES
    ]
    return random.Random(0).sample(walks, min(viewers, len(walks)))


def main() -> None:
    parser = argparse.ArgumentParser(prog="benchmarks.replay", description=__doc__)
    parser.add_argument("--catalogue", required=True)
    parser.add_argument("--ratings", type=Path, required=True)
    parser.add_argument("--viewers", type=int, default=300)
    arguments = parser.parse_args()
    settings = Settings({**os.environ, "CATALOGUE": arguments.catalogue})
    films = read_films(open_database(settings.catalogue_db))
    sources = {name: RECOMMENDERS[name].open(settings.index_dir) for name in settings.sources}
    film_of = films_of_movies(films, arguments.ratings.parent)
    walks = likes_of_viewers(arguments.ratings, film_of, arguments.viewers)
    if not walks:
        parser.exit(1, "no viewer liked five films of this catalogue; is movies.csv beside it?\n")
    nearest = {name: source.nearest_ids for name, source in sources.items()}
    ids = [film.id for film in films]

    def policy(name: str, seed: int) -> Arm:
        made = make_policy(name, settings.prior_likes, settings.exploration_share)
        return PolicyArm(made, nearest, seed)

    arms: dict[str, Callable[[int], Arm]] = {
        **{name: lambda _seed, n=name: SourceArm(nearest[n]) for name in sources},  # type: ignore[misc]
        "static": lambda seed: policy("static", seed),
        "preference": lambda seed: policy("preference", seed),
        "random": lambda seed: RandomArm(ids, seed),
    }
    queries = sum(len(walk) - 1 for walk in walks)
    print(
        f"{len(films):,} films, {len(set(film_of.values())):,} of them rated; "
        f"{len(walks)} viewers, {queries:,} queries; likes of the next {AHEAD} found in {COUNT}:\n"
        "| by | found per query | 95 % interval |\n| --- | --- | --- |"
    )
    for name, make in arms.items():
        found = [
            replay(walk, make(seed), COUNT, AHEAD)
            for seed, walk in enumerate(tqdm(walks, desc=name, leave=False))
        ]
        mean, low, high = per_query(found)
        print(f"| {name} | {mean:.3f} | {low:.3f} to {high:.3f} |", flush=True)


if __name__ == "__main__":
    main()
