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
POSTERS_VERSION = 5
MAX_SERVED_BYTES = 40_000
_WEBP_QUALITIES = (88, 80, 70, 60, 45)
_MAX_IMAGE_BYTES = 20_000_000
# Palettes are sampled at 48x72 points, so a small drawing says as much.
_MEASURED_WIDTH_PX = 120


def make_poster(
    film: Film,
    image: Path | None,
    fingerprint: str,
    folder: Path,
    width_px: int,
    *,
    ahead: bool = True,
) -> PosterRow:
    """Draw (or take) a poster, write its files and measure its palette.

    Args:
        image: a real picture to use, or None to draw one.
        fingerprint: of what it is made from, kept in the row.
        folder: gets `<id>.webp`, and `<id>.svg` for a drawn one.
        width_px: width of the picture; the height is 1.5 times it.
        ahead: when false, a drawn poster is measured on a small drawing and no file is written;
            `draw_files` does that when somebody asks.
    Raises:
        ValueError: the picture cannot be read or the art direction cannot be drawn.
    """
    if image is not None:
        if image.stat().st_size > _MAX_IMAGE_BYTES:
            raise ValueError(f"{image.name} must be at most {_MAX_IMAGE_BYTES} bytes")
        picture = _picture(image.read_bytes(), width_px, image.name)
        (folder / f"{film.id}.svg").unlink(missing_ok=True)
        webp = _encode(picture)
        _write(folder / f"{film.id}.webp", webp)
        version = hashlib.sha256(webp).hexdigest()[:12]
    else:
        # What is drawn depends on nothing else.
        version = fingerprint[:12]
        if ahead:
            picture = draw_files(film, folder, width_px)
        else:
            picture = _drawn(draw_poster(film.poster, film.id), _MEASURED_WIDTH_PX)
    return PosterRow(
        film_id=film.id,
        fingerprint=fingerprint,
        version=version,
        origin="drawn" if image is None else "image",
        palette=extract_palette(picture),
    )


def draw_files(film: Film, folder: Path, width_px: int) -> Image.Image:
    """Draw a poster and write `<id>.svg` and `<id>.webp`; the picture."""
    svg = draw_poster(film.poster, film.id)
    picture = _drawn(svg, width_px)
    _write(folder / f"{film.id}.svg", svg.encode())
    _write(folder / f"{film.id}.webp", _encode(picture))
    return picture


def _drawn(svg: str, width_px: int) -> Image.Image:
    return _picture(render_png(svg, width_px), width_px, "drawn poster")


def _picture(source: bytes, width_px: int, name: str) -> Image.Image:
    size = (width_px, width_px * 3 // 2)
    picture = read_picture(source, size, name)
    if picture.size == size:
        return picture
    return ImageOps.fit(picture, size, Image.Resampling.LANCZOS)


def _encode(picture: Image.Image) -> bytes:
    """The picture as WebP of at most `MAX_SERVED_BYTES`, or at the lowest quality we accept."""
    for quality in _WEBP_QUALITIES:
        out = io.BytesIO()
        picture.save(out, "WEBP", quality=quality, method=4)
        if out.tell() <= MAX_SERVED_BYTES:
            break
    return out.getvalue()


def _write(path: Path, content: bytes) -> None:
    """Write a file whole or not at all."""
    part = path.with_name(f"{path.name}.{os.getpid()}.part")
    part.write_bytes(content)
    part.replace(path)
