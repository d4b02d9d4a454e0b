"""The sea and what stands in it: wave, island, iceberg."""

from __future__ import annotations

import random
from itertools import pairwise

from backend.catalog.posters.ink import Ink, darken, lighten, mix
from backend.catalog.posters.motifs.marks import (
    Point,
    bright,
    ellipse,
    group,
    n,
    path,
    polygon,
    rect,
    ring,
    shade,
    stroke,
)
from backend.catalog.posters.motifs.outline import blob, curve, fill, limb, paper
from backend.catalog.posters.motifs.scatter import dots
from backend.catalog.posters.registry import motif


def _swell(y: float, high: float, long: float, start: float) -> str:
    """Path data of a row of waves with pointed crests, filled down to the foot of the picture."""
    d, x = f"M{n(start)} {n(y)}", start
    while x < 206:
        d += (
            f"c{n(long * 0.22)} {n(high * 0.1)} {n(long * 0.36)} {n(-high * 0.5)} {n(long * 0.5)} {n(-high)}"
            f"c{n(long * 0.02)} {n(high * 0.7)} {n(long * 0.26)} {n(high)} {n(long * 0.5)} {n(high)}"
        )
        x += long
    return d + f"V104H{n(start)}Z"


@motif("wave", kind="scene")
def wave(ink: Ink, rng: random.Random) -> str:
    """A great wave about to break, swells before and behind it."""
    foam = paper(ink)
    sea = mix(ink.shape, ink.depth, 0.4)
    body = blob(
        "-8,103! -8,62 18,56 44,38 70,14 98,3 124,8 141,24 144,42! 134,32 120,27 107,30 98,40 "
        "95,54 101,70 118,82 150,89 208,86! 208,103!"
    )
    # The hollow under the crest is turned from the light.
    hollow = blob(
        "144,42! 134,32 120,27 107,30 98,40 95,54 101,70 118,82 150,89! 112,86 88,72 82,52 90,32 110,20 130,24"
    )
    lines = ""
    for k in range(6):
        t = k / 5
        lines += curve(
            f"{-8 + t * 46:.1f},{76 + t * 22:.1f} {34 + t * 22:.1f},{62 + t * 22:.1f} "
            f"{58 + t * 16:.1f},{36 + t * 22:.1f} {86 + t * 2:.1f},{15 + t * 20:.1f}"
        )
    # The crest, from the back of the wave to its falling lip, and how thick the foam is there.
    crest = [(40, 42, 3), (55, 29, 5), (72, 14, 8), (92, 6, 10), (112, 6, 10), (130, 15, 9)]
    crest += [(141, 27, 8), (145, 40, 6), (144, 51, 3)]
    foams: list[list[Point]] = [[], [], []]
    for (x0, y0, w0), (x1, y1, w1) in pairwise(crest):
        for k in range(5):
            t = (k + rng.random()) / 5
            w = w0 + (w1 - w0) * t
            x, y = x0 + (x1 - x0) * t, y0 + (y1 - y0) * t
            foams[0 if w < 6 else rng.choice((1, 2))].append(
                (x + rng.uniform(-0.2, 0.2) * w, y + rng.uniform(-0.2, 0.35) * w)
            )
    foams[1] += [(104 + k * 9 + rng.uniform(-2, 2), 89 + rng.uniform(-2, 2)) for k in range(10)]
    foams[0] += [(100 + k * 9 + rng.uniform(-3, 3), 85 + rng.uniform(-3, 3)) for k in range(9)]
    fingers = [(rng.uniform(112, 142), rng.uniform(26, 36)) for _ in range(9)]
    fingers += [(rng.uniform(138, 150), rng.uniform(42, 60)) for _ in range(7)]
    spray = [(rng.uniform(100, 178), rng.uniform(0, 60)) for _ in range(26)]

    def lace(color: str) -> str:
        return "".join(dots(foams[k], color, w) for k, w in enumerate((5.5, 9.5, 13)))

    far = mix(ink.depth, ink.ground, 0.4)
    front = _swell(97, 10, 58, -rng.uniform(10, 60))
    whole = (
        fill(_swell(66, 10, 46, -rng.uniform(10, 50)), far)
        + fill(
            _swell(78, 12, 62, -rng.uniform(10, 60)),
            ink.linear(mix(ink.depth, ink.glow, 0.3), ink.depth),
        )
        + fill(body, ink.linear(lighten(ink.shape, 0.12), sea))
        + fill(
            hollow,
            ink.linear(mix(sea, ink.depth, 0.4), mix(darken(ink.shape, 0.35), ink.depth, 0.5)),
        )
        + stroke(lines, lighten(ink.shape, 0.35), 1.1, 0.75)
        + group(lace(mix(foam, ink.shape, 0.4)), "translate(.8 2.2)")
        + lace(foam)
        + dots(fingers, foam, 3.4)
        + dots(spray[:16], foam, 1.2)
        + dots(spray[16:], foam, 2.2)
        + group(fill(front, foam), "translate(0 -1.6)")
        + fill(front, ink.linear(sea, mix(ink.shape, ink.depth, 0.75)))
        + fill(_swell(103, 7, 42, -rng.uniform(10, 50)), darken(ink.depth, 0.25))
    )
    return whole if rng.random() < 0.5 else group(whole, "matrix(-1 0 0 1 200 0)")


def _palm(x: float, y: float, high: float, lean: float, ink: Ink, rng: random.Random) -> str:
    """A palm rooted at (x, y), its head `lean` to the side."""
    tx, ty = x + lean, y - high
    trunk = limb(
        f"{n(x)},{n(y + 2)},2.6 {n(x + lean * 0.24)},{n(y - high * 0.36)},1.8 "
        f"{n(x + lean * 0.62)},{n(y - high * 0.74)},1.5 {n(tx)},{n(ty)},1.4"
    )
    back = front = ""
    for k, (dx, dy, sag) in enumerate(
        (
            (-20, 9, 9),
            (20, 8, 9),
            (-23, -3, 9),
            (23, -4, 9),
            (-13, -12, 7),
            (14, -12, 7),
            (-9, 15, 6),
            (10, 15, 6),
        )
    ):
        ex, ey = dx * high / 46 + rng.uniform(-1.5, 1.5), dy * high / 46 + rng.uniform(-1.5, 1.5)
        hang = sag * high / 46
        d = (
            f"M{n(tx)} {n(ty)}q{n(ex * 0.55)} {n(ey * 0.5 - hang * 1.9)} {n(ex)} {n(ey)}"
            f"q{n(-ex * 0.22)} {n(-hang * 0.45 - ey * 0.2)} {n(-ex)} {n(-ey)}Z"
        )
        if k % 2:
            front += d
        else:
            back += d
    nuts = "".join(ring(tx + a, ty + 2.2, 1.5) for a in (-1.8, 1.6))
    return (
        fill(trunk, mix(ink.shape, ink.depth, 0.45))
        + fill(back, shade(ink, 0.32))
        + fill(front, ink.shape)
        + fill(nuts, ink.accent)
    )


def _shallows(ink: Ink) -> str:
    """The tone of shallow water round a shore."""
    return mix(mix(ink.depth, ink.glow, 0.6), ink.shape, 0.12)


@motif("island", kind="scene")
def island(ink: Ink, rng: random.Random) -> str:
    """A small island with palms, a peak behind it, alone in the sea."""
    cx = 100 + rng.uniform(-14, 14)
    way = rng.choice((-1, 1))
    water = ink.linear(mix(ink.depth, ink.glow, 0.55), ink.depth, darken(ink.depth, 0.25))
    sand = mix(paper(ink), ink.glow, 0.45)
    glints = ""
    for k in range(26):
        y = 77 + k * 1.0
        wide = rng.uniform(3, 12) * (0.5 + (y - 70) / 30)
        glints += f"M{n(rng.uniform(-4, 200 - wide))} {n(y)}h{n(wide)}"
    dark = mix(ink.shape, ink.depth, 0.6)
    peak: list[Point] = [
        (-52, 74),
        (-40, 60),
        (-30, 52),
        (-20, 34),
        (-13, 26),
        (-8, 29),
        (-2, 24),
        (6, 36),
        (18, 50),
        (30, 58),
        (48, 74),
    ]
    peak = [
        (cx + way * (x - 6) * 1.35, 74 - (74 - y) * 1.3 + rng.uniform(-1.5, 1.5) * (y < 70))
        for x, y in peak
    ]
    lit: list[Point] = [
        *peak[:7],
        (peak[6][0] - way * 4, 26),
        (peak[6][0] + way * 4, 42),
        (peak[6][0] - way * 6, 57),
        (peak[6][0], 74),
    ]
    bushes = "".join(
        ring(cx + x + rng.uniform(-3, 3), 73 + rng.uniform(-2, 1), rng.uniform(4, 8))
        for x in (-56, -47, -37, -27, -14, -3, 10, 22, 34, 43, 52)
    )
    shape = path(polygon(peak), mix(dark, ink.ground, 0.25)) + path(
        polygon(lit), mix(dark, ink.glow, 0.4)
    )
    return (
        rect(-6, 72, 212, 32, water)
        + stroke(glints, lighten(ink.glow, 0.35), 0.7, 0.55)
        + group(path(polygon(peak), dark, 0.35), "matrix(1 0 0 -.42 0 107)")
        + shape
        + fill(bushes, mix(ink.shape, ink.depth, 0.35))
        + ellipse(cx, 79.6, 84, 5.6, lighten(_shallows(ink), 0.2))
        + fill(
            blob(
                f"{n(cx - 78)},79 {n(cx - 50)},74 {n(cx - 16)},71 {n(cx + 18)},71.5 {n(cx + 54)},75 {n(cx + 78)},79 {n(cx + 36)},83 {n(cx - 36)},83"
            ),
            ink.linear(sand, mix(sand, ink.depth, 0.25)),
        )
        + _palm(cx + way * 32, 76, 57, way * 16, ink, rng)
        + _palm(cx + way * 22, 77, 42, way * -14, ink, rng)
        + _palm(cx - way * 46, 76, 38, way * -12, ink, rng)
    )


@motif("iceberg")
def iceberg(ink: Ink, rng: random.Random) -> str:
    """An iceberg: a white peak above the water line, the greater part below it."""

    def off(points: list[Point], by: float = 1.5) -> list[Point]:
        return [(x + rng.uniform(-by, by), y) for x, y in points]

    light = lighten(ink.shape, 0.55) if bright(ink.shape) > bright(ink.ground) else ink.shape
    mid, dark = shade(ink, 0.16), shade(ink, 0.42)
    line = 38.0
    apex = (48 + rng.uniform(-3, 3), 0.0)
    left = off([(38, 12), (32, 16), (27, 27)])
    right = off([(55, 10), (62, 19), (69, 22), (74, 31)])
    keel = off([(52, 8), (46, 18), (54, 27)])
    above = path(polygon([apex, *right, (80, line), (51, line), *keel[::-1]]), mid)
    above += path(polygon([apex, *keel, (51, line), (19, line), *left[::-1]]), light)
    above += path(polygon([right[1], right[2], right[3], (80, line), (64, line), (60, 28)]), dark)
    above += path(polygon([left[1], (38, 24), (33, line), (19, line), left[2]]), mid)
    below = off(
        [
            (13, line),
            (6, 50),
            (10, 62),
            (21, 74),
            (30, 88),
            (46, 100),
            (59, 91),
            (72, 80),
            (85, 68),
            (93, 52),
            (86, line),
        ]
    )
    deep = mix(ink.shape, ink.depth, 0.45)
    p = off([(36, 50), (58, 54), (48, 70), (70, 64), (30, 66)], 2.5)
    facets = ""
    for corners, tone in (
        ([below[0], p[0], p[4], below[2], below[1]], lighten(deep, 0.14)),
        ([below[0], (52, line), p[1], p[0]], lighten(deep, 0.3)),
        ([(52, line), below[10], below[9], p[3], p[1]], deep),
        ([p[0], p[1], p[2], p[4]], lighten(deep, 0.08)),
        ([p[1], p[3], p[2]], mix(deep, ink.depth, 0.22)),
        ([below[2], p[4], p[2], below[4], below[3]], mix(deep, ink.depth, 0.15)),
        ([p[2], p[3], below[7], below[6]], mix(deep, ink.depth, 0.6)),
        ([p[3], below[9], below[8], below[7]], mix(deep, ink.depth, 0.42)),
        ([p[2], below[6], below[5], below[4]], mix(deep, ink.depth, 0.4)),
    ):
        facets += path(polygon(corners), tone)
    ripples = "".join(
        f"M{n(x)} {n(line + y)}h{n(w)}"
        for x, y, w in ((-4, 0, 20), (84, 0, 20), (2, 2.4, 9), (88, 2.4, 10))
    )
    return (
        path(polygon(below), deep)
        + facets
        + path(
            polygon(below), ink.linear(ink.depth + "/0", ink.depth + "/0.15", ink.depth + "/0.7")
        )
        + above
        + stroke(f"M10 {n(line)}H90", lighten(ink.glow, 0.5), 1.3)
        + stroke(ripples, mix(ink.glow, ink.shape, 0.4), 0.9)
        + stroke(f"M40 {n(line + 2.6)}h16M62 {n(line + 4)}h9", ink.accent, 0.8)
    )
