"""What a dirty end leaves behind, and what the next start makes of it."""

import sqlite3
from contextlib import closing

import pytest

from backend.mending import is_sound, mend, move_aside
from backend.settings import Settings


@pytest.fixture
def settings(tmp_path):
    return Settings({"DATA_DIR": str(tmp_path)})


def database(path, rows=2000):
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("CREATE TABLE films (id INTEGER PRIMARY KEY, title TEXT)")
        connection.executemany(
            "INSERT INTO films (title) VALUES (?)", ((f"film {n}" * 20,) for n in range(rows))
        )
    return path


def test_a_clean_folder_needs_nothing(settings, tmp_path):
    database(settings.catalogue_db)
    database(tmp_path / "impressions.db")
    assert mend(settings) == []
    assert mend(Settings({"DATA_DIR": str(tmp_path / "not-there")})) == []


@pytest.mark.parametrize("name", ["catalogue.db", "impressions.db"])
def test_a_file_that_is_no_database_is_moved_aside_whole(settings, tmp_path, name):
    (tmp_path / name).write_bytes(b"no database at all" * 100)
    (tmp_path / f"{name}-wal").write_bytes(b"its log")
    (line,) = mend(settings)
    assert name in line
    assert "moved aside as" in line
    assert not (tmp_path / name).exists()
    (aside,) = (
        p for p in tmp_path.glob(f"{name}.corrupt-*") if not p.name.endswith(("-wal", "-shm"))
    )
    assert aside.read_bytes() == b"no database at all" * 100
    assert aside.with_name(aside.name + "-wal").read_bytes() == b"its log"
    assert mend(settings) == []


def test_a_page_overwritten_within_the_catalogue_is_found(settings):
    path = database(settings.catalogue_db)
    content = bytearray(path.read_bytes())
    content[8192:12288] = b"\xff" * 4096
    path.write_bytes(content)
    assert len(mend(settings)) == 1


def test_half_a_file_is_found(settings):
    path = database(settings.catalogue_db)
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    assert len(mend(settings)) == 1


def test_a_locked_database_is_left_where_it_is(settings, monkeypatch):
    monkeypatch.setattr("backend.mending._LOCKED_S", 0.05)
    path = database(settings.catalogue_db)
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        assert is_sound(path, thorough=True)


def test_two_in_one_second_do_not_replace_each_other(tmp_path):
    names = set()
    for content in (b"one", b"two", b"three"):
        (tmp_path / "x.db").write_bytes(content)
        names.add(move_aside(tmp_path / "x.db"))
    assert {name.read_bytes() for name in names} == {b"one", b"two", b"three"}


def test_what_was_half_built_is_removed_and_all_else_stays(settings, tmp_path):
    (tmp_path / "index.part").mkdir()
    (tmp_path / "index.part" / "plot.npy").write_bytes(b"half")
    (tmp_path / "run.json.part").write_text("{")
    (tmp_path / "index").mkdir()
    (tmp_path / "notes.txt").write_text("mine")
    assert len(mend(settings)) == 2
    assert sorted(path.name for path in tmp_path.iterdir()) == ["index", "notes.txt"]


def test_a_link_that_looks_half_built_is_not_followed(settings, tmp_path):
    (tmp_path / "precious").mkdir()
    (tmp_path / "precious" / "file").write_text("mine")
    (tmp_path / "link.part").symlink_to(tmp_path / "precious")
    mend(settings)
    assert (tmp_path / "precious" / "file").read_text() == "mine"
