"""Sky and nature: each motif is registered, well formed, repeatable and fills its box."""

from __future__ import annotations

import pytest

from backend.catalog.posters.motifs import nature, sky  # noqa: F401
from backend.catalog.posters.motifs.scatter import dots
from tests.catalog.posters.drawing import opaque_box
from tests.catalog.posters.motif_contract import MotifContract

OBJECTS = "sun moon planet cloud lightning fire tree flower cactus iceberg rock".split()
WEATHER = "stars rain snow".split()
PLACES = "mountain dunes wave forest island river field".split()
KINDS = dict.fromkeys(OBJECTS, "object") | dict.fromkeys(WEATHER + PLACES, "scene")
LONGEST = {"object": 5_000, "scene": 7_000}  # characters; a card holds ten posters


class TestNature(MotifContract):
    kinds = KINDS
    longest = LONGEST


@pytest.mark.parametrize("seed", [1, 2, 3])
@pytest.mark.parametrize("name", OBJECTS)
def test_an_object_stands_on_the_floor_in_the_middle_of_its_box(name: str, seed: int) -> None:
    left, top, right, bottom = opaque_box(name, seed)
    assert right - left >= 60
    assert bottom - top >= 75
    assert 95 <= bottom <= 104
    assert abs((left + right) / 2 - 50) <= 12
    assert top >= -6
    assert -6 <= left < right <= 106


@pytest.mark.parametrize("seed", [1, 2, 3])
@pytest.mark.parametrize("name", PLACES)
def test_a_place_runs_off_both_sides_and_down_to_the_foot(name: str, seed: int) -> None:
    left, top, right, bottom = opaque_box(name, seed)
    assert left <= -5
    assert right >= 205
    assert -6 <= top <= 50
    assert 100 <= bottom <= 106


@pytest.mark.parametrize("name", WEATHER)
def test_weather_covers_the_whole_box(name: str) -> None:
    left, top, right, bottom = opaque_box(name)
    assert left <= 2
    assert top <= 5
    assert right >= 198
    assert bottom >= 95


def test_dots_are_lines_of_no_length_in_one_path() -> None:
    marks = dots([(1, 2), (3.25, 4)], "#ffffff", 2)
    assert 'd="M1 2h0M3.2 4h0"' in marks
    assert 'stroke-linecap="round"' in marks
