"""Plot: nearness of stories by the words they share."""

from dataclasses import replace
from math import log, sqrt

import pytest

from backend.recommenders.plot import PlotRecommender
from backend.recommenders.terms import STOP_WORDS
from tests.ranking.films import catalogue, film
from tests.recommenders.contract import RecommenderContract, build


class TestPlotRecommender(RecommenderContract):
    recommender = PlotRecommender


def told(film_id, keywords, genre="drama", synopsis="And then there was one."):
    """A film of these keywords only: title and synopsis are stop words unless given."""
    return replace(film(film_id, [genre], keywords=keywords), title="Now", synopsis=synopsis)


def plots(folder, *films):
    return build(PlotRecommender, films, {}, folder)


def reason(folder, liked, other, *others):
    """Why `other` is recommended to one who likes `liked`."""
    answer = plots(folder, liked, other, *others).recommend(liked.id, 10)
    return next(candidate for candidate in answer if candidate.movie_id == other.id)


@pytest.fixture
def four(tmp_path):
    return plots(
        tmp_path,
        told("reef", ["shark"], "horror"),
        told("desert", ["caravan"], "western"),
        told("opera", ["soprano"], "horror"),
        told("bay", ["shark"], "thriller"),
    )


def test_four_films_score_as_worked_by_hand(four):
    # Each film has three terms: its keyword as a whole (weight 3), its word (1), a genre (1.5).
    # Sublinear: 1 + ln(weight). A term of one film of four: 1 + ln(5/2); of two: 1 + ln(5/3).
    whole, word, genre = 1 + log(3), 1.0, 1 + log(1.5)
    one, two = 1 + log(5 / 2), 1 + log(5 / 3)
    reef = two * sqrt(whole**2 + word**2 + genre**2)
    bay = sqrt(two**2 * (whole**2 + word**2) + (one * genre) ** 2)
    opera = sqrt(one**2 * (whole**2 + word**2) + (two * genre) ** 2)
    answer = {candidate.movie_id: candidate.score for candidate in four.recommend("reef", 3)}
    assert list(answer) == ["bay", "opera", "desert"]
    assert answer["bay"] == pytest.approx(two**2 * (whole**2 + word**2) / (reef * bay), abs=1e-4)
    assert answer["bay"] == pytest.approx(0.679, abs=1e-3)
    assert answer["opera"] == pytest.approx((two * genre) ** 2 / (reef * opera), abs=1e-4)
    assert answer["opera"] == pytest.approx(0.2226, abs=1e-3)
    assert answer["desert"] == 0


def test_a_shared_keyword_is_named(four):
    best = four.recommend("reef", 1)[0]
    assert best.reason == "in common: shark"
    assert best.evidence == {"kind": "terms", "terms": ["shark"]}


def test_a_shared_genre_is_named_when_no_keyword_is_shared(four):
    second = four.recommend("reef", 2)[1]
    assert second.reason == "both horror"
    assert second.evidence == {"kind": "terms", "terms": ["horror"]}


def test_nothing_in_common_is_said_so(four):
    last = four.recommend("reef", 3)[2]
    assert last.reason == "the nearest of few alike"
    assert last.evidence == {"kind": "terms", "terms": []}


def test_plural_and_singular_match(tmp_path):
    found = reason(tmp_path, told("a", ["wolf pack"]), told("b", ["wolves"]), told("c", ["opera"]))
    assert found.score > reason(tmp_path, told("a", ["wolf"]), told("c", ["opera"])).score
    assert found.reason in {"in common: wolf", "in common: wolves"}


def test_a_keyword_is_named_whole_and_its_words_not_again(tmp_path):
    found = reason(tmp_path, told("a", ["haunted house"]), told("b", ["haunted house"]))
    assert found.reason == "in common: haunted house"


def test_a_keyword_that_neither_film_has_is_not_named(tmp_path):
    stop = told("stop", ["bus stop"])
    found = reason(tmp_path, told("a", ["bus", "rain"]), told("b", ["bus", "sun"]), stop)
    assert found.reason == "in common: bus"


def test_a_half_shared_keyword_is_not_named_whole(tmp_path):
    found = reason(tmp_path, told("a", ["old age"]), told("b", ["coming of age"]))
    # Nor by the word that both have: nobody chose it as a keyword.
    assert found.reason == "both drama"


def test_a_word_of_a_keyword_is_named_when_it_is_a_keyword_somewhere(tmp_path):
    pair = told("a", ["shark attack"]), told("b", ["great white shark"])
    assert reason(tmp_path / "one", *pair).reason == "both drama"
    assert reason(tmp_path / "two", *pair, told("c", ["sharks"])).reason == "in common: sharks"


def test_a_general_word_is_named_as_a_shared_keyword_only(tmp_path):
    half = reason(tmp_path / "one", told("a", ["wife"]), told("b", ["wife's secret"]))
    assert half.reason == "both drama"
    whole = reason(tmp_path / "two", told("a", ["wife"]), told("b", ["wife"]))
    assert whole.reason == "in common: wife"


def test_one_and_many_are_named_once(tmp_path):
    words = ["dogs", "dog show", "dog"]
    assert reason(tmp_path, told("a", words), told("b", words)).reason.count("dog") == 1


def test_two_names_of_one_war_are_one_keyword(tmp_path):
    found = reason(tmp_path, told("a", ["second world war"]), told("b", ["World War II"]))
    assert found.reason.lower() == "in common: world war ii"


def test_stop_words_stand_in_no_reason(tmp_path):
    words = ["man's fate", "worlds apart", "last day", "the end of time"]
    shown = plots(tmp_path, told("a", words), told("b", words[::-1]))._shown
    alone = {form for form in shown if form and form not in words}
    assert alone == {"drama"}
    assert not alone & STOP_WORDS


def test_words_of_a_synopsis_bring_films_together_without_being_a_reason(tmp_path):
    near = told("b", ["sun"], "war", "A volcano erupts.")
    far = told("c", ["fog"], "crime", "A tunnel caves in.")
    made = plots(tmp_path, told("a", ["ice"], "drama", "Under the volcano."), far, near)
    first, second = made.recommend("a", 2)
    assert first.movie_id == "b"
    assert first.score > second.score == 0
    assert "volcano" not in first.reason


def test_at_most_three_terms_are_named(tmp_path):
    words = ["shark", "ferry", "storm", "island", "wreck"]
    found = reason(tmp_path, told("a", words), told("b", words))
    assert len(found.evidence["terms"]) == 3
    assert found.reason == "in common: " + ", ".join(found.evidence["terms"])


def test_the_same_story_scores_one(tmp_path):
    found = reason(tmp_path, told("a", ["shark"]), told("b", ["shark"]), told("c", ["opera"]))
    assert found.score == 1.0


def test_accents_make_no_difference(tmp_path):
    found = reason(tmp_path, told("a", ["café"]), told("b", ["cafe"]), told("c", ["opera"]))
    assert found.score == 1.0


def test_palettes_play_no_part_in_the_fingerprint():
    films, palettes = catalogue(3)
    assert PlotRecommender.fingerprint(films, palettes) == PlotRecommender.fingerprint(films, {})
