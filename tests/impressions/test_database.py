"""What a start does with a log that is locked, not there, or on a server."""

import os
import sqlite3

import pytest
import sqlalchemy as sa

from backend.errors import Unavailable
from backend.impressions.database import make_engine, prepare_log, shown_url
from backend.impressions.event_log import EventLog, Stream
from backend.impressions.session import Session
from tests.impressions.events import liked, ranked_event
from tests.postgres import PASSWORD
from tests.system import run_module


@pytest.fixture
def file(tmp_path):
    return tmp_path / "impressions.db"


def url_of(file) -> str:
    return f"sqlite:///{file}"


def fill(file, sessions=200):
    log = EventLog(url_of(file))
    commits = [log.append(Stream(f"s{n}"), ranked_event("r1")) for n in range(sessions)]
    commits[-1].result()
    log.close()


def test_a_log_that_can_be_used_stays_as_it_is(file):
    fill(file, sessions=3)
    prepare_log(url_of(file))
    log = EventLog(url_of(file))
    assert log.load("s2", Session()).number == 1
    log.close()


def test_a_locked_log_is_one_clear_line_and_stays(file, monkeypatch):
    monkeypatch.setattr("backend.impressions.database._BUSY_AT_START_MS", 100)
    fill(file)
    holder = sqlite3.connect(file)
    holder.execute("BEGIN EXCLUSIVE")
    with pytest.raises(Unavailable, match="must not be locked by another process") as caught:
        prepare_log(url_of(file))
    assert "\n" not in caught.value.detail
    holder.close()
    prepare_log(url_of(file))
    log = EventLog(url_of(file))
    assert log.load("s199", Session()).number == 1
    log.close()


def test_a_file_that_is_a_folder_is_one_clear_line(file):
    file.mkdir()
    with pytest.raises(Unavailable, match="must be a file that can be written"):
        prepare_log(url_of(file))


def test_a_server_that_cannot_be_reached_is_one_line_without_the_password():
    url = "postgresql+psycopg://me:hunter2@127.0.0.1:1/log"
    with pytest.raises(Unavailable, match="DATABASE_URL must be of a server") as caught:
        prepare_log(url)
    assert "hunter2" not in caught.value.detail
    assert "\n" not in caught.value.detail
    assert shown_url(url) in caught.value.detail


def test_the_backend_says_so_in_one_line_and_ends(tmp_path):
    environment = {
        **os.environ,
        "DATA_DIR": str(tmp_path),
        "DATABASE_URL": "postgresql://me:hunter2@127.0.0.1:1/log",
    }
    done = run_module("backend", environment=environment, timeout_s=60)
    assert done.returncode == 1
    (line,) = done.stderr.strip().splitlines()
    assert line.startswith("double-feature: DATABASE_URL must be of a server that can be reached")
    assert "hunter2" not in done.stdout + done.stderr


# On a real server


def test_answered_likes_outlive_a_server_that_is_killed_and_started_again(postgres, caplog):
    log = EventLog(postgres.new_database())
    session, stream = Session(), Stream("s1")
    answered = []

    def like(number):
        nonlocal session, stream
        film = f"m{number}"
        events = [ranked_event(f"r{number}", film), liked(f"r{number}", film)]
        try:
            log.append(stream, *events, session=session).result()
            answered.append(film)
        except Unavailable:
            # As the store does: what memory holds is no longer known to be in the log.
            stream = None

    for number in range(5):
        like(number)
    postgres.stop("immediate")
    like(5)
    assert stream is None
    postgres.start()
    session = Session()
    stream = log.load("s1", session)
    for number in range(6, 10):
        like(number)
    log.close()
    again = EventLog(str(log._engine.url.render_as_string(hide_password=False)))
    held = Session()
    again.load("s1", held)
    again.close()
    assert [like.movie_id for like in held.likes] == answered
    assert len(answered) == 9
    assert PASSWORD not in caplog.text


def test_a_wrong_password_is_refused_without_telling_it(postgres):
    with pytest.raises(Unavailable, match="password authentication failed") as caught:
        prepare_log(postgres.url("postgres", "wrong-hunter3"))
    assert "hunter3" not in caught.value.detail


def test_a_commit_on_the_server_waits_for_its_disk(postgres):
    engine = make_engine(postgres.url("postgres"))
    with engine.connect() as connection:
        assert connection.execute(sa.text("SHOW synchronous_commit")).scalar() == "on"
        assert connection.execute(sa.text("SHOW statement_timeout")).scalar() == "10s"
