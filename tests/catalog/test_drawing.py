"""Posters drawn ahead of whoever asks for them."""

import pytest

from backend.catalog.build import _make_posters, stale_posters
from backend.catalog.catalogue import load_catalogue
from backend.catalog.database import open_database, write_films, write_posters
from backend.catalog.drawing import draw_ahead, undrawn, wanted
from backend.catalog.poster_files import draw_files
from tests.catalog.test_build import BLUE, film, save, settings_of

IDS = ["one-1990", "two-1990", "three-1990"]


@pytest.fixture
def settings(tmp_path):
    """Three films whose posters are measured; "two" has a real picture."""
    images = tmp_path / "images"
    images.mkdir()
    save(images, "two-1990.png", BLUE)
    settings = settings_of(tmp_path, POSTER_DIR=images, POSTERS_AHEAD=3)
    films = [film(film_id) for film_id in IDS]
    engine = open_database(settings.catalogue_db)
    write_films(engine, films)
    jobs = stale_posters(settings, films, engine)
    write_posters(engine, _make_posters(jobs, settings.built_posters_dir, 100))
    engine.dispose()
    return settings


def files(settings):
    return {path.name for path in settings.built_posters_dir.iterdir()}


def test_what_is_not_there_is_drawn_and_real_pictures_stay(settings):
    assert files(settings) == {"two-1990.webp"}
    assert wanted(settings)
    assert draw_ahead(settings) == 2
    assert files(settings) == {
        "one-1990.svg",
        "one-1990.webp",
        "three-1990.svg",
        "three-1990.webp",
        "two-1990.webp",
    }
    assert not wanted(settings)
    assert draw_ahead(settings) == 0


def test_it_goes_on_where_it_stopped(settings):
    draw_files(film("one-1990"), settings.built_posters_dir, 100)
    # Ended between the two files of a poster.
    (settings.built_posters_dir / "three-1990.svg").write_text("<svg/>")
    assert list(undrawn(load_catalogue(settings), settings)) == ["three-1990"]


def test_what_somebody_asked_for_meanwhile_is_not_drawn_again(settings):
    waiting = undrawn(load_catalogue(settings), settings)
    other = {"one-1990": "three-1990", "three-1990": "one-1990"}[next(waiting)]
    draw_files(film(other), settings.built_posters_dir, 100)
    assert list(waiting) == []


def test_a_large_catalogue_is_drawn_when_asked_for(settings, tmp_path):
    assert not wanted(settings_of(tmp_path, POSTER_DIR=tmp_path / "images", POSTERS_AHEAD=2))
