"""From SVG to pixels, and what those pixels say about a drawing."""

from __future__ import annotations

import io
from dataclasses import dataclass

import numpy as np
import resvg_py
from PIL import Image

# Room around the box of a motif, in its units: wings and glows may leave the box.
_MARGIN = 20
_OPAQUE = 128


def render_png(svg: str, width: int) -> bytes:
    """The picture of `svg` as PNG, `width` px wide, its height by the drawing's proportions.

    Raises:
        ValueError: `svg` cannot be read.
    """
    return bytes(resvg_py.svg_to_bytes(svg_string=svg, width=width, skip_system_fonts=True))


@dataclass(frozen=True)
class Box:
    """A rectangle; y grows downwards."""

    x: float
    y: float
    w: float
    h: float

    @property
    def right(self) -> float:
        return self.x + self.w

    @property
    def bottom(self) -> float:
        return self.y + self.h

    @property
    def cx(self) -> float:
        return self.x + self.w / 2

    @property
    def cy(self) -> float:
        return self.y + self.h / 2

    def grown(self, by: float) -> Box:
        """The same box with `by` more room on each side."""
        return Box(self.x - by, self.y - by, self.w + 2 * by, self.h + 2 * by)


@dataclass(frozen=True)
class Extent:
    """What a motif really covers.

    Attributes:
        box: around the opaque parts, in the motif's units.
        base: the mean colour along the lower edge of a scene, or None where it is mostly open.
        symmetric: whether it is about the same seen in a mirror.
    """

    box: Box
    base: str | None
    symmetric: bool


def measure(body: str, definitions: list[str], width: int) -> Extent:
    """Find what the drawing `body`, in a box of `width` x 100, really covers.

    Args:
        definitions: the paints it refers to.
        width: 100 for an object, 200 for a scene.
    """
    m, full = _MARGIN, width + 2 * _MARGIN
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{-m} {-m} {full} {100 + 2 * m}">'
        f"<defs>{''.join(definitions)}</defs>{body}</svg>"
    )
    with Image.open(io.BytesIO(render_png(svg, full))) as opened:
        pixels = np.asarray(opened.convert("RGBA"))
    solid = pixels[..., 3] >= _OPAQUE
    if not solid.any():
        return Extent(Box(0, 0, width, 100), None, True)
    rows, columns = np.flatnonzero(solid.any(axis=1)), np.flatnonzero(solid.any(axis=0))
    top, bottom, left, right = rows[0], rows[-1] + 1, columns[0], columns[-1] + 1
    seen = solid[top:bottom, left:right]
    symmetric = float((seen == seen[:, ::-1]).mean()) > 0.9
    # Scenes run a little past their box; the last rows inside it are what the ground meets.
    edge, solid_edge = (part[m + 96 : m + 99, m : m + width] for part in (pixels, solid))
    base = None
    if solid_edge.mean() > 0.8:
        mean = edge[solid_edge].mean(axis=0)[:3]
        base = "#" + "".join(f"{round(float(channel)):02x}" for channel in mean)
    if width == 200:
        left, right, bottom = max(left, m), min(right, m + width), min(bottom, m + 100)
    box = Box(float(left - m), float(top - m), float(right - left), float(bottom - top))
    return Extent(box, base, symmetric)
