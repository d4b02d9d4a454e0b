"""The ledger adds up, and the command finds it when something does not."""

import asyncio
import json
import os

import pytest
import sqlalchemy as sa

from backend.errors import Unavailable, UnknownImpression
from backend.impressions.event_log import SNAPSHOT_EVERY, open_log
from backend.impressions.ledger import LedgerReader
from backend.impressions.store import ImpressionStore
from backend.impressions.tables import EVENTS, LEDGER, SNAPSHOTS
from backend.settings import Settings
from tests.impressions.test_store import film_of, request, run
from tests.system import run_module


@pytest.fixture
def config(log_url, tmp_path):
    return Settings({"DATA_DIR": str(tmp_path), "DATABASE_URL": log_url})


async def mixed(store):
    """Three likes stored, one undone, two duplicates, two refused, one session reset."""
    first = film_of(await store.rank(request("r1")), "color")
    await store.like("s1", "r1", first)
    await store.like("s1", "r1", first)
    await store.rank(request("r2", first))
    with pytest.raises(UnknownImpression):
        await store.like("s1", "r2", "nowhere")
    with pytest.raises(UnknownImpression):
        await store.rank(request("r3", "c0", liked_ranking_id="nope"))
    other = film_of(await store.rank(request("r4")), "plot")
    await store.like("s1", "r4", other)
    await store.undo("s1", "u1")
    film = film_of(await store.rank(request("r1", key="s2")), "color")
    await store.like("s2", "r1", film)
    await store.reset("s2")


def test_counts_and_replay_agree(config):
    run(config, mixed)
    answer = LedgerReader(config.database_url).verify(config)
    assert answer["counts"] == {
        "received": 7,
        "acknowledged": 5,
        "stored": 3,
        "duplicates": 2,
        "refused": 2,
        "undone": 1,
        "pruned_likes": 0,
        "pruned_events": 0,
        "pruned_sessions": 0,
    }
    assert answer["likes_in_log"] == 3
    assert answer["replay"]["held"] == 1
    assert answer["replay"]["taken_back"] == 1
    assert answer["replay"]["forgotten"] == 1
    assert answer["holds"], answer["checks"]


def test_counts_outlive_the_store_and_add_up_over_shards(config):
    run(config, mixed, shard=0)
    run(config, lambda store: store.rank(request("r1", key="s3")), shard=1)
    with pytest.raises(UnknownImpression):
        run(config, lambda store: store.like("s1", "r1", "nowhere"), shard=1)
    assert LedgerReader(config.database_url).counts()["counts"]["refused"] == 3


def test_a_session_sent_the_same_ranking_again_is_a_duplicate(config):
    async def scenario(store):
        film = film_of(await store.rank(request("r1")), "color")
        for _ in range(3):
            await store.rank(request("r2", film, liked_ranking_id="r1"))

    run(config, scenario)
    counts = LedgerReader(config.database_url).counts()["counts"]
    assert (counts["stored"], counts["duplicates"]) == (1, 2)


def test_a_like_that_was_removed_from_the_log_is_found_out(config):
    run(config, mixed)
    engine = open_log(config.database_url)
    with engine.begin() as connection:
        connection.execute(sa.delete(EVENTS).where(EVENTS.c.kind == "liked"))
    answer = LedgerReader(config.database_url).counts()
    assert not answer["holds"]
    assert answer["checks"]["stored = likes in log + pruned"] is False


def test_a_snapshot_that_differs_from_its_events_is_found_out(config):
    async def scenario(store):
        for n in range(SNAPSHOT_EVERY):
            await store.rank(request(f"r{n}"))

    run(config, scenario)
    reader = LedgerReader(config.database_url)
    assert reader.verify(config)["replay"]["snapshots"] == 1
    assert reader.verify(config)["holds"]
    with open_log(config.database_url).begin() as connection:
        state = connection.execute(sa.select(SNAPSHOTS.c.state)).scalar_one()
        changed = state.replace('"shown_total":{"color":', '"shown_total":{"color":1')
        connection.execute(sa.update(SNAPSHOTS).values(state=changed))
    assert reader.verify(config)["replay"]["differing"] == 1
    assert not reader.verify(config)["holds"]


def test_the_command_tells_and_its_status_says_whether_all_holds(config, tmp_path):
    run(config, mixed)
    environment = {
        **os.environ,
        "DATA_DIR": str(tmp_path),
        "DATABASE_URL": config.database_url,
    }

    def command():
        return run_module(
            "backend.impressions.ledger", "--json", environment=environment, timeout_s=60
        )

    done = command()
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["holds"] is True
    with open_log(config.database_url).begin() as connection:
        connection.execute(sa.update(LEDGER).values(acknowledged=99))
    assert command().returncode == 1


def test_no_log_is_one_clear_line(tmp_path):
    with pytest.raises(Unavailable, match="cannot be read"):
        LedgerReader(f"sqlite:///{tmp_path}/missing/log.db").counts()


def test_a_write_that_fails_is_received_but_not_acknowledged(config):
    async def scenario():
        store = ImpressionStore(config)
        film = film_of(await store.rank(request("r1")), "color")
        engine = open_log(config.database_url)
        with engine.begin() as connection:
            connection.exec_driver_sql("ALTER TABLE events RENAME TO hidden")
        with pytest.raises(Unavailable):
            await store.like("s1", "r1", film)
        with engine.begin() as connection:
            connection.exec_driver_sql("ALTER TABLE hidden RENAME TO events")
        answer = await store.like("s1", "r1", film)
        store.close()
        return answer

    assert asyncio.run(scenario())["counted"] is True
    counts = LedgerReader(config.database_url).counts()["counts"]
    assert (counts["received"], counts["acknowledged"], counts["stored"]) == (2, 1, 1)
