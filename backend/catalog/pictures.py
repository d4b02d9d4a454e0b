"""Read picture files that somebody gave us: bounded, and with one kind of error."""

from __future__ import annotations

import io

from PIL import Image

MAX_PIXELS = 40_000_000


def read_picture(content: bytes, at_least: tuple[int, int], name: str = "poster") -> Image.Image:
    """Decode a picture to RGB.

    Args:
        content: an image file of any format that Pillow reads.
        at_least: width and height in px that the caller needs; a larger JPEG is decoded to about
            that size, which takes a fraction of the time.
        name: for the message.
    Raises:
        ValueError: the content is no image that can be read, or one of over 40 million pixels.
    """
    try:
        with Image.open(io.BytesIO(content)) as opened:
            if opened.width * opened.height > MAX_PIXELS:
                raise ValueError(
                    f"{name} must have at most {MAX_PIXELS} pixels, got "
                    f"{opened.width}x{opened.height}"
                )
            opened.draft("RGB", at_least)
            return opened.convert("RGB")
    except (OSError, SyntaxError, Image.DecompressionBombError) as error:
        raise ValueError(f"{name} must be an image that can be read: {error}") from error
