from __future__ import annotations

import pytest

from backend.ranking.personas import LAST_DAY, make_personas

from .films import catalogue


@pytest.fixture(scope="module")
def personas():
    return make_personas(*catalogue(120), count=30, seed=1)


def test_the_same_seed_makes_the_same_personas(personas):
    assert make_personas(*catalogue(120), count=30, seed=1) == personas
    assert make_personas(*catalogue(120), count=30, seed=2) != personas


def test_every_persona_says_that_it_is_synthetic(personas):
    assert [persona.user_id for persona in personas[:2]] == ["persona-001", "persona-002"]
    assert all(persona.synthetic for persona in personas)
    assert all(persona.label.startswith("Synthetic persona") for persona in personas)


def test_histories_are_a_year_of_15_to_60_likes_in_order_without_repetition():
    for persona in make_personas(*catalogue(260), count=20, seed=1):
        films = [like.movie_id for like in persona.likes]
        times = [like.at for like in persona.likes]
        assert 15 <= len(films) <= 60
        assert len(set(films)) == len(films)
        assert times == sorted(times)
        assert LAST_DAY - 365 * 86_400 <= times[0] <= times[-1] <= LAST_DAY


def test_a_small_catalogue_is_never_used_up():
    assert all(len(user.likes) <= 5 for user in make_personas(*catalogue(20), count=5, seed=1))


def test_likes_are_credited_to_both_sources(personas):
    credits = {like.source for persona in personas for like in persona.likes}
    assert credits == {"color", "plot"}


def test_personas_like_their_favourite_genre_more_than_chance(personas):
    films, _ = catalogue(120)
    genres = {film.id: film.genres for film in films}
    shares = []
    for persona in personas:
        favourite = persona.label.split(": ")[1].split(" and ")[0].split(",")[0]
        liked = [favourite in genres[like.movie_id] for like in persona.likes]
        base = sum(favourite in names for names in genres.values()) / len(genres)
        shares.append(sum(liked) / len(liked) - base)
    assert sum(shares) / len(shares) > 0.1
