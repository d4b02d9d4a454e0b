"""The schema of films, and the catalogue that comes with the project."""

import re
from collections import Counter
from dataclasses import fields

import pytest

from backend.catalog.posters import motifs  # noqa: F401 (registers every motif)
from backend.catalog.posters.layouts import LAYOUTS
from backend.catalog.posters.registry import MOTIFS
from backend.catalog.schema import IMPORTED, Film, in_order, load_films, parse_film
from backend.errors import InvalidFilm
from backend.settings import REPOSITORY
from tests.catalog.records import raw_film, raw_poster

WORDS = ["word"] * 100
EIGHT = [f"keyword {number}" for number in range(8)]


def refused(record):
    """The error that this record is refused with."""
    with pytest.raises(InvalidFilm) as caught:
        parse_film(record, "1990s.toml, film 3")
    return caught.value


def test_a_record_that_follows_every_rule_is_a_film():
    film = parse_film(raw_film(), "a test")
    assert film.id == "harbour-1990"
    assert film.cast == ("Ben West", "Cleo East")
    assert film.original_title is film.series is film.poster.detail is None
    assert film.poster.colors["shape"] == "#e8d8a8"


def test_optional_fields_are_kept():
    film = parse_film(
        raw_film(original_title="Le Port", series="harbour", poster=raw_poster(detail="ship")), "x"
    )
    assert (film.original_title, film.series, film.poster.detail) == ("Le Port", "harbour", "ship")


def test_spaces_and_line_breaks_become_single_spaces():
    film = parse_film(raw_film(title="  The \n Harbour "), "a test")
    assert film.title == "The Harbour"


@pytest.mark.parametrize(
    ("field", "value", "rule"),
    [
        ("id", "", "text of 1 to 80 characters"),
        ("id", 7, "text of 1 to 80 characters"),
        ("id", "x" * 81, "text of 1 to 80 characters"),
        ("id", "Harbour 1990", "lower-case words joined by hyphens"),
        ("id", "harbour--1990", "lower-case words joined by hyphens"),
        ("id", "../harbour", "lower-case words joined by hyphens"),
        ("title", "  ", "text of 1 to 200 characters"),
        ("title", "x" * 201, "text of 1 to 200 characters"),
        ("original_title", "", "text of 1 to 200 characters"),
        ("year", 1887, "a whole number from 1888 to 2100"),
        ("year", "1990", "a whole number from 1888 to 2100"),
        ("year", True, "a whole number from 1888 to 2100"),
        ("year", 1990.0, "a whole number from 1888 to 2100"),
        ("directors", [], "1 to 12 different texts"),
        ("directors", "Ada North", "1 to 12 different texts"),
        ("cast", ["Ben West", "Ben West"], "0 to 8 different texts"),
        ("cast", ["Ben West", "Ben  West"], "0 to 8 different texts"),
        ("cast", [""], "0 to 8 different texts"),
        ("countries", [7], "1 to 6 different texts"),
        ("language", [], "text of 1 to 200 characters"),
        ("genres", [], "1 to 5 different texts"),
        ("genres", ["drama", "noir"], "of action, adventure, .*"),
        ("runtime_min", 0, "a whole number from 1 to 1000"),
        ("runtime_min", 1001, "a whole number from 1 to 1000"),
        ("series", "Star Wars", "lower-case words joined by hyphens"),
        ("keywords", EIGHT[:7], "8 to 12 different texts"),
        ("keywords", [f"keyword {n}" for n in range(13)], "8 to 12 different texts"),
        ("keywords", [*EIGHT[:7], "Paris"], "lower case"),
        ("synopsis", " ".join(WORDS[:39]), "40 to 80 words"),
        ("synopsis", " ".join(WORDS[:81]), "40 to 80 words"),
        ("synopsis", "x" * 2001, "text of 1 to 2000 characters"),
        ("poster", "moon", "a table"),
    ],
)
def test_a_field_that_breaks_its_rule_is_refused_by_name(field, value, rule):
    error = refused(raw_film(**{field: value}))
    assert re.fullmatch(
        rf"{field} must be {rule}, got .+; in 1990s.toml, film 3", error.detail, re.DOTALL
    )
    assert error.field == field
    assert error.value is not None


@pytest.mark.parametrize(("words", "accepted"), [(40, True), (80, True), (39, False), (81, False)])
def test_a_synopsis_has_forty_to_eighty_words(words, accepted):
    record = raw_film(synopsis=" ".join(WORDS[:words]))
    if accepted:
        assert parse_film(record, "a test")
    else:
        assert refused(record).value == str(words)


@pytest.mark.parametrize(
    "field",
    sorted({f.name for f in fields(Film)} - {"original_title", "series", "popularity", "cast"}),
)
def test_a_missing_field_is_refused_by_name(field):
    error = refused(raw_film(**{field: None}))
    assert error.detail.startswith(f"{field} must be ")
    assert error.detail.endswith("got None; in 1990s.toml, film 3")


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"colors": None}, "colors"),
        ({"colors": {"ground": "#000000"}}, "colors"),
        ({"colors": raw_poster()["colors"] | {"shape": "red"}}, "colors.shape"),
        ({"colors": raw_poster()["colors"] | {"glow": "#12345"}}, "colors.glow"),
        ({"colors": raw_poster()["colors"] | {"glow": 0x123456}}, "colors.glow"),
        ({"layout": ""}, "layout"),
        ({"motif": None}, "motif"),
        ({"detail": 7}, "detail"),
        ({"font": "serif"}, "font"),
    ],
)
def test_bad_art_direction_is_refused_by_name(changes, field):
    error = refused(raw_film(poster=raw_poster(**changes)))
    assert error.field == field
    assert error.detail.startswith(f"{field} must be ")
    assert error.detail.endswith("in poster of 1990s.toml, film 3")


def test_an_unknown_field_is_refused_by_name():
    error = refused(raw_film(directer="Ada North"))
    assert (
        "directer must be left out: the schema has no such field, got 'Ada North'" in error.detail
    )


def test_a_long_value_is_shortened_in_the_message():
    assert len(refused(raw_film(title="x" * 5000)).detail) < 250


# Files

RECORD = f"""
[[film]]
id = "harbour-1990"
title = "Harbour"
year = 1990
directors = ["Ada North"]
cast = ["Ben West"]
countries = ["France"]
language = "French"
genres = ["drama"]
runtime_min = 101
keywords = {EIGHT}
synopsis = "{" ".join(WORDS[:50])}"

[film.poster]
layout = "centre"
motif = "moon"
[film.poster.colors]
ground = "#101820"
glow = "#304050"
depth = "#182430"
shape = "#E8D8A8"
accent = "#d04030"
"""


def renamed(film_id, year=1990):
    return RECORD.replace('id = "harbour-1990"', f'id = "{film_id}"').replace(
        "year = 1990", f"year = {year}"
    )


def test_films_of_all_files_come_in_order_of_year_then_id(tmp_path):
    (tmp_path / "a.toml").write_text(renamed("b", 1990) + renamed("c", 1970))
    (tmp_path / "b.toml").write_text(renamed("a", 1990))
    (tmp_path / "notes.txt").write_text("not read")
    assert [film.id for film in load_films(tmp_path)] == ["c", "a", "b"]


def test_an_id_used_twice_is_refused_with_its_place(tmp_path):
    (tmp_path / "a.toml").write_text(renamed("one"))
    (tmp_path / "b.toml").write_text(renamed("two") + renamed("one"))
    with pytest.raises(InvalidFilm, match=r"id must be unique, got 'one'.*b.toml, film 2"):
        load_films(tmp_path)


def test_a_bad_record_is_refused_with_file_number_and_id(tmp_path):
    (tmp_path / "a.toml").write_text(renamed("one") + renamed("two", 1700))
    with pytest.raises(InvalidFilm, match=r"^year .* got 1700; in a.toml, film 2 \(two\)$"):
        load_films(tmp_path)


@pytest.mark.parametrize(
    "content", [b"[[film]\n", b"\xff\xfe", b'title = "x'], ids=["bracket", "not UTF-8", "quote"]
)
def test_a_file_that_is_not_toml_is_refused_by_name(tmp_path, content):
    (tmp_path / "broken.toml").write_bytes(content)
    with pytest.raises(InvalidFilm, match=r"broken\.toml must be TOML in UTF-8"):
        load_films(tmp_path)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ('film = ["harbour"]', r"film must be a list of tables.*in a.toml"),
        ('[film]\ntitle = "x"', r"film must be a list of tables.*in a.toml"),
        ('[[films]]\ntitle = "x"', r"films must be left out.*in a.toml"),
    ],
)
def test_a_file_of_another_shape_is_refused_by_name(tmp_path, content, message):
    (tmp_path / "a.toml").write_text(content)
    with pytest.raises(InvalidFilm, match=message):
        load_films(tmp_path)


def test_a_folder_without_films_is_refused(tmp_path):
    with pytest.raises(InvalidFilm, match=r"no film found in .*FILMS_DIR"):
        load_films(tmp_path)


# The catalogue of the project


@pytest.fixture(scope="module")
def catalogue():
    return load_films(REPOSITORY / "data" / "films")


def test_the_catalogue_has_at_least_120_films(catalogue):
    assert len(catalogue) >= 120


def test_every_id_ends_in_the_year(catalogue):
    assert [f.id for f in catalogue if not f.id.endswith(f"-{f.year}")] == []


def test_every_id_and_synopsis_is_used_once(catalogue):
    assert len({film.id for film in catalogue}) == len(catalogue)
    assert len({film.synopsis for film in catalogue}) == len(catalogue)


def test_every_synopsis_has_forty_to_eighty_words(catalogue):
    assert all(40 <= len(film.synopsis.split()) <= 80 for film in catalogue)


def test_no_text_is_markup(catalogue):
    assert [f.id for f in catalogue if re.search(r"[<>{}`]", f.title + f.synopsis)] == []


def test_every_poster_is_drawn_from_known_names(catalogue):
    posters = {film.id: film.poster for film in catalogue}
    assert {i: p.layout for i, p in posters.items() if p.layout not in LAYOUTS} == {}
    assert {i: p.motif for i, p in posters.items() if p.motif not in MOTIFS} == {}
    details = {i: p.detail for i, p in posters.items() if p.detail is not None}
    assert {i: detail for i, detail in details.items() if detail not in MOTIFS} == {}


def test_members_of_a_series_carry_the_same_slug(catalogue):
    series = {film.id: film.series for film in catalogue}
    assert series["the-godfather-1972"] == series["the-godfather-part-ii-1974"] == "godfather"
    members = Counter(slug for slug in series.values() if slug)
    assert sum(count >= 2 for count in members.values()) >= 5


def test_films_of_one_file_are_of_its_decade():
    for path in sorted((REPOSITORY / "data" / "films").glob("*.toml")):
        years = [int(year) for year in re.findall(r"^year = (\d{4})$", path.read_text(), re.M)]
        decade = int(path.stem[:4])
        assert all(decade <= year < decade + 10 for year in years), path.name
        assert years == sorted(years), path.name


# Films from elsewhere


@pytest.mark.parametrize("field", ["year", "language", "runtime_min", "synopsis", "original_title"])
def test_an_imported_film_may_lack_a_fact(field):
    made = parse_film(raw_film(**{field: None}), "a test", IMPORTED)
    assert not getattr(made, field)


@pytest.mark.parametrize("field", ["directors", "cast", "countries", "genres", "keywords"])
def test_an_imported_film_may_have_empty_lists(field):
    for record in (raw_film(**{field: None}), raw_film(**{field: []})):
        assert getattr(parse_film(record, "a test", IMPORTED), field) == ()


@pytest.mark.parametrize("field", ["id", "title", "poster"])
def test_an_imported_film_needs_an_id_a_title_and_a_poster(field):
    with pytest.raises(InvalidFilm, match=f"{field} must be"):
        parse_film(raw_film(**{field: None}), "a test", IMPORTED)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("year", 1700),
        ("year", "1990"),
        ("runtime_min", 0),
        ("keywords", ["a"] * 2),
        ("keywords", [f"word {n}" for n in range(41)]),
        ("synopsis", "x" * 2001),
        ("popularity", -1),
        ("popularity", float("nan")),
        ("popularity", float("inf")),
        ("popularity", True),
    ],
)
def test_what_an_imported_film_has_keeps_the_rules(field, value):
    with pytest.raises(InvalidFilm, match=f"{field} must be"):
        parse_film(raw_film(**{field: value}), "a test", IMPORTED)


def test_a_short_synopsis_is_enough_for_an_import_only():
    short = raw_film(synopsis="Two keepers and a storm.")
    assert parse_film(short, "a test", IMPORTED).synopsis == "Two keepers and a storm."
    assert "40 to 80 words" in str(refused(short))


def test_films_without_a_year_come_last():
    films = [parse_film(raw_film(id=i, year=y), i, IMPORTED) for i, y in (("a", None), ("b", 1990))]
    assert [film.id for film in in_order(films)] == ["b", "a"]
