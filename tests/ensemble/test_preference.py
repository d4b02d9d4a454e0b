"""What likes say about preference, corrected for exposure."""

import random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backend.ensemble import preference
from backend.ensemble.preference import Credit, attraction, blend
from backend.ensemble.slate import apportion

EVEN = {"color": 0.5, "plot": 0.5}
SOURCES = ["color", "plot"]


def test_without_likes_every_source_is_as_attractive():
    assert attraction([], SOURCES, 1.0) == EVEN


def test_on_even_slates_the_share_is_likes_plus_prior():
    # (3 + 1) / (4 + 2): the posterior mode of a binomial with one prior like each.
    credits = [Credit("color", EVEN)] * 3 + [Credit("plot", EVEN)]
    assert attraction(credits, SOURCES, 1.0)["color"] == pytest.approx(4 / 6)


def test_likes_in_proportion_to_exposure_say_nothing():
    # Nine likes of a source shown nine times as often: no preference.
    shown = {"color": 0.9, "plot": 0.1}
    credits = [Credit("color", shown)] * 9 + [Credit("plot", shown)]
    assert attraction(credits, SOURCES, 1.0)["color"] == pytest.approx(0.5)


def test_a_like_of_a_rarely_shown_source_counts_more():
    rare = attraction([Credit("plot", {"color": 0.9, "plot": 0.1})], SOURCES, 1.0)
    common = attraction([Credit("plot", {"color": 0.1, "plot": 0.9})], SOURCES, 1.0)
    assert rare["plot"] > 0.68 > 0.6 > common["plot"] > 0.5


shares = st.floats(0.0, 1.0)
exposures = (
    st.tuples(shares, shares, shares)
    .filter(lambda t: sum(t) > 0.01)
    .map(lambda t: {s: x / sum(t) for s, x in zip("abc", t, strict=True)})
)
likes = st.lists(st.builds(Credit, st.sampled_from("abc"), exposures), max_size=25)


@given(likes, st.sampled_from("abc"), exposures, st.floats(0.1, 5))
@settings(max_examples=200, deadline=None)
def test_a_like_always_raises_the_share_of_its_source(credits, source, exposure, prior):
    before = attraction(credits, list("abc"), prior)
    after = attraction([*credits, Credit(source, exposure)], list("abc"), prior)
    assert after[source] > before[source]
    assert sum(after.values()) == pytest.approx(1.0)


@given(
    st.lists(st.tuples(st.floats(0.02, 0.98), st.booleans()), min_size=1, max_size=60),
    st.floats(0.1, 5),
)
@settings(max_examples=200, deadline=None)
def test_the_short_way_for_two_sources_finds_what_the_general_one_finds(given_likes, prior):
    shown = np.array([[share, 1 - share] for share, _ in given_likes])
    first = sum(is_first for _, is_first in given_likes)
    liked = np.array([first, len(given_likes) - first], dtype=float)
    short = preference._mode_of_two(np.log(shown), liked, prior)
    general = preference._mode(np.log(shown), liked, prior)
    assert short - short.mean() == pytest.approx(general - general.mean(), abs=1e-6)


def test_the_eleventh_like_moves_the_mix_back_visibly():
    # The tutorial's rule moves from .917 to .909 here.
    credits = [Credit("color", EVEN)] * 10
    before = attraction(credits, SOURCES, 1.0)["color"]
    after = attraction([*credits, Credit("plot", EVEN)], SOURCES, 1.0)["color"]
    assert before - after > 0.05


def test_clicking_at_random_rarely_ends_far_from_even():
    far = 0
    for seed in range(200):
        rng = random.Random(seed)
        credits: list[Credit] = []
        mix = EVEN
        for _ in range(100):
            credits.append(Credit(rng.choice(apportion(mix, 10, rng)), mix))
            mix = blend(attraction(credits, SOURCES, 1.0), 0.05)
        far += abs(mix["color"] - 0.5) > 0.1
    # A fair slate that never moves gives 4%; the tutorial's rule 94%.
    assert far / 200 <= 0.09


def test_blend_keeps_a_least_share_and_the_order():
    mixed = blend({"a": 1.0, "b": 0.0}, 0.05)
    assert mixed == {"a": pytest.approx(0.95), "b": pytest.approx(0.05)}


@given(likes, st.floats(0.1, 5))
@settings(max_examples=100, deadline=None)
def test_the_estimate_is_where_likes_and_expected_likes_agree(credits, prior):
    # The gradient of the log-posterior in log theta, worked out anew, is zero there.
    theta = attraction(credits, list("abc"), prior)
    for source in "abc":
        expected = 3 * prior * theta[source]
        for credit in credits:
            shown = {s: max(credit.exposure[s], 0.02) for s in "abc"}
            expected += shown[source] * theta[source] / sum(shown[s] * theta[s] for s in "abc")
        liked = sum(credit.source == source for credit in credits) + prior
        assert liked == pytest.approx(expected, rel=1e-5, abs=1e-6)
