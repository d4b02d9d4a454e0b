"""Towns that run from edge to edge: skyline, bridge, factory, street."""

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
    polygon,
    rect,
    shade,
    stroke,
)
from backend.catalog.posters.registry import motif


def _roof(kind: str, a: float, b: float, y: float) -> str:
    """Path data of one house top, from x=`a` to x=`b`, its body ending at height `y`."""
    w, c = b - a, (a + b) / 2
    if kind == "setback":
        s = [a + w * 0.16, a + w * 0.32, b - w * 0.32, b - w * 0.16]
        return (
            f"V{n(y + 9)}H{n(s[0])}V{n(y + 4)}H{n(s[1])}V{n(y)}"
            f"H{n(s[2])}V{n(y + 4)}H{n(s[3])}V{n(y + 9)}H{n(b)}"
        )
    if kind == "spire":
        return (
            f"V{n(y + 10)}H{n(a + w * 0.14)}V{n(y + 4)}H{n(a + w * 0.28)}L{n(c - 1)} {n(y - 5)}L{n(c)} {n(y - 17)}"
            f"L{n(c + 1)} {n(y - 5)}L{n(b - w * 0.28)} {n(y + 4)}H{n(b - w * 0.14)}V{n(y + 10)}H{n(b)}"
        )
    if kind == "slant":
        return f"V{n(y + w * 0.55)}L{n(b)} {n(y)}"
    if kind == "mast":
        return f"V{n(y)}H{n(c - 0.5)}V{n(y - 11)}H{n(c + 0.5)}V{n(y)}H{n(b)}"
    if kind == "step":
        return f"V{n(y)}H{n(a + w * 0.6)}V{n(y + 6)}H{n(b)}"
    return f"V{n(y)}H{n(b)}"


@motif("skyline", kind="scene")
def skyline(ink: Ink, rng: random.Random) -> str:
    """A city of towers in three rows, the front row lit."""
    kinds = ("flat", "setback", "slant", "mast", "flat", "step")

    def row(
        low: float, high: float, widths: tuple[float, float], spires: int, valley: float = 0
    ) -> tuple[str, list[tuple[float, float, float]]]:
        x, d, blocks = -6.0, "M-6 104", []
        peaks = set(rng.sample(range(2, 11), spires))
        last = ""
        index = 0
        while x < 204:
            w = rng.uniform(*widths)
            kind = rng.choice([k for k in kinds if k != last])
            y = rng.uniform(low, high) + valley * max(0.0, 1 - abs(x - 92) / 70)
            if index in peaks:
                kind, y, w = "spire", low - 6, max(w, 13)
            d += _roof(kind, x, x + w, y)
            blocks.append((x, w, y + (10 if kind in ("setback", "spire", "slant") else 3)))
            x, last, index = x + w, kind, index + 1
        return d + "V104Z", blocks

    far, _ = row(22, 46, (8, 14), 1)
    middle, _ = row(26, 56, (9, 16), 2)
    front, blocks = row(46, 76, (10, 18), 0, valley=16)
    lit = ""
    for x, w, y in blocks:
        cols = int((w - 3) / 2.8)
        start = x + (w - cols * 2.8 + 1.3) / 2
        for r in range(int((98 - y) / 4.2)):
            for c in range(cols):
                if rng.random() < 0.28:
                    lit += f"M{n(round(start + c * 2.8, 1))} {n(round(y + 2 + r * 4.2, 1))}h1.7v2.4h-1.7z"
    return (
        path(far, mix(ink.depth, ink.ground, 0.5))
        + path(
            middle, ink.linear(mix(ink.depth, ink.shape, 0.32), mix(ink.depth, ink.ground, 0.25))
        )
        + path(front, ink.linear(ink.shape, shade(ink, 0.25)))
        + path(lit, ink.accent)
    )


@motif("bridge", kind="scene")
def bridge(ink: Ink, rng: random.Random) -> str:
    """A suspension bridge over water, far hills behind."""
    far = mix(ink.depth, ink.ground, 0.55)
    hangers = ""
    for k in range(1, 25):
        x = 50 + k * 4
        hangers += f"M{x} {n(10 + 50 * (1 - ((x - 100) / 50) ** 2))}V68"
    for k in range(13):
        x = 48 - k * 4
        y = 62 - 52 * ((x + 10) / 60) ** 2
        hangers += f"M{x} {n(y)}V68M{200 - x} {n(y)}V68"
    side = "M-10 62Q20 62 50 10"
    truss = "M-4 72" + "".join(
        f"L{x} {75 if k % 2 else 70}" for k, x in enumerate(range(0, 205, 5))
    )
    pylon = (
        path("M43.6 96L44.6 10H47.6L48 96ZM52 96L52.4 10H55.4L56.4 96Z", ink.shape)
        + path("M43.6 96L44.6 10H46L46 96ZM52 96L52.4 10H53.8L54.2 96Z", lighten(ink.shape, 0.25))
        + stroke("M45 14H55M45 27H55M45 41H55M44.6 55H55.4M44.4 80H55.6", ink.shape, 2.6)
        + rect(43.8, 6, 4.4, 5, ink.shape)
        + rect(51.8, 6, 4.4, 5, ink.shape)
        + path("M38 100L40 88H60L62 100Z", shade(ink, 0.35))
        + circle(50, 5, 1.3, ink.accent)
    )
    ripples = "".join(
        f"M{n(rng.uniform(0, 180))} {n(y)}h{n(rng.uniform(8, 24))}"
        for y in (89, 91, 93, 95, 97, 99)
        for _ in range(5)
    )
    h = [rng.uniform(62, 76) for _ in range(5)]
    hills = f"M-5 88V{n(h[0])}C20 {n(h[1] - 8)} 40 {n(h[1])} 70 80S110 {n(h[2])} 140 {n(h[3])}S180 {n(h[4] - 8)} 205 {n(h[4])}V88Z"
    return (
        path(hills, far)
        + rect(-5, 86, 210, 18, ink.linear(mix(ink.depth, ink.glow, 0.35), ink.depth))
        + stroke(ripples, ink.glow, 0.9, 0.6)
        + stroke(hangers, ink.shape, 0.6, 0.8)
        + stroke(side + "Q100 110 150 10Q180 62 210 62", ink.shape, 1.8)
        + pylon
        + group(pylon, "translate(100 0)")
        + rect(-5, 67, 210, 3.4, ink.shape)
        + stroke(truss, ink.shape, 0.8)
        + rect(-5, 74.4, 210, 1.4, shade(ink, 0.15))
        + stroke("M-5 67.4H205", lighten(ink.shape, 0.35), 0.7)
    )


@motif("factory", kind="scene")
def factory(ink: Ink, rng: random.Random) -> str:
    """Works with saw-tooth roofs and smoking chimneys."""
    far, smoke = mix(ink.depth, ink.ground, 0.45), mix(ink.depth, ink.glow, 0.45)
    stacks = plumes = ""
    drift = rng.choice((-1, 1))
    for x, top, w in ((30, 34, 7), (52, 22, 8), (74, 40, 6.4), (160, 28, 8)):
        top += rng.randint(-3, 3)
        stacks += path(
            f"M{n(x - w * 0.36)} {top}H{n(x + w * 0.36)}L{n(x + w * 0.62)} 84H{n(x - w * 0.62)}Z",
            ink.shape,
        )
        stacks += path(
            f"M{n(x + w * 0.1)} {top}H{n(x + w * 0.36)}L{n(x + w * 0.62)} 84H{n(x + w * 0.16)}Z",
            shade(ink, 0.3),
        )
        stacks += rect(x - w * 0.46, top - 1.6, w * 0.92, 3, ink.shape)
        stacks += rect(x - w * 0.4, top + 5, w * 0.8, 2.4, ink.accent)
        for k in range(6):
            r = 2.6 + k * 1.5 + rng.uniform(-0.5, 0.7)
            plumes += circle(x + drift * (k * k * 0.9 + k * 1.3), top - 2 - k * 3.4, r, smoke)
    teeth = "M-6 104V76" + "".join(f"V62L{x + 18} 75" for x in range(-6, 102, 18)) + "V104Z"
    glass = "".join(f"M{x + 1.4} 66L{x + 13} 74.6H{x + 1.4}Z" for x in range(-6, 102, 18))
    lit = dark = ""
    for x in range(0, 100, 8):
        pane = box(x, 82, 5, 8)
        if rng.random() < 0.6:
            lit += pane
        else:
            dark += pane
    for x in range(126, 196, 9):
        for y in (64, 76):
            lit += box(x, y, 5.4, 6) if rng.random() < 0.6 else ""
    return (
        path(
            "M-6 104V60H20V66H84V54H92V66H108V50L114 46L120 50V104ZM182 104V52Q186 70 180 104H206V48H182Z",
            far,
        )
        + path(
            "M96 104C102 84 102 74 99 58H127C124 74 124 84 130 104Z", mix(ink.depth, ink.shape, 0.2)
        )
        + plumes
        + stacks
        + path("M120 104V58H142V52H150V58H206V104Z", shade(ink, 0.15))
        + rect(118, 56.6, 88, 2.4, lighten(ink.shape, 0.2))
        + path(teeth, ink.linear(ink.shape, shade(ink, 0.25)))
        + path(glass, ink.accent, 0.85)
        + path(lit, ink.accent)
        + path(dark, carve(ink, 0.6))
        + stroke("M-5 79H101M-5 93.6H101", carve(ink, 0.4), 1)
    )


@motif("street", kind="scene")
def street(ink: Ink, rng: random.Random) -> str:
    """A street of tall houses running to its vanishing point, lamps lit."""
    vx, vy = 100.0, 66.0

    def at(x: float, height: float) -> tuple[float, float]:
        """The point above a kerb that leaves the frame at x=-6, `height` in 0..1 of the way up."""
        return x, vy + (104 - vy) * (vx - x) / 106 - height * 170 * (vx - x) / 106

    side = lit = ""
    edges = [-6.0, 26.0, 50.0, 67.0, 79.0, 87.5, 93.5]
    for i in range(6):
        a, b = edges[i], edges[i + 1]
        tall = rng.uniform(0.62, 1.0) * (1.0 if i else 0.8)
        tone = mix(carve(ink, 0.08 + 0.12 * i), ink.glow, 0.05 * i)
        side += path(polygon([at(a, 0), at(a, tall), at(b, tall), at(b, 0)]), tone)
        end = b + (edges[i + 2] - b) * 0.2 if i < 5 else b
        if i < 5:
            side += path(
                polygon([at(b, 0), at(b, tall), (end, at(b, tall)[1]), (end, at(b, 0)[1])]),
                darken(tone, 0.35),
            )
        if i < 3:
            panes = 4 - i // 2
            for c in range(panes):
                x0 = a + (b - a) * (c + 0.25) / panes
                x1 = a + (b - a) * (c + 0.7) / panes
                for r in range(int(tall * 9) - 1):
                    if rng.random() < 0.5:
                        h0, h1 = 0.16 + r * 0.105, 0.22 + r * 0.105
                        lit += polygon([at(x0, h0), at(x0, h1), at(x1, h1), at(x1, h0)])
    houses = side + path(lit, ink.accent, 0.9)
    lamp = ""
    for x in (44.0, 72.0, 86.0):
        scale = (vx - x) / 56
        foot = vy + (104 - vy) * (vx - x) / 106 + 1
        lamp += stroke(
            f"M{n(x)} {n(foot)}V{n(foot - 46 * scale)}q0 {n(-6 * scale)} {n(9 * scale)} {n(-5 * scale)}",
            ink.depth,
            1.9 * scale,
        )
        lamp += circle(x + 9 * scale, foot - 49 * scale, 3 * scale, lighten(ink.accent, 0.35))
    dashes = "".join(
        polygon([(100 - w, y), (100 + w, y), (100 + w * 1.5, y + h), (100 - w * 1.5, y + h)])
        for y, h, w in ((69, 1.6, 0.3), (73, 3, 0.6), (80, 5, 1.1), (91, 9, 2))
    )
    return (
        ellipse(100, 62, 34, 44, ink.radial(lighten(ink.glow, 0.45) + "/0.95", ink.glow + "/0"))
        + path(
            "M-6 104L100 66L206 104Z",
            ink.linear(mix(ink.depth, ink.glow, 0.5), darken(ink.depth, 0.3)),
        )
        + both(houses, 100)
        + path("M-6 104L100 66L20 104ZM206 104L100 66L180 104Z", carve(ink, 0.4))
        + path(dashes, lighten(ink.shape, 0.2))
        + both(lamp, 100)
    )
