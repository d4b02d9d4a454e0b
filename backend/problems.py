"""Answers and problem documents as responses, with what every answer carries."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

import orjson
from fastapi.responses import Response

from backend.errors import DoubleFeatureError, TooMany
from backend.security import PROBLEM_TYPE, SECURITY_HEADERS


def json_response(body: Any, status: int = 200, headers: dict[str, str] | None = None) -> Response:
    """`body` as JSON; numpy numbers and dataclasses are understood."""
    content = orjson.dumps(body, option=orjson.OPT_SERIALIZE_NUMPY)
    return Response(content, status, headers, media_type="application/json")


def problem_response(
    body: dict[str, Any],
    headers: dict[str, str] | None = None,
    error: DoubleFeatureError | None = None,
) -> Response:
    """An RFC 9457 problem document as the answer.

    A 503 and a 429 say when to try again; a 401 says which kind of token is meant.
    """
    headers = {**SECURITY_HEADERS, "Cache-Control": "no-store", **(headers or {})}
    match body["status"]:
        case HTTPStatus.SERVICE_UNAVAILABLE:
            headers.setdefault("Retry-After", "1")
        case HTTPStatus.TOO_MANY_REQUESTS:
            wait_s = error.retry_after_s if isinstance(error, TooMany) else 1
            headers.setdefault("Retry-After", str(wait_s))
        case HTTPStatus.UNAUTHORIZED:
            headers.setdefault("WWW-Authenticate", 'Bearer realm="presenter"')
    return Response(orjson.dumps(body), body["status"], headers, media_type=PROBLEM_TYPE)
