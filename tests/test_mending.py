"""What a dirty end leaves behind, and what the next start makes of it."""

import os
import sqlite3
from contextlib import closing

import pytest

from backend.catalog.database import open_database
from backend.impressions.event_log import EventLog, Stream
from backend.impressions.session import Session
from backend.mending import damage_of, mend, move_aside
from backend.settings import Settings
from tests.impressions.events import ranked_event

NAMES = ("catalogue.db", "impressions.db")


@pytest.fixture
def settings(tmp_path):
    return Settings({"DATA_DIR": str(tmp_path)})


@pytest.fixture(params=NAMES)
def path(request, tmp_path):
    """A database of each kind with a few hundred rows, closed in order."""
    file = tmp_path / request.param
    if request.param == "catalogue.db":
        open_database(file).dispose()
        with closing(sqlite3.connect(file)) as connection, connection:
            connection.executemany(
                "INSERT INTO stamps VALUES (?, ?)", ((f"n{n}", "text" * 50) for n in range(500))
            )
    else:
        fill_log(file)
    return file


def url_of(file) -> str:
    return f"sqlite:///{file}"


def fill_log(file, sessions=200) -> None:
    log = EventLog(url_of(file))
    commits = [log.append(Stream(f"s{n}"), ranked_event("r1")) for n in range(sessions)]
    commits[-1].result()
    log.close()


def corrupt(folder, journals=False) -> list[str]:
    found = sorted(path.name for path in folder.iterdir() if ".corrupt-" in path.name)
    return [name for name in found if name.endswith(("-wal", "-shm")) == journals]


def test_a_sound_folder_needs_nothing(settings, path, tmp_path):
    before = path.read_bytes()
    assert mend(settings) == []
    assert path.read_bytes() == before
    assert mend(Settings({"DATA_DIR": str(tmp_path / "not-there")})) == []


@pytest.mark.parametrize("damage", ["text", "cut", "torn pages"])
def test_a_damaged_database_is_moved_aside_whole_and_a_line_says_so(
    settings, path, tmp_path, damage
):
    content = path.read_bytes()
    broken = {
        "text": b"this is no database" * 100,
        "cut": content[: len(content) // 2],
        "torn pages": content[:4096] + os.urandom(len(content) - 4096),
    }[damage]
    path.write_bytes(broken)
    (line,) = mend(settings)
    (aside,) = corrupt(tmp_path)
    assert aside.startswith(f"{path.name}.corrupt-")
    assert (tmp_path / aside).read_bytes() == broken
    assert not path.exists()
    assert str(path) in line
    assert aside in line
    assert "nothing of it was deleted" in line
    assert "\n" not in line
    assert mend(settings) == []


def test_the_log_is_found_where_database_url_says(tmp_path):
    elsewhere = tmp_path / "else.db"
    elsewhere.write_bytes(b"x" * 10_000)
    assert mend(Settings({"DATA_DIR": str(tmp_path), "DATABASE_URL": url_of(elsewhere)}))
    (aside,) = corrupt(tmp_path)
    assert aside.startswith("else.db.corrupt-")


def test_the_file_of_a_log_that_is_not_in_use_is_let_be(tmp_path):
    (tmp_path / "impressions.db").write_bytes(b"x" * 10_000)
    server = "postgresql://me@127.0.0.1:1/log"
    assert mend(Settings({"DATA_DIR": str(tmp_path), "DATABASE_URL": server})) == []


def test_journals_of_a_damaged_database_go_with_it(settings, path, tmp_path):
    path.write_bytes(b"x" * 10_000)
    path.with_name(f"{path.name}-wal").write_bytes(b"its journal")
    assert len(mend(settings)) == 1
    (aside,) = (name for name in corrupt(tmp_path, journals=True) if name.endswith("-wal"))
    assert (tmp_path / aside).read_bytes() == b"its journal"


def killed(file) -> None:
    """Make of a database what a process leaves that is killed after a commit."""
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("CREATE TABLE late (n)")
        connection.execute("INSERT INTO late VALUES (7)")
        connection.commit()
        left = {end: file.with_name(file.name + end).read_bytes() for end in ("", "-wal")}
    for end, content in left.items():
        file.with_name(file.name + end).write_bytes(content)


def test_what_a_killed_process_had_committed_is_still_there_after_a_look(settings, path):
    killed(path)
    assert mend(settings) == []
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT n FROM late").fetchone() == (7,)


def test_an_emptied_file_goes_aside_with_its_journal(settings, path, tmp_path):
    killed(path)
    journal = path.with_name(f"{path.name}-wal").read_bytes()
    path.write_bytes(b"")
    (line,) = mend(settings)
    assert "its journal is not" in line
    (aside,) = (name for name in corrupt(tmp_path, journals=True) if name.endswith("-wal"))
    assert (tmp_path / aside).read_bytes() == journal


def test_of_a_large_file_the_beginning_and_the_end_are_read(settings, path, monkeypatch):
    monkeypatch.setattr("backend.mending._CHECKED_BYTES", 4096)
    assert mend(settings) == []
    path.write_bytes(path.read_bytes()[:8192] + b"\xff" * (path.stat().st_size - 8192))
    found = len(mend(settings))
    # The catalogue of this test has no films: what is torn is not looked at.
    assert found == (path.name == "impressions.db")


def test_a_locked_database_is_left_where_it_is(path, monkeypatch, tmp_path):
    monkeypatch.setattr("backend.mending._LOCKED_S", 0.05)
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("PRAGMA locking_mode=EXCLUSIVE")
        other.execute("BEGIN EXCLUSIVE")
        assert damage_of(path, "SELECT 1") is None
    assert corrupt(tmp_path) == []


def test_two_in_one_second_do_not_replace_each_other(tmp_path):
    names = set()
    for content in (b"one", b"two", b"three"):
        (tmp_path / "x.db").write_bytes(content)
        names.add(move_aside(tmp_path / "x.db"))
    assert {name.read_bytes() for name in names} == {b"one", b"two", b"three"}


def test_a_new_log_begins_in_place_of_a_damaged_one(settings, tmp_path):
    (tmp_path / "impressions.db").write_bytes(b"x" * 10_000)
    mend(settings)
    fill_log(tmp_path / "impressions.db", sessions=1)
    assert mend(settings) == []
    log = EventLog(settings.database_url)
    assert log.load("s0", Session()).number == 1
    log.close()


def test_what_was_half_built_is_removed_and_all_else_stays(settings, tmp_path):
    (tmp_path / "index").mkdir()
    (tmp_path / "index" / "plot.123.part").mkdir()
    (tmp_path / "index" / "plot.123.part" / "plot.npy").write_bytes(b"half")
    (tmp_path / "run.json.part").write_text("{")
    (tmp_path / "notes.txt").write_text("mine")
    assert len(mend(settings)) == 2
    assert sorted(path.name for path in tmp_path.iterdir()) == ["index", "notes.txt"]
    assert list((tmp_path / "index").iterdir()) == []


def test_a_link_that_looks_half_built_is_not_followed(settings, tmp_path):
    (tmp_path / "precious").mkdir()
    (tmp_path / "precious" / "file").write_text("mine")
    (tmp_path / "link.part").symlink_to(tmp_path / "precious")
    mend(settings)
    assert (tmp_path / "precious" / "file").read_text() == "mine"
    assert not (tmp_path / "link.part").is_symlink()
