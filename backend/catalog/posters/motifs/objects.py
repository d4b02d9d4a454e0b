"""Motifs of things worn and carried."""

from __future__ import annotations

import random

from backend.catalog.posters.ink import Ink, darken, lighten
from backend.catalog.posters.motifs import (  # noqa: F401 (registers)
    objects_arms,
    objects_home,
    objects_screen,
    objects_sound,
    objects_table,
    objects_treasure,
)
from backend.catalog.posters.motifs.outline import (
    blob,
    box,
    crease,
    curve,
    disc,
    fill,
    second,
    stroke,
    turned,
    volume,
)
from backend.catalog.posters.registry import motif


@motif("hat")
def hat(ink: Ink, rng: random.Random) -> str:
    """A felt hat with a pinched crown and a band."""
    crown = blob(
        "23,76! 24,58 27,40 31,28 38,23 45,25 51,31 58,27 66,24 73,29 76,42 77,58 78,76! 50,84"
    )
    brim = blob(
        "1,74 8,70 22,73! 36,79 50,80.6 64,79 78,73! 92,69 99,73 96,82 80,92 60,98 44,99.6 "
        "24,96 7,86"
    )
    under = blob("7,86 24,90 48,92 76,88 96,82 80,92 60,98 44,99.6 24,96")
    dent = rng.uniform(-2, 2)
    return (
        fill(crown, volume(ink))
        + fill(
            blob(
                f"36,25 45,26 51,31.4 58,28 66,25.4 62,34 {54 + dent:.1f},45 "
                f"50,50 {46 + dent:.1f},44 "
                "39,33"
            ),
            crease(ink, 0.3),
        )
        + fill(
            blob("22.6,62! 36,69 50,71 64,69 77.4,62! 78,77! 64,82 50,83.6 36,82 22.6,77!"),
            ink.accent,
        )
        + fill(blob("70,66! 78,58 88,52! 85,64 77,72!"), lighten(ink.accent, 0.25))
        + fill(brim, volume(ink))
        + fill(under, darken(ink.shape, 0.4))
    )


@motif("umbrella")
def umbrella(ink: Ink, rng: random.Random) -> str:
    """An open umbrella with a hooked handle."""
    top = blob(
        "2,52! 6,34 18,18 34,9 50,6 66,9 82,18 94,34 98,52! 90,46.6 82,46.6 74,52! 66,46.6 "
        "58,46.6 50,52! 42,46.6 34,46.6 26,52! 18,46.6 10,46.6"
    )
    middle = blob(
        "26,52! 29,32 38,15 50,6! 62,15 71,32 74,52! 66,46.6 58,46.6 50,52! 42,46.6 34,46.6"
    )
    core = blob("50,6! 54,18 54.6,34 50,52! 45.4,34 46,18")
    hook = rng.choice((1, -1))
    return (
        stroke(f"M50 1V86q0 11 {-9 * hook} 11q{-8 * hook} 0 {-8 * hook}-9", second(ink), 3.2)
        + stroke("M50 1v6", ink.accent, 3)
        + fill(top, volume(ink))
        + fill(middle, lighten(ink.shape, 0.12))
        + fill(blob("50,6! 62,15 71,32 74,52! 66,46.6 58,46.6 50,52!"), darken(ink.shape, 0.2))
        + stroke(
            core + curve("26,52 29,32 38,15 50,6") + curve("74,52 71,32 62,15 50,6"),
            crease(ink, 0.4),
            0.9,
        )
        + stroke(f"M50 86q0 11 {-9 * hook} 11q{-8 * hook} 0 {-8 * hook}-9", ink.accent, 4)
    )


@motif("suitcase")
def suitcase(ink: Ink, rng: random.Random) -> str:
    """An old suitcase with straps, corners and a few labels."""
    paint, dark = volume(ink), darken(ink.shape, 0.42)
    labels = ""
    for x, y in ((40, 60), (58, 76), (40, 82)):
        turn = rng.uniform(-25, 25)
        tone = rng.choice((ink.accent, second(ink), lighten(ink.shape, 0.5)))
        labels += turned(
            box(x - 5.6, y - 4, 11.2, 8, tone, 1) + stroke(f"M{x - 3.4} {y}h6.8", crease(ink), 1),
            turn,
            x,
            y,
        )
    corner = (
        "M3 46q0-9 9-9h5q-2 11-14 14zM97 46q0-9-9-9h-5q2 11 14 14zM3 91q0 9 9 "
        "9h5q-2-11-14-14zM97 91q0 9-9 9h-5q2-11 14-14z"
    )
    return (
        stroke("M36 37v-7q0-6 6-6h16q6 0 6 6v7", dark, 4.6)
        + box(3, 37, 94, 63, paint, 8)
        + stroke("M3.6 49.4H96.4", crease(ink, 0.45), 1.4)
        + labels
        + box(20, 37, 9, 63, second(ink))
        + box(71, 37, 9, 63, second(ink))
        + box(18.6, 54, 11.8, 8, ink.accent, 1.6)
        + box(69.6, 54, 11.8, 8, ink.accent, 1.6)
        + box(22, 56.4, 5, 3.2, dark)
        + box(73, 56.4, 5, 3.2, dark)
        + fill(corner, dark)
        + box(44, 45, 12, 8, ink.accent, 1.6)
        + disc(50, 49, 1.5, dark)
    )


@motif("shoe")
def shoe(ink: Ink, rng: random.Random) -> str:
    """A high-heeled shoe in profile."""
    body = blob(
        "8,16! 13,20 18,34 28,50 42,66 56,76 68,77! 78,76 90,82 98,91 98,95.4! 84,97 66,97 52,92 "
        "40,82 28,70 22,66! 19,78 17,98! 11.6,98! 11,80 8,62 4,46 4,30"
    )
    lining = blob("8,16! 13,20 18,34 28,50 42,66 56,76 68,77! 58,84 44,77 30,62 18,44 11,30")
    sole = blob("98,93! 98,98 95,100! 66,100! 50,95 38,85! 27,71! 40,82 52,92 66,97 84,97")
    bow = rng.uniform(-6, 6)
    knot = fill(blob("70,78! 61,70 60,80! 68,82! 78,86 81,75!"), ink.accent) + disc(
        70, 79.4, 2.6, lighten(ink.accent, 0.35)
    )
    return (
        fill(body, volume(ink))
        + fill(lining, darken(ink.shape, 0.45))
        + fill(sole, ink.accent)
        + fill(blob("11.4,86! 17.8,86! 17.4,100! 11,100!"), darken(ink.shape, 0.3))
        + stroke(curve("84,84 90,86.6 93.6,90.6"), lighten(ink.shape, 0.6), 1.8)
        + stroke(curve("7,30 8,42 13,54"), lighten(ink.shape, 0.5), 1.6)
        + turned(knot, bow, 70, 79)
    )


@motif("rose")
def rose(ink: Ink, rng: random.Random) -> str:
    """A rose on its stem, one petal fallen."""
    green, vein = second(ink), darken(second(ink), 0.3)
    petals = ink.linear(lighten(ink.shape, 0.25), ink.shape, darken(ink.shape, 0.3), angle=60)
    cup = blob(
        "26,22 33,13! 41,15 50,6 60,13 69,11! 76,22 77,34 71,47 60,55 50,58 40,55 29,46 24,34"
    )
    line = crease(ink, 0.5)
    swirl = curve("44,26 50,21 57,24 57,31 50,35 43,31 42,23 49,16 60,18 64,27") + curve(
        "36,20 36,32 43,41 53,42 62,38 67,28"
    )
    swirl += curve("26,26 30,40 42,50 55,51") + curve("76,24 74,38 65,48 55,51 50,57")
    fallen = rng.uniform(70, 82)
    return (
        stroke(curve("50,56 51,70 48,84 50,100"), green, 2.8)
        + fill(
            blob("49.4,80! 40,68 28,66 18,71! 28,81 40,84")
            + blob("49.6,74! 57,62 69,57 82,60! 75,71 62,76"),
            green,
        )
        + stroke(curve("49,80 36,74 20,71") + curve("50,74 64,66 80,60"), vein, 1)
        + fill("M50 64l-4.6-2.4 3.8 5zM49 88l5-2-4 5.4z", green)
        + fill(blob("50,62 38,58 30,50! 40,52 46,50 50,54 54,50 61,52 70,49! 62,58"), green)
        + fill(cup, petals)
        + fill(
            blob("41,15 50,6 60,13 64,20! 58,16 50,16 43,21 41,30! 37,24"), darken(ink.shape, 0.28)
        )
        + stroke(swirl, line, 1.3)
        + fill(
            blob(
                f"{fallen},97! {fallen + 5},91 {fallen + 13},93! {fallen + 12},99 {fallen + 5},100"
            ),
            petals,
        )
        + disc(50, 29, 1.6, ink.accent)
    )


@motif("feather")
def feather(ink: Ink, rng: random.Random) -> str:
    """A feather, drifting, its vane split here and there."""
    left = blob("84,2! 67,8 53,19 43,31! 48.6,30.6! 38,42 31,55! 37,52.6! 30,64 27,80! 38,64 54,41")
    right = blob(
        "84,2! 84,18 79,32 72,44! 68.6,39! 67,50 60,60! 57,53! 54,64 46,72! 43.6,66.6! 38,76 "
        "27,80! 38,64 54,41"
    )
    barbs = "".join(
        curve(f"{x},{y} {x - 4},{y - 1.4} {x - 8},{y + 3}")
        + curve(f"{x},{y} {x + 2.6},{y + 4} {x + 2},{y + 9}")
        for x, y in ((69, 20.6), (61, 31), (53, 42.4), (45, 54.2), (37, 66.4))
    )
    sway = rng.uniform(-6, 6)
    return turned(
        fill(left, ink.linear(lighten(ink.shape, 0.35), ink.shape, angle=60))
        + fill(right, ink.linear(ink.shape, darken(ink.shape, 0.3), angle=60))
        + stroke(barbs, crease(ink, 0.35), 0.8)
        + stroke(curve("84,2 70,19 54,41 38,64 24,86 16,100"), ink.accent, 1.8),
        sway,
        16,
        100,
    )


@motif("flag")
def flag(ink: Ink, rng: random.Random) -> str:
    """A flag flying from its pole."""
    dip = rng.uniform(-3, 3)
    cloth = blob(
        f"16,9! 30,4 44,7 58,14 72,{17 + dip:.1f} 86,12 98,9! 94,24 "
        f"97,40 95,58! 82,62 70,{65 + dip:.1f} "
        "56,61 42,54 28,53 16,58!"
    )
    shade = blob(f"46,10! 58,16 71,{19 + dip:.1f}! 68.6,40 69,{63 + dip:.1f}! 56,59 45,53.6! 48,30")
    band = blob(
        f"16,26! 30,21 44,24 57,31 71,{34 + dip:.1f} 85,29 96,27! 96,42! 85,46 70,{50 + dip:.1f} "
        "56,46 43,39 29,38 16,43!"
    )
    return (
        fill(cloth, volume(ink, 0))
        + fill(band, ink.accent)
        + fill(shade, "#000000", 'opacity=".16"')
        + box(10.6, 4, 5, 96, second(ink), 2)
        + disc(13, 4.4, 4.4, ink.accent)
    )
