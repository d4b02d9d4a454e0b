"""Motifs of machines that show, record, write and speak."""

from __future__ import annotations

import math
import random

from backend.catalog.posters.ink import Ink, darken, lighten, mix
from backend.catalog.posters.motifs.outline import (
    box,
    crease,
    curve,
    disc,
    fill,
    paper,
    second,
    stroke,
    sym,
    turned,
    volume,
)
from backend.catalog.posters.registry import motif


@motif("film-reel")
def film_reel(ink: Ink, rng: random.Random) -> str:
    """A film reel with a strip running off it."""
    turn = rng.uniform(0, 72)
    holes = "".join(
        f"M{46 + 24 * math.cos(a) + 9.6:.1f} {46 + 24 * math.sin(a):.1f}a9.6 9.6 0 1 "
        "0-19.2 0a9.6 9.6 0 1 0 19.2 0z"
        for a in (math.radians(turn + i * 72) for i in range(5))
    )
    perforations = "".join(f"M{x} 77.6h3M{x} 97.6h3" for x in range(60, 100, 6))
    frames = "".join(box(x, 81, 9.4, 13, ink.accent, 1) for x in (68, 80))
    plate = "M92 46a46 46 0 1 0-92 0a46 46 0 1 0 92 0z"
    return (
        fill("M44 93Q70 90 84 74.6H100V100H44Z", darken(ink.shape, 0.55))
        + stroke(perforations, lighten(ink.shape, 0.4), 1.8)
        + frames
        + box(92, 81, 8, 13, ink.accent, 1)
        + f'<path fill-rule="evenodd" d="{plate}{holes}" fill="{volume(ink, 40)}"/>'
        + (
            '<circle cx="46" cy="46" r="43" fill="none" '
            f'stroke="{crease(ink, 0.4)}" stroke-width="1.2"/>'
        )
        + disc(46, 46, 8, darken(ink.shape, 0.4))
        + disc(46, 46, 3.4, ink.accent)
    )


@motif("camera")
def camera(ink: Ink, rng: random.Random) -> str:
    """A film camera on its tripod, two reels on top."""
    dark = darken(ink.shape, 0.45)
    spin = rng.uniform(0, 60)
    parts = [
        stroke("M46 70L26 99M50 70L50 99M54 70L76 99", dark, 3.2),
        fill("M42 64H60L58 74H44Z", dark),
    ]
    for x, r in ((32, 17.6), (65, 17.6)):
        parts.append(disc(x, 19, r, volume(ink, 40)))
        parts.append(
            "".join(
                disc(x + 9.6 * math.cos(a), 19 + 9.6 * math.sin(a), 4, crease(ink, 0.75))
                for a in (math.radians(spin + i * 72) for i in range(5))
            )
        )
        parts.append(disc(x, 19, 3, ink.accent))
    parts.append(box(20, 36, 54, 30, volume(ink, 40), 3.5))
    parts.append(fill("M73 44H80L97 36V66L80 58H73Z", darken(ink.shape, 0.25)))
    parts.append(fill("M93 38L97 36V66L93 64Z", ink.accent))
    parts.append(fill("M4 42H20V52H4Z", dark) + box(2, 40, 5, 14, ink.shape, 1.5))
    parts.append(box(27, 43, 24, 15, crease(ink, 0.35), 2))
    parts.append(disc(63, 50, 6, crease(ink, 0.5)) + disc(63, 50, 2.4, ink.accent))
    parts.append(stroke("M31 48h16M31 53h10", ink.shape, 1.6))
    return "".join(parts)


@motif("television")
def television(ink: Ink, rng: random.Random) -> str:
    """An old television with rabbit ears, the screen aglow."""
    dark = darken(ink.shape, 0.45)
    glow = ink.radial(
        lighten(ink.accent, 0.75), ink.accent, mix(ink.accent, ink.ground, 0.65), r=0.7
    )
    spread = rng.uniform(-5, 5)
    lines = "".join(f"M14 {y}H66" for y in range(42, 84, 4))
    return (
        stroke(f"M46 24L{24 + spread:.1f} 3M52 24L{80 + spread:.1f} 2", second(ink), 2.2)
        + disc(24 + spread, 3, 2.6, ink.accent)
        + disc(80 + spread, 2.6, 2.6, ink.accent)
        + fill("M36 27Q49 14 62 27Z", dark)
        + fill("M18 88H28L22 100H16ZM82 88H72L78 100H84Z", dark)
        + box(2, 25, 96, 66, volume(ink, 20), 9)
        + box(8, 31, 64, 54, dark, 11)
        + fill(
            (
                "M13 44Q13 37 21 36Q40 33.6 59 36Q67 37 67 44"
                "Q69 58 67 72Q67 79 59 80Q40 82.4 21 "
                "80Q13 79 13 72Q11 58 13 44Z"
            ),
            glow,
        )
        + stroke(lines, ink.ground, 0.9, 'opacity=".22"')
        + stroke("M20 50Q21 43 29 42", lighten(ink.accent, 0.85), 2.4)
        + disc(85, 42, 6.4, dark)
        + turned(stroke("M85 42V37", ink.shape, 1.8), rng.uniform(-60, 60), 85, 42)
        + disc(85, 58, 4.6, dark)
        + stroke("M85 58l3 2", ink.shape, 1.4)
        + stroke("M79 70h12M79 74.6h12M79 79.2h12M79 83.8h12", dark, 1.8)
    )


@motif("typewriter")
def typewriter(ink: Ink, rng: random.Random) -> str:
    """A typewriter with a sheet half written."""
    dark, sheet = darken(ink.shape, 0.5), paper(ink)
    lines = "".join(f"M32 {y}h{rng.randint(20, 36)}" for y in (9, 15, 21, 27))
    body = sym("50,44! 78,44! 82,50 84,64 92,78 97,92 96,99 92,100! 50,100!")
    keys = ""
    for y, count, half in ((70, 9, 29), (79, 10, 34), (88.6, 10, 38)):
        for i in range(count):
            x = 50 - half + 2 * half * i / (count - 1)
            keys += f"M{x:.1f} {y}h.01"
    return (
        box(25, 1, 50, 42, sheet, 1)
        + stroke(lines, darken(mix(sheet, ink.shape, 0.5), 0.35), 1.6)
        + box(
            10,
            33,
            80,
            10,
            ink.linear(lighten(ink.shape, 0.4), ink.shape, darken(ink.shape, 0.4)),
            3,
        )
        + box(3, 34.4, 9, 7, dark, 2)
        + box(88, 34.4, 9, 7, dark, 2)
        + stroke("M10 35L3 26", ink.accent, 2.4)
        + fill(body, volume(ink, 60))
        + fill(sym("50,47! 70,47! 72,60! 50,63!"), dark)
        + stroke(
            "M36 62Q38 50 46 48M43 62Q44 52 48 48M50 62V48M57 62Q56 52 52 48M64 62Q62 50 54 48",
            crease(ink, 0.3),
            1,
        )
        + fill(sym("50,65.4! 82,65.4! 91,94! 50,94!"), dark)
        + stroke(keys, lighten(ink.shape, 0.35), 5.4)
        + stroke("M30 96.8H70", ink.accent, 2.4)
    )


@motif("telephone")
def telephone(ink: Ink, rng: random.Random) -> str:
    """A dial telephone, receiver on its cradle."""
    dark = darken(ink.shape, 0.45)
    body = sym("50,36! 66,36! 70,44 74,58 84,76 93,90 94,97 90,100! 50,100!")
    receiver = sym("50,10 70,11 86,16 96,26 99,38! 94,45 82,46 76,40! 75,31 66,26 50,25")
    turn = rng.uniform(-20, 20)
    holes = "".join(
        disc(50 + 13.4 * math.cos(a), 70 + 13.4 * math.sin(a), 2.9, dark)
        for a in (math.radians(turn + 60 + i * 30) for i in range(10))
    )
    return (
        box(28, 30, 8, 12, dark, 2)
        + box(64, 30, 8, 12, dark, 2)
        + fill(body, volume(ink, 25))
        + fill(receiver, volume(ink, 60))
        + stroke(curve("8,28 16,19 34,14.6"), lighten(ink.shape, 0.65), 2)
        + disc(50, 70, 20, dark)
        + disc(50, 70, 18.4, lighten(ink.shape, 0.3))
        + holes
        + disc(50, 70, 7.6, ink.accent)
        + stroke("M11 94.6H89", crease(ink, 0.45), 1.5)
        + stroke(curve("8,98 2,92 4,84 0,78"), dark, 1.8)
    )
