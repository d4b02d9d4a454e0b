"""The rules that a setting's text must follow.

Each turns text into the value, raising `ValueError` with the rule, as it follows "must be".
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path


def whole_number(low: int, high: int) -> Callable[[str], int]:
    """An integer, both ends included."""

    def parse(text: str) -> int:
        try:
            value = int(text)
        except ValueError:
            value = low - 1
        if not low <= value <= high:
            raise ValueError(f"a whole number from {low} to {high}")
        return value

    return parse


def number(low: float, high: float) -> Callable[[str], float]:
    """A finite number, both ends included."""

    def parse(text: str) -> float:
        try:
            value = float(text)
        except ValueError:
            value = float("nan")
        if not low <= value <= high:
            raise ValueError(f"a number from {low:g} to {high:g}")
        return value

    return parse


def flag(text: str) -> bool:
    """Yes or no."""
    words = {"1": True, "true": True, "yes": True, "0": False, "false": False, "no": False}
    if text.strip().lower() not in words:
        raise ValueError("1 or 0")
    return words[text.strip().lower()]


def different_names(text: str) -> tuple[str, ...]:
    """Names between commas, none twice."""
    names = tuple(part.strip() for part in text.split(",") if part.strip())
    if not names or len(set(names)) != len(names):
        raise ValueError("one or more different names, separated by commas")
    return names


def choice(*allowed: str) -> Callable[[str], str]:
    """One of a few words."""

    def parse(text: str) -> str:
        if text not in allowed:
            raise ValueError("one of " + ", ".join(allowed))
        return text

    return parse


def not_empty(text: str) -> str:
    """Any text but spaces."""
    if not text.strip():
        raise ValueError("not empty")
    return text.strip()


def folder(text: str) -> Path:
    """A path; `~` is the home folder."""
    return Path(not_empty(text)).expanduser()


def optional_folder(text: str) -> Path | None:
    """A path, or None for an empty text."""
    return Path(text).expanduser() if text.strip() else None


def slug(text: str) -> str:
    """Lower-case words joined by hyphens: safe as the name of a folder."""
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", text) or len(text) > 64:
        raise ValueError("1 to 64 characters: lower-case words joined by hyphens")
    return text


def optional_database(text: str) -> str | None:
    """A database URL with its driver, or None for an empty text."""
    text = text.strip()
    if not text:
        return None
    scheme, separator, rest = text.partition("://")
    drivers = {
        "sqlite": "sqlite",
        "postgres": "postgresql+psycopg",
        "postgresql": "postgresql+psycopg",
        "postgresql+psycopg": "postgresql+psycopg",
    }
    rule = "sqlite:///FILE or postgresql://USER:PASSWORD@HOST:PORT/DATABASE"
    if scheme not in drivers or not separator or not rest:
        raise ValueError(rule)
    url = f"{drivers[scheme]}://{rest}"
    # Imported where a URL is set: the replicas without a database start a quarter second sooner.
    from sqlalchemy import make_url
    from sqlalchemy.exc import ArgumentError

    try:
        database = make_url(url).database
    except (ArgumentError, ValueError):
        raise ValueError(rule) from None
    # SQLite's own memory is gone with each process.
    if not database or database == ":memory:":
        raise ValueError(rule)
    return url
