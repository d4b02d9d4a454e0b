"""Films of one series find each other by their plots."""

from backend.catalog.schema import load_films
from backend.settings import Settings
from benchmarks.siblings import GOAL, NEAREST, measure


def test_most_films_of_a_series_have_a_sibling_among_the_nearest(tmp_path):
    found = measure(load_films(Settings({}).films_dir), tmp_path)
    assert len(found) > 100
    share = sum(one.place <= NEAREST for one in found) / len(found)
    assert share >= GOAL
