"""Motifs of musical instruments."""

from __future__ import annotations

import random

from backend.catalog.posters.ink import Ink, darken, lighten, mix
from backend.catalog.posters.motifs.outline import (
    blob,
    box,
    bright,
    curve,
    disc,
    fill,
    limb,
    oval,
    paper,
    second,
    shifted,
    stroke,
    sym,
    turned,
    volume,
)
from backend.catalog.posters.registry import motif


@motif("piano")
def piano(ink: Ink, rng: random.Random) -> str:
    """A grand piano, its lid up."""
    dark = darken(ink.shape, 0.35)
    lid = blob("7,44! 25,3! 38,1.6 52,5 62,14 72,21 84,23 97,29! 91,44!")
    inside = blob("13,44! 28,7! 38,5.6 50,9 60,18 71,25 83,27 92,31! 88,44!")
    ivory = paper(ink) if not bright(ink.shape) else lighten(ink.shape, 0.75)
    prop = rng.uniform(64, 70)
    legs = blob("10,64! 19,64! 17,84 16.4,95! 12.6,95! 12,84")
    legs += blob("82,62! 91,62! 88.8,84 88.2,95! 84.4,95! 84,84")
    pedals = blob("43,64! 57,64! 53,88! 47,88!") + blob("42,88! 58,88! 59,92! 41,92!")
    return (
        fill(lid, ink.linear(lighten(ink.shape, 0.45), ink.shape, dark, angle=40))
        + fill(
            inside, ink.linear(mix(ink.accent, ink.shape, 0.3), darken(ink.accent, 0.45), angle=70)
        )
        + stroke(f"M{prop:.1f} 46L60 18", ink.shape, 1.8)
        + fill(pedals, dark)
        + fill(legs, dark)
        + disc(14.5, 97.2, 2.8, ink.accent)
        + disc(86.3, 97.2, 2.8, ink.accent)
        + fill(blob("2,43! 98,43! 99,50 97,58 88,63 60,64 2,64!"), volume(ink, 90))
        + box(0, 52, 42, 12.6, dark, 1.4)
        + box(2, 53.6, 38, 6, ivory)
        + stroke("".join(f"M{x} 53.6v3.4" for x in range(5, 40, 3)), darken(ivory, 0.85), 1.5)
        + stroke("M46 48H96", lighten(ink.shape, 0.45), 1)
    )


@motif("guitar")
def guitar(ink: Ink, rng: random.Random) -> str:
    """An acoustic guitar, leaning."""
    body = sym("50,43 60,44 67,49.6 68.4,57 65.6,63 68,69 75,76 77.6,85 73.4,94.6 63,99.4 50,100")
    neck = box(46.6, 8, 6.8, 44, darken(second(ink), 0.3))
    head = sym("50,-6! 55,-6! 55,-3 54,8! 50,8!")
    frets = "".join(f"M46.6 {y:.1f}h6.8" for y in (12, 16.6, 21, 25, 28.8, 32.4, 35.8, 39))
    lean = 24 + rng.uniform(-3, 3)
    pegs = "".join(disc(x, y, 1.5, ink.accent) for y in (-3.4, 0.6, 4.6) for x in (43.8, 56.2))
    art = (
        fill(body, volume(ink, 30))
        + stroke(body, darken(ink.shape, 0.4), 1.4)
        + neck
        + fill(head, darken(ink.shape, 0.35))
        + pegs
        + stroke(frets, lighten(ink.shape, 0.3), 0.7)
        + disc(50, 64, 8, ink.accent)
        + disc(50, 64, 6.6, mix(ink.ground, "#000000", 0.45))
        + fill(blob("56.6,62 61,66 61.6,75 57,78 54.6,72"), darken(ink.shape, 0.45))
        + box(42.6, 82.6, 14.8, 3, darken(ink.shape, 0.5), 1)
        + stroke("M48 -2V84M50 -2V84M52 -2V84", lighten(ink.shape, 0.65), 0.4)
    )
    return f'<g transform="translate(3 7) rotate({lean:.1f} 50 72) scale(.92)">{art}</g>'


@motif("violin")
def violin(ink: Ink, rng: random.Random) -> str:
    """A violin and its bow."""
    body = sym(
        "50,39 60,40 66,45.6 66.6,52! 63.4,54.4! 59.8,59 59.8,65 63.4,69! 68,71.4! 70.4,79 "
        "69,91 62,98.4 50,100"
    )
    dark = darken(ink.shape, 0.6)
    scroll = sym("50,1 54,2 55,6 53,9 52.6,14! 50,14!")
    hole = "M57.6 62.6q-2.4 1-1 6.4q1.2 5-1.4 6.8M42.4 62.6q2.4 1 1 6.4q-1.2 5 1.4 6.8"
    lean = 14 + rng.uniform(-3, 3)
    art = (
        fill(body, volume(ink, 20))
        + stroke(body, darken(ink.shape, 0.42), 1.5)
        + stroke(hole, dark, 1.5)
        + fill(blob("48,12! 52,12! 53.4,60! 46.6,60!"), dark)
        + fill(scroll, darken(ink.shape, 0.35))
        + "".join(
            box(44.4 if i % 2 else 51, 7.6 + i * 2.6, 4.6, 1.5, ink.accent, 0.7) for i in range(4)
        )
        + fill(blob("44,73! 56,73! 54,70.4 50,70 46,70.4"), lighten(ink.shape, 0.5))
        + fill(sym("50,81! 52,81! 53.4,96! 50,98!"), dark)
        + stroke("M48.8 14L48.2 82M51.2 14L51.8 82M50 14V82", lighten(ink.shape, 0.7), 0.4)
        + oval(44.4, 93, 4, 3, dark)
    )
    stick = stroke("M84 98L90 6", second(ink), 2) + stroke(
        "M81 95L87.6 9L90 6", lighten(ink.shape, 0.55), 0.9
    )
    stick += fill("M80 88h5l-.6 7h-5z", ink.accent)
    return shifted(
        f'<g transform="rotate({-lean:.1f} 50 70)">{art}</g>' + turned(stick, 4, 84, 52),
        -9,
    )


@motif("drum")
def drum(ink: Ink, rng: random.Random) -> str:
    """A side drum with its sticks crossed above."""
    shell = ink.linear(lighten(ink.shape, 0.35), ink.shape, darken(ink.shape, 0.4), angle=0)
    lift = rng.uniform(-3, 3)
    skin = paper(ink)
    cords = "M8 52L22 92L36 56.6L50 96L64 56.6L78 92L92 52"
    sticks = f"M24 {4 + lift:.1f}L62 42M76 {4 - lift:.1f}L38 42"
    return (
        fill("M8 46V88Q8 100 50 100Q92 100 92 88V46Z", shell)
        + stroke(cords, lighten(ink.shape, 0.55), 1.6)
        + stroke("M8 88Q8 98.5 50 98.5Q92 98.5 92 88", ink.accent, 4)
        + oval(50, 46, 43.6, 13.4, ink.accent)
        + oval(50, 44, 40, 11, skin)
        + oval(50, 45.4, 22, 5.4, darken(skin, 0.12))
        + stroke(sticks, second(ink), 3.4)
        + oval(63, 43, 4, 3, second(ink), 45)
        + oval(37, 43, 4, 3, second(ink), -45)
    )


@motif("saxophone")
def saxophone(ink: Ink, rng: random.Random) -> str:
    """A saxophone, its bell turned up."""
    tube = limb(
        "27,13,1.9 37,10,2.3 44,14,2.8 46,24,3.4 48,40,4.4 50,58,5.8 52,72,7.4 58,84,8.4 "
        "68,87,8.8 76,79,9 80,66,9.4 83,54,10"
    )
    bell = blob("71,56! 70,50 66,44! 82,42 98,47! 94,53 93,60!")
    keys = "".join(
        disc(x, y, r, ink.accent)
        for x, y, r in (
            (46.6, 29, 2.4),
            (47.8, 37, 2.6),
            (49, 45.6, 2.8),
            (50.4, 54.6, 3),
            (52, 64, 3.2),
            (57, 76, 3.6),
            (70, 79, 3.6),
        )
    )
    rods = curve("42,22 43,42 45,62 50,78") + curve("55,30 57,46 60,60 62,70")
    tilt = rng.uniform(-4, 4)
    return shifted(
        turned(
            fill("M17 13.6L28 10.4L29 14.6L18.6 17Z", darken(ink.shape, 0.55))
            + stroke(rods, second(ink), 1.5)
            + fill(tube, volume(ink, 10))
            + fill(bell, volume(ink, 10))
            + fill(blob("66,44! 82,42 98,47! 82,49"), darken(ink.shape, 0.5))
            + keys
            + stroke(curve("44,20 45,34 47,52 49,70 54,82"), lighten(ink.shape, 0.7), 1.2)
            + box(43, 18, 7, 2.4, darken(ink.shape, 0.4), 1)
            + stroke("M61 64L74 62", second(ink), 1.5),
            tilt,
            55,
            96,
        ),
        -9,
    )
