"""Why a film is ranked: the block of the user's taste that speaks most for it, in plain words.

That many like a film is true for everybody, so it is the reason only when nothing of the user's
own taste adds at least `NOTICEABLE` of what speaks for the film.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from backend.ranking.features import UserFeatures
from backend.ranking.items import BLOCKS, ItemVectors

Array = NDArray[np.float64]

# How the films of a genre are called.
GENRE_WORDS = {
    "action": "action films",
    "adventure": "adventures",
    "animation": "animation",
    "biography": "biographies",
    "comedy": "comedies",
    "crime": "crime films",
    "documentary": "documentaries",
    "drama": "dramas",
    "family": "family films",
    "fantasy": "fantasy",
    "history": "historical films",
    "horror": "horror",
    "music": "films about music",
    "musical": "musicals",
    "mystery": "mysteries",
    "romance": "romances",
    "science fiction": "science fiction",
    "sport": "films about sport",
    "thriller": "thrillers",
    "war": "war films",
    "western": "westerns",
}
# A story is only said to be like one of the last few: those the user remembers picking.
_REMEMBERED = 30
NOTICEABLE = 0.15


def reasons_for(
    user: UserFeatures, weighted: Array, chosen: Sequence[int], items: ItemVectors
) -> list[tuple[str, str]]:
    """Explain the films chosen for one user.

    Args:
        weighted: (d,) the user's vector times the weights.
        chosen: the films' rows in `items`.
    Returns:
        For each film the block, one of `BLOCKS`, and a short phrase.
    """
    parts = weighted * items.matrix[list(chosen)]
    sums = parts @ items.block_sums
    explain = _explain if user.known else _explain_to_a_stranger
    return [
        explain(user, dict(zip(BLOCKS, values, strict=True)), part, item, items)
        for item, part, values in zip(chosen, parts, sums.tolist(), strict=True)
    ]


def _explain(
    user: UserFeatures, sums: dict[str, float], parts: Array, item: int, items: ItemVectors
) -> tuple[str, str]:
    least = NOTICEABLE * sum(value for value in sums.values() if value > 0)
    own = [block for block in BLOCKS if block != "popularity" and sums[block] > least]
    for block in sorted(own, key=sums.__getitem__, reverse=True):
        phrase = _phrase(block, user, parts, item, items)
        if phrase is not None:
            return block, phrase
    return "popularity", "a test-audience favourite"


def _explain_to_a_stranger(
    user: UserFeatures, sums: dict[str, float], parts: Array, item: int, items: ItemVectors
) -> tuple[str, str]:
    block = max(BLOCKS, key=sums.__getitem__)
    if block == "popularity" or sums[block] <= 0:
        return "popularity", "a test-audience favourite"
    return block, "close to the average taste"


def _phrase(
    block: str, user: UserFeatures, parts: Array, item: int, items: ItemVectors
) -> str | None:
    """Words for one block; None when nothing the film has can be named."""
    if block == "colors":
        return "colours like the ones you picked"
    if block == "plot":
        return _story(user, item, items)
    if block == "decade":
        year = items.years[item]
        return None if year is None else f"your taste for the {year // 10 * 10}s"
    name = _strongest(block, parts, item, items)
    if name is None:
        return None
    kind, _, value = name.partition(":")
    return {
        "country": f"your taste for films from {value}",
        "language": "your taste for silent films"
        if value == "silent"
        else f"your taste for films in {value}",
        "director": f"you like films by {value}",
        "cast": f"you like films with {value}",
    }.get(kind) or f"your taste for {GENRE_WORDS[kind]}"


def _strongest(block: str, parts: Array, item: int, items: ItemVectors) -> str | None:
    """The name of the column that speaks most, among those the film really has."""
    columns = items.columns[block]
    values = np.where(items.present[item, columns], parts[columns], 0.0)
    if values.size == 0 or values.max() <= 0:
        return None
    return items.labels[block][int(values.argmax())]


def _story(user: UserFeatures, item: int, items: ItemVectors) -> str | None:
    plots = items.plot_directions
    rows = [items.row_of[film] for film in user.liked[:_REMEMBERED] if film in items.row_of]
    closeness = plots[rows] @ plots[item]
    if closeness.size == 0 or closeness.max() <= 0:
        return None
    return f"stories like {items.titles[rows[int(closeness.argmax())]]}"
