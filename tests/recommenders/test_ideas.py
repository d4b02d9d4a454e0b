"""What a query asks for."""

import pytest

from backend.recommenders.ideas import MOST_IDEAS, ideas_of
from backend.recommenders.thesaurus import Thesaurus

WORDS = Thesaurus.of(
    {
        "groups": ["sea, ocean, genre:adventure", "time travel, time machine"],
        "same": {"sci fi": "science fiction", "fall in love": "love"},
        "genres": {"comedy": "funny"},
        "countries": {"France": "french"},
    }
)


def ideas(query, *known):
    return ideas_of(query, WORDS, set(known).__contains__)


def texts(query, *known):
    return [idea.text for idea in ideas(query, *known)]


def direct(idea):
    return {one.name for one in idea.direct}


def test_filler_is_no_idea():
    assert texts("a movie about the sea and a robot who is there") == ["sea", "robot"]


def test_plurals_ask_for_the_singular():
    (idea,) = ideas("Wolves")
    assert {"wolf", "kw:wolf"} <= direct(idea)


def test_a_known_phrase_is_one_idea_with_its_words_as_parts():
    (idea,) = ideas("big heists on trains", "kw:heist on train")
    assert idea.text == "heists on trains"
    assert "kw:heist on train" in direct(idea)
    assert [part.text for part in idea.parts] == ["heists", "trains"]


def test_a_phrase_that_nobody_knows_is_its_words():
    assert texts("heist on a train") == ["heist", "train"]


def test_an_article_before_a_keyword_makes_no_phrase():
    assert texts("the sea", "kw:the sea") == ["sea"]


@pytest.mark.parametrize("query", ["comedies", "comedy", "funny", "Funny films"])
def test_genres_have_plurals_and_other_names(query):
    (idea,) = ideas(query)
    assert "genre:comedy" in direct(idea)


@pytest.mark.parametrize("query", ["sci-fi", "sci fi", "science fiction", "Science-Fiction"])
def test_science_fiction_is_one_genre_however_it_is_written(query):
    (idea,) = ideas(query)
    assert "genre:science fiction" in direct(idea)


@pytest.mark.parametrize(
    ("query", "decade"),
    [
        ("1960s", "1960s"),
        ("the 60s", "1960s"),
        ("’60s", "1960s"),
        ("1960's", "1960s"),
        ("Sixties", "1960s"),
        ("the 20s", "1920s"),
        ("10s", "2010s"),
        ("2000s", "2000s"),
    ],
)
def test_decades(query, decade):
    (idea,) = ideas(query)
    assert direct(idea) == {f"decade:{decade}"}


def test_a_year_is_a_year_or_a_word():
    (idea,) = ideas("1968")
    assert {"year:1968", "1968", "kw:1968"} <= direct(idea)


def test_a_demonym_is_a_country_a_language_or_a_word():
    (idea,) = ideas("French")
    assert {"country:france", "language:french", "french"} <= direct(idea)


def test_a_country_of_two_words_is_one_idea():
    (idea,) = ideas("south korea", "country:south korea")
    assert "country:south korea" in direct(idea)


def test_related_words_weigh_less_than_the_word():
    (idea,) = ideas("sea")
    assert {one.name for one in idea.related} == {"kw:ocean", "ocean", "genre:adventure"}
    strongest = max(one.weight for one in idea.related)
    assert strongest < min(one.weight for one in idea.direct)


def test_phrases_are_exchanged_for_what_stands_for_them():
    assert texts("robot who falls in love") == ["robot", "love"]


def test_the_last_word_may_be_unfinished():
    assert [idea.unfinished for idea in ideas("train hei")] == [False, True]
    assert [idea.unfinished for idea in ideas("train hei ")] == [False, False]


def test_only_stop_words_ask_for_a_keyword_of_just_them():
    assert texts("night") == []
    assert texts("Night", "kw:night") == ["Night"]


def test_another_script_asks_for_a_keyword():
    (idea,) = ideas("夢", "kw:夢")
    assert direct(idea) == {"kw:夢"}


def test_each_idea_counts_once_and_there_is_a_limit():
    assert texts("robot robot robot") == ["robot"]
    assert len(ideas(" ".join(f"word{chr(97 + i)}" for i in range(26)))) == MOST_IDEAS


def test_an_unknown_compound_is_its_parts():
    assert texts("robot-train") == ["robot", "train"]
    assert texts("time-travel") == ["time travel"]
