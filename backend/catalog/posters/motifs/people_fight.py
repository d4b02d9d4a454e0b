"""Motifs of people in costume or armour: fighters, an astronaut, a robot."""

from __future__ import annotations

import random

from backend.catalog.posters.ink import Ink, darken, lighten, mix
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
    place,
    second,
    stroke,
    sym,
    volume,
)
from backend.catalog.posters.registry import motif


@motif("swordsman")
def swordsman(ink: Ink, rng: random.Random) -> str:
    """A swordsman in wide robes, long blade raised before him."""
    flow = rng.uniform(-3, 3)
    robe = blob(
        f"38,46 50,45 57,54 64,66 72,80 80,92! 66,96 60,84 52,71! 46,82 37,95 {18 + flow:.1f},91! "
        "25,76 30,63 34,54"
    )
    feet = blob("21,91! 34,93! 34,100! 16,100! 18,97") + blob("68,92! 77,90! 80,96 88,100! 69,100!")
    torso = blob("35,50 34,38 37,29 43,25 51,25 57,30 58,38 55,50 46,52")
    head = blob(place(PROFILE, 47, 9.6, 14, turn=8))
    knot = blob("44.6,11! 37,11 34,6 38,3.6! 41,6 46,8.6!")
    near = limb("54,31,4.6 62,42,3.6 70,39,2.8 72.6,36,2.5")
    far = limb("42,30,4.4 52,38,3.6 64,36.6,2.6 70.6,32,2.3")
    blade = blob("71.6,28.6! 74.6,30.2! 83,20 90,9.4 94.4,-1! 87.4,8 80,17.6")
    sleeve = blob("42,27 52,28 58,32 64,42! 58,49 50,44 42,38")
    cloth = blob(f"36,47! 27,46 17,{44 + flow:.1f} 6,{50 - flow:.1f}! 13,56 24,58 36,54!")
    return (
        fill(cloth, ink.accent)
        + fill(robe, volume(ink))
        + fill(feet, darken(ink.shape, 0.35))
        + fill(far, darken(ink.shape, 0.3))
        + fill(torso + head, volume(ink))
        + fill(
            knot + blob("46,9.4 51.6,10.4 53,14! 47,15 44,20 42,24! 39,18 40,12"),
            darken(ink.shape, 0.5),
        )
        + fill(blade, lighten(ink.shape, 0.5))
        + stroke("M68 42.6L73.4 31.6", darken(ink.shape, 0.5), 2.8)
        + stroke("M70.6 28.6l5.6 2.8", ink.accent, 2)
        + fill(near, volume(ink))
        + fill(sleeve, crease(ink, 0.25))
        + fill(blob("33.6,47! 57.4,46! 58.4,52! 33,53.4!"), ink.accent)
        + stroke(curve("49,55 50,63 52,71") + curve("40,57 36,72 28,88"), crease(ink), 1)
        + stroke(curve("56,57 63,72 72,88"), crease(ink), 1)
    )


@motif("cowboy")
def cowboy(ink: Ink, rng: random.Random) -> str:
    """A gunslinger, legs apart, hands over his holsters."""
    tilt = rng.choice((-4, 3, 0))
    dark = darken(ink.shape, 0.42)
    legs = blob(
        "39,54! 61,54! 65,66 69,80 70.4,92 75,97 76,100! 62,100! 61.6,90 57,76 50,64! 43,76 "
        "38.4,90 38,100! 24,100! 25,97 29.6,92 31,80 35,66"
    )
    torso = sym("50,24! 55,24 62,26.6 65.4,31 63.4,42 61.4,55! 50,56!")
    vest = blob("40,25.6! 37,27 34.6,31 36.6,42 38.6,55! 46,55! 46.6,40")
    vest += blob("60,25.6! 63,27 65.4,31 63.4,42 61.4,55! 54,55! 53.4,40")
    arms = limb("36.6,30.4,4 28,41,3.3 27.6,50,2.7 31,56,2.4 32,59.6,2.2")
    arms += limb("63.4,30.4,4 72,41,3.3 72.4,50,2.7 69,56,2.4 68,59.6,2.2")
    head = blob("44.4,13 55.6,13 55.4,19 53.4,23.6 50,25.4 46.6,23.6 44.6,19")
    hat = blob(
        "27,11 34,14.4 41,12 42,5 45.6,1.4 50,3.4 54.4,1.4 58,5 59,12 66,14.4 73,11 67,17.6 "
        "50,18.8 "
        "33,17.6"
    )
    scarf = blob("42,25! 50,23 58,25! 56,29 50,37! 44,29")
    guns = blob("33.6,59! 38.6,58! 39,70 37,73! 34,73! 32.6,66") + blob(
        "66.4,59! 61.4,58! 61,70 63,73! 66,73! 67.4,66"
    )
    spurs = "M27 96.6l-5 1.4M73 96.6l5 1.4"
    return (
        fill(legs, volume(ink))
        + stroke("M33 80Q30 90 30 98M67 80Q70 90 70 98", crease(ink, 0.4), 1)
        + fill(arms, darken(ink.shape, 0.22))
        + fill(torso, lighten(ink.shape, 0.25))
        + fill(vest, second(ink))
        + fill(blob("37,54! 63,54! 66,60! 50,57.6 34,60!"), dark)
        + box(47.4, 53.4, 5.2, 4.6, ink.accent)
        + fill(guns, dark)
        + stroke("M34.4 59l-1.6-3.6M65.6 59l1.6-3.6", ink.accent, 1.8)
        + fill(head, darken(ink.shape, 0.32))
        + fill(scarf, ink.accent)
        + f'<g transform="rotate({tilt} 50 15)">{fill(hat, volume(ink))}'
        + stroke(curve("41.6,12.4 50,13.6 58.4,12.4"), dark, 1.8)
        + "</g>"
        + stroke(spurs, ink.accent, 1.6)
    )


@motif("boxer")
def boxer(ink: Ink, rng: random.Random) -> str:
    """A boxer on guard, gloves up."""
    paint = volume(ink)
    reach = rng.uniform(0, 4)
    legs = limb("45,58,7.6 35,72,6 31,84,4.4 27,94,3.2") + limb(
        "54,58,7.6 63,72,6 62,84,4.6 66,94,3.2"
    )
    shoes = blob("23,90! 31,92! 32,97 35,100! 18,100! 20,96") + blob(
        "62,91! 70,90! 74,96 80,97.6 80,100! 62,100!"
    )
    torso = blob("38,30 45,25 55,25 62,30 63,38 60,48 60,58 40,58 39,48 35,38")
    head = blob(place(PROFILE, 55.6, 5.4, 18.6, turn=8))
    shorts = blob("38.6,53! 61.4,53! 66,62 69.6,71! 57,74.6 51,64! 44,75 29,71! 34,61")
    back = limb("40,33,5.2 33.4,44,4.4 40,44.6,3.8 46.6,36,3.4")
    front = limb(f"60,32,6 67,42,4.8 74,36,4 {78 + reach:.1f},29,3.6")
    glove = "-6,5 -7.4,-1 -5,-6.6 1,-8 6.6,-5 7.6,1 5,6.4 -1,8"
    from_left = " ".join(
        f"{48.6 + float(a.split(',')[0])},{28.6 + float(a.split(',')[1])}" for a in glove.split()
    )
    from_right = " ".join(
        f"{80 + reach + float(a.split(',')[0]):.1f},{23.6 + float(a.split(',')[1])}"
        for a in glove.split()
    )
    return (
        fill(legs + torso + head, paint)
        + fill(blob(place(HAIR, 55.6, 5.4, 18.6, turn=8)), darken(ink.shape, 0.5))
        + fill(shoes, darken(ink.shape, 0.4))
        + fill(shorts, second(ink))
        + box(38.6, 52, 22.8, 4.4, ink.accent, 1)
        + fill(back, darken(ink.shape, 0.2))
        + fill(front, paint)
        + fill(
            blob(from_left) + blob(from_right),
            ink.linear(lighten(ink.accent, 0.3), ink.accent, darken(ink.accent, 0.35), angle=50),
        )
        + stroke(curve("44,40 50,43 57,40") + "M50.4 43V51", crease(ink, 0.4), 1)
    )


@motif("astronaut")
def astronaut(ink: Ink, rng: random.Random) -> str:
    """An astronaut from the front, the visor full of light."""
    suit, line = volume(ink), crease(ink, 0.45)
    pack = box(29, 26, 42, 36, second(ink), 5)
    limbs = (
        limb("38,40,7.6 29,50,6.8 24,60,6 22.6,68,5")
        + limb("62,40,7.6 71,50,6.8 76,60,6 77.4,68,5")
    ) + (limb("43,66,8.4 41.4,80,7.4 40.4,91,6.6") + limb("57,66,8.4 58.6,80,7.4 59.6,91,6.6"))
    boots = blob("33,90! 47.6,90! 48.4,100! 29.6,100! 30.4,95") + blob(
        "67,90! 52.4,90! 51.6,100! 70.4,100! 69.6,95"
    )
    torso = sym("50,30! 60,31 66,35 67.4,44 66,58 64.6,68 58,73 50,74")
    visor = ink.linear(lighten(ink.accent, 0.55), ink.accent, darken(ink.accent, 0.6), angle=55)
    rings = (
        "M17 57.6l12.4 4M83 57.6l-12.4 4M34.4 80h14.4M65.6 80H51.2M17.6 65.4l9.4 1.6M82.4 "
        "65.4l-9.4 1.6"
    )
    lamp = rng.choice((44, 47, 56))
    return (
        pack
        + fill(limbs, suit)
        + fill(torso, suit)
        + fill(boots, darken(ink.shape, 0.35))
        + disc(50, 18.4, 16.4, suit)
        + box(32, 14, 5, 10, line, 2)
        + box(63, 14, 5, 10, line, 2)
        + fill(sym("50,7.4 58,8.2 62.6,13 63,20 59.6,26 50,28"), mix(ink.ground, "#000000", 0.4))
        + fill(sym("50,9 57.4,9.8 61.2,14 61.4,20 58,24.8 50,26.4"), visor)
        + stroke(curve("41.6,18 42.6,13.6 46,11.6"), lighten(ink.accent, 0.8), 1.4)
        + box(41, 43, 18, 12, line, 1.5)
        + disc(lamp, 47, 1.5, ink.accent)
        + box(44, 50.4, 12, 2, ink.shape, 1)
        + stroke(rings, line, 1.4)
        + stroke("M35.4 64Q50 68.6 64.6 64", line, 1.4)
    )


@motif("robot")
def robot(ink: Ink, rng: random.Random) -> str:
    """A robot from the front, all plates and bolts, with lit eyes."""
    metal, dark, line = volume(ink), darken(ink.shape, 0.35), crease(ink, 0.6)
    glow = mix(ink.ground, "#000000", 0.4)
    parts = [stroke("M50 8V2.6", dark, 1.6), disc(50, 2.8, 2.4, ink.accent)]
    for x, side in ((36, -1), (64, 1)):
        parts.append(box(x - 5.4, 68, 10.8, 24, dark, 2))
        parts.append(box(x - 6.4, 76, 12.8, 5, metal, 2))
        parts.append(fill(sym(f"{x},88! {x + 7},89! {x + 9.6},100! {x},100!", x), metal))
        ax = 50 + side * 31
        parts.append(box(ax - 4.2, 40, 8.4, 26, dark, 3))
        parts.append(disc(ax, 52, 5.6, metal))
        parts.append(disc(50 + side * 30, 38, 7.6, metal))
        claw = f"M{ax - 3} 66q-5 4-3 11l3 1.6q-1-5 3-7.6q4 2.6 3 7.6l3-1.6q2-7-3-11z"
        parts.append(fill(claw, metal))
    parts.append(box(45, 26, 10, 8, dark))
    parts.append(fill(sym("50,32! 70,32! 74,36! 70,62! 66,70! 50,70!"), metal))
    parts.append(fill(sym("50,7.6! 61,7.6! 66,11 67.4,18 66,27! 62,29.4! 50,29.4!"), metal))
    parts.append(box(30, 14, 4.4, 9, dark, 1.5))
    parts.append(box(65.6, 14, 4.4, 9, dark, 1.5))
    parts.append(box(36, 13.4, 28, 7, glow, 3.4))
    parts.append(disc(43, 16.9, 2.7, ink.accent) + disc(57, 16.9, 2.7, ink.accent))
    parts.append(
        stroke("M43 25.4h14", glow, 2.2)
        + stroke("M46 25.4h.1M50 25.4h.1M54 25.4h.1", ink.shape, 1.2)
    )
    parts.append(box(36, 39, 28, 16, line, 2.5))
    parts.append(disc(44, 47, 4.6, glow) + disc(44, 47, 2.8, ink.accent))
    for i in range(3):
        width = rng.uniform(5, 9)
        parts.append(box(52, 42.4 + i * 3.6, width, 1.8, ink.shape, 0.9))
    parts.append(stroke("M35 61h30", line, 1.2))
    return "".join(parts)
