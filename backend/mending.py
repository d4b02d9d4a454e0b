"""A clean start after a dirty end: what a crash, a full disk or a cut of power can leave behind.

Nothing that people made is ever deleted: a database that cannot be read is moved aside, in one
piece with what belongs to it, and a line says so. What was half built is removed and built again.
"""

from __future__ import annotations

import shutil
import sqlite3
import time
from contextlib import closing
from pathlib import Path

from backend.settings import Settings

# SQLite keeps what is not yet in the file in these; they belong to that file only.
_COMPANIONS = ("", "-wal", "-shm")
_LOCKED_S = 5.0


def is_sound(path: Path, *, thorough: bool) -> bool:
    """Whether SQLite can read a database; one that another process holds locked is sound.

    Args:
        thorough: look at every page, which takes time in proportion to the file.
    """
    try:
        # Read only: a look must not change, or throw away, what may be needed to save it.
        address = f"{path.absolute().as_uri()}?mode=ro"
        with closing(sqlite3.connect(address, timeout=_LOCKED_S, uri=True)) as connection:
            if thorough:
                return bool(connection.execute("PRAGMA quick_check(1)").fetchone()[0] == "ok")
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
            return True
    except sqlite3.OperationalError as error:
        return "locked" in str(error) or "busy" in str(error)
    except sqlite3.DatabaseError:
        return False


def move_aside(path: Path) -> Path:
    """Give a database and its companions a name that says what they are; nothing is replaced."""
    stamp = time.strftime("%Y%m%d-%H%M%S", time.gmtime())
    number = 0
    while True:
        suffix = f".corrupt-{stamp}" + (f"-{number}" if number else "")
        if not any(path.with_name(path.name + suffix + end).exists() for end in _COMPANIONS):
            break
        number += 1
    for end in _COMPANIONS:
        part = path.with_name(path.name + end)
        if part.exists():
            part.rename(path.with_name(path.name + suffix + end))
    return path.with_name(path.name + suffix)


def mend(settings: Settings) -> list[str]:
    """Make the data folder fit to start on; called while no other process of ours uses it.

    Returns:
        One line for a person for each thing that was done.
    """
    done = []
    databases = (
        # It is built again, so a look at every page is worth its time.
        (settings.catalogue_db, True, "it is built again"),
        # It may be large. What is wrong deeper within is told by the request that meets it.
        (Path(settings.data_dir) / "impressions.db", False, "a new log of sessions is begun"),
    )
    for path, thorough, then in databases:
        if path.is_file() and not is_sound(path, thorough=thorough):
            aside = move_aside(path)
            done.append(f"{path} cannot be read: moved aside as {aside.name}, and {then}.")
    folders = (
        Path(settings.data_dir),
        settings.catalogue_dir,
        settings.index_dir,
        settings.built_posters_dir,
    )
    for folder in folders:
        for half in sorted(folder.glob("*.part")):
            if half.is_dir() and not half.is_symlink():
                shutil.rmtree(half, ignore_errors=True)
            else:
                half.unlink(missing_ok=True)
            done.append(f"{half} was left half built: removed.")
    return done
