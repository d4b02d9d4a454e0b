from __future__ import annotations

import numpy as np
import pytest

from backend.ranking.evaluation import compare, mean_with_interval, measures, rank_of


def test_a_rank_leaves_out_what_was_seen():
    scores = np.array([0.9, 0.8, 0.7, 0.1])
    assert rank_of(scores, liked=2, seen=np.array([0])) == (2.0, 3)


def test_equal_scores_share_the_middle_rank():
    assert rank_of(np.zeros(5), liked=1, seen=np.array([], dtype=int)) == (3.0, 5)


def test_measures_are_worked_out_by_hand():
    values = measures(np.array([1.0, 3.0, 11.0]), np.array([21.0, 21.0, 21.0]))
    assert values["hit_rate_at_10"] == pytest.approx([1, 1, 0])
    assert values["ndcg_at_10"] == pytest.approx([1, 0.5, 0])
    assert values["auc"] == pytest.approx([1.0, 0.9, 0.5])


def test_an_interval_holds_the_mean_and_narrows_with_more_users():
    few = mean_with_interval(np.array([0.0, 1.0] * 10), seed=0)
    many = mean_with_interval(np.array([0.0, 1.0] * 1000), seed=0)
    assert few["low"] < few["mean"] == 0.5 < few["high"]
    assert many["high"] - many["low"] < (few["high"] - few["low"]) / 5


def test_a_gain_is_measured_on_pairs():
    base = np.array([0.0, 1.0, 0.0, 1.0])
    table = compare({"old": {"hit": base}, "new": {"hit": base + 0.25}}, "old", "new", seed=0)
    gain = {"mean": 0.25, "low": 0.25, "high": 0.25}
    assert table["new minus old"]["hit"] == pytest.approx(gain)
