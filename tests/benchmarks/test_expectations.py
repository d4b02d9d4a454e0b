"""The regression guard tells which ratio fell short, and of what."""

import json

import pytest

from benchmarks.expectations import EXPECTED_FILE, compare, read_expected
from benchmarks.figures import Report
from benchmarks.sections import SECTIONS


def result(**ratios):
    report = Report()
    for name, value in ratios.items():
        report.ratio(name, [value], [1.0])
    return {"sections": {"ensemble": report.as_json()}}


EXPECTED = {"ensemble": {"p50": {"at_most": 1.3}, "rate": {"at_least": 12}}}


def test_nothing_is_said_when_every_ratio_is_as_expected():
    assert compare(result(p50=1.3, rate=12.0), EXPECTED, ["ensemble"]) == []


def test_each_ratio_that_fell_short_is_named_with_its_limit():
    short = compare(result(p50=1.5, rate=11.0), EXPECTED, ["ensemble"])
    assert short == [
        "ensemble: p50 is 1.5 (1.5 to 1.5), expected at most 1.3",
        "ensemble: rate is 11 (11 to 11), expected at least 12",
    ]


def test_a_ratio_that_was_not_measured_falls_short():
    assert compare(result(p50=1.0), EXPECTED, ["ensemble"]) == ["ensemble: rate was not measured"]


def test_a_section_that_failed_falls_short():
    assert len(compare({"sections": {}}, EXPECTED, ["ensemble"])) == 2


def test_sections_that_did_not_run_are_not_compared():
    assert compare({"sections": {}}, EXPECTED, ["rank"]) == []


@pytest.mark.parametrize("limit", [{}, {"at_most": 1, "at_least": 1}, {"about": 1}])
def test_a_limit_must_be_one_of_two(tmp_path, limit):
    path = tmp_path / "expected.json"
    path.write_text(json.dumps({"ensemble": {"p50": limit}}))
    with pytest.raises(ValueError, match="p50 must have at_most or at_least"):
        read_expected(path)


def test_the_committed_file_names_sections_that_are_there():
    assert EXPECTED_FILE.is_file()
    assert set(read_expected()) <= set(SECTIONS)
