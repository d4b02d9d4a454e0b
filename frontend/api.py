"""The only module that calls the backend: every URL, time-out and retry is here."""

from __future__ import annotations

import secrets
import time
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

import requests
from requests.adapters import HTTPAdapter

from frontend.health import Health

Json = dict[str, Any]

MAX_POSTER_BYTES = 8 * 1024 * 1024
_RETRY_STATUS = frozenset({502, 503, 504})
_PROXY_STATUS = _RETRY_STATUS | {404}
_RETRY_PAUSE_S = 0.05
_POOL_CONNECTIONS = 32


class ApiError(Exception):
    """A call to the backend did not give what was asked.

    Attributes:
        detail: one sentence for a person.
    """

    def __init__(self, detail: str) -> None:
        super().__init__(detail)
        self.detail = detail


class Unreachable(ApiError):
    """Nobody listens, or the connection broke."""


class TimedOut(ApiError):
    """No answer within the time-out."""


class NotReady(ApiError):
    """A proxy answered in the backend's place: the part asked for is starting or restarting."""


class BadAnswer(ApiError):
    """The answer is not what the contract says."""


class Problem(ApiError):
    """The backend refused, and said why (RFC 9457).

    Attributes:
        status: the HTTP status.
        title: the kind of problem.
        field: the input at fault, None when it names none.
    """

    def __init__(self, status: int, title: str, detail: str, field: str | None = None) -> None:
        super().__init__(detail)
        self.status = status
        self.title = title
        self.field = field


@dataclass(frozen=True)
class Image:
    """A poster: its bytes and their media type."""

    content: bytes
    media_type: str


class Api:
    """A client of the backend, safe to share among threads.

    Connections are kept alive. A GET that fails to connect, breaks off or meets a proxy's
    502, 503 or 504 is sent once more, within the same time-out; nothing else is ever repeated.

    Args:
        base_url: address of the API, no slash at its end.
        timeout_s: seconds one call may take, a retry included.
        health: told of the outcome of calls, if given.
    """

    def __init__(self, base_url: str, timeout_s: float, health: Health | None = None) -> None:
        self.base_url = base_url
        self.timeout_s = timeout_s
        self._health = health
        self._session = requests.Session()
        self._session.trust_env = False
        adapter = HTTPAdapter(
            pool_connections=2, pool_maxsize=_POOL_CONNECTIONS, max_retries=0, pool_block=False
        )
        self._session.mount("http://", adapter)
        self._session.mount("https://", adapter)

    def sources(self) -> Json:
        """The sources, the policies and the default policy."""
        return self._json("GET", "/rec/sources")

    def starters(self, count: int) -> Json:
        """`count` films to begin with."""
        return self._json("GET", "/rec/starters", params={"count": count})

    def search(self, query: str, limit: int) -> Json:
        """At most `limit` films by title and people, then by story; each with its `match`."""
        return self._json("GET", "/rec/search", params={"query": query, "limit": limit})

    def slate(
        self,
        liked_id: str,
        *,
        session_key: str | None = None,
        policy: str | None = None,
        ranking_id: str | None = None,
    ) -> Json:
        """The next films to show, based on `liked_id`.

        With `ranking_id` it is also a like of a card of that ranking. The backend counts a like
        once however often it is sent, which is what makes this GET safe to send again.
        """
        params = {
            "liked_id": liked_id,
            "session_key": session_key,
            "policy": policy,
            "ranking_id": ranking_id,
        }
        return self._json(
            "GET",
            "/rec/ensemble",
            params={name: value for name, value in params.items() if value},
        )

    def session(self, key: str) -> Json:
        """The whole state of a session; empty for one never seen."""
        return self._json("GET", f"/rec/sessions/{quote(key, safe='')}")

    def reset(self, key: str) -> Json:
        """Forget a session."""
        return self._json("DELETE", f"/rec/sessions/{quote(key, safe='')}")

    def undo(self, key: str) -> Json:
        """Take back the last like; `Problem` 409 when there is none."""
        body = {"undo_id": secrets.token_urlsafe(12)}
        return self._json("POST", f"/rec/sessions/{quote(key, safe='')}/undo", body=body)

    def ranked(self, user_id: str, top_k: int) -> Json:
        """The `top_k` films ranked for one user."""
        return self._json("POST", "/", body={"user_id": user_id, "top_k": top_k})

    def status(self) -> Json:
        """Deployments, replicas, traffic. Not counted in `health`: the poller does that."""
        return self._json("GET", "/control/status", counted=False)

    def poster(self, name: str, version: str | None) -> Image:
        """The image of `name` ("<film id>.webp").

        Raises:
            BadAnswer: it is no image, or larger than `MAX_POSTER_BYTES`.
        """
        params = {"v": version} if version else None
        response = self._send(
            "GET", f"/rec/posters/{quote(name, safe='')}", params=params, counted=False
        )
        media_type = response.headers.get("Content-Type", "").split(";")[0].strip().lower()
        if not media_type.startswith("image/") or len(response.content) > MAX_POSTER_BYTES:
            raise BadAnswer(f"{name} must be an image, got {media_type or 'no media type'}")
        return Image(response.content, media_type)

    def _json(
        self,
        method: str,
        path: str,
        *,
        params: dict[str, Any] | None = None,
        body: Json | None = None,
        counted: bool = True,
    ) -> Json:
        response = self._send(method, path, params=params, body=body, counted=counted)
        try:
            answer = response.json()
        except ValueError:
            raise BadAnswer(f"{method} {path} answered something that is no JSON") from None
        if not isinstance(answer, dict):
            raise BadAnswer(f"{method} {path} must answer an object, got {type(answer).__name__}")
        return answer

    def _send(
        self,
        method: str,
        path: str,
        *,
        params: dict[str, Any] | None = None,
        body: Json | None = None,
        counted: bool = True,
    ) -> requests.Response:
        began = time.monotonic()
        health = self._health if counted else None
        try:
            response = self._attempt(method, path, params, body, began + self.timeout_s)
        except Unreachable:
            if health:
                health.call_failed()
            raise
        finally:
            if health:
                health.call_ended(time.monotonic() - began)
        if not response.ok:
            raise _refusal(response)
        return response

    def _attempt(
        self,
        method: str,
        path: str,
        params: dict[str, Any] | None,
        body: Json | None,
        deadline: float,
    ) -> requests.Response:
        tries_left = 2 if method == "GET" else 1
        while True:
            tries_left -= 1
            left_s = max(0.01, deadline - time.monotonic())
            try:
                response = self._session.request(
                    method,
                    self.base_url + path,
                    params=params,
                    json=body,
                    timeout=(left_s, left_s),
                    allow_redirects=False,
                )
            except requests.Timeout:
                raise TimedOut(
                    f"No answer from {self.base_url} within {self.timeout_s:g} s."
                ) from None
            except requests.RequestException:
                if not tries_left or time.monotonic() + _RETRY_PAUSE_S >= deadline:
                    raise Unreachable(f"Nobody answers at {self.base_url}.") from None
            else:
                if response.status_code not in _RETRY_STATUS or not tries_left:
                    return response
                if time.monotonic() + _RETRY_PAUSE_S >= deadline:
                    return response
            time.sleep(_RETRY_PAUSE_S)


def _refusal(response: requests.Response) -> ApiError:
    """The refusal in `response`, also when it is not in the agreed shape."""
    try:
        document = response.json()
    except ValueError:
        document = None
    if not isinstance(document, dict):
        if response.status_code in _PROXY_STATUS:
            return NotReady("The recommenders are starting. Try it again in a moment.")
        document = {}
    title = str(document.get("title") or response.reason or "Refused")
    detail = str(document.get("detail") or f"The backend answered {response.status_code}.")
    field = document.get("field")
    return Problem(response.status_code, title, detail, str(field) if field else None)
