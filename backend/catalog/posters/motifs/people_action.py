"""Motifs of people on the move: riding, dancing, running, climbing, casting spells."""

from __future__ import annotations

import random

from backend.catalog.posters.ink import Ink, darken, mix
from backend.catalog.posters.motifs.outline import (
    HAIR,
    PROFILE,
    blob,
    circle,
    crease,
    curve,
    disc,
    fill,
    limb,
    place,
    second,
    shifted,
    stroke,
    volume,
)
from backend.catalog.posters.registry import motif


@motif("rider")
def rider(ink: Ink, rng: random.Random) -> str:
    """A rider in a hat and flying cape on a galloping horse."""
    horse = (
        blob(
            "20,58 27,53.6 38,55 50,56 60,53 68,46 75,37 80,33! 81.6,29! 84,33.4 88,39 94.6,46.6 "
            "95.6,50.4 92,52.4 87,50 82,48.4 79,54 77,62 73,69 66,73 56,72.4 44,73.4 34,73 25,71 "
            "19.6,65"
        )
        + limb("70,66,6 80,67,3.8 90,67,2.8 93.4,74,1.9 96,81,1.8 98.4,83.6,2")
        + limb("66,68,5.4 74,78,3.2 79,84,2.4 72,90,1.7 67.6,92.4,1.7 65.4,95,2")
        + limb("27,65,8 24,75,5.6 15,82,3 9,90,1.9 5,96,1.9 4,98.4,2.2")
        + limb("30,67,7 33,78,4.4 26,88,2.6 26,95,1.8 29,98,2.2")
    )
    tail = blob("22,57! 14,55 8,59 4,66 1,70! 8,69 13,66 20,65")
    mane = blob("80,31! 74,32 68,38 62,47 58,52! 64,52 70,47 76,40")
    body = (
        limb("50,54,5.2 50,44,4.6 54,33,5.2")
        + limb("50,54,4.6 59,60,3.8 57,70,2.8 55,77,2.2 60,79.6,1.9")
        + limb("55,33,3 59,42,2.4 69,45,2")
        + circle(58, 23.4, 4.6)
        + limb("55.4,30,2.4 57,26,2.4")
    )
    wave = rng.uniform(-3, 3)
    cape = blob(
        f"54,28! 46,29 36,{30 + wave:.1f} 24,{27 - wave:.1f} 14,31! 20,37 30,41 40,48 47,52!"
    )
    hat = blob("47.6,21.6 53,19.6 53.6,14.6 57,13 62,14.6 63.4,19.4 69,20.6 63,22.6 55,23.2")
    return (
        fill(tail + mane, second(ink))
        + fill(cape, ink.accent)
        + fill(horse, volume(ink, 60))
        + fill(body + hat, darken(ink.shape, 0.42))
    )


@motif("dancer")
def dancer(ink: Ink, rng: random.Random) -> str:
    """A ballerina on point, one leg stretched behind her."""
    lift = rng.uniform(-3, 3)
    legs = limb("50,52,4.4 51,64,3.5 50.4,76,2.5 51,88,1.9 51.4,95,1.3 52,100,.8") + limb(
        f"46,50,4.4 32,45,3.4 19,{38 + lift:.1f},2.5 9,{31 + lift:.1f},1.7 2.6,{25 + lift:.1f},.8"
    )
    torso = (
        limb("51.4,45,3.7 53,41,3.5 57.6,31.6,4.6 58.4,28,4.2")
        + limb("59.6,28,1.9 61.6,21,1.8")
        + blob("58.6,17.6 60,12.6 64.4,11.6 67.8,14.6 68.4,18.4 66.6,22 62.6,22.6 59.6,20.8")
        + circle(58.6, 12, 2.8)
        + limb("60,29.6,2.4 70,25.6,1.9 80,18,1.5 88,10,1.2 91.6,6.4,.8")
        + limb("55,30,2.4 45,29,1.9 36,24.6,1.5 27,22,1.2 22.6,21.6,.8")
    )
    frill = blob(
        "52,45! 62,46 71,50 78,56 70,57.6 66,60! 60,58.6 55,61! 48,58 40,58.4! 34,54 26,52! 29,47 "
        "38,44.6"
    )
    upper = blob("52,44! 62,45 70,48.6 75,53 64,53.6 54,53 42,51.6 30,50 37,45.6")
    return (
        fill(legs, volume(ink))
        + fill(frill, mix(ink.accent, ink.ground, 0.3))
        + fill(upper, ink.accent)
        + fill(torso, volume(ink))
        + fill(limb("51,46,4.4 53.6,40,3.7 57.4,32.4,4.7"), ink.accent)
    )


@motif("witch")
def witch(ink: Ink, rng: random.Random) -> str:
    """A witch in profile: pointed hat, hooked nose, cloak and broom."""
    bend = rng.uniform(-3, 3)
    hat = blob(
        f"{25 + bend:.1f},2! 34,5 42,10 50,18 57,25! 78,29 70,33.6 50,34.6 32,38 20,44! 25,35 "
        "33,30! 33,20 31,11"
    )
    face = blob(
        "38,33! 62,31! 61.4,35 66,40 71,47 71.4,50! 67,49.4 63.6,48.6! 64.6,51 61.6,53! "
        "64,55 63.6,57.6 69,61.4! 66,64 60,63.6 54,60 52,66! 38,66!"
    )
    hair = blob("36,34! 46,34 45,42 47,52 43,62 46,72! 38,70 34,78! 31,66 27,56 31,46")
    cloak = blob("38,58 48,60 56,62! 64,70 70,82 76,100! 14,100! 20,84 26,70 31,62")
    arm = blob("44,66! 54,64 66,68 78,68.6 80,74 70,77 58,78 50,82!")
    twigs = blob("77,30! 82,30! 85,22 90,12 92,2! 84,6 80,1! 77,6 70,3! 70,12 74,22")
    return (
        stroke("M79 100L79.6 28", second(ink), 2.6)
        + fill(twigs, second(ink))
        + stroke("M76.6 27.4h6", ink.accent, 1.8)
        + fill(cloak, volume(ink))
        + fill(face, mix(ink.shape, ink.accent, 0.25))
        + fill(hair, darken(ink.shape, 0.45))
        + fill(hat, volume(ink))
        + fill(blob("33,30! 33,25 56.6,24.4! 57,25! 62,26 50,31 36,33.4"), ink.accent)
        + fill(arm, darken(ink.shape, 0.22))
        + disc(79.4, 71.4, 3.6, mix(ink.shape, ink.accent, 0.25))
        + disc(58.6, 41, 1.6, ink.accent)
        + stroke(curve("46,80 44,90 45,99") + curve("56,80 60,90 62,99"), crease(ink), 1)
    )


@motif("runner")
def runner(ink: Ink, rng: random.Random) -> str:
    """A sprinter in full stride."""
    paint = volume(ink)
    stretch = rng.uniform(-2, 2)
    near = limb(
        f"47,54,7.2 60,58,6 71,61,4.8 {70 + stretch:.1f},74,3.8 {68 + stretch:.1f},84,2.6"
    ) + blob(
        f"{65 + stretch:.1f},83! {71 + stretch:.1f},84! "
        f"{79 + stretch:.1f},89 {78 + stretch:.1f},92! "
        f"{66 + stretch:.1f},90!"
    )
    far = limb("45,55,7 36,68,5.8 29,79,4.4 17,84,3.4 8,87,2.4") + blob(
        "10,83.4! 8,91! 4,98 1,100! 2,92 5,85"
    )
    torso = limb("46,54,6.4 51,43,6 57,31,7 58,27,5.4")
    head = blob(place(PROFILE, 66, 7.6, 18.4, turn=22))
    front = limb("58,30,4.4 66,40,3.6 77,38,3 86,32,2.4 89,29.4,2.6")
    back = limb("54,30,4.4 42,35,3.6 33,43,3 30,52,2.4 31,55,2.6")
    vest = limb("47,50,6.6 51.4,43,6.2 56.4,32,7")
    return (
        fill(back + far, darken(ink.shape, 0.28))
        + fill(torso + near + head, paint)
        + fill(
            blob(place(HAIR, 66, 7.6, 18.4, turn=22)),
            darken(ink.shape, 0.5),
        )
        + fill(vest, ink.accent)
        + fill(limb("46,53,7.2 53,56,6.8 58,57.6,6.4") + limb("45,54,7 41,60,6.8"), second(ink))
        + fill(front, paint)
        + stroke("M2 62H20M0 50H16M8 38H24", second(ink), 1.4)
        + stroke("M34 100H92", second(ink), 1.2)
    )


@motif("climber")
def climber(ink: Ink, rng: random.Random) -> str:
    """A climber reaching up a steep face of rock, the rope hanging free."""
    paint = volume(ink)
    jag = rng.uniform(-2, 2)
    rock = blob(
        f"100,0! 74,0! 69,8! {72 + jag:.1f},17! 63,25! 66,36! {58 - jag:.1f},47! 62,58! "
        "52,66! 55,76! 44,86! 46,100! 100,100! 96,84! 99,70! 91,54! 94,40! 86,26! 88,14! "
        "82,0!"
    )
    light = blob(
        "74,0! 69,8! 72,17! 63,25! 66,36! 58,47! 62,58! 52,66! 55,76! 44,86! 46,100! 52,100! "
        "51,88! 62,77! 60,67! 70,59! 66,48! 74,37! 71,26! 80,18! 77,9! 82,0!"
    )
    body = (
        limb("37,62,6.4 40,50,5.4 45,39,6")
        + limb("47,38,3.8 56,31,3.1 61,21,2.5 66,13,2.2")
        + limb("44,40,3.8 50,48,3 57,44,2.5 61,41,2.2")
        + limb("39,63,5.6 51,60,4.4 51,71,3.2 52,77,2.4 57,78.6,2")
        + limb("35,64,5.8 33,77,4.4 38,88,3 39,94,2.2 45,96,2")
    )
    head = circle(44.4, 28.4, 5.6) + limb("45,36,3 44.6,31,3")
    pack = blob("33,38 39,34.6 43,38 40,48 35,57 28,56 27,48")
    rope = curve("37,60 28,66 24,78 27,90 22,100")
    return shifted(
        fill(rock, ink.linear(ink.depth, darken(ink.depth, 0.3), angle=60))
        + fill(light, mix(ink.depth, ink.shape, 0.4))
        + stroke(rope, ink.accent, 1.2)
        + fill(body + head, paint)
        + fill(pack, ink.accent)
        + fill(blob("39,27.6 40.6,22.4 45,21 50,24 50.8,27.4!"), ink.accent),
        -9,
    )
