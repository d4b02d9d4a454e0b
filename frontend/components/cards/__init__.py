"""The grid of posters: ten cards of a slate, or the films to begin with."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from frontend.components.kit import define, told
from frontend.shape import text

KEY = "cards"
_mount = define(__file__)


def _noted() -> None:
    """The slate of a click was drawn: the run of the script that follows draws the rest."""


def cards(data: dict[str, Any], *, on_press: Callable[[str, str], None]) -> None:
    """Draw the grid; a click likes a card of the ranking, or picks a film to begin with.

    The browser sends a click to the page's server itself and draws the answer; it calls here only
    when it got none.

    Args:
        data: as `stage.cards` gives it, with its moment.
        on_press: called with a film's id and the id of the ranking it was shown in, "" for none.
    """

    def pressed() -> None:
        press = told(KEY, "press")
        if press is None:
            return
        movie_id, ranking = text(press.get("movie_id"), 128), text(press.get("ranking_id"), 128)
        if movie_id:
            on_press(movie_id, ranking)

    _mount(key=KEY, data=data, on_press_change=pressed, on_drawn_change=_noted)
