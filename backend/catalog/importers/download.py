"""Download pictures from addresses that strangers wrote: https only, never to private networks.

The name is resolved once, every address it has must be public, and the connection is made to the
address that was checked: a name that changes its mind in between (DNS rebinding) leads nowhere.
Redirects are followed by hand, each checked in the same way.
"""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from urllib.parse import urljoin, urlsplit

from backend.catalog.importers.images import MAX_IMAGE_BYTES

MOST_REDIRECTS = 3
CONNECT_TIMEOUT_S = 5.0
READ_TIMEOUT_S = 10.0
TOTAL_DEADLINE_S = 30.0
_BLOCK_BYTES = 1 << 16
_HTTPS_PORT = 443

Address = ipaddress.IPv4Address | ipaddress.IPv6Address


class Refused(ValueError):
    """A picture that is not fetched, or was not what it should be; the text says why."""


def is_public(address: Address) -> bool:
    """Whether an address is one of the open Internet; v4 inside v6 is looked at as v4."""
    if isinstance(address, ipaddress.IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour
        if inner is None and address.teredo is not None:
            inner = address.teredo[1]
        if inner is not None:
            return is_public(inner)
        # NAT64 wraps any v4 address.
        if address in ipaddress.ip_network("64:ff9b::/96"):
            return is_public(ipaddress.IPv4Address(int(address) & 0xFFFFFFFF))
    return address.is_global and not address.is_multicast and not address.is_reserved


def resolve(host: str, port: int) -> list[Address]:
    """Every address of a name.

    Raises:
        Refused: it has none.
    """
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise Refused(f"{host!r} has no address: {error}") from None
    return [ipaddress.ip_address(str(entry[4][0]).partition("%")[0]) for entry in found]


@dataclass(frozen=True)
class Downloader:
    """Fetches pictures.

    Attributes:
        resolve: addresses of a host name and port.
        allowed: which of them may be connected to.
        ports: which ports may be asked.
        context: TLS with verification.
        deadline_s: for one picture in all, redirects included; looking up a name is the system's.
    """

    resolve: Callable[[str, int], Sequence[Address]] = resolve
    allowed: Callable[[Address], bool] = is_public
    ports: frozenset[int] = frozenset((_HTTPS_PORT,))
    context: ssl.SSLContext = field(default_factory=ssl.create_default_context)
    deadline_s: float = TOTAL_DEADLINE_S

    def fetch(self, url: str) -> bytes:
        """The bytes of a picture; whether they can be decoded is not looked at.

        Raises:
            Refused: the address, the answer or the time it takes is not acceptable.
        """
        until = time.monotonic() + self.deadline_s
        for _ in range(MOST_REDIRECTS + 1):
            answer = self._get(url, until)
            if isinstance(answer, bytes):
                return answer
            try:
                url = urljoin(url, answer)
            except ValueError:
                raise Refused("a redirect to no address") from None
        raise Refused(f"more than {MOST_REDIRECTS} redirects")

    def _get(self, url: str, until: float) -> bytes | str:
        """The picture, or where a redirect leads."""
        try:
            parts = urlsplit(url)
            host, port = parts.hostname, parts.port or _HTTPS_PORT
        except ValueError:
            raise Refused("the address is none") from None
        if parts.scheme != "https" or not host or parts.username or port not in self.ports:
            raise Refused("the address must be https on its usual port, without a user")
        addresses = self.resolve(host, port)
        if not addresses or not all(self.allowed(address) for address in addresses):
            raise Refused(f"{host!r} must have public addresses only")
        target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        try:
            connection = _Pinned(host, port, str(addresses[0]), self.context)
        except http.client.HTTPException:
            raise Refused("the address is none") from None
        # A time-out for each read is not enough: a server may send its headers byte by byte.
        alarm = threading.Timer(max(until - time.monotonic(), 0.0), connection.hang_up)
        alarm.daemon = True
        alarm.start()
        try:
            connection.request("GET", target, headers={"Accept": "image/*"})
            response = connection.getresponse()
            # After hanging up, the headers end where they were.
            if time.monotonic() >= until:
                raise Refused("the answer took too long")
            if response.status in {301, 302, 303, 307, 308}:
                location = response.getheader("Location")
                if not location:
                    raise Refused("a redirect to nowhere")
                return location
            return _picture(response, until)
        except (OSError, http.client.HTTPException, ValueError) as error:
            if isinstance(error, Refused):
                raise
            if time.monotonic() >= until:
                raise Refused("the answer took too long") from error
            raise Refused(f"no answer that can be used: {type(error).__name__}") from error
        finally:
            alarm.cancel()
            connection.close()


def _picture(response: http.client.HTTPResponse, until: float) -> bytes:
    if response.status != http.HTTPStatus.OK:
        raise Refused(f"status {response.status}")
    if not (response.getheader("Content-Type") or "").strip().lower().startswith("image/"):
        raise Refused("the answer must be an image")
    content = bytearray()
    # read1: what has come, so that a trickle cannot outlast the deadline.
    while block := response.read1(_BLOCK_BYTES):
        content += block
        if len(content) > MAX_IMAGE_BYTES:
            raise Refused(f"the picture must be at most {MAX_IMAGE_BYTES} bytes")
        if time.monotonic() >= until:
            break
    if time.monotonic() >= until:
        raise Refused("the answer took too long")
    if response.length:
        raise Refused("the answer broke off")
    return bytes(content)


class _Pinned(http.client.HTTPSConnection):
    """A connection to one address, whose certificate must be that of the host name."""

    def __init__(self, host: str, port: int, address: str, context: ssl.SSLContext) -> None:
        super().__init__(host, port, timeout=READ_TIMEOUT_S)
        self._address = address
        self._tls = context
        self._reached: ssl.SSLSocket | None = None
        self._over = False

    def connect(self) -> None:
        """Connect to the address that was checked, whatever the name says by now."""
        plain = socket.create_connection((self._address, self.port), CONNECT_TIMEOUT_S)
        try:
            plain.settimeout(READ_TIMEOUT_S)
            self._reached = self.sock = self._tls.wrap_socket(
                plain, server_hostname=self.host, do_handshake_on_connect=False
            )
            if self._over:
                raise TimeoutError
            self.sock.do_handshake()
        except BaseException:
            plain.close()
            raise

    def hang_up(self) -> None:
        """End whatever is being waited for; may be called from another thread."""
        self._over = True
        if self._reached is not None:
            with suppress(OSError):
                # Not SSLSocket.shutdown, which would have the reader go on without TLS.
                socket.socket.shutdown(self._reached, socket.SHUT_RDWR)
