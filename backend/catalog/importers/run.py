"""One import: read a source, check every film, and put the catalogue in place whole."""

from __future__ import annotations

import csv
import json
import os
import shutil
import time
from collections import Counter
from collections.abc import Iterable
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from contextlib import closing
from dataclasses import asdict, dataclass, field
from pathlib import Path

import psutil
from tqdm import tqdm

from backend.catalog.importers.clean import slug
from backend.catalog.importers.download import Downloader
from backend.catalog.importers.draft import check, record
from backend.catalog.importers.images import PictureFolder, save_picture
from backend.catalog.importers.lines import Line, Progress, read_lines
from backend.catalog.importers.movielens import MovieLensSource
from backend.catalog.importers.plain import PlainSource
from backend.catalog.importers.ranklens import RankLensSource, is_json
from backend.catalog.importers.report import REJECTED_FILE, InvalidSource, Rejects
from backend.catalog.importers.scratch import Scratch
from backend.catalog.importers.sources import Like, Source, kept_file
from backend.catalog.importers.tmdb import MOVIES, TmdbSource
from backend.catalog.schema import FILM_ID
from backend.catalog.source import FILMS_FILE, IMAGES_FOLDER, RATINGS_FILE
from backend.errors import InvalidFilm
from backend.settings import EMBEDDED, Settings

SOURCES: dict[str, type[Source]] = {
    source.kind: source for source in (TmdbSource, MovieLensSource, RankLensSource, PlainSource)
}
SUMMARY_FILE = "import.json"
FEWEST_FILMS = 12
"""The ranking model cannot be trained on fewer."""
_NAME_LIMIT = 40
_DOWNLOADS_AT_ONCE = 4
_PENDING_DOWNLOADS = 64


@dataclass
class Summary:
    """What an import did.

    Attributes:
        rejected: rows left out; the first are in `rejected.jsonl` with place, field and rule.
        unknown_genres: genre -> films that had it, of genres that have no name here.
    """

    name: str
    kind: str
    source: str
    at: float
    films: int = 0
    likes: int = 0
    viewers: int = 0
    pictures: int = 0
    pictures_refused: int = 0
    rejected: int = 0
    rejected_fields: dict[str, int] = field(default_factory=dict)
    unknown_genres: dict[str, int] = field(default_factory=dict)
    examples: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Pictures:
    """Where posters come from: a folder, or the addresses in the source, or neither."""

    folder: Path | None = None
    downloader: Downloader | None = None


def kind_of(path: Path) -> str:
    """The kind of a source by its files.

    Raises:
        InvalidSource: it is not there, or of no kind we know.
    """
    if not path.exists():
        raise InvalidSource(
            f"source must be a file or folder, got {str(path)!r}", field="source", value=str(path)
        )
    files = list(path.iterdir()) if path.is_dir() else [path]
    plain = {file.name.lower().removesuffix(".gz") for file in files}
    if MOVIES in plain:
        return TmdbSource.kind
    if path.is_dir() and "movies.csv" in plain:
        header = next(read_lines(kept_file(path, "movies.csv")), Line(1, "")).text or ""
        return MovieLensSource.kind if "movieid" in header.lower() else TmdbSource.kind
    if any(is_json(file) for file in files):
        return RankLensSource.kind
    if path.is_file() and path.name.lower().removesuffix(".gz").endswith(".csv"):
        return PlainSource.kind
    raise InvalidSource(
        f"source must be a TMDB 5000, MovieLens, RankLens or CSV catalogue, got {path.name!r}; "
        "see docs/importing.md, or name the kind with --kind",
        field="source",
        value=str(path),
    )


def catalogue_name(name: str | None, path: Path) -> str:
    """The name of the catalogue to be: as given, else made of the source's.

    Raises:
        InvalidSource: it is reserved or no slug.
    """
    chosen = name if name is not None else slug(path.name.split(".")[0])[:_NAME_LIMIT].strip("-")
    if not FILM_ID.fullmatch(chosen) or len(chosen) > _NAME_LIMIT or chosen == EMBEDDED:
        raise InvalidSource(
            f"name must be lower-case words joined by hyphens, at most {_NAME_LIMIT} characters "
            f"and not {EMBEDDED!r}, got {chosen!r}; give one with --name",
            field="name",
            value=chosen,
        )
    return chosen


def run_import(
    settings: Settings,
    source: Source,
    name: str,
    *,
    pictures: Pictures,
    replace: bool = False,
    quiet: bool = False,
) -> Summary:
    """Import a source as the catalogue `name`.

    All is written beside its place and moved there at the end, so an import that fails or is
    interrupted leaves what was there.

    Raises:
        InvalidSource: the name is taken and `replace` is false, the files cannot be read, or they
            hold too few films.
    """
    target = settings.catalogues_dir / name
    if target.exists() and not replace:
        raise InvalidSource(
            f"name must be of a new catalogue, got {name!r}; choose another with --name, or give "
            "--replace",
            field="name",
            value=name,
        )
    _drop_leftovers(settings.catalogues_dir, name)
    part = settings.catalogues_dir / f".{name}.part-{os.getpid()}"
    part.mkdir(parents=True)
    summary = Summary(name, source.kind, source.files[-1].name, time.time())
    try:
        total = sum(file.stat().st_size for file in source.files)
        with (
            tqdm(total=total, unit="B", unit_scale=True, desc="Import", disable=quiet) as bar,
            Rejects(part / REJECTED_FILE) as rejects,
            closing(Scratch(part / "scratch.db")) as scratch,
        ):
            ids = _films(source, scratch, rejects, bar.update, part, pictures, summary)
            if summary.films >= FEWEST_FILMS:
                _likes(source.likes(rejects, bar.update), ids, part, summary)
            summary.rejected = rejects.count
            summary.rejected_fields = dict(rejects.fields.most_common(20))
            summary.examples = rejects.first
        if summary.films < FEWEST_FILMS:
            why = f"; {rejects.first[0]}" if rejects.first else ""
            raise InvalidSource(
                f"source must have at least {FEWEST_FILMS} films that can be read, got "
                f"{summary.films}{why}",
                field="source",
            )
        (part / SUMMARY_FILE).write_text(json.dumps(asdict(summary), indent=2))
        _put_in_place(part, target)
    except BaseException:
        shutil.rmtree(part, ignore_errors=True)
        raise
    return summary


def _put_in_place(part: Path, target: Path) -> None:
    """Move a finished import to its place; what was there goes only when that has worked."""
    if not target.exists():
        part.rename(target)
        return
    old = target.with_name(f".{target.name}.part-old-{os.getpid()}")
    target.rename(old)
    try:
        part.rename(target)
    except OSError:
        old.rename(target)
        raise
    shutil.rmtree(old, ignore_errors=True)


def _drop_leftovers(folder: Path, name: str) -> None:
    """Remove what an import of this name that was killed left behind."""
    for left in folder.glob(f".{name}.part-*"):
        pid = left.name.rpartition("-")[2]
        if not (pid.isdigit() and psutil.pid_exists(int(pid))):
            shutil.rmtree(left, ignore_errors=True)


def _films(
    source: Source,
    scratch: Scratch,
    rejects: Rejects,
    progress: Progress,
    part: Path,
    pictures: Pictures,
    summary: Summary,
) -> set[str]:
    """Write the films that keep the schema and their pictures; the ids of all."""
    unknown: Counter[str] = Counter()
    ids: set[str] = set()
    (part / IMAGES_FOLDER).mkdir()
    folder = PictureFolder(pictures.folder) if pictures.folder else None
    with (
        (part / FILMS_FILE).open("w", encoding="utf-8") as out,
        _Downloads(pictures.downloader, part / IMAGES_FOLDER, summary) as downloads,
    ):
        for draft in source.drafts(scratch, rejects, progress):
            if draft.film_id in ids:
                rejects.add(draft.file, draft.line, "id", "unique", draft.film_id)
                continue
            made = record(draft, unknown)
            try:
                check(made, f"{draft.file}, line {draft.line}")
            except InvalidFilm as error:
                rule = str(error.detail).removesuffix(f"; in {draft.file}, line {draft.line}")
                name = error.field or "record"
                rejects.add(draft.file, draft.line, name, rule.removeprefix(f"{name} must be "))
                continue
            ids.add(draft.film_id)
            out.write(json.dumps(made, ensure_ascii=False) + "\n")
            path = folder.find((draft.film_id, *draft.called)) if folder else None
            if folder is not None and path is not None:
                downloads.keep(draft.film_id, folder.read(path))
            elif draft.poster_url:
                downloads.fetch(draft.film_id, draft.poster_url)
    summary.films = len(ids)
    summary.unknown_genres = dict(unknown.most_common(20))
    return ids


class _Downloads:
    """Pictures on their way: a few at once, a bounded number waiting."""

    def __init__(self, downloader: Downloader | None, folder: Path, summary: Summary) -> None:
        self._downloader = downloader
        self._folder = folder
        self._summary = summary
        self._pool = ThreadPoolExecutor(_DOWNLOADS_AT_ONCE, "download")
        self._waiting: dict[Future[bytes], str] = {}

    def __enter__(self) -> _Downloads:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        try:
            # After an error or Ctrl-C nobody wants what is still waiting.
            if kind is None:
                self._collect(0)
        finally:
            self._pool.shutdown(wait=kind is None, cancel_futures=True)

    def keep(self, film_id: str, content: bytes) -> None:
        """Save a picture if it is one."""
        try:
            save_picture(content, film_id, self._folder)
            self._summary.pictures += 1
        except ValueError:
            self._summary.pictures_refused += 1

    def fetch(self, film_id: str, url: str) -> None:
        """Ask for a picture, when downloads are wanted at all."""
        if self._downloader is not None:
            self._waiting[self._pool.submit(self._downloader.fetch, url)] = film_id
            if len(self._waiting) >= _PENDING_DOWNLOADS:
                self._collect(_PENDING_DOWNLOADS // 2)

    def _collect(self, leave: int) -> None:
        for future in as_completed(list(self._waiting)):
            film_id = self._waiting.pop(future)
            try:
                self.keep(film_id, future.result())
            except ValueError:
                self._summary.pictures_refused += 1
            if len(self._waiting) <= leave:
                return


def _likes(found: Iterable[Like], ids: set[str], part: Path, summary: Summary) -> None:
    """Write the likes of films that are here; the file is made only when there are some."""
    viewers: set[str] = set()
    path = part / RATINGS_FILE
    with path.open("w", newline="", encoding="utf-8") as out:
        writer = csv.writer(out)
        writer.writerow(("user_id", "movie_id", "at"))
        for like in found:
            if like.film_id in ids:
                writer.writerow((like.viewer, like.film_id, like.at))
                viewers.add(like.viewer)
                summary.likes += 1
    summary.viewers = len(viewers)
    if not summary.likes:
        path.unlink()
