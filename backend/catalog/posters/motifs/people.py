"""Motifs of people who stand: alone, in pairs, in crowds."""

from __future__ import annotations

import random

from backend.catalog.posters.ink import Ink, darken, lighten, mix
from backend.catalog.posters.motifs import (  # noqa: F401 (registers)
    people_action,
    people_fight,
    people_heads,
)
from backend.catalog.posters.motifs.outline import (
    HAIR,
    PROFILE,
    blob,
    box,
    crease,
    curve,
    disc,
    fill,
    limb,
    oval,
    place,
    second,
    stroke,
    sym,
    volume,
)
from backend.catalog.posters.registry import motif


@motif("figure")
def figure(ink: Ink, rng: random.Random) -> str:
    """A person standing in a long coat, seen whole."""
    sway = rng.uniform(-1, 1)
    body = sym(
        "50,3 53.2,3.8 55.2,7 55,11 53.4,14.6 52.6,16.4 53.2,19 57,21 62.5,23 65.5,27 67,37 "
        "68.3,48 "
        "68.6,54 66.6,58 64.6,54.5 64,48 62,38 61,33! 60,44 61.5,56 63,70! 58.5,71! 58,84 57.6,94 "
        "60.5,98 60.5,100! 53.4,100! 52.8,90 51.6,78 50,71.5!"
    )
    line = crease(ink, 0.5)
    return (
        fill(body, volume(ink))
        + stroke(curve(f"50,23 {50 + sway},46 50,71"), line, 0.9)
        + fill(blob("50,21! 54,19.6! 54.8,29 50.2,37!"), line)
        + fill(blob("50,21! 46,19.6! 45.2,29 49.8,37!"), line)
        + fill(blob("49.2,23! 50.8,23! 51,33 50,36! 49,33"), ink.accent)
    )


@motif("hat-figure")
def hat_figure(ink: Ink, rng: random.Random) -> str:
    """A man in hat and trench coat, hands in pockets."""
    paint, line, night = volume(ink), crease(ink, 0.55), mix(ink.shape, ink.ground, 0.8)
    tilt = rng.choice((-4, 0, 4))
    coat = sym(
        "50,19! 55.4,17.4! 57.6,22 63,24.6 67,29 69,40 70.4,50 68.6,55 65.6,57.6! 67,68 69,79! "
        "60,81.4 50,80.4!"
    )
    legs = blob("38.6,78! 49.4,78! 48.8,92 48.6,100! 35,100! 36,97.4 40,95.6") + blob(
        "61.4,78! 50.6,78! 51.2,92 51.4,100! 65,100! 64,97.4 60,95.6"
    )
    brim = "30.6,13.6 38,11 50,12 62,11 69.4,13.6 61,16 50,17 39,16"
    hat = fill(blob(brim) + blob("41,13! 42,5 45,1.4 50,3.4 55,1.4 58,5 59,13! 50,14.6"), paint)
    hat += fill(blob("41,13! 41.4,8.8! 50,10.6 58.6,8.8! 59,13! 50,14.8"), ink.accent)
    lapels = blob("50,38! 43,17.4! 39.6,22.6 44.4,26! 43,30")
    lapels += blob("50,38! 57,17.4! 60.4,22.6 55.6,26! 57,30")
    return (
        fill(legs, darken(ink.shape, 0.3))
        + fill(blob("44.2,12 55.8,12 55.6,17 53.2,22 50,23.4 46.8,22 44.4,17"), night)
        + fill(coat, paint)
        + fill(lapels, line)
        + fill(blob("45,18.4 50,23.4 55,18.4 50,38!"), night)
        + fill(blob("32.6,48.6! 67.4,48.6! 68,52.6! 32,52.6!"), line)
        + box(47, 48, 6, 5.2, ink.accent)
        + stroke("M50 53V80M35.4 56l4 7M64.6 56l-4 7", line, 1)
        + f'<g transform="rotate({tilt} 50 14)">{hat}</g>'
    )


@motif("couple")
def couple(ink: Ink, rng: random.Random) -> str:
    """A man and a woman face to face, close, seen whole."""
    hem = rng.uniform(-2, 2)
    man = (
        blob(place(PROFILE, 38.5, 5, 13.5, turn=6))
        + blob(
            "33,21 40,19.5 45,23 46.5,30 46,40 45,50 46,64 45.6,80 45,94 49.5,97.4 50,100! 39,100! "
            "39,86 38,70 36.4,62! 35.4,74 34,86 33.4,94 36,97.8 36,100! 26,100! 27,88 27.6,72 "
            "27.6,56 28.4,44 27,34 28.4,25"
        )
        + limb("31,26,4.6 31.6,37,3.6 37,46,2.8 49,45,2.2 55,43.6,2")
    )
    woman = blob(place(PROFILE, 60.5, 11.5, 12.4, turn=-8, flip=True)) + blob(
        f"57,27 62,26.4 66.4,29 67,35 64.6,44 66,50 70,62 {74 + hem},78 {79 + hem},92! 66,94.4 "
        "52,92! 54.6,76 55.4,62 56,52 57.6,45 55.4,38 54.6,32"
    )
    arm = limb("65,31,3.2 60,41,2.5 52,38.4,2 46.5,33,1.9 43,28,1.8")
    hair = blob("59,10.4 64.4,11.4 68,16 68.4,22 72,28 70.4,36! 66.4,30 65.6,24 63.6,19.4 58,15.4!")
    legs = limb("60,90,2.4 60,96,1.6 57.4,99.4,1.1") + limb("67,90,2.4 68,96,1.6 65.4,99.4,1.1")
    dress = ink.linear(lighten(ink.accent, 0.25), ink.accent, darken(ink.accent, 0.3), angle=25)
    return (
        fill(man, volume(ink))
        + fill(blob(place(HAIR, 38.5, 5, 13.5, turn=6)), darken(ink.shape, 0.5))
        + fill(legs + woman, dress)
        + fill(hair, darken(ink.accent, 0.45))
        + fill(arm, lighten(ink.accent, 0.25))
    )


@motif("crowd", kind="scene")
def crowd(ink: Ink, rng: random.Random) -> str:
    """Rows of heads and shoulders from edge to edge, one of them different."""
    person = "0,-17 6,-13 5.6,-5 3.2,1.4 13,8 15.6,28! -15.6,28! -13,8 -3.2,1.4 -5.6,-5 -6,-13"
    hat = "-11,-11.4! -6.4,-13! -5.4,-20! 5.4,-20! 6.4,-13! 11,-11.4! 0,-9.4"
    chosen = rng.randint(4, 6)
    art = ""
    for row, (y, scale, count) in enumerate(((34.0, 0.66, 13), (52.0, 0.88, 10), (76.0, 1.24, 7))):
        tone = mix(mix(ink.ground, ink.depth, 0.75), ink.shape, (0.1, 0.45, 1.0)[row])
        shades: tuple[list[str], list[str]] = ([], [])
        marked = ""
        for i in range(count):
            x = (i + 0.25 + 0.5 * (row % 2)) * 200 / (count - 0.6) + rng.uniform(-2.4, 2.4)
            top, size = y + rng.uniform(-4, 4), scale * rng.uniform(0.94, 1.06)
            marks = row == 1 and i == chosen
            body = blob(place(person, x, top - 7 * marks, size))
            if marks:
                marked = fill(body, ink.accent)
                continue
            if rng.random() < 0.3:
                body += blob(place(hat, x, top, size))
            shades[i % 2].append(body)
        art += fill("".join(shades[0]), mix(tone, ink.depth, 0.25)) + fill("".join(shades[1]), tone)
        art += marked
        if row < 2:
            art += box(-10, y + 15 * scale, 220, 86 - y, mix(tone, ink.depth, 0.12))
    return art


@motif("child")
def child(ink: Ink, rng: random.Random) -> str:
    """A small child from behind, a toy bear hanging from one hand."""
    paint, line = volume(ink), crease(ink)
    legs = limb("45,74,4 44.6,86,3.2 44.6,95,2.6") + limb("56,74,4 56.6,86,3.2 56.6,95,2.6")
    legs += blob("41,95! 47.6,95! 48,100! 38,100! 38.6,97.4") + blob(
        "60,95! 53.4,95! 53,100! 63,100! 62.4,97.4"
    )
    dress = blob(
        "45.4,39 50.4,40.4 55.4,39 60,41.6 61.4,47 60,56 63,66 66.4,77! 50.4,79.6 34.6,77! 38,66 "
        "41,56 39.4,47 41,41.6"
    )
    arms = limb("42,44,3.6 36,55,2.9 32.4,65,2.5 31.6,69,2.6") + limb(
        "59,44,3.6 66,54,2.9 73,60,2.5"
    )
    head = blob(
        "50.4,9 58,10.6 63.6,16.4 64.6,24 62.6,31 57,36.6 54,38! 53.8,42! 47,42! 46.8,38! 44,36.6 "
        "38.4,31 36.4,24 37.4,16.4 43,10.6"
    )
    lean = rng.uniform(-4, 4)
    bear = (
        oval(74.6, 77, 5.4, 6.4, ink.accent)
        + disc(74.6, 67.6, 4.8, ink.accent)
        + disc(70.8, 64, 2, ink.accent)
        + disc(78.4, 64, 2, ink.accent)
        + fill(limb("71,80,2.4 68.6,86.6,2.3") + limb("78,80,2.4 80.6,86.6,2.3"), ink.accent)
        + fill(limb("78,73,2 83,77.6,1.9") + limb("71.4,72.4,2 73,62,1.9"), ink.accent)
    )
    tails = limb("37,27,3 31,31,3.4 29,38,3.2 31,45,1.2") + limb(
        "63.8,27,3 70,31,3.4 72,38,3.2 70,45,1.2"
    )
    return (
        f'<g transform="rotate({lean:.1f} 73 61)">{bear}</g>'
        + fill(legs + arms, darken(ink.shape, 0.18))
        + fill(dress, paint)
        + fill(tails, darken(ink.shape, 0.5))
        + fill(head, ink.linear(darken(ink.shape, 0.25), darken(ink.shape, 0.5), angle=20))
        + stroke(curve("50.4,10 50,20 50.4,37"), crease(ink, 0.45), 0.9)
        + stroke("M50.4 42V58M37 71q13 3 27 0", line, 1)
        + disc(37, 27.4, 2.5, ink.accent)
        + disc(63.8, 27.4, 2.5, ink.accent)
    )


@motif("family")
def family(ink: Ink, rng: random.Random) -> str:
    """Two parents and two children hand in hand."""
    father = (
        "0,-92 3.8,-90.6 5,-86 4.4,-81 2.4,-78 2.6,-75.6 9,-73 12,-68 13,-54 14,-42 12.4,-39 "
        "10.4,-43 9,-56 8.4,-62! 8.4,-44 9,-20 8.4,-5 10.6,0! 2.6,0! 2.4,-20 0,-42! -2.4,-20 "
        "-2.6,0! -10.6,0! -8.4,-5 -9,-20 -8.4,-44 -8.4,-62! -9,-56 -10.4,-43 -12.4,-39 -14,-42 "
        "-13,-54 -12,-68 -9,-73 -2.6,-75.6 -2.4,-78 -4.4,-81 -5,-86 -3.8,-90.6"
    )
    mother = (
        "0,-92 5,-90 6.6,-84 6.4,-77 8,-72 11,-69 13,-58 14.4,-44 13,-40 11,-43 9,-56 7,-61! "
        "6.4,-54 8.4,-44 13,-25! 5,-23! 5,-8 7,0! 1.4,0! .6,-14 0,-22! -.6,-14 -1.4,0! -7,0! "
        "-5,-8 -5,-23! -13,-25! -8.4,-44 -6.4,-54 -7,-61! -9,-56 -11,-43 -13,-40 -14.4,-44 "
        "-13,-58 -11,-69 -8,-72 -6.4,-77 -6.6,-84 -5,-90"
    )
    kid = (
        "0,-56 4.8,-54 6.2,-48.4 4.8,-42.6 2.4,-40.6 2.6,-39 6,-37.6 8.4,-33 11,-24! 8.6,-22.6! "
        "6,-29! 6.4,-22 8.4,-15! 5.6,-14.4! 5.6,0! 1,0! 0,-13! -1,0! -5.6,0! -5.6,-14.4! -8.4,-15! "
        "-6.4,-22 -6,-30! -9.4,-33 -13.6,-41.6! -11.4,-43! -7.4,-37 -4.4,-38.6 -2.6,-39 -2.4,-40.6 "
        "-4.8,-42.6 -6.2,-48.4 -4.8,-54"
    )
    small = rng.uniform(0.9, 1.0)
    tall = rng.uniform(0.9, 0.95)
    return (
        fill(blob(place(father, 16.6, 100, 1.04)), volume(ink))
        + fill(blob(place(mother, 83, 100, tall)), volume(ink))
        + fill(blob(place(kid, 42.6, 100, 1.06)), second(ink))
        + fill(blob(place(kid, 59.6, 100, small, flip=True)), ink.accent)
    )
