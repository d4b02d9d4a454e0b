"""What this server's own routes answer when they cannot do what was asked."""

from __future__ import annotations

from starlette.responses import JSONResponse

from frontend.api import ApiError, Problem


def refusal(error: ApiError) -> JSONResponse:
    """`error` as a problem document; a backend that does not answer is a 502 of ours."""
    status = error.status if isinstance(error, Problem) else 502
    title = error.title if isinstance(error, Problem) else "No answer"
    document = {"type": "about:blank", "title": title, "status": status, "detail": error.detail}
    return JSONResponse(document, status_code=status, media_type="application/problem+json")
