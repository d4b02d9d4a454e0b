"""What sails, dives and flies."""

from __future__ import annotations

import random

from backend.catalog.posters.ink import Ink, darken, lighten, mix
from backend.catalog.posters.motifs.marks import (
    both,
    box,
    carve,
    circle,
    ellipse,
    group,
    n,
    path,
    rect,
    ring,
    shade,
    stroke,
)
from backend.catalog.posters.registry import motif


@motif("ship")
def ship(ink: Ink, rng: random.Random) -> str:
    """An ocean liner, bow on, seen from the water."""
    bright, dark = lighten(ink.shape, 0.3), shade(ink, 0.35)
    ports = "".join(
        circle(x, y, 0.8, ink.accent) for x, y in ((33, 50), (37.4, 51.6), (41.6, 53), (45.4, 54))
    )
    smoke = mix(ink.glow, ink.ground, 0.35)
    drift = rng.choice((-1, 1))
    puffs = "".join(
        circle(50 + drift * (3 + k * 6), 4 - k * 0.6 + rng.uniform(-1, 1), 3.4 + k * 1.1, smoke)
        for k in range(5)
    )
    decks = "".join(box(x, 25.6, 2.6, 2) for x in range(31, 69, 4)) + "".join(
        box(x, 19.6, 2.6, 2.4) for x in range(36, 63, 4)
    )
    return (
        puffs
        + path("M43 22L44 5H56L57 22Z", ink.shape)
        + path("M43.6 10L44 5H56L56.4 10Z", dark)
        + path("M50 5H56L57 22H50Z", ink.ground, 0.2)
        + stroke("M24 34V10M76 34V10M24 13L44 18M76 13L56 18", shade(ink, 0.2), 0.8)
        + path("M27 36V23.6H73V36Z", bright)
        + path("M33 24V17.6H67V24Z", ink.shape)
        + rect(30, 16.6, 40, 1.8, bright)
        + path(decks, ink.accent)
        + path("M50 36C34 34 20 33 10 36C18 58 38 70 44 96H50Z", ink.linear(bright, ink.shape))
        + path("M50 36C66 34 80 33 90 36C82 58 62 70 56 96H50Z", ink.linear(dark, carve(ink, 0.6)))
        + path(
            "M10 36C20 33 34 34 50 36C66 34 80 33 90 36L88.6 39C78 36.6 64 37 50 39.4C36 37 22 36.6 11.4 39Z",
            lighten(ink.shape, 0.55),
        )
        + path("M40.6 83C43 88 44 92 44 96H50V84ZM59.4 83C57 88 56 92 56 96H50V84Z", ink.accent)
        + ports
        + group(ports, "matrix(-1 0 0 1 100 0)")
        + stroke(
            "M29 44.6V49.6M27 48Q29 51 31 48M71 44.6V49.6M69 48Q71 51 73 48", carve(ink, 0.6), 1
        )
        + stroke("M50 36V30M50 30L27 36M50 30L73 36", shade(ink, 0.2), 0.6)
        + path(
            "M0 100C8 90 18 92 26 94C36 96 42 88 50 96C58 88 64 96 74 94C82 92 92 90 100 100Z",
            mix(ink.depth, ink.glow, 0.25),
        )
        + path(
            "M26 99C36 99 44 90 50 96C56 90 64 99 74 99C64 102 56 97 50 100C44 97 36 102 26 99Z",
            lighten(ink.glow, 0.6),
        )
    )


@motif("sailboat")
def sailboat(ink: Ink, rng: random.Random) -> str:
    """A cutter under full sail, heeling a little."""
    main = ink.linear(lighten(ink.shape, 0.3), shade(ink, 0.12), angle=20)
    jib = ink.linear(lighten(ink.shape, 0.15), shade(ink, 0.3), angle=20)
    heel = rng.uniform(3, 7)
    boat = (
        stroke("M46 84V2", carve(ink, 0.45), 1.5)
        + path("M48 5C64 26 76 50 80 74Q64 79 48 75Z", main)
        + path("M44 8C42 34 34 58 12 76Q30 78 44 74Z", jib)
        + path("M44.4 20C36 44 24 62 4 77L12 76C32 60 42 40 44.4 20Z", carve(ink, 0.4))
        + stroke("M48 22Q54 24 59 22M48 40Q60 43 69 40M48 58Q64 61 76 58", shade(ink, 0.35), 0.7)
        + stroke("M46 78H82M46 3L2 78", carve(ink, 0.45), 1.1)
        + path("M46 3Q52 1 57 4.6Q52 5 46 7Z", ink.accent)
        + path(
            "M4 79Q40 84 88 79C86 88 80 93 70 94H26C16 93 8 87 4 79Z",
            mix(ink.depth, ink.shape, 0.25),
        )
        + path("M4 79Q40 84 88 79L87 82Q42 87 6 82.4Z", ink.accent)
        + path("M56 79.6L59 75.4H72L74 79.2Q64 81 56 79.6Z", shade(ink, 0.2))
    )
    sea = lighten(mix(ink.depth, ink.glow, 0.3), 0.08)
    return (
        group(boat, f"rotate({n(heel)} 46 90)")
        + path("M0 94Q8 89 16 93T32 93T48 93T64 93T80 93T100 92V100H0Z", sea)
        + stroke(
            "M6 97Q12 94.6 18 97T30 97M44 97.6Q50 95 56 97.6T68 97.6M78 97Q84 95 90 97",
            lighten(sea, 0.4),
            1,
        )
    )


@motif("aeroplane")
def aeroplane(ink: Ink, rng: random.Random) -> str:
    """A twin-engined airliner climbing, seen from above."""
    bright, dark = lighten(ink.shape, 0.3), shade(ink, 0.3)
    wing = (
        path("M46 33L3 45Q-2 47 -1 50.4Q0 52.6 4 52.6L46 52Z", ink.linear(bright, ink.shape))
        + path("M-.4 49L46 46V52L4 52.6Q0 52.6 -.4 49Z", dark)
        + path("M28 49V33Q28 26.4 31 25.6Q34 26.4 34 33V48Z", ink.shape)
        + path("M31 25.6Q34 26.4 34 33V48H31Z", dark)
        + ellipse(31, 25.4, 8.4, 0.9, mix(ink.shape, ink.glow, 0.4))
        + circle(31, 25, 1.3, ink.accent)
        + path("M48 80L31 87Q29 88.4 30 90.6L48 90Z", ink.shape)
        + path("M3 45L8 43.6V52.6H4Q0 52.6 -1 50.4T3 45Z", ink.accent)
    )
    plane = (
        both(wing)
        + path(
            "M50 3C54.4 6 56.4 15 56.4 27V58L53 94Q50 98 47 94L43.6 58V27C43.6 15 45.6 6 50 3Z",
            ink.shape,
        )
        + path("M50 3C54.4 6 56.4 15 56.4 27V58L53 94Q52 96 50 96.4Z", dark)
        + path("M46.4 15Q50 11.4 53.6 15L53 19Q50 17 47 19Z", carve(ink, 0.75))
        + path("M50 76L51.2 95Q50 98 48.8 95Z", ink.accent)
        + stroke("M46.4 26V60", bright, 0.9)
    )
    turn = rng.uniform(32, 42)
    trails = stroke(
        "M25 74L8 98M36 82L22 100M14 60L-1 80", mix(ink.glow, ink.ground, 0.3), 1.6, 0.8
    )
    return trails + group(
        plane, f"translate(52 50) rotate({n(turn)}) scale(1.02) translate(-50 -50)"
    )


@motif("rocket")
def rocket(ink: Ink, rng: random.Random) -> str:
    """A finned rocket on its flame."""
    bright, dark = lighten(ink.shape, 0.3), shade(ink, 0.3)
    fire = ink.linear(lighten(ink.accent, 0.6), ink.accent, ink.accent + "/0.2")
    flick = rng.uniform(-4, 4)
    fin = mix(ink.accent, ink.depth, 0.25)
    return (
        path(f"M40 76C34 86 42 90 {n(46 + flick)} 100C48 96 50 98 52 100C56 94 66 88 60 76Z", fire)
        + path(
            f"M45 76C43 84 48 88 {n(50 + flick / 2)} 95C53 88 57 84 55 76Z",
            lighten(ink.accent, 0.7),
        )
        + both(
            path("M37.4 46C24 55 17 68 17 88C22 80 30 75 40 73Z", fin)
            + path("M37.4 46C24 55 17 68 17 88C20 74 27 62 38 56Z", lighten(fin, 0.25))
        )
        + path(
            "M50 0C63 14 67 32 65 52Q63.6 64 59.4 74H40.6Q36.4 64 35 52C33 32 37 14 50 0Z",
            ink.shape,
        )
        + path("M50 0C63 14 67 32 65 52Q63.6 64 59.4 74H50Z", dark)
        + path("M50 0C41 10 36.4 23 35 38Q38 20 46 8Z", bright)
        + path("M50 0C55.6 6 59.6 13 62 20.6Q50 25 38 20.6C40.4 13 44.4 6 50 0Z", fin)
        + path("M50 0C55.6 6 59.6 13 62 20.6Q56 22.8 50 22.8Z", "#000000", 0.18)
        + circle(50, 36, 8, bright)
        + circle(50, 36, 5.8, carve(ink, 0.75))
        + path("M45.4 37A4.8 4.8 0 0 1 50 31.4", lighten(ink.accent, 0.5), 0.9)
        + path("M35.2 53.6Q50 58 64.8 53.6L64.2 57Q50 61.4 35.8 57Z", carve(ink, 0.55))
        + path("M39.6 72H60.4L57.6 78H42.4Z", carve(ink, 0.5))
        + path("M48.4 58H51.6L52.4 86L50 90L47.6 86Z", fin)
    )


@motif("saucer")
def saucer(ink: Ink, rng: random.Random) -> str:
    """A flying saucer, its beam reaching the ground."""
    beam = ink.linear(ink.accent + "/0.8", ink.accent + "/0.12")
    turn = rng.uniform(-7, 7)
    lamps = "".join(
        ellipse(x, y, 2.5, 1.7, ink.accent)
        for x, y in (
            (14, 35.6),
            (26, 38.6),
            (38, 40.2),
            (50, 40.7),
            (62, 40.2),
            (74, 38.6),
            (86, 35.6),
        )
    )
    craft = (
        path(
            "M31 26C31 10 38 3 50 3S69 10 69 26Z",
            ink.linear(lighten(ink.glow, 0.35), mix(ink.glow, ink.shape, 0.5)),
        )
        + path("M36 22C36.6 13 40 8 46 6.6C42 11 40.6 16 40.6 23Z", "#ffffff", 0.55)
        + path("M34 44H66L60 51H40Z", carve(ink, 0.5))
        + path("M2 33C10 44 30 47.6 50 47.6S90 44 98 33Z", carve(ink, 0.4))
        + path(
            "M2 33C12 26 24 24.6 31 22Q50 28 69 22C76 24.6 88 26 98 33C92 40 70 42.6 50 42.6S8 40 2 33Z",
            ink.linear(lighten(ink.shape, 0.35), ink.shape),
        )
        + stroke("M8 33.6Q28 26 50 28.4Q72 26 92 33.6", lighten(ink.shape, 0.6), 0.9)
        + lamps
    )
    return (
        path("M40 49L14 99Q50 103 86 99L60 49Z", beam)
        + ellipse(50, 98, 37, 2.6, ink.accent)
        + path("M46 49L36 99H64L54 49Z", lighten(ink.accent, 0.5), 0.35)
        + group(craft, f"rotate({n(turn)} 50 34)")
    )


@motif("submarine")
def submarine(ink: Ink, rng: random.Random) -> str:
    """A submarine with its periscope up, ports lit."""
    hull = ink.linear(lighten(ink.shape, 0.32), ink.shape, carve(ink, 0.5))
    dim, light = shade(ink, 0.3), lighten(ink.shape, 0.35)
    bubbles = "".join(
        stroke(ring(6 + rng.uniform(-4, 8), y, r), lighten(ink.glow, 0.25), 0.9)
        for y, r in ((54, 2.6), (45, 1.8), (36, 2.8), (27, 1.5))
    )
    return (
        bubbles
        + stroke("M2 74L46 52M98 76L62 52", shade(ink, 0.2), 0.7)
        + stroke("M57 50V18H62", ink.shape, 2.4)
        + path("M60 14.6H67V21H60Z", ink.shape)
        + rect(66, 15.6, 2.4, 4.4, ink.accent)
        + stroke("M51 50V30M47 50V37", shade(ink, 0.2), 1.3)
        + path("M36 73L40 58Q40.6 54 43.6 52.6L46 48H63Q66.4 48 67 51L71 73Z", ink.shape)
        + path("M58 48H63Q66.4 48 67 51L71 73H60Z", dim)
        + stroke("M46 48V44H64V48M52 44V48M58 44V48", ink.shape, 1)
        + path("M48 58H62L61 62H49Z", light)
        + path("M12 80L2 70H8L22 76ZM12 86L1 97H8L22 90Z", shade(ink, 0.25))
        + path(
            "M0 83C8 74 24 71 44 71H80C91 71 98 76 100 82C97 91 88 96 74 96H38C22 96 8 91 0 83Z",
            hull,
        )
        + path("M14 73.4L22 71.4H92L98 76L94 76.4Q54 72.6 14 75.6Z", light)
        + stroke("M4 85Q52 90 97 86", carve(ink, 0.5), 0.8)
        + "".join(
            circle(x, 81, 2.7, light) + circle(x, 81, 1.8, ink.accent) for x in (38, 50, 62, 74)
        )
        + path("M82 84L92 86L84 89Z", carve(ink, 0.45))
        + ellipse(2, 83.4, 1.4, 8, light)
    )


@motif("balloon")
def balloon(ink: Ink, rng: random.Random) -> str:
    """A hot-air balloon of many gores, basket beneath."""
    edges = [-40.0, -31.5, -19.5, -6.6, 6.6, 19.5, 31.5, 40.0]
    second = rng.choice((ink.depth, mix(ink.depth, ink.glow, 0.4)))
    tones = [second, ink.shape, second, ink.shape, second, ink.shape, second]
    gores = ""
    for k in range(7):
        a, b = edges[k], edges[k + 1]
        fill = ink.accent if k == 3 else tones[k]
        gores += path(
            f"M50 1C{n(50 + a * 0.55)} 1 {n(50 + a)} 16 {n(50 + a)} 36C{n(50 + a)} 54 {n(50 + a * 0.42)} 64 {n(50 + a * 0.2)} 77"
            f"H{n(50 + b * 0.2)}C{n(50 + b * 0.42)} 64 {n(50 + b)} 54 {n(50 + b)} 36C{n(50 + b)} 16 {n(50 + b * 0.55)} 1 50 1Z",
            fill,
        )
    envelope = "M50 1C28 1 10 16 10 36C10 54 33.2 64 42 77H58C66.8 64 90 54 90 36C90 16 72 1 50 1Z"
    dim = ink.radial("#ffffff/0.3", "#ffffff/0", "#000000/0.34", cx=0.36, cy=0.3, r=0.75)
    weave = "M43 91H57M43.6 94H56.4M46.6 88V99M50 88V99M53.4 88V99"
    return (
        gores
        + path(envelope, dim)
        + path("M10.2 39Q50 56 89.8 39L88.4 45Q50 62 11.6 45Z", lighten(ink.shape, 0.3))
        + path("M41.6 76H58.4L57 80H43Z", carve(ink, 0.4))
        + stroke("M43 79L42.6 88M57 79L57.4 88M48 80L47.4 88M52 80L52.6 88", ink.shape, 0.8)
        + path("M49 82Q50 78 51 82T50 86T49 82Z", lighten(ink.accent, 0.3))
        + path("M41.6 87H58.4L56.4 100H43.6Z", mix(ink.shape, ink.depth, 0.3))
        + stroke(weave, darken(ink.depth, 0.25), 0.8)
        + rect(40.8, 86.4, 18.4, 2.2, lighten(ink.shape, 0.3), 1)
    )
