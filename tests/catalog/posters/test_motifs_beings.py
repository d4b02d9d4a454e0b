"""People, animals and objects: registered, well formed, repeatable, and filling their boxes."""

from __future__ import annotations

import io
import random
import xml.etree.ElementTree as ET

import pytest
import resvg_py
from PIL import Image

from backend.catalog.posters.ink import Ink
from backend.catalog.posters.motifs import animals, objects, people  # noqa: F401
from backend.catalog.posters.motifs.outline import blob, limb, place, sym
from backend.catalog.posters.registry import MOTIFS

OBJECTS = """
    figure hat-figure couple child family rider dancer swordsman astronaut robot cowboy boxer witch
    skull hand face two-faces mask helmet runner climber
    bird cat dog horse wolf shark whale fish snake spider butterfly ape dinosaur dragon elephant
    lion rabbit panda rat bear tentacle fox
    hat sword revolver candle key letter book piano guitar violin typewriter camera film-reel
    telephone ring diamond glass bottle knife scales umbrella suitcase shoe rose crown mirror
    lantern chair television football drum saxophone coin flag feather bowl apple lightsabre bow
    pocket-watch
""".split()
SCENES = ["crowd", "birds"]
KINDS = dict.fromkeys(OBJECTS, "object") | dict.fromkeys(SCENES, "scene")

MARGIN = 20  # units of room around the box, to see what leaves it
LONGEST = {"object": 4_000, "scene": 9_000}  # characters: a page shows a dozen posters


def draw(name: str, seed: int = 1) -> tuple[Ink, str]:
    ink = Ink("#10131f", "#3d3a6b", "#2b3352", "#d8b15a", "#ff5a3c")
    return ink, MOTIFS[name].draw(ink, random.Random(seed))


def drawn_box(name: str) -> tuple[int, int, int, int]:
    """Left, top, right, bottom of the pixels drawn, in units of the motif's box."""
    ink, fragment = draw(name)
    width = (200 if MOTIFS[name].kind == "scene" else 100) + 2 * MARGIN
    height = 100 + 2 * MARGIN
    png = resvg_py.svg_to_bytes(
        svg_string=f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
        f'viewBox="-{MARGIN} -{MARGIN} {width} {height}">'
        f"<defs>{''.join(ink.definitions)}</defs>{fragment}</svg>",
        skip_system_fonts=True,
    )
    alpha = Image.open(io.BytesIO(bytes(png))).getchannel("A").point(lambda a: 255 * (a > 60))
    left, top, right, bottom = alpha.getbbox() or (0, 0, 0, 0)
    return left - MARGIN, top - MARGIN, right - MARGIN, bottom - MARGIN


@pytest.mark.parametrize("name", KINDS)
def test_a_motif_is_registered_with_its_kind(name: str) -> None:
    assert MOTIFS[name].kind == KINDS[name]


@pytest.mark.parametrize("name", KINDS)
def test_a_motif_is_a_well_formed_fragment_without_names_of_its_own(name: str) -> None:
    _, fragment = draw(name)
    root = ET.fromstring(f"<g>{fragment}</g>")
    assert len(root) > 0
    assert not [node.tag for node in root.iter() if node.tag in {"svg", "filter", "defs", "text"}]
    assert not [node.attrib["id"] for node in root.iter() if "id" in node.attrib]
    assert len(fragment) < LONGEST[KINDS[name]]


@pytest.mark.parametrize("name", KINDS)
def test_the_same_seed_draws_the_same_and_another_seed_differs(name: str) -> None:
    first = draw(name, seed=0)
    assert draw(name, seed=0) == first
    assert any(draw(name, seed) != first for seed in range(1, 12))


@pytest.mark.parametrize("name", OBJECTS)
def test_an_object_stands_on_the_floor_in_the_middle_of_its_box(name: str) -> None:
    left, top, right, bottom = drawn_box(name)
    assert max(right - left, bottom - top) >= 50
    assert 95 <= bottom <= 104
    assert abs((left + right) / 2 - 50) <= 12
    assert left >= -6
    assert right <= 106
    assert top >= -6


@pytest.mark.parametrize("name", SCENES)
def test_a_scene_fills_at_least_half_of_its_box(name: str) -> None:
    left, top, right, bottom = drawn_box(name)
    assert right - left >= 100
    assert bottom - top >= 50


def test_corners_stay_straight_and_other_points_turn_smoothly() -> None:
    assert blob("0,0! 10,0! 10,10! 0,10!") == "M0 0l10 0l0 10l-10 0l0-10Z"
    assert blob("0,0 10,0 10,10 0,10").count("c") == 4


def test_outlines_run_the_same_way_round_however_they_are_written() -> None:
    assert blob("0,10! 10,10! 10,0! 0,0!") == blob("0,0! 10,0! 10,10! 0,10!")


def test_a_symmetric_outline_is_mirrored_about_its_axis() -> None:
    assert sym("50,0! 60,10! 50,20!") == blob("50,0! 60,10! 50,20! 40,10!")


def test_points_are_scaled_turned_and_moved() -> None:
    assert place("1,0 0,1!", 5, 5, 2) == "7.00,5.00 5.00,7.00!"
    assert place("1,0", 0, 0, 1, turn=90) == "0.00,1.00"
    assert place("1,0", 0, 0, 1, flip=True) == "-1.00,0.00"


def test_a_limb_has_two_sides_and_round_ends() -> None:
    assert limb("0,0,2 10,0,1").count("c") == 6
