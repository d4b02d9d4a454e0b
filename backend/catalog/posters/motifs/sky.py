"""What stands or burns in the sky: sun, moon, planet, cloud, lightning, and fire."""

from __future__ import annotations

import math
import random

from backend.catalog.posters.ink import Ink, darken, lighten, mix
from backend.catalog.posters.motifs import sky_weather as sky_weather
from backend.catalog.posters.motifs.marks import (
    Point,
    bright,
    circle,
    ellipse,
    group,
    n,
    path,
    polar,
    polygon,
    ring,
    shade,
    stroke,
)
from backend.catalog.posters.motifs.outline import blob, fill, place
from backend.catalog.posters.registry import motif


@motif("sun")
def sun(ink: Ink, rng: random.Random) -> str:
    """A sun with a face of light and two wreaths of rays, straight and flaming."""
    count, turn = rng.choice((10, 12, 14)), rng.uniform(0, 0.5)
    straight = flaming = ""
    step = 2 * math.pi / count
    for k in range(count):
        a = turn + k * step
        straight += polygon(
            [polar(50, 51, 30, a - 0.09), polar(50, 51, 47, a), polar(50, 51, 30, a + 0.09)]
        )
        b, bend = a + step / 2, step * 0.22
        left, right = polar(50, 51, 29, b - 0.15), polar(50, 51, 29, b + 0.15)
        tip = polar(50, 51, 43, b + bend * 0.7)
        c1, c2 = polar(50, 51, 37, b - bend * 1.5), polar(50, 51, 35, b + bend * 0.1)
        flaming += (
            f"M{n(left[0])} {n(left[1])}Q{n(c1[0])} {n(c1[1])} {n(tip[0])} {n(tip[1])}"
            f"Q{n(c2[0])} {n(c2[1])} {n(right[0])} {n(right[1])}Z"
        )
    halo = ink.radial(ink.glow + "/0.9", ink.glow + "/0.45", ink.glow + "/0")
    disc = ink.radial(
        lighten(ink.shape, 0.5), lighten(ink.shape, 0.2), ink.shape, cx=0.4, cy=0.36, r=0.66
    )
    return (
        circle(50, 51, 49, halo)
        + path(straight, ink.shape)
        + path(flaming, mix(ink.shape, ink.accent, 0.55))
        + circle(50, 51, 27.4, shade(ink, 0.25))
        + circle(50, 51, 25.6, disc)
        + path(ring(50, 51, 22) + ring(50, 51, 21.3), lighten(ink.shape, 0.55), 0.7)
    )


def _lit(phase: float, r: float = 46.0) -> str:
    """Path data of the lit part of a moon, from 0 (a hair) to 1 (full), its light on the right."""
    bulge = abs(2 * phase - 1) * r
    sweep = 1 if phase > 0.5 else 0
    return f"M50 {n(52 - r)}A{n(r)} {n(r)} 0 0 1 50 {n(52 + r)}A{n(bulge)} {n(r)} 0 0 {sweep} 50 {n(52 - r)}Z"


@motif("moon")
def moon(ink: Ink, rng: random.Random) -> str:
    """A moon in one of its phases, seas and craters on the lit part."""
    phase = rng.choice((0.24, 0.3, 0.76, 1.0, 1.0))
    turn = rng.choice((-24, 22)) if phase < 0.5 else rng.uniform(-14, 14)
    lit = ink.linear(lighten(ink.shape, 0.35), ink.shape, shade(ink, 0.25), angle=60)
    night = mix(ink.shape, ink.ground, 0.93)
    sea, rim = shade(ink, 0.2), lighten(ink.shape, 0.4)
    marks = ""
    if phase > 0.5:
        seas = [
            "58,22 70,24 74,34 66,42 56,40 50,30",
            "72,46 80,52 80,64 70,66 66,56",
            "56,52 64,58 60,70 50,72 48,60",
        ]
        if phase == 1:
            seas.append("26,32 38,24 46,34 42,50 46,62 34,72 24,62 28,48")
        marks += fill("".join(blob(points) for points in seas), mix(sea, ink.shape, 0.2))
    spots: list[tuple[float, float, float]] = []
    for _ in range(300):
        if len(spots) == 11:
            break
        d, a = 44 * math.sqrt(rng.random()), rng.uniform(0, 2 * math.pi)
        x, y = polar(50, 52, d, a)
        size = rng.uniform(1.2, 4.6)
        # The terminator is an ellipse: on its dark side there is nothing to see.
        edge = 50 + (1 - 2 * phase) * math.sqrt(max(0.0, 46**2 - (y - 52) ** 2))
        inside = x - size > edge + 2 and d + size < 44
        if inside and all(math.hypot(x - u, y - v) > size + w + 2 for u, v, w in spots):
            spots.append((x, y, size))
    for x, y, size in spots:
        marks += circle(x + size * 0.14, y + size * 0.14, size, rim)
        marks += circle(x, y, size * 0.92, shade(ink, 0.36))
        marks += circle(x + size * 0.2, y + size * 0.2, size * 0.66, sea)
    return (
        circle(50, 52, 50, ink.radial(ink.glow + "/0.9", ink.glow + "/0.6", ink.glow + "/0"))
        + circle(50, 52, 46, night)
        + group(path(_lit(phase), lit) + marks, f"rotate({n(turn)} 50 52)")
    )


@motif("planet")
def planet(ink: Ink, rng: random.Random) -> str:
    """A banded planet with rings, and a small moon."""
    r, cx, cy = 35.0, 50.0, 60.0
    tones = [
        ink.shape,
        shade(ink, 0.22),
        mix(ink.shape, ink.accent, 0.35),
        lighten(ink.shape, 0.3),
        shade(ink, 0.38),
    ]
    bands, y = "", -0.86
    last = 0
    while y < 0.9:
        high = rng.uniform(0.1, 0.3)
        last = (last + rng.choice((1, 2, 3))) % 5
        a, b = max(-0.97, y), min(0.97, y + high)
        xa, xb = r * math.sqrt(1 - a * a), r * math.sqrt(1 - b * b)
        bands += path(
            f"M{n(cx - xa)} {n(cy + a * r)}Q{n(cx)} {n(cy + a * r + xa * 0.22)} {n(cx + xa)} {n(cy + a * r)}"
            f"A{n(r)} {n(r)} 0 0 1 {n(cx + xb)} {n(cy + b * r)}"
            f"Q{n(cx)} {n(cy + b * r + xb * 0.22)} {n(cx - xb)} {n(cy + b * r)}"
            f"A{n(r)} {n(r)} 0 0 1 {n(cx - xa)} {n(cy + a * r)}Z",
            tones[last],
        )
        y += high

    def half(outer: float, inner: float, front: bool) -> str:
        flat, way = 0.24, 0 if front else 1
        return (
            f"M{n(cx - outer)} {cy}A{n(outer)} {n(outer * flat)} 0 0 {way} {n(cx + outer)} {cy}"
            f"H{n(cx + inner)}A{n(inner)} {n(inner * flat)} 0 0 {1 - way} {n(cx - inner)} {cy}Z"
        )

    def rings(front: bool) -> str:
        wide = ink.linear(ink.accent, mix(ink.accent, ink.shape, 0.6), ink.accent, angle=0)
        return path(half(47.5, 41, front), wide) + path(
            half(52, 48.6, front), mix(ink.accent, ink.shape, 0.5)
        )

    dark = darken(ink.ground, 0.4) if bright(ink.ground) < 0.5 else darken(ink.shape, 0.6)
    ball = (
        circle(cx, cy, r, ink.shape)
        + bands
        + path(half(40, 30, True), dark, 0.2)
        + circle(
            cx,
            cy,
            r + 0.3,
            ink.radial(dark + "/0", dark + "/0", dark + "/0.75", cx=0.36, cy=0.34, r=0.74),
        )
    )
    moon_x = rng.choice((14.0, 86.0))
    lean = -20 if moon_x < 50 else 20
    small = circle(
        moon_x,
        14,
        6.5,
        ink.radial(lighten(ink.shape, 0.4), shade(ink, 0.5), cx=0.35, cy=0.3, r=0.8),
    )
    return (
        circle(cx, cy - 8, 50, ink.radial(ink.glow + "/0.8", ink.glow + "/0"))
        + small
        + group(rings(False) + ball + rings(True), f"rotate({lean} 50 60)")
    )


def _heap(lobes: list[tuple[float, float, float]], base: float) -> str:
    """Path data of a heap of round lobes (x, y, radius) that ends flat at y=`base`."""
    lowest = sorted((x, y) for x, y, r in lobes if y + r > base - 4)
    # The floor fills what is left between the lobes, up to the line through their centres. It is
    # drawn the same way round as a ring, so that they unite.
    floor = f"M{n(lowest[0][0])} {n(base)}H{n(lowest[-1][0])}"
    floor += "".join(f"L{n(x)} {n(y)}" for x, y in reversed(lowest)) + "Z"
    return floor + "".join(ring(*lobe) for lobe in lobes)


def _edged(d: str, rim: str, paint: str, by: float = 1.1) -> str:
    """A silhouette with a light edge on its upper left side."""
    return fill(d, rim) + group(fill(d, paint), f"translate({n(by)} {n(by)})")


@motif("cloud")
def cloud(ink: Ink, rng: random.Random) -> str:
    """A towering summer cloud on a flat base, three heaps deep."""
    light, dark = lighten(ink.shape, 0.5), mix(ink.shape, ink.depth, 0.5)

    def near(x: float, y: float, r: float) -> tuple[float, float, float]:
        return x + rng.uniform(-2, 2), y + rng.uniform(-1.5, 1.5), r + rng.uniform(-1, 1)

    def on(x: float, base: float, r: float) -> tuple[float, float, float]:
        return x + rng.uniform(-1, 1), base - r, r

    far = [near(32, 46, 13), near(62, 24, 15), near(72, 38, 15), near(48, 40, 17), near(80, 58, 14)]
    far += [on(20, 94, 13), on(88, 94, 11), on(54, 94, 30)]
    middle = [near(42, 47, 14), near(56, 55, 13), near(30, 60, 12), near(68, 66, 13)]
    middle += [on(14, 95, 11), on(80, 95, 15), on(48, 95, 22)]
    low = [near(34, 74, 11), near(50, 68, 12), near(64, 76, 10)]
    low += [on(24, 97, 12), on(9, 97, 6), on(76, 97, 12), on(91, 97, 7), on(50, 97, 17)]
    parts = "".join(
        _edged(_heap(lobes, base), rim, ink.linear(top, foot))
        for lobes, base, rim, top, foot in (
            (far, 94, mix(light, ink.depth, 0.3), mix(ink.shape, ink.depth, 0.35), dark),
            (middle, 95, light, ink.shape, dark),
            (low, 97, light, lighten(ink.shape, 0.12), mix(ink.shape, ink.depth, 0.38)),
        )
    )
    if rng.random() < 0.5:
        return group(parts, "matrix(-1 0 0 1 100 0)")
    return parts


@motif("lightning")
def lightning(ink: Ink, rng: random.Random) -> str:
    """A bolt with its branches, striking out of a storm cloud."""
    bolt = [(47.0, 18.0), (68.0, 18.0), (58.0, 43.0), (71.0, 41.5), (56.0, 65.0), (66.0, 64.0)]
    bolt += [(40.0, 101.0), (49.0, 73.5), (38.5, 75.0), (48.0, 52.0), (34.0, 54.0)]
    bolt = [(x + rng.uniform(-1.5, 1.5), y) for x, y in bolt]
    # The turned side of each limb: between the bolt's right outline and a line inside it.
    side = [*bolt[1:7], (bolt[5][0] - 6, 66.6), (bolt[4][0] - 7, 68), (bolt[3][0] - 7, 44)]
    side += [(bolt[2][0] - 7, 45.5), (bolt[1][0] - 7, 18)]
    branches = ""
    for i, way in ((10, -1), (8, -1), (3, 1), (5, 1)):
        x, y = bolt[i]
        line: list[Point] = [(x, y)]
        for long in (9, 4, 9):
            x += way * (rng.uniform(0.6, 1) * long if long > 4 else -rng.uniform(0, 2))
            y += rng.uniform(4, 8)
            line.append((x, y))
        for j in (1, 2, 3):
            a, b = line[j - 1], line[j]
            branches += stroke(
                f"M{n(a[0])} {n(a[1])}L{n(b[0])} {n(b[1])}", ink.shape, (2, 1.4, 0.8)[j - 1]
            )
    storm = ink.linear(mix(ink.depth, ink.glow, 0.5), darken(ink.depth, 0.2))
    front = ink.linear(mix(ink.depth, ink.glow, 0.25), darken(ink.depth, 0.3))
    rim = mix(ink.depth, ink.glow, 0.75)
    back = [(28.0, 16.0, 12.0), (48.0, 11.0, 13.0), (68.0, 14.0, 12.0), (84.0, 22.0, 8.0)]
    back += [(14.0, 21.0, 8.0), (50.0, 16.0, 14.0)]
    low = [(10.0, 27.0, 6.0), (25.0, 24.0, 9.0), (42.0, 23.0, 10.0), (62.0, 22.0, 11.0)]
    low += [(52.0, 24.0, 9.0), (79.0, 25.0, 8.0), (91.0, 28.0, 5.0)]
    back, low = ([(x + rng.uniform(-2, 2), y, r) for x, y, r in heap] for heap in (back, low))
    whole = (
        ellipse(52, 54, 48, 46, ink.radial(ink.glow + "/1", ink.glow + "/0.5", ink.glow + "/0"))
        + _edged(_heap(back, 29), rim, storm)
        + branches
        + path(polygon(bolt), ink.linear(lighten(ink.shape, 0.3), ink.shape))
        + path(polygon(side), mix(ink.shape, ink.accent, 0.85))
        + _edged(_heap(low, 33), rim, front)
    )
    return whole if rng.random() < 0.5 else group(whole, "matrix(-1 0 0 1 100 0)")


@motif("fire")
def fire(ink: Ink, rng: random.Random) -> str:
    """Flames in four sheets, hotter towards the middle, and sparks."""

    def flames(scale: float, lean: float) -> str:
        shift = [rng.uniform(-2.5, 2.5) for _ in range(5)]
        points = (
            f"0,0 -30,-6 -38,-24 -36,-44 {-30 + shift[0]},-58! -27,-46 -22,-40 -20,-48 -20,-62 "
            f"{-10 + shift[1]},-82 {-2 + lean},{-96 + shift[2]}! 2,-80 10,-68 15,-56 18,-46 22,-52 {24 + shift[3]},{-68 + shift[4]}! "
            "31,-56 38,-42 37,-22 28,-5"
        )
        return blob(place(points, 50, 99, scale, flip=lean < 0))

    lean = rng.choice((-3.0, 4.0))
    inner = mix(ink.shape, ink.accent, 0.65)
    core = mix(ink.accent, "#fff4cc", 0.75)
    sparks = ""
    for _ in range(12):
        x, y, r = rng.uniform(12, 88), rng.uniform(4, 46), rng.uniform(0.6, 1.7)
        sparks += f"M{n(x)} {n(y - r * 1.6)}l{n(r)} {n(r * 1.6)}l{n(-r)} {n(r * 1.6)}l{n(-r)} {n(-r * 1.6)}z"
    return (
        ellipse(50, 62, 48, 42, ink.radial(ink.glow + "/0.95", ink.glow + "/0"))
        + fill(sparks, ink.accent)
        + path(flames(1.0, lean), ink.linear(shade(ink, 0.25), ink.shape, ink.shape))
        + path(flames(0.8, -lean), ink.linear(ink.shape, inner))
        + path(flames(0.58, lean), ink.linear(inner, ink.accent))
        + path(flames(0.34, -lean), ink.linear(ink.accent, core, core))
    )
