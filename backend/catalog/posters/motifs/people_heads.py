"""Motifs of heads, faces, masks and hands."""

from __future__ import annotations

import math
import random

from backend.catalog.posters.ink import Ink, darken, lighten, mix
from backend.catalog.posters.motifs.outline import (
    blob,
    bright,
    crease,
    curve,
    disc,
    fill,
    limb,
    mirrored,
    place,
    second,
    shifted,
    stroke,
    sym,
    volume,
)
from backend.catalog.posters.registry import motif


@motif("skull")
def skull(ink: Ink, rng: random.Random) -> str:
    """A human skull from the front."""
    dark = mix(ink.ground, "#000000", 0.35)
    brain = sym(
        "50,3 66,5.6 79,16 84.4,32 83,45 79,52 80.6,58 78.6,66 70,69.6 67.4,76 66.6,83! 50,84.6"
    )
    jaw = sym("50,79! 67,77! 74,70 75,80 70.6,90 63,98 55,100 50,99.4")
    eye = blob("30,42 41,41 45.4,46 44,55 38,60.6 28.6,59.4 23.6,53 25,46")
    right = blob("70,42 59,41 54.6,46 56,55 62,60.6 71.4,59.4 76.4,53 75,46")
    nose = blob("50,55.6 53.4,61 55.6,67 52.6,68.4 50,65.6! 47.4,68.4 44.4,67 46.6,61")
    teeth = "".join(f"M{x} {75.6 + abs(x - 50) * -0.06:.1f}V88" for x in range(37, 64, 4))
    crack = curve(f"60,5 {58 + rng.uniform(-2, 2):.1f},13 63,18 {59 + rng.uniform(-2, 2):.1f},26")
    return (
        fill(jaw, darken(ink.shape, 0.3))
        + fill(brain, volume(ink, 25))
        + fill(
            blob("17,48 20,57 21,64 27,68.6 32,69.6 34,77 30,73 21.4,67 17,58"), crease(ink, 0.35)
        )
        + fill(eye + right, dark)
        + fill(nose, dark)
        + fill(sym("50,73.4 60,73 65.6,71.4 65,80 63,88 50,90.4"), crease(ink, 0.16))
        + stroke(teeth, dark, 0.9)
        + stroke(curve("33.6,80 42,82.4 50,83 58,82.4 66.4,80"), dark, 1.1)
        + stroke(crack, crease(ink, 0.6), 0.9)
        + disc(36.5, 51, 1.9, ink.accent)
        + disc(63.5, 51, 1.9, ink.accent)
    )


@motif("hand")
def hand(ink: Ink, rng: random.Random) -> str:
    """An open hand reaching up."""
    spread = rng.uniform(-2, 2)
    fingers = [
        f"33,52,6 {26 - spread:.1f},33,4.9 {22.4 - spread:.1f},20,4.2 {20.4 - spread:.1f},13,3.4",
        f"44,48,6.4 {41 - spread / 2:.1f},25,5.3 "
        f"{39.4 - spread / 2:.1f},13,4.5 {38.8 - spread / 2:.1f},6,3.6",
        f"54.4,48,6.4 {56.4 + spread / 2:.1f},25,5.3 "
        f"{57.6 + spread / 2:.1f},14,4.5 {58.2 + spread / 2:.1f},7.4,3.6",
        f"64,52,6 {71 + spread:.1f},34,4.8 {75 + spread:.1f},24,4.2 {77.4 + spread:.1f},18,3.4",
    ]
    thumb = "38,76,8 23,64,7 14.6,54,5.6 9.4,46,4.6 7,41.6,3.6"
    palm = blob(
        "29,50 38,44 50,43 62,44.6 70,51 71.6,62 68,74 64,82 63,90 64.6,100! 38,100! 38,92 34,84 "
        "28,74 27,60"
    )
    line = crease(ink, 0.5)
    return shifted(
        fill("".join(limb(f) for f in fingers) + limb(thumb) + palm, volume(ink, 5))
        + stroke(curve("31,59 42,63 52,60 58,53"), line, 1.2)
        + stroke(curve("34,68 46,69 58,66 68,58"), line, 1.2)
        + stroke(curve("45,85 41,76 42,67 36,61"), line, 1.2)
        + stroke("M39 88Q50 92 63 88", line, 1)
        + stroke("M38 34l7-.6M52.4 33.4l7 .6M24 40.4l6-2M68 38.4l6 2", line, 0.9),
        7,
    )


@motif("face")
def face(ink: Ink, rng: random.Random) -> str:
    """A woman's face from the front, half of it in shadow."""
    # A dark hero becomes the hair, so that the face is never a negative.
    light = bright(ink.shape)
    skin = ink.shape if light else lighten(ink.glow, 0.3)
    hair = second(ink) if light else ink.shape
    shade = darken(skin, 0.3)
    look = rng.uniform(-1.2, 1.2)
    back = sym("50,2 64,3.6 76,12 82,28 83,48 86,66 84,82 78,94 68,100! 50,100!")
    neck = sym("50,70! 61.4,72! 61.8,84 66,91 75,95.4 82,100! 50,100!")
    head = sym("50,14 62,16 70.4,25 73.4,38 72.6,54 68,69 60,81 54,86 50,87")
    half = blob("50,14! 62,16 70.4,25 73.4,38 72.6,54 68,69 60,81 54,86 50,87! 50,70 52.6,64 50,40")
    fringe = blob(
        "50,12 64,13 73,22 76,36 76,50! 70,36 62,27 50,22.6! 38,27 30,36 24,50! 24,36 27,22 36,13"
    )
    parts = [
        fill(back, ink.linear(hair, darken(hair, 0.45), angle=20)),
        fill(neck, shade),
        fill(head, skin),
        fill(half, shade),
        fill(fringe, hair),
    ]
    ink_line = darken(mix(hair, ink.depth, 0.4), 0.6)
    for x, side in ((38.4, -1), (61.6, 1)):
        lid = f"{x - 7.4},46.6! {x - 3},42.8 {x + 3},42.8 {x + 7.4},46.6! {x + 3},49.6 {x - 3},49.6"
        parts.append(fill(blob(lid), lighten(skin, 0.55)))
        parts.append(disc(x + look, 46.2, 3.4, ink.accent))
        parts.append(disc(x + look, 46.2, 1.5, ink_line))
        top = (
            f"{x - 7.6 + (side < 0) * -1},46.8 {x - 3},42.6 {x + 3},42.6 "
            f"{x + 7.6 + (side > 0)},46.8"
        )
        parts.append(stroke(curve(top), ink_line, 1.5))
        brow = f"{x - side * 7},38.4 {x - side},35 {x + side * 6},35.4 {x + side * 9.6},39"
        parts.append(stroke(curve(brow), ink_line, 1.6))
    lips = blob("41.6,71.4! 46.4,68.8 50,70 53.6,68.8 58.4,71.4! 54,76 50,76.8 46,76")
    parts.append(fill(lips, ink.accent))
    parts.append(stroke(curve("41.6,71.4 47,71.8 50,72.4 53,71.8 58.4,71.4"), ink_line, 0.8))
    parts.append(stroke(curve("45.6,62 48,64.4 50,63.6 52,64.4 54.4,62"), ink_line, 1))
    return "".join(parts)


@motif("two-faces")
def two_faces(ink: Ink, rng: random.Random) -> str:
    """One head, parted down the middle, with a face on either side."""
    # The front half of a profile, mirrored about the parting.
    half = (
        "50,2! 62,3 73,8 80.6,17 84,28 83.6,35 82.4,39 86,45 92.6,53.4 94.6,56.6 91.6,59 86.4,60! "
        "88,63.4 90.4,66 85.4,68.2! 89.4,70.6 87.6,74 84.2,75.4 86.6,79 84.6,84 77,87 66,85 "
        "61,84.6 "
        "61.6,90 66,95 74,100! 50,100!"
    )
    gap = rng.uniform(0.6, 1.2)
    one = ink.linear(lighten(ink.shape, 0.3), ink.shape, angle=0)
    tone = second(ink)
    other = ink.linear(tone, darken(tone, 0.4), angle=0)
    hole = mix(ink.ground, "#000000", 0.3)
    eye = "83,40! 77,38.6 71.6,42! 77,43.6 82,43.6"
    brow = curve("83.6,33.6 77,31.6 69,35.6")
    shift = f'<g transform="translate({gap:.2f} 0)">'
    side = stroke(brow, hole, 1.8) + fill(blob(eye), hole)
    left = fill(blob(half), one) + side + disc(78, 41.2, 1.5, ink.accent)
    right = fill(blob(half), other) + side + disc(78, 41.2, 1.5, ink.accent)
    return mirrored(shift + left + "</g>") + shift + right + "</g>"


@motif("mask")
def mask(ink: Ink, rng: random.Random) -> str:
    """A pale mask with cut-out eyes, its ribbons loose."""
    hole = mix(ink.ground, "#000000", 0.4)
    grin = rng.uniform(0, 3)
    ribbon = curve("18,36 8,42 5,54 9,64 4,78 8,90") + curve("82,36 92,42 95,54 91,64 96,78 92,90")
    plate = sym("50,2 64,4 76,11 82,24 83,42 79,60 71,78 60,93 53,99 50,100")
    shade = blob("50,2! 64,4 76,11 82,24 83,42 79,60 71,78 60,93 53,99 50,100! 51,76 55,64 52,46")
    eye = "26,44! 31,37.4 39,36.6 45,41 45.6,47! 38,50.4 30,49.6"
    other = place(eye, 100, 0, 1, flip=True)
    mouth = f"33,{73 - grin:.1f}! 41,74.6 50,75.6 59,74.6 67,{73 - grin:.1f}! 61,81 50,84 39,81"
    return (
        stroke(ribbon, ink.accent, 2.2)
        + fill(plate, volume(ink, 25))
        + fill(shade, darken(ink.shape, 0.25))
        + fill(blob(eye) + blob(other), hole)
        + stroke(curve("24,33 31,27 40,28 46,34"), crease(ink, 0.6), 2)
        + stroke(curve("76,33 69,27 60,28 54,34"), crease(ink, 0.6), 2)
        + fill(blob("46.6,63 50,65.6 53.4,63 55,66 50,68.4 45,66"), crease(ink, 0.6))
        + fill(blob(mouth), hole)
        + fill(blob("30,53! 32.4,58 31.6,64 30,66 28.4,64 27.6,58"), ink.accent)
    )


@motif("helmet")
def helmet(ink: Ink, rng: random.Random) -> str:
    """A warrior's helmet from the front, crested, with a T-shaped opening."""
    hole = mix(ink.ground, "#000000", 0.45)
    crest = sym("50,0 62,1 73,5.4 82,13 88,24 90,36! 76,40! 50,40!")
    hairs = "".join(
        f"M{50 + 30 * math.cos(a):.1f} {38 + 26 * math.sin(a):.1f}"
        f"L{50 + 39 * math.cos(a):.1f} {38 + 36.4 * math.sin(a):.1f}"
        for a in (math.radians(i * 12 + 192) for i in range(14))
    )
    tall = rng.uniform(0.94, 1.0)
    bowl = sym(
        "50,13 64,15.6 75,24 80,37 84,54 83,72 79,90 75,100! 63,96 56.4,88 54.6,76 55,64! 62,62 "
        "71,58.6 75,52! 67,47.4 58,48.4! 54,60 50,63.6!"
    )
    eyes = sym("50,40 60,43 72,47 78,51.6 74,61 66,66 58,67.6 57,80 60,90 65,98! 50,98!")
    return (
        f'<g transform="translate(0 {28 * (1 - tall):.2f}) scale(1 {tall:.2f})">'
        + fill(crest, ink.accent)
        + stroke(hairs, darken(ink.accent, 0.35), 1.1)
        + "</g>"
        + fill(eyes, hole)
        + fill(bowl, volume(ink, 10))
        + fill(blob("48.4,15! 51.6,15! 52.4,44 50,56! 47.6,44"), lighten(ink.shape, 0.3))
        + stroke(curve("22,45 34,41.4 44,44 50,52 56,44 66,41.4 78,45"), crease(ink, 0.45), 1.6)
        + stroke(curve("20.6,86 27,90 36,90"), crease(ink, 0.45), 1.4)
        + stroke(curve("79.4,86 73,90 64,90"), crease(ink, 0.45), 1.4)
        + disc(36.5, 53.6, 1.8, ink.accent)
        + disc(63.5, 53.6, 1.8, ink.accent)
    )
