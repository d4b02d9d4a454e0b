"""Pruning: idle sessions as a whole, live ones never, and the ledger keeps count."""

import threading

import pytest

from backend.errors import InvalidInput
from backend.impressions.event_log import EventLog, Stream, open_log
from backend.impressions.ledger import LedgerReader
from backend.impressions.prune import days, give_back_space, prune
from backend.impressions.session import Session
from backend.settings import Settings
from tests.impressions.events import liked, ranked_event

OLD, NEW, BEFORE = 100.0, 300.0, 200.0


@pytest.fixture
def log(log_url):
    opened = EventLog(log_url)
    yield opened
    opened.close()


def sessions_of(log, *keys):
    found = {}
    for key in keys:
        session = Session()
        log.load(key, session)
        found[key] = (len(session.rankings), len(session.likes))
    return found


def fill(log):
    """An old session, a live one that is old but for its last event, and a new one."""
    old, live, new = Stream("old"), Stream("live"), Stream("new")
    log.append(old, ranked_event("r1", at=OLD), liked("r1", "m1", at=OLD))
    log.append(live, ranked_event("r1", at=OLD), liked("r1", "m1", at=OLD))
    log.append(live, liked("r1", "m2", at=NEW))
    log.append(new, ranked_event("r1", at=NEW)).result()


def test_only_sessions_whose_last_event_is_old_go_and_they_go_whole(log, log_url):
    fill(log)
    pruned = prune(open_log(log_url), BEFORE)
    assert (pruned.sessions, pruned.events, pruned.likes) == (1, 2, 1)
    assert sessions_of(log, "old", "live", "new") == {"old": (0, 0), "live": (1, 2), "new": (1, 0)}


def test_a_dry_run_tells_the_same_and_changes_nothing(log, log_url):
    fill(log)
    would = prune(open_log(log_url), BEFORE, dry_run=True)
    assert (would.sessions, would.events, would.likes) == (1, 2, 1)
    assert sessions_of(log, "old") == {"old": (1, 1)}


def test_the_ledger_knows_what_went(log, log_url):
    log.append(Stream("old"), ranked_event("r1", at=OLD), liked("r1", "m1", at=OLD)).result()
    prune(open_log(log_url), BEFORE)
    answer = LedgerReader(log_url).counts()
    assert answer["counts"]["pruned_likes"] == 1
    assert answer["counts"]["pruned_sessions"] == 1
    assert answer["checks"]["stored = likes in log + pruned"]


def test_more_sessions_than_one_transaction_takes(log, log_url):
    commits = [log.append(Stream(f"s{n}"), ranked_event("r1", at=OLD)) for n in range(250)]
    commits[-1].result()
    assert prune(open_log(log_url), BEFORE, pause_s=0).sessions == 250
    assert prune(open_log(log_url), BEFORE).sessions == 0


def test_pruning_beside_writers_never_takes_a_session_in_use(log, log_url):
    commits = [log.append(Stream(f"s{n}"), ranked_event("r1", at=OLD)) for n in range(200)]
    commits[-1].result()
    refused = []

    def use():
        # Half of the old sessions are taken up again while pruning goes on.
        for n in range(0, 200, 2):
            session = Session()
            stream = log.load(f"s{n}", session)
            try:
                log.append(stream, ranked_event("r2", at=NEW)).result()
            except Exception:
                refused.append(n)

    user = threading.Thread(target=use)
    user.start()
    prune(open_log(log_url), BEFORE, pause_s=0)
    user.join()
    for n in range(0, 200, 2):
        rankings, _ = sessions_of(log, f"s{n}")[f"s{n}"]
        # Whole, or gone and begun anew; never without its beginning.
        assert rankings in ({0} if n in refused else {1, 2})
    answer = LedgerReader(log_url).verify(Settings({}))
    assert answer["replay"]["differing"] == 0


def test_space_of_a_new_file_is_given_back(tmp_path):
    url = f"sqlite:///{tmp_path / 'log.db'}"
    log = EventLog(url)
    films = [f"film-{n}" for n in range(50)]
    commits = [log.append(Stream(f"s{n}"), ranked_event("r1", *films, at=OLD)) for n in range(300)]
    commits[-1].result()
    engine = open_log(url)
    prune(engine, BEFORE, pause_s=0)
    assert give_back_space(engine) > 100
    log.close()


@pytest.mark.parametrize("text", ["0", "-1", "nan", "soon", "0.01"])
def test_an_age_within_which_sessions_may_be_live_is_refused(text):
    with pytest.raises(InvalidInput, match=f"--older-than must be .* got '{text}'"):
        days(text, Settings({}))


def test_an_age_is_in_days():
    assert days("0.5", Settings({})) == 0.5
