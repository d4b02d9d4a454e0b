"""Every error of every route: RFC 9457 problem documents, one example for each status."""

from __future__ import annotations

from typing import Any

from backend.errors import problem
from backend.security import PROBLEM_TYPE

PROBLEM_SCHEMA: dict[str, Any] = {
    "title": "Problem",
    "description": "What was wrong, where, and what to do (RFC 9457).",
    "type": "object",
    "required": ["type", "title", "status", "detail"],
    "additionalProperties": False,
    "properties": {
        "type": {"type": "string", "const": "about:blank"},
        "title": {"type": "string", "minLength": 1, "description": "the kind of problem"},
        "status": {
            "type": "integer",
            "minimum": 400,
            "maximum": 599,
            "description": "the HTTP status, again",
        },
        "detail": {
            "type": "string",
            "minLength": 1,
            "description": "`<field>` must be `<rule>`, got `<value>`; and what to do",
        },
        "field": {"type": "string", "description": "the input at fault; absent when none is"},
        "value": {
            "type": "string",
            "maxLength": 80,
            "description": "what was got, shortened; absent when nothing was",
        },
    },
}

PRESENTER_SCHEME: dict[str, Any] = {
    "type": "http",
    "scheme": "bearer",
    "description": "The presenter's token: made at each start, shown once by `start_all.sh`, kept "
    "in `DATA_DIR/presenter-token`.",
}

_RETRY = {
    "Retry-After": {
        "description": "whole seconds after which the request may be sent again",
        "schema": {"type": "integer", "minimum": 1},
    }
}

_ONES: dict[int, tuple[str, dict[str, Any], dict[str, Any]]] = {
    401: (
        "The presenter's token is missing or wrong",
        problem(
            401,
            "Presenter only",
            "this needs the presenter's token as `Authorization: Bearer <token>`; it was shown at "
            "the start and is in DATA_DIR/presenter-token",
            field="authorization",
        ),
        {"WWW-Authenticate": {"schema": {"type": "string", "const": 'Bearer realm="presenter"'}}},
    ),
    404: (
        "No such film, source or poster",
        problem(
            404,
            "Unknown film",
            "liked_id must be the id of a film, got 'alien-1978'; see GET /rec/movies for the ids",
            field="liked_id",
            value="alien-1978",
        ),
        {},
    ),
    409: (
        "A like of a film that the ranking did not show; nothing to undo; the session is full",
        problem(
            409,
            "Film not shown in this ranking",
            "movie_id must be a film that ranking 3q2-71hRb0aFVJzU showed, got 'up-2009'",
            field="movie_id",
            value="up-2009",
        ),
        {},
    ),
    413: (
        "A body of over `MAX_BODY_BYTES`",
        problem(
            413,
            "Body too large",
            "body must be at most 16384 bytes; see MAX_BODY_BYTES",
            field="body",
        ),
        {},
    ),
    414: (
        "A query of over 8192 bytes",
        problem(
            414,
            "Address too long",
            "query must be at most 8192 bytes, got 9006",
            field="query",
        ),
        {},
    ),
    422: (
        "A field is missing, malformed or out of range",
        problem(
            422,
            "Invalid input",
            "count must be at most 50, got 99; see docs/api.md",
            field="count",
            value="99",
        ),
        {},
    ),
    429: (
        "This session or address asks too often",
        problem(
            429,
            "Too many requests",
            "one address may ask 100 times a second; wait a moment, or raise RATE_PER_ADDRESS",
        ),
        _RETRY,
    ),
    431: (
        "Headers of over 16 KB",
        problem(431, "Headers too large", "headers must be at most 16384 bytes, got 20000"),
        {},
    ),
    503: (
        "A part is down, late or full; the same request may be sent again",
        problem(
            503,
            "Temporarily unavailable",
            "the impression store gave no answer within 2 s; send the request again",
        ),
        _RETRY,
    ),
}

EVERYWHERE = (414, 422, 429, 431, 503)
"""Statuses of refusals that every route may give."""


def _response(description: str, example: Any, headers: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {
        "description": description,
        "content": {
            PROBLEM_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}, "example": example}
        },
    }
    return {**found, "headers": headers} if headers else found


def refusals(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """The `responses` of some refusals.

    Raises:
        KeyError: none of ours has this status.
    """
    return {status: _response(*_ONES[status]) for status in statuses}


def of_every_route() -> dict[int | str, dict[str, Any]]:
    """The `responses` that every route shares; `default` stands for what has no own entry."""
    other = problem(405, "Method Not Allowed", "PUT is not a method of '/rec'; see docs/api.md")
    return {**refusals(*EVERYWHERE), "default": _response("Any other refusal", other, {})}
