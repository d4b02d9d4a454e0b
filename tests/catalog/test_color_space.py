"""Colours to OKLab and back, and their names."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from backend.catalog.color_space import (
    bytes_to_oklab,
    from_hex,
    name_of,
    oklab_to_srgb,
    srgb_to_oklab,
    to_hex,
)

rgb = arrays(np.float64, (5, 3), elements=st.floats(0, 1))
pixels = arrays(np.uint8, (4, 2, 3))


@settings(max_examples=50, deadline=None)
@given(rgb)
def test_there_and_back_is_the_same_colour(colors):
    assert oklab_to_srgb(srgb_to_oklab(colors)) == pytest.approx(colors, abs=1e-5)


@settings(max_examples=50, deadline=None)
@given(pixels)
def test_bytes_give_the_same_as_numbers(colors):
    assert bytes_to_oklab(colors) == pytest.approx(srgb_to_oklab(colors / 255), abs=1e-12)


@settings(max_examples=50, deadline=None)
@given(st.integers(0, 0xFFFFFF))
def test_hex_survives_the_way_through_oklab(number):
    color = f"#{number:06x}"
    assert to_hex(oklab_to_srgb(srgb_to_oklab(from_hex(color)))) == color


@pytest.mark.parametrize(
    ("color", "lab"),
    [
        ("#000000", (0, 0, 0)),
        ("#ffffff", (1, 0, 0)),
        # Red of sRGB, from the reference implementation that came with OKLab.
        ("#ff0000", (0.62796, 0.22486, 0.12585)),
        # The middle grey: linear 0.2159, whose cube root is the lightness.
        ("#808080", (0.59987, 0, 0)),
    ],
)
def test_known_colours_have_their_known_values(color, lab):
    assert srgb_to_oklab(from_hex(color)) == pytest.approx(lab, abs=1e-4)


def test_lightness_grows_from_black_to_white():
    lightness = srgb_to_oklab(np.repeat(np.linspace(0, 1, 50)[:, None], 3, axis=1))[:, 0]
    assert (np.diff(lightness) > 0).all()


def test_colours_outside_srgb_are_clipped():
    inside = oklab_to_srgb(np.array([[0.7, 0.4, 0.4], [1.4, 0, 0], [-0.2, 0, 0]]))
    assert inside.min() >= 0
    assert inside.max() <= 1


@pytest.mark.parametrize(
    ("color", "name"),
    [
        ("#000000", "black"),
        ("#ffffff", "white"),
        ("#7f7f81", "grey"),
        ("#d02828", "red"),
        ("#101a38", "navy"),
        ("#f7d846", "yellow"),
        ("#2a7070", "teal"),
    ],
)
def test_a_colour_has_its_plain_name(color, name):
    assert name_of(srgb_to_oklab(from_hex(color))) == name
