"""Signs that stand for an idea: an eye, a maze, a clock, a gear."""

from __future__ import annotations

import math
import random

from backend.catalog.posters.ink import Ink, darken, lighten, mix
from backend.catalog.posters.motifs import symbols_light as symbols_light
from backend.catalog.posters.motifs import symbols_lines as symbols_lines
from backend.catalog.posters.motifs.marks import (
    both,
    box,
    bright,
    carve,
    circle,
    ellipse,
    group,
    n,
    path,
    polar,
    polygon,
    rect,
    ring,
    shade,
    stroke,
)
from backend.catalog.posters.registry import motif


@motif("eye")
def eye(ink: Ink, rng: random.Random) -> str:
    """A wide open eye, lashes above, the light caught in it."""
    lashes = ""
    for k in range(9):
        t = (k - 4) / 4
        x, y = 50 + t * 41, 30 + 26 * t * t
        lean, long = t * 9, 15 - 4 * abs(t)
        lashes += (
            f"M{n(x - 2.2)} {n(y + 2)}Q{n(x + lean * 0.3 - 1)} {n(y - long * 0.5)} {n(x + lean)} {n(y - long)}"
            f"Q{n(x + lean * 0.4 + 2)} {n(y - long * 0.5)} {n(x + 2.2)} {n(y + 2)}Z"
        )
    lower = "".join(
        f"M{n(50 + t * 38)} {n(91 - 24 * t * t)}l{n(t * 4)} {n(6 - 2 * abs(t))}"
        for t in (-0.8, -0.55, -0.28, 0, 0.28, 0.55, 0.8)
    )
    rays = ""
    for _ in range(26):
        a = rng.uniform(0, math.tau)
        (x0, y0), (x1, y1) = polar(50, 59, 10, a), polar(50, 59, rng.uniform(15, 20), a)
        rays += f"M{n(x0)} {n(y0)}L{n(x1)} {n(y1)}"
    almond = "M2 62C18 36 36 28 52 28S84 38 98 64C84 84 68 92 50 92S16 84 2 62Z"
    white = "M7 62C21 41 37 34 52 34S80 42 93 63.4C81 80 67 87 50 87S19 80 7 62Z"
    pupil = ink.ground if bright(ink.ground) < bright(ink.shape) else ink.shape
    paper = lighten(ink.shape, 0.6) if pupil == ink.ground else lighten(ink.ground, 0.45)
    return (
        stroke("M12 20C26 5 62 1 90 17", shade(ink, 0.3), 4)
        + path(lashes, ink.shape)
        + stroke(lower, ink.shape, 1.5)
        + path(almond, ink.shape)
        + path(white, paper)
        + path(
            "M7 62C21 41 37 34 52 34S80 42 93 63.4C80 50 66 43 51 43S22 49 7 62Z", "#000000", 0.18
        )
        + circle(50, 59, 22.4, darken(ink.accent, 0.45))
        + circle(
            50,
            59,
            20.6,
            ink.radial(lighten(ink.accent, 0.45), ink.accent, darken(ink.accent, 0.25)),
        )
        + stroke(rays, darken(ink.accent, 0.4), 0.9, 0.7)
        + circle(50, 59, 9.6, darken(pupil, 0.4))
        + circle(56, 51.6, 4.2, "#ffffff")
        + circle(44, 67, 1.8, "#ffffff")
    )


@motif("heart")
def heart(ink: Ink, rng: random.Random) -> str:
    """A heart with a fold of light."""
    outline = "M50 99C20 75 1 55 1 32C1 14 14 3 28 3C38 3 46 8 50 18C54 8 62 3 72 3C86 3 99 14 99 32C99 55 80 75 50 99Z"
    tilt = rng.uniform(-4, 4)
    return group(
        path(
            outline,
            ink.radial(
                lighten(ink.shape, 0.3), ink.shape, shade(ink, 0.28), cx=0.32, cy=0.25, r=0.85
            ),
        )
        + path("M50 99C80 75 99 55 99 32C99 20 93 11 85 6.4C94 30 82 66 50 99Z", ink.ground, 0.22)
        + path("M9 34C8 20 18 10 30 10C24 14 17 20 15.6 31C15 37 10 40 9 34Z", "#ffffff", 0.55)
        + ellipse(13.6, 46, 2.2, 3, lighten(ink.shape, 0.5)),
        f"rotate({n(tilt)} 50 60)",
    )


@motif("chessboard", kind="scene")
def chessboard(ink: Ink, rng: random.Random) -> str:
    """A board without end, a king facing a fallen one."""
    vy, rows = 22.0, 7
    ys = [vy + 82 / (1 + 0.42 * k) for k in range(rows + 1)]
    ys.append(46.0)
    ys = [
        104 - (104 - 46) * (1 - 1 / (1 + 0.36 * k)) / (1 - 1 / (1 + 0.36 * rows))
        for k in range(rows + 1)
    ]
    pale = ""
    for k in range(rows):
        near, far = ys[k], ys[k + 1]
        sn, sf = (near - vy) / 82, (far - vy) / 82
        for c in range(-9, 9):
            if (c + k) % 2:
                continue
            x = [100 + (c + e) * 44 * s for s in (sn, sf) for e in (0, 1)]
            if min(x) > 204 or max(x) < -4:
                continue
            pale += polygon([(x[0], near), (x[1], near), (x[3], far), (x[2], far)])
    king = (
        "M-9 0Q-9.4 -4 -6.6 -5Q-3.4 -14 -3.6 -24H-6V-26.4H-4.2L-6.6 -36.6Q0 -40.6 6.6 -36.6L4.2 -26.4H6V-24H3.6"
        "Q3.4 -14 6.6 -5Q9.4 -4 9 0ZM-1 -38V-41.4H-3.4V-43.6H-1V-46.4H1V-43.6H3.4V-41.4H1V-38Z"
    )
    pawn = "M-6.6 0Q-6.6 -3 -4.6 -4Q-2 -8 -2 -12H-4V-14H-2.6A5 5 0 1 1 2.6 -14H4V-12H2Q2 -8 4.6 -4Q6.6 -3 6.6 0Z"
    light = "M-9 0Q-9.4 -4 -6.6 -5Q-3.4 -14 -3.6 -24H-6V-26.4H-4.2L-6.6 -36.6Q-4 -38.4 -1.4 -38.8L-1.6 -5Q-3 -2 -3 0Z"
    edge = lighten(ink.shape, 0.4)
    fallen = group(
        path(king, ink.accent),
        f"translate({126 + rng.randint(-4, 4)} 85) rotate({rng.choice((78, 84))}) scale(1.1)",
    )
    pawns = "".join(
        ellipse(x + 4, y + 0.6, 8 * s, 1.6 * s, "#00000055")
        + group(path(pawn, ink.shape), f"translate({x} {y}) scale({s})")
        for x, y, s in ((26, 62, 0.9), (97, 56, 0.7), (178, 60, 0.85))
    )
    return (
        rect(-5, 46, 210, 58, ink.linear(mix(ink.depth, ink.ground, 0.4), darken(ink.depth, 0.2)))
        + path(pale, ink.linear(mix(ink.shape, ink.depth, 0.7), mix(ink.shape, ink.depth, 0.3)))
        + rect(-5, 45.4, 210, 0.9, mix(ink.shape, ink.depth, 0.5))
        + pawns
        + ellipse(142, 86.6, 30, 3.4, "#00000055")
        + fallen
        + ellipse(74, 91, 20, 3.6, "#00000066")
        + group(path(king, ink.shape) + path(light, edge), "translate(64 91) scale(1.85)")
    )


@motif("target")
def target(ink: Ink, rng: random.Random) -> str:
    """A ringed target in the cross-hairs, a few shots placed."""
    rings = ""
    for k, r in enumerate((42, 34, 26, 18, 10)):
        fill = (ink.shape, carve(ink, 0.78))[k % 2] if k < 4 else ink.accent
        rings += circle(50, 50, r, fill)
    holes = ""
    first = rng.uniform(0, math.tau)
    for k in range(3):
        x, y = polar(50, 50, rng.uniform(13, 36), first + k * 1.9)
        holes += circle(x, y, 2.6, ink.ground) + stroke(
            ring(x, y, 2.6), lighten(ink.shape, 0.4), 0.7
        )
    ticks = "".join(
        "M{} {}L{} {}".format(*map(n, (*polar(50, 50, 46.2, a), *polar(50, 50, 49.8, a))))
        for a in (k * math.tau / 24 for k in range(24))
    )
    return (
        rings
        + path("M50 8A42 42 0 0 1 50 92Z", "#000000", 0.1)
        + holes
        + stroke(ticks, ink.shape, 0.9)
        + stroke("M50 0V38M50 62V100M0 50H38M62 50H100", ink.accent, 1.7)
        + circle(50, 50, 1.6, ink.shape)
    )


@motif("clock")
def clock(ink: Ink, rng: random.Random) -> str:
    """A station clock, its hands where the film left them."""
    hour, minute = rng.choice(((11, 55), (10, 9), (1, 21), (11, 58), (3, 0), (7, 20)))
    rim, hand = mix(ink.depth, ink.shape, 0.25), darken(mix(ink.ground, ink.depth, 0.5), 0.45)
    if bright(ink.shape) < bright(ink.ground):
        hand = lighten(ink.ground, 0.3)
    ticks = minutes = ""
    for k in range(60):
        a = k * math.tau / 60
        if k % 5:
            minutes += "M{} {}L{} {}".format(
                *map(n, (*polar(50, 50, 38.4, a), *polar(50, 50, 40, a)))
            )
        else:
            r = 30.5 if k % 15 == 0 else 33
            ticks += "M{} {}L{} {}".format(*map(n, (*polar(50, 50, r, a), *polar(50, 50, 39, a))))
    pointer = "M-2.6 7L-2.8 -16L0 -25L2.8 -16L2.6 7Z"
    long = "M-2 9L-2.2 -28L0 -37.4L2.2 -28L2 9Z"
    return (
        circle(50, 50, 50, rim)
        + circle(50, 50, 46.6, ink.linear(lighten(rim, 0.35), darken(rim, 0.3)))
        + circle(
            50, 50, 43.4, ink.radial(lighten(ink.shape, 0.25), ink.shape, shade(ink, 0.12), r=0.55)
        )
        + stroke(minutes, hand, 0.8)
        + stroke(ticks, hand, 2.8)
        + group(path(pointer, hand), f"translate(50 50) rotate({n(hour * 30 + minute / 2)})")
        + group(path(long, hand), f"translate(50 50) rotate({minute * 6})")
        + group(
            stroke("M0 11V-35", ink.accent, 1.1),
            f"translate(50 50) rotate({rng.randrange(12) * 30 + 12})",
        )
        + circle(50, 50, 3, ink.accent)
        + path("M20 22A42 42 0 0 1 62 9.4A48 48 0 0 0 14 40A42 42 0 0 1 20 22Z", "#ffffff", 0.22)
    )


def _cog(x: float, y: float, r: float, teeth: int, depth: float, turn: float) -> str:
    """Path data of a toothed wheel's rim; `depth` is the height of a tooth."""
    pts = []
    for k in range(teeth):
        a = turn + k * math.tau / teeth
        w = math.tau / teeth
        for share, radius in ((-0.27, r - depth), (-0.16, r), (0.16, r), (0.27, r - depth)):
            pts.append(polar(x, y, radius, a + share * w))
    return polygon(pts)


@motif("gear")
def gear(ink: Ink, rng: random.Random) -> str:
    """A spoked gear driving a smaller one."""
    turn = rng.uniform(0, 0.4)
    spokes = "".join(
        polygon(
            [
                polar(42, 60, r, turn + k * math.tau / 5 + w)
                for r, w in ((13, -0.34), (25, -0.42), (25, 0.42), (13, 0.34))
            ]
        )
        for k in range(5)
    )
    holes = "".join(ring(*polar(78, 24, 10.6, k * math.tau / 6), 2.6) for k in range(6))
    small = _cog(78, 24, 21, 11, 5, turn * 2) + ring(78, 24, 4.6) + holes
    big = _cog(42, 60, 41, 16, 6.4, turn) + ring(42, 60, 5.6)
    return (
        path(small, mix(ink.depth, ink.shape, 0.35))
        + stroke(ring(78, 24, 6.8), ink.accent, 1.4)
        + path(
            big + spokes, ink.linear(lighten(ink.shape, 0.3), ink.shape, shade(ink, 0.3), angle=60)
        )
        + stroke(ring(42, 60, 30), shade(ink, 0.35), 1.2)
        + stroke(ring(42, 60, 9), carve(ink, 0.4), 1.6)
    )


@motif("star")
def star(ink: Ink, rng: random.Random) -> str:
    """A five-pointed star, cut like a stone."""
    tips = [polar(50, 55, 54, k * math.tau / 5) for k in range(5)]
    dips = [polar(50, 55, 21.4, (k + 0.5) * math.tau / 5) for k in range(5)]
    light = dark = ""
    for k in range(5):
        dark += polygon([(50, 55), tips[k], dips[k]])
        light += polygon([(50, 55), dips[k - 1], tips[k]])
    sparks = "".join(
        path(
            f"M{x} {n(y - r)}Q{x} {y} {n(x + r)} {y}Q{x} {y} {x} {n(y + r)}Q{x} {y} {n(x - r)} {y}Q{x} {y} {x} {n(y - r)}Z",
            ink.accent,
        )
        for x, y, r in (
            (rng.randint(8, 16), rng.randint(10, 18), 7.0),
            (rng.randint(84, 92), rng.randint(14, 22), 5.0),
        )
    )
    return path(light, lighten(ink.shape, 0.22)) + path(dark, shade(ink, 0.28)) + sparks


@motif("ladder")
def ladder(ink: Ink, rng: random.Random) -> str:
    """A ladder that narrows as it climbs; now and then a rung is missing."""
    rungs = dim = ""
    gone = rng.choice((None, 4, 6))
    for k in range(10):
        if k == gone:
            continue
        t = k / 10.4
        s = 1 - 0.55 * t
        y = 95 - 92 * (t * (1.28 - 0.28 * t))
        half = 25 * s
        rungs += box(50 - half, y - 2.2 * s, 2 * half, 4.4 * s)
        dim += box(50 - half, y + 0.6 * s, 2 * half, 1.6 * s)
    rail = path("M19 100H28L41 0H37.4Z", ink.linear(lighten(ink.shape, 0.25), ink.shape))
    rail += path("M28 100H31L42.2 0H41Z", carve(ink, 0.4))
    return (
        path("M18 100H82L98 100H30Z", ink.depth)
        + path(rungs, mix(ink.shape, ink.depth, 0.15))
        + path(dim, carve(ink, 0.45))
        + both(rail)
    )


@motif("monolith")
def monolith(ink: Ink, rng: random.Random) -> str:
    """A slab of one, four, nine, standing where nobody set it, a light along its edge."""
    stones = "".join(
        path(f"M{n(x)} 99l{n(w * 0.3)} {n(-h)}l{n(w * 0.5)} {n(h * 0.2)}L{n(x + w)} 99Z", tone)
        for x, w, h, tone in (
            (8 + rng.uniform(0, 4), 12, 3.6, lighten(ink.depth, 0.12)),
            (77, 14, 4.4 + rng.uniform(-1, 1), ink.depth),
            (24, 7, 2.0, ink.depth),
        )
    )
    rim = ink.linear(lighten(ink.accent, 0.6), ink.accent, ink.accent + "/0")
    face = ink.linear(lighten(ink.shape, 0.16), ink.shape, shade(ink, 0.3), angle=70)
    return (
        ellipse(50, 97, 50, 3.6, mix(ink.depth, ink.ground, 0.35))
        + path("M31 97L63 97L99 99.6H44Z", darken(ink.depth, 0.45))
        + path("M30 1H66V97.6H30Z", face)
        + path("M66 1L71.6 3.4V95.6L66 97.6Z", ink.linear(carve(ink, 0.5), carve(ink, 0.7)))
        + path("M30 1H66V2.2H31.2V97.6H30Z", rim)
        + path("M31.2 2.2H58L31.2 74Z", "#ffffff", 0.07)
        + stones
    )
