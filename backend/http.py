"""What every HTTP application shares: one error shape, bounded bodies, fast JSON."""

from __future__ import annotations

import logging
from http import HTTPStatus
from typing import Any

import orjson
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import Response
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from backend.errors import DoubleFeatureError, InvalidInput, TooLarge, problem, shorten

PROBLEM_TYPE = "application/problem+json"
log = logging.getLogger("ray.serve")


def json_response(body: Any, status: int = 200, headers: dict[str, str] | None = None) -> Response:
    """`body` as JSON; numpy numbers and dataclasses are understood."""
    content = orjson.dumps(body, option=orjson.OPT_SERIALIZE_NUMPY)
    return Response(content, status, headers, media_type="application/json")


def problem_response(body: dict[str, Any], headers: dict[str, str] | None = None) -> Response:
    """An RFC 9457 problem document as the answer; a 503 says when to try again."""
    headers = dict(headers or {})
    if body["status"] == HTTPStatus.SERVICE_UNAVAILABLE:
        headers.setdefault("Retry-After", "1")
    return Response(orjson.dumps(body), body["status"], headers, media_type=PROBLEM_TYPE)


def problem_app(title: str, version: str, max_body_bytes: int = 16_384) -> FastAPI:
    """A FastAPI application whose every error is a problem document.

    Args:
        title, version: for its OpenAPI document.
        max_body_bytes: a larger request body is refused with 413 before it is parsed.
    """
    # No interactive documents: their page would load scripts from elsewhere.
    app = FastAPI(
        title=title, version=version, redirect_slashes=False, docs_url=None, redoc_url=None
    )
    app.add_exception_handler(DoubleFeatureError, _on_domain_error)
    app.add_exception_handler(RequestValidationError, _on_invalid_request)
    app.add_exception_handler(HTTPException, _on_http_error)
    app.add_exception_handler(Exception, _on_unexpected)
    app.add_middleware(LimitBody, max_bytes=max_body_bytes)
    return app


async def _on_domain_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, DoubleFeatureError)
    return problem_response(error.problem())


async def _on_invalid_request(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    first = error.errors()[0]
    if first["type"] == "json_invalid" or isinstance(first.get("input"), bytes):
        detail = "body must be JSON sent as content-type application/json; see docs/api.md"
        return problem_response(InvalidInput(detail, field="body").problem())
    parts = [str(part) for part in first["loc"][1:]]
    field = ".".join(parts) or str(first["loc"][0])
    missing = first["type"] == "missing"
    got = "nothing" if missing else shorten(first.get("input"))
    rule = "given" if missing else _rule(first)
    detail = f"{field} must be {rule}, got {got}; see docs/api.md"
    value = None if missing else first.get("input")
    return problem_response(InvalidInput(detail, field=field, value=value).problem())


def _rule(error: dict[str, Any]) -> str:
    """The rule a pydantic error tells of, as words that follow "must be"."""
    context = error.get("ctx", {})
    rules = {
        "string_pattern_mismatch": "text of the form {pattern}",
        "string_too_long": "text of at most {max_length} characters",
        "string_too_short": "text of at least {min_length} characters",
        "string_type": "text",
        "string_unicode": "text of whole Unicode characters",
        "int_parsing": "a whole number",
        "int_type": "a whole number",
        "int_from_float": "a whole number",
        "greater_than_equal": "at least {ge}",
        "less_than_equal": "at most {le}",
        "literal_error": "one of {expected}",
        "extra_forbidden": "left out",
        "model_attributes_type": "a JSON object",
        "dict_type": "a JSON object",
    }
    template = rules.get(error["type"])
    return template.format(**context) if template else error["msg"].lower()


async def _on_http_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    if error.status_code == HTTPStatus.BAD_REQUEST:
        # A body that breaks the parser: not UTF-8, nested too deep, a number too long.
        detail = "body must be JSON in UTF-8 that can be read; see docs/api.md"
        return problem_response(InvalidInput(detail, field="body").problem())
    title = HTTPStatus(error.status_code).phrase
    if error.status_code == HTTPStatus.NOT_FOUND:
        detail = f"no route {shorten(request.url.path)}; see docs/api.md"
    elif error.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
        detail = f"{request.method} is not a method of {shorten(request.url.path)}; see docs/api.md"
    else:
        detail = str(error.detail)
    headers = dict(error.headers) if error.headers else None
    return problem_response(problem(error.status_code, title, detail), headers)


async def _on_unexpected(request: Request, error: Exception) -> Response:
    log.error("unexpected error on %s %s", request.method, request.url.path, exc_info=error)
    detail = "the server failed to answer this request; its log has the cause"
    return problem_response(problem(500, "Internal error", detail))


class LimitBody:
    """ASGI middleware that refuses bodies over `max_bytes`, declared or not, with 413."""

    def __init__(self, app: ASGIApp, max_bytes: int) -> None:
        self.app = app
        self.max_bytes = max_bytes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] in {"GET", "HEAD"}:
            await self.app(scope, receive, send)
            return
        body = b""
        more = True
        while more:
            message = await receive()
            if message["type"] == "http.disconnect":
                return
            body += message.get("body", b"")
            more = message.get("more_body", False)
            if len(body) > self.max_bytes:
                error = TooLarge(
                    f"body must be at most {self.max_bytes} bytes; see MAX_BODY_BYTES",
                    field="body",
                )
                await problem_response(error.problem())(scope, receive, send)
                return
        delivered = False

        async def replay() -> Message:
            nonlocal delivered
            if delivered:
                return await receive()
            delivered = True
            return {"type": "http.request", "body": body, "more_body": False}

        await self.app(scope, replay, send)
