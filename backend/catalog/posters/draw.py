"""Draw a film's poster from its art direction."""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from typing import Protocol

from backend.catalog.posters import motifs  # noqa: F401 (registers every motif)
from backend.catalog.posters.ink import Ink
from backend.catalog.posters.layouts import LAYOUTS
from backend.catalog.posters.layouts.stage import Piece, Stage
from backend.catalog.posters.registry import MOTIFS
from backend.catalog.posters.render import render_png

__all__ = ["Art", "draw_poster", "render_png"]


class Art(Protocol):
    """The art direction of one film; `colors` gives the five roles of `Ink`."""

    @property
    def layout(self) -> str: ...
    @property
    def motif(self) -> str: ...
    @property
    def detail(self) -> str | None: ...
    @property
    def colors(self) -> Mapping[str, str]: ...


def _check(field: str, value: str, known: Iterable[str]) -> None:
    names = sorted(known)
    if value not in names:
        near = get_close_matches(value, names, n=3, cutoff=0.4) or names
        raise ValueError(
            f"poster {field} must be a known name, got {value!r}; nearest: {', '.join(near)}"
        )


def draw_poster(art: Art, seed: str) -> str:
    """A poster without lettering as SVG, `viewBox` 0 0 400 600.

    Args:
        seed: sets everything left to chance; the film's id, so that a film always looks the same.
    Raises:
        ValueError: the layout, motif or detail is unknown, or a colour is no `#rrggbb`.
    """
    _check("layout", art.layout, LAYOUTS)
    _check("motif", art.motif, MOTIFS)
    if art.detail is not None:
        _check("detail", art.detail, MOTIFS)
    colors = art.colors
    ink = Ink(colors["ground"], colors["glow"], colors["depth"], colors["shape"], colors["accent"])
    detail = Piece(MOTIFS[art.detail], seed) if art.detail is not None else None
    stage = Stage(ink, random.Random(seed), Piece(MOTIFS[art.motif], seed), detail)
    body = LAYOUTS[art.layout](stage)
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 600">'
        f"<defs>{''.join(ink.definitions)}</defs>{body}</svg>"
    )
