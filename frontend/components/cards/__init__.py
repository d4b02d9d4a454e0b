"""The grid of posters: ten cards of a slate, or the films to begin with."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import streamlit as st

from frontend.components.kit import define
from frontend.shape import text

KEY = "cards"
_mount = define(__file__)


def cards(
    *,
    films: list[dict[str, Any]],
    sources: list[dict[str, Any]],
    ranking_id: str,
    turn: int,
    closed: str,
    on_pick: Callable[[str], None],
    on_like: Callable[[str, str], None],
) -> None:
    """Draw the grid; a click likes a card of the ranking, or picks a film to begin with.

    Args:
        films: as `shape.cards` or `shape.starters` gives them.
        sources: as `shape.sources` gives them.
        ranking_id: the ranking the cards are of; "" for films to begin with.
        turn: grows with every answer; ends the wait for the one to a click.
        closed: why nothing can be liked now, "" when it can.
        on_pick: called with a film's id.
        on_like: called with a film's id and the id of the ranking it was shown in.
    """

    def pressed() -> None:
        press = st.session_state[KEY].get("press")
        if not isinstance(press, dict):
            return
        movie_id, ranking = text(press.get("movie_id"), 128), text(press.get("ranking_id"), 128)
        if movie_id and ranking:
            on_like(movie_id, ranking)
        elif movie_id:
            on_pick(movie_id)

    _mount(
        key=KEY,
        data={
            "films": films,
            "sources": sources,
            "ranking_id": ranking_id,
            "turn": turn,
            "closed": closed,
        },
        on_press_change=pressed,
    )
