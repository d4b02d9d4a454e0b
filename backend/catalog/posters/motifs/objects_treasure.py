"""Motifs of treasures."""

from __future__ import annotations

import math
import random

from backend.catalog.posters.ink import Ink, darken, lighten, mix
from backend.catalog.posters.motifs.outline import (
    blob,
    box,
    crease,
    curve,
    disc,
    fill,
    mirrored,
    oval,
    second,
    stroke,
    sym,
    turned,
    volume,
)
from backend.catalog.posters.registry import motif


@motif("crown")
def crown(ink: Ink, rng: random.Random) -> str:
    """A crown with five points and jewels."""
    body = sym(
        "50,30! 58,54 64,64! 72,50 80,35! 82,52 86,62! 92,54 97,46! 93,66 88,98! 70,100 50,100.6"
    )
    back = sym("50,78! 66,76 84,72! 70,44! 50,62!")
    gems = "".join(
        disc(50 + x, y, r, ink.accent)
        for x, y, r in ((0, 26, 5), (30, 31, 4.2), (-30, 31, 4.2), (47, 43, 3.4), (-47, 43, 3.4))
    )
    shine = "".join(
        disc(50 + x - 1.2, y - 1.4, 1.2, lighten(ink.accent, 0.7))
        for x, y in ((0, 26), (30, 31), (-30, 31))
    )
    cut = rng.choice((0, 45))
    jewels = "".join(
        turned(box(50 + x - 3.6, y - 3.6, 7.2, 7.2, tone, 1), cut, 50 + x, y)
        for x, y, tone in (
            (0, 88.4, ink.accent),
            (19, 87.6, second(ink)),
            (-19, 87.6, second(ink)),
            (34, 86, ink.accent),
            (-34, 86, ink.accent),
        )
    )
    return (
        fill(back, darken(ink.shape, 0.5))
        + fill(body, volume(ink, 0))
        + stroke(curve("8,76 28,79.4 50,80.4 72,79.4 92,76"), crease(ink, 0.45), 1.8)
        + stroke(curve("11.6,95 30,97 50,97.6 70,97 88.4,95"), crease(ink, 0.45), 1.6)
        + stroke(
            "M50 44V76M64 68l2 9M36 68l-2 9M80 48l-1 28M20 48l1 28", lighten(ink.shape, 0.4), 1
        )
        + gems
        + shine
        + jewels
    )


@motif("ring")
def ring(ink: Ink, rng: random.Random) -> str:
    """A ring with a cut stone."""
    gold = ink.linear(
        lighten(ink.shape, 0.5), ink.shape, darken(ink.shape, 0.4), ink.shape, angle=35
    )
    stone = "M30 14L39 4H61L70 14L50 36Z"
    spark = rng.uniform(-3, 3)
    glint = f"M82 {8 + spark:.1f}q1 7 8 8q-7 1-8 8q-1-7-8-8q7-1 8-8z"
    return (
        f'<circle cx="50" cy="66" r="29" fill="none" stroke="{gold}" stroke-width="9.4"/>'
        + stroke(curve("24,58 30,47 40,40.6"), lighten(ink.shape, 0.7), 1.8)
        + stroke(curve("28,82 38,91 52,93.6"), darken(ink.shape, 0.45), 1.6)
        + fill("M36 34L50 42 64 34 60 26H40Z", darken(ink.shape, 0.2))
        + fill(stone, ink.accent)
        + fill("M39 4L43 14H30ZM50 4L57 14H43ZM43 14H50V36Z", lighten(ink.accent, 0.45))
        + fill("M61 4L57 14H70ZM57 14H70L50 36Z", darken(ink.accent, 0.25))
        + stroke("M35 20l-2 8M65 20l2 8", ink.shape, 2.6)
        + fill(glint, lighten(ink.accent, 0.6))
    )


@motif("diamond")
def diamond(ink: Ink, rng: random.Random) -> str:
    """A brilliant-cut diamond, facet by facet."""
    tones = [
        lighten(ink.shape, 0.55),
        lighten(ink.shape, 0.25),
        ink.shape,
        darken(ink.shape, 0.16),
        darken(ink.shape, 0.34),
    ]
    facets = (
        ("22,14! 38,14! 26,38!", 1), ("22,14! 26,38! 2,38!", 2), ("38,14! 50,38! 26,38!", 0),
        ("38,14! 62,14! 50,38!", 1), ("62,14! 74,38! 50,38!", 2), ("62,14! 78,14! 74,38!", 3),
        ("78,14! 98,38! 74,38!", 4), ("2,38! 26,38! 50,100!", 2), ("26,38! 50,38! 50,100!", 0),
        ("50,38! 74,38! 50,100!", 3), ("74,38! 98,38! 50,100!", 4),
    )  # fmt: skip
    glint = rng.uniform(-3, 3)
    art = "".join(fill(blob(points), tones[tone]) for points, tone in facets)
    star = f"M{84 + glint:.1f} 0q1.4 9 10 10.4q-8.6 1.4-10 10q-1.4-8.6-10-10q8.6-1.4 10-10.4z"
    return art + fill("M50 38L62 14H38Z", mix(ink.shape, ink.accent, 0.45)) + fill(star, ink.accent)


@motif("mirror")
def mirror(ink: Ink, rng: random.Random) -> str:
    """An oval hand mirror in an ornate frame."""
    glass = ink.linear(lighten(ink.glow, 0.55), ink.glow, mix(ink.glow, ink.depth, 0.6), angle=60)
    handle = sym("50,66! 54,68 56,73 53.6,78 54.6,86 57,93 54,99 50,100")
    curls = (
        disc(50, 3.6, 3.6, ink.shape) + disc(30, 66, 3.4, ink.shape) + disc(70, 66, 3.4, ink.shape)
    )
    crack = rng.uniform(-3, 3)
    return (
        fill(handle, volume(ink, 0))
        + curls
        + oval(50, 38, 30, 35, volume(ink, 30))
        + oval(50, 38, 24.4, 29.2, darken(ink.shape, 0.45))
        + oval(50, 38, 23, 27.8, glass)
        + stroke(
            f"M35 {40 + crack:.1f}L50 18M41 {47 + crack:.1f}L60 20", lighten(ink.glow, 0.8), 2.2
        )
        + stroke("M47 79.6q3 1.6 6 0M46.6 88q3.4 1.6 6.8 0", crease(ink, 0.5), 1.4)
        + disc(50, 71.6, 2.2, ink.accent)
        + "".join(
            disc(50 + 27.2 * math.cos(a), 38 + 32.1 * math.sin(a), 1, crease(ink, 0.4))
            for a in (i * math.tau / 16 for i in range(16))
        )
    )


@motif("coin")
def coin(ink: Ink, rng: random.Random) -> str:
    """A coin standing on edge, a laurel and a head on its face."""
    rim = ink.linear(lighten(ink.shape, 0.45), ink.shape, darken(ink.shape, 0.4), angle=45)
    ticks = "".join(
        f"M{47 + 43.4 * math.cos(a):.1f} {50 + 46.4 * math.sin(a):.1f}L{47 + 41 * math.cos(a):.1f} "
        f"{50 + 44 * math.sin(a):.1f}"
        for a in (i * math.tau / 40 for i in range(40))
    )
    face = blob(
        "45,20 54,21 61,27 62.6,34 61.4,37 65.6,44! 62,46! 62.6,49.6 61,52 61.6,56 58,59 "
        "52,59 51.4,66 58,72 64,78! 28,78! 35,71 36.4,62 31,54 28,44 30,32 36,24"
    )
    leaves = "".join(
        oval(47 - 32 * math.cos(a), 52 + 33 * math.sin(a), 4.4, 1.9, ink.accent, turn)
        for a, turn in ((-0.5, -38), (-0.16, -66), (0.18, -100), (0.52, -124), (0.86, -150))
    )
    return (
        oval(54, 50, 43, 50, darken(ink.shape, 0.5))
        + oval(47, 50, 45, 50, rim)
        + stroke(ticks, crease(ink, 0.4), 1)
        + oval(47, 50, 39, 42.6, darken(ink.shape, 0.12))
        + turned(
            fill(face, lighten(ink.shape, 0.28))
            + stroke(curve("31,38 42,30 60,31"), ink.accent, 3),
            rng.uniform(-4, 4),
            47,
            50,
        )
        + leaves
        + mirrored(leaves, 47)
    )
