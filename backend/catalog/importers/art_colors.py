"""Five colours for a drawn poster, by family of genre, with the contrast that a drawing needs.

Colours are chosen in OKLab, as lightness 0 to 1, chroma 0 to about 0.2 and hue in degrees (27 is
red, 55 orange, 100 yellow, 145 green, 195 teal, 255 blue, 300 violet, 350 pink).
"""

from __future__ import annotations

import math
import random
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from backend.catalog.color_space import from_hex, oklab_to_srgb, srgb_to_oklab, to_hex

SHAPE_CONTRAST = 0.42
"""Least difference in lightness between the hero and the ground."""
ACCENT_CONTRAST = 0.24
"""Least distance in OKLab between the touch of colour and the ground."""
_IN_GAMUT = 0.008
_MIDDLE = 0.58


@dataclass(frozen=True)
class Tone:
    """A ground and what stands on it: lightness, chroma and hue of the ground, hues of the rest.

    Attributes:
        shape: hue and chroma of the hero, whose lightness follows from the ground.
        accent: lightness, chroma and hue.
    """

    ground: tuple[float, float, float]
    shape: tuple[float, float]
    accent: tuple[float, float, float]


def _tones(*rows: tuple[float, ...]) -> tuple[Tone, ...]:
    return tuple(Tone((a, b, c), (d, e), (f, g, h)) for a, b, c, d, e, f, g, h in rows)


# ground L C H, shape H C, accent L C H
_FAMILIES = {
    "night": _tones(
        (0.20, 0.045, 265, 85, 0.05, 0.72, 0.16, 45),
        (0.24, 0.060, 300, 330, 0.06, 0.80, 0.14, 195),
        (0.22, 0.050, 220, 60, 0.06, 0.66, 0.19, 27),
        (0.86, 0.035, 250, 270, 0.09, 0.62, 0.20, 30),
    ),
    "dread": _tones(
        (0.17, 0.030, 20, 80, 0.03, 0.55, 0.20, 27),
        (0.22, 0.040, 150, 120, 0.06, 0.70, 0.17, 110),
        (0.30, 0.110, 25, 70, 0.05, 0.88, 0.08, 90),
        (0.84, 0.030, 95, 20, 0.05, 0.50, 0.19, 27),
        (0.20, 0.050, 290, 200, 0.04, 0.62, 0.20, 340),
    ),
    "space": _tones(
        (0.18, 0.050, 275, 220, 0.05, 0.75, 0.16, 60),
        (0.28, 0.070, 200, 100, 0.05, 0.70, 0.19, 35),
        (0.90, 0.020, 220, 260, 0.10, 0.66, 0.20, 40),
        (0.24, 0.080, 310, 195, 0.10, 0.82, 0.16, 100),
        (0.70, 0.110, 55, 30, 0.07, 0.97, 0.03, 90),
        (0.80, 0.080, 190, 250, 0.09, 0.62, 0.20, 15),
    ),
    "dust": _tones(
        (0.82, 0.085, 80, 40, 0.08, 0.55, 0.18, 30),
        (0.68, 0.140, 52, 30, 0.06, 0.95, 0.07, 95),
        (0.88, 0.060, 70, 250, 0.07, 0.60, 0.18, 35),
        (0.36, 0.090, 35, 80, 0.09, 0.85, 0.15, 90),
        (0.74, 0.060, 205, 45, 0.07, 0.62, 0.17, 45),
    ),
    "blush": _tones(
        (0.88, 0.055, 10, 15, 0.13, 0.58, 0.20, 20),
        (0.92, 0.035, 75, 350, 0.12, 0.65, 0.19, 25),
        (0.42, 0.130, 5, 60, 0.06, 0.90, 0.09, 80),
        (0.84, 0.060, 320, 300, 0.12, 0.68, 0.19, 40),
        (0.30, 0.075, 340, 40, 0.07, 0.76, 0.15, 55),
        (0.86, 0.060, 40, 255, 0.08, 0.64, 0.20, 12),
    ),
    "bright": _tones(
        (0.90, 0.140, 95, 265, 0.11, 0.62, 0.21, 28),
        (0.86, 0.080, 165, 20, 0.14, 0.64, 0.20, 40),
        (0.82, 0.090, 235, 40, 0.10, 0.93, 0.14, 98),
        (0.76, 0.130, 48, 260, 0.08, 0.97, 0.04, 90),
        (0.88, 0.065, 5, 255, 0.11, 0.66, 0.18, 140),
        (0.94, 0.035, 95, 150, 0.10, 0.66, 0.20, 35),
    ),
    "quiet": _tones(
        (0.88, 0.028, 85, 240, 0.05, 0.60, 0.15, 40),
        (0.80, 0.040, 145, 170, 0.06, 0.66, 0.16, 55),
        (0.38, 0.045, 235, 85, 0.04, 0.76, 0.14, 70),
        (0.74, 0.045, 230, 260, 0.06, 0.66, 0.18, 35),
        (0.30, 0.035, 60, 85, 0.06, 0.74, 0.14, 60),
        (0.86, 0.045, 50, 20, 0.07, 0.56, 0.12, 220),
    ),
    "noir": _tones(
        (0.19, 0.012, 90, 90, 0.02, 0.60, 0.20, 27),
        (0.80, 0.080, 88, 60, 0.04, 0.52, 0.19, 27),
        (0.26, 0.045, 180, 90, 0.06, 0.78, 0.15, 85),
        (0.90, 0.020, 95, 270, 0.03, 0.58, 0.21, 28),
        (0.44, 0.120, 28, 85, 0.05, 0.88, 0.13, 92),
    ),
    "heat": _tones(
        (0.26, 0.040, 250, 55, 0.14, 0.88, 0.14, 95),
        (0.62, 0.190, 38, 20, 0.06, 0.96, 0.05, 95),
        (0.88, 0.120, 92, 20, 0.06, 0.60, 0.21, 28),
        (0.22, 0.020, 40, 50, 0.13, 0.66, 0.21, 30),
        (0.78, 0.050, 215, 260, 0.07, 0.66, 0.20, 40),
    ),
    "legend": _tones(
        (0.30, 0.060, 165, 90, 0.09, 0.84, 0.15, 92),
        (0.28, 0.080, 295, 85, 0.09, 0.82, 0.13, 70),
        (0.86, 0.060, 90, 155, 0.08, 0.58, 0.18, 30),
        (0.78, 0.075, 200, 270, 0.10, 0.72, 0.17, 60),
        (0.40, 0.120, 25, 88, 0.11, 0.92, 0.08, 95),
    ),
    "show": _tones(
        (0.38, 0.140, 20, 85, 0.11, 0.93, 0.07, 90),
        (0.22, 0.060, 285, 85, 0.13, 0.68, 0.21, 350),
        (0.90, 0.090, 92, 350, 0.15, 0.60, 0.15, 250),
        (0.84, 0.070, 345, 285, 0.12, 0.74, 0.17, 70),
        (0.28, 0.065, 250, 65, 0.11, 0.74, 0.17, 25),
    ),
    "field": _tones(
        (0.74, 0.040, 120, 145, 0.05, 0.56, 0.19, 28),
        (0.42, 0.055, 125, 95, 0.06, 0.68, 0.19, 35),
        (0.84, 0.045, 85, 130, 0.06, 0.52, 0.18, 27),
        (0.28, 0.030, 230, 80, 0.04, 0.70, 0.17, 50),
    ),
    "pitch": _tones(
        (0.62, 0.130, 145, 140, 0.05, 0.97, 0.03, 95),
        (0.90, 0.030, 95, 255, 0.12, 0.62, 0.21, 30),
        (0.40, 0.110, 255, 90, 0.04, 0.84, 0.15, 85),
        (0.82, 0.120, 75, 30, 0.08, 0.55, 0.16, 250),
    ),
}
_FAMILY_OF = {
    "action": "heat",
    "adventure": "legend",
    "animation": "bright",
    "biography": "quiet",
    "comedy": "bright",
    "crime": "noir",
    "documentary": "quiet",
    "drama": "quiet",
    "family": "bright",
    "fantasy": "legend",
    "history": "legend",
    "horror": "dread",
    "music": "show",
    "musical": "show",
    "mystery": "night",
    "romance": "blush",
    "science fiction": "space",
    "sport": "pitch",
    "thriller": "night",
    "war": "field",
    "western": "dust",
}


def colors_for(genres: Sequence[str], rng: random.Random) -> dict[str, str]:
    """The five roles as `#rrggbb`, varied by `rng` within a family of one of the genres.

    The first genre counts most. Hero and accent always stand out from the ground, by
    `SHAPE_CONTRAST` and `ACCENT_CONTRAST`.
    """
    families = [_FAMILIES[_FAMILY_OF[genre]] for genre in genres if genre in _FAMILY_OF]
    if not families:
        families = [_FAMILIES["quiet"], _FAMILIES["noir"], _FAMILIES["bright"]]
    # "Drama" says least of how a film looks: another genre of the film goes before it.
    if len(families) > 1 and genres[:1] == ["drama"]:
        families = families[1:] + families[:1]
    tone = rng.choice(families[0] if rng.random() < 0.75 else rng.choice(families))
    turn = rng.uniform(-14, 14)
    lightness, chroma, hue = tone.ground
    lightness += rng.uniform(-0.035, 0.035)
    chroma *= rng.uniform(0.75, 1.3)
    hue += turn
    light = lightness > _MIDDLE
    ground = _hex(lightness, chroma, hue)
    glow_hue = hue + rng.uniform(-35, 35)
    glow = _hex(
        min(0.97, lightness + 0.09) if light else lightness + rng.uniform(0.17, 0.27),
        chroma * (0.9 if light else 1.3) + 0.012,
        glow_hue,
    )
    depth = _hex(
        lightness - rng.uniform(0.13, 0.2) if light else max(0.08, lightness - 0.075),
        chroma * 1.1 + 0.01,
        hue + rng.uniform(-25, 10),
    )
    shape_hue, shape_chroma = tone.shape
    shape = _far(ground, shape_chroma * rng.uniform(0.8, 1.2), shape_hue + turn, light, rng)
    accent_lightness, accent_chroma, accent_hue = tone.accent
    accent = _touch(ground, accent_lightness, accent_chroma, accent_hue + rng.uniform(-12, 12))
    return {"ground": ground, "glow": glow, "depth": depth, "shape": shape, "accent": accent}


def lightness_of(color: str) -> float:
    """OKLab lightness of `#rrggbb`, 0 to 1."""
    return float(srgb_to_oklab(from_hex(color))[0])


def distance(one: str, other: str) -> float:
    """Distance of two `#rrggbb` in OKLab."""
    gap = srgb_to_oklab(from_hex(one)) - srgb_to_oklab(from_hex(other))
    return float(np.linalg.norm(gap))


def _hex(lightness: float, chroma: float, hue: float) -> str:
    """The nearest colour that a screen can show, giving up chroma before lightness and hue."""
    lightness = min(max(lightness, 0.0), 1.0)
    turn = math.radians(hue)
    while True:
        lab = np.array([lightness, chroma * math.cos(turn), chroma * math.sin(turn)])
        rgb = oklab_to_srgb(lab)
        if chroma < 0.004 or np.abs(srgb_to_oklab(rgb) - lab).max() < _IN_GAMUT:
            return to_hex(rgb)
        chroma *= 0.9


def _far(ground: str, chroma: float, hue: float, light: bool, rng: random.Random) -> str:
    """A hero's colour, lighter than a dark ground and darker than a light one."""
    away = -1.0 if light else 1.0
    contrast = SHAPE_CONTRAST + rng.uniform(0.06, 0.2)
    while True:
        wanted = min(max(lightness_of(ground) + away * contrast, 0.08), 0.98)
        color = _hex(wanted, chroma, hue)
        if abs(lightness_of(color) - lightness_of(ground)) >= SHAPE_CONTRAST:
            return color
        if wanted in (0.08, 0.98):
            return "#0c0a0d" if light else "#ffffff"
        contrast += 0.03


def _touch(ground: str, lightness: float, chroma: float, hue: float) -> str:
    """An accent; made lighter or darker as far as the ground asks."""
    away = 1.0 if lightness_of(ground) < _MIDDLE else -1.0
    while True:
        color = _hex(lightness, chroma, hue)
        if distance(color, ground) >= ACCENT_CONTRAST:
            return color
        lightness += 0.03 * away
