"""Build everything that is made from `data/`: posters, palettes, indexes and the ranking model.

Only what is missing or stale is made. Posters are measured by Ray tasks; each is recorded as it
arrives, so an interrupted build goes on where it stopped. The pictures that are served are drawn
later: by `backend.catalog.drawing`, or when first asked for.

    python -m backend.catalog.build
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from tqdm import tqdm

from backend.catalog.database import (
    PosterRow,
    open_database,
    read_posters,
    write_films,
    write_posters,
)
from backend.catalog.palettes import Palette
from backend.catalog.poster_files import POSTERS_VERSION, make_poster, poster_files
from backend.catalog.schema import Film
from backend.catalog.source import films_in_use, picture_folder, ratings_file
from backend.errors import InvalidSetting, Unavailable
from backend.recommenders import RECOMMENDERS
from backend.settings import Settings

IMAGE_SUFFIXES = (".jpg", ".jpeg", ".png", ".webp")
_TASK_FILMS = 8
_TASK_DEADLINE_S = 300.0


@dataclass(frozen=True)
class BuildReport:
    """What a build did: films in all, posters made now, indexes made now."""

    films: int
    posters_made: int
    indexes_made: tuple[str, ...]


@dataclass(frozen=True)
class PosterJob:
    """One poster to make.

    Attributes:
        image: a real picture, or None for one that is drawn.
        fingerprint: of all that it is made from.
    """

    film: Film
    image: Path | None
    fingerprint: str

    def files(self, folder: Path) -> list[Path]:
        """What `make_poster` writes for this job."""
        return [] if self.image is None else [poster_files(folder, self.film.id)[1]]


def poster_job(film: Film, image: Path | None, width_px: int) -> PosterJob:
    """What a film's poster is made from now, with the fingerprint of that."""
    digest = hashlib.sha256(f"{POSTERS_VERSION} {width_px}".encode())
    if image is not None:
        digest.update(image.read_bytes())
    else:
        art = film.poster
        digest.update(
            json.dumps([film.id, art.layout, art.motif, art.detail, dict(art.colors)]).encode()
        )
    return PosterJob(film, image, digest.hexdigest()[:24])


def pictures_in(folder: Path | None) -> dict[str, Path]:
    """Real posters of a folder by film id."""
    if folder is None:
        return {}
    files = sorted(path for path in folder.iterdir() if path.suffix.lower() in IMAGE_SUFFIXES)
    return {path.stem: path for path in reversed(files) if path.is_file()}


def stale_posters(settings: Settings, films: Sequence[Film], engine: sa.Engine) -> list[PosterJob]:
    """The posters that are missing, whose source changed, or whose files are gone."""
    pictures = pictures_in(picture_folder(settings))
    built = read_posters(engine)
    folder = settings.built_posters_dir
    stale = []
    for film in films:
        job = poster_job(film, pictures.get(film.id), settings.poster_width_px)
        row = built.get(film.id)
        if (
            row is None
            or row.fingerprint != job.fingerprint
            or not all(path.is_file() for path in job.files(folder))
        ):
            stale.append(job)
    return stale


def _make_posters(jobs: Sequence[PosterJob], folder: Path, width_px: int) -> list[PosterRow]:
    return [make_poster(job.film, job.image, job.fingerprint, folder, width_px) for job in jobs]


def _run_tasks(jobs: Sequence[PosterJob], settings: Settings) -> Iterator[list[PosterRow]]:
    """Make posters by Ray tasks, few at a time, yielding each task's rows as it ends."""
    import ray

    task = ray.remote(num_cpus=0.1, max_retries=2)(_make_posters)
    chunks = [jobs[i : i + _TASK_FILMS] for i in range(0, len(jobs), _TASK_FILMS)]
    waiting = iter(chunks)
    running: list[Any] = []
    while True:
        while len(running) < settings.build_workers:
            chunk = next(waiting, None)
            if chunk is None:
                break
            running.append(task.remote(chunk, settings.built_posters_dir, settings.poster_width_px))
        if not running:
            return
        done, running = ray.wait(running, num_returns=1, timeout=_TASK_DEADLINE_S)
        if not done:
            raise TimeoutError(f"no poster was finished within {_TASK_DEADLINE_S:.0f} s")
        yield ray.get(done[0])


def build(settings: Settings) -> BuildReport:
    """Make what is missing or stale; needs a running Ray only when posters are to be made.

    Raises:
        InvalidFilm: a record of the catalogue breaks the schema.
        InvalidSetting: POSTER_DIR is no folder, CATALOGUE names no catalogue, or SOURCES no
            recommender.
        Unavailable: the catalogue's database is locked or cannot be written.
        ValueError: a real poster cannot be read.
    """
    unknown = [name for name in settings.sources if name not in RECOMMENDERS]
    if unknown:
        raise InvalidSetting(
            f"SOURCES must be of {', '.join(RECOMMENDERS)}, got {unknown[0]!r}; "
            "see docs/adding-a-recommender.md",
            field="SOURCES",
            value=unknown[0],
        )
    films = films_in_use(settings)
    try:
        engine = open_database(settings.catalogue_db)
        write_films(engine, films)
    except sa.exc.OperationalError as error:
        raise Unavailable(
            f"the catalogue's database {settings.catalogue_db} must be a file that can be written "
            f"and that no other process holds locked, and it is not ({error.orig}); close what "
            "uses it, or set DATA_DIR"
        ) from None
    settings.built_posters_dir.mkdir(parents=True, exist_ok=True)
    settings.index_dir.mkdir(parents=True, exist_ok=True)
    jobs = stale_posters(settings, films, engine)
    if jobs:
        with tqdm(total=len(jobs), desc="Posters and palettes", unit="film") as progress:
            for rows in _run_tasks(jobs, settings):
                write_posters(engine, rows)
                progress.update(len(rows))
    palettes = {film_id: row.palette for film_id, row in read_posters(engine).items()}
    made = _build_indexes(settings, films, palettes, engine)
    engine.dispose()
    return BuildReport(len(films), len(jobs), made)


def _build_indexes(
    settings: Settings, films: Sequence[Film], palettes: dict[str, Palette], engine: sa.Engine
) -> tuple[str, ...]:
    # Imported here: training needs scikit-learn, which the replicas do without.
    from backend.ranking import train

    made = []
    for name in settings.sources:
        recommender = RECOMMENDERS[name]
        stamp = settings.index_dir / name / "stamp"
        wanted = recommender.fingerprint(films, palettes)
        if not stamp.is_file() or stamp.read_text() != wanted:
            recommender.make(films, palettes, settings.index_dir)
            stamp.write_text(wanted)
            made.append(name)
    ratings = ratings_file(settings)
    if not train.build(films, palettes, engine, settings.index_dir, ratings=ratings).skipped:
        made.append("ranking")
    return tuple(made)


def main() -> None:
    """Build with a Ray of our own, started only when there are posters to make."""
    import ray

    from backend.runtime import lock_data_dir, start_ray

    settings = Settings()
    # A running system has the films in memory as they were, and would draw them so.
    lock = lock_data_dir(settings)
    films = films_in_use(settings)
    engine = open_database(settings.catalogue_db)
    if stale_posters(settings, films, engine):
        start_ray(settings)
    report = build(settings)
    print(
        f"{report.films} films, {report.posters_made} posters measured, "
        f"indexes made: {', '.join(report.indexes_made) or 'none'}"
    )
    if ray.is_initialized():
        ray.shutdown()
    lock.close()


if __name__ == "__main__":
    main()
