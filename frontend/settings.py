"""The page's settings: name, default, unit, rule and help, read from the environment."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit


class InvalidSetting(ValueError):
    """A variable breaks its row's rule."""


@dataclass(frozen=True)
class Row:
    """One setting.

    Attributes:
        name: the environment variable.
        default: the text used when the variable is unset.
        unit: what a number counts, "" when it counts nothing.
        help: one sentence for a person.
        rule: what a value must be, as it stands in an error.
        accepts: whether a text follows the rule.
    """

    name: str
    default: str
    unit: str
    help: str
    rule: str
    accepts: Callable[[str], bool]


def _is_url(text: str) -> bool:
    try:
        parts = urlsplit(text)
        return parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False


def _is_port(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 6 and 1 <= int(text) <= 65535


def _seconds(low: float, high: float) -> Callable[[str], bool]:
    def accepts(text: str) -> bool:
        try:
            return low <= float(text) <= high
        except ValueError:
            return False

    return accepts


TABLE: tuple[Row, ...] = (
    Row(
        "API_URL",
        "http://127.0.0.1:8000",
        "",
        "Address of the HTTP API as the page's server sees it; unset, it follows API_PORT.",
        "an http or https address",
        _is_url,
    ),
    Row(
        "UI_PORT",
        "8501",
        "",
        "Port of the page.",
        "a whole number from 1 to 65535",
        _is_port,
    ),
    Row(
        "HOST",
        "127.0.0.1",
        "",
        "Address the page listens on.",
        "not empty",
        lambda text: bool(text.strip()),
    ),
    Row(
        "REQUEST_TIMEOUT_S",
        "3",
        "s",
        "Time one request to the API may take, a retry included.",
        "a number from 0.1 to 60",
        _seconds(0.1, 60),
    ),
    Row(
        "STATUS_INTERVAL_S",
        "1",
        "s",
        "Time between two readings of the deployments.",
        "a number from 0.2 to 60",
        _seconds(0.2, 60),
    ),
)


@dataclass(frozen=True)
class Settings:
    """The settings in force.

    Attributes:
        api_url: address of the API, no slash at its end.
        ui_port: port of the page, 1 to 65535.
        host: address the page listens on.
        request_timeout_s: seconds one request may take.
        status_interval_s: seconds between two readings of the deployments.
    """

    api_url: str
    ui_port: int
    host: str
    request_timeout_s: float
    status_interval_s: float


def read_settings(environment: Mapping[str, str] | None = None) -> Settings:
    """Read the settings.

    Args:
        environment: variables to read, `os.environ` when None; unknown names are ignored.

    Raises:
        InvalidSetting: a variable breaks its row's rule.
    """
    environment = os.environ if environment is None else environment
    texts = {row.name: _text(row, environment) for row in TABLE}
    return Settings(
        api_url=texts["API_URL"].rstrip("/"),
        ui_port=int(texts["UI_PORT"]),
        host=texts["HOST"].strip(),
        request_timeout_s=float(texts["REQUEST_TIMEOUT_S"]),
        status_interval_s=float(texts["STATUS_INTERVAL_S"]),
    )


def _text(row: Row, environment: Mapping[str, str]) -> str:
    text = environment.get(row.name)
    if text is None:
        port = environment.get("API_PORT")
        if row.name == "API_URL" and port is not None:
            if not _is_port(port):
                raise InvalidSetting(
                    f"API_PORT must be a whole number from 1 to 65535, got {port!r}; "
                    "unset it to use '8000' (see docs/settings.md)"
                )
            return f"http://127.0.0.1:{port}"
        return row.default
    if not row.accepts(text):
        raise InvalidSetting(
            f"{row.name} must be {row.rule}, got {text!r}; "
            f"unset it to use {row.default!r} (see docs/settings.md)"
        )
    return text
