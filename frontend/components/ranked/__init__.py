"""Ranked for you: five films of the other recommender, the one that ranks for a person."""

from __future__ import annotations

from typing import Any

from frontend.components.kit import define

_mount = define(__file__)

COUNT = 5


def ranked(*, films: list[dict[str, Any]], note: str) -> None:
    """Draw the row.

    Args:
        films: as `shape.ranked` gives them, at most `COUNT`; empty draws their places.
        note: what to know of them, or why there are none; one sentence.
    """
    _mount(key="ranked", data={"films": films, "note": note, "count": COUNT})
