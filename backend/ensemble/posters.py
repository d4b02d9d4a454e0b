"""Posters as they are served: from their files, which are drawn first where there are none."""

from __future__ import annotations

import asyncio
import logging
from pathlib import Path

import ray

from backend.catalog.catalogue import Catalogue
from backend.catalog.schema import Film
from backend.errors import Unavailable, UnknownMovie
from backend.settings import Settings

log = logging.getLogger("ray.serve")

# The page asks again for what takes longer.
_DEADLINE_S = 20.0
# Starting a worker takes some seconds on a busy machine, a drawing a tenth of one.
_DRAWN_S = 60.0
_MOST_WAITING = 64


@ray.remote(num_cpus=0, max_retries=1)
def _draw(film: Film, folder: Path, width_px: int) -> None:
    # Imported by the worker alone: replicas do without what draws.
    from backend.catalog.poster_files import draw_files

    draw_files(film, folder, width_px)


class Posters:
    """Gives the file of a poster, and has it drawn when it is not there yet.

    Drawing holds the interpreter for a tenth of a second, in which no recommendation would be
    answered here; so a Ray task does it, one at a time, whoever still waits for it.
    """

    def __init__(self, catalogue: Catalogue, settings: Settings) -> None:
        self._catalogue = catalogue
        self._folder = settings.built_posters_dir
        self._width_px = settings.poster_width_px
        self._one_at_a_time = asyncio.Semaphore(1)
        self._under_way: dict[str, asyncio.Task[None]] = {}

    async def file(self, movie_id: str, suffix: str) -> bytes:
        """The poster of a film as `suffix` ("webp", or "svg" for a drawn one).

        Raises:
            UnknownMovie: there is no such film, or no such file of its poster.
            Unavailable: too many wait to be drawn, or it could not be drawn in time.
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
        task = self._under_way.get(movie_id)
        if task is None:
            if len(self._under_way) >= _MOST_WAITING:
                raise Unavailable("too many posters wait to be drawn; send the request again")
            task = asyncio.create_task(self._drawn(movie_id))
            self._under_way[movie_id] = task
            task.add_done_callback(lambda _: self._under_way.pop(movie_id, None))
        try:
            # Who leaves does not end it: others may wait, and whoever asks again will find it.
            async with asyncio.timeout(_DEADLINE_S):
                await asyncio.shield(task)
            return await asyncio.to_thread(path.read_bytes)
        except (TimeoutError, OSError):
            raise Unavailable(f"the poster of {movie_id} could not be drawn in time") from None

    async def _drawn(self, movie_id: str) -> None:
        """Draw a poster when those asked for before it are done; a failure is logged."""
        async with self._one_at_a_time:
            film = self._catalogue.require(movie_id)
            try:
                async with asyncio.timeout(_DRAWN_S):
                    await _draw.remote(film, self._folder, self._width_px)
            except (TimeoutError, ray.exceptions.RayError) as error:
                log.warning("the poster of %s was not drawn: %s", movie_id, error)
