"""What every HTTP application shares: one error shape, bounded bodies, fast JSON."""

from __future__ import annotations

import logging
import os
import re
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import Response
from pydantic import BeforeValidator
from pydantic_core import PydanticKnownError
from starlette.exceptions import HTTPException

from backend.errors import DoubleFeatureError, InvalidInput, problem, shorten
from backend.guards import (
    Bodies,
    Headers,
    NoSockets,
    Overload,
    Rates,
    Sizes,
)
from backend.problems import json_response, problem_response
from backend.schemas.document import complete
from backend.schemas.problems import of_every_route
from backend.security import FORWARDED_VARIABLE, PROBLEM_TYPE
from backend.settings import Settings

__all__ = ["IN_DIGITS", "PROBLEM_TYPE", "json_response", "problem_app", "problem_response"]

_DIGITS = re.compile(r"[+-]?[0-9]+")
_MOST_DIGITS = 18
log = logging.getLogger("ray.serve")


def _digits(value: Any) -> Any:
    """Only what people call a whole number: not `1_0`, not ` 1 `, not `true`."""
    if isinstance(value, bool) or (isinstance(value, str) and not _DIGITS.fullmatch(value)):
        raise PydanticKnownError("int_parsing")
    if isinstance(value, str | int) and len(str(value)) > _MOST_DIGITS:
        raise PydanticKnownError("int_parsing_size")
    return value


IN_DIGITS = BeforeValidator(_digits)
"""For an integer in a query or a body: in decimal digits. It stands after the bounds, so that
documents show them."""


class DocumentedApi(FastAPI):
    """FastAPI whose OpenAPI document holds what our refusals refer to."""

    def openapi(self) -> dict[str, Any]:
        """The whole document."""
        return complete(super().openapi())


def problem_app(
    title: str, version: str, settings: Settings | None = None, description: str = ""
) -> FastAPI:
    """A FastAPI application behind all guards, whose every error is a problem document.

    Args:
        title, version, description: for its OpenAPI document.
        settings: with the limits; default: of the environment.
    """
    settings = settings or Settings()
    # No interactive documents: their page would load scripts from elsewhere.
    app = DocumentedApi(
        title=title,
        version=version,
        redirect_slashes=False,
        docs_url=None,
        redoc_url=None,
        description=description,
        responses=of_every_route(),
    )
    app.add_exception_handler(DoubleFeatureError, _on_domain_error)
    app.add_exception_handler(RequestValidationError, _on_invalid_request)
    app.add_exception_handler(HTTPException, _on_http_error)
    app.add_exception_handler(Exception, _on_unexpected)
    # The last added is the first to see a request. The cheap and sure refusals come first; a body
    # is read only of who may ask, and its session is known once it is read.
    forwarded = os.environ.get(FORWARDED_VARIABLE) == "1"
    app.add_middleware(Rates, settings=settings, forwarded=forwarded)
    app.add_middleware(Bodies, max_bytes=settings.max_body_bytes)
    app.add_middleware(Overload, most=settings.max_requests_under_way)
    app.add_middleware(Sizes)
    app.add_middleware(Headers)
    app.add_middleware(NoSockets)
    return app


async def _on_domain_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, DoubleFeatureError)
    return problem_response(error.problem(), error=error)


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
        "int_parsing_size": f"a whole number of at most {_MOST_DIGITS} digits",
        "finite_number": "a finite number",
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
