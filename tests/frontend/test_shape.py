from __future__ import annotations

import pytest

from frontend import shape
from tests.frontend.answers import SOURCES, movie, slate


def test_cards_follow_the_slots_not_the_films() -> None:
    cards = shape.cards(slate("r1"))
    assert [card["id"] for card in cards] == ["film-2", "film-1"]
    assert [card["position"] for card in cards] == [1, 2]
    assert cards[0]["evidence"] == {"kind": "terms", "terms": ["train", "heist"]}
    assert cards[1]["evidence"]["pairs"] == [{"from": "#aa0000", "to": "#bb0000", "share": 0.4}]
    assert cards[1]["also"] == ["plot"]


def test_a_slot_without_its_film_is_left_out() -> None:
    answer = slate("r1")
    answer["ids"] = [movie(1)]
    assert [card["id"] for card in shape.cards(answer)] == ["film-1"]


def test_a_film_is_shaped_for_the_browser() -> None:
    assert shape.movie(movie(7)) == {
        "id": "film-7",
        "title": "Film 7",
        "year": "1907",
        "by": "Ada Byron",
        "poster": "/posters/film-7.webp?v=abc7",
        "palette": [{"hex": "#aa0000", "share": 0.7}, {"hex": "#00bb00", "share": 0.3}],
    }


@pytest.mark.parametrize("value", [None, [], "film", 3])
def test_what_is_no_film_is_an_empty_one(value: object) -> None:
    assert shape.movie(value)["id"] == ""


def test_markup_stays_text_and_is_cut_to_one_line() -> None:
    assert shape.text("<b>bold</b>\n & more") == "<b>bold</b> & more"
    assert shape.text("x" * 500) == "x" * (shape.MAX_TEXT - 1) + "…"


@pytest.mark.parametrize(
    "value", ["red", "#fff", "#12345g", "url(x)", "#123456;background:url(x)", None, 3]
)
def test_only_six_digits_are_a_colour(value: object) -> None:
    assert shape.color(value) == shape.NEUTRAL
    assert shape.palette([{"hex": value, "share": 1}]) == []


def test_a_colour_is_written_in_lower_case() -> None:
    assert shape.color("#E69F00") == "#e69f00"


@pytest.mark.parametrize("value", [float("nan"), float("inf"), True, "3", None])
def test_only_finite_numbers_are_numbers(value: object) -> None:
    assert shape.number(value) is None


def test_sources_keep_their_order_and_get_a_shape_each() -> None:
    sources = shape.sources(SOURCES)
    assert [(s["name"], s["shape"]) for s in sources] == [("color", "circle"), ("plot", "diamond")]
    third = shape.sources({"sources": [{"name": n, "shape": "star"} for n in ("a", "b", "c")]})
    assert [s["shape"] for s in third] == ["circle", "diamond", "triangle"]


@pytest.mark.parametrize(
    ("shares", "expected"),
    [
        ([0.5, 0.5], [50, 50]),
        ([1 / 3, 1 / 3, 1 / 3], [34, 33, 33]),
        ([0.655, 0.345], [66, 34]),
        ([0.0, 0.0], [50, 50]),
        ([1.0, 0.0], [100, 0]),
        ([], []),
    ],
)
def test_percentages_sum_to_a_hundred(shares: list[float], expected: list[int]) -> None:
    assert shape.percents(shares) == expected


def test_a_ranking_is_five_films_at_most() -> None:
    ranked = [{"item_id": f"f{i}", "title": "T", "year": 1999} for i in range(9)]
    films = shape.ranked({"recommendations": ranked})
    assert [film["id"] for film in films] == ["f0", "f1", "f2", "f3", "f4"]
    assert films[0]["year"] == "1999"


def test_a_hit_without_a_known_match_is_one_of_its_title() -> None:
    story = {**movie(2), "match": {"kind": "story", "terms": ["sea", "", 7, None]}}
    given = [movie(1), story, {**movie(3), "match": "x"}, {"match": {"kind": "story"}}]
    hits = shape.hits({"movies": given})
    assert [hit["match"] for hit in hits] == [
        {"kind": "title", "terms": []},
        {"kind": "story", "terms": ["sea", "7"]},
        {"kind": "title", "terms": []},
    ]


def test_suggestions_without_an_id_are_left_out() -> None:
    assert [f["id"] for f in shape.suggestions({"movies": [movie(1), {}, "x"]})] == ["film-1"]
