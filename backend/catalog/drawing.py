"""Draw the posters that nobody has asked for yet.

    python -m backend.catalog.drawing

The backend runs this by itself beside a system that has just started, as long as the catalogue
has at most `POSTERS_AHEAD` films. It has the least claim on the processor, and what is drawn
stays: when it is ended, the next one goes on where it stopped.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator

from backend.catalog.catalogue import MOST_STARTERS, Catalogue, load_catalogue
from backend.catalog.poster_files import draw_files, poster_files
from backend.errors import DoubleFeatureError
from backend.settings import Settings

_NICENESS = 15


def undrawn(catalogue: Catalogue, settings: Settings) -> Iterator[str]:
    """Ids of the films whose poster is to be drawn, those that a page begins with first.

    Looks for each when it comes to it: somebody may ask for it meanwhile, and so have it drawn.
    """
    starters = [film["id"] for film in catalogue.starters(MOST_STARTERS)]
    for film_id in dict.fromkeys([*starters, *catalogue.ids()]):
        if catalogue.poster(film_id).origin == "drawn" and not all(
            path.is_file() for path in poster_files(settings.built_posters_dir, film_id)
        ):
            yield film_id


def wanted(settings: Settings) -> bool:
    """Whether there is something to draw ahead."""
    catalogue = load_catalogue(settings)
    return len(catalogue) <= settings.posters_ahead and any(undrawn(catalogue, settings))


def draw_ahead(settings: Settings) -> int:
    """Draw every poster that is not there; how many."""
    catalogue = load_catalogue(settings)
    drawn = 0
    for film_id in undrawn(catalogue, settings):
        draw_files(catalogue.require(film_id), settings.built_posters_dir, settings.poster_width_px)
        drawn += 1
    return drawn


def main() -> None:
    """Draw, beside whatever else runs."""
    os.nice(_NICENESS)
    print(f"Posters: {draw_ahead(Settings())} drawn.", flush=True)


if __name__ == "__main__":
    try:
        main()
    except DoubleFeatureError as error:
        sys.exit(f"double-feature: {error.detail}")
