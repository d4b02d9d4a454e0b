"""Above the cards: the film that was liked, or the invitation to begin, and the search."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from frontend.components.kit import define, told
from frontend.shape import text

KEY = "marquee"
_mount = define(__file__)


def marquee(data: dict[str, Any], *, on_pick: Callable[[str], None]) -> None:
    """Draw the band above the cards.

    Args:
        data: `liked` (the film the cards are based on, None shows the invitation), `offered` (for
            each source of the cards what `shape.sources` gives, `count` and `words`), `notice`
            (what went wrong, "" for none), `urgent` (whether it tells of a failure), `closed`
            (whether films cannot be picked now), and its moment.
        on_pick: called with the id of a film that was searched and picked.
    """

    def picked() -> None:
        pick = told(KEY, "pick")
        movie_id = text(pick.get("movie_id"), 128) if pick else ""
        if movie_id:
            on_pick(movie_id)

    _mount(key=KEY, data=data, on_pick_change=picked)
