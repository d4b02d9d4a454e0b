"""Motifs of food, drink and games."""

from __future__ import annotations

import math
import random

from backend.catalog.posters.ink import Ink, darken, lighten, mix
from backend.catalog.posters.motifs.outline import (
    blob,
    box,
    bright,
    crease,
    curve,
    disc,
    fill,
    oval,
    paper,
    second,
    stroke,
    sym,
    volume,
)
from backend.catalog.posters.registry import motif


@motif("glass")
def glass(ink: Ink, rng: random.Random) -> str:
    """A cocktail glass, an olive in it."""
    level = rng.uniform(14, 18)
    half = 44 * (62 - level) / 54
    clear = ink.linear(f"{lighten(ink.shape, 0.4)}/0.75", f"{ink.shape}/0.4", angle=20)
    wine = ink.linear(lighten(ink.accent, 0.3), ink.accent, darken(ink.accent, 0.25), angle=40)
    return (
        fill("M4 6H96L54 58Q50 62 46 58Z", clear)
        + fill(f"M{50 - half:.1f} {level:.1f}H{50 + half:.1f}L53 57Q50 60 47 57Z", wine)
        + oval(50, level, half, 2, lighten(ink.accent, 0.4))
        + stroke("M34 40L74 2", lighten(ink.shape, 0.5), 1.6)
        + disc(46, 30, 6.4, second(ink))
        + disc(44, 28, 2, ink.shape)
        + fill(sym("50,56! 53,60 52,70 52,86 55,92 64,95 76,97 76,100! 50,100!"), volume(ink, 0))
        + stroke("M4 6H96L54 58Q50 62 46 58Z", ink.shape, 2)
        + stroke("M15 12L40 44", lighten(ink.shape, 0.7), 2)
    )


@motif("bottle")
def bottle(ink: Ink, rng: random.Random) -> str:
    """A wine bottle with its label."""
    tone = ink.linear(
        darken(ink.shape, 0.25),
        lighten(ink.shape, 0.3),
        ink.shape,
        darken(ink.shape, 0.45),
        angle=0,
    )
    body = sym(
        "50,2! 55,2! 55.6,7! 55,9! 55,28 57,35 64,42 68,50 68.6,60 68.6,94 66,99 60,100! 50,100!"
    )
    label = paper(ink)
    tilt = rng.uniform(-2, 2)
    return (
        fill(body, tone)
        + fill(sym("50,2! 55,2! 55.6,7! 55,9! 55,23! 50,23!"), ink.accent)
        + stroke("M44.6 8.4h10.8", darken(ink.accent, 0.35), 1.2)
        + box(31.4, 58, 37.2, 28, label)
        + stroke("M35 62.4H65M35 81.6H65", ink.accent, 1.2)
        + f'<g transform="rotate({tilt:.1f} 50 72)">'
        + fill(
            ("M50 65l1.9 4.4 4.7.4-3.6 3.1 1.1 4.6-4.1-2.5-4.1 2.5 1.1-4.6-3.6-3.1 4.7-.4z"),
            darken(ink.accent, 0.2),
        )
        + "</g>"
        + stroke(curve("37,54 38,48 43,42") + "M36 89.6v5", lighten(ink.shape, 0.65), 2)
    )


@motif("bowl")
def bowl(ink: Ink, rng: random.Random) -> str:
    """A steaming bowl of noodles with chopsticks."""
    cup = sym("50,54! 97,54! 96,66 88,82 76,91 66,94! 68,100! 50,100!")
    noodles = "".join(
        curve(f"{x},54 {x + rng.uniform(1, 4):.1f},46 {x + 8},43 {x + 15},47 {x + 18},54")
        for x in range(12, 70, 7)
    )
    steam = (
        curve("34,32 29,25 37,18 32,9")
        + curve("50,30 45,22 54,14 49,4")
        + curve("64,32 60,25 68,19 64,11")
    )
    return (
        stroke(steam, mix(ink.glow, ink.shape, 0.4), 2.2)
        + oval(50, 54, 45, 7.4, darken(ink.shape, 0.5))
        + stroke(noodles, lighten(ink.glow, 0.35), 3.2)
        + disc(30, 47.4, 7, lighten(ink.shape, 0.6))
        + disc(30, 47.4, 3.4, ink.accent)
        + stroke("M58 50L96 18M63 52L99 25", second(ink), 2.6)
        + fill(cup, volume(ink, 0))
        + stroke("M3 55.4H97", lighten(ink.shape, 0.4), 2.4)
        + stroke(
            "M11 69q4.9-6 9.750 0t9.750 0t9.750 0t9.750 0t9.750 0t9.750 0t9.750 0t9.750 0",
            ink.accent,
            2.2,
        )
        + stroke("M36 94H64", crease(ink, 0.5), 1.4)
    )


@motif("apple")
def apple(ink: Ink, rng: random.Random) -> str:
    """A whole apple on its stalk, a bright gleam and two leaves."""
    body = sym("50,28 56,23.4 66,20 77,22.6 86,31 90.6,44 90.4,60 86,76 76,91 64,99.4 56,100 50,97")
    lean = rng.uniform(-6, 6)
    skin = ink.radial(
        lighten(ink.shape, 0.4),
        ink.shape,
        ink.shape,
        darken(ink.shape, 0.38),
        cx=0.32,
        cy=0.3,
        r=0.85,
    )
    leaves = blob("52,20! 57,9 69,3 84,5! 79,15 67,21") + blob(
        "50,22! 42,13 31,11 21,15! 30,22 41,25"
    )
    return (
        fill(body, skin)
        + fill(blob("39,27! 50,32 61,27! 55,35 50,36.4 45,35"), darken(ink.shape, 0.45))
        + f'<g transform="rotate({lean:.1f} 50 30)">'
        + stroke(curve("50,32 49.4,20 53,7"), second(ink), 3.4)
        + fill(leaves, ink.accent)
        + stroke(
            curve("54,19 66,12 82,5.6") + curve("48,22 36,17 23,15"), darken(ink.accent, 0.3), 1
        )
        + "</g>"
        + fill(blob("18,58 18,46 24,35 31,31 27,40 23,48 22,58"), lighten(ink.shape, 0.6))
    )


@motif("football")
def football(ink: Ink, rng: random.Random) -> str:
    """A football: the near half of a truncated icosahedron."""
    spin = rng.uniform(-16, 16)
    dark = mix(ink.depth, "#000000", 0.35) if bright(ink.shape) else mix(ink.depth, ink.glow, 0.5)
    ball = ink.radial(
        lighten(ink.shape, 0.5),
        ink.shape,
        ink.shape,
        darken(ink.shape, 0.35),
        cx=0.35,
        cy=0.3,
        r=0.8,
    )

    def seen(theta: float, phi: float) -> str:
        reach = 48 * math.sin(min(theta, math.pi / 2))
        return f"{50 + reach * math.cos(phi):.1f} {52 + reach * math.sin(phi):.1f}"

    # Angles at the ball's centre: a patch's corner from its middle, one patch from the next.
    corner, gap, fifth = math.radians(20.1), math.radians(63.4), math.tau / 5
    middle = "M" + "L".join(seen(corner, i * fifth) for i in range(5)) + "Z"
    outer, seams = "", ""
    for i in range(5):
        points = []
        for k in range(5):
            bearing = k * fifth
            theta = math.acos(
                math.cos(gap) * math.cos(corner)
                + math.sin(gap) * math.sin(corner) * math.cos(bearing)
            )
            phi = i * fifth + math.atan2(
                math.sin(bearing) * math.sin(corner) * math.sin(gap),
                math.cos(corner) - math.cos(gap) * math.cos(theta),
            )
            points.append((theta, phi))
        outer += "M" + "L".join(seen(*point) for point in points) + "Z"
        seams += f"M{seen(corner, i * fifth)}L{seen(*points[0])}"
        turn = 2 * (i * fifth + fifth / 2) - points[1][1]  # the same corner of the next patch
        seams += f"M{seen(*points[1])}L{seen(points[1][0], turn)}"
        for theta, phi in points[2:4]:
            seams += f"M{seen(theta, phi)}L{seen(math.pi / 2, phi + (phi - i * fifth) * 0.12)}"
    return (
        disc(50, 52, 48, ball)
        + f'<g transform="rotate({spin:.1f} 50 52)">'
        + stroke(seams, dark, 1.4)
        + fill(outer, dark)
        + fill(middle, ink.accent)
        + "</g>"
        + f'<circle cx="50" cy="52" r="47.4" fill="none" stroke="{ink.shape}" stroke-width="1.2"/>'
        + stroke(curve("14,40 20,27 31,17"), lighten(ink.shape, 0.85), 2.2)
    )
