"""The page's server: Streamlit, plus posters, live search, clicks and security headers."""

from __future__ import annotations

import asyncio
from pathlib import Path

import streamlit as st
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import MutableHeaders
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, JSONResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from frontend import shell
from frontend.api import ApiError, Problem
from frontend.posters import NAME, VERSION
from frontend.press import press
from frontend.refusals import refusal
from frontend.services import services
from frontend.shape import hits, objects

SCRIPT = Path(__file__).resolve().parent / "streamlit_app.py"

MAX_QUERY = 80
SUGGESTIONS = 7

_SECURITY_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "X-Frame-Options": "SAMEORIGIN",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    # Streamlit needs inline styles, the blobs its components run from, and one inline script in
    # its index page; the chart library compiles its expressions. Nothing comes from elsewhere.
    "Content-Security-Policy": "; ".join(
        (
            "default-src 'self'",
            "script-src 'self' blob: 'unsafe-inline' 'unsafe-eval'",
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data: blob:",
            "font-src 'self' data:",
            "connect-src 'self' ws: wss:",
            "worker-src 'self' blob:",
            "object-src 'none'",
            "base-uri 'self'",
            "form-action 'self'",
            "frame-ancestors 'self'",
        )
    ),
}

# A poster that has yet to be drawn takes a while: threads are left for clicks and searches.
_poster_turn = asyncio.Semaphore(8)

# An SVG opened by itself is a document of this origin: no script, nothing loaded.
_IMAGE_POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox"


class SecurityHeaders:
    """Adds the security headers to every HTTP answer that does not set them itself."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass one connection on."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _SECURITY_HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        await self._app(scope, receive, send_with_headers)


async def poster(request: Request) -> Response:
    """GET /posters/{name}?v=: the image, from the cache or the backend."""
    name, version = request.path_params["name"], request.query_params.get("v")
    if not NAME.fullmatch(name) or (version and not VERSION.fullmatch(version)):
        return refusal(Problem(404, "Unknown poster", "name must be <film id>.webp or .svg"))
    try:
        async with _poster_turn:
            image = await run_in_threadpool(services().posters.get, name, version)
    except ApiError as error:
        return refusal(error)
    lifetime = "public, max-age=31536000, immutable" if version else "public, max-age=300"
    headers = {"Cache-Control": lifetime, "Content-Security-Policy": _IMAGE_POLICY}
    return Response(image.content, media_type=image.media_type, headers=headers)


async def films(request: Request) -> Response:
    """GET /films?query=: what the search box suggests, without a run of the page's script."""
    query = request.query_params.get("query", "").strip()[:MAX_QUERY]
    if not query:
        return JSONResponse({"films": []})
    try:
        answer = await run_in_threadpool(services().api.search, query, SUGGESTIONS)
    except ApiError as error:
        return refusal(error)
    # Stories that are out for the moment are said so: titles alone look like all there is.
    partial = bool(objects(answer.get("missing")))
    document = {"films": hits(answer), "partial": partial}
    return JSONResponse(document, headers={"Cache-Control": "no-store"})


async def index(request: Request) -> Response:
    """GET /: the page before its script runs."""
    return HTMLResponse(shell.page(), headers={"Cache-Control": "no-cache"})


async def logo(request: Request) -> Response:
    """GET /logo.svg: the mark in the browser's tab."""
    headers = {"Cache-Control": "public, max-age=3600", "Content-Security-Policy": _IMAGE_POLICY}
    return FileResponse(shell.LOGO, media_type="image/svg+xml", headers=headers)


ROUTES = (
    Route("/", index),
    Route("/logo.svg", logo),
    Route("/posters/{name}", poster),
    Route("/films", films),
    Route("/press", press, methods=["POST"]),
)


def build() -> st.App:
    """The application, ready to run."""
    return st.App(
        SCRIPT,
        routes=list(ROUTES),
        middleware=[Middleware(SecurityHeaders)],
    )


def serve() -> None:
    """Serve the page until stopped.

    Raises:
        InvalidSetting: a variable breaks its rule.
    """
    settings = services().settings
    build().run(
        config={"server.port": settings.ui_port, "server.address": settings.host},
    )
