"""Plants that stand alone: tree, flower, cactus."""

from __future__ import annotations

import math
import random

from backend.catalog.posters.ink import Ink, darken, lighten, mix
from backend.catalog.posters.motifs.marks import (
    Point,
    bright,
    circle,
    ellipse,
    group,
    n,
    polar,
    polygon,
    ring,
    shade,
    stroke,
)
from backend.catalog.posters.motifs.outline import blob, fill, limb
from backend.catalog.posters.motifs.scatter import dots
from backend.catalog.posters.registry import motif


@motif("tree")
def tree(ink: Ink, rng: random.Random) -> str:
    """An old broad-leaved tree, its crown in clumps of leaves, with fruit."""
    sway = rng.uniform(-3, 3)
    wood = mix(mix(ink.shape, ink.depth, 0.55), "#000000", 0.18)
    trunk = (
        limb(f"50,92,7 {n(50 + sway)},80,5.4 {n(50 - sway)},66,4.6 {n(50 + sway)},40,2.6")
        + limb(f"{n(50 - sway * 0.4)},72,4 38,60,3 24,52,1.6")
        + limb(f"{n(50 + sway * 0.4)},74,4 62,62,3 77,54,1.6")
        + limb("46,91,5 36,97,2.4 26,98.8,1.2")
        + limb("54,91,5 64,97.2,2.4 75,98.8,1.2")
        + limb("50,92,4 51,97,3 52,98.6,1.6")
    )
    lit = limb(f"46.6,92,1.8 {n(46.6 + sway)},80,1.4 {n(47.6 - sway)},66,1 {n(49 + sway)},54,.6")
    leaf, dark = ink.linear(ink.shape, shade(ink, 0.22), angle=60), shade(ink, 0.46)
    light = lighten(ink.shape, 0.17)
    mass = [(50, 20), (32, 26), (68, 26), (19, 44), (81, 44), (38, 42), (62, 42), (50, 34)]
    crown = dots([(x + sway * 0.5, y) for x, y in mass], dark, 27)
    apples: list[Point] = []
    # Three tiers of clumps; each clump is a fan of round lobes, the upper ones in the light.
    for tier, w in (
        (((50, 16), (40, 20)), 15.0),
        (((31, 28), (69, 28), (50, 33)), 16.0),
        (((17, 45), (83, 46), (36, 48), (64, 48)), 14.0),
    ):
        clump: list[Point] = []
        lit_lobes: list[Point] = []
        for cx, cy in tier:
            x, y = cx + rng.uniform(-2, 2) + sway * 0.5, cy + rng.uniform(-2, 2)
            for u, v in (
                (-0.78, 0.2),
                (-0.4, -0.2),
                (0.1, -0.34),
                (0.55, -0.14),
                (0.82, 0.24),
                (0, 0.2),
            ):
                lobe = (x + u * w * rng.uniform(0.85, 1.05), y + v * w)
                clump.append(lobe)
                if v < -0.15:
                    lit_lobes.append((lobe[0] - 0.7, lobe[1] - 1))
            apples.append((x + rng.uniform(-0.6, 0.6) * w, y + 0.3 * w))
        crown += group(dots(clump, dark, w * 0.72), "translate(1 2.2)")
        crown += dots(clump, leaf, w * 0.7) + dots(lit_lobes, light, w * 0.52)
    return (
        ellipse(50, 98.6, 40, 2.2, mix(ink.depth, ink.ground, 0.3))
        + fill(trunk, wood)
        + fill(lit, lighten(wood, 0.28))
        + crown
        + dots(apples, ink.accent, 3.6)
    )


@motif("flower")
def flower(ink: Ink, rng: random.Random) -> str:
    """A flower in full bloom on its stem: daisy, poppy-like or pointed, by chance."""
    count = rng.choice((8, 11, 14))
    cx, cy, reach = 50.0, 33.0, 33.0
    turn = rng.uniform(0, 1)
    bend = rng.choice((-1, 1)) * rng.uniform(5, 9)
    pointed = rng.random() < 0.4
    wide = reach * math.tan(math.pi / count) * 1.12

    def petals(offset: float, long: float, w: float) -> str:
        d = ""
        for k in range(count):
            a = turn + offset + 2 * math.pi * k / count
            tip, base = polar(cx, cy, long, a), polar(cx, cy, 5, a)
            out = 0.98 if not pointed else 0.72
            c = [
                polar(*polar(cx, cy, long * out, a), w * side, a + math.pi / 2) for side in (-1, 1)
            ]
            f = [
                polar(*polar(cx, cy, long * 0.42, a), w * 0.62 * side, a + math.pi / 2)
                for side in (-1, 1)
            ]
            d += (
                f"M{n(base[0])} {n(base[1])}C{n(f[0][0])} {n(f[0][1])} {n(c[0][0])} {n(c[0][1])} {n(tip[0])} {n(tip[1])}"
                f"C{n(c[1][0])} {n(c[1][1])} {n(f[1][0])} {n(f[1][1])} {n(base[0])} {n(base[1])}Z"
            )
        return d

    veins = ""
    for k in range(count):
        a = turn + 2 * math.pi * k / count
        u, v = polar(cx, cy, 9, a), polar(cx, cy, reach * 0.66, a)
        veins += f"M{n(u[0])} {n(u[1])}L{n(v[0])} {n(v[1])}"
    green = mix(ink.depth, ink.shape, 0.3)
    if abs(bright(green) - bright(ink.ground)) < 0.12:
        green = mix(green, ink.shape, 0.4)
    stem = limb(f"50,101,1.9 {n(50 + bend)},82,1.7 {n(50 + bend * 0.8)},62,1.6 50,36,1.4")
    leaf = "50,96 60,78 76,70 88,71! 82,84 68,94"
    low = "50,99 42,86 30,80 17,82! 25,93 38,99"
    seeds = "".join(ring(*polar(cx, cy, 2.1 * math.sqrt(k), k * 2.4), 0.8) for k in range(1, 11))
    return (
        fill(stem, green)
        + fill(blob(leaf), ink.linear(lighten(green, 0.25), darken(green, 0.2)))
        + fill(blob(low), ink.linear(lighten(green, 0.1), darken(green, 0.25)))
        + stroke("M51 95Q64 80 85 72.4M49 98.4Q36 86 20 83", darken(green, 0.35), 0.8)
        + fill(petals(math.pi / count, reach, wide), shade(ink, 0.36))
        + fill(
            petals(0, reach * 0.96, wide),
            ink.radial(shade(ink, 0.3), ink.shape, lighten(ink.shape, 0.4)),
        )
        + stroke(veins, shade(ink, 0.22), 0.7)
        + circle(
            cx,
            cy,
            9,
            ink.radial(
                lighten(ink.accent, 0.25),
                ink.accent,
                darken(ink.accent, 0.25),
                cx=0.4,
                cy=0.35,
                r=0.7,
            ),
        )
        + fill(seeds, darken(ink.accent, 0.4))
    )


@motif("cactus")
def cactus(ink: Ink, rng: random.Random) -> str:
    """A saguaro with raised arms, in flower, on stony ground."""
    high = [rng.uniform(-4, 4) for _ in range(4)]
    l_tip, r_tip = 34 + high[0], 22 + high[1]
    l_arm, r_arm = 66 + high[2], 56 + high[3]
    dark, light = shade(ink, 0.4), lighten(ink.shape, 0.35)

    def arm(x: float, elbow: float, tip: float) -> str:
        side = 1 if x > 50 else -1
        d = f"M50 {n(elbow)}H{n(x - side * 8)}Q{n(x)} {n(elbow)} {n(x)} {n(elbow - 8)}V{n(tip)}"
        ribs = ""
        for by, color in ((-3.3, light), (0, mix(ink.shape, dark, 0.6)), (3.2, dark)):
            inner = elbow - by * side
            ribs += stroke(
                f"M{n(50 + side * 10)} {n(inner)}H{n(x - side * 8)}Q{n(x + by)} {n(inner)} {n(x + by)} {n(elbow - 8)}V{n(tip + abs(by) * 0.5)}",
                color,
                1.0,
            )
        return stroke(d, ink.shape, 12.5) + ribs

    trunk = "M40.5 98V14Q40.5 3 50 3T59.5 14V98Z"
    ribs = "".join(
        stroke(f"M{x} {top}V97", color, 1.2)
        for x, top, color in (
            (43.2, 13, light), (47, 7, mix(ink.shape, light, 0.4)), (50.8, 5.4, mix(ink.shape, dark, 0.5)), (54.4, 8, dark), (57.4, 14, dark),
        )
    )  # fmt: skip

    def bloom(x: float, y: float) -> str:
        petals = "".join(
            polygon([(x - 2, y + 1), polar(x, y, 6, a - 0.18), polar(x, y, 6.6, a), (x + 2, y + 1)])
            for a in (-1.1, -0.55, 0, 0.55, 1.1)
        )
        return fill(petals, ink.accent) + circle(x, y - 0.6, 1.7, lighten(ink.accent, 0.5))

    stones = "".join(
        f"M{n(x - w)} 99q{n(w * 0.2)} {n(-w * 1.1)} {n(w)} {n(-w * 1.1)}t{n(w)} {n(w * 1.1)}z"
        for x, w in (
            (28 + rng.uniform(-4, 4), 4),
            (70 + rng.uniform(-4, 4), 5.4),
            (79, 2.6),
            (19, 2.4),
        )
    )
    whole = (
        ellipse(50, 98.4, 44, 2.6, mix(ink.depth, ink.ground, 0.25))
        + arm(22, l_arm, l_tip)
        + arm(78, r_arm, r_tip)
        + fill(
            trunk,
            ink.linear(lighten(ink.shape, 0.14), ink.shape, mix(ink.shape, dark, 0.6), angle=0),
        )
        + ribs
        + bloom(50, 3.4)
        + bloom(22, l_tip - 5.6)
        + bloom(78, r_tip - 5.6)
        + fill(stones, mix(ink.depth, ink.shape, 0.3))
    )
    return whole if rng.random() < 0.5 else group(whole, "matrix(-1 0 0 1 100 0)")
