"""Large catalogues: the table of neighbours, the indexes behind it, and going beyond it."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse

from backend.recommenders import color, color_index, plot_index
from backend.recommenders.color import ColorRecommender
from backend.recommenders.neighbors import NeighborTable, best_of_candidates, top_rows
from backend.recommenders.plot import PlotRecommender
from tests.ranking.films import catalogue

LINE = np.arange(12, dtype=np.float32)


def near(row, others):
    """Points on a line: the nearer, the more alike."""
    return (1 / (1 + np.abs(LINE[others] - LINE[row]))).astype(np.float32)


def table(width):
    """The exact table of the points on the line."""
    everyone = np.tile(np.arange(len(LINE)), (len(LINE), 1))
    return best_of_candidates(everyone, width, near)


def test_the_best_candidates_come_first_and_never_the_film_itself():
    made = table(4)
    assert made.of(5)[0].tolist() == [4, 6, 3, 7]
    assert made.of(0)[0].tolist() == [1, 2, 3, 4]
    assert made.of(0)[1] == pytest.approx([1 / 2, 1 / 3, 1 / 4, 1 / 5])


def test_missing_candidates_leave_a_shorter_list():
    candidates = np.array([[0, 1, -1], [1, -1, -1], [0, 1, 2]])
    made = best_of_candidates(candidates, 3, near)
    assert [made.of(row)[0].tolist() for row in range(3)] == [[1], [], [1, 0]]


def test_a_table_is_mapped_as_it_was_saved(tmp_path):
    made = table(3)
    made.save(tmp_path)
    again = NeighborTable.load(tmp_path)
    assert again.width == 3
    assert (again.rows == made.rows).all()
    assert (again.scores == made.scores).all()


@pytest.mark.parametrize("count", [1, 5, 7])
def test_going_beyond_the_table_finds_the_next_nearest(count):
    rows, scores = table(2).beyond(5, count, near)
    expected = top_rows(near(5, np.arange(len(LINE))), count, exclude=5)
    assert rows.tolist() == expected
    assert scores.tolist() == near(5, np.array(expected)).tolist()


def test_going_beyond_opens_no_more_films_than_the_count_asks_for():
    asked = []

    def counted(row, others):
        asked.append(len(others))
        return near(row, others)

    table(2).beyond(0, 3, counted)
    assert asked[0] <= 8


def test_going_beyond_ends_where_nothing_more_is_connected():
    apart = NeighborTable(np.array([[1], [0], [3], [2]], np.int32), np.ones((4, 1), np.float32))
    rows, _ = apart.beyond(0, 3, near)
    assert rows.tolist() == [1]


@settings(max_examples=30, deadline=None)
@given(st.integers(2, 40), st.integers(1, 12), st.integers(0, 10_000))
def test_some_similarities_are_those_of_all(films, chosen, seed):
    rng = np.random.default_rng(seed)
    counts = sparse.random(films, 30, 0.2, "csr", np.float32, rng)
    rows = rng.integers(0, films, chosen)
    made = plots_of(counts)
    for row in (0, films - 1):
        assert made.similarities_of(row, rows) == pytest.approx(
            made.similarities(row)[rows], abs=1e-5
        )


def plots_of(counts, folder=None):
    """A plot recommender of a matrix of counts."""
    import tempfile
    from pathlib import Path

    terms = [f"t{number:03d}" for number in range(counts.shape[1])]
    ids = [f"film-{number:04d}" for number in range(counts.shape[0])]
    counts = counts.astype(np.float32)
    counts.data = np.ceil(counts.data * 5).astype(np.float32)
    if folder is not None:
        PlotRecommender.write(ids, terms, terms, counts, folder)
        return PlotRecommender.load(folder)
    with tempfile.TemporaryDirectory() as name:
        PlotRecommender.write(ids, terms, terms, counts, Path(name))
        return PlotRecommender.load(Path(name))


def colors_of(n, folder):
    """A colour recommender of `n` palettes around a few looks."""
    rng = np.random.default_rng(n)
    looks = rng.random((12, 6, 3))[rng.integers(0, 12, n)]
    colors = np.clip(looks + rng.normal(0, 0.1, (n, 6, 3)), 0, 1)
    ids = [f"film-{number:04d}" for number in range(n)]
    ColorRecommender.write(ids, colors, rng.dirichlet(np.ones(6), n), folder)
    return ColorRecommender.load(folder)


def share_found(made, exact):
    """Share of the first 30 exact neighbours that a table has."""
    return np.mean(
        [np.isin(exact.of(row)[0][:30], made.of(row)[0]).mean() for row in range(len(exact.rows))]
    )


@pytest.mark.parametrize("flat", [True, False])
def test_the_colour_index_finds_the_nearest_palettes(tmp_path, monkeypatch, flat):
    made = colors_of(1500, tmp_path)
    exact = made.nearest(64)
    monkeypatch.setattr(color, "_ALL_PAIRS_FILMS", 100)
    monkeypatch.setattr(color_index, "_FLAT_FILMS", 10_000 if flat else 100)
    found = made.nearest(64)
    assert share_found(found, exact) > 0.95
    assert found.scores[0, 0] == pytest.approx(exact.scores[0, 0])


def test_the_plot_index_finds_the_nearest_stories(tmp_path, monkeypatch):
    rng = np.random.default_rng(4)
    counts = sparse.random(600, 300, 0.06, "csr", np.float32, rng)
    made = plots_of(counts, tmp_path)
    exact = made.nearest(64)
    monkeypatch.setattr("backend.recommenders.plot._ALL_PAIRS_FILMS", 100)
    assert share_found(made.nearest(64), exact) > 0.99
    # Cut short: a common term counts in the films only in which it weighs most.
    monkeypatch.setattr(plot_index, "FILMS_OF_A_TERM", 20)
    assert 0.7 < share_found(made.nearest(64), exact) < 1


def test_a_large_catalogue_answers_beyond_its_table(tmp_path, monkeypatch):
    made = colors_of(400, tmp_path / "color")
    made.nearest(64).save(tmp_path / "color")
    monkeypatch.setattr("backend.recommenders.base._EXACT_FILMS", 100)
    opened = ColorRecommender.open(tmp_path)
    exact = [c.movie_id for c in made.recommend("film-0007", 150)]
    found = [c.movie_id for c in opened.recommend("film-0007", 150)]
    assert found[:64] == exact[:64]
    assert len(set(found)) == 150
    assert len(set(found) & set(exact)) > 120


def test_a_recommender_is_exchanged_whole(tmp_path):
    films, palettes = catalogue(6)
    ColorRecommender.make(films, palettes, tmp_path)
    before = ColorRecommender.open(tmp_path).recommend(films[0].id, 3)
    ColorRecommender.make(films[:4], palettes, tmp_path)
    after = ColorRecommender.open(tmp_path)
    assert len(after.ids) == 4
    assert len(before) == 3
    assert [path.name for path in tmp_path.iterdir()] == ["color"]
