"""Motifs of large and wild animals."""

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
    night,
    second,
    shifted,
    stroke,
    sym,
    volume,
)
from backend.catalog.posters.registry import motif


@motif("wolf")
def wolf(ink: Ink, rng: random.Random) -> str:
    """A wolf sitting, howling at the sky."""
    tail = rng.uniform(-3, 2)
    body = blob(
        "72,2! 75,5! 71,12 67.6,17! 74,13.4 78.6,10! 78,15 72,23 66,29 66,35! 70,38! 66.4,43 "
        "71,48! "
        "67,52 69.6,58! 66,63 65,76 65,92 71,96 72,100! 57,100! 57.4,88 55,78! 51,88 53,94 58,97 "
        "58.6,100! 26,100! 19,94 18,83 21,70 27,58 33,48! 31,44! 38,40 36,35! 43,31 45,25! 36,14! "
        "49,18 55,16.4 62,11.6 67,6"
    )
    brush = blob(f"28,99 16,100 6,96 1,{88 + tail:.1f}! 10,88 20,88")
    return shifted(
        fill(brush, darken(ink.shape, 0.3))
        + fill(body, volume(ink))
        + fill(
            blob("66,35! 70,38! 66.4,43 71,48! 67,52 69.6,58! 65,64! 61,56! 62,48! 58,42!"),
            lighten(ink.shape, 0.3),
        )
        + stroke(curve("24,68 36,66 46,74 48,84 43,94"), crease(ink, 0.45), 1.3)
        + stroke("M40 36l5 5M34 46l6 4M46 30l4 6", crease(ink, 0.45), 1.1)
        + fill(blob("57,19! 61,16.6 62,19.4!"), ink.accent)
        + fill(blob("72,2! 75,5! 72,8 69.6,4.4!"), night(ink)),
        8,
    )


@motif("ape")
def ape(ink: Ink, rng: random.Random) -> str:
    """A gorilla on its knuckles, head lowered."""
    far = limb("66,48,8 76,62,6.4 80,78,5 83,92,4.6 88,96.6,3.6") + limb(
        "26,68,10 36,80,7 32,92,5 38,97,3.4"
    )
    body = blob(
        "56,10 64,3 73,3.6 80,10 83,18! 88,20! 86,25 89,31 88,38 82,43 74,44! 72,54 68,66 66,80 "
        "64,90 68,95 72,98 71,100! 50,100! 49,94 49,80 46,68! 42,74 36,78 32,85 29,91 35,95 "
        "38,100! "
        "13,100! 12,92 14,82 11,72 10,58 15,44 26,31 40,20"
    )
    muzzle = blob("80,13 84,18 88,20.4 87,25 89,31 88,37 82,41 76,39 74,31 75,22 76,16")
    breath = rng.uniform(-1, 1)
    arm = limb("54,38,12 58,56,9 57,74,7 58,88,5.4 60,95,5")
    return (
        fill(far, darken(ink.shape, 0.42))
        + fill(body, volume(ink))
        + fill(muzzle, crease(ink, 0.32))
        + fill(blob("74,16! 80,15 88,19.4! 86.4,22 80,20.4"), darken(ink.shape, 0.4))
        + disc(82.6, 23, 1.4, ink.accent)
        + stroke(curve("80,36 84,34.4 88.6,33.6"), night(ink), 1.2)
        + disc(87.6, 28, 1, night(ink))
        + fill(blob("63,16 67,14 69,18 67,23 63.6,22"), crease(ink, 0.35))
        + fill(
            blob(f"18,44 28,33 40,25 46,{33 + breath:.1f} 40,45 30,54 20,58 15,54"),
            lighten(ink.shape, 0.22),
        )
        + fill(arm, ink.linear(lighten(ink.shape, 0.28), ink.shape, angle=0))
        + stroke(curve("44,44 44,58 47.6,72 49.4,84 49.6,94"), crease(ink, 0.5), 1.2)
        + stroke("M54 99v-3M59 99v-3M64 99v-3M19 99v-3M24 99v-3M29 99v-3", crease(ink, 0.6), 1)
    )


@motif("elephant")
def elephant(ink: Ink, rng: random.Random) -> str:
    """An elephant in profile, trunk hanging, tusks forward."""
    swing = rng.uniform(-3, 3)
    far = blob("54,64! 66,64! 66,80 68,100! 56,100! 56,84") + blob(
        "26,66! 38,66! 38,82 39,100! 28,100! 28,84"
    )
    body = blob(
        "62,18 70,14 79,17 86,24 90,34 91.6,46 92,60 92,74 "
        f"{94 + swing:.1f},83 {99 + swing / 2:.1f},88! {96 + swing / 2:.1f},94 {89 + swing:.1f},93 "
        "84,85 83,72 82,60 79,55! 76,58 72,64 70,74 69,86 70,100! 55,100! 54,86 53,74 46,76 36,74! "
        "33,84 34,100! 18,100! 17,86 14,74 10,62 8,48 11,36 20,27 32,23 46,24 54,23"
    )
    ear = blob("62,24 54,22 48,29 47,41 50,53 57,60 63,56 68,47 70,36 68,27")
    tail = stroke(curve("10,42 5,52 6,66 4,74"), darken(ink.shape, 0.3), 1.6)
    return (
        fill(far, darken(ink.shape, 0.42))
        + tail
        + fill(blob("84,54! 88,60 94,63 101,58! 95,59 91,55 88,51!"), lighten(ink.shape, 0.75))
        + fill(body, volume(ink, 40))
        + fill(blob("78,51! 79.6,60 86,68.6 97,68! 90,64 85.6,57 84,50!"), lighten(ink.shape, 0.75))
        + fill(ear, ink.linear(darken(ink.shape, 0.1), darken(ink.shape, 0.38), angle=30))
        + disc(77.6, 33, 1.7, ink.accent)
        + stroke("M87 44l4.4-.8M86.6 50l5-.6M85.4 74l6-.6M86 80l6.4-1.4", crease(ink, 0.45), 1)
        + stroke(
            "M57 98.6v-2.6M61.6 98.6v-2.6M66 98.6v-2.6M21 98.6v-2.6M25.6 98.6v-2.6M30 98.6v-2.6",
            crease(ink, 0.6),
            1.2,
        )
    )


@motif("lion")
def lion(ink: Ink, rng: random.Random) -> str:
    """A lion's head from the front in its mane."""
    tips = (
        "50,2! 57,7 66,3! 71,11 82,11! 83,21 93,26! 91,36 99,44! 93,52 98,63! 90,68 92,80! "
        "82,82 80,93! 69,91 62,100! 50,95!"
    )
    inner = (
        "50,13! 56,16 63,12! 68,20 76,20! 77,29 84,33! 82,42 88,48! 83,55 86,64! 79,68 "
        "79,78! 70,79 67,88! 59,87 50,94!"
    )
    face = sym("50,22 61,22.6 68,28 71,38 69,48 66,58 64,68 58,77 50,80")
    dark = darken(ink.shape, 0.55)
    muzzle = sym("50,50 56,52 62,58 63,66 58,73 50,74")
    grow = rng.uniform(-2, 2)
    parts = [
        fill(sym(tips), ink.radial(second(ink), darken(second(ink), 0.35))),
        fill(sym(inner), darken(ink.shape, 0.38)),
        disc(31, 27, 6.6, ink.shape) + disc(69, 27, 6.6, ink.shape),
        disc(31.6, 27.8, 3.6, dark) + disc(68.4, 27.8, 3.6, dark),
        fill(face, volume(ink)),
        fill(muzzle, lighten(ink.shape, 0.45)),
        fill(sym("50,53.4 55,53.4 58,55.4 55,60 50,63"), dark),
        stroke("M50 62v4M50 66Q46 71 41 68M50 66Q54 71 59 68", dark, 1.4),
        fill(sym("50,75 54,76 55,82 50,89"), darken(ink.shape, 0.3)),
        stroke("M46 36Q47 46 45 53M54 36Q53 46 55 53", crease(ink, 0.35), 1.2),
        stroke(f"M50 24v{8 + grow:.1f}M45 25l1 6M55 25l-1 6", dark, 1.3),
    ]
    for side in (-1, 1):
        eye = " ".join(
            f"{50 + side * x},{y}"
            for x, y in ((5.6, "44.6!"), (9, "39.6"), (15.4, "39.4!"), (12, "44.4"))
        )
        parts.append(fill(blob(eye), ink.accent))
        parts.append(disc(50 + side * 10.4, 41.8, 1.5, night(ink)))
        brow = " ".join(f"{50 + side * x},{y}" for x, y in ((5, 40), (9, 36), (16, 36)))
        parts.append(stroke(curve(brow), dark, 1.8))
        for x, y in ((9, 63), (11.4, 65.6), (8, 66.6)):
            parts.append(disc(50 + side * x, y, 0.6, dark))
    return "".join(parts)


@motif("panda")
def panda(ink: Ink, rng: random.Random) -> str:
    """A panda sitting with a stick of bamboo."""
    tones = sorted(
        (ink.shape, ink.ground, ink.depth),
        key=lambda c: sum(int(c[i : i + 2], 16) for i in (1, 3, 5)),
    )
    white = lighten(tones[2], 0.25) if tones[2] != ink.ground else lighten(tones[2], 0.75)
    black = tones[0] if tones[0] != ink.ground else mix(tones[0], ink.shape, 0.22)
    fur = ink.linear(lighten(white, 0.3), white, darken(white, 0.2), angle=25)
    lean = rng.uniform(-4, 4)
    body = sym("50,44 66,47 77,58 82,74 79,90 70,98 50,100")
    head = sym("50,6 62,8 72,16 77,28 75,40 66,49 50,53")
    ears = disc(26, 12.6, 9, black) + disc(74, 12.6, 9, black)
    legs = limb("33,84,10 23,90,9 18,91,8") + limb("67,84,10 77,90,9 82,91,8")
    bamboo = (
        f'<g transform="rotate({lean:.1f} 60 62)">'
        + stroke("M42 86L80 34", ink.accent, 3.4)
        + fill(
            blob("72,45! 84,44 93,50! 82,51")
            + blob("77,38! 80,27 89,22! 86,32")
            + blob("67,52! 58,46 56,37! 64,43"),
            ink.accent,
        )
        + stroke("M52 69l3 2.4M63 54l3 2.4", darken(ink.accent, 0.4), 1.1)
        + "</g>"
    )
    face = (
        fill(blob("42,24 37,23 31,28 28.6,35 31,40 36,39.6 41,34 43,28"), black)
        + fill(blob("58,24 63,23 69,28 71.4,35 69,40 64,39.6 59,34 57,28"), black)
        + disc(37.6, 30.6, 2.2, white)
        + disc(62.4, 30.6, 2.2, white)
        + fill(sym("50,36 54.4,36.6 53,40.6 50,42"), black)
        + stroke("M50 42v2.4M50 44.4Q46.6 47.6 44 45.4M50 44.4Q53.4 47.6 56 45.4", black, 1.1)
    )
    return (
        ears
        + fill(body, fur)
        + fill(sym("50,47 67,48 79,60 80,66! 66,62 50,60"), black)
        + fill(legs, black)
        + fill(
            blob("11,92 13,87 18,86 22,90 20,96 14,97")
            + blob("89,92 87,87 82,86 78,90 80,96 86,97"),
            mix(black, white, 0.35),
        )
        + fill(head, fur)
        + face
        + bamboo
        + fill(
            limb("27,58,8 34,70,7 46,74,6.4 52,72,5.6")
            + limb("74,58,8 76,68,7 68,66,6.4 62,60,5.6"),
            black,
        )
    )


@motif("bear")
def bear(ink: Ink, rng: random.Random) -> str:
    """A bear walking on all fours."""
    far = limb("66,66,8 72,78,6.6 74,92,5.4") + blob("69,92! 80,92! 85,97 85,100! 68,100!")
    far += limb("28,68,9 36,80,7 36,92,5.6") + blob("31,92! 42,92! 47,97 47,100! 30,100!")
    body = blob(
        "70,33 73,27 77.6,27 80,32 86,36 90,43 97,49! 98.4,53 96,58 88,60.4 82,62 76,66 "
        "70,70 66,76! "
        "65,84 64.6,92 70,96 71,100! 52,100! 51,90 50,78 44,80 34,79! 29,85 27,92 32,96 33,100! "
        "12,100! 12,90 8,78 6,64 9,51 17,43 28,38 40,38 50,34 58,30 65,30"
    )
    step = rng.uniform(-1, 1)
    return (
        fill(far, darken(ink.shape, 0.42))
        + fill(body, volume(ink, 40))
        + disc(75, 31.6, 2.6, crease(ink, 0.5))
        + fill(blob("88,46 93,47.4 98,50.4 98,55 95,58 89,59 85,54"), lighten(ink.shape, 0.3))
        + fill(blob("95,48.4! 98.4,50 98.4,53 95.4,52!"), night(ink))
        + stroke(curve("97,56 92,56.4 88,55"), night(ink), 1)
        + disc(82, 42.6, 1.5, ink.accent)
        + stroke(
            curve(f"58,44 {54 + step:.1f},56 56,68") + curve("24,50 34,54 36,66 32,77"),
            crease(ink, 0.45),
            1.4,
        )
        + stroke(
            "M66 99v-3M61.6 99v-3M57 99v-3M28 99v-3M23.6 99v-3M19 99v-3", crease(ink, 0.65), 1.1
        )
    )
