"""Free words find stories."""

import time
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backend.catalog.schema import load_films
from backend.errors import InvalidInput
from backend.recommenders import story_search
from backend.recommenders.plot import PlotRecommender
from backend.recommenders.thesaurus import Thesaurus
from backend.settings import Settings
from tests.ranking.films import film

WORDS = Thesaurus.of(
    {
        "groups": ["sea, ocean, sailor", "grief, mourning", "love, genre:romance"],
        "same": {"fall in love": "love"},
        "genres": {"comedy": "funny"},
        "countries": {"France": "french"},
    }
)


def told(film_id, keywords, synopsis="And then there was one.", genres=("drama",), **more):
    """A film of these keywords only: title and synopsis are stop words unless given."""
    made = film(film_id, list(genres), keywords=list(keywords))
    plain = {"title": "Now", "synopsis": synopsis, "directors": (), "cast": ()}
    return replace(made, **{**plain, **more})


def stories(folder, *films, words=WORDS):
    PlotRecommender.build(films, {}, folder)
    return PlotRecommender.load(folder).stories(words)


def ids(hits):
    return [movie_id for movie_id, _, _ in hits]


@pytest.fixture
def five(tmp_path):
    return stories(
        tmp_path,
        told("both", ["heist", "train"]),
        told("heist", ["heist", "vault"]),
        told("train", ["train", "snow"]),
        told("passing", ["desert"], "A heist is spoken of in a train."),
        told("other", ["opera"]),
    )


def test_films_with_every_idea_go_first_then_those_that_say_it_in_passing(five):
    found = five.search("heist on a train", 10)
    assert ids(found)[:2] == ["both", "passing"]
    assert set(ids(found)[2:]) == {"heist", "train"}
    assert found[0][2] == ["heist", "train"]


def test_one_idea_of_two_is_worth_a_quarter(five):
    # Two ideas of the same weight, one met as well as it can be: half the mean, half the share.
    scores = {movie_id: score for movie_id, score, _ in five.search("heist train", 10)}
    assert scores["heist"] == pytest.approx(scores["both"] / 4, abs=1e-3)
    assert scores["heist"] == pytest.approx(scores["train"], abs=1e-3)


def test_a_keyword_scores_as_worked_by_hand(tmp_path):
    made = stories(tmp_path, told("reef", ["shark"]), told("opera", ["soprano"]))
    # The keyword (1) is met, and its word beside it (0.9, for nothing has it stronger):
    # 1 x (1 - 0.15 x exp(-0.9)).
    assert made.search("shark", 5) == [("reef", 0.939, ["shark"])]


def test_a_related_word_finds_less_than_the_word(tmp_path):
    made = stories(
        tmp_path, told("sea", ["sea"]), told("ocean", ["ocean"]), told("desert", ["desert"])
    )
    (sea, most, _), (ocean, less, terms) = made.search("sea", 10)
    assert (sea, ocean) == ("sea", "ocean")
    assert less < most / 2
    assert terms == ["ocean"]


def test_both_ideas_by_related_words_go_before_one_of_them_exactly(tmp_path):
    made = stories(
        tmp_path,
        told("grief", ["grief"]),
        told("near", ["mourning", "ocean"]),
        told("sea", ["sea"]),
        told("desert", ["desert"]),
    )
    assert ids(made.search("grief and the sea", 10))[0] == "near"


def test_a_film_that_is_about_it_goes_before_one_that_has_it(tmp_path):
    words = Thesaurus.of({"groups": ["boxing, boxer, ring"]})
    made = stories(
        tmp_path,
        told("aside", ["boxing", "diner"]),
        told("about", ["boxing", "boxer", "ring"]),
        words=words,
    )
    assert ids(made.search("boxing", 10)) == ["about", "aside"]


@pytest.mark.parametrize("query", ["comedies", "funny", "A comedy"])
def test_a_genre_is_found_by_its_names(tmp_path, query):
    made = stories(tmp_path, told("a", ["sun"], genres=["comedy"]), told("b", ["fog"]))
    assert made.search(query, 10)[0][2] == ["comedy"]
    assert ids(made.search(query, 10)) == ["a"]


def test_country_decade_and_genre_are_ideas_like_others(tmp_path):
    made = stories(
        tmp_path,
        told("right", ["rain"], genres=["romance"], year=1964, countries=("France",)),
        told("late", ["rain"], genres=["romance"], year=1994, countries=("France",)),
        told("else", ["rain"], genres=["romance"], year=1964, countries=("Japan",)),
        told("war", ["rain"], genres=["war"], year=1944, countries=("Poland",)),
    )
    found = made.search("french romance in the 1960s", 10)
    assert ids(found)[0] == "right"
    assert found[0][2] == ["France", "romance", "1960s"]
    assert "war" not in ids(found)


def test_people_are_found_beside_a_story(tmp_path):
    made = stories(
        tmp_path,
        told("wanted", ["samurai"], directors=("Akira Kurosawa",)),
        told("other", ["samurai"]),
    )
    found = made.search("kurosawa samurai", 10)
    assert found[0][0] == "wanted"
    assert found[0][2] == ["Kurosawa", "samurai"]


def test_a_keyword_of_two_words_is_met_whole_or_by_its_words(tmp_path):
    made = stories(
        tmp_path,
        told("whole", ["haunted house"]),
        told("parts", ["haunted", "house"]),
        told("one", ["house"]),
        told("none", ["opera"]),
    )
    # A house alone is too little beside a haunted one.
    assert ids(made.search("haunted houses", 10)) == ["whole", "parts"]


def test_a_word_is_found_while_it_is_typed(five):
    assert set(ids(five.search("hei", 10))) == {"both", "heist", "passing"}
    assert five.search("hei ", 10) == []
    assert five.search("he", 10) == []


def test_a_word_that_no_film_has_hides_nothing(five):
    assert set(ids(five.search("zzgrb heist", 10))) == {"both", "heist", "passing"}


@pytest.mark.parametrize("query", ["", "  ", "the", "zzgrb", "?!", "'", "ﷺ", "\x00", "\ud800"])
def test_nothing_known_finds_nothing(five, query):
    assert five.search(query, 10) == []


def test_count_cuts_and_none_is_none(five):
    everything = five.search("heist train", 10)
    assert five.search("heist train", 2) == everything[:2]
    assert five.search("heist train", 0) == []
    with pytest.raises(InvalidInput, match="count must be at least 0, got -1"):
        five.search("heist", -1)


def test_equal_hits_keep_the_order_of_the_catalogue(tmp_path):
    made = stories(tmp_path, *(told(f"film-{i}", ["shark"]) for i in range(5)))
    assert ids(made.search("shark", 5)) == [f"film-{i}" for i in range(5)]


def test_facets_count_in_no_nearness_and_no_reason(tmp_path):
    here = told("a", ["sun"], genres=["war"], year=1964, countries=("France",))
    near = told("b", ["fog"], genres=["crime"], year=1964, countries=("France",))
    PlotRecommender.build([here, near], {}, tmp_path)
    (only,) = PlotRecommender.load(tmp_path).recommend("a", 5)
    assert only.score == 0
    assert only.evidence["terms"] == []


def test_an_index_without_facets_or_films_is_searched_all_the_same(tmp_path):
    from scipy.sparse import csr_matrix

    counts = csr_matrix(np.array([[3.0, 1.0]], dtype=np.float32))
    PlotRecommender.write(["a"], ["kw:shark", "shark"], ["shark", "shark"], counts, tmp_path)
    assert ids(PlotRecommender.load(tmp_path).stories(WORDS).search("shark", 5)) == ["a"]


def test_a_large_catalogue_is_looked_at_in_part(tmp_path, monkeypatch):
    monkeypatch.setattr(story_search, "_MOST_CANDIDATES", 20)
    made = stories(
        tmp_path,
        *(told(f"plain-{i}", ["shark"]) for i in range(60)),
        told("rare", ["shark", "opera"]),
    )
    # The rarest list is taken first, so what has every idea is among the candidates.
    found = made.search("shark opera", 50)
    assert found[0][0] == "rare"
    assert len(found) <= 20


@pytest.fixture(scope="module")
def embedded(tmp_path_factory):
    folder = tmp_path_factory.mktemp("stories")
    PlotRecommender.build(load_films(Settings({}).films_dir), {}, folder)
    return PlotRecommender.load(folder).stories(Thesaurus.load())


@pytest.mark.parametrize(
    ("query", "wanted", "among"),
    [
        ("heist on a train", {"butch-cassidy-and-the-sundance-kid-1969"}, 3),
        ("grief and the sea", {"song-of-the-sea-2014"}, 3),
        ("robot who falls in love", {"wall-e-2008", "her-2013"}, 4),
        ("boxing", {"raging-bull-1980", "rocky-1976"}, 8),
        ("time travel comedy", {"back-to-the-future-1985"}, 3),
        ("french romance in the 1960s", {"the-umbrellas-of-cherbourg-1964"}, 5),
        ("korean thriller", {"oldboy-2003", "memories-of-murder-2003"}, 5),
        ("sci-fi in the desert", {"dune-2021"}, 5),
        ("lonely taxi driver in new york", {"taxi-driver-1976"}, 1),
        ("movies about chess", {"the-seventh-seal-1957"}, 1),
        ("funny ghosts", {"ghostbusters-1984"}, 5),
    ],
)
def test_what_people_ask_for_is_found(embedded, query, wanted, among):
    assert wanted <= set(ids(embedded.search(query, among)))


def test_a_search_takes_milliseconds(embedded):
    queries = ["grief and the sea", "lonely taxi driver in new york", "ww2 resistance in paris"]
    best = []
    for query in queries:
        times = []
        for _ in range(7):
            started = time.perf_counter()
            embedded.search(query, 20)
            times.append(time.perf_counter() - started)
        best.append(min(times))
    # 5 ms is the goal; four times as much on a machine that does other things too.
    assert max(best) < 0.02


_SAID = st.lists(
    st.sampled_from(
        "heist train the sea grief love french 1960s comedies zz a of robot 60s time travel "
        "new york ' - 1999 sci-fi ocean's".split(" ")
    ),
    max_size=10,
).map(" ".join)


@settings(max_examples=150, deadline=None)
@given(query=_SAID | st.text(max_size=60), count=st.integers(0, 30))
def test_any_query_gives_hits_in_order_without_doubles(embedded, query, count):
    found = embedded.search(query, count)
    scores = [score for _, score, _ in found]
    assert len(found) <= count
    assert len(set(ids(found))) == len(found)
    assert scores == sorted(scores, reverse=True)
    assert all(0 < score <= 1 for score in scores)
    assert all(terms and all(terms) and len(terms) == len(set(terms)) for _, _, terms in found)
    assert embedded.search(query, count) == found


@settings(max_examples=60, deadline=None)
@given(query=_SAID, count=st.integers(1, 10))
def test_a_short_answer_is_the_beginning_of_a_long_one(embedded, query, count):
    assert embedded.search(query, count) == embedded.search(query, 40)[:count]
