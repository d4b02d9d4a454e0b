"""Buildings people stay in; the modules imported here hold the other built things."""

from __future__ import annotations

import random

from backend.catalog.posters.ink import Ink, darken, lighten, mix
from backend.catalog.posters.motifs import buildings_inside as buildings_inside
from backend.catalog.posters.motifs import buildings_parts as buildings_parts
from backend.catalog.posters.motifs import buildings_scenes as buildings_scenes
from backend.catalog.posters.motifs import buildings_tall as buildings_tall
from backend.catalog.posters.motifs.marks import (
    arch,
    both,
    box,
    carve,
    circle,
    n,
    path,
    rect,
    shade,
    stroke,
)
from backend.catalog.posters.registry import motif


@motif("house")
def house(ink: Ink, rng: random.Random) -> str:
    """A gabled family house with a porch and somebody at home."""
    wall = ink.linear(lighten(ink.shape, 0.15), shade(ink, 0.12), angle=0)
    roof, trim = mix(ink.depth, ink.shape, 0.15), lighten(ink.shape, 0.35)
    panes = [(29, 51), (45.5, 51), (62, 51), (26, 78), (65, 78)]
    lit = set(rng.sample(range(5), 3))
    windows = [box(x, y, 9, 11) for x, y in panes]
    boards = "".join(f"M21 {y}H79" for y in range(50, 92, 4))
    glazing = "".join(f"M{n(x + 4.5)} {y}v11M{n(x)} {n(y + 5.5)}h9" for x, y in panes)
    posts = "".join(box(x, 74, 2.4, 20) for x in (14, 35, 62.6, 83.6))
    rails = "".join(f"M{x} 87V93" for x in (*range(18, 35, 3), *range(67, 83, 3)))
    return (
        path("M67 8h9v34h-9Z", shade(ink, 0.3))
        + rect(65.5, 6, 12, 4, roof)
        + path("M50 16L80 46V96H20V46Z", wall)
        + stroke(boards, shade(ink, 0.28), 0.5)
        + path("M50 9L93 52L89 56.5L50 18L11 56.5L7 52Z", roof)
        + path("M50 18L89 56.5H86L50 21L14 56.5H11Z", trim)
        + path("M44.5 43V37A5.5 5.5 0 0 1 55.5 37V43Z", ink.accent)
        + stroke("M50 31.5V43M44.5 37.5H55.5", trim, 0.9)
        + path("".join(w for i, w in enumerate(windows) if i not in lit), carve(ink, 0.72))
        + path("".join(w for i, w in enumerate(windows) if i in lit), ink.accent)
        + stroke("".join(windows) + glazing, trim, 0.9)
        + rect(44, 76, 12, 20, mix(ink.depth, ink.ground, 0.3))
        + path(arch(46, 78, 8, 8), ink.accent)
        + path("M8 75L20 65H80L92 75Z", roof)
        + rect(8, 73.6, 84, 2.4, trim)
        + path(posts, trim)
        + stroke("M16 87H36M64 87H84" + rails, trim, 0.9)
        + rect(10, 93, 80, 4, shade(ink, 0.35))
        + path("M40 93H60V96H63V100H37V96H40Z", shade(ink, 0.15))
        + rect(6, 97, 31, 3, ink.depth)
        + rect(63, 97, 31, 3, ink.depth)
    )


@motif("cabin")
def cabin(ink: Ink, rng: random.Random) -> str:
    """A log cabin under a heavy roof, smoke rising."""
    roof, dark = mix(ink.depth, ink.shape, 0.2), carve(ink, 0.45)
    logs = ends = ""
    for i in range(6):
        y = 57 + i * 6.6
        logs += rect(9, y, 82, 6, ink.shape if i % 2 else shade(ink, 0.1), 3)
        for x in (19, 81):
            ends += circle(x, y + 3, 3.4, lighten(ink.shape, 0.22)) + circle(x, y + 3, 1.5, dark)
    lean = rng.choice((-1, 1))
    smoke = f"M70 20C{70 - 6 * lean} 14 {70 + 8 * lean} 10 {70 + 2 * lean} 1"
    shingles = ""
    for row, y in enumerate((38, 45, 52)):
        reach = 27 + row * 6.2
        shingles += f"M{n(50 - reach)} {y}H{n(50 + reach)}"
        for k in range(int(-reach / 7), int(reach / 7) + 1):
            left = 50 + k * 7 + row % 2 * 3.5
            shingles += f"M{n(left)} {y}v-{rng.choice((3, 4, 5))}"
    return (
        stroke(smoke, carve(ink, 0.45), 4.5, 0.6)
        + path("M63 44V22H77V44Z", shade(ink, 0.25))
        + stroke("M64 27H70M72 31H76M65 34H69M71 27.5H75", dark, 1)
        + rect(61.5, 20, 17, 3.4, ink.shape)
        + rect(11, 56, 78, 41, dark)
        + logs
        + ends
        + path("M3 60L24 30H76L97 60H91Q50 56.6 9 60Z", roof)
        + stroke(shingles, ink.ground, 0.8, 0.45)
        + stroke("M3.6 59.2L24 30H76L96.4 59.2", lighten(roof, 0.3), 1.4)
        + rect(30, 68, 16, 30, darken(dark, 0.2))
        + stroke("M34 69V97M38 69V97M42 69V97", ink.ground, 0.8, 0.5)
        + circle(43, 84, 1.2, ink.accent)
        + rect(54, 68, 20, 14, ink.accent)
        + stroke("M54 68H74V82H54ZM64 68V82M54 75H74", lighten(ink.shape, 0.3), 1.6)
        + path("M4 100Q20 94 50 96Q82 94 96 100Z", ink.depth)
        + path("M28 97H48L52 100H24Z", shade(ink, 0.2))
    )


@motif("pagoda")
def pagoda(ink: Ink, rng: random.Random) -> str:
    """Five roofs with upturned eaves, one above the other."""
    roof = ink.linear(lighten(ink.shape, 0.2), ink.shape)
    under, wall = carve(ink, 0.5), shade(ink, 0.22)
    parts = stroke("M50 1V20", ink.shape, 1.6)
    parts += "".join(
        rect(50 - w, y, 2 * w, 1.4, ink.shape, 0.7) for w, y in ((2, 6), (2.8, 9), (3.6, 12))
    )
    parts += circle(50, 2, 1.8, ink.accent)
    for i in range(5):
        y = 17 + i * 15.6
        w, b, t = 23 + i * 5.4, 11 + i * 3.4, 7.6 + i * 3.4
        count = 3 + i
        lit = "".join(
            box(50 - b + 2 + k * (2 * b - 4) / count + 0.8, y + 11.4, (2 * b - 4) / count - 1.6, 4)
            for k in range(count)
            if rng.random() < 0.8
        )
        left, right = 50 - w, 50 + w
        eaves = (
            f"M{n(50 - t)} {n(y)}C{n(50 - t - 3)} {n(y + 6)} {n(left + 9)} {n(y + 8)} {n(left)} {n(y + 4.4)}"
            f"Q{n(left + 2)} {n(y + 9)} {n(left + 6)} {n(y + 9.4)}Q50 {n(y + 11)} {n(right - 6)} {n(y + 9.4)}"
            f"Q{n(right - 2)} {n(y + 9)} {n(right)} {n(y + 4.4)}"
            f"C{n(right - 9)} {n(y + 8)} {n(50 + t + 3)} {n(y + 6)} {n(50 + t)} {n(y)}Z"
        )
        parts += rect(50 - b, y + 8, 2 * b, 9, wall) + path(lit, ink.accent)
        parts += rect(50 - b - 1.4, y + 8, 2 * b + 2.8, 3, under) + path(eaves, roof)
    return parts + path("M22 95H78L82 100H18Z", wall) + rect(44, 89.6, 12, 8, under)


@motif("hotel")
def hotel(ink: Ink, rng: random.Random) -> str:
    """A grand hotel: mansard roofs, a flag, rows of windows, an awning."""
    roof = mix(ink.depth, ink.shape, 0.2)
    trim, dim = lighten(ink.shape, 0.35), shade(ink, 0.18)
    lit = dark = sills = ""
    for row in range(5):
        y = 43 + row * 9.4
        for x in (8.5, 15.5, 22.5, 29.5, 38.5, 44, 53, 58.5, 67.5, 74.5, 81.5, 88.5):
            if row == 4 and 34 < x < 62:
                continue
            pane = box(x, y, 3, 5.6)
            if rng.random() < 0.45:
                lit += pane
            else:
                dark += pane
        sills += f"M6 {n(y + 7.2)}H94"
    wing = path("M5 98V40H36V98Z", ink.shape) + path("M3.6 40.4L8 28H34V40.4Z", roof)
    wing += rect(3, 39, 33, 2, trim) + path(arch(11, 31, 4, 6) + arch(22, 31, 4, 6), ink.accent)
    wing += path("M12 28V22H16V28ZM24 28V24H28V28Z", dim)
    return (
        both(wing)
        + path("M34 98V34H66V98Z", lighten(ink.shape, 0.12))
        + path("M32.6 34.4C35 24 36 16 43 13H57C64 16 65 24 67.4 34.4Z", roof)
        + rect(32, 33, 36, 2.4, trim)
        + rect(42, 11.4, 16, 2.2, trim)
        + path(arch(39, 22, 5, 8) + arch(56, 22, 5, 8), ink.accent)
        + circle(50, 25, 4.4, trim)
        + stroke("M50 25V22.4M50 25L51.8 26", roof, 0.8)
        + stroke("M50 12V0", trim, 1)
        + path("M50.4 0Q54 -1 57 .6T63 .4V6Q60 7.4 57 6T50.4 6Z", ink.accent)
        + stroke(sills, dim, 0.7)
        + path(dark, carve(ink, 0.72))
        + path(lit, ink.accent)
        + path(arch(43.5, 83, 13, 15), carve(ink, 0.7))
        + path(arch(45, 85, 10, 13), ink.accent)
        + stroke("M50 85V98", carve(ink, 0.6), 1)
        + path("M38 79H62L66 86H34Z", roof)
        + path("".join(f"M{34 + 4 * k} 86h4a2 2 0 0 1 -4 0z" for k in range(8)), ink.accent)
        + rect(36, 87, 1, 11, trim)
        + rect(63, 87, 1, 11, trim)
        + rect(2, 96.6, 96, 3.4, dim)
        + path("M41 96H59L62 100H38Z", trim)
    )


@motif("tent")
def tent(ink: Ink, rng: random.Random) -> str:
    """The big top: striped canvas, scalloped eaves, flags, an open flap."""
    pale, dark = ink.shape, mix(ink.depth, ink.accent, 0.3)
    edges = [7, 17.75, 28.5, 39.25, 50, 60.75, 71.5, 82.25, 93]
    parts = ""
    for k in range(8):
        a, b = edges[k], edges[k + 1]
        fill = dark if k in (1, 3, 4, 6) else pale
        ca, cb = 50 + (a - 50) * 0.27, 50 + (b - 50) * 0.27
        wa, wb = 50 + (a - 50) * 0.9, 50 + (b - 50) * 0.9
        parts += path(f"M{n(wa)} 56H{n(wb)}V98H{n(wa)}Z", fill)
        parts += path(f"M{n(wa)} 56H{n(wb)}V98H{n(wa)}Z", "#000000", 0.14)
        parts += path(f"M50 10Q{n(ca)} 42 {n(a)} 57L{n(b)} 57Q{n(cb)} 42 50 10Z", fill)
        scallop = pale if fill == dark else dark
        parts += path(f"M{n(a)} 56.6H{n(b)}V59Q{n((a + b) / 2)} 67 {n(a)} 59Z", scallop)
    flags = "".join(
        stroke(f"M{n(x)} {y}V{y - 9}", pale, 0.9)
        + path(
            f"M{n(x)} {y - 9}l{9 if x >= 50 else -9} 2.4l{-9 if x >= 50 else 9} 2.6z", ink.accent
        )
        for x, y in ((7.6, 57), (92.4, 57))
    )
    wave = rng.uniform(-1.5, 1.5)
    return (
        parts
        + path("M50 10Q60 42 93 57H82.25Q58 42 50 10Z", "#000000", 0.16)
        + path("M50 60L37 98H63Z", darken(mix(ink.ground, ink.depth, 0.4), 0.4))
        + path("M50 74L44 98H56Z", ink.accent, 0.85)
        + path("M50 60Q45 80 33 90L37 98H33L40 64ZM50 60Q55 80 67 90L63 98H67L60 64Z", pale)
        + flags
        + stroke("M50 12V0", pale, 1.2)
        + path(f"M50 -1Q55 {n(wave)} 58 1T66 2L59 5Q55 6 50 6Z", ink.accent)
        + rect(3, 97.4, 94, 2.6, ink.depth)
    )
