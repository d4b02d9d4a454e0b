"""The launcher's refusals: one clear line and a non-zero exit."""

from __future__ import annotations

import socket
import subprocess

import pytest

from backend.settings import REPOSITORY
from tests.system import System


@pytest.fixture
def not_started(tmp_path):
    return System(tmp_path / "data")


@pytest.mark.parametrize("variable", ["API_PORT", "UI_PORT"])
def test_a_busy_port_is_refused_by_name(not_started, variable):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", int(not_started.environment[variable])))
        taken.listen()
        done = not_started.launch("start", "--detach")
    assert done.returncode != 0
    assert f"{variable} must be a free port" in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


def test_a_setting_out_of_range_is_refused_by_name(not_started):
    not_started.environment["STORE_SHARDS"] = "none"
    done = not_started.launch("start", "--detach")
    assert done.returncode != 0
    assert "STORE_SHARDS must be a whole number from 1 to 64, got 'none'" in done.stderr


def test_an_unusable_data_folder_is_refused(not_started, tmp_path):
    (tmp_path / "data").write_text("a file, not a folder")
    done = not_started.launch("start", "--detach")
    assert done.returncode != 0
    assert "DATA_DIR must be a folder that can be written" in done.stderr


def test_stopping_nothing_says_so(not_started):
    done = not_started.launch("stop")
    assert done.returncode == 0
    assert "Nothing of ours was running" in done.stdout


def test_an_unknown_option_is_refused(not_started):
    done = subprocess.run(
        ["bash", "scripts/start_all.sh", "--fast"],
        cwd=REPOSITORY,
        env=not_started.environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode != 0
    assert "usage: scripts/start_all.sh [--detach]" in done.stderr
