"""Places, vehicles and signs: each is registered, well formed, repeatable and fills its box."""

from __future__ import annotations

import xml.etree.ElementTree as ET

import pytest

from backend.catalog.posters.motifs import buildings, symbols, transport  # noqa: F401
from backend.catalog.posters.registry import MOTIFS
from tests.catalog.posters.drawing import assert_only_marks, draw, opaque_box

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


@pytest.mark.parametrize("name", KINDS)
def test_a_motif_has_the_kind_the_layouts_expect(name: str) -> None:
    assert MOTIFS[name].kind == KINDS[name]


@pytest.mark.parametrize("name", KINDS)
def test_a_motif_is_well_formed_and_brings_nothing_but_marks(name: str) -> None:
    assert_only_marks(name, LONGEST[KINDS[name]])


@pytest.mark.parametrize("name", KINDS)
def test_the_same_seed_draws_the_same_motif(name: str) -> None:
    assert draw(name, seed=7) == draw(name, seed=7)


@pytest.mark.parametrize("name", KINDS)
def test_other_seeds_draw_well_formed_motifs_too(name: str) -> None:
    for seed in range(5):
        ET.fromstring(f"<g>{draw(name, seed)[1]}</g>")


def test_motifs_vary_with_the_seed() -> None:
    assert [name for name in KINDS if len({draw(name, seed)[1] for seed in range(4)}) < 2] == []


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
