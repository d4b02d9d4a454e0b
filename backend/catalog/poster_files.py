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
POSTERS_VERSION = 6
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
) -> PosterRow:
    """Take a poster or make one up, and measure its palette.

    A drawn poster is measured on a small drawing; `draw_files` makes the files that are served.

    Args:
        image: a real picture to use, or None to draw one.
        fingerprint: of what it is made from, kept in the row.
        folder: gets `<id>.webp` of a real picture, and loses what was drawn from other art.
        width_px: width of the picture; the height is 1.5 times it.
    Raises:
        ValueError: the picture cannot be read or the art direction cannot be drawn.
    """
    svg_file, webp_file = poster_files(folder, film.id)
    if image is not None:
        if image.stat().st_size > _MAX_IMAGE_BYTES:
            raise ValueError(f"{image.name} must be at most {_MAX_IMAGE_BYTES} bytes")
        picture = _picture(image.read_bytes(), width_px, image.name)
        svg_file.unlink(missing_ok=True)
        webp = _encode(picture)
        _write(webp_file, webp)
        version = hashlib.sha256(webp).hexdigest()[:12]
    else:
        # What is drawn depends on nothing else.
        version = fingerprint[:12]
        picture = _drawn(draw_poster(film.poster, film.id), _MEASURED_WIDTH_PX)
        for path in (svg_file, webp_file):
            path.unlink(missing_ok=True)
    return PosterRow(
        film_id=film.id,
        fingerprint=fingerprint,
        version=version,
        origin="drawn" if image is None else "image",
        palette=extract_palette(picture),
    )


def poster_files(folder: Path, film_id: str) -> tuple[Path, Path]:
    """Where the drawing of a film's poster (SVG) and the picture of it (WebP) are."""
    return folder / f"{film_id}.svg", folder / f"{film_id}.webp"


def draw_files(film: Film, folder: Path, width_px: int) -> None:
    """Draw a film's poster and write both its files; takes a core for a tenth of a second."""
    svg_file, webp_file = poster_files(folder, film.id)
    svg = draw_poster(film.poster, film.id)
    # The picture last: what has it is complete.
    _write(svg_file, svg.encode())
    _write(webp_file, _encode(_drawn(svg, width_px)))


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
