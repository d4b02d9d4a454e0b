"""The presenter's token: who may change things, and read other people's sessions.

Made afresh at every start, kept in a file that only its owner can read, compared in constant time.
It travels in one place, the `Authorization` header: addresses end up in logs and on screens.
"""

from __future__ import annotations

import hmac
import os
import secrets
from pathlib import Path

from backend.errors import InvalidSetting, NotPresenter
from backend.settings import Settings

_SCHEME = "bearer"
_FEWEST = 32


def token_file(settings: Settings) -> Path:
    """Where the token of this instance is kept."""
    return Path(settings.data_dir) / "presenter-token"


def write_secret(path: Path, secret: str) -> None:
    """Write `secret` to a file that nobody else could read at any moment, replacing another.

    Raises:
        InvalidSetting: the folder cannot be written.
    """
    part = path.with_name(f"{path.name}.{secrets.token_hex(4)}.part")
    try:
        # Made with its mode and never through a link, so there is no moment to look or redirect.
        descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(secret + "\n")
        part.replace(path)
    except OSError as error:
        raise InvalidSetting(
            f"DATA_DIR must be a folder that can be written, got {str(path.parent)!r} "
            f"({error.strerror}); set DATA_DIR",
            field="DATA_DIR",
        ) from None


def make_token(settings: Settings) -> str:
    """A new token, in its file; the one of an earlier start is worth nothing from now on."""
    token = secrets.token_urlsafe(24)
    write_secret(token_file(settings), token)
    return token


class Gate:
    """Lets the presenter through, and nobody else.

    Args:
        token: the presenter's; without one, or with a short one, nobody passes.
    """

    def __init__(self, token: str | None) -> None:
        self._token = token.encode() if token and len(token) >= _FEWEST else None

    @classmethod
    def of(cls, settings: Settings) -> Gate:
        """The gate of this instance, by the token in its file."""
        try:
            return cls(token_file(settings).read_text().strip())
        except (OSError, UnicodeDecodeError):
            return cls(None)

    def require(self, authorization: str | None) -> None:
        """Pass when the header holds the token.

        Args:
            authorization: value of the `Authorization` header, None when there is none.
        Raises:
            NotPresenter: it does not; the answer tells nothing of what was sent.
        """
        scheme, _, sent = (authorization or "").partition(" ")
        expected = self._token or secrets.token_bytes(32)
        same = hmac.compare_digest(sent.strip().encode(errors="replace"), expected)
        if not (same and self._token is not None and scheme.lower() == _SCHEME):
            raise NotPresenter(
                "this needs the presenter's token as `Authorization: Bearer <token>`; "
                "it was shown at the start and is in DATA_DIR/presenter-token",
                field="authorization",
            )
