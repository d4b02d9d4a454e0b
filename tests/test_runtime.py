"""What is checked before anything starts."""

import errno
import os
import socket
from pathlib import Path

import pytest

from backend.errors import InvalidSetting
from backend.runtime import (
    INSTANCE_VARIABLE,
    check_port,
    fast_environment,
    free_port,
    free_port_block,
    instance_dir,
    instance_id,
    lock_data_dir,
)
from backend.settings import Settings


def settings_of(folder, **variables):
    return Settings({"DATA_DIR": str(folder), **variables})


def test_a_free_port_is_accepted():
    check_port("127.0.0.1", free_port(), "API_PORT")


@pytest.mark.parametrize("variable", ["API_PORT", "UI_PORT"])
def test_a_busy_port_is_refused_with_its_name_and_number(variable):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(
            InvalidSetting,
            match=rf"{variable} must be a free port on 127.0.0.1, got {port} .*in use",
        ) as caught:
            check_port("127.0.0.1", port, variable)
    assert caught.value.field == variable


def test_a_port_just_given_back_is_accepted():
    with socket.socket() as other:
        # As servers do, so that the last connection's TIME_WAIT does not hold the port.
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with socket.create_connection(("127.0.0.1", port)):
            other.accept()[0].close()
    check_port("127.0.0.1", port, "API_PORT")


def test_an_address_of_another_machine_is_refused():
    with pytest.raises(InvalidSetting, match=r"API_PORT must be a free port on 192\.0\.2\.1"):
        check_port("192.0.2.1", 8000, "API_PORT")


def test_the_data_folder_is_made_and_taken_by_one_process_only(tmp_path):
    settings = settings_of(tmp_path / "new" / "var")
    with lock_data_dir(settings):
        for _ in range(2):
            with pytest.raises(InvalidSetting, match="must not be in use by another backend") as e:
                lock_data_dir(settings)
            assert e.value.field == "DATA_DIR"
            assert str(tmp_path) in e.value.detail
            assert "stop_all.sh" in e.value.detail


def test_the_data_folder_can_be_taken_again_once_given_back(tmp_path):
    lock_data_dir(settings_of(tmp_path)).close()
    lock_data_dir(settings_of(tmp_path)).close()


def test_two_data_folders_can_be_taken_at_once(tmp_path):
    with lock_data_dir(settings_of(tmp_path / "a")), lock_data_dir(settings_of(tmp_path / "b")):
        pass


def test_a_data_folder_that_is_a_file_is_refused(tmp_path):
    (tmp_path / "var").write_text("")
    for path in (tmp_path / "var", tmp_path / "var" / "below"):
        with pytest.raises(InvalidSetting, match="DATA_DIR must be a folder that can be written"):
            lock_data_dir(settings_of(path))


def test_a_data_folder_without_the_right_to_write_is_refused(tmp_path, monkeypatch):
    # The system's answer is played: root, as in a container, may write everywhere.
    def denied(*_arguments):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))

    monkeypatch.setattr(Path, "open", denied)
    with pytest.raises(InvalidSetting, match=r"can be written, got .*Permission denied"):
        lock_data_dir(settings_of(tmp_path))


def test_an_instance_is_known_by_its_data_folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert instance_id(settings_of("var")) == instance_id(settings_of(tmp_path / "var"))
    assert instance_id(settings_of("var")) != instance_id(settings_of("other"))


def test_paths_of_sockets_stay_short(tmp_path):
    deep = settings_of(tmp_path.joinpath(*["a-rather-long-name"] * 10))
    assert len(str(instance_dir(deep) / "haproxy" / "metrics.sock")) <= 107


def test_what_the_user_set_stays(tmp_path, monkeypatch):
    monkeypatch.setenv("OMP_NUM_THREADS", "7")
    monkeypatch.delenv("RAY_USAGE_STATS_ENABLED", raising=False)
    variables = fast_environment(settings_of(tmp_path))
    assert variables["OMP_NUM_THREADS"] == "7"
    assert variables["RAY_USAGE_STATS_ENABLED"] == "0"


def test_two_instances_share_no_file(tmp_path, monkeypatch):
    for name in list(os.environ):
        if name.startswith(("RAY_", INSTANCE_VARIABLE)):
            monkeypatch.delenv(name)
    first, second = (fast_environment(settings_of(tmp_path / name)) for name in "ab")
    own = [name for name in first if name.endswith(("_PATH", "_LOC", "_FILE", "_BASE"))]
    assert [name for name in (*own, INSTANCE_VARIABLE) if first[name] == second[name]] == []


def test_a_block_of_ports_lies_where_nothing_listens():
    start = free_port_block("00000000", 200)
    with socket.socket() as other:
        other.bind(("127.0.0.1", start + 150))
        other.listen()
        second = free_port_block("00000000", 200)
    assert second >= start + 200
    assert (second - start) % 200 == 0


def test_the_fast_data_plane_can_be_left_off(tmp_path, monkeypatch):
    for name in ("RAY_SERVE_THROUGHPUT_OPTIMIZED", "RAY_SERVE_ENABLE_HA_PROXY"):
        monkeypatch.delenv(name, raising=False)
        assert name not in fast_environment(settings_of(tmp_path, FAST_DATA_PLANE="0"))
