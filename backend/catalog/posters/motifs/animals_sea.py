"""Motifs of animals of the water."""

from __future__ import annotations

import math
import random
from itertools import pairwise

from backend.catalog.posters.ink import Ink, darken, lighten, mix
from backend.catalog.posters.motifs.outline import (
    blob,
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


@motif("shark")
def shark(ink: Ink, rng: random.Random) -> str:
    """A shark driving upwards, jaws open."""
    body = blob(
        "104,45 98,38 86,34 72,31.6 62,30.6! 50,8! 47,20 46,31! 32,36 18,43 8,47! -8,24! -5,40 "
        "-1,51! -8,68! 4,60 12,54! 24,59 33,62.6! 26,73! 38,65! 50,68 58,68! 50,92! 64,82 71,68! "
        "80,67 92,63! 88,57 84,53.6! 92,55 101,52!"
    )
    belly = blob("12,53! 26,55 44,57 60,57 74,55.6 84,53.6! 88,57 92,63! 80,67 66,69 50,68 30,62")
    mouth = blob("82,52.6! 92,55 102,51! 98,58 91,66! 87,58")
    teeth = "M86 53.6l2 4.2 2.4-3.4 2 4.2 2.4-4 1.8 3 2-4.6M88.6 63l1.4-4 1.8 4.4 1.6-3"
    art = (
        fill(body, ink.linear(lighten(ink.shape, 0.3), ink.shape, darken(ink.shape, 0.3)))
        + fill(belly, mix(lighten(ink.shape, 0.45), ink.glow, 0.25))
        + fill(blob("58,68! 50,92! 64,82 71,68!"), darken(ink.shape, 0.3))
        + fill(mouth, ink.accent)
        + stroke(teeth, lighten(ink.shape, 0.8), 1.5)
        + stroke("M74 45q-3 5-1 11M70 44.6q-3 6-1 12M66 44.6q-3 6-1 12", crease(ink, 0.6), 1.3)
        + disc(90, 43.6, 2, mix(ink.ground, "#000000", 0.4))
        + disc(90.5, 43, 0.7, ink.accent)
    )
    turn = -40 + rng.uniform(-4, 2)
    return f'<g transform="translate(8 8) scale(.9)">{turned(art, turn)}</g>'


@motif("whale")
def whale(ink: Ink, rng: random.Random) -> str:
    """A great whale, tail raised, spouting."""
    body = blob(
        "93,60 98,70 98,81 92,91 80,98 62,100 44,97 29,88 18,73 12,57 9.6,43! 2,40 -3,28! 6,27 "
        "12,33! 17,24 27,19! 26,32 18,42! 22,54 32,62 46,60 60,53 74,50 85,53"
    )
    belly = blob("97,79! 84,80 66,83 50,83 38,78 26,70! 32,84 44,94 62,99 80,97 92,90")
    rise = rng.uniform(-3, 3)
    spout = curve(f"79,48 78,38 72,{28 + rise:.1f} 62,28 59,36") + curve(
        f"79,48 80,38 86,{26 + rise:.1f} 95,27 97,35"
    )
    spout += curve(f"79,46 79,34 79,{16 + rise:.1f}")
    grooves = "".join(
        curve(f"{90 - i * 2},{84 + i * 3.4:.1f} 72,{88 + i * 3} {52 + i * 4},{88 + i * 2.6:.1f}")
        for i in range(3)
    )
    return (
        stroke(spout, ink.accent, 2.4)
        + fill(body, ink.linear(lighten(ink.shape, 0.3), ink.shape, darken(ink.shape, 0.35)))
        + fill(belly, mix(lighten(ink.shape, 0.4), ink.depth, 0.2))
        + stroke(grooves, crease(ink, 0.4), 1)
        + fill(blob("66,84! 58,84 48,90 43,99! 54,99 64,95 71,88"), darken(ink.shape, 0.4))
        + disc(84, 74, 1.8, ink.accent)
    )


@motif("fish")
def fish(ink: Ink, rng: random.Random) -> str:
    """A fish leaping, scaled and finned."""
    body = blob(
        "100,47 92,38 80,30 66,27! 52,14 36,16! 42,22 42,30! 30,37 20,43! 8,26 -6,24! 0,38 2,50 "
        "-1,62 -8,76! 8,73 20,58! 32,66 44,71! 44,84! 56,80 62,73! 76,70 90,62 99,53!"
    )
    scales = "".join(
        f"M{38 + col * 9 + (row % 2) * 4.5:g} {36 + row * 6}q4.4 3 0 6"
        for row in range(5)
        for col in range(4)
    )
    art = (
        fill(body, ink.linear(lighten(ink.shape, 0.3), ink.shape, darken(ink.shape, 0.3)))
        + fill(blob("20,43! 8,26 -6,24! 0,38 2,50 -1,62 -8,76! 8,73 20,58! 24,50"), second(ink))
        + fill(blob("66,27! 52,14 36,16! 42,22 42,30! 54,27"), second(ink))
        + fill(blob("44,71! 44,84! 56,80 62,73! 54,72"), second(ink))
        + stroke(scales, crease(ink, 0.4), 1.2)
        + stroke(curve("79,31 74,40 74,56 79,69"), crease(ink, 0.55), 1.6)
        + fill(blob("70,52! 62,48 52,50 48,58! 56,62 66,60"), ink.accent)
        + disc(87, 43, 4.4, lighten(ink.shape, 0.7))
        + disc(88, 43, 2.2, mix(ink.ground, "#000000", 0.5))
        + stroke("M99 53q-5 1-8 4", crease(ink, 0.6), 1.2)
        + stroke(curve("-2,34 8,42 16,48") + curve("-3,66 8,60 16,53"), crease(ink, 0.4), 1)
    )
    turn = -36 + rng.uniform(-6, 2)
    return f'<g transform="translate(14 6) scale(.86)">{turned(art, turn)}</g>'


@motif("tentacle")
def tentacle(ink: Ink, rng: random.Random) -> str:
    """Three tentacles rising from below, curled at their tips, with suckers."""
    arms = (
        (
            second(ink),
            ((22, 104, 9), (13, 84, 8), (10, 64, 6.6), (17, 46, 5.2), (27, 36, 4), (27, 25, 3),
             (18, 22, 2.2), (14, 29, 1.4)),
        ),
        (
            darken(second(ink), 0.2),
            ((80, 104, 9), (90, 86, 8), (91, 68, 6.6), (82, 54, 5), (76, 42, 3.8), (82, 32, 2.8),
             (90, 34, 2), (89, 41, 1.2)),
        ),
        (
            volume(ink),
            ((50, 106, 14), (58, 88, 12), (62, 70, 10), (55, 52, 8.6), (46, 38, 7.2), (46, 23, 5.8),
             (57, 13, 4.6), (68, 17, 3.6), (69, 27, 2.7), (61, 29, 1.8)),
        ),
    )  # fmt: skip
    sway = rng.uniform(-2, 2)
    parts = []
    for paint, joints in arms:
        xs = [(x + sway * (104 - y) / 100, y, r) for x, y, r in joints]
        left, right = [], []
        for i, (x, y, r) in enumerate(xs):
            (ax, ay, _), (bx, by, _) = xs[max(i - 1, 0)], xs[min(i + 1, len(xs) - 1)]
            length = math.hypot(bx - ax, by - ay)
            nx, ny = (by - ay) / length, -(bx - ax) / length
            left.append(f"{x + nx * r:.1f},{min(y + ny * r, 100):.1f}")
            right.append(f"{x - nx * r:.1f},{min(y - ny * r, 100):.1f}")
        parts.append(
            fill(blob(f"{left[0]}! {' '.join(left[1:] + right[:0:-1])} {right[0]}!"), paint)
        )
        for (ax, ay, ar), (bx, by, br) in pairwise(xs):
            for t in (0.2, 0.7):
                width = ar + (br - ar) * t
                aside = 0.42 * width / math.hypot(bx - ax, by - ay)
                cx = ax + (bx - ax) * t + (by - ay) * aside
                cy = ay + (by - ay) * t - (bx - ax) * aside
                if cy < 97:
                    parts.append(disc(cx, cy, width * 0.34, ink.accent))
    return "".join(parts)
