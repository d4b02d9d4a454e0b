"""What drives on the road; `transport_spokes` and `transport_voyage` hold the rest."""

from __future__ import annotations

import math
import random

from backend.catalog.posters.ink import Ink, darken, lighten, mix
from backend.catalog.posters.motifs import transport_voyage as transport_voyage
from backend.catalog.posters.motifs.marks import (
    both,
    carve,
    circle,
    ellipse,
    n,
    path,
    polygon,
    rect,
    shade,
    stroke,
)
from backend.catalog.posters.motifs.transport_spokes import rubber
from backend.catalog.posters.registry import motif


def _wheel(ink: Ink, x: float, y: float, r: float) -> str:
    """A motor wheel with a bright hub."""
    return (
        circle(x, y, r, rubber(ink))
        + circle(x, y, r * 0.62, lighten(ink.shape, 0.3))
        + circle(x, y, r * 0.46, shade(ink, 0.35))
        + circle(x, y, r * 0.2, lighten(ink.shape, 0.4))
    )


@motif("car")
def car(ink: Ink, rng: random.Random) -> str:
    """A long low coupé of the sixties, in profile."""
    body = (
        "M2 81C1.4 76 2.6 72.4 6.6 71.4L20 69.6C27 63 33 58.4 43 57.8H52C60.6 58.2 66 63 73 69.2"
        "L92.6 71.6C97 72.6 98.8 77 98.4 82L97.6 90H91A11 11 0 0 0 69 90H33.4"
        "A11 11 0 0 0 11.4 90H5Q2.4 88.6 2 81Z"
    )
    glass = mix(ink.ground, ink.glow, 0.35)
    gleam = rng.uniform(-2, 2)
    return (
        ellipse(50, 98, 48, 1.9, mix(ink.depth, ink.ground, 0.25))
        + path(body, ink.linear(lighten(ink.shape, 0.3), ink.shape, shade(ink, 0.3)))
        + path("M25.6 69.4C31 64.2 36 60.6 43 60.4H46.6V69.4Z", glass)
        + path("M49.4 60.4H52.4C59 60.8 63 64.4 68.4 69.4H49.4Z", glass)
        + path(f"M{n(56 + gleam)} 60.6l3.4 1L{n(57 + gleam)} 69.4h-3.6z", "#ffffff", 0.35)
        + path("M3 76.4H97.6L98.2 80H2.4Z", shade(ink, 0.35))
        + stroke("M4 75.8H97", lighten(ink.shape, 0.5), 0.9)
        + stroke("M48 69.6V89M27 70.4C28.6 75 30 80 33 85", carve(ink, 0.45), 0.7)
        + stroke("M41 73H45.4", lighten(ink.shape, 0.5), 1.1)
        + path("M92.6 74.6H97.4Q98.6 77 98.4 79.6H92.6Z", ink.accent)
        + path("M2.6 75H6.4V79.8H2.2Z", ink.accent)
        + path("M88.6 87H99.6V90.6H89.6ZM0.4 87H12.4L11.4 90.6H.8Z", lighten(ink.shape, 0.45))
        + _wheel(ink, 22.4, 89.4, 9.4)
        + _wheel(ink, 80, 89.4, 9.4)
    )


@motif("bus")
def bus(ink: Ink, rng: random.Random) -> str:
    """A round-shouldered coach, passengers' windows lit."""
    body = (
        "M3 88V52C3 43 8 38.6 16 38H86C92.6 38.6 95.6 43 96.8 50L99 70V88Q99 91 96 91H86.4"
        "A10 10 0 0 0 66.6 91H31.4A10 10 0 0 0 11.6 91H6Q3 91 3 88Z"
    )
    lit = dark = heads = ""
    for k in range(6):
        pane = f"M{9 + k * 11.6} 48h9.6v14h-9.6z"
        if rng.random() < 0.7:
            lit += pane
            if rng.random() < 0.55:
                x = 9 + k * 11.6 + rng.uniform(4, 6)
                heads += circle(x, 56, 2, carve(ink, 0.5)) + path(
                    f"M{n(x - 3.4)} 62Q{n(x)} 55.6 {n(x + 3.4)} 62Z", carve(ink, 0.5)
                )
        else:
            dark += pane
    return (
        ellipse(50, 99, 48, 1.5, mix(ink.depth, ink.ground, 0.25))
        + path(body, ink.linear(lighten(ink.shape, 0.25), ink.shape, shade(ink, 0.25)))
        + path("M3 67H98.6L99 74H3Z", mix(ink.depth, ink.accent, 0.15))
        + path(lit, ink.accent)
        + path(dark, carve(ink, 0.7))
        + heads
        + path("M80 47H92.6C94 48.6 94.8 52 95.4 56L96.4 64H80Z", mix(ink.ground, ink.glow, 0.4))
        + path("M83 47H88L84 64H80V59Z", "#ffffff", 0.3)
        + path("M79 40.6H92Q93.6 42 94.2 44.6H79Z", ink.accent)
        + stroke("M78.6 47V88M3 78H78M10 43.6H72", carve(ink, 0.4), 0.8)
        + stroke("M16 38V36H60V38", lighten(ink.shape, 0.3), 1.2)
        + circle(96, 80, 2.6, lighten(ink.accent, 0.5))
        + rect(3, 78, 2.4, 5, ink.accent)
        + path("M88 86.6H100V90.6H88ZM1.6 86.6H10V90.6H1.6Z", lighten(ink.shape, 0.45))
        + _wheel(ink, 21.5, 90.6, 8.8)
        + _wheel(ink, 76.5, 90.6, 8.8)
    )


@motif("truck")
def truck(ink: Ink, rng: random.Random) -> str:
    """A long-nosed lorry coming straight at you."""
    chrome, dark = lighten(ink.shape, 0.4), carve(ink, 0.55)
    grille = "".join(f"M{n(36.6 + k * 2.7)} 47V75" for k in range(11))
    glass = ink.linear(mix(ink.ground, ink.glow, 0.5), mix(ink.ground, ink.depth, 0.5))
    tilt = rng.choice((-2, 0, 2))
    side = (
        rect(9, 4, 5.4, 56, chrome, 2)
        + rect(8, 20, 7.4, 26, shade(ink, 0.25), 2)
        + path("M9 4Q9 -1 4 -1L9 8Z", chrome)
        + rect(13, 82, 15, 18, rubber(ink), 3)
        + stroke("M15 87H26M15 91H26M15 95H26", carve(ink, 0.4), 1)
        + path("M8 80C8 64 16 58 32 58H36V80Z", ink.shape)
        + path("M8 80C8 64 16 58 32 58H36V60H31C18 60.6 12 68 12 80Z", chrome)
        + circle(20.6, 71, 7.4, chrome)
        + circle(20.6, 71, 5.8, ink.accent)
        + circle(19, 69.4, 2.2, lighten(ink.accent, 0.7))
        + rect(15.6, 26, 5, 12, ink.shape, 1.4)
        + stroke("M20 30H25", chrome, 1.2)
    )
    return (
        path("M27 12H73L78 60H22Z", ink.linear(lighten(ink.shape, 0.15), shade(ink, 0.2)))
        + path("M27 12Q50 5 73 12L74 17H26Z", chrome)
        + "".join(
            rect(x - 1.6, 7.4 if 40 < x < 60 else 8.6, 3.2, 2.6, ink.accent, 1)
            for x in (32, 41, 50, 59, 68)
        )
        + path("M29.4 20H49V39H26.4ZM51 20H70.6L73.6 39H51Z", glass)
        + path(f"M{34 + tilt} 20h6l-5 19h-6zM{58 + tilt} 20h3l-5 19h-3z", "#ffffff", 0.25)
        + both(side)
        + path("M32 44Q50 38 68 44V80H32Z", ink.shape)
        + rect(34.4, 45, 31.2, 33, dark, 2)
        + stroke(grille, chrome, 1.1)
        + stroke("M50 39.4V45", chrome, 1.6)
        + path("M46 48H54V53L50 56L46 53Z", ink.accent)
        + path(
            "M5 79H95L93 88H82L80 92H20L18 88H7Z",
            ink.linear(lighten(ink.shape, 0.55), ink.shape, carve(ink, 0.4)),
        )
        + rect(42, 82, 16, 5.4, carve(ink, 0.6), 0.8)
        + circle(33, 84.6, 2.2, ink.accent)
        + circle(67, 84.6, 2.2, ink.accent)
    )


@motif("road", kind="scene")
def road(ink: Ink, rng: random.Random) -> str:
    """An empty road to the horizon, telegraph poles keeping it company."""
    y0 = 46.0
    mesa = ""
    x = -8.0
    while x < 205:
        w, h = rng.uniform(22, 48), rng.uniform(4, 15)
        mesa += f"M{n(x)} 47L{n(x + 4)} {n(y0 - h * 0.5)}L{n(x + 7)} {n(y0 - h)}H{n(x + w - 8)}L{n(x + w - 4)} {n(y0 - h * 0.4)}L{n(x + w)} 47Z"
        x += w + rng.uniform(6, 40)
    dashes = ""
    for near, far in (
        (1.0, 0.74),
        (0.58, 0.44),
        (0.35, 0.265),
        (0.21, 0.16),
        (0.125, 0.095),
        (0.07, 0.05),
    ):
        a, b = y0 + 58 * near, y0 + 58 * far
        dashes += polygon(
            [(100 - 3 * near, a), (100 + 3 * near, a), (100 + 3 * far, b), (100 - 3 * far, b)]
        )
    poles = wires = ""
    tops: list[tuple[float, float]] = [(214.0, -34.0)]
    for t in (0.78, 0.46, 0.275, 0.165, 0.1, 0.06):
        px, foot, h = 104 + 100 * t, y0 + 22 * t, 74 * t
        top = foot - h
        poles += stroke(
            f"M{n(px)} {n(foot)}V{n(top)}M{n(px - 8 * t)} {n(top + 4 * t)}H{n(px + 8 * t)}M{n(px - 6 * t)} {n(top + 10 * t)}H{n(px + 6 * t)}",
            ink.shape,
            2.4 * t,
        )
        qx, qy = tops[-1]
        wires += f"M{n(qx)} {n(qy)}Q{n((px + qx) / 2)} {n((top + 4 * t + qy) / 2 + 9 * t)} {n(px)} {n(top + 4 * t)}"
        tops.append((px, top + 4 * t))
    tufts = ""
    for _ in range(16):
        t = rng.uniform(0.12, 0.95)
        tx, ty = 100 + rng.choice((-1, 1)) * rng.uniform(0.7, 1.4) * 110 * t, y0 + 56 * t
        tufts += f"M{n(tx)} {n(ty)}l{n(-2.4 * t)} {n(-4 * t)}l{n(2 * t)} {n(2 * t)}l{n(0.6 * t)} {n(-5 * t)}l{n(1 * t)} {n(4.6 * t)}l{n(2.6 * t)} {n(-3 * t)}l{n(-1.4 * t)} {n(5.4 * t)}z"
    return (
        path(mesa, mix(ink.depth, ink.ground, 0.5))
        + rect(-5, y0, 210, 58, ink.linear(mix(ink.depth, ink.glow, 0.4), ink.depth))
        + path(tufts, darken(ink.depth, 0.3))
        + path("M99 46H101L186 104H14Z", ink.linear(mix(ink.shape, ink.glow, 0.4), ink.shape))
        + path("M99.2 46L24 104H30L99.5 46ZM100.8 46L176 104H170L100.5 46Z", carve(ink, 0.6))
        + path(dashes, ink.accent)
        + stroke(wires, ink.shape, 0.45, 0.8)
        + poles
    )


@motif("tank")
def tank(ink: Ink, rng: random.Random) -> str:
    """A battle tank in profile, gun raised."""
    metal = ink.linear(lighten(ink.shape, 0.22), shade(ink, 0.2))
    dark, bright = carve(ink, 0.5), lighten(ink.shape, 0.3)
    raised = rng.uniform(3, 8)
    wheels = "".join(
        circle(x, 89, 6, ink.shape) + circle(x, 89, 3.8, dark) + circle(x, 89, 1.6, bright)
        for x in (19, 32.4, 45.8, 59.2, 72.6)
    )
    wheels += circle(7.6, 83.4, 4.4, ink.shape) + circle(7.6, 83.4, 2, dark)
    wheels += circle(84.6, 83.4, 4.4, ink.shape) + circle(84.6, 83.4, 2, dark)
    treads = "M7.6 77H84.6Q91 78 91 84Q90 88 86 90L76 98Q74 99 72 99H20Q18 99 16 98L6 90Q1.6 88 1.4 84Q1.4 78 7.6 77Z"
    star = polygon(
        (44 + r * math.sin(k * math.pi / 5), 59 - r * math.cos(k * math.pi / 5))
        for k, r in enumerate([4.6, 1.9] * 5)
    )
    return (
        path(treads, rubber(ink))
        + f'<path d="{treads}" fill="none" stroke="{ink.shape}" stroke-width="2.6" stroke-dasharray="2.6 1.2"/>'
        + wheels
        + path("M3 76L8 68L16 66H76L92 73L90 78H4Z", metal)
        + path("M1 76H92V79.4H1Z", bright)
        + path(f"M66 53.6L96 {n(53 - raised)}L96.6 {n(56.6 - raised)}L66 59.4Z", ink.shape)
        + path(
            f"M93 {n(51.6 - raised)}L100 {n(50.6 - raised)}L100.6 {n(56.8 - raised)}L93.6 {n(57.8 - raised)}Z",
            bright,
        )
        + path("M22 67L25 55C26 50.6 29 49 34 48.6H56C63 49 67 52 69 57L71 67Z", metal)
        + path("M22 67L25 55C26 50.6 29 49 34 48.6H56L52 51H36C30 52 29 56 28 67Z", bright, 0.6)
        + path("M34 48.6V44Q34 42.6 36 42.6H48Q50 42.6 50 44V48.6Z", ink.shape)
        + path("M39 42.6Q42 38 45 42.6Z", bright)
        + stroke("M27 51L19 22", ink.shape, 0.9)
        + path("M19 22L33 25.6L20.8 29Z", ink.accent)
        + path(star, ink.accent)
        + stroke("M8 72H86", dark, 0.9)
        + rect(76, 68.6, 5, 3, ink.accent, 1)
    )
