"""The baselines' own logic, without a cluster, and the sections that use them."""

import pytest

from benchmarks.__main__ import arguments_of, run
from benchmarks.baselines.seed_ensemble import choose
from benchmarks.figures import Report
from benchmarks.sections import SECTIONS, Section

FOUND = {
    "color": [{"id": f"c{number}"} for number in range(10)],
    "plot": [{"id": f"p{number}"} for number in range(10)],
}


def test_the_seed_begins_even():
    dist, shown, slate = choose({}, FOUND)
    assert dist == {"color": 0.5, "plot": 0.5}
    assert {source: len(films) for source, films in shown.items()} == {"color": 5, "plot": 5}
    assert len(slate) == 10


def test_the_seed_follows_the_likes_it_counted():
    dist, shown, _ = choose({"color": 3, "plot": 1}, FOUND)
    assert dist == {"color": 0.75, "plot": 0.25}
    assert len(shown["color"]) > len(shown["plot"])


def test_an_unknown_section_is_refused_with_those_there_are(capsys):
    with pytest.raises(SystemExit):
        arguments_of(["speed"])
    assert "SECTION must be one of" in capsys.readouterr().err


def test_a_section_that_fails_is_told_and_the_others_go_on(monkeypatch, capsys):
    def fail(bench):
        raise RuntimeError("no answer")

    monkeypatch.setitem(SECTIONS, "bad", Section("Fails", fail))
    monkeypatch.setitem(SECTIONS, "good", Section("Works", lambda bench: Report()))
    reports, failed = run(["bad", "good"], None)
    assert list(reports) == ["good"]
    assert failed == {"bad": "RuntimeError: no answer"}
    assert "FAILED: RuntimeError: no answer" in capsys.readouterr().out
