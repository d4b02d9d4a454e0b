"""What keeps strangers out and one bad request from hurting another, on the running system."""

from __future__ import annotations

import signal
import socket
import stat
import uuid
from collections.abc import Iterator

import psutil
import pytest
import requests

from backend.presenter import token_file
from backend.processes import instance_processes
from backend.runtime import instance_dir, instance_id, ray_token_file
from backend.settings import Settings
from tests.system import System, assert_problem, wait_for

pytestmark = pytest.mark.cluster
FILM = "alien-1979"


def settings_of(system: System) -> Settings:
    return Settings(system.environment)


def processes(system: System) -> Iterator[psutil.Process]:
    """Every process of the system, the page's too, but not this one."""
    yield from instance_processes(instance_id(settings_of(system)))
    for process in psutil.process_iter():
        try:
            if process.environ().get("UI_PORT") == str(system.ui_port):
                yield process
        except psutil.Error:
            continue


def raw(system: System, request: bytes) -> bytes:
    """What comes back for these bytes, until the other side closes."""
    with socket.create_connection(("127.0.0.1", system.api_port), timeout=20) as to:
        to.sendall(request)
        answer = b""
        while part := to.recv(65_536):
            answer += part
        return answer


class TestNobodyElse:
    def test_nothing_listens_but_on_loopback(self, system):
        elsewhere, listening = [], 0
        for process in {p.pid: p for p in processes(system)}.values():
            try:
                connections = process.net_connections(kind="inet")
            except psutil.Error:
                continue
            for connection in connections:
                if connection.status != psutil.CONN_LISTEN:
                    continue
                listening += 1
                address = connection.laddr.ip.removeprefix("::ffff:")
                if not (address.startswith("127.") or address == "::1"):
                    elsewhere.append((process.name(), connection.laddr))
        assert listening > 10
        assert elsewhere == []

    def test_secrets_and_sockets_are_for_the_owner_only(self, system):
        settings = settings_of(system)
        for path in (token_file(settings), ray_token_file(settings)):
            assert stat.S_IMODE(path.stat().st_mode) == 0o600
        assert stat.S_IMODE(instance_dir(settings).stat().st_mode) == 0o700
        for admin in instance_dir(settings).glob("haproxy/**/admin.sock"):
            assert stat.S_IMODE(admin.stat().st_mode) == 0o600

    def test_every_part_asks_rays_token(self, system):
        modes = set()
        for process in instance_processes(instance_id(settings_of(system))):
            try:
                if "raylet" in process.name() or "gcs_server" in process.name():
                    modes.add(process.environ().get("RAY_AUTH_MODE"))
            except psutil.Error:
                continue
        assert modes == {"token"}


class TestPresenter:
    def test_the_list_of_sessions_needs_the_token(self, system):
        token = token_file(settings_of(system)).read_text().strip()
        url = f"{system.api}/control/sessions"
        assert_problem(system.get("/control/sessions"), 401, "authorization")
        wrong = {"Authorization": f"Bearer {token[:-1]}"}
        refused = requests.get(url, headers=wrong, timeout=20)
        assert_problem(refused, 401, "authorization")
        assert token[:-1] not in refused.text
        assert refused.headers["www-authenticate"].startswith("Bearer")
        # In the address it counts for nothing, as addresses are logged and shown.
        assert_problem(system.get("/control/sessions", token=token), 401, "authorization")
        right = {"Authorization": f"Bearer {token}"}
        assert requests.get(url, headers=right, timeout=20).status_code == 200

    def test_the_list_shows_how_keys_begin_and_no_more(self, system):
        key = f"test-{uuid.uuid4().hex}"
        system.get("/rec/ensemble", liked_id=FILM, session_key=key)
        token = token_file(settings_of(system)).read_text().strip()
        answer = requests.get(
            f"{system.api}/control/sessions",
            headers={"Authorization": f"Bearer {token}"},
            timeout=20,
        )
        assert answer.json()["total"] >= 1
        assert answer.json()["sessions"][0]["key_begins"] == key[:6]
        assert key not in answer.text

    def test_no_log_holds_the_token(self, system):
        token = token_file(settings_of(system)).read_bytes().strip()
        logs = [*system.data_dir.glob("log/*"), *instance_dir(settings_of(system)).rglob("*.log")]
        assert logs
        assert [log for log in logs if token in log.read_bytes()] == []


class TestRequests:
    @pytest.mark.parametrize(
        "path", ["/rec/sources", "/rec/starters", "/rec/movies/" + FILM, "/control/status"]
    )
    def test_head_works_like_get(self, system, path):
        head = requests.head(system.api + path, timeout=20)
        assert head.status_code == 200
        assert head.headers["content-type"] == "application/json"
        assert head.content == b""

    @pytest.mark.parametrize(
        "path", ["/rec/sources", "/rec/nothing", "/control/status", "/nothing", "/rec/movies/x"]
    )
    def test_every_answer_carries_the_security_headers(self, system, path):
        headers = system.get(path).headers
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "no-referrer"
        assert "frame-ancestors 'none'" in headers["content-security-policy"]

    @pytest.mark.parametrize(
        ("path", "status", "field"),
        [
            ("/rec/ensemble?liked_id=alien-1979&count=5&count=7", 422, "count"),
            ("/rec/ensemble?liked_id=alien-1979&count=1_0", 422, "count"),
            ("/rec/ensemble?liked_id=alien-1979&count=" + "9" * 400, 422, "count"),
            ("/rec/ensemble?liked_id=alien-1979&count=NaN", 422, "count"),
            ("/rec/ensemble?liked_id=%00", 404, "liked_id"),
            ("/rec/sessions/%2e%2e", 422, "session_key"),
            ("/rec/sessions/a.b", 422, "session_key"),
            ("/rec/taste", 404, "source"),
            ("/rec/taste?count=x", 404, "source"),
            ("/rec/movies?query=" + "a" * 9000, 414, "query"),
        ],
    )
    def test_refusals_name_the_field(self, system, path, status, field):
        # Sent as it is: a client library would tidy `..` away.
        answer = raw(
            system, f"GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".encode()
        )
        head, _, body = answer.partition(b"\r\n\r\n")
        assert head.split()[1] == str(status).encode()
        assert b"content-type: application/problem+json" in head.lower()
        assert f'"field":"{field}"'.encode() in body

    def test_a_web_socket_is_refused_in_the_same_shape(self, system):
        headers = {
            "Connection": "Upgrade",
            "Upgrade": "websocket",
            "Sec-WebSocket-Key": "x3JJHMbDL1EzLkh9GBhXDw==",
            "Sec-WebSocket-Version": "13",
        }
        answer = requests.get(f"{system.api}/rec/sources", headers=headers, timeout=20)
        assert answer.headers["content-type"] == "application/problem+json"
        assert answer.status_code in {400, 422}

    @pytest.mark.parametrize("request_line", [b"NONSENSE", b"GET", b"\x16\x03\x01\x02"])
    def test_what_is_no_http_harms_nothing(self, system, request_line):
        answer = raw(system, request_line + b"\r\n\r\n")
        assert not answer or answer.split()[1].startswith((b"4", b"5"))
        assert system.get("/rec/sources").status_code == 200


def test_a_client_that_leaves_cancels_its_request(system):
    def under_way() -> int:
        return sum(d["ongoing"] for d in [system.deployment("Ensemble")])

    request = f"GET /rec/ensemble?liked_id={FILM}&count=50 HTTP/1.1\r\nHost: x\r\n\r\n".encode()
    for _ in range(50):
        with socket.create_connection(("127.0.0.1", system.api_port), timeout=20) as to:
            to.sendall(request)
    assert system.get("/rec/ensemble", liked_id=FILM).status_code == 200
    wait_for(lambda: under_way() == 0 or None, "nothing under way")


def test_a_killed_replica_is_a_problem_document_until_it_is_back(system):
    def ensemble() -> list[psutil.Process]:
        found = instance_processes(instance_id(settings_of(system)))
        return [process for process in found if "ServeReplica:recommend:Ensemble" in title(process)]

    def title(process: psutil.Process) -> str:
        try:
            return " ".join(process.cmdline())
        except psutil.NoSuchProcess:
            return ""

    killed = ensemble()
    for process in killed:
        process.send_signal(signal.SIGKILL)
    refused = []

    def answered() -> bool:
        # HAProxy may hold a request until there is a replica again: no refusal is fine too. What
        # the killed process had in hand may break off, as no one is left who could answer.
        try:
            answer = system.get("/rec/ensemble", liked_id=FILM)
        except (requests.ConnectionError, requests.Timeout):
            return False
        if answer.status_code != 200:
            refused.append(answer)
        return answer.status_code == 200 and bool(set(ensemble()) - set(killed))

    wait_for(answered, "the Ensemble again")
    for answer in refused:
        assert_problem(answer, 503)
        assert answer.headers["retry-after"] == "1"
