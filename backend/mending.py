"""A clean start after a dirty end: what a crash, a full disk or a cut of power can leave behind.

Nothing that people made is ever deleted: a database that is damaged is moved aside, in one piece
with what belongs to it, and a line says so. What was half built is removed and built again.
"""

from __future__ import annotations

import shutil
import sqlite3
import time
from contextlib import closing
from pathlib import Path

from backend.impressions.database import sqlite_file
from backend.settings import Settings

# SQLite keeps what is not yet in the file in these; they belong to that file only.
_JOURNALS = ("-wal", "-shm", "-journal")
_LOCKED_S = 1.0
# A whole check reads the whole file: up to this size it takes about a second.
_CHECKED_BYTES = 256 * 1024 * 1024
# Of a larger file, its beginning and what was written last.
_LAST_FILMS = "SELECT * FROM catalogue_films ORDER BY position DESC LIMIT 100"
_LAST_EVENTS = "SELECT * FROM events ORDER BY seq DESC LIMIT 100"


def damage_of(path: Path, last_rows: str) -> str | None:
    """What is wrong with a SQLite file; None when nothing is, or it cannot be told.

    A file that is locked or may not be read is left to whoever opens it, who says so. The look
    changes nothing: a journal that a killed process left stays, and is played back later.

    Args:
        path: a file that is there.
        last_rows: reads what was written last; used on a file too large to be read whole.
    """
    journal = path.with_name(path.name + "-wal")
    if path.stat().st_size == 0 and journal.is_file() and journal.stat().st_size > 0:
        # Opened, SQLite would take it for a new database and delete the journal.
        return "it is empty, and its journal is not"
    # Read only: SQLite otherwise deletes the journal beside a file that it cannot read.
    address = f"{path.absolute().as_uri()}?mode=ro"
    try:
        with closing(sqlite3.connect(address, timeout=_LOCKED_S, uri=True)) as connection:
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
            if path.stat().st_size > _CHECKED_BYTES:
                connection.execute(last_rows).fetchall()
                return None
            (found,) = connection.execute("PRAGMA quick_check(1)").fetchone()
            return None if found == "ok" else " ".join(str(found).split())
    except sqlite3.OperationalError:
        return None
    except sqlite3.DatabaseError as error:
        return str(error)


def move_aside(path: Path) -> Path:
    """Give a database and its journals a name that says what they are; nothing is replaced."""
    stamp = time.strftime("%Y%m%dT%H%M%SZ", time.gmtime())
    number = 1
    while True:
        aside = path.with_name(
            f"{path.name}.corrupt-{stamp}" + (f"-{number}" if number > 1 else "")
        )
        if not any(aside.with_name(aside.name + end).exists() for end in ("", *_JOURNALS)):
            break
        number += 1
    # The journals first: a new file must never be opened beside the old one's.
    for end in (*_JOURNALS, ""):
        part = path.with_name(path.name + end)
        if part.exists():
            part.rename(aside.with_name(aside.name + end))
    return aside


def mend(settings: Settings) -> list[str]:
    """Make the data folder fit to start on; called while no other process of ours uses it.

    Returns:
        One line for a person for each thing that was done.
    """
    done = []
    databases = [(settings.catalogue_db, _LAST_FILMS, "it is built again")]
    if log := sqlite_file(settings.database_url):
        databases.append((log, _LAST_EVENTS, "a new log of sessions begins"))
    for path, last_rows, then in databases:
        if path.is_file() and (damage := damage_of(path, last_rows)) is not None:
            aside = move_aside(path)
            done.append(
                f"{path} is damaged ({damage}): moved aside as {aside.name}, "
                f"nothing of it was deleted, and {then}."
            )
    folders = (
        Path(settings.data_dir),
        settings.catalogue_dir,
        settings.index_dir,
        settings.built_posters_dir,
    )
    for folder in dict.fromkeys(folders):
        for half in sorted(folder.glob("*.part")):
            if half.is_dir() and not half.is_symlink():
                shutil.rmtree(half, ignore_errors=True)
            else:
                half.unlink(missing_ok=True)
            done.append(f"{half} was left half built: removed.")
    return done
