"""How often is another film of the same series among the five nearest stories?

.venv/bin/python -m benchmarks.siblings
"""

from __future__ import annotations

import tempfile
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from backend.catalog.schema import Film
from backend.catalog.source import films_in_use
from backend.recommenders.plot import PlotRecommender
from backend.settings import Settings

GOAL = 0.9
NEAREST = 5


@dataclass(frozen=True)
class Found:
    """One film of a series.

    Attributes:
        place: of the nearest sibling among all films, 1 for the nearest.
        first: the film that is nearest of all.
    """

    film: Film
    place: int
    first: str


def measure(films: Sequence[Film], folder: Path) -> list[Found]:
    """Build the plot recommender in `folder` and place the siblings of every film with some."""
    series: dict[str, set[str]] = defaultdict(set)
    for film in films:
        if film.series:
            series[film.series].add(film.id)
    PlotRecommender.build(films, {}, folder)
    plot = PlotRecommender.load(folder)
    found = []
    for film in films:
        siblings = series.get(film.series or "", set()) - {film.id}
        if siblings:
            near = [candidate.movie_id for candidate in plot.recommend(film.id, len(films))]
            place = next(at for at, other in enumerate(near, start=1) if other in siblings)
            found.append(Found(film, place, near[0]))
    return found


def main() -> None:
    """Print the share of films with a sibling among the nearest, and those without."""
    films = films_in_use(Settings())
    with tempfile.TemporaryDirectory() as folder:
        found = measure(films, Path(folder))
    if not found:
        raise SystemExit("no series has two films in this catalogue")
    failures = [one for one in found if one.place > NEAREST]
    for one in sorted(failures, key=lambda one: -one.place):
        print(
            f"{one.film.id:45} {one.film.series or '':22} sibling at {one.place:3}, "
            f"nearest {one.first}"
        )
    share = 1 - len(failures) / len(found)
    first = sum(one.place == 1 for one in found) / len(found)
    print(
        f"{len(found)} films with a sibling among {len(films)}: one in the top {NEAREST} for "
        f"{share:.1%} (goal {GOAL:.0%}), at the very top for {first:.1%}"
    )


if __name__ == "__main__":
    main()
