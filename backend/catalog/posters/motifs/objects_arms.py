"""Motifs of weapons."""

from __future__ import annotations

import random

from backend.catalog.posters.ink import Ink, darken, lighten, mix
from backend.catalog.posters.motifs.outline import (
    blob,
    box,
    crease,
    curve,
    disc,
    fill,
    second,
    stroke,
    sym,
    turned,
    volume,
)
from backend.catalog.posters.registry import motif


@motif("sword")
def sword(ink: Ink, rng: random.Random) -> str:
    """A knight's sword, point down."""
    bright, shade = lighten(ink.shape, 0.35), darken(ink.shape, 0.22)
    guard = sym("50,25.6! 57,26 66,25 73,21.6 76.6,23 76.6,27 73,30 65,32 50,32.4")
    gem = rng.uniform(2.2, 2.9)
    return (
        fill(blob("44.8,31! 50,31! 50,100! 46,90!"), bright)
        + fill(blob("55.2,31! 50,31! 50,100! 54,90!"), shade)
        + fill(blob("49,32! 51,32! 50.4,76! 49.6,76!"), crease(ink, 0.5))
        + fill(sym("50,9! 53,9! 53.6,17 53,27! 50,27!"), darken(second(ink), 0.25))
        + stroke("M46.8 13.8l6.4-2M46.6 17.8l6.8-2M46.6 21.8l6.8-2", second(ink), 1.2)
        + fill(guard, volume(ink))
        + disc(50, 5.6, 5.4, volume(ink))
        + disc(50, 5.6, gem, ink.accent)
        + disc(50, 29, 2.2, ink.accent)
    )


@motif("revolver")
def revolver(ink: Ink, rng: random.Random) -> str:
    """A revolver in profile."""
    metal, dark, line = volume(ink, 90), darken(ink.shape, 0.42), crease(ink, 0.6)
    frame = blob(
        "96,30! 98,32! 98,41! 58,42! 58,50! 64,50! 64,55! 34,57! 24,46! 17,34 18,28! 26,30 "
        "32,27! 58,27! 60,29!"
    )
    grip = blob("36,43! 31,51 31,60 26,74 17,92! 13,97 0,99 -1,94! 3,78 8,62 13,50 18,40 24,36!")
    guard = "M62 54q2 16-13 17q-13 0-14-12"
    smoke = rng.uniform(-3, 3)
    art = (
        stroke(guard, dark, 3.2)
        + fill(blob("50,54! 51,60 47,66! 44,62 45,54!"), dark)
        + fill(grip, ink.linear(lighten(second(ink), 0.15), darken(second(ink), 0.3), angle=20))
        + stroke("M16 56l10 6M12 66l11 6M8.6 77l10 6M5 87l9 5", darken(second(ink), 0.45), 1.1)
        + fill(frame, metal)
        + fill(blob("20,30! 12,22 6,21! 9,16 18,17 26,24 29,31!"), metal)
        + fill("M92 30l1.6-5h3.4v7z", dark)
        + box(38, 29, 21, 22, dark, 3)
        + box(39, 27.4, 18, 25, metal, 4)
        + stroke("M41 34.4h12M41 40h13M41 45.6h12", line, 2.2)
        + stroke("M62 36.4H96", line, 1.2)
        + disc(31, 40, 2, line)
        + stroke(curve(f"101,34 106,28 {102 + smoke:.1f},20 108,12"), ink.accent, 1.6)
    )
    return f'<g transform="translate(6 4) rotate(-14 50 50) scale(.86)">{art}</g>'


@motif("knife")
def knife(ink: Ink, rng: random.Random) -> str:
    """A kitchen knife, point up, one drop falling."""
    blade = blob("40,65! 38,44 38.6,24 43,9 50,-1! 59,13 63.6,30 64,50 62,65!")
    edge = blob("57,65! 58,46 57,28 50,-1! 59,13 63.6,30 64,50 62,65!")
    handle = blob("42,67! 57,67! 58.6,78 59,90 57,99 50,101 43,99 41,90 41.6,78")
    drop = 70 + rng.uniform(-5, 8)
    stain = blob(
        "50,-1! 59,13 63,26 64,38! 62.6,46 60,46 58.6,36 55,30 53,40 50.6,41 49,30 44,24! 45,10"
    )
    rivets = "".join(disc(50, y, 1.8, ink.shape) for y in (75, 83.6, 92))
    metal = fill(blade, ink.linear(lighten(ink.shape, 0.25), ink.shape, angle=0))
    wood = ink.linear(lighten(second(ink), 0.2), darken(second(ink), 0.35), angle=0)
    return turned(
        metal
        + fill(edge, lighten(ink.shape, 0.62))
        + fill(stain, ink.accent)
        + box(39, 63.4, 24, 5, darken(ink.shape, 0.4), 1)
        + fill(handle, wood)
        + rivets,
        14,
    ) + fill(
        blob(
            f"74,{drop - 10:.1f}! 78,{drop - 1:.1f} 77,{drop + 4:.1f} 74,{drop + 5.2:.1f} "
            f"71,{drop + 4:.1f} 70,{drop - 1:.1f}"
        ),
        ink.accent,
    )


@motif("lightsabre")
def lightsabre(ink: Ink, rng: random.Random) -> str:
    """A hilt with a blade of light."""
    hilt = ink.linear(
        darken(ink.shape, 0.3), lighten(ink.shape, 0.45), ink.shape, darken(ink.shape, 0.4), angle=0
    )
    halo = ink.linear(f"{ink.accent}/0", f"{ink.accent}/0.55", f"{ink.accent}/0", angle=0)
    dark = mix(ink.ground, "#000000", 0.5)
    grips = rng.choice((3, 4))
    return (
        box(34, -2, 32, 72, halo, 14)
        + box(45.4, 0, 9.2, 72, ink.accent, 4.6)
        + box(47.6, 1.6, 4.8, 70, lighten(ink.accent, 0.85), 2.4)
        + fill("M43 67H57L58.4 72H41.6Z", darken(ink.shape, 0.25))
        + box(44, 71, 12, 29, hilt, 1.6)
        + box(42.6, 75, 14.8, 3, hilt, 1)
        + box(55, 79, 4.4, 5, ink.accent, 1)
        + "".join(box(44.6, 86 + i * 3.2, 10.8, 1.7, dark, 0.8) for i in range(grips))
        + box(43.2, 97.6, 13.6, 2.4, darken(ink.shape, 0.35), 1)
    )


@motif("bow")
def bow(ink: Ink, rng: random.Random) -> str:
    """A drawn bow with its arrow set."""
    limbs = blob(
        "40,2! 34,1 33,5 40,7 52,14 62,25 67,38 68,46! 73,46! 73,54! 68,54! 67,62 62,75 "
        "52,86 40,93 33,95 34,99 40,98! 54,92 66,81 72,68 75,56! 77,54! 77,46! 75,44! 72,32 "
        "66,19 54,8"
    )
    pull = 12 + rng.uniform(-2, 2)
    fletch = (
        f"{pull},50! {pull - 8},43! {pull + 5},43! {pull + 12},50! {pull + 5},57! {pull - 8},57!"
    )
    return (
        stroke(f"M36 4L{pull + 2:.1f} 50L36 96", crease(ink, 0.2), 1.2)
        + fill(limbs, volume(ink, 60))
        + box(69.6, 43, 7, 14, second(ink), 2)
        + stroke("M69.6 46.4h7M69.6 50h7M69.6 53.6h7", darken(second(ink), 0.35), 1)
        + box(pull, 48.7, 84 - pull, 2.6, lighten(ink.shape, 0.35))
        + fill(blob("100,50! 82,43.6! 85.6,50! 82,56.4!"), ink.accent)
        + fill(blob(fletch), ink.accent)
    )
