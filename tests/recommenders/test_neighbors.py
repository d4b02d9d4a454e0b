"""Picking the highest scores."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backend.recommenders.neighbors import top_rows

SCORES = np.array([0.2, 0.9, 0.5, 0.9, 0.1])
few_values = st.lists(st.sampled_from([0.0, 0.25, 0.5, 1.0]), min_size=0, max_size=12)


def test_the_highest_come_first():
    assert top_rows(SCORES, 3) == [1, 3, 2]


def test_equal_scores_come_by_row():
    assert top_rows(np.full(6, 0.5), 4) == [0, 1, 2, 3]


def test_ties_at_the_cut_are_settled_by_row():
    assert top_rows(np.array([0.1, 0.5, 0.5, 0.5, 0.9]), 2) == [4, 1]


def test_an_excluded_row_is_left_out_and_the_next_moves_up():
    assert top_rows(SCORES, 2, exclude=1) == [3, 2]


@pytest.mark.parametrize("count", [5, 6, 100])
def test_asking_for_all_or_more_gives_all(count):
    assert top_rows(SCORES, count) == [1, 3, 2, 0, 4]


def test_zero_gives_none():
    assert top_rows(SCORES, 0) == []


def test_no_scores_give_none():
    assert top_rows(np.array([]), 3) == []


def test_the_only_row_excluded_gives_none():
    assert top_rows(np.array([0.7]), 1, exclude=0) == []


@settings(max_examples=60, deadline=None)
@given(few_values, st.integers(0, 14), st.data())
def test_it_does_what_sorting_everything_does(values, count, data):
    rows = range(len(values))
    exclude = data.draw(st.none() | st.sampled_from(rows) if values else st.none())
    expected = sorted((row for row in rows if row != exclude), key=lambda r: (-values[r], r))
    assert top_rows(np.array(values, dtype=np.float32), count, exclude) == expected[:count]


def test_scores_are_left_as_they_were():
    scores = SCORES.copy()
    top_rows(scores, 3, exclude=2)
    assert (scores == SCORES).all()
