"""Draw one motif and see what it is made of and which part of its box it covers."""

from __future__ import annotations

import io
import random
import re
import xml.etree.ElementTree as ET

import resvg_py
from PIL import Image

from backend.catalog.posters.ink import Ink
from backend.catalog.posters.registry import MOTIFS

MARGIN = 20  # units of room around the box, to see what leaves it


def draw(name: str, seed: int = 1) -> tuple[Ink, str]:
    """The paints and the fragment of a motif."""
    ink = Ink("#10151f", "#3b4d6b", "#26344d", "#d8b15a", "#ff6b3d")
    return ink, MOTIFS[name].draw(ink, random.Random(seed))


def opaque_box(name: str, seed: int = 1, least_alpha: int = 24) -> tuple[int, int, int, int]:
    """Left, top, right, bottom of what is drawn, in units of the motif's box."""
    ink, fragment = draw(name, seed)
    width = (200 if MOTIFS[name].kind == "scene" else 100) + 2 * MARGIN
    height = 100 + 2 * MARGIN
    png = bytes(
        resvg_py.svg_to_bytes(
            svg_string=f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
            f'viewBox="-{MARGIN} -{MARGIN} {width} {height}">'
            f"<defs>{''.join(ink.definitions)}</defs>{fragment}</svg>",
            skip_system_fonts=True,
        )
    )
    alpha = Image.open(io.BytesIO(png)).getchannel("A").point(lambda a: 255 * (a > least_alpha))
    left, top, right, bottom = alpha.getbbox() or (0, 0, 0, 0)
    return left - MARGIN, top - MARGIN, right - MARGIN, bottom - MARGIN


def assert_only_marks(name: str, longest: int) -> None:
    """Check that a motif is well formed, brings no names of its own and stays short."""
    ink, fragment = draw(name)
    root = ET.fromstring(f"<g>{''.join(ink.definitions)}{fragment}</g>")
    assert len(list(root.iter())) > 2
    assert not re.search(r"<(svg|filter|text|image|defs)\b|\bid=|nan|inf", fragment)
    paints = set(re.findall(r"url\(#(\w+)\)", fragment))
    assert paints <= {element.get("id") for element in root}
    assert len(fragment) < longest
