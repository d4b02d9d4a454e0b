"""One request through sources and store, without a cluster."""

import asyncio
from typing import ClassVar

import pytest

from backend.ensemble.mixer import Mixer, Sources
from backend.errors import Unavailable, UnknownImpression
from backend.impressions.store import ImpressionStore
from backend.settings import Settings
from tests.catalog.records import catalogue_of, film

FILMS = [f"{source}-{number:02d}" for source in ("c", "p") for number in range(40)]
CATALOGUE = catalogue_of([film(film_id, title=film_id.upper()) for film_id in [*FILMS, "start"]])


class Source:
    """Films of one letter, best first; records the counts it was asked for."""

    def __init__(self, letter, delay_s=0.0, error=None, films=40):
        self.ids = [f"{letter}-{number:02d}" for number in range(films)]
        self.delay_s = delay_s
        self.error = error
        self.counts = []

    async def __call__(self, liked_id, count, explained=None):
        self.counts.append(count)
        await asyncio.sleep(self.delay_s)
        if self.error:
            raise self.error
        ids = [film_id for film_id in self.ids if film_id != liked_id]
        told = count if explained is None else explained
        return [
            (i, 0.9, f"reason of {i}" if at < told else None, {"kind": "terms"})
            for at, i in enumerate(ids[:count])
        ]


class Down:
    """A store that is away."""

    async def __call__(self, session_key, method, *arguments):
        raise Unavailable("the impression store is down")


def run(tmp_path, scenario, sources=None, store=None, deadline_s=0.5):
    """Run `scenario(mixer)` on a real store in `tmp_path`, unless another is given."""

    async def body():
        settings = Settings({"DATA_DIR": str(tmp_path)})
        shard = ImpressionStore(settings)

        async def call(session_key, method, *arguments):
            return await getattr(shard, method)(*arguments)

        asked = {"color": Source("c"), "plot": Source("p")} | (sources or {})
        mixer = Mixer(settings, CATALOGUE, Sources(asked, deadline_s), store or call)
        mixer.state = lambda key: call(key, "session", key)
        try:
            return await scenario(mixer)
        finally:
            shard.close()

    return asyncio.run(body())


def ask(mixer, liked_id="start", ranking_id=None, policy=None, count=10, key="s1"):
    return mixer.rank(key, liked_id, ranking_id, policy, count)


def test_an_answer_has_what_the_seed_client_reads(tmp_path):
    answer = run(tmp_path, ask)
    assert answer["dist"] == {"color": 0.5, "plot": 0.5}
    assert len(answer["ids"]) == 10
    assert answer["sources"] == {s["movie_id"]: s["source"] for s in answer["slots"]}
    assert [f["id"] for f in answer["ids"]] == [s["movie_id"] for s in answer["slots"]]


def test_slots_have_the_score_reason_and_evidence_of_their_source(tmp_path):
    for slot in run(tmp_path, ask)["slots"]:
        assert slot["movie_id"][0] == slot["source"][0]
        assert slot["score"] == 0.9
        assert slot["reason"] == f"reason of {slot['movie_id']}"
        assert slot["evidence"] == {"kind": "terms"}


def test_an_answer_names_session_anchor_and_policy(tmp_path):
    answer = run(tmp_path, ask)
    assert (answer["session_key"], answer["policy"], answer["recorded"]) == (
        "s1",
        "preference",
        True,
    )
    assert answer["anchor"]["title"] == "START"
    assert answer["like"] is None
    assert answer["missing"] == []
    assert set(answer["timings_ms"]) == {"sources", "store", "total"}


def test_every_ranking_has_an_id_of_its_own(tmp_path):
    async def twice(mixer):
        return [(await ask(mixer))["ranking_id"] for _ in range(2)]

    assert len(set(run(tmp_path, twice))) == 2


def test_a_film_from_below_those_explained_gets_its_reason_all_the_same(tmp_path):
    async def like_on(mixer):
        liked, ranking_id = "start", None
        for _ in range(6):
            answer = await ask(mixer, liked, ranking_id, count=3)
            liked, ranking_id = answer["slots"][0]["movie_id"], answer["ranking_id"]
        return answer

    color = Source("c")
    answer = run(tmp_path, like_on, {"color": color})
    assert max(int(slot["movie_id"][2:]) for slot in answer["slots"]) >= 3
    for slot in answer["slots"]:
        assert slot["reason"] == f"reason of {slot['movie_id']}"


# Sources


def test_sources_are_asked_at_the_same_time(tmp_path):
    class Meeting(Source):
        """Answers only when the other source has been asked too."""

        party: ClassVar[asyncio.Barrier] = asyncio.Barrier(2)

        async def __call__(self, liked_id, count, explained=None):
            await self.party.wait()
            return await super().__call__(liked_id, count, explained)

    answer = run(tmp_path, ask, {"color": Meeting("c"), "plot": Meeting("p")}, deadline_s=20)
    assert answer["missing"] == []


def test_a_slow_source_is_left_out_and_named(tmp_path):
    answer = run(tmp_path, ask, {"plot": Source("p", 5)}, deadline_s=0.05)
    assert answer["missing"] == [{"source": "plot", "why": "plot gave no answer within 50 ms"}]
    assert {slot["source"] for slot in answer["slots"]} == {"color"}
    assert len(answer["slots"]) == 10
    assert answer["recorded"] is True


def test_a_source_that_fails_is_left_out_and_named_without_its_message(tmp_path):
    answer = run(tmp_path, ask, {"color": Source("c", error=KeyError("secret"))})
    assert answer["missing"] == [{"source": "color", "why": "color failed: KeyError"}]
    assert {slot["source"] for slot in answer["slots"]} == {"plot"}


def test_when_every_source_fails_the_request_fails_with_the_reasons(tmp_path):
    broken = {"color": Source("c", error=OSError()), "plot": Source("p", 5)}
    with pytest.raises(
        Unavailable, match="no source answered: color failed: OSError; plot gave no answer"
    ):
        run(tmp_path, ask, broken, deadline_s=0.05)


def test_a_third_source_takes_part(tmp_path):
    async def scenario():
        asked = {"color": Source("c"), "plot": Source("p"), "era": Source("e")}
        return await Sources(asked, 0.5).all("start", 2)

    found, missing = asyncio.run(scenario())
    assert {name: [f[0] for f in films] for name, films in found.items()} == {
        "color": ["c-00", "c-01"],
        "plot": ["p-00", "p-01"],
        "era": ["e-00", "e-01"],
    }
    assert missing == {}


def test_one_source_that_is_late_is_unavailable_by_name():
    with pytest.raises(Unavailable, match="color gave no answer within 10 ms") as caught:
        asyncio.run(Sources({"color": Source("c", 5)}, 0.01).one("color", "start", 3))
    assert caught.value.field == "color"


def test_sources_are_asked_deeper_when_their_films_run_out(tmp_path):
    color = Source("c")

    async def like_colour_until_its_films_run_out(mixer):
        answer = await ask(mixer, count=4)
        for _ in range(14):
            liked = next(s["movie_id"] for s in answer["slots"] if s["source"] == "color")
            answer = await ask(mixer, liked, answer["ranking_id"], count=4)
        return answer

    answer = run(tmp_path, like_colour_until_its_films_run_out, {"color": color})
    assert len(answer["slots"]) == 4
    assert color.counts[:2] == [12, 12]
    assert color.counts[-1] > 40
    assert all(slot["reason"] for slot in answer["slots"])


def test_a_small_catalogue_gives_all_it_has(tmp_path):
    small = {"color": Source("c", films=2), "plot": Source("p", films=1)}
    answer = run(tmp_path, ask, small)
    assert sorted(slot["movie_id"] for slot in answer["slots"]) == ["c-00", "c-01", "p-00"]


# Likes


def test_asking_with_a_film_that_was_shown_is_a_like(tmp_path):
    async def scenario(mixer):
        first = await ask(mixer)
        slot = next(s for s in first["slots"] if s["source"] == "plot")
        return slot, await ask(mixer, slot["movie_id"], first["ranking_id"])

    slot, second = run(tmp_path, scenario)
    assert second["like"]["source"] == "plot"
    assert second["like"]["counted"] is True
    assert second["dist"]["plot"] > 0.5
    assert slot["movie_id"] not in second["sources"]


def test_a_like_of_what_was_not_shown_is_refused(tmp_path):
    with pytest.raises(UnknownImpression):
        run(tmp_path, lambda mixer: ask(mixer, "c-00", "no-such-ranking"))


# A store that is down


def test_without_the_store_the_slate_is_even_and_not_recorded(tmp_path):
    answer = run(tmp_path, ask, store=Down())
    assert answer["recorded"] is False
    assert answer["policy"] == "static"
    assert answer["dist"] == {"color": 0.5, "plot": 0.5}
    assert answer["shown"] == {"color": 5, "plot": 5}
    assert answer["like"] is None
    assert "start" not in answer["sources"]


def test_without_the_store_a_like_is_said_to_be_in_doubt(tmp_path):
    answer = run(tmp_path, lambda mixer: ask(mixer, "c-00", "r1"), store=Down())
    assert answer["like"] == {
        "ranking_id": "r1",
        "movie_id": "c-00",
        "source": None,
        "counted": None,
        "why": "the impression store is down",
    }


def test_without_store_and_one_source_the_other_fills_the_slate(tmp_path):
    answer = run(tmp_path, ask, {"plot": Source("p", error=OSError())}, store=Down())
    assert {slot["source"] for slot in answer["slots"]} == {"color"}
    assert len(answer["slots"]) == 10
    assert answer["missing"][0]["source"] == "plot"


# States


def test_a_state_has_its_ranking_with_reasons(tmp_path):
    async def scenario(mixer):
        first = await ask(mixer)
        answer = await ask(mixer, first["slots"][0]["movie_id"], first["ranking_id"])
        return first, answer, await mixer.complete_state(await mixer.state("s1"))

    first, answer, state = run(tmp_path, scenario)
    ignored = {"like", "likes", "timings_ms"}
    assert {k: v for k, v in state["ranking"].items() if k not in ignored} == {
        k: v for k, v in answer.items() if k not in ignored
    }
    liked = first["slots"][0]["movie_id"]
    assert state["anchor"]["id"] == liked
    assert [like["title"] for like in state["likes"]] == [liked.upper()]
    assert [point.get("title") for point in state["history"]] == [None, liked.upper()]
    assert "anchor_id" not in state


def test_a_state_without_a_ranking_has_none(tmp_path):
    async def scenario(mixer):
        return await mixer.complete_state(await mixer.state("new"))

    state = run(tmp_path, scenario)
    assert (state["ranking"], state["anchor"], state["likes"]) == (None, None, [])


def test_a_state_has_reasons_for_films_that_lie_deep(tmp_path):
    color = Source("c")

    async def scenario(mixer):
        await ask(mixer, count=1)
        state = await mixer.state("s1")
        slot = state["ranking"]["slots"][0]
        slot["source"], slot["movie_id"] = "color", "c-39"
        return await mixer.complete_state(state)

    slot = run(tmp_path, scenario, {"color": color})["ranking"]["slots"][0]
    assert slot["reason"] == "reason of c-39"
    assert color.counts[-1] > 40


def test_a_state_without_sources_keeps_its_films(tmp_path):
    color, plot = Source("c"), Source("p")

    async def scenario(mixer):
        answer = await ask(mixer)
        color.error = plot.error = OSError()
        return answer, await mixer.complete_state(await mixer.state("s1"))

    answer, state = run(tmp_path, scenario, {"color": color, "plot": plot})
    assert state["ranking"]["ids"] == answer["ids"]
    assert {slot["reason"] for slot in state["ranking"]["slots"]} == {""}


def test_a_film_that_left_the_catalogue_keeps_its_id(tmp_path):
    gone = Source("c")
    gone.ids = ["gone-1990"]
    answer = run(tmp_path, ask, {"color": gone})
    shown = {shown["id"]: shown for shown in answer["ids"]}
    assert shown["gone-1990"]["title"] == "gone-1990"
    assert shown["gone-1990"]["poster"] is None
