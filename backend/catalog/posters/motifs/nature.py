"""Forest and rock; importing this module brings in all that grows, flows and lies about."""

from __future__ import annotations

import random

from backend.catalog.posters.ink import Ink, darken, lighten, mix
from backend.catalog.posters.motifs import nature_land as nature_land
from backend.catalog.posters.motifs import nature_plants as nature_plants
from backend.catalog.posters.motifs import nature_water as nature_water
from backend.catalog.posters.motifs.marks import (
    Point,
    bright,
    ellipse,
    group,
    n,
    path,
    polygon,
    rect,
    shade,
    stroke,
)
from backend.catalog.posters.motifs.outline import curve, fill
from backend.catalog.posters.registry import motif


def _fir(x: float, foot: float, high: float, tiers: int, half: bool = False) -> str:
    """Path data of a fir standing at (x, `foot`); only its right half if `half`."""
    # A tier steps out further than the one above, then back by half, its boughs drooping.
    step, droop = high / (tiers + 0.6), high * (0.012 if tiers > 4 else 0)
    out = [high * 0.2 * (k + 1) / tiers for k in range(tiers)]
    back = [w * 0.55 for w in out[:-1]]
    right = left = ""
    start = 0.0
    for k, w in enumerate(out):
        right += f"l{n(w - start)} {n(step + droop)}"
        left = f"l{n(w - start)} {n(-step - droop)}" + left
        if k < tiers - 1:
            right += f"l{n(back[k] - w)} {n(-droop)}"
            left = f"l{n(back[k] - w)} {n(droop)}" + left
            start = back[k]
    right, left = right.replace(" -", "-"), left.replace(" -", "-")
    tall = step * tiers + droop
    if half:
        return f"M{n(x)} {n(foot - high)}{right}L{n(x)} {n(foot - high + tall)}Z"
    trunk = f"H{n(x + 1.2)}V{n(foot)}h-2.4V{n(foot - high + tall)}H{n(x - out[-1])}"
    return f"M{n(x)} {n(foot - high)}{right}{trunk}{left}Z"


@motif("forest", kind="scene")
def forest(ink: Ink, rng: random.Random) -> str:
    """Firs in four rows, paler with distance, mist between them."""
    mist = mix(ink.glow, ink.ground, 0.3)
    far = mix(mix(ink.depth, ink.ground, 0.4), mist, 0.3)
    gap = 100 + rng.uniform(-34, 34)
    body = ""
    for step, foot, high, tiers, share in (
        (20.0, 78.0, 58.0, 3, 0.0),
        (24.0, 86.0, 62.0, 4, 0.34),
        (36.0, 95.0, 68.0, 4, 0.68),
        (48.0, 101.0, 92.0, 6, 1.0),
    ):
        tone = mix(far, ink.shape, share)
        trees = halves = ""
        x = -6 + rng.uniform(0, step * 0.4)
        while x < 206:
            size = high * rng.uniform(0.8, 1.04)
            if share == 1:
                # The nearest trees stand lower in the middle, to open the view.
                size *= 1 - 0.42 * max(0.0, 1 - abs(x - gap) / 60)
            trees += _fir(x, foot, size, tiers)
            if share > 0.5:
                halves += _fir(x, foot, size, tiers, half=True)
            x += step * rng.uniform(0.75, 1.2)
        body += fill(trees, ink.linear(tone, tone, mix(tone, mist, 0.6 * (1 - share))))
        if halves:
            body += fill(halves, darken(tone, 0.24))
        if share < 1:
            body += rect(-6, 44, 212, 60, ink.linear(mist + "/0", mist + "/0.4", mist + "/0.8"))
    hills = " ".join(f"{x},{n(rng.uniform(91.5, 95.5))}" for x in (-8, 46, 100, 154, 208))
    floor = ink.shape if bright(ink.shape) < 0.4 else mix(ink.shape, ink.depth, 0.6)
    return body + fill(f"{curve(hills)}V104H-8Z", darken(floor, 0.3))


@motif("rock")
def rock(ink: Ink, rng: random.Random) -> str:
    """A great boulder of many facets, smaller stones and grass at its foot."""

    def off(x: float, y: float) -> Point:
        return x + rng.uniform(-2, 2), y + rng.uniform(-2, 2)

    rim = [
        off(x, y) for x, y in ((8, 72), (14, 46), (27, 24), (46, 9), (66, 15), (80, 34), (90, 58))
    ]
    foot: list[Point] = [(95, 98), (70, 99), (46, 99), (22, 99), (5, 98)]
    a, b, c, d = off(38, 38), off(60, 36), off(32, 68), off(66, 66)
    tones = [
        lighten(ink.shape, 0.42),
        lighten(ink.shape, 0.2),
        ink.shape,
        shade(ink, 0.2),
        shade(ink, 0.36),
        shade(ink, 0.54),
    ]
    faces: list[tuple[list[Point], int]] = [
        ([rim[2], rim[3], a], 1),
        ([rim[3], rim[4], b, a], 0),
        ([rim[4], rim[5], b], 2),
        ([rim[1], rim[2], a, c], 2),
        ([a, b, d, c], 3),
        ([b, rim[5], rim[6], d], 4),
        ([rim[0], rim[1], c], 1),
        ([rim[0], c, foot[3], foot[4]], 3),
        ([c, d, foot[1], foot[2], foot[3]], 4),
        ([d, rim[6], foot[0], foot[1]], 5),
    ]
    body = path(polygon([*rim, *foot]), ink.shape)
    body += "".join(path(polygon(corners), tones[tone]) for corners, tone in faces)
    crack = f"M{n(b[0])} {n(b[1])}l-5 9l3 7l-6 8l2 8"

    def stone(x: float, w: float) -> str:
        h = w * rng.uniform(0.7, 0.95)
        top, side = (x - w * 0.15, 99.4 - h), (x + w * 0.2, 99.4 - h * 0.5)
        return path(
            polygon(
                [(x - w, 99.4), (x - w * 0.75, 99.4 - h * 0.65), top, side, (x + w * 0.1, 99.4)]
            ),
            tones[1],
        ) + path(
            polygon(
                [top, (x + w * 0.6, 99.4 - h * 0.75), (x + w, 99.4), (x + w * 0.1, 99.4), side]
            ),
            tones[4],
        )

    grass = "".join(
        f"M{n(x)} 99.4q{n(rng.uniform(-2, 2))} {n(-4)} {n(rng.uniform(-4, 4))} {n(-rng.uniform(6, 10))}"
        for x in (37, 39, 41, 42, 44, 90, 92, 94)
    )
    whole = (
        ellipse(50, 98.8, 49, 2.4, mix(ink.depth, ink.ground, 0.3))
        + body
        + stroke(
            f"M{n(rim[2][0])} {n(rim[2][1])}L{n(rim[3][0])} {n(rim[3][1])}L{n(rim[4][0])} {n(rim[4][1])}",
            lighten(ink.shape, 0.65),
            0.9,
        )
        + stroke(crack, shade(ink, 0.65), 1)
        + stone(16, 13)
        + stone(78, 11)
        + stone(60, 6)
        + stroke(grass, ink.accent, 1.1)
    )
    return whole if rng.random() < 0.5 else group(whole, "matrix(-1 0 0 1 100 0)")
