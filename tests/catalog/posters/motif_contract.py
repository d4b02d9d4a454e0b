"""What every motif promises, whatever it shows: a test class for each family inherits it."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from typing import ClassVar

import pytest

from backend.catalog.posters.registry import MOTIFS
from tests.catalog.posters.drawing import assert_only_marks, draw

SEEDS = range(12)


class MotifContract:
    """Tests of each motif in `kinds`.

    Attributes:
        kinds: "object" or "scene", by the name of the motif.
        longest: characters a fragment may have, by kind.
    """

    kinds: ClassVar[dict[str, str]]
    longest: ClassVar[dict[str, int]]

    def pytest_generate_tests(self, metafunc: pytest.Metafunc) -> None:
        """Run each test that asks for a `name` with each motif."""
        if "name" in metafunc.fixturenames:
            metafunc.parametrize("name", self.kinds)

    def test_it_has_the_kind_the_layouts_expect(self, name: str) -> None:
        assert MOTIFS[name].kind == self.kinds[name]

    def test_it_is_well_formed_and_brings_nothing_but_marks(self, name: str) -> None:
        assert_only_marks(name, self.longest[self.kinds[name]])

    def test_the_same_seed_draws_the_same(self, name: str) -> None:
        assert draw(name, seed=7) == draw(name, seed=7)

    def test_other_seeds_draw_others_as_well_formed(self, name: str) -> None:
        fragments = {draw(name, seed)[1] for seed in SEEDS}
        for fragment in fragments:
            ET.fromstring(f"<g>{fragment}</g>")
        assert len(fragments) > 1
