from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from backend.ranking.features import UserFeatures
from backend.ranking.interactions import Interaction
from backend.ranking.items import build_items
from backend.ranking.model import TERMS, RankingModel, top_rows

from .films import film, palette


def small_model(**weights: float) -> RankingModel:
    """Two westerns with one story, two romances with another; a and c are red, b and d blue.

    Only the terms named have a weight.
    """
    films = [
        film("a", ["western"], keywords=["ranch", "sheriff"]),
        film("b", ["western"], keywords=["ranch", "sheriff"]),
        film("c", ["romance"], keywords=["letter", "violin"]),
        film("d", ["romance"], keywords=["letter", "violin"]),
    ]
    palettes = {
        "a": palette(0.8, 0.2, 0.1),
        "b": palette(0.1, 0.2, 0.8),
        "c": palette(0.8, 0.25, 0.1),
        "d": palette(0.1, 0.25, 0.8),
    }
    items = build_items(films, palettes)
    learned = {term: weights.get(term.replace("|", "_"), 0.0) for term in TERMS}
    average = np.zeros(items.width)
    average[items.columns["popularity"]] = 1.0
    return RankingModel(items, learned, average, {})


def user_of(model: RankingModel, *liked: str, source: str | None = None) -> UserFeatures:
    likes = [Interaction(film_id, float(n), source) for n, film_id in enumerate(liked)]
    return model.features("u", likes)


def test_a_lover_of_westerns_gets_the_other_western_first():
    model = small_model(genres=1.0)
    best = model.rank([user_of(model, "a")], [1])[0][0]
    assert (best.item_id, best.title, best.block) == ("b", "B", "genres")
    assert best.reason == "your taste for westerns"


def test_a_score_is_worked_out_by_hand():
    model = small_model(genres=1.0)
    # Two genres, evenly: each row has length 1 and points to or from the other. One like is
    # followed by half (the average is 0), so the products are 1/2 and -1/2 times the weight 1.
    scores = model.score([user_of(model, "a")])[0]
    assert scores == pytest.approx([0.5, 0.5, -0.5, -0.5])
    best = model.rank([user_of(model, "a")], [1])[0][0]
    assert best.score == pytest.approx(1 / (1 + np.exp(-0.5)), abs=1e-4)


def test_a_leaning_to_colour_makes_colour_decide():
    model = small_model(colors_leaning=1.0, plot_leaning=1.0)
    by_color = model.rank([user_of(model, "a", source="color")], [1])[0][0]
    by_plot = model.rank([user_of(model, "a", source="plot")], [1])[0][0]
    assert (by_color.item_id, by_color.reason) == ("c", "colours like the ones you picked")
    assert (by_plot.item_id, by_plot.reason) == ("b", "stories like A")


def test_films_already_liked_are_left_out_even_when_that_leaves_few():
    model = small_model(genres=1.0)
    assert [film.item_id for film in model.rank([user_of(model, "a", "c", "d")], [5])[0]] == ["b"]
    assert model.rank([user_of(model, "a", "b", "c", "d")], [5]) == [[]]


def test_equal_scores_are_in_order_of_id():
    model = small_model()
    assert [film.item_id for film in model.rank([user_of(model)], [3])[0]] == ["a", "b", "c"]


def test_a_stranger_is_not_told_of_a_taste():
    model = small_model(popularity=1.0)
    assert {film.reason for film in model.rank([user_of(model)], [4])[0]} == {
        "a test-audience favourite"
    }


def test_each_user_of_a_batch_gets_what_they_would_get_alone(trained):
    ids = trained.items.ids
    users = [
        trained.features(f"u{n}", [Interaction(ids[(n * 7 + k) % 96], k, "plot") for k in range(n)])
        for n in range(12)
    ]
    sizes = [1 + n for n in range(12)]
    together = trained.rank(users, sizes)
    assert together == [trained.rank([user], [k])[0] for user, k in zip(users, sizes, strict=True)]
    assert [len(answer) for answer in together] == sizes
    for answer in together:
        scores = [film.score for film in answer]
        assert scores == sorted(scores, reverse=True)
        assert all(0 <= score <= 1 for score in scores)


@settings(max_examples=60)
@given(
    arrays.arrays(
        float,
        st.tuples(st.integers(1, 4), st.integers(1, 12)),
        elements=st.sampled_from([-np.inf, -1.0, 0.0, 0.5, 2.0]),
    ),
    st.integers(1, 15),
)
def test_top_rows_are_those_of_a_full_sort(scores, count):
    for row, best in zip(scores, top_rows(scores, count), strict=True):
        full = sorted(range(len(row)), key=lambda column: (-row[column], column))
        assert list(best) == [column for column in full if np.isfinite(row[column])][:count]
