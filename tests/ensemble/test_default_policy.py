"""The policy of new sessions: chosen live, kept on disk, never half."""

import threading

import pytest

from backend.ensemble.default_policy import DefaultPolicy
from backend.errors import InvalidInput, Unavailable
from backend.settings import Settings
from tests.system import wait_for


@pytest.fixture
def config(tmp_path):
    return Settings({"DATA_DIR": str(tmp_path), "POLICY": "static"})


def test_it_is_that_of_the_settings_until_one_is_chosen(config):
    policy = DefaultPolicy(config)
    assert policy.name == "static"
    assert policy.choose("classic") == policy.name == "classic"


def test_another_process_finds_the_choice_when_it_starts(config):
    DefaultPolicy(config).choose("classic")
    assert DefaultPolicy(config).name == "classic"


def test_who_watches_follows_without_being_asked(config):
    watched = DefaultPolicy.watched(config)
    try:
        for name in ("classic", "preference"):
            DefaultPolicy(config).choose(name)
            wait_for(lambda name=name: watched.name == name, f"the policy {name}", 10)
    finally:
        watched.close()


def test_an_unknown_policy_is_refused_and_changes_nothing(config):
    policy = DefaultPolicy(config)
    policy.choose("classic")
    with pytest.raises(InvalidInput, match="policy must be one of preference, static, classic"):
        policy.choose("best")
    assert DefaultPolicy(config).name == "classic"


@pytest.mark.parametrize("content", [b"", b"\n", b"best\n", b"\xff\xfe", b"classic" * 100])
def test_a_file_that_is_no_choice_counts_as_none(config, tmp_path, content):
    (tmp_path / "default-policy").write_bytes(content)
    assert DefaultPolicy(config).name == "static"


def test_an_odd_file_is_told_of_once(config, tmp_path, caplog):
    (tmp_path / "default-policy").write_text("best")
    policy = DefaultPolicy(config)
    policy.look()
    assert [record.getMessage() for record in caplog.records] == [
        f"{tmp_path / 'default-policy'} must hold one of preference, static, classic, got 'best'; "
        "choose a policy again with POST /control/policy"
    ]


def test_what_was_known_stays_while_the_file_cannot_be_read(config, tmp_path):
    policy = DefaultPolicy(config)
    policy.choose("classic")
    (tmp_path / "default-policy").unlink()
    (tmp_path / "default-policy").mkdir()
    assert policy.look() == "classic"


def test_a_choice_that_cannot_be_written_is_refused_and_leaves_nothing(config, tmp_path):
    (tmp_path / "default-policy").mkdir()
    with pytest.raises(Unavailable, match="send the request again"):
        DefaultPolicy(config).choose("classic")
    assert [path.name for path in tmp_path.iterdir()] == ["default-policy"]


def test_of_many_choices_at_once_one_is_whole(config, tmp_path):
    names = ["classic", "preference", "static"] * 5
    threads = [threading.Thread(target=DefaultPolicy(config).choose, args=(n,)) for n in names]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (tmp_path / "default-policy").read_text() in {"classic\n", "preference\n", "static\n"}
    assert [path.name for path in tmp_path.iterdir()] == ["default-policy"]
