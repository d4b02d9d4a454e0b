"""Posters: every composition draws, the same film looks the same, another one does not."""

from __future__ import annotations

import io
import itertools
import random
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from backend.catalog.posters.draw import draw_poster, render_png
from backend.catalog.posters.ink import Ink
from backend.catalog.posters.layouts import LAYOUTS, stage
from backend.catalog.posters.layouts.light import contrast
from backend.catalog.posters.registry import MOTIFS, Motif
from backend.catalog.posters.render import Box, Extent, measure

SVG = "{http://www.w3.org/2000/svg}"
NIGHT = {
    "ground": "#10151f",
    "glow": "#3b4d6b",
    "depth": "#26344d",
    "shape": "#d8b15a",
    "accent": "#ff6b3d",
}
DAY = {
    "ground": "#f4e3c1",
    "glow": "#fff7e0",
    "depth": "#d9a36a",
    "shape": "#2a1420",
    "accent": "#c9201f",
}
# Hero and detail: thing and place, place and thing, weather, a screen, and a hero on its own.
CASTS = (
    ("robot", "skyline"),
    ("mountain", "car"),
    ("stars", "moon"),
    ("blinds", "rain"),
    ("heart", None),
)
LONGEST = 50_000  # characters: a poster is sent as it is


@dataclass(frozen=True)
class Art:
    layout: str = "centre"
    motif: str = "robot"
    detail: str | None = None
    colors: dict[str, str] = field(default_factory=lambda: dict(NIGHT))


def pixels(svg: str, width: int = 80) -> NDArray[np.float64]:
    """The picture as (height, width, 3), 0 to 255."""
    with Image.open(io.BytesIO(render_png(svg, width))) as opened:
        return np.asarray(opened.convert("RGB"), dtype=np.float64)


def assert_sound(svg: str) -> None:
    """The drawing is XML of the agreed size, without lettering, and lacks none of its paints."""
    root = ET.fromstring(svg)
    assert root.tag == f"{SVG}svg"
    assert root.get("viewBox") == "0 0 400 600"
    tags = {element.tag.removeprefix(SVG) for element in root.iter()}
    assert not tags & {"text", "tspan", "filter", "image", "script", "style"}
    names = [element.get("id") for element in root.iter() if element.get("id")]
    assert len(names) == len(set(names))
    assert set(re.findall(r'url\(#(\w+)\)|href="#(\w+)"', svg)) <= {
        pair for name in names for pair in ((name, ""), ("", name))
    }
    assert not re.search(r"\b(nan|inf|None)\b", svg)


@pytest.fixture
def unmeasured(monkeypatch: pytest.MonkeyPatch) -> None:
    """Replaces the measuring of motifs, the slow part of drawing, by boxes of usual shapes."""
    extents: Iterator[Extent] = itertools.cycle(
        replace(seen, box=box)
        for seen in (
            measure('<path d="M0 0H200V104H0Z" fill="#335577"/>', [], 200),
            measure('<path d="M30 9H70V40H30Z" fill="#335577"/>', [], 100),
        )
        for box in (Box(4, 3, 92, 97), Box(34, 2, 32, 98), Box(2, 60, 96, 40))
    )
    monkeypatch.setattr(stage, "measure", lambda *_: next(extents))


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize(("hero", "detail"), CASTS)
def test_every_layout_draws_and_renders_every_kind_of_cast(
    layout: str, hero: str, detail: str | None
) -> None:
    svg = draw_poster(Art(layout, hero, detail), "some-film-1999")
    assert_sound(svg)
    assert len(svg) < LONGEST
    assert pixels(svg).shape == (120, 80, 3)


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.usefixtures("unmeasured")
def test_every_motif_draws_in_every_layout(layout: str) -> None:
    for name in MOTIFS:
        assert_sound(draw_poster(Art(layout, name, colors=DAY), name))


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.usefixtures("unmeasured")
def test_every_motif_draws_as_the_detail_of_every_layout(layout: str) -> None:
    for name in MOTIFS:
        assert_sound(draw_poster(Art(layout, "cat", name), name))


@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_same_film_is_drawn_the_same_way(layout: str) -> None:
    art = Art(layout, "tree", "moon")
    assert draw_poster(art, "first-1990") == draw_poster(art, "first-1990")


@pytest.mark.parametrize("layout", LAYOUTS)
def test_two_films_with_the_same_art_look_different(layout: str) -> None:
    art = Art(layout, "car", "moon")
    first, second = (pixels(draw_poster(art, seed)) for seed in ("first-1990", "second-1991"))
    changed = np.abs(first - second).max(axis=2) > 8
    assert changed.mean() > 0.02


@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_detail_is_seen(layout: str) -> None:
    without, with_detail = (
        pixels(draw_poster(Art(layout, "cat", detail), "a-film-2001")) for detail in (None, "key")
    )
    assert (np.abs(without - with_detail).max(axis=2) > 24).mean() > 0.004


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("colors", [NIGHT, DAY], ids=["night", "day"])
def test_the_picture_fills_the_sheet(layout: str, colors: dict[str, str]) -> None:
    # On a pure magenta card nothing of the card may shine through.
    svg = draw_poster(Art(layout, "ship", "birds", colors), "a-film-2001")
    card = svg.replace("<defs>", '<rect width="400" height="600" fill="#ff00ff"/><defs>', 1)
    assert not np.abs(pixels(card) - (255, 0, 255)).max(axis=2).min() < 40


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("shape", ["#828282", "#050505", "#fdfdfd", "#2a6f4a"])
def test_a_hero_is_set_against_a_field_it_stands_out_from(
    layout: str, shape: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[tuple[str, str]] = []

    def probe(ink: Ink, rng: random.Random) -> str:
        seen.append((ink.ground, ink.shape))
        return f'<path d="M20 5H80V100H20Z" fill="{ink.shape}"/>'

    monkeypatch.setitem(MOTIFS, "monolith", Motif("monolith", "object", probe))
    colors = dict.fromkeys(("ground", "glow", "depth", "accent"), shape) | {"shape": shape}
    draw_poster(Art(layout, "monolith", colors=colors), "all-one-colour-2000")
    assert seen
    assert min(contrast(behind, hero) for behind, hero in seen) > 0.2


@pytest.mark.parametrize(
    ("art", "message"),
    [
        (Art(layout="center"), r"layout .*'center'.*centre"),
        (Art(motif="robott"), r"motif .*'robott'.*robot"),
        (Art(detail="skylines"), r"detail .*'skylines'.*skyline"),
        (Art(motif=""), r"motif .*''.*aeroplane"),
    ],
    ids=["layout", "motif", "detail", "empty"],
)
def test_an_unknown_name_is_refused_with_the_nearest_known_ones(art: Art, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        draw_poster(art, "a-film-2001")


def test_a_colour_that_is_not_hexadecimal_is_refused() -> None:
    with pytest.raises(ValueError, match=r"glow.*#rrggbb.*'red'"):
        draw_poster(Art(colors={**NIGHT, "glow": "red"}), "a-film-2001")


def test_a_picture_has_the_width_asked_for_and_the_proportions_of_a_poster() -> None:
    png = render_png(draw_poster(Art(), "a-film-2001"), 250)
    with Image.open(io.BytesIO(png)) as opened:
        assert (opened.format, opened.size) == ("PNG", (250, 375))


def test_a_broken_drawing_is_refused() -> None:
    with pytest.raises(ValueError):  # noqa: PT011 (the words are the renderer's)
        render_png("<svg", 100)


def test_measuring_finds_the_visible_box_and_the_colour_of_the_ground() -> None:
    dot = measure('<path d="M20 30h40v50h-40z" fill="#336699"/>', [], 100)
    assert dot.box == Box(20, 30, 40, 50)
    assert dot.base is None
    land = measure('<path d="M-5 60H205V104H-5Z" fill="#336699"/>', [], 200)
    assert land.base == "#336699"
