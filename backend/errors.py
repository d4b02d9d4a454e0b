"""The errors of the domain, and the one shape in which every route tells of them.

Plain logic raises these; the HTTP edge turns them into RFC 9457 problem documents.
"""

from __future__ import annotations

from typing import Any


class DoubleFeatureError(Exception):
    """Something the caller can act on.

    Attributes:
        status: the HTTP status that fits.
        title: the kind of problem, the same for every instance.
        field: the input at fault, if one is.
        value: the value got, shortened for display.
    """

    status = 500
    title = "Internal error"

    def __init__(self, detail: str, *, field: str | None = None, value: Any = None) -> None:
        super().__init__(detail)
        self.detail = detail
        self.field = field
        self.value = shorten(value) if value is not None else None

    def __reduce__(self) -> tuple[Any, ...]:
        """Travel between Ray processes with every attribute."""
        return _rebuild, (type(self), self.detail, self.field, self.value)

    def problem(self) -> dict[str, Any]:
        """This error as an RFC 9457 problem document."""
        return problem(self.status, self.title, self.detail, field=self.field, value=self.value)


def _rebuild(
    kind: type[DoubleFeatureError], detail: str, field: str | None, value: str | None
) -> DoubleFeatureError:
    return kind(detail, field=field, value=value)


class InvalidInput(DoubleFeatureError):
    """A value breaks a rule."""

    status = 422
    title = "Invalid input"


class InvalidSetting(InvalidInput):
    """A setting, usually an environment variable, breaks its rule."""

    title = "Invalid setting"


class InvalidWeight(InvalidInput):
    """The weights of the sources cannot be followed."""

    title = "Invalid weight"


class InvalidFilm(InvalidInput):
    """A record of the catalogue breaks the schema."""

    title = "Invalid film"


class TooLarge(DoubleFeatureError):
    """The request's body is larger than accepted."""

    status = 413
    title = "Body too large"


class TooLong(DoubleFeatureError):
    """The address with its query is longer than accepted."""

    status = 414
    title = "Address too long"


class NotPresenter(DoubleFeatureError):
    """The request needs the presenter's token and did not bring it."""

    status = 401
    title = "Presenter only"


class TooMany(DoubleFeatureError):
    """One session or address asks more often than allowed.

    Attributes:
        retry_after_s: whole seconds after which the request will be taken.
    """

    status = 429
    title = "Too many requests"
    retry_after_s = 1


class UnknownMovie(DoubleFeatureError):
    """No film of the catalogue has this id."""

    status = 404
    title = "Unknown film"


class UnknownSource(DoubleFeatureError):
    """No recommender has this name."""

    status = 404
    title = "Unknown source"


class UnknownImpression(DoubleFeatureError):
    """The film was not shown in the ranking that the like names."""

    status = 409
    title = "Film not shown in this ranking"


class NothingToUndo(DoubleFeatureError):
    """The session has no like to take back."""

    status = 409
    title = "Nothing to undo"


class SessionFull(DoubleFeatureError):
    """The session has as many likes as it may hold."""

    status = 409
    title = "Session is full"


class Unavailable(DoubleFeatureError):
    """A part that the answer needs is down or late; the same request may be sent again."""

    status = 503
    title = "Temporarily unavailable"


def shorten(value: Any, limit: int = 80) -> str:
    """`value` as text of at most `limit` characters, for a message; always valid UTF-8."""
    text = value if isinstance(value, str) else repr(value)
    # JSON can bring half of a surrogate pair, which no answer can hold.
    text = text[: limit + 1].encode(errors="backslashreplace").decode()
    return text if len(text) <= limit else text[: limit - 1] + "…"


def problem(
    status: int, title: str, detail: str, *, field: str | None = None, value: str | None = None
) -> dict[str, Any]:
    """A problem document; `field` and `value` are left out when they do not apply."""
    body: dict[str, Any] = {
        "type": "about:blank",
        "title": title,
        "status": status,
        "detail": detail,
    }
    if field is not None:
        body["field"] = field
    if value is not None:
        body["value"] = value
    return body
