from __future__ import annotations

import pytest

from frontend import shape
from frontend.components.history import FEWEST_STEPS, datasets
from frontend.session import Point
from tests.frontend.answers import SOURCES

LOOKS = shape.sources(SOURCES)
EVEN = Point(0, {"color": 0.5, "plot": 0.5}, {"color": 5, "plot": 5})


def test_without_likes_the_even_mix_waits() -> None:
    data = datasets([], LOOKS)
    shares = data["shares"]
    assert list(shares["number"]) == [0, 0, 1, 1]
    assert list(shares["high"]) == [0.5, 1.0, 0.5, 1.0]
    assert data["likes"]["at"].isna().all()
    assert data["shown"]["share"].isna().all()


def test_shares_are_stacked_and_the_last_ones_hold_for_a_step() -> None:
    points = [EVEN, Point(1, {"color": 0.75, "plot": 0.25}, {"color": 8, "plot": 2}, "color", "A")]
    shares = datasets(points, LOOKS)["shares"]
    assert list(shares["number"]) == [0, 0, 1, 1, 2, 2]
    assert list(shares["low"]) == [0.0, 0.5, 0.0, 0.75, 0.0, 0.75]
    assert list(shares["high"]) == [0.5, 1.0, 0.75, 1.0, 0.75, 1.0]


def test_each_like_is_marked_at_the_edge_of_its_source() -> None:
    points = [
        EVEN,
        Point(1, {"color": 0.75, "plot": 0.25}, {}, "color", "A"),
        Point(2, {"color": 0.6, "plot": 0.4}, {}, "plot", "B"),
    ]
    likes = datasets(points, LOOKS)["likes"]
    assert list(likes["source"]) == ["color", "plot"]
    assert list(likes["at"]) == pytest.approx([0.75, 0.6])
    assert list(likes["title"]) == ["A", "B"]


def test_dashes_tell_what_was_really_shown() -> None:
    points = [EVEN, Point(1, {"color": 0.75, "plot": 0.25}, {"color": 8, "plot": 2}, "color", "A")]
    shown = datasets(points, LOOKS)["shown"]
    assert list(shown["share"]) == [0.5, 0.8]
    assert list(shown["until"] - shown["number"]) == [1, 1]


def test_there_is_room_for_the_first_likes() -> None:
    assert datasets([EVEN], LOOKS)["room"]["number"].max() == FEWEST_STEPS
    many = [EVEN] + [Point(n, EVEN.dist, {}, "color", "A") for n in range(1, 31)]
    assert datasets(many, LOOKS)["room"]["number"].max() == 31
