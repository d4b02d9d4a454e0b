"""Buildings that rise above the rest: tower, castle, cathedral, lighthouse, windmill."""

from __future__ import annotations

import math
import random

from backend.catalog.posters.ink import Ink, lighten, mix
from backend.catalog.posters.motifs.marks import (
    arch,
    both,
    box,
    carve,
    circle,
    group,
    n,
    path,
    polar,
    rect,
    shade,
    stroke,
)
from backend.catalog.posters.registry import motif


def _battlement(left: float, right: float, y: float, teeth: int, height: float = 3.0) -> str:
    """Path data of a toothed wall top, from (left, y) to (right, y)."""
    step = (right - left) / (2 * teeth - 1)
    d = f"L{n(left)} {n(y)}"
    for i in range(teeth):
        d += f"h{n(step)}" + (f"v{n(height)}h{n(step)}v{n(-height)}" if i < teeth - 1 else "")
    return d


@motif("tower")
def tower(ink: Ink, rng: random.Random) -> str:
    """A skyscraper of the nineteen-thirties: setbacks, ribs and a mast."""
    tiers = [(7.0, 15.0), (12.0, 22.0), (17.0, 34.0), (22.0, 54.0), (28.0, 82.0)]
    left, right, ribs, lit = "M50 0L49 8L47 9L46 15", "M50 0L51 8L53 9L54 15", "", ""
    for half, y in tiers:
        left += f"V{n(y)}H{n(50 - half)}"
        right += f"V{n(y)}H{n(50 + half)}"
    for i, (half, y) in enumerate(tiers[1:], 1):
        inner = tiers[i - 1][0]
        for x in (half - 2.6, (half + inner) / 2 - 0.4):
            ribs += f"M{n(50 - x)} {n(y + 3)}V97M{n(50 + x)} {n(y + 3)}V97"
    for x in (3.0, 8.5, 13.5, 18.5, 24.5):
        top = next(y for half, y in tiers if half > x + 1)
        for row in range(int((92 - top) / 4)):
            for side in (-1, 1):
                if rng.random() < 0.42:
                    lit += box(50 + side * x - 0.8, top + 4 + row * 4, 1.6, 2.4)
    crown = "".join(f"M{n(50 + x)} 21V{n(12 + abs(x) * 0.7)}" for x in (-4, -2, 0, 2, 4))
    return (
        path(left + "V100H50Z", ink.linear(lighten(ink.shape, 0.22), ink.shape))
        + path(right + "V100H50Z", ink.linear(shade(ink, 0.12), shade(ink, 0.34)))
        + stroke(ribs + crown, carve(ink, 0.55), 0.8)
        + path(lit, ink.accent)
        + path(arch(45, 88, 10, 12), ink.accent)
        + stroke("M50 89V100M45 95H55", carve(ink, 0.5), 0.8)
    )


@motif("castle")
def castle(ink: Ink, rng: random.Random) -> str:
    """A castle on its rock: keep, four towers with pointed roofs, a gate."""
    stone, dim, far = ink.shape, shade(ink, 0.22), carve(ink, 0.42)
    roof = mix(ink.depth, ink.shape, 0.28)

    def turret(x: float, w: float, y: float, tip: float, fill: str, foot: float = 88) -> str:
        flare = w * 0.17
        body = f"M{n(x)} {n(foot)}V{n(y + 4)}L{n(x - flare)} {n(y)}H{n(x + w + flare)}L{n(x + w)} {n(y + 4)}V{n(foot)}Z"
        cone = f"M{n(x - flare - 1)} {n(y)}Q{n(x + w * 0.36)} {n(y - (y - tip) * 0.42)} {n(x + w / 2)} {n(tip)}"
        cone += f"Q{n(x + w * 0.64)} {n(y - (y - tip) * 0.42)} {n(x + w + flare + 1)} {n(y)}Z"
        dark = f"M{n(x + w * 0.62)} {n(foot)}V{n(y)}H{n(x + w + flare)}L{n(x + w)} {n(y + 4)}V{n(foot)}Z"
        return path(body, fill) + path(dark, ink.ground, 0.2) + path(cone, roof)

    slits = ""
    for x, top, bottom in ((28, 36, 60), (50, 24, 34), (70, 52, 70), (42, 52, 62), (58, 52, 62)):
        slits += arch(x - 1.3, rng.uniform(top, bottom - 6), 2.6, 6)
    slits += arch(10.9, 74, 2.2, 5) + arch(87.9, 74, 2.2, 5)
    return (
        turret(45, 10, 22, 2, far, 60)
        + turret(56, 7, 38, 22, far, 60)
        + path("M8 92V64" + _battlement(8, 24, 64, 4) + "V92Z", dim)
        + path("M76 92V66" + _battlement(76, 92, 66, 4) + "V92Z", dim)
        + turret(7, 9, 62, 44, stone)
        + turret(84, 9, 64, 47, stone)
        + path("M34 92V44" + _battlement(34, 66, 44, 6, 3.4) + "V92Z", stone)
        + path("M34 49H66V51H34Z", dim)
        + turret(21, 14, 31, 5, stone, 92)
        + turret(64, 12, 46, 25, stone, 92)
        + path(slits, ink.accent)
        + path("M0 100Q7 90 16 89L30 86Q50 90 68 86L86 89Q95 92 100 100Z", ink.depth)
        + path(arch(43.5, 68, 13, 22, pointed=True), ink.ground)
        + stroke("M47 73V88M50 70V88M53 73V88M44 78H56M44 83H56", dim, 0.7)
        + path("M43.5 89H56.5L64 100H36Z", shade(ink, 0.3))
        + stroke("M28 6V0M50 3V-2", roof, 0.8)
        + path("M28 0L36 1.8L28 3.8Z", ink.accent)
    )


@motif("cathedral")
def cathedral(ink: Ink, rng: random.Random) -> str:
    """A Gothic west front: two spires, a rose window, three portals."""
    dim, deep = shade(ink, 0.2), carve(ink, 0.6)
    spire = (
        "M29 -1L31 9L37 33H40V100H18V33H21L27 9Z"
        "M18 33L16.4 38V24L18 19L19.6 24V33ZM40 33V24L41 19L42.6 24V38H40Z"
    )
    buttress = "M18 46L14 52V62L10 68V100H18Z"
    crockets = "".join(
        f"M{n(29 - w)} {n(y)}l-1.4 -1.2M{n(29 + w)} {n(y)}l1.4 -1.2"
        for w, y in ((2.6, 13), (3.7, 18), (4.8, 23), (6, 28))
    )
    lancets = arch(22.5, 40, 5, 16, True) + arch(30.5, 40, 5, 16, True)
    lancets += arch(22.5, 61, 5, 13, True) + arch(30.5, 61, 5, 13, True)
    turn = rng.uniform(0, math.tau / 12)
    petals = ""
    for k in range(12):
        a = turn + k * math.tau / 12
        left, tip, right = (
            polar(50, 56, r, a + w) for r, w in ((5.4, -0.34), (7.8, 0), (5.4, 0.34))
        )
        petals += f"M50 56Q{n(left[0])} {n(left[1])} {n(tip[0])} {n(tip[1])}Q{n(right[0])} {n(right[1])} 50 56Z"
    front = path("M38 100V46L50 25L62 46V100Z", ink.shape)
    half_dark = path("M29 -1L31 9L37 33H40V100H29Z", ink.ground, 0.16)
    portal = arch(21, 79, 16, 21, True)
    return (
        both(path(buttress, dim))
        + front
        + both(
            path(spire, ink.shape)
            + half_dark
            + stroke(crockets, ink.shape, 1)
            + path(lancets, deep)
            + stroke("M18 37.5H40M18 58.6H40M14 76.6H40", dim, 1)
            + path(portal, dim)
            + path(arch(23.5, 83, 11, 17, True), deep)
        )
        + stroke("M40 42L50 28L60 42M38 68H62M38 76.6H62", dim, 1)
        + path("".join(arch(x, 69.6, 2.6, 6) for x in (40, 43.8, 47.6, 51.4, 55.2)), deep)
        + circle(50, 56, 9.6, dim)
        + circle(50, 56, 8.4, deep)
        + path(petals, ink.accent)
        + circle(50, 56, 1.8, ink.accent)
        + path(arch(40, 77.5, 20, 22.5, True), dim)
        + path(arch(43, 81.5, 14, 18.5, True), ink.accent)
        + stroke("M50 84V100M50 25V17M47.5 19.5H52.5", ink.shape, 1.3)
        + rect(6, 98, 88, 2, dim)
    )


@motif("lighthouse")
def lighthouse(ink: Ink, rng: random.Random) -> str:
    """A striped lighthouse on a rock, its beam sweeping both ways."""
    stripes = ""
    for k in range(3):
        top, bottom = 38 + k * 18, 46.5 + k * 18
        a, b = 8.2 + (top - 30) * 0.085, 8.2 + (bottom - 30) * 0.085
        stripes += f"M{n(50 - a)} {top}Q50 {top + 2} {n(50 + a)} {top}L{n(50 + b)} {n(bottom)}Q50 {n(bottom + 2)} {n(50 - b)} {n(bottom)}Z"
    beam = ink.linear(ink.accent + "/0", ink.accent + "/0.75", angle=0)
    tilt = rng.uniform(-6, 6)
    light = group(path("M50 21.5L-4 6V37Z", beam), f"rotate({n(tilt)} 50 21.5)")
    light += group(
        path("M50 21.5L-4 6V37Z", beam), f"matrix(-1 0 0 1 100 0) rotate({n(-tilt)} 50 21.5)"
    )
    body = "M41.6 30H58.4L63.6 92H36.4Z"
    return (
        light
        + path(body, ink.shape)
        + path(stripes, mix(ink.depth, ink.ground, 0.15))
        + path(body, ink.linear("#ffffff/0.2", "#ffffff/0", "#000000/0.32", angle=0))
        + rect(43.4, 15, 13.2, 13, ink.accent)
        + circle(50, 21.5, 4, lighten(ink.accent, 0.6))
        + stroke("M43.4 15V28M50 15V28M56.6 15V28", ink.shape, 1.1)
        + path("M41 15.6C42 9 46 7 49.2 6.4V2.6H50.8V6.4C54 7 58 9 59 15.6Z", ink.shape)
        + stroke("M38 24.6H43M57 24.6H62M38 24.6V29M62 24.6V29", ink.shape, 1)
        + path("M36.6 28H63.4L61 32H39Z", shade(ink, 0.25))
        + path(arch(48.4, 50, 3.2, 5.4) + arch(48.4, 66, 3.2, 5.4), ink.ground)
        + path("M10 100L20 93L29 91L34 85L42 87H57L67 84L73 90L82 92L92 100Z", ink.depth)
        + path("M34 85L42 87L38 93L29 91ZM67 84L73 90L64 95L58 89Z", lighten(ink.depth, 0.16))
        + path(arch(46, 76, 8, 12), ink.ground)
        + stroke("M4 98Q12 94 20 98T36 98T52 98T68 98T84 98T97 97", lighten(ink.depth, 0.4), 1.6)
    )


@motif("windmill")
def windmill(ink: Ink, rng: random.Random) -> str:
    """A tower mill, four latticed sails."""
    lattice = "M50 -1V40" + "".join(f"M50 {y}h9" for y in range(2, 32, 5)) + "M54.5 2V30"
    sail = path("M50 2H59V31H50Z", shade(ink, 0.18), 0.55) + stroke(
        lattice + "M59 2V31", ink.shape, 1.2
    )
    turn = rng.uniform(18, 62)
    sails = "".join(group(sail, f"rotate({n(turn + a)} 50 41)") for a in (0, 90, 180, 270))
    body = "M34 98L41 45H59L66 98Z"
    return (
        path(body, mix(ink.depth, ink.shape, 0.35))
        + path(body, ink.linear("#ffffff/0.22", "#ffffff/0", "#000000/0.3", angle=0))
        + path("M38.4 46C38.6 36 44 32 50 32S61.4 36 61.6 46Z", shade(ink, 0.1))
        + path("M33 75H67L68.4 78H31.6Z", ink.shape)
        + stroke(
            "M32 69.5H68M32 70V76M38 70V76M44 70V76M50 70V76M56 70V76M62 70V76M68 70V76",
            ink.shape,
            0.9,
        )
        + path(arch(47, 54, 6, 9), ink.accent)
        + path(arch(45, 83, 10, 15), ink.ground)
        + path("M8 100Q30 94 50 95.6T92 100Z", ink.depth)
        + sails
        + circle(50, 41, 3.2, lighten(ink.shape, 0.3))
        + circle(50, 41, 1.2, ink.ground)
    )
