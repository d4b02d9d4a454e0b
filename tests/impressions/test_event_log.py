"""The log itself: made by several at once, and silent about its rows when it fails."""

import subprocess
import sys

import pytest

from backend.errors import Unavailable
from backend.impressions.event_log import EventLog, LikeReader
from backend.impressions.session import Event
from backend.settings import REPOSITORY


def url_in(folder) -> str:
    return f"sqlite:///{folder / 'log.db'}"


def test_several_processes_may_open_a_new_log_at_once(tmp_path):
    script = f"from backend.impressions.event_log import open_log; open_log({url_in(tmp_path)!r})"
    openers = [subprocess.Popen([sys.executable, "-c", script], cwd=REPOSITORY) for _ in range(4)]
    assert [opener.wait(timeout=120) for opener in openers] == [0, 0, 0, 0]


def test_events_of_one_append_are_read_back_in_order(tmp_path):
    log = EventLog(url_in(tmp_path))
    log.append(
        "s1", Event("liked", 1.0, "r1", "m1", {"source": "color"}), Event("undone", 2.0)
    ).result(10)
    log.append("s2", Event("reset", 3.0)).result(10)
    assert [event.kind for event in log.events_of("s1")] == ["liked", "undone"]
    log.close()


def test_a_failed_write_tells_nothing_of_the_rows(tmp_path):
    log = EventLog(url_in(tmp_path))
    with log._engine.begin() as connection:
        connection.exec_driver_sql("DROP TABLE events")
    with pytest.raises(Unavailable) as failure:
        log.append("secret-key", Event("reset", 1.0)).result(10)
    assert "secret-key" not in str(failure.value)
    assert "INSERT" not in str(failure.value)
    log.close()


def test_reading_likes_bears_an_undo_without_its_like(tmp_path):
    log = EventLog(url_in(tmp_path))
    log.append("s1", Event("undone", 1.0, "r1", "m1")).result(10)
    assert LikeReader(url_in(tmp_path)).likes_of("s1") == []
    log.close()
