"""Who gets which slot: worked examples, and quota for any weights."""

import math
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backend.ensemble.slate import apportion, fill, propensities
from backend.errors import InvalidInput, InvalidWeight

weights_of_sources = st.dictionaries(
    st.sampled_from(["color", "plot", "cast", "mood", "music"]),
    st.floats(0.0, 100.0),
    min_size=1,
    max_size=5,
).filter(lambda weights: sum(weights.values()) > 1e-3)


def count(turns: list[str], source: str) -> int:
    return sum(turn == source for turn in turns)


@given(weights_of_sources, st.integers(0, 24), st.integers(0, 1000))
@settings(max_examples=300, deadline=None)
def test_every_prefix_follows_the_weights(weights, length, seed):
    turns = apportion(weights, length, random.Random(seed))
    assert len(turns) == length
    total = sum(weights.values())
    for k in range(1, length + 1):
        for source, weight in weights.items():
            share = weight / total * k
            assert math.floor(share + 1e-6) <= count(turns[:k], source) + 1e-6
            assert count(turns[:k], source) <= math.ceil(share - 1e-6) + 1e-6


def test_weights_of_51_to_49_and_99_to_1_give_different_slates():
    even = apportion({"color": 51, "plot": 49}, 10, random.Random(1))
    lopsided = apportion({"color": 99, "plot": 1}, 10, random.Random(1))
    assert count(even, "color") in {5, 6}
    assert count(lopsided, "color") in {9, 10}


def test_a_slot_is_given_to_a_source_with_a_probability_of_its_share():
    draws = [apportion({"color": 0.7, "plot": 0.3}, 4, random.Random(s)) for s in range(4000)]
    for slot in range(4):
        share = sum(turns[slot] == "color" for turns in draws) / len(draws)
        assert share == pytest.approx(0.7, abs=0.03)
    assert propensities({"color": 0.7, "plot": 0.3}, 4) == [{"color": 0.7, "plot": 0.3}] * 4


@given(weights_of_sources, st.integers(1, 8))
@settings(max_examples=60, deadline=None)
def test_propensities_of_a_slot_sum_to_one(weights, length):
    for slot in propensities(weights, length):
        assert sum(slot.values()) == pytest.approx(1.0)


def test_propensities_of_three_sources_are_the_frequencies_of_the_draw():
    weights = {"a": 0.5, "b": 0.3, "c": 0.2}
    expected = propensities(weights, 5)
    draws = [apportion(weights, 5, random.Random(seed)) for seed in range(4000)]
    for slot in range(5):
        for source in weights:
            share = sum(turns[slot] == source for turns in draws) / len(draws)
            assert share == pytest.approx(expected[slot][source], abs=0.04)


@pytest.mark.parametrize("bad", [{"a": -1.0, "b": 2.0}, {"a": math.nan}, {"a": math.inf}])
def test_a_weight_that_cannot_be_followed_is_refused_by_name(bad):
    with pytest.raises(InvalidWeight, match="weight of a must be finite"):
        apportion(bad, 3, random.Random(0))


def test_all_weights_zero_are_refused():
    with pytest.raises(InvalidWeight, match="one weight must be above 0"):
        apportion({"a": 0.0, "b": 0.0}, 3, random.Random(0))


def test_a_negative_count_is_refused():
    with pytest.raises(InvalidInput, match="count must be at least 0, got -1"):
        apportion({"a": 1.0}, -1, random.Random(0))


def test_a_film_of_both_sources_belongs_to_the_one_that_ranks_it_higher():
    # m1 is first for plot and third for colour, so however colour leads, plot is credited.
    candidates = {"color": ["m2", "m3", "m1"], "plot": ["m1", "m4"]}
    for seed in range(50):
        slate = fill({"color": 0.6, "plot": 0.4}, candidates, 4, random.Random(seed))
        by_film = {slot.movie_id: slot for slot in slate.slots}
        assert by_film["m1"].source == "plot"
        assert by_film["m1"].also == ("color",)


def test_a_tie_for_a_film_is_drawn_about_evenly_whoever_leads():
    candidates = {"color": ["m1", *"abcdef"], "plot": ["m1", *"uvwxyz"]}
    credited = [
        {s.movie_id: s.source for s in fill(weights, candidates, 6, random.Random(seed)).slots}
        for seed in range(600)
        for weights in [{"color": 0.9, "plot": 0.1}]
    ]
    # Where plot has no slot at all, colour shows m1 only as a last resort: count where both could.
    plot = sum(slate.get("m1") == "plot" for slate in credited)
    color = sum(slate.get("m1") == "color" for slate in credited)
    assert color == pytest.approx(300, abs=60)
    assert plot == pytest.approx(300 * 0.6, abs=60)


def test_a_source_without_films_leaves_its_slots_to_the_others():
    slate = fill(
        {"color": 0.5, "plot": 0.5}, {"color": ["a"], "plot": list("uvwxyz")}, 6, random.Random(0)
    )
    assert len(slate.slots) == 6
    assert [slot.source for slot in slate.slots].count("color") == 1
    assert {slot.propensity for slot in slate.slots} == {0.5, 1.0}


def test_a_source_of_weight_zero_is_used_only_when_no_other_has_films():
    slate = fill(
        {"color": 1.0, "plot": 0.0}, {"color": ["a", "b"], "plot": ["c", "d"]}, 3, random.Random(0)
    )
    assert [slot.movie_id for slot in slate.slots] == ["a", "b", "c"]


films = st.lists(st.integers(0, 30).map("m{}".format), max_size=20)


@given(
    st.floats(0, 1),
    films,
    films,
    st.integers(0, 12),
    st.sets(st.integers(0, 30).map("m{}".format)),
    st.integers(0, 99),
)
@settings(max_examples=200, deadline=None)
def test_a_slate_is_full_without_repeats_or_excluded_films(share, first, second, length, out, seed):
    weights = {"color": share, "plot": 1 - share}
    slate = fill(weights, {"color": first, "plot": second}, length, random.Random(seed), out)
    shown = [slot.movie_id for slot in slate.slots]
    assert len(set(shown)) == len(shown)
    assert not set(shown) & out
    assert len(shown) == min(length, len((set(first) | set(second)) - out))
    for slot in slate.slots:
        assert slot.movie_id in {"color": first, "plot": second}[slot.source]
        assert 0 < slot.propensity <= 1


def test_the_same_draw_gives_the_same_slate_and_leaves_the_candidates_alone():
    candidates = {"color": ["a", "b", "c"], "plot": ["c", "d", "e"]}
    before = {name: list(films) for name, films in candidates.items()}
    slates = [fill({"color": 1, "plot": 1}, candidates, 4, random.Random(7)) for _ in range(2)]
    assert slates[0] == slates[1]
    assert candidates == before
