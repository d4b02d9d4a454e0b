"""The catalogue's database."""

import numpy as np
import pytest

from backend.catalog.database import (
    PosterRow,
    open_database,
    read_films,
    read_posters,
    write_films,
    write_poster,
)
from backend.catalog.palettes import Palette
from tests.catalog.records import film, poster_row


@pytest.fixture
def engine(tmp_path):
    engine = open_database(tmp_path / "new" / "catalogue.db")
    yield engine
    engine.dispose()


def test_films_come_back_as_they_were_written(engine):
    films = [film("a-1990", original_title="Å", series="harbour"), film("b-1990")]
    write_films(engine, films)
    assert read_films(engine) == films


def test_films_come_in_order_of_year_then_id(engine):
    write_films(engine, [film("b", year=1990), film("c", year=1970), film("a", year=1990)])
    assert [f.id for f in read_films(engine)] == ["c", "a", "b"]


def test_writing_again_replaces(engine):
    write_films(engine, [film("a"), film("b")])
    write_films(engine, [film("b", title="Anew")])
    assert [(f.id, f.title) for f in read_films(engine)] == [("b", "Anew")]


def test_posters_of_films_that_are_gone_are_dropped(engine):
    write_films(engine, [film("a"), film("b")])
    for film_id in ("a", "b"):
        write_poster(engine, poster_row(film_id))
    write_films(engine, [film("b")])
    assert list(read_posters(engine)) == ["b"]


def test_a_poster_comes_back_as_it_was_written(engine):
    rng = np.random.default_rng(5)
    shares = np.array([0.5, 0.2, 0.1, 0.1, 0.07, 0.03])
    row = PosterRow("a", "print", "v1", "image", Palette(rng.random((6, 3)), shares))
    write_poster(engine, row)
    saved = read_posters(engine)["a"]
    assert (saved.fingerprint, saved.version, saved.origin) == ("print", "v1", "image")
    assert saved.palette.colors == pytest.approx(row.palette.colors, abs=1e-5)
    assert saved.palette.shares == pytest.approx(shares, abs=1e-6)
    assert saved.palette.swatches() == row.palette.swatches()


def test_a_new_poster_takes_the_place_of_the_old_one(engine):
    write_poster(engine, poster_row("a"))
    write_poster(engine, PosterRow("a", "other", "v2", "image", poster_row("a").palette))
    assert read_posters(engine)["a"].version == "v2"


def test_opening_again_keeps_what_is_there(tmp_path):
    path = tmp_path / "catalogue.db"
    first = open_database(path)
    write_films(first, [film("a")])
    first.dispose()
    second = open_database(path)
    assert [f.id for f in read_films(second)] == ["a"]
    second.dispose()


def test_a_new_database_is_empty(engine):
    assert read_films(engine) == []
    assert read_posters(engine) == {}
