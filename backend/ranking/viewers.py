"""Real viewers that came with an imported catalogue, as users with a history."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Collection, Iterator
from pathlib import Path

from backend.ranking.interactions import HISTORY_LIMIT, Interaction, User

FEWEST_LIKES = 5
MOST_VIEWERS = 2_000


def read_viewers(ratings: Path, known: Collection[str], seed: int) -> list[User]:
    """Viewers with at least `FEWEST_LIKES` likes, each with the last `HISTORY_LIMIT` of them.

    When there are more than `MOST_VIEWERS`, so many are drawn; the same file and seed give the
    same viewers.

    Args:
        ratings: `user_id,movie_id,at` as an import writes it, likes only.
        known: film ids; likes of other films count for nothing.
    """
    counts = Counter(viewer for viewer, _, _ in _likes(ratings, known))
    viewers = sorted((v for v in counts if counts[v] >= FEWEST_LIKES), key=lambda v: (len(v), v))
    if len(viewers) > MOST_VIEWERS:
        chosen = set(random.Random(seed).sample(viewers, MOST_VIEWERS))
        viewers = [viewer for viewer in viewers if viewer in chosen]
    # The file is read twice, so that only the likes of those viewers are ever in memory.
    liked: dict[str, dict[str, float]] = {viewer: {} for viewer in viewers}
    for viewer, film, at in _likes(ratings, known):
        if viewer in liked:
            liked[viewer].setdefault(film, float(at))
    viewers = [viewer for viewer in viewers if len(liked[viewer]) >= FEWEST_LIKES]
    return [
        User(
            user_id=f"viewer-{viewer}",
            label=f"MovieLens viewer {viewer}",
            synthetic=False,
            likes=tuple(
                Interaction(film, at)
                for film, at in sorted(liked[viewer].items(), key=lambda like: like[::-1])
            )[-HISTORY_LIMIT:],
        )
        for viewer in viewers
    ]


def _likes(ratings: Path, known: Collection[str]) -> Iterator[tuple[str, str, str]]:
    """Viewer, film and time of each like of a film that is known; no field is ever quoted."""
    with ratings.open(encoding="utf-8") as lines:
        next(lines, None)
        for line in lines:
            viewer, film, at = line.split(",")
            if film in known:
                yield viewer, film, at
