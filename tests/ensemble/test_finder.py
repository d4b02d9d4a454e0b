"""Titles first, then stories; one part may be away."""

import asyncio

from backend.ensemble.finder import Finder
from tests.catalog.records import catalogue_of, film

CATALOGUE = catalogue_of(
    [
        film("the-searchers-1956", title="The Searchers", year=1956),
        film("song-of-the-sea-2014", title="Song of the Sea", year=2014),
        film("tokyo-story-1953", title="Tokyo Story", year=1953),
        film("solaris-1972", title="Solaris", year=1972),
    ]
)
HITS = [
    ("song-of-the-sea-2014", 0.9, ["sea"]),
    ("tokyo-story-1953", 0.6, ["widow", "sea"]),
    ("gone-1999", 0.5, ["sea"]),
    ("solaris-1972", 0.4, ["ocean"]),
]


def find(query, limit=10, stories=HITS, deadline_s=0.5, asked=None):
    async def search(text, count):
        if asked is not None:
            asked.append((text, count))
        if isinstance(stories, Exception):
            raise stories
        if stories == "late":
            await asyncio.sleep(30)
        return stories[:count]

    finder = Finder(CATALOGUE, "plot", None if stories is None else search, deadline_s)
    return asyncio.run(finder.find(query, limit))


def ids(answer):
    return [movie["id"] for movie in answer["movies"]]


def test_titles_with_the_whole_word_then_others_then_stories_without_doubles():
    answer = find("sea")
    assert ids(answer) == [
        "song-of-the-sea-2014",
        "the-searchers-1956",
        "tokyo-story-1953",
        "solaris-1972",
    ]
    assert [movie["match"] for movie in answer["movies"]] == [
        {"kind": "title", "terms": [], "score": 1.0},
        {"kind": "title", "terms": [], "score": 1.0},
        {"kind": "story", "terms": ["widow", "sea"], "score": 0.6},
        {"kind": "story", "terms": ["ocean"], "score": 0.4},
    ]
    assert answer["missing"] == []
    assert answer["query"] == "sea"


def test_a_film_as_cards_show_it_has_all_its_keys():
    (first, *_) = find("sea")["movies"]
    assert {"title", "year", "poster", "palette", "match"} <= set(first)
    assert "match" not in CATALOGUE.summary(first["id"])


def test_a_film_that_left_the_catalogue_is_left_out_and_not_counted():
    answer = find("sea")
    assert "gone-1999" not in ids(answer)
    assert answer["total"] == 4


def test_the_limit_keeps_room_for_stories():
    assert ids(find("sea", limit=1)) == ["song-of-the-sea-2014"]
    assert ids(find("sea", limit=2)) == ["song-of-the-sea-2014", "the-searchers-1956"]
    assert ids(find("se", limit=3, stories=[("solaris-1972", 0.5, ["sea"])]))[-1] == "solaris-1972"


def test_without_stories_there_are_titles():
    answer = find("sea", stories=None)
    assert ids(answer) == ["song-of-the-sea-2014", "the-searchers-1956"]
    assert answer["missing"] == []


def test_a_story_search_that_fails_is_named_and_titles_come():
    answer = find("sea", stories=RuntimeError("no index"))
    assert ids(answer) == ["song-of-the-sea-2014", "the-searchers-1956"]
    assert answer["missing"] == [{"source": "plot", "why": "plot failed: RuntimeError"}]


def test_a_story_search_that_is_late_is_not_waited_for():
    answer = find("sea", stories="late", deadline_s=0.02)
    assert len(answer["movies"]) == 2
    assert answer["missing"] == [
        {"source": "plot", "why": "plot gave no answer within 20 ms"},
    ]


def test_nothing_but_spaces_asks_nobody():
    asked = []
    assert find("   ", asked=asked) == {"query": "", "movies": [], "total": 0, "missing": []}
    assert asked == []


def test_the_query_is_passed_on_without_its_edges():
    asked = []
    find("  sea  ", asked=asked)
    assert [text for text, _ in asked] == ["sea"]
