"""What fills the whole sky: stars, rain, snow. The field shows through all of them."""

from __future__ import annotations

import math
import random

from backend.catalog.posters.ink import Ink, lighten, mix
from backend.catalog.posters.motifs.marks import (
    bright,
    circle,
    ellipse,
    group,
    n,
    path,
    polygon,
    stroke,
)
from backend.catalog.posters.motifs.scatter import dots
from backend.catalog.posters.registry import motif


def _spread(rng: random.Random, columns: int, rows: int) -> list[tuple[float, float]]:
    """One point in each cell of a grid over the scene: random, yet without bare patches."""
    w, h = 212 / columns, 106 / rows
    cells = [
        (-6 + (c + rng.random()) * w, -3 + (r + rng.random()) * h)
        for r in range(rows)
        for c in range(columns)
    ]
    rng.shuffle(cells)
    return cells


def _sparkle(x: float, y: float, r: float) -> str:
    """Path data of a four-pointed star."""
    points = []
    for k in range(8):
        d, a = (r if k % 2 == 0 else r * 0.16), k * math.pi / 4
        points.append((x + d * math.sin(a), y - d * math.cos(a)))
    return polygon(points)


@motif("stars", kind="scene")
def stars(ink: Ink, rng: random.Random) -> str:
    """A night full of stars, the band of the galaxy and a falling one."""
    points = _spread(rng, 18, 9)
    pale = lighten(ink.shape, 0.5) if bright(ink.ground) < 0.5 else ink.shape
    tilt = rng.choice((-1, 1)) * rng.uniform(14, 24)
    band = "".join(
        ellipse(x, 50 + rng.uniform(-5, 5), rx, ry, "BAND")
        for x, rx, ry in ((30, 62, 17), (100, 70, 22), (168, 62, 17))
    ).replace("BAND", ink.radial(ink.glow + "/0.6", ink.glow + "/0"))
    dust = [(rng.uniform(-10, 210), 50 + rng.gauss(0, 8)) for _ in range(70)]
    bright_ones = [p for p in points[:30] if 6 < p[0] < 194 and 6 < p[1] < 94][:7]
    sparkles = "".join(_sparkle(x, y, rng.uniform(3, 5.5)) for x, y in bright_ones)
    halo = ink.radial(ink.glow + "/0.9", ink.glow + "/0")
    x, y = rng.uniform(60, 130), rng.uniform(12, 30)
    way = -1 if tilt > 0 else 1
    tail = ink.linear(ink.accent + "/0", ink.accent, angle=0 if way > 0 else 180)
    trail = polygon([(x, y), (x + way * 34, y + 16), (x + way * 34.8, y + 14.8)])
    return (
        group(band + dots(dust, pale, 0.5, 0.7), f"rotate({n(tilt)} 100 50)")
        + dots(points[30:100], pale, 0.8, 0.65)
        + dots(points[100:145], pale, 1.2, 0.85)
        + dots(points[145:], pale, 1.9)
        + "".join(circle(u, v, 6, halo) for u, v in bright_ones)
        + path(sparkles, pale)
        + path(trail, tail)
        + circle(x + way * 34.4, y + 15.4, 1, ink.accent)
    )


@motif("rain", kind="scene")
def rain(ink: Ink, rng: random.Random) -> str:
    """Driving rain in three depths, and rings where it lands."""
    slant = rng.choice((-1, 1)) * rng.uniform(0.12, 0.3)
    pale = mix(ink.shape, ink.glow, 0.35)

    def streaks(columns: int, rows: int, low: float, high: float) -> str:
        d = ""
        for x, y in _spread(rng, columns, rows):
            long = rng.uniform(low, high)
            d += f"M{n(x)} {n(y)}l{n(-slant * long)} {n(long)}"
        return d

    rings = splash = ""
    for k in range(7):
        x, y = 8 + k * 28 + rng.uniform(0, 20), rng.uniform(86, 98)
        r = rng.uniform(3, 6) * (y - 70) / 24
        rings += f"M{n(x - r)} {n(y)}a{n(r)} {n(r * 0.28)} 0 1 0 {n(2 * r)} 0a{n(r)} {n(r * 0.28)} 0 1 0 {n(-2 * r)} 0"
        splash += f"M{n(x - 0.8)} {n(y - 1)}l{n(-r * 0.4)} -2.6M{n(x)} {n(y - 1.4)}v-3.6M{n(x + 0.8)} {n(y - 1)}l{n(r * 0.4)} -2.6"
    return (
        stroke(streaks(20, 5, 5, 9), mix(ink.depth, pale, 0.45), 0.4, 0.8)
        + stroke(streaks(13, 4, 9, 16), pale, 0.6, 0.75)
        + stroke(streaks(8, 3, 14, 24), lighten(ink.shape, 0.25), 0.9, 0.9)
        + stroke(rings, pale, 0.6, 0.8)
        + stroke(splash, lighten(ink.shape, 0.25), 0.6)
        + stroke(streaks(3, 2, 14, 22), ink.accent, 0.9)
    )


def _flake(x: float, y: float, r: float, turn: float) -> str:
    """Path data of a six-armed crystal, drawn as lines."""
    d = ""
    for k in range(6):
        a = turn + k * math.pi / 3
        s, c = math.sin(a), -math.cos(a)
        d += f"M{n(x)} {n(y)}l{n(s * r)} {n(c * r)}"
        u, v = x + s * r * 0.6, y + c * r * 0.6
        for b in (a - 0.9, a + 0.9):
            d += f"M{n(u)} {n(v)}l{n(math.sin(b) * r * 0.34)} {n(-math.cos(b) * r * 0.34)}"
    return d


@motif("snow", kind="scene")
def snow(ink: Ink, rng: random.Random) -> str:
    """Snow falling: far specks, near flakes soft with closeness, a few crystals."""
    pale = lighten(ink.shape, 0.35) if bright(ink.ground) < 0.5 else ink.shape
    points = _spread(rng, 20, 10)
    near = [p for p in points[:26] if 8 < p[0] < 192 and 8 < p[1] < 92]
    crystals = "".join(_flake(x, y, rng.uniform(4.2, 6.6), rng.random()) for x, y in near[:4])
    soft = ink.radial(pale, pale + "/0.8", pale + "/0")
    return (
        dots(points[26:90], mix(pale, ink.ground, 0.4), 1, 0.9)
        + dots(points[90:160], pale, 1.6, 0.85)
        + dots(points[160:], pale, 2.6, 0.95)
        + "".join(circle(x, y, rng.uniform(2.6, 4.6), soft) for x, y in near[6:15])
        + stroke(crystals, pale, 0.6)
        + circle(*near[5], 1.2, ink.accent)
    )
