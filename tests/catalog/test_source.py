"""Which films are in use: the embedded ones or an import."""

import json

import pytest

from backend.catalog.source import catalogues, films_in_use, picture_folder
from backend.errors import InvalidFilm, InvalidSetting
from backend.settings import Settings
from tests.catalog.records import raw_film


@pytest.fixture
def imported(tmp_path):
    """Writes `films.jsonl` of the catalogue `mine`; gives the settings that use it."""

    def write(*lines):
        folder = tmp_path / "catalogues" / "mine"
        folder.mkdir(parents=True)
        (folder / "films.jsonl").write_text("".join(f"{line}\n" for line in lines))
        return Settings({"DATA_DIR": str(tmp_path), "CATALOGUE": "mine"})

    return write


def test_the_embedded_films_are_in_use_unless_told_otherwise(tmp_path):
    films = films_in_use(Settings({"DATA_DIR": str(tmp_path)}))
    assert "metropolis-1927" in {film.id for film in films}


def test_an_import_is_in_use_when_named(imported):
    late, early = raw_film(id="b", year=1999), raw_film(id="a", year=1950, synopsis=None)
    settings = imported(json.dumps(late), json.dumps(early))
    assert [film.id for film in films_in_use(settings)] == ["a", "b"]
    assert settings.catalogue_db.parent == settings.catalogues_dir / "mine"


def test_an_unknown_name_is_refused_with_those_that_there_are(imported, tmp_path):
    imported(json.dumps(raw_film()))
    settings = Settings({"DATA_DIR": str(tmp_path), "CATALOGUE": "other"})
    with pytest.raises(InvalidSetting, match="one of embedded, mine, got 'other'"):
        films_in_use(settings)


def test_a_half_made_import_is_not_listed(imported, tmp_path):
    settings = imported(json.dumps(raw_film()))
    (tmp_path / "catalogues" / "mine").rename(tmp_path / "catalogues" / ".mine.part")
    assert catalogues(settings) == ["embedded"]


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        (["{"], "line of JSON.*line 1"),
        (["[]"], "JSON object.*line 1"),
        ([json.dumps(raw_film()), json.dumps(raw_film())], "unique, got 'harbour-1990'"),
        ([json.dumps(raw_film(year=3000))], "year must be"),
        ([], "no film found"),
    ],
)
def test_a_broken_import_is_refused_with_the_place(imported, lines, message):
    with pytest.raises(InvalidFilm, match=message):
        films_in_use(imported(*lines))


def test_pictures_of_an_import_are_used_unless_a_folder_is_named(imported, tmp_path):
    settings = imported(json.dumps(raw_film()))
    assert picture_folder(settings) is None
    images = settings.catalogue_dir / "images"
    images.mkdir()
    assert picture_folder(settings) == images
    own = Settings({"DATA_DIR": str(tmp_path), "CATALOGUE": "mine", "POSTER_DIR": str(tmp_path)})
    assert picture_folder(own) == tmp_path
