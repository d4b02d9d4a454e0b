"""Motifs of animals that live with people, and of birds."""

from __future__ import annotations

import math
import random

from backend.catalog.posters.ink import Ink, darken, lighten, mix
from backend.catalog.posters.motifs import (  # noqa: F401 (registers)
    animals_legend,
    animals_sea,
    animals_small,
    animals_wild,
)
from backend.catalog.posters.motifs.outline import (
    blob,
    crease,
    curve,
    disc,
    fill,
    limb,
    oval,
    place,
    second,
    shifted,
    stroke,
    sym,
    volume,
)
from backend.catalog.posters.registry import motif


@motif("bird")
def bird(ink: Ink, rng: random.Random) -> str:
    """A bird taking off, both wings raised."""
    near = blob(
        "68,52 62,40 53,28 42,16 30,8 14,3! 18,11 25,17! 13,16! 18,24 27,29! 15,30! 22,37 31,41! "
        "20,43! 28,50 36,53! 28,57! 38,63 50,66 62,63"
    )
    far = blob(
        "60,48 63,34 70,20 80,9 95,2! 93,11 89,17! 97,17! 92,26 86,30! 93,32! 86,40 78,50 68,56"
    )
    body = blob(
        "70,39 76,40 80,44 89,48.4! 80,51 77.6,56 72,65 62,73 48,78 38,82 28,92! 20,99! 20,93! "
        "10,97! 14,90! 4,90! 17,83 30,74 44,62 56,48 63,41"
    )
    lean = rng.uniform(-4, 4)
    return (
        f'<g transform="rotate({lean:.1f} 50 55)">'
        + fill(far, second(ink))
        + fill(body, volume(ink, 60))
        + fill(near, ink.linear(ink.shape, lighten(ink.shape, 0.3), angle=45))
        + stroke(
            curve("62,54 50,40 38,30") + curve("60,57 50,48 38,41") + curve("58,60 50,55 40,52"),
            crease(ink, 0.45),
            1,
        )
        + disc(76.4, 44.6, 1.5, ink.accent)
        + "</g>"
    )


@motif("birds", kind="scene")
def birds(ink: Ink, rng: random.Random) -> str:
    """A loose flock on the wing, the far ones small and pale."""
    shapes = (
        "-13,-4! -8,-7.6 -3,-3 3,-3.4 8,-9 14,-7! 9,-5.6 4.6,0 8,2.6! 0,3 -7,5! -4.6,1 -8,-4.6",
        "-12,7! -9,-1 -3.6,-4 0,-2.4 3.6,-4.2 9,-2 13,6! 8,2 4,1 8.4,3! 0,3.6 -7,6! -4,1.6 -8,2",
        "-7,-13! -1.6,-9 1,-3 9,1! 4.6,2.4 8,9! 1.6,6 -1,3 -7,4.4! -4,1 -3,-4",
    )
    layers: dict[str, list[str]] = {}
    spots: list[tuple[float, float]] = []
    for i in range(22):
        near = (i / 21) ** 1.6
        # Of several free places the one farthest from the birds so far: loose, never in rows.
        free = [(rng.uniform(-4, 204), rng.uniform(10, 90)) for _ in range(24)]
        x, y = max(free, key=lambda p: min((math.dist(p, q) for q in spots), default=0.0))
        spots.append((x, y))
        points = place(
            rng.choice(shapes), x, y, 0.42 + near * 1.0, rng.uniform(-18, 14), rng.random() < 0.15
        )
        tone = ink.accent if i == 17 else mix(mix(ink.ground, ink.depth, 0.8), ink.shape, near)
        layers.setdefault(tone, []).append(blob(points))
    return "".join(fill("".join(shape), tone) for tone, shape in layers.items())


@motif("cat")
def cat(ink: Ink, rng: random.Random) -> str:
    """A cat sitting upright, looking at us, tail round its side."""
    body = sym(
        "50,13 56,13.4! 65,2! 68,17 68,26 64,33 58,36.6 61,42 65,53 69,66 74,78 76,90 71,98.6 "
        "63,100! 50,100!"
    )
    tip = rng.uniform(-3, 3)
    tail = limb(f"68,94,4.4 80,95.4,4.2 90,89,3.8 90,77,3.4 85,68,3 {88 + tip:.1f},58,2.2")
    line = crease(ink, 0.55)
    parts = [
        fill(tail, darken(ink.shape, 0.25)),
        fill(body, volume(ink, 5)),
        fill(blob("38.4,15! 36,6.4! 44,13.4!") + blob("61.6,15! 64,6.4! 56,13.4!"), line),
        stroke("M43.6 62Q42 82 43 98M56.4 62Q58 82 57 98M50 72V99", line, 1),
        stroke(curve("33,98 30,90 32,82 38,78") + curve("67,98 70,90 68,82 62,78"), line, 1),
        stroke("M38 29l-13-2M38 31l-12 3M62 29l13-2M62 31l12 3", line, 0.7),
        fill(blob("48,28.4! 52,28.4! 50,31!"), line),
        stroke("M50 31Q49 33.6 46.4 33M50 31Q51 33.6 53.6 33", line, 0.9),
    ]
    for side in (-1, 1):
        x = 50 + side * 8.4
        eye = f"{x - 4.6},{23.4 + side},! {x},20.4 {x + 4.6},{23.4 - side}! {x},26.4".replace(
            ",!", "!"
        )
        parts.append(fill(blob(eye), ink.accent))
        parts.append(oval(x, 23.4, 0.9, 2.7, darken(ink.ground, 0.6)))
    return shifted(
        "".join(parts),
        -6,
    )


@motif("dog")
def dog(ink: Ink, rng: random.Random) -> str:
    """A dog sitting in profile, collar on, ears down."""
    wag = rng.uniform(-4, 4)
    body = blob(
        "46,9 54,6 61,9 65,14.6 73,18 81,20! 84,23.4 83,27 80,30 82,33! 76,36 68,36.6 63,38 62,44 "
        "65,52 64.6,64 63,76 62.6,90 64,94 70,96.4 71,100! 55,100! 54.6,92 53,80! 50,88 52,93 "
        "57,96.6 58,100! 24,100! 17,94 15,84 18,70 25,57 34,45 40,34 41,24 42,15"
    )
    ear = blob("48,9 42,13 38,22 38,33 42,38.6 48,36 52,27 54,17 53,11")
    tail = limb(f"22,94,4 12,95,3.4 5,{89 + wag:.1f},2.6 2.4,{80 + wag:.1f},1.4")
    return shifted(
        fill(tail, darken(ink.shape, 0.25))
        + fill(body, volume(ink))
        + fill(ear, darken(ink.shape, 0.38))
        + fill(blob("41.6,36! 50,40 62.6,38.6! 63,43! 52,45.4 40,41!"), ink.accent)
        + disc(58, 47, 2.3, ink.accent)
        + stroke(curve("24,66 36,66 44,74 45,84 40,93 46,97"), crease(ink, 0.5), 1.2)
        + stroke(curve("80,30 74,31.6 68,30"), crease(ink, 0.7), 1.1)
        + disc(63.4, 18.6, 1.7, mix(ink.ground, "#000000", 0.2))
        + fill(blob("80,20! 84.6,21 85,25 81,25.4!"), crease(ink, 0.85)),
        5,
    )


@motif("horse")
def horse(ink: Ink, rng: random.Random) -> str:
    """A horse rearing, mane and tail flying."""
    body = blob(
        "64,9 66.4,3! 69,8.6 74,13 80,22 86,29 86.4,33.4 82,36 76,33.4 71,29.6 68.6,35 69.6,44 "
        "68,54 62,63 56,71 50,78 40,80 31,76 27,67 29,58 36,50 43,42 48,32 53,20 58,12"
    )
    legs = limb("38,66,10.4 46,76,7 38,87,3.4 40,94,2.1 43,98.4,2.4") + limb(
        "62,52,6 72,56.4,4 80.4,59,2.8 79,67,1.8 75.6,74,1.8 73.6,77,2.2"
    )
    far = limb("42,68,8 56,77,5 49,88,2.8 53,95,1.9 57,98.6,2.2") + limb(
        "64,44,5 77,46,3.4 88.4,44,2.6 92,52,1.8 93.4,58,1.8 92.4,61.4,2.1"
    )
    wave = rng.uniform(-3, 3)
    tail = blob(
        f"31,60! 22,58 13,63 8,74 {7 + wave:.1f},86 3,95! 12,92 17,86! {14 + wave:.1f},97! 23,88 "
        "26,77 30,70"
    )
    mane = blob(
        "65,6! 58,5 51,9 44,15 38,16! 43,19 39,25 33,27! 39,29 36,36 31,39! 40,40 47,35 54,24 62,13"
    )
    return (
        fill(far, darken(ink.shape, 0.4))
        + fill(tail, second(ink))
        + fill(body + legs, volume(ink, 35))
        + fill(mane, second(ink))
        + disc(73, 17.4, 1.5, ink.accent)
        + stroke(curve("67,27 66,22 69,18"), crease(ink, 0.5), 1)
        + stroke(curve("58,44 64,52 62,61") + curve("32,60 40,62 44,70"), crease(ink, 0.4), 1.1)
    )
