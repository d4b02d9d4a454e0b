"""A MovieLens folder (25M, 32M or the small one): films, tags and the ratings of viewers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import ClassVar, Self

from backend.catalog.importers import clean
from backend.catalog.importers.draft import MOST_KEYWORDS, Draft
from backend.catalog.importers.lines import Progress
from backend.catalog.importers.report import Rejects
from backend.catalog.importers.scratch import Scratch
from backend.catalog.importers.sources import Like, Source, kept_file
from backend.catalog.importers.table import read_rows
from backend.catalog.schema import ITEM_LIMIT

LIKED_FROM = 4.0
"""A rating of so many stars is a like."""
_TITLE = re.compile(r"(?P<title>.*?)\s*(?:\((?P<year>\d{4})(?:[-–]\d{0,4})?\))?\s*")
_ALSO = re.compile(r"(?P<title>.*?)\s*\((?:a\.k\.a\. )?(?P<other>[^()]{1,200})\)")
_ARTICLE = re.compile(r"(?P<rest>.+), (?P<article>The|A|An|Les?|La|L'|Il|El|Los|Las|Der|Die|Das)")
_TAGS_AT_ONCE = 10_000


class MovieLensSource(Source):
    """Titles, genres and tags; likes are the ratings of `LIKED_FROM` stars and more."""

    kind: ClassVar[str] = "movielens"

    def __init__(self, movies: Path, tags: Path | None, ratings: Path | None) -> None:
        self._movies = movies
        self._tags = tags
        self._ratings = ratings

    @classmethod
    def open(cls, path: Path) -> Self:
        """A folder with `movies.csv`; `tags.csv` and `ratings.csv` when they are there."""
        movies = path if path.is_file() else kept_file(path, "movies.csv")

        def beside(name: str) -> Path | None:
            files = (movies.parent / name, movies.parent / f"{name}.gz")
            return next((file for file in files if file.is_file()), None)

        return cls(movies, beside("tags.csv"), beside("ratings.csv"))

    @property
    def files(self) -> Sequence[Path]:
        """Ratings are read twice: for how often a film was rated, and for the likes."""
        files = (self._tags, self._ratings, self._movies, self._ratings)
        return [file for file in files if file is not None]

    def drafts(self, scratch: Scratch, rejects: Rejects, progress: Progress) -> Iterator[Draft]:
        """Every film that can be read."""
        if self._tags is not None:
            self._read_tags(scratch, rejects, progress)
        rated = self._count_ratings(progress)
        for row in read_rows(self._movies, ("movieid", "title", "genres"), rejects, progress):
            number = clean.whole(row.fields["movieid"])
            if number is None:
                rule = "a whole number of at most 15 digits"
                rejects.add(self._movies.name, row.line, "movieId", rule, row.fields["movieid"])
                continue
            title, other, year = split_title(row.fields["title"])
            yield Draft(
                file=self._movies.name,
                line=row.line,
                film_id=f"ml-{number}",
                title=title,
                original_title=other,
                year=year,
                genres=row.fields["genres"].split("|")[:50],
                keywords=scratch.tags_of(number, MOST_KEYWORDS),
                popularity=rated[number],
                called=(str(number),),
            )

    def _read_tags(self, scratch: Scratch, rejects: Rejects, progress: Progress) -> None:
        assert self._tags is not None
        some: list[tuple[int, str, int]] = []
        for row in read_rows(self._tags, ("userid", "movieid", "tag"), rejects, progress):
            viewer = clean.whole(row.fields["userid"])
            number = clean.whole(row.fields["movieid"])
            tag = clean.text(row.fields["tag"], ITEM_LIMIT + 1).lower()
            if viewer is None or number is None or not tag or len(tag) > ITEM_LIMIT:
                rule = f"a user, a film and a tag of 1 to {ITEM_LIMIT} characters"
                rejects.add(self._tags.name, row.line, "tag", rule, row.fields["tag"])
                continue
            some.append((number, tag, viewer))
            if len(some) >= _TAGS_AT_ONCE:
                scratch.tag(some)
                some.clear()
        scratch.tag(some)

    def _count_ratings(self, progress: Progress) -> Counter[int]:
        """How often each film was rated; bad rows are reported when the likes are read."""
        rated: Counter[int] = Counter()
        if self._ratings is not None:
            with Rejects.unheard() as silent:
                for row in read_rows(self._ratings, ("movieid",), silent, progress):
                    number = clean.whole(row.fields["movieid"])
                    if number is not None:
                        rated[number] += 1
        return rated

    def likes(self, rejects: Rejects, progress: Progress) -> Iterator[Like]:
        """Ratings of `LIKED_FROM` and more."""
        if self._ratings is None:
            return
        columns = ("userid", "movieid", "rating", "timestamp")
        for row in read_rows(self._ratings, columns, rejects, progress):
            viewer, film = (clean.whole(row.fields[name]) for name in ("userid", "movieid"))
            stars, at = clean.number(row.fields["rating"]), clean.whole(row.fields["timestamp"])
            if viewer is None or film is None or at is None or stars is None or not 0 <= stars <= 5:
                rule = "userId, movieId, a rating of 0 to 5 and a timestamp"
                rejects.add(
                    self._ratings.name, row.line, "rating", rule, ",".join(row.fields.values())
                )
            elif stars >= LIKED_FROM:
                yield Like(str(viewer), f"ml-{film}", at)


def split_title(said: str) -> tuple[str, str, int | None]:
    """Title, other title and year of `City of Lost Children, The (Cité ..., La) (1995)`."""
    match = _TITLE.fullmatch(" ".join(said[:1000].split()))
    assert match is not None
    title, other = match["title"], ""
    year = clean.year(match["year"]) if match["year"] else None
    # Several titles in parentheses: the last one is the original as a rule.
    while (also := _ALSO.fullmatch(title)) is not None:
        title, other = also["title"], other or also["other"]
    return _straight(title) or said, _straight(other), year


def _straight(title: str) -> str:
    """`Matrix, The` as it is said."""
    match = _ARTICLE.fullmatch(title)
    if match is None:
        return title
    gap = "" if match["article"].endswith("'") else " "
    return f"{match['article']}{gap}{match['rest']}"
