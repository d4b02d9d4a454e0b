"""The catalogue in memory: search, starters, single films."""

import pytest

from backend.catalog.catalogue import MOST_STARTERS, PosterAddresses, load_catalogue
from backend.catalog.database import open_database, write_films, write_posters
from backend.catalog.folding import fold
from backend.errors import Unavailable, UnknownMovie
from backend.settings import Settings
from tests.catalog.records import catalogue_of, film, poster_row

FOUR = [
    film("new-alien", title="New Alien", directors=("Eve Lind",)),
    film("alien", title="Alien", cast=("Sigourney Weaver",)),
    film("amelie", title="Amélie", original_title="Le Fabuleux Destin", directors=("Zoë Ode",)),
    film("voyage", title="Voyage", cast=("Alienor Blanc",)),
]


@pytest.fixture(params=[1, 3, 100], ids=lambda kept: f"{kept} kept")
def catalogue(request):
    """The same whatever share of the films is kept in memory."""
    return catalogue_of(FOUR, kept=request.param)


def ids(page):
    return [summary["id"] for summary in page[0]]


def test_a_title_that_begins_with_the_query_goes_first(catalogue):
    assert ids(catalogue.search("alien", 10, 0)) == ["alien", "new-alien", "voyage"]


@pytest.mark.parametrize("query", ["AMELIE", "amélie", "Zoe", "fabuleux destin", "zoë amelie"])
def test_accents_and_case_make_no_difference(catalogue, query):
    assert ids(catalogue.search(query, 10, 0)) == ["amelie"]


def test_every_word_must_be_found(catalogue):
    assert ids(catalogue.search("alien weaver", 10, 0)) == ["alien"]
    assert catalogue.search("alien nobody", 10, 0) == ([], 0)


def test_an_empty_query_gives_every_film_in_order(catalogue):
    assert ids(catalogue.search("  ", 10, 0)) == ["new-alien", "alien", "amelie", "voyage"]


def test_pages_follow_each_other_and_the_total_stays(catalogue):
    first, second, third = (catalogue.search("", 2, offset) for offset in (0, 2, 4))
    assert ids(first) + ids(second) == ids(catalogue.search("", 10, 0))
    assert ids(third) == []
    assert first[1] == second[1] == third[1] == 4


def test_wild_cards_are_plain_text(catalogue):
    assert catalogue.search("%", 10, 0) == ([], 0)


def test_folding_drops_case_and_accents():
    assert fold("Ünïcödé ẞ") == "unicode ss"


def test_an_unknown_film_is_refused_with_its_id(catalogue):
    with pytest.raises(UnknownMovie, match="anchor must be the id of a film, got 'nope'") as error:
        catalogue.require("nope", "anchor")
    assert error.value.field == "anchor"
    with pytest.raises(UnknownMovie):
        catalogue.full("nope")


def test_a_film_without_a_poster_is_left_out():
    catalogue = catalogue_of([film("a"), film("b")], [poster_row("b")])
    assert len(catalogue) == 1
    assert "a" not in catalogue
    assert "b" in catalogue


def test_a_summary_has_what_a_card_shows(catalogue):
    assert catalogue.summary("alien") == {
        "id": "alien",
        "title": "Alien",
        "year": 1990,
        "directors": ["Ada North"],
        "genres": ["drama", "mystery"],
        "countries": ["France"],
        "runtime_min": 101,
        "poster": "/rec/posters/alien.webp?v=v1",
        "palette": [{"hex": "#334c66", "share": 1.0}],
    }


def test_a_full_film_has_the_rest(catalogue):
    full = catalogue.full("amelie")
    assert full["original_title"] == "Le Fabuleux Destin"
    assert full["synopsis"] == FOUR[2].synopsis
    assert full["poster_svg"] == "/rec/posters/amelie.svg?v=v1"


def test_a_real_poster_has_no_drawing():
    catalogue = catalogue_of([film("a")], [poster_row("a", origin="image")])
    assert catalogue.full("a")["poster_svg"] is None
    assert catalogue.full("a")["poster_origin"] == "image"


def test_starters_differ_in_genre_country_time_and_colour():
    alike = [film(f"drama-{n}", year=2000 + n) for n in range(5)]
    other = film("western-1", year=1960, genres=("western",), countries=("Italy",))
    catalogue = catalogue_of([*alike, other])
    assert {s["id"] for s in catalogue.starters(2)} == {"western-1", "drama-4"}


def test_starters_differ_in_colour_when_all_else_is_the_same():
    films = [film(f"film-{n}") for n in range(3)]
    red, pink, blue = (1.0, 0.0, 0.0), (1.0, 0.2, 0.2), (0.0, 0.0, 1.0)
    rows = [poster_row(f.id, color) for f, color in zip(films, (red, pink, blue), strict=True)]
    starters = catalogue_of(films, rows).starters(2)
    assert [s["id"] for s in starters] == ["film-0", "film-2"]


def test_starters_are_different_films_and_no_more_than_there_are(catalogue):
    found = [summary["id"] for summary in catalogue.starters(100)]
    assert sorted(found) == ["alien", "amelie", "new-alien", "voyage"]
    assert catalogue.starters(0) == []


def test_a_built_catalogue_is_read_back(tmp_path):
    settings = Settings({"DATA_DIR": str(tmp_path)})
    engine = open_database(settings.catalogue_db)
    write_films(engine, [film("a"), film("b")])
    write_posters(engine, [poster_row("a")])
    engine.dispose()
    catalogue = load_catalogue(settings)
    assert len(catalogue) == 1
    assert catalogue.first_id == "a"
    assert PosterAddresses(settings)("a") == "/rec/posters/a.webp?v=v1"
    assert PosterAddresses(settings)("b") is None


def test_a_catalogue_that_was_not_built_says_how_to_build_it(tmp_path):
    with pytest.raises(Unavailable, match=r"python -m backend\.catalog\.build"):
        load_catalogue(Settings({"DATA_DIR": str(tmp_path)}))


def test_a_word_is_found_by_its_beginning_and_not_by_its_middle(catalogue):
    assert ids(catalogue.search("voy", 10, 0)) == ["voyage"]
    assert ids(catalogue.search("oyage", 10, 0)) == []


@pytest.mark.parametrize(
    ("query", "total"),
    [
        ('"', 0),
        ("alien*", 3),
        ('x"y', 0),
        ("NOT alien", 0),
        ("alien OR amelie", 0),
        ("new'; --", 1),
    ],
)
def test_the_syntax_of_the_index_is_plain_text(catalogue, query, total):
    page, found = catalogue.search(query, 10, 0)
    assert len(page) == found == total


def test_the_more_popular_of_equal_hits_goes_first():
    films = [film("quiet", title="Alien Rain"), film("loud", title="Alien Sun", popularity=9.0)]
    assert ids(catalogue_of(films).search("alien", 10, 0)) == ["loud", "quiet"]


def test_films_come_in_the_order_asked_for_and_unknown_ones_are_left_out(catalogue):
    found = catalogue.summaries(["voyage", "nope", "alien", "voyage"])
    assert [summary["id"] for summary in found] == ["voyage", "alien", "voyage"]


def test_no_more_films_are_kept_than_allowed():
    films = [film(f"film-{number:02d}") for number in range(20)]
    catalogue = catalogue_of(films, kept=5)
    for _ in range(2):
        for one in films:
            assert catalogue.summary(one.id)["id"] == one.id
            assert len(catalogue._kept) <= 5


def test_films_without_facts_are_shown_and_can_begin():
    bare = [
        film("a", year=None, genres=(), countries=(), directors=(), cast=(), language=None),
        film("b", year=None, genres=(), countries=(), runtime_min=None, synopsis=""),
    ]
    catalogue = catalogue_of(bare)
    assert [summary["id"] for summary in catalogue.starters(MOST_STARTERS)] == ["a", "b"]
    assert catalogue.full("b")["synopsis"] == ""
