"""The catalogue's database."""

import numpy as np
import pytest

from backend.catalog.database import (
    PosterRow,
    count_films,
    list_ids,
    open_database,
    read_films,
    read_posters,
    read_shown,
    search_ids,
    write_films,
    write_posters,
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


def test_films_keep_the_order_of_the_catalogue(engine):
    write_films(engine, [film("c"), film("a"), film("b")])
    assert [f.id for f in read_films(engine)] == ["c", "a", "b"]


def test_writing_again_replaces(engine):
    write_films(engine, [film("a"), film("b")])
    write_films(engine, [film("b", title="Anew")])
    assert [(f.id, f.title) for f in read_films(engine)] == [("b", "Anew")]


def test_posters_of_films_that_are_gone_are_dropped(engine):
    write_films(engine, [film("a"), film("b")])
    write_posters(engine, [poster_row(film_id) for film_id in ("a", "b")])
    write_films(engine, [film("b")])
    assert list(read_posters(engine)) == ["b"]


def test_a_poster_comes_back_as_it_was_written(engine):
    rng = np.random.default_rng(5)
    shares = np.array([0.5, 0.2, 0.1, 0.1, 0.07, 0.03])
    row = PosterRow("a", "print", "v1", "image", Palette(rng.random((6, 3)), shares))
    write_posters(engine, [row])
    saved = read_posters(engine)["a"]
    assert (saved.fingerprint, saved.version, saved.origin) == ("print", "v1", "image")
    assert saved.palette.colors == pytest.approx(row.palette.colors, abs=1e-5)
    assert saved.palette.shares == pytest.approx(shares, abs=1e-6)
    assert saved.palette.swatches() == row.palette.swatches()


def test_a_new_poster_takes_the_place_of_the_old_one(engine):
    write_posters(engine, [poster_row("a")])
    write_posters(engine, [PosterRow("a", "other", "v2", "image", poster_row("a").palette)])
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


def test_a_film_without_a_poster_is_not_listed(engine):
    write_films(engine, [film("a"), film("b")])
    write_posters(engine, [poster_row("b")])
    assert list_ids(engine, 10) == ["b"]
    assert count_films(engine) == 1
    assert search_ids(engine, ["harbour"], 10, 0) == (["b"], 1)
    assert [f.id for f, _ in read_shown(engine, ["a", "b", "c"])] == ["b"]


def test_more_films_than_one_statement_takes_are_read(engine):
    films = [film(f"film-{number}") for number in range(1203)]
    write_films(engine, films)
    write_posters(engine, [poster_row(f.id) for f in films])
    ids = [f.id for f in films]
    assert {f.id for f, _ in read_shown(engine, ids)} == set(ids)


def test_the_most_popular_come_first_when_asked_for(engine):
    write_films(engine, [film("a"), film("b", popularity=2.0), film("c", popularity=7.5)])
    write_posters(engine, [poster_row(film_id) for film_id in ("a", "b", "c")])
    assert list_ids(engine, 2, popular=True) == ["c", "b"]
    assert list_ids(engine, 2, 1) == ["b", "c"]


def test_words_that_are_gone_are_not_found_any_more(engine):
    write_films(engine, [film("a", title="Lagoon")])
    write_posters(engine, [poster_row("a")])
    write_films(engine, [film("a", title="Desert")])
    assert search_ids(engine, ["lagoon"], 10, 0) == ([], 0)
    assert search_ids(engine, ["desert"], 10, 0) == (["a"], 1)
