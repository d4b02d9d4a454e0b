"""ASGI middleware that stands before every HTTP application: sizes, rates, overload, headers.

Each refusal is a problem document, made here because nothing behind has seen the request.
"""

from __future__ import annotations

import re
import time
from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Callable
from urllib.parse import parse_qsl, unquote

import orjson
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from backend.errors import DoubleFeatureError, InvalidInput, TooLarge, TooLong, Unavailable, shorten
from backend.limits import TokenBuckets, address_key
from backend.problems import problem_response
from backend.security import SECURITY_HEADERS
from backend.settings import Settings

MAX_QUERY_BYTES = 8192
MAX_HEADER_BYTES = 16_384
_SESSION_IN_PATH = re.compile(r"/sessions/([^/]{1,64})(?:/|$)")


class Guard(ABC):
    """The base of all here: HTTP goes to `guard`, whose errors of ours are answered.

    A WebSocket is refused, as nothing here speaks that; what else ASGI has is passed on.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        try:
            await self.guard(scope, receive, send)
        except DoubleFeatureError as error:
            # Only what a guard raises comes here: the application answers its own.
            await problem_response(error.problem(), error=error)(scope, receive, send)

    @abstractmethod
    async def guard(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or raise."""


class Headers(Guard):
    """Security headers on every answer, and HEAD answered as GET without its body."""

    async def guard(self, scope: Scope, receive: Receive, send: Send) -> None:
        head = scope["method"] == "HEAD"
        if head:
            scope = {**scope, "method": "GET"}

        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in SECURITY_HEADERS.items():
                    headers.setdefault(name, value)
            elif head and message["type"] == "http.response.body":
                message = {**message, "body": b""}
            await send(message)

        await self.app(scope, receive, send_guarded)


class NoSockets:
    """Refuses WebSockets: nothing here speaks them."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "websocket":
            await self.app(scope, receive, send)
        elif "websocket.http.response" in scope.get("extensions", {}):
            detail = "no route speaks WebSocket; see docs/api.md"
            refusal = problem_response(InvalidInput(detail, field="upgrade").problem())
            await refusal(scope, receive, send)
        else:
            await send({"type": "websocket.close", "code": 1003})


class Sizes(Guard):
    """Bounds the query and the headers, and refuses a parameter that comes twice."""

    async def guard(self, scope: Scope, receive: Receive, send: Send) -> None:
        query = scope["query_string"]
        if len(query) > MAX_QUERY_BYTES:
            raise TooLong(
                f"query must be at most {MAX_QUERY_BYTES} bytes, got {len(query)}", field="query"
            )
        size = sum(len(name) + len(value) for name, value in scope["headers"])
        if size > MAX_HEADER_BYTES:
            error = TooLarge(f"headers must be at most {MAX_HEADER_BYTES} bytes, got {size}")
            error.status, error.title = 431, "Headers too large"
            raise error
        if query:
            # Which of two values would count is a guess that others make differently.
            names = Counter(
                name for name, _ in parse_qsl(query.decode("latin-1"), keep_blank_values=True)
            )
            for name, times in names.items():
                if times > 1:
                    field = shorten(name)
                    raise InvalidInput(
                        f"{field} must be given once, got it {times} times; see docs/api.md",
                        field=field,
                    )
        await self.app(scope, receive, send)


class Rates(Guard):
    """Refuses a session or an address that asks too often, with 429.

    It counts in this replica, so with several replicas the limits are as many times higher.

    Args:
        settings: with the rates.
        forwarded: whether X-Forwarded-For is set by a proxy of ours.
        clock: seconds that only go forward.
    """

    def __init__(
        self,
        app: ASGIApp,
        settings: Settings,
        forwarded: bool,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__(app)
        self._sessions = TokenBuckets(settings.rate_per_session, "session", "RATE_PER_SESSION")
        self._addresses = TokenBuckets(settings.rate_per_address, "address", "RATE_PER_ADDRESS")
        self._loopback = TokenBuckets(settings.rate_of_loopback, "machine", "RATE_OF_LOOPBACK")
        self._forwarded = forwarded
        self._clock = clock

    async def guard(self, scope: Scope, receive: Receive, send: Send) -> None:
        now = self._clock()
        key = address_key(self._address(scope))
        if key is None:
            self._loopback.take("loopback", now)
        else:
            self._addresses.take(key, now)
        session = session_of(scope)
        if session:
            self._sessions.take(session, now)
        await self.app(scope, receive, send)

    def _address(self, scope: Scope) -> str:
        if self._forwarded:
            for name, value in scope["headers"]:
                if name == b"x-forwarded-for":
                    return str(value.decode("latin-1").rpartition(",")[2].strip())
        client = scope.get("client")
        return str(client[0]) if client else ""


def session_of(scope: Scope) -> str | None:
    """The session that a request's path, query or body is about, None when it names none."""
    found = _SESSION_IN_PATH.search(scope["path"])
    if found:
        return found.group(1)
    query: bytes = scope["query_string"]
    if b"session_key=" in query:
        for part in query.split(b"&"):
            if part.startswith(b"session_key="):
                return unquote(part[len(b"session_key=") :].decode("latin-1"))[:64]
    body: bytes = scope.get("state", {}).get("body", b"")
    if b'"session_key"' in body:
        try:
            parsed = orjson.loads(body)
        except orjson.JSONDecodeError:
            return None
        key = parsed.get("session_key") if isinstance(parsed, dict) else None
        return key[:64] if isinstance(key, str) else None
    return None


class Overload(Guard):
    """Refuses what comes while `most` requests are under way, so that no queue grows.

    What is taken is answered in good time, and who is refused knows at once.
    """

    def __init__(self, app: ASGIApp, most: int) -> None:
        super().__init__(app)
        self._most = most
        self._under_way = 0

    async def guard(self, scope: Scope, receive: Receive, send: Send) -> None:
        if self._under_way >= self._most:
            raise Unavailable(
                f"{self._most} requests are under way already; send the request again"
            )
        self._under_way += 1
        try:
            await self.app(scope, receive, send)
        finally:
            self._under_way -= 1


class Bodies(Guard):
    """Refuses bodies over `max_bytes`, declared or not, with 413; keeps the others for the rest."""

    def __init__(self, app: ASGIApp, max_bytes: int) -> None:
        super().__init__(app)
        self.max_bytes = max_bytes

    async def guard(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["method"] == "GET":
            await self.app(scope, receive, send)
            return
        parts: list[bytes] = []
        size = 0
        more = True
        while more:
            message = await receive()
            if message["type"] == "http.disconnect":
                return
            part = message.get("body", b"")
            parts.append(part)
            size += len(part)
            more = message.get("more_body", False)
            if size > self.max_bytes:
                raise TooLarge(
                    f"body must be at most {self.max_bytes} bytes; see MAX_BODY_BYTES",
                    field="body",
                )
        body = b"".join(parts)
        delivered = False

        async def replay() -> Message:
            nonlocal delivered
            if delivered:
                return await receive()
            delivered = True
            return {"type": "http.request", "body": body, "more_body": False}

        scope = {**scope, "state": {**scope.get("state", {}), "body": body}}
        await self.app(scope, replay, send)
