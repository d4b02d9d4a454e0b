"""Motifs of small animals: the ones that creep, hop and flutter."""

from __future__ import annotations

import random

from backend.catalog.posters.ink import Ink, darken, lighten, mix
from backend.catalog.posters.motifs.outline import (
    blob,
    crease,
    curve,
    disc,
    fill,
    limb,
    mirrored,
    shifted,
    stroke,
    sym,
    volume,
)
from backend.catalog.posters.registry import motif


@motif("snake")
def snake(ink: Ink, rng: random.Random) -> str:
    """A cobra risen from its coils, hood spread."""
    edge = mix(ink.shape, ink.ground, 0.75)
    paint = volume(ink)
    tail = limb("70,92,5 84,90,4.4 93,84,3.4 95,76,2.4 91,70,1.6 87,71,.9")
    low = limb(
        "16,90,6 22,95,6.4 36,94,6.4 50,93,6.6 66,94,6.4 78,95,6.2 86,89,5.4 80,84,5 60,82,5"
    )
    high = limb("26,78,5.4 30,83,5.8 42,84,6 56,83,6 68,83,5.6 74,77,5 66,72,4.6 52,72,4.6")
    neck = blob("40,40 45,50 46,58 43,66 40,74! 60,77! 61,68 58,58 57,50 61,40 50,34")
    hood = sym("50,6 56,7.4 59.4,12 60.6,18 67,23 72,33 70,44 63,53 57,58! 50,59!")
    head = sym("50,4 56,5 60,10.6 60,17 56.4,23 53,25.4 50,26")
    bands = "".join(
        f"M{50 - w} {y}Q50 {y + 4} {50 + w} {y}"
        for y, w in ((32, 7), (38, 7.6), (44, 7), (50, 6), (56, 5))
    )
    fork = rng.uniform(-2, 2)
    return shifted(
        fill(tail, darken(ink.shape, 0.3))
        + fill(low, paint)
        + stroke(high, edge, 1.6)
        + fill(high, paint)
        + stroke(neck, edge, 1.6)
        + fill(neck, paint)
        + fill(hood, paint)
        + fill(sym("50,27 56,28 59,34 58.6,44 55.6,54 54,62 50,66!"), crease(ink, 0.3))
        + stroke(bands, crease(ink, 0.6), 1.3)
        + fill(head, lighten(ink.shape, 0.18))
        + fill(
            blob("42,12! 46.6,13 47,16! 43,15.4") + blob("58,12! 53.4,13 53,16! 57,15.4"),
            ink.accent,
        )
        + stroke(f"M50 25v7M50 32l{-3 + fork:.1f} 5M50 32l{3 + fork:.1f} 5", ink.accent, 1.3),
        -3,
    )


@motif("spider")
def spider(ink: Ink, rng: random.Random) -> str:
    """A spider from above on its thread."""
    twitch = [rng.uniform(-2.5, 2.5) for _ in range(4)]
    legs = (
        f"54,44,1.8 64,34,1.9 72,20,1.6 {76 + twitch[0]:.1f},6,.7",
        f"55,47,1.8 70,40,1.9 84,34,1.6 {95 + twitch[1] / 2:.1f},22,.7",
        f"55,50,1.8 70,54,1.9 84,62,1.6 {94 + twitch[2] / 2:.1f},77,.7",
        f"54,52,1.8 64,62,1.9 72,80,1.6 {72 + twitch[3]:.1f},98,.7",
    )
    right = fill("".join(limb(leg) for leg in legs), darken(ink.shape, 0.12))
    abdomen = sym("50,54 58,57 65,66 66,77 61,89 54,95.4 50,96.4")
    front = sym("50,35 55,37 58,43 57.4,50 54,56 50,57.6")
    jaws = limb("48,37,1.6 46,32,1.3 48,29,.7") + limb("52,37,1.6 54,32,1.3 52,29,.7")
    return (
        stroke("M50 0V36", crease(ink, 0.4), 0.8)
        + right
        + mirrored(right)
        + fill(jaws + front, volume(ink))
        + fill(
            abdomen,
            ink.radial(
                lighten(ink.shape, 0.35),
                ink.shape,
                darken(ink.shape, 0.35),
                cx=0.38,
                cy=0.3,
                r=0.75,
            ),
        )
        + fill(blob("44.6,67! 55.4,67! 51.4,76! 55.4,85! 44.6,85! 48.6,76!"), ink.accent)
        + disc(47.6, 40, 1.2, ink.accent)
        + disc(52.4, 40, 1.2, ink.accent)
    )


@motif("butterfly")
def butterfly(ink: Ink, rng: random.Random) -> str:
    """A butterfly with open wings."""
    fore = blob("52,44! 56,28 66,13 82,4 97,6! 99,16 94,32 86,46 74,54 62,55 52,52!")
    hind = blob("52,53! 64,56 78,56 87,62 88,74 82,84 76,87! 74,99! 68,88 60,78 54,66")
    spots = "".join(
        disc(x + rng.uniform(-0.6, 0.6), y, r, ink.accent)
        for x, y, r in ((90, 14, 2.6), (89, 24, 2.2), (85.6, 33, 1.9), (80, 67, 3), (77, 76, 2.3))
    )
    inner = blob("58,44! 62,30 72,18 82,14 84,22 79,36 70,46 62,49")
    lower = blob("58,58! 70,60 76,64 72,74 66,76 60,70")
    wing = (
        fill(hind, ink.linear(darken(ink.shape, 0.3), ink.shape, angle=50))
        + fill(fore, ink.linear(ink.shape, lighten(ink.shape, 0.25), angle=-45))
        + fill(inner + lower, mix(ink.accent, ink.shape, 0.35))
        + stroke("M57 46L83 16M58 47L84 26M59 48L79 38M58 60L76 66M58 61L71 75", ink.shape, 1.3)
        + spots
    )
    body = limb("50,38,2.6 50,48,3 50,60,2.5 50,76,1.3") + limb("50,36,2.8 50,33,2.6")
    return (
        wing
        + mirrored(wing)
        + stroke(
            curve("49,32 45,22 38,15") + curve("51,32 55,22 62,15"), darken(ink.shape, 0.45), 1.1
        )
        + fill(body, darken(ink.shape, 0.5))
    )


@motif("rabbit")
def rabbit(ink: Ink, rng: random.Random) -> str:
    """A rabbit sitting up in profile, ears high."""
    lean = rng.uniform(-5, 4)
    body = blob(
        "60,30 68,30.6 75,36 80,43 81,48 78,52.6 70,55 66,57 69,64 69.6,73 68,84 68,93 72,96 "
        "74,100! "
        "60,100! 60,92 58.6,88! 57,94 62,97 63,100! 32,100! 24,97 18,90 17,79 20,68 28,59 38,53 "
        "46,49 50,42 53,34"
    )
    near = blob("58,32 52,26 46,15 44,5 47,1 51.6,4 57,14 61,25 63,32")
    far = blob("62,32 60.6,22 61,10 64,2 68,3 70,10 69,22 67,32")
    return (
        f'<g transform="rotate({lean:.1f} 62 34)">'
        + fill(far, darken(ink.shape, 0.35))
        + fill(near, volume(ink))
        + fill(blob("57.6,28 52.6,20 49,11 48.6,5.6 52,11 57,20"), mix(ink.shape, ink.accent, 0.6))
        + "</g>"
        + disc(16.6, 88, 7, lighten(ink.shape, 0.3))
        + fill(body, volume(ink))
        + stroke(curve("24,70 36,66 47,72 50,82 46,91 38,94"), crease(ink, 0.45), 1.3)
        + stroke("M78 47l11-3M78 48.6l11 1M77.4 50l9.6 5", crease(ink, 0.5), 0.7)
        + disc(70, 40, 2.2, mix(ink.ground, "#000000", 0.4))
        + disc(70.6, 39.4, 0.7, lighten(ink.shape, 0.8))
        + fill(blob("79,43! 82.6,44.6 80.6,48!"), ink.accent)
    )


@motif("rat")
def rat(ink: Ink, rng: random.Random) -> str:
    """A rat on its hind legs, sniffing, tail curled."""
    flick = rng.uniform(-4, 4)
    body = blob(
        "56,25 63,23 71,26 79,31 88,36! 90,38.6 88,41 80,43 72,45 68,48 68,58 66,70 66,82 63,90 "
        "70,95 74,97.6 74,100! 36,100! 30,95 27,84 29,70 35,57 43,45 48,35"
    )
    tail = limb(
        "32,93,3.4 20,97,2.7 9,93,2.2 5,82,1.8 10,72,1.5 "
        f"17,{66 + flick / 2:.1f},1.2 15,{56 + flick:.1f},.6"
    )
    paws = limb("64,54,3.4 72,58,2.4 78,54,1.7 82,53,1.2") + limb(
        "62,60,3 71,65,2.2 77,62,1.6 80,61.4,1.2"
    )
    return (
        fill(tail, mix(ink.shape, ink.accent, 0.5))
        + disc(63, 20.6, 6.4, darken(ink.shape, 0.35))
        + fill(body, volume(ink))
        + disc(54, 21, 8.6, volume(ink))
        + disc(54.6, 21.6, 5.6, mix(ink.shape, ink.accent, 0.5))
        + fill(paws, lighten(ink.shape, 0.18))
        + stroke(curve("36,68 48,66 56,74 57,84 52,92"), crease(ink, 0.45), 1.3)
        + stroke("M84 40l10 4M83 41l7 7M85 37l11-4M84.6 36l8-7", crease(ink, 0.5), 0.6)
        + disc(72, 33, 2.1, mix(ink.ground, "#000000", 0.4))
        + disc(72.6, 32.4, 0.7, lighten(ink.shape, 0.8))
        + disc(89, 38, 2.1, ink.accent)
    )


@motif("fox")
def fox(ink: Ink, rng: random.Random) -> str:
    """A fox sitting in profile, brush wrapped behind it."""
    pale = lighten(mix(ink.shape, ink.glow, 0.15), 0.6)
    dark = darken(ink.shape, 0.55)
    curl = rng.uniform(-2, 3)
    body = blob(
        "54,22 56,13! 57,3! 64,13 68,20 76,27 87,35! 86,38.6! 78,41 71,43.6 66,46 65.6,56 66,68 "
        "64.6,80 64.6,93 70,96.4 71,100! 57,100! 57,90 55,80! 51,90 56,96.4 57,100! 28,100! 22,92 "
        "22,80 27,67 36,55 44,45 48,36 49,28"
    )
    tail = blob(
        f"32,99 20,100 8,94 3,82 5,68 {10 + curl:.1f},56 {16 + curl:.1f},46! 20,57 23,67 "
        "26,78 33,88"
    )
    tip = blob(
        f"4.4,72 {10 + curl:.1f},56 {16 + curl:.1f},46! 20,57 22,64! 17,63! 15,70! 11,66! 8,73!"
    )
    return (
        fill(tail, ink.linear(ink.shape, darken(ink.shape, 0.35), angle=60))
        + fill(tip, pale)
        + fill(blob("63,20! 66,8! 71,23!"), darken(ink.shape, 0.4))
        + fill(body, volume(ink))
        + fill(blob("86,38.6! 78,41 71,43.6 66,46 65.6,56 64,64 60,56 60,46 66,38 75,36.6"), pale)
        + fill(blob("57,7! 58,18 62.6,17!"), dark)
        + fill(blob("64.8,84! 64.6,93 70,96.4 71,100! 57,100! 57,88!"), dark)
        + stroke(curve("28,68 40,68 48,77 48,87 43,95"), crease(ink, 0.45), 1.3)
        + fill(blob("67,27! 70.6,27.4 73,30.6! 69,30.4"), mix(ink.ground, "#000000", 0.5))
        + disc(86.6, 36.6, 2.2, dark)
        + disc(70.4, 28.8, 0.8, ink.accent)
    )
