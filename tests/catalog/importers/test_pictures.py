"""Posters of an import: from a folder, and downloaded from a real HTTPS server."""

import ipaddress
import json
import socket
import ssl
import threading
import time
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import ClassVar

import pytest
import trustme

from backend.catalog.importers.download import Downloader, Refused, is_public
from backend.catalog.importers.images import MAX_IMAGE_BYTES, PictureFolder, save_picture
from backend.catalog.importers.report import InvalidSource
from backend.catalog.importers.run import Pictures
from tests.catalog.importers.files import imported, ranklens_film, settings_in
from tests.catalog.records import encoded, picture

LOOPBACK = ipaddress.ip_address("127.0.0.1")
PNG = encoded(picture([((200, 30, 30), 1.0)]))


class Handler(BaseHTTPRequestHandler):
    """Answers by path; records what was asked."""

    asked: ClassVar[list[str]] = []

    def do_GET(self):
        type(self).asked.append(self.path)
        kind, body, status, headers = "image/png", PNG, 200, {}
        match self.path:
            case "/html":
                kind, body = "text/html", b"<p>no picture</p>"
            case "/lie":
                body = b"<p>no picture</p>"
            case "/large":
                body = PNG + b"\0" * MAX_IMAGE_BYTES
            case "/gone":
                status = 404
            case "/hop":
                status, headers, body = 302, {"Location": "/p.png"}, b""
            case "/loop":
                status, headers, body = 302, {"Location": "/loop"}, b""
            case "/plain":
                status, headers, body = 302, {"Location": "http://example.org/p.png"}, b""
            case "/inside":
                status, headers, body = 302, {"Location": "https://inside.example/p.png"}, b""
            case "/nowhere":
                status, body = 302, b""
            case "/no-address":
                status, headers, body = 302, {"Location": "https://[none/p.png"}, b""
            case "/short":
                headers = {"Content-Length": str(len(PNG) + 9)}
            case "/drip":
                self.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
                while not self.server.over.is_set():
                    try:
                        self.wfile.write(b"a")
                    except OSError:
                        return
                    self.server.over.wait(0.05)
                return
            case "/slow":
                self.send_response(200)
                self.send_header("Content-Type", "image/png")
                self.end_headers()
                while not self.server.over.is_set():
                    self.wfile.write(b"\0")
                    self.wfile.flush()
                    self.server.over.wait(0.01)
                return
        self.send_response(status)
        self.send_header("Content-Type", kind)
        if "Content-Length" not in headers:
            self.send_header("Content-Length", str(len(body)))
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


@pytest.fixture(scope="module")
def server():
    """A server with a certificate for pictures.example: its port and the authority to trust."""
    authority = trustme.CA()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("pictures.example").configure_cert(context)
    made = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    made.over = threading.Event()
    made.daemon_threads = True
    made.socket = context.wrap_socket(made.socket, server_side=True)
    thread = threading.Thread(target=made.serve_forever, daemon=True)
    thread.start()
    yield made.server_port, authority
    made.over.set()
    made.shutdown()
    made.server_close()


@pytest.fixture
def downloader(server):
    """One that may speak to this server, and finds other names in a private network."""
    port, authority = server
    context = ssl.create_default_context()
    authority.configure_trust(context)

    def resolve(host, _port):
        return [LOOPBACK if host != "inside.example" else ipaddress.ip_address("10.0.0.1")]

    return Downloader(
        resolve=resolve,
        allowed=lambda address: address == LOOPBACK,
        ports=frozenset((port, 443)),
        context=context,
    )


def fetch(downloader, server, path, host="pictures.example"):
    return downloader.fetch(f"https://{host}:{server[0]}{path}")


def test_a_picture_is_fetched(downloader, server):
    assert fetch(downloader, server, "/p.png?size=2") == PNG
    assert Handler.asked[-1] == "/p.png?size=2"


def test_a_redirect_is_followed(downloader, server):
    assert fetch(downloader, server, "/hop") == PNG


@pytest.mark.parametrize(
    ("path", "why"),
    [
        ("/html", "must be an image"),
        ("/large", "at most 5000000 bytes"),
        ("/gone", "status 404"),
        ("/loop", "more than 3 redirects"),
        ("/plain", "must be https"),
        ("/inside", "public addresses only"),
        ("/nowhere", "redirect to nowhere"),
        ("/no-address", "redirect to no address"),
        ("/short", "broke off"),
    ],
)
def test_an_answer_that_is_not_acceptable_is_refused(downloader, server, path, why):
    with pytest.raises(Refused, match=why):
        fetch(downloader, server, path)


def test_a_server_that_trickles_is_given_up(downloader, server):
    with pytest.raises(Refused, match="took too long"):
        fetch(replace(downloader, deadline_s=0.2), server, "/slow")


def test_headers_that_trickle_are_given_up_too(downloader, server):
    began = time.monotonic()
    with pytest.raises(Refused, match="took too long"):
        fetch(replace(downloader, deadline_s=0.3), server, "/drip")
    assert time.monotonic() - began < 3


def test_a_handshake_that_never_comes_is_given_up(downloader):
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
        patient = replace(downloader, deadline_s=0.3, ports=frozenset((port,)))
        began = time.monotonic()
        with pytest.raises(Refused, match="took too long"):
            patient.fetch(f"https://pictures.example:{port}/p.png")
        assert time.monotonic() - began < 3


def test_a_certificate_for_another_name_is_refused(downloader, server):
    with pytest.raises(Refused, match="SSLCertVerificationError"):
        fetch(downloader, server, "/p.png", host="other.example")


def test_a_certificate_of_an_unknown_authority_is_refused(downloader, server):
    with pytest.raises(Refused, match="SSLCertVerificationError"):
        fetch(replace(downloader, context=ssl.create_default_context()), server, "/p.png")


@pytest.mark.parametrize(
    "url",
    [
        "http://pictures.example/p.png",
        "file:///etc/passwd",
        "ftp://pictures.example/p.png",
        "//pictures.example/p.png",
        "https://user@pictures.example/p.png",
        "https://pictures.example:22/p.png",
        "https://[::1",
        "https://",
        "",
    ],
)
def test_other_addresses_are_refused_before_anything_is_asked(downloader, url):
    before = len(Handler.asked)
    with pytest.raises(Refused):
        downloader.fetch(url)
    assert len(Handler.asked) == before


def test_the_address_that_was_checked_is_connected_to(server, downloader):
    answers = iter([[LOOPBACK], [ipaddress.ip_address("10.0.0.1")]])
    rebinding = replace(downloader, resolve=lambda _host, _port: next(answers))
    assert fetch(rebinding, server, "/p.png") == PNG


def test_one_private_address_among_public_ones_is_enough_to_refuse(downloader, server):
    both = [LOOPBACK, ipaddress.ip_address("192.168.1.1")]
    with pytest.raises(Refused, match="public addresses only"):
        fetch(replace(downloader, resolve=lambda _host, _port: both), server, "/p.png")


@pytest.mark.parametrize(
    "address",
    [
        *("127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.0.1", "169.254.169.254", "0.0.0.0"),
        *("100.64.0.1", "224.0.0.1", "255.255.255.255", "240.0.0.1", "198.18.0.1"),
        *("::1", "::", "fe80::1", "fc00::1", "ff02::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1"),
        *("64:ff9b::7f00:1", "2002:7f00:1::", "2001:db8::1"),
    ],
)
def test_addresses_that_are_not_of_the_open_internet(address):
    assert not is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize("address", ["93.184.216.34", "2606:2800:220:1::1", "::ffff:8.8.8.8"])
def test_addresses_of_the_open_internet(address):
    assert is_public(ipaddress.ip_address(address))


def test_an_import_downloads_what_it_can_and_goes_on(downloader, server, tmp_path):
    paths = ["/p.png", "/lie", "/gone", "/hop"]
    films = [
        ranklens_film(n, poster=f"https://pictures.example:{server[0]}{path}")
        for n, path in enumerate(paths)
    ]
    films += [ranklens_film(n, poster="") for n in range(10, 20)]
    source = tmp_path / "films.jsonl"
    source.write_text("\n".join(json.dumps(film) for film in films))
    summary, _ = imported(source, tmp_path, pictures=Pictures(downloader=downloader))
    images = settings_in(tmp_path).catalogues_dir / "mine" / "images"
    assert sorted(path.name for path in images.iterdir()) == ["rl-0.png", "rl-3.png"]
    assert (summary.pictures, summary.pictures_refused) == (2, 2)


def test_nothing_is_downloaded_unless_asked_for(server, tmp_path):
    before = len(Handler.asked)
    url = f"https://pictures.example:{server[0]}/p.png"
    source = tmp_path / "films.jsonl"
    films = [ranklens_film(n, poster=url) for n in range(12)]
    source.write_text("\n".join(json.dumps(film) for film in films))
    assert imported(source, tmp_path)[0].pictures == 0
    assert len(Handler.asked) == before


def test_pictures_of_a_folder_are_found_by_our_id_and_by_theirs(tmp_path):
    folder = tmp_path / "posters"
    folder.mkdir()
    (folder / "RL-3.PNG").write_bytes(PNG)
    (folder / "4.jpg").write_bytes(encoded(picture([((1, 2, 3), 1.0)]), "JPEG"))
    (folder / "5.png").write_bytes(b"not a picture")
    (folder / "6.txt").write_text("x")
    source = tmp_path / "films.jsonl"
    source.write_text("\n".join(json.dumps(ranklens_film(n)) for n in range(12)))
    summary, _ = imported(source, tmp_path, pictures=Pictures(folder=folder))
    images = settings_in(tmp_path).catalogues_dir / "mine" / "images"
    assert sorted(path.name for path in images.iterdir()) == ["rl-3.png", "rl-4.jpg"]
    assert (summary.pictures, summary.pictures_refused) == (2, 1)


def test_a_decoder_that_stumbles_costs_one_picture(tmp_path, monkeypatch):
    def stumble(*_):
        raise KeyError(5)

    monkeypatch.setattr("backend.catalog.importers.images.read_picture", stumble)
    with pytest.raises(ValueError, match="can be read"):
        save_picture(PNG, "a", tmp_path)


def test_a_folder_of_pictures_must_be_one(tmp_path):
    with pytest.raises(InvalidSource, match="posters must be a folder"):
        PictureFolder(tmp_path / "none")


def test_a_picture_that_is_too_large_or_of_another_kind_is_refused(tmp_path):
    for content in (PNG + b"\0" * MAX_IMAGE_BYTES, b"GIF89a" + PNG, PNG[:60]):
        with pytest.raises(ValueError, match=r"picture|image"):
            save_picture(content, "a", tmp_path)
    assert list(tmp_path.iterdir()) == []
