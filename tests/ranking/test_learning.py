from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backend.ranking.learning import fit_weights


def test_the_optimum_of_one_term_is_worked_out_by_hand():
    # Of two films that differ by 1 in the only term, the higher is chosen 3 times in 4, so the
    # likeliest weight is the logarithm of the odds, log 3.
    table = np.array([[[1.0], [0.0]]] * 3 + [[[0.0], [1.0]]])
    assert fit_weights(table, penalty=0.0) == pytest.approx([np.log(3)], abs=1e-4)


def test_a_term_that_speaks_against_likes_gets_no_weight():
    table = np.array([[[0.0], [1.0]]] * 5)
    assert fit_weights(table) == pytest.approx([0.0])


def test_weights_that_made_the_choices_are_found_again():
    rng = np.random.default_rng(0)
    true = np.array([2.0, 0.0, 0.7])
    table = rng.normal(size=(6000, 8, 3))
    utility = table @ true + rng.gumbel(size=(6000, 8))
    chosen = utility.argmax(axis=1)
    rows = np.arange(6000)
    table[rows, chosen], table[:, 0] = table[:, 0].copy(), table[rows, chosen].copy()
    assert fit_weights(table, penalty=0.0) == pytest.approx(true, abs=0.12)


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10_000))
def test_no_small_step_makes_the_choices_likelier(seed):
    rng = np.random.default_rng(seed)
    table = rng.normal(size=(40, 5, 4))
    penalty = 0.05
    weights = fit_weights(table, penalty)

    def loss(tried):
        scores = table @ tried
        log_sum = np.log(np.exp(scores).sum(axis=1))
        return (log_sum - scores[:, 0]).mean() + penalty / 2 * tried @ tried

    for _ in range(20):
        near = np.maximum(weights + rng.normal(scale=0.02, size=4), 0.0)
        assert loss(near) >= loss(weights) - 1e-7
