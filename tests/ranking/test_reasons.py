from __future__ import annotations

import numpy as np
import pytest

from backend.catalog.schema import GENRES
from backend.ranking.features import extract_features
from backend.ranking.interactions import Interaction
from backend.ranking.items import BLOCKS, build_items
from backend.ranking.reasons import GENRE_WORDS, reasons_for

from .films import catalogue, film


def reason(liked, candidate, block, others=()):
    """The reason for `candidate` to one who liked `liked`, when only `block` counts."""
    items = build_items([liked, candidate, *others], {})
    user = extract_features("u", [Interaction(liked.id, 1.0)], items, np.zeros(items.width))
    weighted = np.zeros(items.width)
    weighted[items.columns[block]] = user.vector[items.columns[block]]
    return reasons_for(user, weighted, [items.row_of[candidate.id]], items)[0]


OTHER = film("z", ["horror"], 2020, "Zed", "Japan", ["ghost"], "Japanese")
ANOTHER = film("y", ["horror"], 2021, "Yan", "Japan", ["ghost"], "Japanese")


def test_every_genre_has_words():
    assert set(GENRE_WORDS) == GENRES


@pytest.mark.parametrize(
    ("block", "phrase"),
    [
        ("genres", "your taste for westerns"),
        ("decade", "your taste for the 1960s"),
        ("people", "you like films by Leone"),
        ("plot", "stories like A"),
    ],
)
def test_a_reason_names_what_is_shared(block, phrase):
    liked = film("a", ["western"], 1964, "Leone", "Italy", ["bounty"], "Italian")
    candidate = film("b", ["western"], 1966, "Leone", "Italy", ["bounty"], "Italian")
    assert reason(liked, candidate, block, [OTHER, ANOTHER]) == (block, phrase)


def test_a_place_is_a_country_or_a_language():
    liked = film("a", country="Italy", language="Italian")
    by_country = film("b", country="Italy", language="German")
    by_language = film("c", country="Austria", language="silent")
    silent = film("d", country="Spain", language="silent")
    assert reason(liked, by_country, "place", [OTHER, ANOTHER])[1] == (
        "your taste for films from Italy"
    )
    assert reason(by_language, silent, "place", [OTHER, ANOTHER])[1] == (
        "your taste for silent films"
    )


def test_a_film_that_shares_nothing_is_only_popular():
    liked = film("a", ["western"], keywords=["bounty"])
    assert reason(liked, OTHER, "genres", [ANOTHER]) == ("popularity", "a test-audience favourite")


def test_a_genre_is_only_named_when_the_film_has_it(trained):
    films, _ = catalogue(96)
    genres = {film.id: film.genres for film in films}
    words = {phrase: genre for genre, phrase in GENRE_WORDS.items()}
    named = 0
    for start in range(0, 96, 5):
        history = [Interaction(trained.items.ids[(start + 3 * k) % 96], k) for k in range(8)]
        for ranked in trained.rank([trained.features("u", history)], [40])[0]:
            assert ranked.block in BLOCKS
            if ranked.block == "genres":
                assert (
                    words[ranked.reason.removeprefix("your taste for ")] in genres[ranked.item_id]
                )
                named += 1
    assert named > 20


def test_a_stranger_is_told_of_no_taste_of_theirs(trained):
    reasons = {ranked.reason for ranked in trained.rank([trained.features("x", [])], [96])[0]}
    assert reasons <= {"a test-audience favourite", "close to the average taste"}
