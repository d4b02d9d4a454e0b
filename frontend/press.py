"""A click on a card by the short way: one request to the page's server, answered with what to draw.

Streamlit runs the script, sends every component of the fragment and lets React compare them
before anything is painted. A click needs none of that: its answer is the same documents that the
script would have given the components, and the script draws the rest afterwards.
"""

from __future__ import annotations

import json
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from frontend import stage
from frontend.api import Problem
from frontend.lobby import lobby
from frontend.refusals import refusal
from frontend.services import services

MAX_BODY_BYTES = 2048
_FIELDS = {"view": 64, "movie_id": 128, "ranking_id": 128}


async def press(request: Request) -> Response:
    """POST /press {view, movie_id, ranking_id}: like a card of a ranking, or begin with a film.

    `ranking_id` is "" for a film to begin with. What the backend refuses is no error here: the
    documents tell it, as they do when the script draws them.
    """
    try:
        wish = _wish(request.headers.get("content-type", ""), await _body(request))
        document = await run_in_threadpool(_done, **wish)
    except ClientDisconnect:
        return Response(status_code=499)
    except Problem as problem:
        return refusal(problem)
    return Response(document, media_type="application/json", headers={"Cache-Control": "no-store"})


async def _body(request: Request) -> bytes:
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > MAX_BODY_BYTES:
            raise Problem(413, "Too large", f"body must have at most {MAX_BODY_BYTES} bytes")
    return body


def _wish(content_type: str, body: bytes) -> dict[str, str]:
    # Asked for so that no page of elsewhere can send it without leave.
    if content_type.split(";")[0].strip().lower() != "application/json":
        raise Problem(415, "Not JSON", "Content-Type must be application/json")
    try:
        given: Any = json.loads(body)
    except ValueError:
        raise Problem(400, "Not JSON", "body must be a JSON object") from None
    if not isinstance(given, dict):
        raise Problem(400, "Not JSON", "body must be a JSON object")
    wish = {}
    for name, limit in _FIELDS.items():
        value = given.get(name)
        least = 0 if name == "ranking_id" else 1
        if not isinstance(value, str) or not least <= len(value) <= limit:
            rule = f"{name} must be a text of {least} to {limit} characters"
            raise Problem(422, "Invalid input", rule, name)
        wish[name] = value
    return wish


def _done(view: str, movie_id: str, ranking_id: str) -> bytes:
    """Do it and give the documents as JSON.

    Raises:
        Problem: 404 for a page this server does not know, 409 while another action is done.
    """
    actions = services().viewers.get(view)
    if actions is None:
        raise Problem(404, "Unknown page", "this server does not know the page; load it again")
    # Nobody waits in a thread of the server: the script can wait its turn.
    if not actions.lock.acquire(blocking=False):
        raise Problem(409, "Busy", "the answer to another action is on its way")
    try:
        actions.press(movie_id, ranking_id)
        reading = services().poller.read()
        parts = stage.parts(actions, lobby(reachable=reading.state != "down"), reading)
    finally:
        actions.lock.release()
    return json.dumps(parts, ensure_ascii=False, separators=(",", ":")).encode()
