from __future__ import annotations

import pytest
import sqlalchemy as sa

from backend.ranking.interactions import (
    HISTORY_LIMIT,
    Interaction,
    User,
    count_users,
    list_users,
    merge_histories,
    open_read_only,
    read_user,
    replace_users,
)

ANN = User("ann", "Synthetic Ann", True, (Interaction("a", 1.0, "color"), Interaction("b", 2.0)))


def test_a_user_is_read_as_written_oldest_like_first(engine):
    assert replace_users(engine, [ANN]) == 2
    assert read_user(engine, "ann") == ANN


def test_replacing_leaves_nothing_of_the_old_users(engine):
    replace_users(engine, [ANN])
    replace_users(engine, [User("bob", "Bob", False)])
    assert read_user(engine, "ann") is None
    assert [user.user_id for user in list_users(engine)] == ["bob"]


def test_a_failed_replacement_changes_nothing(engine):
    replace_users(engine, [ANN])
    twice = User("bob", "Bob", False)
    with pytest.raises(sa.exc.IntegrityError):
        replace_users(engine, [twice, twice])
    assert read_user(engine, "ann") == ANN


def test_only_the_latest_likes_are_read(engine):
    likes = tuple(Interaction(f"film-{n}", float(n)) for n in range(HISTORY_LIMIT + 20))
    replace_users(engine, [User("ann", "Ann", False, likes)])
    read = read_user(engine, "ann")
    assert read is not None
    assert read.likes == likes[-HISTORY_LIMIT:]
    assert [like.movie_id for like in read_user(engine, "ann", limit=1).likes] == ["film-519"]


def test_a_history_is_found_by_index(engine):
    replace_users(engine, [ANN])
    with engine.connect() as connection:
        plan = connection.exec_driver_sql(
            "EXPLAIN QUERY PLAN SELECT movie_id FROM interactions WHERE user_id = 'ann' "
            "ORDER BY at DESC, movie_id DESC"
        ).all()
    text = " ".join(str(row) for row in plan)
    assert "interactions_by_user" in text
    assert "TEMP B-TREE" not in text


def test_counting_works_before_the_tables_exist(engine):
    assert count_users(engine) == 0


def test_the_reader_cannot_write(engine, database):
    replace_users(engine, [ANN])
    reader = open_read_only(database)
    assert read_user(reader, "ann") == ANN
    with pytest.raises(sa.exc.OperationalError, match="readonly"):
        replace_users(reader, [])


def test_merging_orders_by_time_and_keeps_the_latest():
    stored = [Interaction(f"old-{n}", float(n)) for n in range(HISTORY_LIMIT)]
    merged = merge_histories([Interaction("live", 250.5, "plot")], stored)
    assert len(merged) == HISTORY_LIMIT
    assert merged[0].movie_id == "old-1"
    assert merged[250].movie_id == "live"


def test_a_database_in_wal_mode_is_read_after_its_writer_has_gone(engine, database):
    with engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA journal_mode=WAL")
    replace_users(engine, [ANN])
    engine.dispose()
    assert read_user(open_read_only(database), "ann") == ANN
