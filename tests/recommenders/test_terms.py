"""Text as weighted terms."""

import pytest

from backend.recommenders.terms import (
    GENRE_WEIGHT,
    KEYWORD_WEIGHT,
    KEYWORD_WORD_WEIGHT,
    STOP_WORDS,
    film_terms,
    stem,
    words_of,
)
from tests.ranking.films import film


@pytest.mark.parametrize(
    ("plural", "singular"),
    [
        ("robots", "robot"),
        ("stories", "story"),
        ("witches", "witch"),
        ("boxes", "box"),
        ("princesses", "princess"),
        ("houses", "house"),
        ("spies", "spy"),
        ("lies", "lie"),
        ("movies", "movie"),
        ("zombies", "zombie"),
        ("shoes", "shoe"),
        ("slaves", "slave"),
        ("wolves", "wolf"),
        ("thieves", "thief"),
        ("children", "child"),
        ("heroes", "hero"),
        ("soldier's", "soldier"),
        ("soldiers’", "soldier"),
    ],
)
def test_plural_and_singular_are_one_term(plural, singular):
    assert stem(plural) == stem(singular)


@pytest.mark.parametrize("word", ["paris", "virus", "chess", "texas", "chaos", "news", "bus"])
def test_words_that_only_look_plural_stay(word):
    assert stem(word) == word


def test_words_are_folded_and_stop_words_dropped():
    assert words_of("The Café and its Señor, in 1968!") == ["cafe", "senor", "1968"]


def test_stop_words_in_another_ending_are_dropped():
    assert words_of("A man's worlds, everyone’s hands") == []


def test_hyphens_and_apostrophes_inside_a_word_stay():
    assert words_of("a stop-motion o'hara") == ["stop-motion", "o'hara"]


def test_text_without_words_gives_none():
    assert words_of("… 7 — !") == []


def test_stop_words_are_as_words_are_compared():
    assert all(word == word.lower().strip() for word in STOP_WORDS)


def test_a_keyword_counts_as_a_whole_and_by_its_words():
    weights, shown = film_terms(film("a", genres=["war"], keywords=["Haunted Houses"]))
    assert weights["kw:haunted house"] == KEYWORD_WEIGHT
    # Once in the keyword and once in the synopsis, which repeats the keywords.
    assert weights["haunted"] == weights["house"] == KEYWORD_WORD_WEIGHT + 1
    assert weights["genre:war"] == GENRE_WEIGHT
    assert shown["kw:haunted house"] == "Haunted Houses"
    assert shown["genre:war"] == "war"


def test_what_is_shown_is_a_word_as_people_write_it():
    _, shown = film_terms(film("a", keywords=["las vegas", "survivor's guilt"]))
    assert shown["vega"] == "vegas"
    assert shown["survivor"] == "survivor"


def test_words_of_title_and_synopsis_count_but_are_not_shown():
    weights, shown = film_terms(film("harbour"))
    assert weights["tale"] == 1
    assert "tale" not in shown
    assert weights["harbour"] == KEYWORD_WORD_WEIGHT + 2


@pytest.mark.parametrize(
    ("longer", "shorter"), [("bus stop", "bus"), ("old age", "coming of age"), ("one", "two")]
)
def test_keywords_that_differ_by_a_stop_word_are_two_terms(longer, shorter):
    first, _ = film_terms(film("a", keywords=[longer]))
    second, _ = film_terms(film("b", keywords=[shorter]))
    assert not {t for t in first if t.startswith("kw:")} & {t for t in second if t[:3] == "kw:"}


def test_a_keyword_in_another_script_is_a_term_of_its_own():
    weights, shown = film_terms(film("a", keywords=["夢"]))
    assert weights["kw:夢"] == KEYWORD_WEIGHT
    assert shown["kw:夢"] == "夢"
