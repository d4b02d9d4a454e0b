"""Real viewers that came with an imported catalogue, as users with a history."""

from __future__ import annotations

import csv
import random
from collections import defaultdict
from collections.abc import Collection
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
    liked: dict[str, dict[str, float]] = defaultdict(dict)
    with ratings.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            if row["movie_id"] in known:
                liked[row["user_id"]].setdefault(row["movie_id"], float(row["at"]))
    viewers = sorted((v for v in liked if len(liked[v]) >= FEWEST_LIKES), key=lambda v: (len(v), v))
    if len(viewers) > MOST_VIEWERS:
        chosen = set(random.Random(seed).sample(viewers, MOST_VIEWERS))
        viewers = [viewer for viewer in viewers if viewer in chosen]
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
