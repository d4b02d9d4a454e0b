"""Text as it is compared."""

from __future__ import annotations

import unicodedata


def fold(text: str) -> str:
    """Text for comparing: lower case, without accents."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in decomposed if not unicodedata.combining(c))
