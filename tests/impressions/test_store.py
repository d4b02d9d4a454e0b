"""The store of one shard on a real log: durable, idempotent, bounded."""

import asyncio

import pytest

from backend.errors import Unavailable, UnknownImpression
from backend.impressions.database import make_engine
from backend.impressions.event_log import LikeReader
from backend.impressions.prune import prune
from backend.impressions.store import ImpressionStore, RankRequest
from backend.settings import Settings

COLOR = tuple(f"c{i}" for i in range(30))
PLOT = tuple(f"p{i}" for i in range(30))


@pytest.fixture
def config(tmp_path):
    return Settings({"DATA_DIR": str(tmp_path)})


def request(ranking_id: str, liked_id: str = "start", key: str = "s1", **changes) -> RankRequest:
    values = {
        "session_key": key,
        "ranking_id": ranking_id,
        "liked_id": liked_id,
        "liked_ranking_id": None,
        "policy": None,
        "count": 10,
        "candidates": {"color": COLOR, "plot": PLOT},
        "complete": frozenset(),
        "missing": {},
    }
    return RankRequest(**{**values, **changes})


def run(config, scenario, **arguments):
    """Run a scenario against a store of its own, closed afterwards."""

    async def body():
        store = ImpressionStore(config, **arguments)
        try:
            return await scenario(store)
        finally:
            store.close()

    return asyncio.run(body())


def film_of(answer, source):
    return next(slot["movie_id"] for slot in answer["slots"] if slot["source"] == source)


def test_a_slate_has_count_slots_and_even_shares_at_first(config):
    answer = run(config, lambda store: store.rank(request("r1")))
    assert len(answer["slots"]) == 10
    assert answer["dist"] == {"color": 0.5, "plot": 0.5}
    assert answer["shown"] == {"color": 5, "plot": 5}
    assert answer["like"] is None


def test_asking_with_a_film_that_was_shown_counts_once(config):
    async def scenario(store):
        first = await store.rank(request("r1"))
        film = film_of(first, "color")
        answers = [await store.rank(request(f"r{n}", film)) for n in range(2, 5)]
        return film, answers, await store.session("s1")

    film, answers, state = run(config, scenario)
    assert [answer["like"]["counted"] for answer in answers] == [True, False, False]
    assert {answer["like"]["ranking_id"] for answer in answers} == {"r1"}
    assert [like["movie_id"] for like in state["likes"]] == [film]
    assert answers[0]["dist"]["color"] == pytest.approx(0.05 + 0.9 * 2 / 3)
    assert all(film not in [s["movie_id"] for s in a["slots"]] for a in answers)


def test_a_named_ranking_is_credited_even_when_a_later_one_showed_the_film(config):
    async def scenario(store):
        # The same film by colour in the first ranking, by plot in the second.
        await store.rank(request("r1", count=1, candidates={"color": ("m1",)}, complete={"color"}))
        await store.rank(request("r2", count=1, candidates={"plot": ("m1",)}, complete={"plot"}))
        answer = await store.rank(request("r3", "m1", liked_ranking_id="r1"))
        return answer["like"]

    like = run(config, scenario)
    assert like == {"ranking_id": "r1", "movie_id": "m1", "source": "color", "counted": True}


def test_the_same_like_sent_five_times_at_once_counts_once(config):
    async def scenario(store):
        film = film_of(await store.rank(request("r1")), "plot")
        answers = await asyncio.gather(*(store.like("s1", "r1", film) for _ in range(5)))
        return answers, await store.session("s1")

    answers, state = run(config, scenario)
    assert sorted(answer["counted"] for answer in answers) == [False] * 4 + [True]
    assert {answer["likes"] for answer in answers} == {1}
    assert len(state["likes"]) == 1


def test_a_film_not_shown_in_the_ranking_is_refused_and_nothing_changes(config):
    async def scenario(store):
        await store.rank(request("r1"))
        with pytest.raises(UnknownImpression, match="movie_id"):
            await store.like("s1", "r1", "c29")
        with pytest.raises(UnknownImpression, match="ranking_id"):
            await store.rank(request("r2", "c0", liked_ranking_id="nope"))
        return await store.session("s1")

    state = run(config, scenario)
    assert state["likes"] == []
    assert state["ranking"]["ranking_id"] == "r1"


def test_a_new_process_finds_every_answered_like(config):
    async def click(store):
        film = "start"
        for n in range(6):
            answer = await store.rank(request(f"r{n}", film))
            film = film_of(answer, "color")
        await store.like("s1", "r5", film)
        return await store.session("s1")

    async def look(store):
        return await store.session("s1")

    before = run(config, click)
    after = run(config, look)
    assert len(before["likes"]) == 6
    assert after == before


def test_undo_and_reset_survive_a_new_process(config):
    async def click(store):
        film = film_of(await store.rank(request("r1")), "color")
        await store.rank(request("r2", film))
        undone = await store.undo("s1", "u1")
        await store.rank(request("r1", key="s2"))
        await store.reset("s2")
        return undone

    undone = run(config, click)
    assert undone["undone"]["number"] == 1
    assert undone["ranking"]["ranking_id"] == "r1"
    again = run(config, lambda store: store.session("s1"))
    assert again["likes"] == []
    assert again["ranking"]["ranking_id"] == "r1"
    assert run(config, lambda store: store.session("s2"))["ranking"] is None


def test_the_same_undo_sent_again_takes_back_nothing_more(config):
    async def click(store):
        first = film_of(await store.rank(request("r1")), "color")
        second = film_of(await store.rank(request("r2", first)), "color")
        await store.rank(request("r3", second))
        return first, [await store.undo("s1", "u1") for _ in range(2)]

    first, undone = run(config, click)
    assert undone[0] == undone[1]
    assert [like["movie_id"] for like in undone[0]["likes"]] == [first]
    assert run(config, lambda store: store.undo("s1", "u1")) == undone[0]


def test_a_held_like_is_not_counted_again_for_a_ranking_shown_in_between(config):
    # r1 shows m1; a like of m0 gives r2, which shows m1 too; undo; then m1 is liked on r1.
    async def scenario(store):
        films = ("m0", "m1", "m2")
        one = {"count": 3, "candidates": {"color": films}, "complete": {"color"}}
        await store.rank(request("r1", **one))
        await store.rank(request("r2", "m0", liked_ranking_id="r1", **one))
        await store.undo("s1", "u1")
        await store.rank(request("r3", "m1", liked_ranking_id="r1", **one))
        again = await store.rank(request("r4", "m1", **one))
        return again["like"], await store.session("s1")

    like, state = run(config, scenario)
    assert like["counted"] is False
    assert [held["movie_id"] for held in state["likes"]] == ["m1"]


def test_a_like_stays_known_when_its_ranking_is_forgotten(tmp_path):
    config = Settings({"DATA_DIR": str(tmp_path), "MAX_SESSION_RANKINGS": "2"})

    async def scenario(store):
        film = film_of(await store.rank(request("r1")), "color")
        await store.like("s1", "r1", film)
        for n in range(2, 6):
            await store.rank(request(f"r{n}"))
        return await store.like("s1", "r1", film)

    assert run(config, scenario)["counted"] is False


def test_a_request_sent_again_answers_the_same_ranking(config):
    async def scenario(store):
        return [await store.rank(request("r1")) for _ in range(2)], await store.session("s1")

    (first, second), state = run(config, scenario)
    assert first == second
    assert state["shown_total"] == {"color": 5, "plot": 5}


def test_a_click_sent_again_after_a_restart_answers_the_like_as_counted(config):
    async def click(store):
        film = film_of(await store.rank(request("r1")), "color")
        return film, await store.rank(request("r2", film, liked_ranking_id="r1"))

    film, first = run(config, click)
    second = run(config, lambda store: store.rank(request("r2", film, liked_ranking_id="r1")))
    assert first["like"]["counted"] is True
    assert second == first


def test_too_few_candidates_are_asked_for_before_anything_is_counted(config):
    async def scenario(store):
        film = film_of(await store.rank(request("r1")), "color")
        few = {"color": COLOR[:5], "plot": PLOT}
        answer = await store.rank(request("r2", film, candidates=few))
        return answer, await store.session("s1")

    answer, state = run(config, scenario)
    assert answer == {"more": True}
    assert state["likes"] == []


def test_idle_sessions_leave_memory_but_not_the_log(config):
    now = [0.0]

    async def scenario(store):
        film = film_of(await store.rank(request("r1")), "color")
        await store.like("s1", "r1", film)
        now[0] = 10_000.0
        for n in range(300):
            await store.rank(request("r1", key=f"other-{n}"))
        held = store.stats()["sessions"]
        return held, await store.session("s1")

    held, state = run(config, scenario, clock=lambda: now[0])
    assert held <= 300
    assert len(state["likes"]) == 1


def test_looking_at_a_session_does_not_keep_what_was_pruned_from_the_log(config):
    now = [0.0]

    async def scenario(store):
        film = film_of(await store.rank(request("r1")), "color")
        await store.like("s1", "r1", film)
        for _ in range(4):
            now[0] += 0.4 * config.session_ttl_s
            await store.session("s1")
        engine = make_engine(config.database_url)
        pruned = prune(engine, now[0] - config.session_ttl_s, pause_s=0).sessions
        engine.dispose()
        now[0] += config.session_ttl_s
        state = await store.session("s1")
        with pytest.raises(UnknownImpression):
            await store.like("s1", "r1", film)
        return pruned, state["likes"]

    assert run(config, scenario, clock=lambda: now[0]) == (1, [])


def test_looking_at_sessions_makes_none(config):
    async def scenario(store):
        for n in range(5):
            await store.session(f"ghost-{n}")
        return store.stats()["sessions"]

    assert run(config, scenario) == 0


def test_memory_holds_no_more_sessions_than_allowed(tmp_path):
    config = Settings({"DATA_DIR": str(tmp_path), "MAX_SESSIONS_PER_SHARD": "5"})

    async def scenario(store):
        for n in range(12):
            await store.rank(request("r1", key=f"s{n}"))
        return store.stats()["sessions"]

    assert run(config, scenario) <= 5


def test_the_history_tells_mix_and_shown_share_by_like(config):
    async def scenario(store):
        film = film_of(await store.rank(request("r1")), "color")
        await store.rank(request("r2", film))
        return await store.session("s1")

    history = run(config, scenario)["history"]
    assert [point["number"] for point in history] == [0, 1]
    assert history[0]["dist"] == {"color": 0.5, "plot": 0.5}
    assert history[0]["shown"] == {"color": 5, "plot": 5}
    assert history[1]["source"] == "color"
    assert sum(history[1]["shown"].values()) == 10


def test_the_policy_of_a_session_stays_until_another_is_asked_for(config):
    async def scenario(store):
        first = await store.rank(request("r1", policy="static"))
        second = await store.rank(request("r2"))
        third = await store.rank(request("r3", policy="classic"))
        return [answer["policy"] for answer in (first, second, third)]

    assert run(config, scenario) == ["static", "static", "classic"]


def test_another_default_policy_is_for_sessions_without_one(config):
    default = ["preference"]

    async def scenario(store):
        await store.rank(request("r1", key="shown"))
        await store.rank(request("r1", key="chosen", policy="static"))
        default[0] = "classic"
        answers = [await store.rank(request("r2", key=key)) for key in ("shown", "chosen", "new")]
        unseen = await store.session("unseen")
        await store.reset("shown")
        again = await store.rank(request("r3", key="shown"))
        return [answer["policy"] for answer in (*answers, unseen, again)]

    found = run(config, scenario, default_policy=lambda: default[0])
    assert found == ["preference", "static", "classic", "classic", "classic"]


def test_likes_of_a_session_are_read_without_those_taken_back(config):
    async def scenario(store):
        film = film_of(await store.rank(request("r1")), "color")
        answer = await store.rank(request("r2", film))
        other = film_of(answer, "plot")
        await store.like("s1", "r2", other)
        await store.undo("s1", "u1")
        return film

    film = run(config, scenario)
    likes = LikeReader(config.database_url).likes_of("s1")
    assert [(like.movie_id, like.source) for like in likes] == [("start", None), (film, "color")]


@pytest.mark.parametrize("steps", range(6))
def test_nobody_sees_a_like_whose_write_fails_however_closely_they_follow(config, steps):
    async def scenario(store):
        shown = await store.rank(request("r1"))
        mine, theirs = film_of(shown, "color"), film_of(shown, "plot")
        await other_writer(theirs)

        async def look():
            for _ in range(steps):
                await asyncio.sleep(0)
            return await store.session("s1")

        refused, seen = await asyncio.gather(
            store.like("s1", "r1", mine), look(), return_exceptions=True
        )
        assert isinstance(refused, Unavailable)
        return theirs, seen

    async def other_writer(film):
        other = ImpressionStore(config)
        await other.like("s1", "r1", film)
        other.close()

    theirs, seen = run(config, scenario)
    if not isinstance(seen, Unavailable):
        assert [like["movie_id"] for like in seen["likes"]] in ([], [theirs])
