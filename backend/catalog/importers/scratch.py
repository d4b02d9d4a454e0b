"""Tables on disk for what one file says of the films of another; gone when the import ends."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from pathlib import Path


class Scratch:
    """A SQLite file that needs to outlive nothing.

    Args:
        path: the file to make.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._database = sqlite3.connect(path, isolation_level=None)
        self._database.execute("PRAGMA journal_mode=OFF")
        self._database.execute("PRAGMA synchronous=OFF")
        self._database.execute("CREATE TABLE notes (film INTEGER PRIMARY KEY, said TEXT NOT NULL)")
        # One user counts once for a tag of a film, however often it was set.
        self._database.execute(
            "CREATE TABLE tags (film INTEGER, tag TEXT, viewer INTEGER, "
            "PRIMARY KEY (film, tag, viewer)) WITHOUT ROWID"
        )
        self._database.execute("BEGIN")

    def close(self) -> None:
        """Forget everything."""
        self._database.close()
        self._path.unlink(missing_ok=True)

    def note(self, film: int, said: str) -> bool:
        """Keep a text about a film; False when there was one already, which stays."""
        made = self._database.execute("INSERT OR IGNORE INTO notes VALUES (?, ?)", (film, said))
        return made.rowcount == 1

    def said_of(self, film: int) -> str | None:
        """The text about a film."""
        row = self._database.execute("SELECT said FROM notes WHERE film = ?", (film,)).fetchone()
        return str(row[0]) if row else None

    def tag(self, rows: Iterable[tuple[int, str, int]]) -> None:
        """Keep tags: film, tag, viewer."""
        self._database.executemany("INSERT OR IGNORE INTO tags VALUES (?, ?, ?)", rows)

    def tags_of(self, film: int, most: int) -> list[str]:
        """The tags of a film that most viewers gave, those first."""
        rows = self._database.execute(
            "SELECT tag FROM tags WHERE film = ? GROUP BY tag ORDER BY COUNT(*) DESC, tag LIMIT ?",
            (film, most),
        )
        return [str(row[0]) for row in rows]
