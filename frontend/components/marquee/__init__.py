"""Above the cards: the film that was liked, or the invitation to begin, and the search."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import streamlit as st

from frontend.components.kit import define
from frontend.shape import text

KEY = "marquee"
_mount = define(__file__)


def marquee(
    *,
    liked: dict[str, Any] | None,
    offered: list[dict[str, Any]],
    notice: str,
    urgent: bool,
    closed: bool,
    turn: int,
    on_pick: Callable[[str], None],
) -> None:
    """Draw the band above the cards.

    Args:
        liked: the film the cards are based on (`shape.movie`); None shows the invitation.
        offered: for each source {"label", "verb", "color", "shape", "count"} of the cards.
        notice: one sentence on what went wrong, "" for none.
        urgent: whether the notice is about something that failed, not a mere remark.
        closed: whether films can be picked at all now.
        turn: grows with every answer.
        on_pick: called with the id of a film that was searched and picked.
    """

    def picked() -> None:
        movie_id = text(st.session_state[KEY].get("pick"), 128)
        if movie_id:
            on_pick(movie_id)

    _mount(
        key=KEY,
        data={
            "liked": liked,
            "offered": offered,
            "notice": notice,
            "urgent": urgent,
            "closed": closed,
            "turn": turn,
        },
        on_pick_change=picked,
    )
