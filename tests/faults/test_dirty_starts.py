"""Starts after a build that was killed, and on databases that are damaged or locked."""

from __future__ import annotations

import contextlib
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import psutil
import pytest

from backend.settings import REPOSITORY
from tests.faults.ends import crash, living
from tests.system import System, run_module, wait_for

pytestmark = pytest.mark.cluster


@pytest.fixture
def unbuilt(tmp_path: Path) -> Iterator[System]:
    """A system whose small catalogue is not built."""
    films = tmp_path / "films"
    films.mkdir()
    shutil.copy(REPOSITORY / "data" / "films" / "1970s.toml", films)
    system = System(tmp_path / "data")
    system.environment["FILMS_DIR"] = str(films)
    system.environment.pop("POSTERS_AHEAD")
    yield system
    system.stop()


@contextlib.contextmanager
def backend(system: System) -> Iterator[psutil.Process]:
    """`python -m backend`, crashed in the end with all that it started."""
    system.data_dir.mkdir(exist_ok=True)
    with (system.data_dir / "output").open("w") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "backend"],
            cwd=REPOSITORY,
            env=system.environment,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        yield psutil.Process(process.pid)
    finally:
        process.kill()
        process.wait()
        crash(system, [])


def posters(system: System) -> int:
    """How many posters the build has recorded."""
    database = system.data_dir / "catalogue.db"
    try:
        with closing(sqlite3.connect(f"{database.as_uri()}?mode=ro", uri=True)) as connection:
            return int(connection.execute("SELECT count(*) FROM posters").fetchone()[0])
    except sqlite3.OperationalError:
        return 0


def half_built(system: System) -> list[Path]:
    return sorted((system.data_dir / "index").glob("*.part"))


def test_a_build_that_was_killed_goes_on_and_damaged_databases_go_aside(unbuilt: System):
    with backend(unbuilt) as process:
        deadline = time.monotonic() + 120
        while not half_built(unbuilt):
            assert time.monotonic() < deadline, (unbuilt.data_dir / "output").read_text()
        # At once, while it is half built.
        process.kill()
    assert living(unbuilt) == []
    films = posters(unbuilt)
    left = half_built(unbuilt)
    assert len(left) == 1

    damaged = {"catalogue.db": b"no database" * 999, "impressions.db": b"no log" * 999}
    for name, content in damaged.items():
        (unbuilt.data_dir / name).write_bytes(content)
        # Without a journal to mend it from.
        (unbuilt.data_dir / f"{name}-wal").unlink(missing_ok=True)
    done = unbuilt.launch("start", "--detach")
    assert done.returncode == 0, done.stdout + done.stderr
    lines = done.stdout.splitlines()
    for name, content in damaged.items():
        (aside,) = (
            path
            for path in unbuilt.data_dir.glob(f"{name}.corrupt-*")
            if not path.name.endswith(("-wal", "-shm"))
        )
        assert aside.read_bytes() == content
        (line,) = (line for line in lines if f"{unbuilt.data_dir / name} is damaged" in line)
        assert f"moved aside as {aside.name}, nothing of it was deleted" in line
    assert f"{left[0]} was left half built: removed." in lines
    assert f"Catalogue: {films} films, {films} posters measured." in lines
    assert half_built(unbuilt) == []
    answer = unbuilt.get("/rec/ensemble", liked_id="alien-1979").json()
    assert answer["recorded"]
    assert answer["shown"] == {"color": 5, "plot": 5}

    # Posters are drawn after the start, all of them, and then nobody draws any more.
    output = unbuilt.data_dir / "log" / "backend.log"
    wait_for(lambda: f"Posters: {films} drawn." in output.read_text() or None, "all posters", 120)
    assert len(list((unbuilt.data_dir / "posters").iterdir())) == 2 * films

    def drawing() -> bool:
        # What has ended between the two looks is no longer there either.
        with contextlib.suppress(psutil.NoSuchProcess):
            return any("backend.catalog.drawing" in p.cmdline() for p in living(unbuilt))
        return True

    wait_for(lambda: not drawing(), "the end of what drew them", 20)


def test_a_locked_log_is_one_clear_line_and_a_status(tmp_path: Path):
    system = System(tmp_path)
    with closing(sqlite3.connect(tmp_path / "impressions.db", isolation_level=None)) as other:
        other.execute("PRAGMA journal_mode=WAL")
        other.execute("BEGIN IMMEDIATE")
        done = run_module("backend", environment=system.environment, timeout_s=120)
    assert done.returncode == 1
    (line,) = done.stderr.splitlines()
    assert line.startswith(f"double-feature: the event log {tmp_path / 'impressions.db'} must not")
    assert "locked by another process" in line
    assert living(system) == []
    assert not list(tmp_path.glob("*.corrupt-*"))
