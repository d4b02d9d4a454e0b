"""`/rec` on a real Serve: slates, likes, sessions, and every refusal."""

from __future__ import annotations

import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.system import System, assert_problem

pytestmark = pytest.mark.cluster
START = "alien-1979"


@pytest.fixture
def key() -> str:
    return f"test-{uuid.uuid4().hex}"


def slate(system: System, key: str, liked_id: str = START, **more: object) -> dict:
    response = system.get("/rec/ensemble", liked_id=liked_id, session_key=key, **more)
    assert response.status_code == 200, response.text
    return response.json()


def film_from(answer: dict, source: str) -> str:
    return next(slot["movie_id"] for slot in answer["slots"] if slot["source"] == source)


class TestSlate:
    def test_has_the_keys_of_the_contract(self, system, key):
        answer = slate(system, key)
        assert answer["session_key"] == key
        assert answer["policy"] == "preference"
        assert answer["dist"] == {"color": 0.5, "plot": 0.5}
        assert [movie["id"] for movie in answer["ids"]] == list(answer["sources"])
        assert [slot["position"] for slot in answer["slots"]] == list(range(1, 11))
        for slot in answer["slots"]:
            assert answer["sources"][slot["movie_id"]] == slot["source"]
            assert 0 < slot["propensity"] <= 1
            assert 0 <= slot["score"] <= 1
            assert slot["reason"]
        assert set(answer["timings_ms"]) == {"sources", "store", "total"}
        assert answer["missing"] == []
        assert answer["recorded"] is True

    def test_never_shows_the_liked_film(self, system, key):
        assert START not in slate(system, key, count=50)["sources"]

    @pytest.mark.parametrize("count", [1, 7, 50])
    def test_has_exactly_count_films(self, system, key, count):
        answer = slate(system, key, count=count)
        assert len(answer["ids"]) == len({movie["id"] for movie in answer["ids"]}) == count

    def test_every_prefix_is_within_one_of_the_weights(self, system, key):
        answer = slate(system, key)
        for _ in range(6):
            answer = slate(system, key, film_from(answer, "color"))
            sources = [slot["source"] for slot in answer["slots"]]
            for k in range(1, 11):
                shown = sources[:k].count("color")
                assert abs(shown - answer["dist"]["color"] * k) < 1 + 1e-9

    def test_without_a_session_key_the_server_makes_one(self, system):
        first, second = (system.get("/rec/ensemble", liked_id=START).json() for _ in range(2))
        assert len(first["session_key"]) >= 16
        assert first["session_key"] != second["session_key"]


class TestOneSource:
    @pytest.mark.parametrize("source", ["color", "plot"])
    def test_is_best_first_without_the_liked_film(self, system, source):
        films = system.get(f"/rec/{source}", liked_id=START, count=12).json()
        scores = [film["score"] for film in films]
        assert len(films) == 12
        assert scores == sorted(scores, reverse=True)
        assert START not in [film["id"] for film in films]
        assert all(film["reason"] for film in films)

    def test_an_unknown_source_is_refused(self, system):
        assert_problem(system.get("/rec/taste", liked_id=START), 404, "source")


class TestLikes:
    def test_the_seed_loop_moves_the_mix_towards_colour(self, system, key):
        answer = slate(system, key)
        mixes = [answer["dist"]["color"]]
        for _ in range(5):
            for movie_id, source in answer["sources"].items():  # noqa: B007
                if source == "color":
                    break
            answer = slate(system, key, movie_id)
            mixes.append(answer["dist"]["color"])
        assert mixes == sorted(set(mixes))
        assert len(system.get(f"/rec/sessions/{key}").json()["likes"]) == 5

    def test_the_same_like_five_times_at_once_counts_once(self, system, key):
        answer = slate(system, key)
        body = {
            "session_key": key,
            "ranking_id": answer["ranking_id"],
            "movie_id": film_from(answer, "plot"),
        }
        with ThreadPoolExecutor(5) as pool:
            answers = list(pool.map(lambda _: system.post("/rec/likes", body).json(), range(5)))
        assert sorted(answer["counted"] for answer in answers) == [False] * 4 + [True]
        state = system.get(f"/rec/sessions/{key}").json()
        assert [like["movie_id"] for like in state["likes"]] == [body["movie_id"]]

    def test_a_refresh_never_counts_twice(self, system, key):
        film = film_from(slate(system, key), "color")
        answers = [slate(system, key, film) for _ in range(4)]
        assert [answer["like"]["counted"] for answer in answers] == [True, False, False, False]

    def test_a_stale_page_credits_the_ranking_it_shows(self, system, key):
        first = slate(system, key)
        second = slate(system, key)
        film = film_from(first, "color")
        slate(system, key, film, ranking_id=first["ranking_id"])
        like = system.get(f"/rec/sessions/{key}").json()["likes"][0]
        assert like["ranking_id"] == first["ranking_id"] != second["ranking_id"]

    def test_a_film_not_shown_in_that_ranking_is_refused(self, system, key):
        answer = slate(system, key)
        body = {"session_key": key, "ranking_id": answer["ranking_id"], "movie_id": START}
        assert_problem(system.post("/rec/likes", body), 409, "movie_id")
        body |= {"ranking_id": "never-made", "movie_id": answer["slots"][0]["movie_id"]}
        assert_problem(system.post("/rec/likes", body), 409, "ranking_id")
        assert system.get(f"/rec/sessions/{key}").json()["likes"] == []

    def test_liked_films_are_not_offered_again(self, system, key):
        answer = slate(system, key)
        liked = {START}
        for _ in range(4):
            film = answer["slots"][0]["movie_id"]
            liked.add(film)
            answer = slate(system, key, film)
            assert not liked & set(answer["sources"])


class TestSessions:
    def test_undo_takes_back_the_last_like_and_its_cards(self, system, key):
        first = slate(system, key)
        film = film_from(first, "color")
        slate(system, key, film)
        undone = requests_post(system, f"/rec/sessions/{key}/undo")
        assert undone["undone"]["movie_id"] == film
        assert undone["ranking"]["ranking_id"] == first["ranking_id"]
        assert [s["reason"] for s in undone["ranking"]["slots"]] == [
            s["reason"] for s in first["slots"]
        ]
        assert undone["dist"] == {"color": 0.5, "plot": 0.5}

    def test_nothing_to_undo_is_refused(self, system, key):
        assert_problem(system.post(f"/rec/sessions/{key}/undo", {}), 409, "session_key")

    def test_reset_forgets_everything(self, system, key):
        slate(system, key, film_from(slate(system, key), "plot"))
        import requests

        assert requests.delete(f"{system.api}/rec/sessions/{key}", timeout=20).json()["reset"]
        state = system.get(f"/rec/sessions/{key}").json()
        assert state["likes"] == []
        assert state["ranking"] is None
        assert state["anchor"] is None

    def test_state_tells_history_and_the_ranking_on_screen(self, system, key):
        answer = slate(system, key)
        answer = slate(system, key, film_from(answer, "plot"))
        state = system.get(f"/rec/sessions/{key}").json()
        assert [point["number"] for point in state["history"]] == [0, 1]
        assert state["history"][1]["dist"] == answer["dist"] == state["dist"]
        assert state["history"][1]["title"]
        assert state["ranking"]["slots"] == answer["slots"]
        assert state["likes_by_source"] == {"color": 0, "plot": 1}


def requests_post(system: System, path: str) -> dict:
    response = system.post(path, {})
    assert response.status_code == 200, response.text
    return response.json()


class TestRefusals:
    @pytest.mark.parametrize(
        ("parameters", "status", "field"),
        [
            ({"liked_id": "no-such-film"}, 404, "liked_id"),
            ({}, 422, "liked_id"),
            ({"liked_id": START, "count": 0}, 422, "count"),
            ({"liked_id": START, "count": "ten"}, 422, "count"),
            ({"liked_id": START, "count": 10**9}, 422, "count"),
            ({"liked_id": START, "session_key": "a b"}, 422, "session_key"),
            ({"liked_id": START, "session_key": "k" * 65}, 422, "session_key"),
            ({"liked_id": START, "session_key": "../etc/passwd"}, 422, "session_key"),
            ({"liked_id": START, "policy": "best"}, 422, "policy"),
            ({"liked_id": "x" * 500}, 422, "liked_id"),
            ({"liked_id": "' OR 1=1 --"}, 404, "liked_id"),
        ],
    )
    def test_bad_queries_name_the_field(self, system, parameters, status, field):
        assert_problem(system.get("/rec/ensemble", **parameters), status, field)

    @pytest.mark.parametrize(
        ("body", "status", "field"),
        [
            (None, 422, "body"),
            ([], 422, "body"),
            ({}, 422, "session_key"),
            ({"session_key": "k", "ranking_id": "r"}, 422, "movie_id"),
            ({"session_key": 5, "ranking_id": "r", "movie_id": "m"}, 422, "session_key"),
            ({"session_key": "k", "ranking_id": "r", "movie_id": "m", "x": 1}, 422, "x"),
            ({"session_key": "k", "ranking_id": "r", "movie_id": "no-film"}, 404, "movie_id"),
        ],
    )
    def test_bad_likes_name_the_field(self, system, body, status, field):
        assert_problem(system.post("/rec/likes", body), status, field)

    def test_a_body_that_is_no_json_is_refused(self, system):
        import requests

        response = requests.post(
            f"{system.api}/rec/likes",
            data=b"{not json",
            headers={"content-type": "application/json"},
            timeout=20,
        )
        assert_problem(response, 422, "body")

    def test_a_body_that_is_too_large_is_refused(self, system):
        body = {"session_key": "k", "ranking_id": "r", "movie_id": "m" * 20_000}
        assert_problem(system.post("/rec/likes", body), 413, "body")

    def test_unknown_routes_and_methods_are_problems_too(self, system):
        import requests

        assert_problem(system.get("/rec/movies/no-such-film"), 404, "movie_id")
        assert_problem(system.get("/no/such/route"), 404)
        assert_problem(requests.put(f"{system.api}/rec/likes", timeout=20), 405)


class TestCatalogue:
    def test_pages_through_all_films(self, system):
        first = system.get("/rec/movies", limit=5).json()
        second = system.get("/rec/movies", limit=5, offset=5).json()
        assert first["total"] >= 120
        assert not {m["id"] for m in first["movies"]} & {m["id"] for m in second["movies"]}

    def test_search_finds_titles_without_accents_and_case(self, system):
        assert system.get("/rec/movies", query="AMELIE").json()["movies"][0]["id"] == "amelie-2001"

    @pytest.mark.parametrize(
        ("query", "wanted", "term"),
        [
            ("heist on a train", "butch-cassidy-and-the-sundance-kid-1969", "train"),
            ("grief and the sea", "song-of-the-sea-2014", "grief"),
            ("time travel comedy", "back-to-the-future-1985", "time travel"),
        ],
    )
    def test_free_words_find_stories_and_say_why(self, system, query, wanted, term):
        answer = system.get("/rec/search", query=query, limit=5).json()
        films = {film["id"]: film for film in answer["movies"]}
        assert len(films) == len(answer["movies"]) <= 5
        assert answer["missing"] == []
        assert answer["total"] >= len(films)
        assert films[wanted]["poster"]
        assert films[wanted]["match"]["kind"] == "story"
        assert term in films[wanted]["match"]["terms"]

    def test_titles_go_before_stories(self, system):
        films = system.get("/rec/search", query="alien", limit=12).json()["movies"]
        kinds = [film["match"]["kind"] for film in films]
        assert films[0]["id"] == START
        assert kinds == sorted(kinds, key=["title", "story"].index)
        assert set(kinds) == {"title", "story"}

    def test_words_that_nobody_knows_find_nothing(self, system):
        answer = system.get("/rec/search", query="zzgrbl '\"*:( -- <b>").json()
        assert (answer["movies"], answer["total"]) == ([], 0)

    @pytest.mark.parametrize(
        ("parameters", "field"),
        [
            ({}, "query"),
            ({"query": ""}, "query"),
            ({"query": "x" * 201}, "query"),
            ({"query": "sea", "limit": 0}, "limit"),
            ({"query": "sea", "limit": 51}, "limit"),
        ],
    )
    def test_a_search_out_of_range_is_refused(self, system, parameters, field):
        assert_problem(system.get("/rec/search", **parameters), 422, field)

    def test_one_film_has_everything(self, system):
        film = system.get(f"/rec/movies/{START}").json()
        assert film["directors"] == ["Ridley Scott"]
        assert film["synopsis"]
        assert sum(swatch["share"] for swatch in film["palette"]) == pytest.approx(1, abs=0.01)

    def test_posters_may_be_kept_for_ever(self, system):
        film = system.get(f"/rec/movies/{START}").json()
        picture = system.get(film["poster"])
        assert picture.headers["content-type"] == "image/webp"
        assert "immutable" in picture.headers["cache-control"]
        assert picture.content[:4] == b"RIFF"
        drawing = system.get(film["poster_svg"])
        assert drawing.headers["content-type"].startswith("image/svg+xml")

    @pytest.mark.parametrize("name", ["nope.webp", "alien-1979.png", "alien-1979", "..%2Fx.webp"])
    def test_other_files_are_not_served(self, system, name):
        assert system.get(f"/rec/posters/{name}").status_code == 404

    def test_starters_are_different_films_of_many_decades(self, system):
        films = system.get("/rec/starters", count=12).json()["movies"]
        assert len({film["id"] for film in films}) == 12
        assert len({film["year"] // 10 for film in films}) >= 6
