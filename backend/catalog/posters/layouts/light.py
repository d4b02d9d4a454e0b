"""Which tones stay readable beside each other, and the soft lights made of them."""

from __future__ import annotations

import math
from functools import lru_cache

from backend.catalog.color_space import from_hex, srgb_to_oklab
from backend.catalog.posters.ink import Ink, darken, lighten, mix

# OKLab distances: a hero against its field, and a lesser thing against its own.
CLEAR = 0.3
SOFT = 0.16


@lru_cache(maxsize=4096)
def _lab(color: str) -> tuple[float, float, float]:
    tone = srgb_to_oklab(from_hex(color))
    return float(tone[0]), float(tone[1]), float(tone[2])


def lightness(color: str) -> float:
    """OKLab lightness of `#rrggbb`, 0 (black) to 1 (white)."""
    return _lab(color)[0]


def contrast(first: str, second: str) -> float:
    """How far apart two colours look: lightness in full, hue and chroma in part."""
    one, two = _lab(first), _lab(second)
    hue = math.hypot(one[1] - two[1], one[2] - two[2])
    return abs(one[0] - two[0]) + 0.5 * hue


def apart(color: str, other: str, least: float = CLEAR) -> str:
    """`color`, made lighter or darker until it stands out from `other` by `least`.

    It keeps to its own side of `other` while that side has room, then crosses over.
    """
    up = lightness(color) >= lightness(other)
    if (up and lightness(other) > 1.0 - least) or (not up and lightness(other) < least):
        up = not up
    end = "#ffffff" if up else "#000000"
    for step in range(21):
        moved = mix(color, end, step / 20)
        if contrast(moved, other) >= least and (lightness(moved) >= lightness(other)) == up:
            return moved
    return end


def readable(behind: str, *candidates: str, also: str | None = None, least: float = CLEAR) -> str:
    """The first of `candidates` that stands out from `behind` and `also`, else the best, moved."""

    def clear(color: str) -> float:
        return min(contrast(color, behind), contrast(color, also) if also else 9.0)

    for color in candidates:
        if clear(color) >= least:
            return color
    best = max(candidates, key=clear)
    return best if also and clear(best) >= SOFT else apart(best, behind, least)


def is_dark(color: str) -> bool:
    """Whether `color` belongs to the darker half."""
    return lightness(color) < 0.55


def deeper(color: str, amount: float) -> str:
    """`color` in shade; near black it is left some body, near white it is kept clean."""
    light = lightness(color)
    keep_clean = 1.0 - 0.65 * min(1.0, max(0.0, (light - 0.68) / 0.27))
    return darken(color, amount * min(1.0, 0.35 + light) * keep_clean)


def lamp(light: str, hero: str) -> str | None:
    """A disc of light on the field `light`: paler, yet clear of the hero; None if neither goes."""
    for amount in (0.6, 0.45, 0.3, 0.2):
        color = lighten(light, amount)
        if contrast(color, light) >= 0.05 and contrast(color, hero) >= 0.22:
            return color
    return None


def halo(ink: Ink, x: float, y: float, r: float, color: str, strength: float = 1.0) -> str:
    """A soft round light that fades to nothing at radius `r`."""
    paint = ink.radial(
        f"{color}/{strength:g}",
        f"{color}/{strength * 0.72:g}",
        f"{color}/{strength * 0.32:g}",
        f"{color}/{strength * 0.08:g}",
        f"{color}/0",
    )
    return f'<circle cx="{x:.4g}" cy="{y:.4g}" r="{r:.4g}" fill="{paint}"/>'
