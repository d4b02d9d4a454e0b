from __future__ import annotations

import numpy as np
import pytest

from backend.catalog.palettes import Palette
from backend.ranking.items import BLOCKS, ItemVectors, build_items, color_histogram

from .films import catalogue, film, palette


@pytest.fixture(scope="module")
def items() -> ItemVectors:
    return build_items(*catalogue(40))


def test_rows_are_in_order_of_id_whatever_order_films_come_in():
    films, palettes = catalogue(12)
    forward, backward = build_items(films, palettes), build_items(films[::-1], palettes)
    assert forward.ids == backward.ids == tuple(sorted(film.id for film in films))
    np.testing.assert_array_equal(forward.matrix, backward.matrix)


@pytest.mark.parametrize("block", [block for block in BLOCKS if block != "popularity"])
def test_each_block_is_centred_and_has_a_mean_square_of_one(items, block):
    rows = items.block(block)
    assert np.allclose(rows.mean(axis=0), 0)
    assert (rows**2).sum(axis=1).mean() == pytest.approx(1.0)


def test_popularity_is_the_centred_logarithm_of_likes():
    films = [film("a"), film("b")]
    items = build_items(films, {}).with_popularity({"a": 7})
    # log 8 and log 1 are the same distance above and below their mean.
    assert items.block("popularity")[:, 0] == pytest.approx([1.0, -1.0])


def test_films_of_a_genre_are_nearer_to_each_other():
    films = [film("a", ["western"]), film("b", ["western"]), film("c", ["romance"])]
    rows = build_items(films, {}).block("genres")
    assert rows[0] @ rows[1] > 0 > rows[0] @ rows[2]


def test_a_decade_is_nearer_to_the_next_than_to_a_far_one():
    films = [film("a", year=1979), film("b", year=1981), film("c", year=2015)]
    rows = build_items(films, {}).block("decade")
    assert rows[0] @ rows[1] > rows[0] @ rows[2]


def test_people_of_one_film_only_have_no_column():
    films = [film("a", director="X"), film("b", director="X"), film("c", director="Y")]
    assert build_items(films, {}).labels["people"] == ("director:X",)


def test_stories_with_shared_words_are_nearer():
    films = [
        film("a", keywords=["bank heist", "getaway"]),
        film("b", keywords=["heist", "vault"]),
        film("c", keywords=["wedding", "violin"]),
    ]
    rows = build_items(films, {}).block("plot")
    assert rows[0] @ rows[1] > rows[0] @ rows[2]


def test_the_order_of_swatches_does_not_matter():
    one = palette(0.8, 0.3, 0.1)
    other = Palette(one.colors[::-1], one.shares[::-1])
    assert color_histogram(one) == pytest.approx(color_histogram(other))
    assert np.linalg.norm(color_histogram(one)) == pytest.approx(1.0)


def test_near_colours_are_nearer_than_far_ones():
    red, rust, blue = palette(0.8, 0.1, 0.1), palette(0.7, 0.2, 0.1), palette(0.1, 0.2, 0.8)
    assert color_histogram(red) @ color_histogram(rust) > color_histogram(red) @ color_histogram(
        blue
    )


def test_a_film_without_a_palette_has_the_average_colours():
    films, palettes = catalogue(12)
    del palettes["film-003"]
    items = build_items(films, palettes)
    assert items.block("colors")[items.row_of["film-003"]] == pytest.approx(0.0, abs=1e-9)
