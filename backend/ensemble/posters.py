"""Posters as they are served: from their files, which are drawn first where there are none."""

from __future__ import annotations

import asyncio
from pathlib import Path

import ray

from backend.catalog.catalogue import Catalogue
from backend.catalog.schema import Film
from backend.errors import Unavailable, UnknownMovie
from backend.settings import Settings

# Starting a worker takes some seconds on a busy machine, a drawing a tenth of one.
_DEADLINE_S = 20.0


@ray.remote(num_cpus=0, max_retries=1)
def _draw(film: Film, folder: Path, width_px: int) -> None:
    # Imported by the worker alone: replicas do without what draws.
    from backend.catalog.poster_files import draw_files

    draw_files(film, folder, width_px)


class Posters:
    """Gives the file of a poster, and has it drawn when it is not there yet.

    Drawing holds the interpreter for a tenth of a second, in which no recommendation would be
    answered here; so a Ray task does it, one at a time.
    """

    def __init__(self, catalogue: Catalogue, settings: Settings) -> None:
        self._catalogue = catalogue
        self._folder = settings.built_posters_dir
        self._width_px = settings.poster_width_px
        self._one_at_a_time = asyncio.Semaphore(1)

    async def file(self, movie_id: str, suffix: str) -> bytes:
        """The poster of a film as `suffix` ("webp", or "svg" for a drawn one).

        Raises:
            UnknownMovie: there is no such film, or no such file of its poster.
            Unavailable: it could not be drawn in time.
        """
        path = self._folder / f"{movie_id}.{suffix}"
        try:
            return await asyncio.to_thread(path.read_bytes)
        except FileNotFoundError:
            drawn = self._catalogue.poster(movie_id).origin == "drawn"
        if not drawn:
            raise UnknownMovie(
                f"name must be of a built poster, got {movie_id}.{suffix}",
                field="name",
                value=movie_id,
            )
        try:
            async with asyncio.timeout(_DEADLINE_S), self._one_at_a_time:
                # Whoever waited may find it done.
                if not path.is_file():
                    film = self._catalogue.require(movie_id)
                    await _draw.remote(film, self._folder, self._width_px)
            return await asyncio.to_thread(path.read_bytes)
        except (TimeoutError, OSError, ray.exceptions.RayError):
            raise Unavailable(f"the poster of {movie_id} could not be drawn in time") from None
