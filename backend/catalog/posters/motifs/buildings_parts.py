"""Ways in and out of buildings: gate, door, window, staircase."""

from __future__ import annotations

import random

from backend.catalog.posters.ink import Ink, darken, lighten, mix
from backend.catalog.posters.motifs.marks import (
    Point,
    arch,
    both,
    box,
    carve,
    circle,
    n,
    path,
    polygon,
    rect,
    ring,
    shade,
    stroke,
)
from backend.catalog.posters.registry import motif


@motif("gate")
def gate(ink: Ink, rng: random.Random) -> str:
    """Wrought-iron gates between two stone pillars."""
    iron = mix(ink.shape, ink.depth, 0.25)
    bars = spears = ""
    for k in range(1, 9):
        x = 20.5 + k * 3.35
        top = 46 - 22 * (k / 8) ** 1.6
        bars += f"M{n(x)} {n(top + 4)}V97"
        spears += f"M{n(x)} {n(top - 3)}l1.7 4.6l-1.7 3l-1.7 -3z"
    stone = ink.linear(lighten(ink.shape, 0.18), shade(ink, 0.25), angle=0)
    courses = "".join(f"M5 {y}H21" for y in range(40, 96, 8))
    courses += "".join(
        f"M{rng.choice((9, 11, 13, 16))} {y}v8" for y in range(32, 92, 8) for _ in (0, 1)
    )
    pillar = (
        rect(5, 30, 16, 68, stone)
        + stroke(courses, carve(ink, 0.4), 0.8)
        + path("M2 26H24L21 31H5Z", ink.shape)
        + path("M5 22H21V26H5Z", shade(ink, 0.2))
        + circle(
            13, 15.4, 6.8, ink.radial(lighten(ink.shape, 0.3), shade(ink, 0.2), cx=0.4, cy=0.35)
        )
        + rect(2, 94, 22, 6, shade(ink, 0.15))
    )
    scroll = "M22 52Q30 55 34 44C36 38 30 36 30 41S38 44 42 33C44 27 49 24 49.2 20"
    leaf = (
        stroke(bars, iron, 1.5)
        + path(spears, iron)
        + stroke("M21 56H49.4M21 60.2H49.4M21 67H49.4M21 92H49.4M48.8 26V98", iron, 1.6)
        + stroke(
            "M22 63.6" + "q1.7 -5.4 3.4 0t3.4 0" * 4 + "M22 63.6" + "q1.7 5.4 3.4 0t3.4 0" * 4,
            iron,
            0.8,
        )
        + stroke(scroll, iron, 1.6)
    )
    return (
        both(leaf + pillar)
        + path("M50 3L53 13L50 22L47 13Z", iron)
        + stroke(ring(50, 44, 7.4), iron, 1.6)
        + circle(50, 44, 5.6, ink.accent)
        + path("M50 39.6L51.3 42.8L54.4 44L51.3 45.2L50 48.4L48.7 45.2L45.6 44L48.7 42.8Z", iron)
    )


@motif("door")
def door(ink: Ink, rng: random.Random) -> str:
    """A door standing ajar, light falling through it onto the floor."""
    leaf = ink.linear(carve(ink, 0.42), shade(ink, 0.2), angle=0)
    edge, dark = lighten(ink.shape, 0.3), carve(ink, 0.6)
    free = rng.uniform(42, 56)  # x of the leaf's free edge: how far it stands open

    def on_leaf(across: float, y: float) -> Point:
        """A point of the leaf, `across` from its free edge (0) to its hinge (1); 50 is mid-height."""
        return free + (74 - free) * across, 50 + (y - 50) * (0.875 + 0.125 * across)

    panels = "".join(
        polygon([on_leaf(0.22, t), on_leaf(0.78, t), on_leaf(0.78, b), on_leaf(0.22, b)])
        for t, b in ((16, 38), (43, 55), (60, 80))
    )
    return (
        path(
            f"M27 84L{n(free + 3)} 84L{n(free - 5)} 100H-2Z",
            ink.linear(ink.accent, mix(ink.accent, ink.ground, 0.6), angle=90),
            0.9,
        )
        + path("M18 86V1H82V86H74V9H26V86Z", ink.shape)
        + path("M18 86V1H82L74 9H26V86Z", edge, 0.6)
        + rect(26, 9, 48, 76, ink.linear(lighten(ink.accent, 0.55), ink.accent))
        + path(f"M26 9H{n(free)}V85H26Z", ink.radial("#ffffff/0.5", "#ffffff/0", r=0.7))
        + path(f"M74 9L{n(free)} 15V81L74 85Z", leaf)
        + path(panels, dark)
        + stroke(panels, edge, 0.6, 0.6)
        + stroke(f"M{n(free)} 15V81", edge, 1.2)
        + circle(free + 2.4, 50, 1.7, ink.accent)
        + path("M14 85H26V88H14ZM74 85H86V88H74Z", shade(ink, 0.2))
    )


@motif("window")
def window(ink: Ink, rng: random.Random) -> str:
    """A lit sash window with tied curtains and a flower on the sill."""
    drape, fold = mix(ink.depth, ink.shape, 0.2), darken(ink.depth, 0.25)
    blooms = ""
    for x, h in ((63, 14), (68, 19), (73, 13)):
        tip = x + rng.uniform(-2, 2)
        blooms += stroke(f"M68 84Q{x} {84 - h / 2} {n(tip)} {84 - h}", carve(ink, 0.5), 1)
        blooms += circle(tip, 84 - h, 2.6, shade(ink, 0.15))
    curtain = (
        path("M17 11H45C43 34 34 50 24 58C27 68 29 78 30 87H17Z", drape)
        + path("M25 11H31C31 32 28 48 22 57L17 58V40C22 32 25 22 25 11Z", fold)
        + path("M37 11H42C40 33 32 48 24 57C31 46 36 30 37 11Z", fold)
        + path("M20 62L23 61C24 70 25 79 25 87H21Z", fold)
        + path("M16 55L26 56.4L25 61L16 60.6Z", ink.shape)
    )
    return (
        rect(12, 7, 76, 82, ink.shape)
        + rect(17, 12, 66, 76, ink.radial(lighten(ink.accent, 0.5), ink.accent, r=0.6))
        + stroke("M50 12V88M17 31H83M17 69H83", ink.shape, 2)
        + rect(17, 47.6, 66, 4.4, ink.shape)
        + both(curtain)
        + blooms
        + path("M62.6 80H73.4L72 89H64Z", shade(ink, 0.35))
        + rect(8, 2, 84, 6, lighten(ink.shape, 0.2), 1)
        + rect(12, 8, 76, 1.6, carve(ink, 0.4))
        + rect(6, 88, 88, 6, lighten(ink.shape, 0.2), 1)
        + rect(10, 94, 80, 2, carve(ink, 0.45))
        + path("M16 96H24L21 101H17ZM76 96H84L83 101H79Z", ink.shape)
    )


@motif("staircase")
def staircase(ink: Ink, rng: random.Random) -> str:
    """A grand flight of stairs climbing to a lit door, a runner down the middle."""
    risers = treads = runner = runner_top = balusters = ""
    left: list[Point] = []
    rail: list[Point] = []
    y = 99.0

    def tread(near: float, far: float, front: float, back: float) -> str:
        """The top of a step, `near` and `far` half as wide as its edges."""
        return polygon([(50 - near, front), (50 + near, front), (50 + far, back), (50 - far, back)])

    for i in range(9):
        size = 0.915**i  # each step looks this much smaller than the first
        half, narrower = (12 + 28 * f**1.5 for f in (size, size * 0.915))
        top = y - 5.4 * size
        back = top - 2.6 * size
        risers += box(50 - half, top, 2 * half, y - top)
        runner += box(50 - half * 0.42, top, half * 0.84, y - top)
        treads += tread(half, narrower, top, back)
        runner_top += tread(half * 0.42, narrower * 0.42, top, back)
        rail.append((49 - half, top - 17 * size))
        balusters += f"M{n(49 - half)} {n(top)}V{n(top - 17 * size)}"
        left.append((47 - half, y))
        y = back
    parts = (
        path(risers, shade(ink, 0.3))
        + path(treads, lighten(ink.shape, 0.12))
        + path(runner, darken(ink.accent, 0.25))
        + path(runner_top, ink.accent)
    )
    top_y = y
    curve = "".join(f"L{n(x)} {n(v)}" for x, v in rail)
    door_h = 24.0
    glow = ink.linear(lighten(ink.accent, 0.6), ink.accent)
    wings = (
        path(
            f"M7 100L{n(left[1][0])} {n(left[1][1])}"
            + "".join(f"L{n(a)} {n(b)}" for a, b in left[2:])
            + f"L36 {n(top_y)}H40"
            + "".join(f"L{n(a + 4)} {n(b)}" for a, b in reversed(left))
            + "Z",
            ink.depth,
        )
        + stroke(balusters, ink.shape, 1.1)
        + stroke(f"M4 80Q6 76 {n(rail[0][0])} {n(rail[0][1])}{curve}", ink.shape, 2.4)
        + path("M1 100V80H8V100Z", ink.shape)
        + circle(4.5, 77, 3.8, lighten(ink.shape, 0.2))
    )
    ajar = rng.random() < 0.7
    return (
        path(arch(36, top_y - door_h - 6, 28, door_h + 6), ink.shape)
        + path(arch(39, top_y - door_h - 3, 22, door_h + 3), glow)
        + parts
        + both(wings)
        + ("" if ajar else path(box(49.6, top_y - door_h, 0.8, door_h), shade(ink, 0.2)))
    )
