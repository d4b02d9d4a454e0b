"""Make one poster's files: the picture as served, and the drawing it came from."""

from __future__ import annotations

import hashlib
import io
import os
from pathlib import Path

from PIL import Image, ImageOps

from backend.catalog.database import PosterRow
from backend.catalog.palettes import extract_palette
from backend.catalog.pictures import read_picture
from backend.catalog.posters.draw import draw_poster, render_png
from backend.catalog.schema import Film

# Raise this when the drawing, the encoding or the palette changes: every poster is then stale.
POSTERS_VERSION = 3
_WEBP_QUALITY = 88
_MAX_IMAGE_BYTES = 20_000_000


def make_poster(
    film: Film, image: Path | None, fingerprint: str, folder: Path, width_px: int
) -> PosterRow:
    """Draw (or take) a poster, write its files and measure its palette.

    Args:
        image: a real picture to use, or None to draw one.
        fingerprint: of what it is made from, kept in the row.
        folder: gets `<id>.webp`, and `<id>.svg` for a drawn one.
        width_px: width of the picture; the height is 1.5 times it.
    Raises:
        ValueError: the picture cannot be read or the art direction cannot be drawn.
    """
    if image is None:
        svg = draw_poster(film.poster, film.id)
        _write(folder / f"{film.id}.svg", svg.encode())
        source = render_png(svg, width_px)
    else:
        if image.stat().st_size > _MAX_IMAGE_BYTES:
            raise ValueError(f"{image.name} must be at most {_MAX_IMAGE_BYTES} bytes")
        source = image.read_bytes()
        (folder / f"{film.id}.svg").unlink(missing_ok=True)
    picture = _picture(source, width_px, image.name if image else "drawn poster")
    webp = _encode(picture)
    _write(folder / f"{film.id}.webp", webp)
    return PosterRow(
        film_id=film.id,
        fingerprint=fingerprint,
        version=hashlib.sha256(webp).hexdigest()[:12],
        origin="drawn" if image is None else "image",
        palette=extract_palette(picture),
    )


def _picture(source: bytes, width_px: int, name: str) -> Image.Image:
    size = (width_px, width_px * 3 // 2)
    picture = read_picture(source, size, name)
    if picture.size == size:
        return picture
    return ImageOps.fit(picture, size, Image.Resampling.LANCZOS)


def _encode(picture: Image.Image) -> bytes:
    out = io.BytesIO()
    picture.save(out, "WEBP", quality=_WEBP_QUALITY, method=4)
    return out.getvalue()


def _write(path: Path, content: bytes) -> None:
    """Write a file whole or not at all."""
    part = path.with_name(f"{path.name}.{os.getpid()}.part")
    part.write_bytes(content)
    part.replace(path)
