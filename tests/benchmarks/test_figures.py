"""Figures, ratios and goals, with answers worked by hand."""

import pytest

from benchmarks.figures import Report, percentile, table


def test_a_figure_is_the_median_of_its_turns_with_least_and_greatest():
    figure = Report().figure("ours", "ms", [3.0, 1.0, 8.0])
    assert (figure.value, figure.low, figure.high, figure.turns) == (3.0, 1.0, 8.0, 3)


def test_a_ratio_divides_turn_by_turn_before_the_median():
    ratio = Report().ratio("a / b", [1.0, 4.0, 9.0], [1.0, 2.0, 1.0])
    assert (ratio.value, ratio.low, ratio.high) == (2.0, 1.0, 9.0)


def test_a_ratio_of_unequal_turns_is_refused():
    with pytest.raises(ValueError, match="zip"):
        Report().ratio("a / b", [1.0], [1.0, 2.0])


def test_a_figure_without_turns_is_refused():
    with pytest.raises(ValueError, match="at least one turn"):
        Report().figure("ours", "ms", [])


@pytest.mark.parametrize(("value", "met"), [(1.2, True), (1.3, True), (1.31, False)])
def test_a_goal_of_at_most_is_met_up_to_its_limit(value, met):
    report = Report()
    report.at_most("p50", value, 1.3)
    assert report.as_json()["goals"] == [
        {"name": "p50", "value": value, "goal": 1.3, "at_most": True, "met": met}
    ]


def test_a_goal_of_at_least_is_met_from_its_limit():
    report = Report()
    report.at_least("throughput", 12.0, 12.0)
    report.at_least("throughput", 11.9, 12.0)
    assert [goal.met for goal in report.goals] == [True, False]


def test_a_percentile_is_one_of_the_values():
    values = [float(value) for value in range(100, 0, -1)]
    assert percentile(values, 0.5) == 51.0
    assert percentile(values, 0.95) == 96.0
    assert percentile(values, 1.0) == 100.0


def test_a_percentile_of_nothing_is_refused():
    with pytest.raises(ValueError, match="at least one value"):
        percentile([], 0.5)


def test_the_table_says_which_goals_are_not_met():
    report = Report()
    report.figure("ours: p50", "ms", [5.0, 6.0, 7.0])
    report.at_most("p50", 6.0, 1.0)
    text = table(report)
    assert "ours: p50" in text
    assert "NOT MET" in text
