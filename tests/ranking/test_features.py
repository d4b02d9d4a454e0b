from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.ranking.features import (
    HALF_LIFE_DAYS,
    HALF_LIFE_LIKES,
    extract_features,
    leaning_of,
    like_weights,
    mean_vector,
    strength_of,
)
from backend.ranking.interactions import Interaction
from backend.ranking.items import build_items

from .films import catalogue, film

DAY = 86_400.0
ITEMS = build_items(*catalogue(24))
AVERAGE = np.full(ITEMS.width, 0.01)
TIMES = st.lists(st.floats(0, 1e9), max_size=40).map(sorted)


def test_weights_halve_with_days_and_with_later_likes():
    weights = like_weights(np.array([0.0, HALF_LIFE_DAYS * DAY]))
    assert weights == pytest.approx([0.5 * 2 ** (-1 / HALF_LIFE_LIKES), 1.0])


def test_in_a_live_session_the_order_decides():
    minutes = np.arange(int(HALF_LIFE_LIKES) + 1) * 60.0
    weights = like_weights(minutes)
    assert weights[-1] == 1.0
    assert weights[0] == pytest.approx(0.5, rel=1e-3)


@given(TIMES)
def test_newer_likes_never_weigh_less(times):
    weights = like_weights(np.array(times))
    assert np.all(np.diff(weights) >= 0)


@given(TIMES)
def test_more_evidence_is_followed_further_but_never_entirely(times):
    strength = strength_of(like_weights(np.array(times)))
    assert 0 <= strength < 1
    assert strength == pytest.approx(0.5) if len(times) == 1 else True


@given(st.lists(st.sampled_from(["color", "plot", None, "other"]), max_size=30))
def test_leanings_are_shares(sources):
    leaning = leaning_of(sources)
    assert sum(leaning.values()) == pytest.approx(1.0)
    assert leaning["color"] == pytest.approx(
        (sources.count("color") + 1) / (sources.count("color") + sources.count("plot") + 2)
    )


def test_the_mean_follows_the_weights():
    rows = np.array([[0.0, 3.0], [1.0, 0.0]])
    assert mean_vector(rows, np.array([1.0, 2.0])) == pytest.approx([2 / 3, 1.0])


def test_one_like_is_half_the_film_and_half_the_average():
    features = extract_features("u", [Interaction("film-004", 5.0, "plot")], ITEMS, AVERAGE)
    row = ITEMS.matrix[ITEMS.row_of["film-004"]]
    genres = ITEMS.columns["genres"]
    assert features.vector[genres] == pytest.approx((row + AVERAGE)[genres] / 2)
    assert features.leaning == pytest.approx({"color": 1 / 3, "plot": 2 / 3})
    assert (features.known, features.likes, features.last_like_at) == (True, 1, 5.0)


def test_a_taste_is_named_by_its_columns():
    films = [film("a", ["western"]), film("b", ["western"]), film("c", ["romance"])]
    items = build_items(films, {})
    history = [Interaction("a", 1.0), Interaction("b", 2.0)]
    features = extract_features("u", history, items, np.zeros(items.width))
    assert features.taste(items, "genres", 1)[0][0] == "western"


def test_an_unknown_user_is_the_average_persona():
    features = extract_features("nobody", [], ITEMS, AVERAGE)
    assert not features.known
    assert features.vector is AVERAGE
    assert features.leaning == {"color": 0.5, "plot": 0.5}


def test_films_that_left_the_catalogue_count_for_nothing():
    gone = [Interaction("gone", 1.0, "color")]
    kept = [Interaction("film-001", 2.0, "color")]
    assert not extract_features("u", gone, ITEMS, AVERAGE).known
    both, one = (extract_features("u", likes, ITEMS, AVERAGE) for likes in (gone + kept, kept))
    np.testing.assert_array_equal(both.vector, one.vector)


def test_a_film_liked_twice_counts_once_at_its_newest():
    history = [
        Interaction("film-001", 1.0),
        Interaction("film-002", 2.0),
        Interaction("film-001", 3.0),
    ]
    features = extract_features("u", history, ITEMS, AVERAGE)
    assert features.liked == ("film-001", "film-002")


@given(st.permutations([Interaction(f"film-{n:03d}", float(n), "color") for n in range(6)]))
def test_the_order_of_reading_does_not_matter(history):
    features = extract_features("u", history, ITEMS, AVERAGE)
    in_order = extract_features("u", sorted(history, key=lambda like: like.at), ITEMS, AVERAGE)
    np.testing.assert_array_equal(features.vector, in_order.vector)
    assert features.liked[0] == "film-005"


_PROGRAM = """
import hashlib
from backend.ranking.items import build_items
from backend.ranking.personas import make_personas
from backend.ranking.features import extract_features
from tests.ranking.films import catalogue
import numpy as np
films, palettes = catalogue(24)
items = build_items(films, palettes)
user = make_personas(films, palettes, 1, seed=5)[0]
features = extract_features(user.user_id, user.likes, items, np.zeros(items.width))
rounded = np.round(features.vector, 9)
print(user.label, features.liked, hashlib.sha256(rounded.tobytes()).hexdigest())
"""


def test_the_same_user_has_the_same_features_in_every_process():
    root = Path(__file__).resolve().parents[2]
    answers = {
        subprocess.run(
            [sys.executable, "-c", _PROGRAM],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(root)},
            cwd=root,
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(answers) == 1
