"""Motifs of animals that are gone, or never were."""

from __future__ import annotations

import random

from backend.catalog.posters.ink import Ink, darken, lighten
from backend.catalog.posters.motifs.outline import (
    blob,
    crease,
    curve,
    disc,
    fill,
    limb,
    night,
    second,
    stroke,
    volume,
)
from backend.catalog.posters.registry import motif


@motif("dinosaur")
def dinosaur(ink: Ink, rng: random.Random) -> str:
    """A tyrannosaur, jaws open, tail out behind."""
    body = blob(
        "66,10 71,6 78,5 86,7 95,12! 98,16 98,21! 90,22.4 82,23.6! 90,26.4 95,27! 94,31 86,33 "
        "78,33 73,36 72,42 70,50 64,56 58,60 54,66! 46,74 34,72 22,66 12,61 4,58 -2,58! 8,53 20,49 "
        "32,43 44,36 54,28 60,19"
    )
    legs = limb("46,58,12 54,70,8 45,82,4.6 47,92,3.2 49,96,3") + blob(
        "44,93! 51,93! 58,97.4 60,100! 42,100!"
    )
    far = limb("38,60,9 35,72,6.4 26,82,3.8 27,92,2.8 28,96,2.6") + blob(
        "24,93! 30,93! 37,97.4 39,100! 22,100!"
    )
    arms = limb("67,47,3 72,53,2.2 77,52,1.5 79.6,54,.9") + limb(
        "66,50,2.6 69,57,2 74,57,1.4 76.4,59,.8"
    )
    teeth = (
        "M83 23.6l1.4 2.4 1.6-2.6 1.4 2.4 1.6-2.6 1.4 2.2 1.6-2.6 1.2 2.2 1.4-2.6M85 "
        "27l1.4-2 1.2 2.2 1.4-2 1.4 2.2 1.2-1.6"
    )
    stripes = "".join(
        f"M{x + rng.uniform(-1, 1):.1f} {y}q{dx} 5 1 {h}"
        for x, y, dx, h in (
            (18, 52, 2, 9),
            (26, 48.6, 2, 11),
            (34, 44.6, 2, 12),
            (42, 40, 2, 12),
            (50, 34, 2, 11),
            (57, 27, 2, 9),
        )
    )
    return (
        fill(far, darken(ink.shape, 0.42))
        + fill(body + legs, volume(ink, 60))
        + stroke(stripes, crease(ink, 0.45), 1.8)
        + stroke(curve("38,56 44,50 54,52 58,60 56,70"), crease(ink, 0.35), 1.2)
        + fill(arms, darken(ink.shape, 0.2))
        + stroke(teeth, lighten(ink.shape, 0.75), 1)
        + disc(78, 13, 2.2, ink.accent)
        + disc(78.4, 13, 0.9, night(ink))
        + stroke("M73 10.6q4-2.6 9 .4", darken(ink.shape, 0.5), 1.4)
        + disc(94, 14.6, 0.9, night(ink))
    )


@motif("dragon")
def dragon(ink: Ink, rng: random.Random) -> str:
    """A winged dragon breathing fire."""
    puff = rng.uniform(-2, 2)
    fire = blob(
        f"82,24! 88,21 93,23 101,{17 + puff:.1f}! 99,25 104,27! 99,31 103,{39 + puff:.1f}! 95,36 "
        "89,37! 88,31"
    )
    near = blob(
        "46,56! 42,38 32,20 20,8 6,3! 12,15 10,24! 4,30! 11,34 12,44! 8,52! 18,50 24,56! "
        "26,64! 36,60"
    )
    bones = "M45 54Q38 30 8 4M45 55Q30 36 6 30M45 56Q30 46 10 51M44 57Q34 56 26 63"
    body = blob(
        "70,14! 66,8! 74,10 78,9 83,13 89,18! 90,22! 83,23! 87,26! 86,29 80,29 75,26 72,27 70,33 "
        "72,42 72,52 68,63 62,70 60,76! 52,82 42,84 34,86 26,91 18,92 12,88 11,82 15,78 "
        "13,74! 20,76 "
        "20,82 24,82 30,77 36,70 42,62 50,56 58,50 60,42 58,33 58,24 62,17"
    )
    legs = limb("56,70,7 62,80,5 58,89,3 61,96,2.4") + blob("57,94! 64,94! 70,98 71,100! 56,100!")
    legs += limb("44,76,6 46,86,4 42,92,2.6 44,96,2.2") + blob(
        "40,94.6! 46,94.6! 52,98 53,100! 39,100!"
    )
    arm = limb("68,54,3.4 76,58,2.4 77,65,1.8 81,67,1.2")
    spikes = "".join(
        f"M{x} {y}l{dx} {dy}l{ex} {ey}z"
        for x, y, dx, dy, ex, ey in (
            (60, 20, -6, -1, 4, 6),
            (58, 28, -6, 1, 5.6, 5),
            (59, 37, -6, 3, 6.4, 3),
        )
    )
    return (
        fill(fire, ink.accent)
        + fill(spikes, second(ink))
        + fill(body + legs, volume(ink))
        + fill(arm, darken(ink.shape, 0.25))
        + fill(near, ink.linear(lighten(second(ink), 0.2), second(ink), angle=60))
        + stroke(bones, ink.shape, 1.6)
        + stroke(curve("64,28 66,38 66,50 61,62") + "", crease(ink, 0.35), 2.4)
        + disc(76.6, 15.6, 1.5, ink.accent)
    )
