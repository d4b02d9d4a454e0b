"""People, animals and objects: registered, well formed, repeatable, and filling their boxes."""

from __future__ import annotations

import pytest

from backend.catalog.posters.motifs import animals, objects, people  # noqa: F401
from backend.catalog.posters.motifs.outline import blob, limb, place, sym
from tests.catalog.posters.drawing import opaque_box
from tests.catalog.posters.motif_contract import MotifContract

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

LONGEST = {"object": 4_000, "scene": 9_000}  # characters: a page shows a dozen posters


class TestBeings(MotifContract):
    kinds = KINDS
    longest = LONGEST


@pytest.mark.parametrize("name", OBJECTS)
def test_an_object_stands_on_the_floor_in_the_middle_of_its_box(name: str) -> None:
    left, top, right, bottom = opaque_box(name, least_alpha=60)
    assert max(right - left, bottom - top) >= 50
    assert 95 <= bottom <= 104
    assert abs((left + right) / 2 - 50) <= 12
    assert left >= -6
    assert right <= 106
    assert top >= -6


@pytest.mark.parametrize("name", SCENES)
def test_a_scene_fills_at_least_half_of_its_box(name: str) -> None:
    left, top, right, bottom = opaque_box(name, least_alpha=60)
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
