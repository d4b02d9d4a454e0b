"""Make text and numbers from elsewhere fit: cleaned, cut, or None when there is nothing in them."""

from __future__ import annotations

import hashlib
import math
import re
import unicodedata
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from backend.catalog.schema import FIRST_YEAR, ITEM_LIMIT, LAST_YEAR, MAX_RUNTIME_MIN

MAX_COUNT = 1e12
SLUG_LIMIT = 80
_WHOLE = re.compile(r"(\d{1,15})(?:\.0+)?")
_NUMBER = re.compile(r"[+-]?(?:\d{1,20}(?:\.\d{0,30})?|\.\d{1,30})(?:[eE][+-]?\d{1,3})?")
_ISO_DATE = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?(?:[T ].{0,40})?")
_EPOCH = date(1970, 1, 1)
_HASH_LETTERS = 8
# Marks that turn the direction of the text after them, and other signs nobody sees; the joiners
# of Persian, Indic scripts and emoji stay.
_UNSEEN = re.compile(
    "[\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff0-\uffff"
    "\U000e0000-\U000e0fff\ud800-\udfff]"
)
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
# More accents on one letter than any script has run over the lines above and below.
_STACKED = re.compile(
    r"([\u0300-\u036f\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff]{4})"
    r"[\u0300-\u036f\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff]+"
)


def text(value: Any, limit: int) -> str:
    """`value` as one line of plain text.

    Control characters and marks that turn the writing direction are taken out; markup stays what
    it is, text. What is too long is cut after a sentence, else after a word.

    Returns:
        At most `limit` characters, "" when `value` is no text.
    """
    if not isinstance(value, str):
        return ""
    # A field of megabytes is not worth cleaning to its end.
    rough = value[: limit * 8 + 1000]
    seen = _STACKED.sub(r"\1", _UNSEEN.sub("", _CONTROL.sub(" ", rough)))
    return cut(" ".join(seen.split()), limit)


def cut(line: str, limit: int) -> str:
    """The beginning of `line`, at most `limit` characters, ending with a sentence or a word."""
    if len(line) <= limit:
        return line
    head = line[:limit]
    sentence = max(head.rfind(mark) for mark in (". ", "! ", "? ", "。"))
    if sentence >= limit // 2:
        return head[: sentence + 1]
    word = line[: limit - 1].rfind(" ")
    return (line[:word] if word >= limit // 2 else line[: limit - 1]).rstrip() + "…"


def texts(values: Iterable[Any], most: int) -> list[str]:
    """The first `most` different texts; those that are none or longer than an item are left out."""
    found: dict[str, None] = {}
    for value in values:
        name = text(value, ITEM_LIMIT + 1)
        if name and len(name) <= ITEM_LIMIT:
            found.setdefault(name)
            if len(found) == most:
                break
    return list(found)


def whole(value: Any) -> int | None:
    """A whole number of at least 0 and at most 15 digits; "862.0" is 862."""
    if isinstance(value, bool):
        return None
    if isinstance(value, float):
        return int(value) if value.is_integer() and 0 <= value < 1e15 else None
    if isinstance(value, int):
        return value if 0 <= value < 10**15 else None
    match = _WHOLE.fullmatch(value.strip()) if isinstance(value, str) else None
    # Digits of other scripts pass \d, and int() reads them too.
    return int(match[1]) if match else None


def number(value: Any) -> float | None:
    """A finite number."""
    if isinstance(value, bool):
        return None
    if isinstance(value, str):
        value = float(value) if _NUMBER.fullmatch(value := value.strip()) else None
    if not isinstance(value, (int, float)) or abs(value) > MAX_COUNT:
        return None
    return float(value) if math.isfinite(value) else None


def count(value: Any) -> float:
    """A number of at least 0; 0 when there is none."""
    found = number(value)
    return found if found is not None and found >= 0 else 0.0


def year(value: Any) -> int | None:
    """The year of an ISO date or of a year alone; None when there is none or it is absurd."""
    if isinstance(value, str):
        match = _ISO_DATE.fullmatch(value.strip())
        value = int(match[1]) if match else None
    found = whole(value)
    return found if found is not None and FIRST_YEAR <= found <= LAST_YEAR else None


def year_of_days(value: Any) -> int | None:
    """The year of a number of days since 1970-01-01, which may be negative."""
    days = number(value)
    if days is None or abs(days) > 400_000:
        return None
    found = (_EPOCH + timedelta(days=int(days))).year
    return found if FIRST_YEAR <= found <= LAST_YEAR else None


def runtime(value: Any) -> int | None:
    """Minutes; None when there is none, or one that no film has."""
    minutes = number(value)
    if minutes is None:
        return None
    found = round(minutes)
    return found if 1 <= found <= MAX_RUNTIME_MIN else None


def slug(value: str) -> str:
    """`value` as lower-case words joined by hyphens, "" when it has no letter or digit at all.

    What Latin letters cannot say, or 80 characters cannot hold, is told apart by a digest.
    """
    decomposed = unicodedata.normalize("NFKD", value.casefold().replace("'", "").replace("’", ""))
    spoken = "".join(c for c in decomposed if c.isalnum())
    plain = re.sub(
        r"[^a-z0-9]+", "-", "".join(c for c in decomposed if not unicodedata.combining(c))
    ).strip("-")
    if not spoken:
        return ""
    if spoken.isascii() and len(plain) <= SLUG_LIMIT:
        return plain
    digest = hashlib.sha256(value.encode(errors="backslashreplace")).hexdigest()[:_HASH_LETTERS]
    head = plain[: SLUG_LIMIT - _HASH_LETTERS - 1].strip("-")
    return f"{head}-{digest}" if head else digest
