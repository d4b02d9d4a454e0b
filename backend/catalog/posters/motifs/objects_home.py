"""Motifs of lights, furniture and things on a desk."""

from __future__ import annotations

import random

from backend.catalog.posters.ink import Ink, darken, lighten, mix
from backend.catalog.posters.motifs.outline import (
    blob,
    box,
    crease,
    curve,
    disc,
    fill,
    oval,
    paper,
    stroke,
    sym,
    turned,
    volume,
)
from backend.catalog.posters.registry import motif


@motif("candle")
def candle(ink: Ink, rng: random.Random) -> str:
    """A burning candle in a holder with a ring handle."""
    sway = rng.uniform(-2.5, 2.5)
    halo = ink.radial(f"{ink.glow}/0.85", f"{ink.glow}/0.25", f"{ink.glow}/0")
    flame = blob(f"{50 + sway:.1f},2! 55,11 58,19 56.6,26 50,30 43.4,26 42,19 46,11")
    wax = blob("40,36! 42,33.6 50,35.6 58,33.6 60,36! 60,84! 40,84!")
    drip = blob("40,37! 45,37! 46,48 44,60 42,60 40,50") + blob(
        "55,36! 60,36! 60,62 58.4,66 56.4,62 56,48"
    )
    dish = sym("50,82! 68,82! 78,84 80,88 72,94 62,97! 64,100! 50,100!")
    return (
        disc(50, 20, 30, halo)
        + (
            '<ellipse cx="82" cy="87" rx="8.6" ry="7" fill="none" '
            f'stroke="{darken(ink.shape, 0.25)}" stroke-width="3.4"/>'
        )
        + fill(
            wax, ink.linear(lighten(ink.shape, 0.5), ink.shape, darken(ink.shape, 0.25), angle=0)
        )
        + fill(drip, lighten(ink.shape, 0.55))
        + fill(dish, volume(ink))
        + oval(50, 83.6, 27, 3.4, darken(ink.shape, 0.4))
        + box(
            40,
            76,
            20,
            8.4,
            ink.linear(lighten(ink.shape, 0.5), ink.shape, darken(ink.shape, 0.25), angle=0),
        )
        + stroke("M50 35V27", crease(ink, 0.8), 1.6)
        + fill(flame, ink.accent)
        + fill(
            blob(f"{50 + sway / 2:.1f},13! 53,19 53.4,24 50,28 46.6,24 47,19"),
            lighten(ink.accent, 0.7),
        )
    )


@motif("lantern")
def lantern(ink: Ink, rng: random.Random) -> str:
    """A storm lantern, lit."""
    metal, dark = volume(ink, 0), darken(ink.shape, 0.35)
    sway = rng.uniform(-1.5, 1.5)
    halo = ink.radial(f"{ink.glow}/0.9", f"{ink.glow}/0")
    glass = sym("50,36! 59,36.6 68,44 71,56 68,68 61,76! 50,76.6")
    light = ink.radial(
        lighten(ink.accent, 0.75),
        mix(ink.accent, ink.glow, 0.3),
        mix(ink.glow, ink.ground, 0.3),
        cy=0.6,
    )
    flame = blob(f"{50 + sway:.1f},48! 54.6,57 55,64 50,70 45,64 45.4,57")
    return (
        disc(50, 56, 42, halo)
        + stroke("M24 60Q10 6 50 4Q90 6 76 60", dark, 2.6)
        + stroke("M26 34V84M74 34V84", dark, 3.4)
        + fill(sym("50,10! 56,10! 58,17 63,20 65,25! 50,25!"), metal)
        + fill(sym("50,25! 68,25! 78,33! 78,37! 50,37!"), metal)
        + fill(glass, light)
        + fill(flame, ink.accent)
        + fill(
            blob(f"{50 + sway / 2:.1f},57! 52.4,62 52,66 50,68 48,66 47.6,62"),
            lighten(ink.accent, 0.8),
        )
        + stroke("M34 46Q28 56 34 68", lighten(ink.glow, 0.7), 1.6)
        + stroke("M30 47.6H70M30.6 66H69.4", dark, 1.3)
        + fill(sym("50,75! 66,75! 78,80! 79,85! 74,88! 77,98 74,100! 50,100!"), metal)
        + stroke("M23 86h54", crease(ink, 0.5), 1.4)
        + disc(84, 82, 3.4, ink.accent)
    )


@motif("chair")
def chair(ink: Ink, rng: random.Random) -> str:
    """An empty wooden chair, seen from the front and a little to one side."""
    wood, dark = volume(ink), darken(ink.shape, 0.4)
    slats = rng.choice((3, 4))
    back = blob("24,60! 21,30 20,4! 26,2.6! 28,30 30,60!") + blob(
        "70,60! 73,30 74,4! 80,2.6! 79,30 76.6,60!"
    )
    step = 44 / (slats + 1)
    bars = "".join(box(30 + i * step - 2, 12, 4, 46, dark) for i in range(1, slats + 1))
    return (
        fill(blob("29,62! 34,62! 36,92! 31,92!") + blob("66,62! 71,62! 69,92! 64,92!"), dark)
        + stroke("M30 78H70", dark, 2.4)
        + bars
        + fill(back, wood)
        + fill(blob("20,5! 36,1.6 50,1 64,1.6 80,5! 79,17! 64,14 50,13.4 36,14 21,17!"), wood)
        + fill(blob("24,56! 76,56! 88,66! 12,66!"), lighten(ink.shape, 0.22))
        + box(12, 65.6, 76, 6, ink.shape, 1.4)
        + fill(blob("14,71! 21,71! 19,100! 13,100!") + blob("86,71! 79,71! 81,100! 87,100!"), wood)
        + stroke("M18.6 86H81.4", darken(ink.shape, 0.2), 3)
        + fill(blob("32,58! 68,58! 74,63.6! 26,63.6!"), ink.accent)
    )


@motif("book")
def book(ink: Ink, rng: random.Random) -> str:
    """A thick book standing ajar, a ribbon between its pages."""
    cover = ink.linear(lighten(ink.shape, 0.3), ink.shape, darken(ink.shape, 0.3), angle=10)
    page, line = paper(ink), darken(mix(paper(ink), ink.shape, 0.5), 0.35)
    leaf = "50,32! 62,23 78,21 95,25! 95,83! 78,79 62,81 50,91!"
    other = "50,32! 38,23 22,21 5,25! 5,83! 22,79 38,81 50,91!"
    rows = ""
    for i in range(6):
        y = 36 + i * 7.2
        end = rng.uniform(80, 90) if i % 3 == 2 else 90
        rows += curve(f"57,{y + 1.6:.1f} 70,{y - 4:.1f} {end:.1f},{y - 4:.1f}")
        rows += curve(f"10,{y - 4:.1f} 30,{y - 4:.1f} 43,{y + 1.6:.1f}")
    return (
        fill(
            blob(
                "50,40! 64,29 80,27 100,31! 100,95! 80,90 64,92 50,100! 36,92 20,90 0,95! 0,31! "
                "20,27 36,29"
            ),
            cover,
        )
        + fill(
            blob(
                "50,38! 63,28 79,25 97,29! 97,89! 79,85 63,87 50,97! 37,87 21,85 3,89! 3,29! 21,25 "
                "37,28"
            ),
            darken(page, 0.3),
        )
        + fill(blob(leaf), page)
        + fill(blob(other), darken(page, 0.1))
        + fill(blob("50,32! 57,26 62,24! 60,82! 50,91!"), darken(page, 0.22))
        + stroke(rows, line, 1.3)
        + fill("M52.4 30.4L57.6 26.8V99L55 95.6L52.4 100Z", ink.accent)
    )


@motif("letter")
def letter(ink: Ink, rng: random.Random) -> str:
    """A sealed envelope, a little askew."""
    paper, shade = volume(ink, 30), darken(ink.shape, 0.22)
    lean = rng.uniform(-7, 7)
    art = (
        box(3, 24, 94, 66, paper, 2.5)
        + fill("M4 88L42 56H58L96 88Q96 90 93 90H7Q4 90 4 88Z", shade)
        + stroke("M4 88L42 57M96 88L58 57", crease(ink, 0.35), 1.2)
        + fill("M3.6 26Q4 24 6 24H94Q96 24 96.4 26L55 62Q50 66 45 62Z", lighten(ink.shape, 0.25))
        + stroke("M3.6 26L45 62Q50 66 55 62L96.4 26", crease(ink, 0.45), 1.4)
        + fill(
            blob(
                "50,50 55,49.4 59,53 62,57 60.4,62 59,67 54,68.6 49,70 44,68 "
                "40.4,65 39.4,60 38.4,55 "
                "43,52"
            ),
            ink.accent,
        )
        + disc(50, 59.6, 6.6, darken(ink.accent, 0.22))
        + fill(
            ("M50 64.6l-4-4.4q-1.6-3 1.2-3.6q2-.2 2.8 1.8q.8-2 2.8-1.8q2.8.6 1.2 3.6z"),
            lighten(ink.accent, 0.3),
        )
    )
    return f'<g transform="translate(0 6)">{turned(art, lean, 50, 57)}</g>'


@motif("key")
def key(ink: Ink, rng: random.Random) -> str:
    """An old key, bow up, bit at the foot."""
    metal = volume(ink, 0)
    teeth = rng.choice(("V96H66V91H70V85H64V80H55Z", "V96H70V90H65V85H70V79H55Z"))
    rings = "".join(
        f'<circle cx="{x}" cy="{y}" r="9" fill="none" stroke="{metal}" stroke-width="6"/>'
        for x, y in ((38, 26), (62, 26), (50, 12.4))
    )
    return (
        rings
        + disc(50, 23, 5, ink.accent)
        + fill(sym("50,33! 57,33! 57,36 60,38 60,41 57,43! 55,46! 54.4,96 54,100! 50,100!"), metal)
        + fill("M53 96" + teeth, ink.shape)
        + fill("M53 93h9v-4.6h-9z", crease(ink, 0.6))
        + stroke("M48.4 47V96", lighten(ink.shape, 0.5), 1.3)
        + stroke("M44 44.6h12M45.6 75h8.8", crease(ink, 0.5), 1.4)
    )


@motif("scales")
def scales(ink: Ink, rng: random.Random) -> str:
    """A pair of scales, not quite level."""
    tip = rng.choice((-1, 1)) * rng.uniform(4, 7)
    metal, line = volume(ink, 0), mix(ink.shape, ink.depth, 0.3)
    left, right = (12, 20 + tip), (88, 20 - tip)
    parts = [
        fill(sym("50,8! 52.6,14 52.4,60 54,82 58,89! 50,90!"), metal),
        fill(sym("50,87! 60,88 66,92 72,96! 72,100! 50,100!"), metal),
        fill(
            blob(
                f"{left[0]},{left[1] - 1.6:.1f}! 30,{19 + tip * 0.7:.1f} "
                f"50,13.6 70,{19 - tip * 0.7:.1f} "
                f"{right[0]},{right[1] - 1.6:.1f}! "
                f"{right[0]},{right[1] + 2:.1f}! 70,{23.6 - tip * 0.6:.1f} "
                f"50,19 30,{23.6 + tip * 0.6:.1f} {left[0]},{left[1] + 2:.1f}!"
            ),
            metal,
        ),
        disc(50, 16, 4.6, ink.accent),
        fill(sym("50,2! 53,6 50,10"), ink.shape),
    ]
    for x, y in (left, right):
        low = y + 38
        parts.append(
            stroke(
                (
                    f"M{x} {y:.1f}L{x - 14} {low:.1f}M{x} {y:.1f}L{x + 14} "
                    f"{low:.1f}M{x} {y:.1f}V{low:.1f}"
                ),
                line,
                1.1,
            )
        )
        parts.append(
            fill(
                blob(
                    f"{x - 17},{low:.1f}! {x + 17},{low:.1f}! "
                    f"{x + 13},{low + 7:.1f} {x},{low + 10.6:.1f} "
                    f"{x - 13},{low + 7:.1f}"
                ),
                metal,
            )
        )
        parts.append(oval(x, low, 17, 2.2, darken(ink.shape, 0.35)))
        parts.append(disc(x, y, 2.2, ink.accent))
    return f'<g transform="translate(50 0) scale(.93 1) translate(-50 0)">{"".join(parts)}</g>'


@motif("pocket-watch")
def pocket_watch(ink: Ink, rng: random.Random) -> str:
    """A pocket watch on its chain."""
    case = ink.linear(lighten(ink.shape, 0.45), ink.shape, darken(ink.shape, 0.4), angle=45)
    dial = paper(ink)
    dark = darken(mix(ink.shape, ink.ground, 0.4), 0.65)
    hour = rng.uniform(0, 360)
    marks = "".join(
        turned(
            box(49 if i % 3 else 48.4, 39.6, 2 if i % 3 else 3.2, 4 if i % 3 else 6.4, dark),
            i * 30,
            50,
            66,
        )
        for i in range(12)
    )
    links = "".join(
        f'<ellipse cx="{x}" cy="{y}" rx="4.4" ry="2.5" fill="none" '
        f'stroke="{ink.shape}" stroke-width="1.7" transform="rotate({turn} {x} {y})"/>'
        for x, y, turn in ((57, 13, -40), (63, 8, -30), (70.4, 5, -8), (78, 6, 22), (84, 10.4, 52))
    )
    return (
        links
        + f'<circle cx="50" cy="20" r="7" fill="none" stroke="{ink.shape}" stroke-width="3"/>'
        + box(45.4, 24, 9.2, 9, darken(ink.shape, 0.3), 2)
        + disc(50, 66, 34, case)
        + disc(50, 66, 29.4, darken(ink.shape, 0.4))
        + disc(50, 66, 28, dial)
        + marks
        + turned(fill("M48.6 68L49.4 50H50.6L51.4 68Z", dark), hour, 50, 66)
        + turned(fill("M49 69L49.6 43H50.4L51 69Z", dark), (hour * 12) % 360, 50, 66)
        + disc(50, 66, 2.2, ink.accent)
        + disc(50, 81, 5, darken(dial, 0.12))
        + stroke("M50 81v-3.6", ink.accent, 1)
    )
