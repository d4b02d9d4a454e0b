"""Built places seen from within, edge to edge: a colonnade, a cell, a stage."""

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
    shade,
    stroke,
)
from backend.catalog.posters.registry import motif


@motif("columns", kind="scene")
def columns(ink: Ink, rng: random.Random) -> str:
    """A Doric colonnade under its entablature."""
    marble = ink.linear(
        shade(ink, 0.3), lighten(ink.shape, 0.25), ink.shape, carve(ink, 0.45), angle=0
    )
    shaft = (
        path("M-8.4 88C-8.4 62 -7 40 -6.2 23H6.2C7 40 8.4 62 8.4 88Z", marble)
        + stroke(
            "M-5.8 87C-5.8 60 -5 40 -4.4 24M-2 87C-2 60 -1.6 40 -1.5 24M2 87C2 60 1.6 40 1.5 24M5.8 87C5.8 60 5 40 4.4 24",
            carve(ink, 0.55),
            0.8,
        )
        + path("M-6.2 23C-7 21 -9 19 -9.6 18H9.6C9 19 7 21 6.2 23Z", ink.shape)
        + rect(-10.4, 14.4, 20.8, 3.8, lighten(ink.shape, 0.2))
    )
    fallen = rng.choice((None, None, 0, 3))
    row = "".join(group(shaft, f"translate({20 + 40 * k} 0)") for k in range(5))
    triglyphs = "".join(
        box(x, 5, 1.4, 6) + box(x + 2.2, 5, 1.4, 6) + box(x + 4.4, 5, 1.4, 6)
        for x in range(-3, 200, 20)
    )
    rubble = ""
    if fallen is not None:
        x = 40 + 40 * fallen
        rubble = path(
            f"M{x - 9} 88L{x - 7} 80L{x - 1} 83L{x + 2} 78L{x + 8} 82L{x + 10} 88Z", shade(ink, 0.3)
        )
    return (
        row
        + rubble
        + rect(-5, -1, 210, 4.4, lighten(ink.shape, 0.2))
        + rect(-5, 3.4, 210, 8.4, shade(ink, 0.12))
        + path(triglyphs, carve(ink, 0.5))
        + rect(-5, 11.8, 210, 2.8, ink.shape)
        + rect(-5, 88, 210, 4.4, lighten(ink.shape, 0.15))
        + rect(-5, 92.2, 210, 4, shade(ink, 0.15))
        + rect(-5, 96, 210, 8, shade(ink, 0.35))
        + stroke("M-5 12H205M-5 92.4H205M-5 96.2H205", carve(ink, 0.5), 0.5)
    )


@motif("bars", kind="scene")
def bars(ink: Ink, rng: random.Random) -> str:
    """The bars of a cell: forced apart, or held by somebody behind them."""
    steel = ink.linear(
        shade(ink, 0.35), lighten(ink.shape, 0.4), ink.shape, shade(ink, 0.5), angle=0
    )
    bent = rng.choice((4, None, None))
    upright = ""
    for k in range(9):
        x = 4 + k * 24
        push = 0 if bent is None else {bent: -9, bent + 1: 9}.get(k, 0)
        left, right = x - 3.6, x + 3.6
        if push:
            upright += path(
                f"M{left} 0V24C{left} 38 {left + push} 40 {left + push} 50S{left} 64 {left} 78V104"
                f"H{right}V78C{right} 64 {right + push} 60 {right + push} 50S{right} 38 {right} 24V0Z",
                steel,
            )
        else:
            upright += rect(left, 0, 7.2, 104, steel)
    skin = mix(ink.accent, ink.shape, 0.35)
    fist = (
        rect(-9, -2, 14, 24, darken(skin, 0.3), 5)
        + "".join(rect(-8, k * 5.4 - 1.4, 15.6 - abs(k - 1.3), 5, skin, 2.5) for k in range(4))
        + path("M-8 0Q-11 -5 -5 -7L5 -6.4Q8 -4 5 -2.4L-4 -1.6Z", lighten(skin, 0.15))
        + path("M-9 14C-12 30 -13 46 -14 66H3C3 50 4 36 5 20Z", ink.depth)
    )
    hands = "" if bent is not None else both(group(fist, "translate(76 38)"), 100)
    rail = ink.linear(lighten(ink.shape, 0.35), ink.shape, shade(ink, 0.45))
    rivets = "".join(
        circle(4 + k * 24, y, 1.4, carve(ink, 0.6)) for k in range(9) for y in (11.8, 88.8)
    )
    return upright + hands + rect(-5, 9, 210, 5.6, rail) + rect(-5, 86, 210, 5.6, rail) + rivets


@motif("curtain", kind="scene")
def curtain(ink: Ink, rng: random.Random) -> str:
    """A theatre curtain drawn aside, a lit stage between."""
    tones = [
        ink.shape,
        darken(ink.shape, 0.28),
        lighten(ink.shape, 0.1),
        darken(ink.shape, 0.14),
        darken(ink.shape, 0.38),
    ]
    folds = 9
    cuts = [0.0]
    for _ in range(folds):
        cuts.append(cuts[-1] + rng.uniform(0.7, 1.3))
    cuts = [c / cuts[-1] for c in cuts]
    drape = ""
    for i in range(folds):
        a, b = cuts[i], cuts[i + 1]
        ta, tb = -6 + a * 84, -6 + b * 84
        ma, mb = -6 + a * 38, -6 + b * 38
        fa, fb = -6 + a * 52, -6 + b * 52
        drape += path(
            f"M{n(ta)} -2C{n(ta)} 34 {n(ma + 8)} 52 {n(ma)} 62C{n(ma + 4)} 72 {n(fa)} 82 {n(fa)} 96"
            f"Q{n((fa + fb) / 2)} 99 {n(fb)} 96C{n(fb)} 82 {n(mb + 4)} 72 {n(mb)} 62C{n(mb + 8)} 52 {n(tb)} 34 {n(tb)} -2Z",
            tones[i % 5],
        )
    drape += path("M-6 58Q16 66 34 58.6L32.6 65Q14 72 -6 65Z", ink.accent)
    drape += stroke("M31 64C36 70 32 74 34 80", ink.accent, 1.4) + path(
        "M32 79H36L37.4 88H30.6Z", ink.accent
    )
    swags = fringe = ""
    for k in range(5):
        x = -4 + k * 41.6
        swags += path(
            f"M{n(x)} -2H{n(x + 41.6)}V10Q{n(x + 20.8)} 34 {n(x)} 10Z", darken(ink.shape, 0.2)
        )
        swags += stroke(
            f"M{n(x + 3)} 2Q{n(x + 20.8)} 20 {n(x + 38.6)} 2M{n(x + 1)} 7Q{n(x + 20.8)} 28 {n(x + 40.6)} 7",
            lighten(ink.shape, 0.12),
            1.8,
        )
        fringe += f"M{n(x)} 10Q{n(x + 20.8)} 34 {n(x + 41.6)} 10"
    lamps = "".join(
        path(f"M{x - 4} 97A4 4 0 0 1 {x + 4} 97Z", ink.accent) for x in range(58, 150, 12)
    )
    return (
        path("M88 -2H112L150 92H50Z", ink.linear(ink.glow + "/0", lighten(ink.glow, 0.5) + "/0.75"))
        + rect(-5, 88, 210, 16, ink.depth)
        + ellipse(100, 91.4, 44, 3.4, lighten(ink.glow, 0.35))
        + both(drape, 100)
        + swags
        + stroke(fringe, ink.accent, 1.8)
        + lamps
        + rect(-5, 96.6, 210, 7.4, darken(ink.depth, 0.35))
    )
