"""Turns, and the catalogue that is measured."""

from backend.catalog.schema import load_films
from benchmarks.session import films_folder, in_turns


def test_measures_take_turns():
    order = []

    def measure(name):
        order.append(name)
        return {"value": float(len(order))}

    found = in_turns(2, {"a": lambda: measure("a"), "b": lambda: measure("b")})
    assert order == ["a", "b", "a", "b"]
    assert found == {"a": {"value": [1.0, 3.0]}, "b": {"value": [2.0, 4.0]}}


def test_the_measured_catalogue_has_as_many_films_as_asked_for(tmp_path):
    films = load_films(films_folder(tmp_path / "films", 1000))
    assert len(films) == 1000
    assert len({film.id for film in films}) == 1000
