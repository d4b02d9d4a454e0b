"""Places, vehicles and signs: each is registered, well formed, repeatable and fills its box."""

from __future__ import annotations

import pytest

from backend.catalog.posters.motifs import buildings, symbols, transport  # noqa: F401
from backend.catalog.posters.registry import MOTIFS
from tests.catalog.posters.drawing import opaque_box
from tests.catalog.posters.motif_contract import MotifContract

OBJECTS = """
    tower castle house cabin cathedral pagoda lighthouse gate door window staircase tent windmill
    hotel car motorcycle bicycle train ship sailboat aeroplane rocket saucer submarine balloon bus
    truck carriage tank eye heart spiral maze web target clock gear shards star ladder monolith
""".split()
SCENES = "skyline bridge factory columns bars curtain street road chessboard blinds".split()
KINDS = dict.fromkeys(OBJECTS, "object") | dict.fromkeys(SCENES, "scene")

LONGEST = {"object": 5_000, "scene": 7_000}  # characters; a card holds ten posters


def test_the_modules_bring_in_every_motif_of_theirs() -> None:
    assert set(KINDS) <= set(MOTIFS)


class TestPlaces(MotifContract):
    kinds = KINDS
    longest = LONGEST


@pytest.mark.parametrize("name", KINDS)
def test_a_motif_fills_its_box(name: str) -> None:
    left, top, right, bottom = opaque_box(name)
    width = 200 if KINDS[name] == "scene" else 100
    assert right - left >= width / 2 or bottom - top >= 50
    if KINDS[name] == "scene":
        assert left <= 0 < width <= right
        assert bottom >= 100
    else:
        assert 95 <= bottom <= 104
        assert abs((left + right) / 2 - 50) <= 12
        assert top >= -6
        assert -6 <= left < right <= 106
