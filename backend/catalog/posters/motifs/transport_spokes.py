"""What runs on spoked wheels: motorcycle, bicycle, carriage, train."""

from __future__ import annotations

import math
import random

from backend.catalog.posters.ink import Ink, darken, lighten, mix
from backend.catalog.posters.motifs.marks import (
    box,
    carve,
    circle,
    ellipse,
    n,
    path,
    rect,
    ring,
    shade,
    stroke,
)
from backend.catalog.posters.registry import motif


def rubber(ink: Ink) -> str:
    """The colour of a tyre: dark, yet apart from a dark field."""
    return darken(mix(ink.shape, ink.depth, 0.6), 0.58)


def spokes(x: float, y: float, inner: float, outer: float, count: int, turn: float = 0.0) -> str:
    """Path data of spokes from radius `inner` to `outer`."""
    d = ""
    for k in range(count):
        a = turn + k * math.tau / count
        c, s = math.cos(a), math.sin(a)
        d += f"M{n(x + inner * c)} {n(y + inner * s)}L{n(x + outer * c)} {n(y + outer * s)}"
    return d


@motif("motorcycle")
def motorcycle(ink: Ink, rng: random.Random) -> str:
    """A heavy twin with a teardrop tank and a long fork."""
    chrome, dark = lighten(ink.shape, 0.4), shade(ink, 0.35)
    wheels = ""
    for x in (19, 81):
        wheels += path(ring(x, 81.5, 17.5) + ring(x, 81.5, 12.6), rubber(ink))
        wheels += stroke(ring(x, 81.5, 12.8), chrome, 1.4)
        wheels += stroke(spokes(x, 81.5, 2, 12.6, 11, rng.random()), ink.shape, 0.6)
        wheels += circle(x, 81.5, 3.4, chrome)
    fins = "".join(f"M{n(43 + k * 1.1)} {n(76 - k * 2.6)}l8 2.6" for k in range(5))
    fins += "".join(f"M{n(54.4 + k * 1.2)} {n(79 - k * 2.2)}l6.4 4.4" for k in range(5))
    return (
        ellipse(50, 99, 48, 1.4, mix(ink.depth, ink.ground, 0.25))
        + wheels
        + stroke("M19 81.5L36 64L62 56M36 64L44 88H60L67 60M19 81.5L46 86", ink.shape, 2.8)
        + path("M39 62L61 58L64 88H42Z", carve(ink, 0.6))
        + stroke(fins, chrome, 1.5)
        + circle(51, 84.6, 7.6, ink.shape)
        + circle(51, 84.6, 4.6, dark)
        + circle(51, 84.6, 1.8, chrome)
        + stroke("M58 79C66 84 60 91.6 52 92H4", chrome, 3.6)
        + stroke("M46 78C40 86 36 87.6 30 87.6H8", chrome, 2.6)
        + path(
            "M2 62C6 57.6 13 60.6 18 61.6C26 63 30 57 38 57.6L45 61L42 66.6C34 71.6 14 70 2 62Z",
            rubber(ink),
        )
        + stroke("M2.8 62C6 58.6 13 61.4 18 62.4C26 63.6 30 58 38 58.4", dark, 1.2)
        + path(
            "M37.4 61.6C42 50.4 52 46.8 62.6 48.2C66 49 67 52 65 55.6C60 61.6 48 64.4 37.4 61.6Z",
            ink.linear(lighten(ink.shape, 0.35), ink.shape),
        )
        + path("M43 58.6C48 53 54 51.6 61 52C57 57.4 50 59.4 43 58.6Z", ink.accent)
        + path("M3 80A17.6 17.6 0 0 1 32 68.6L29 71.6A14 14 0 0 0 8 76Z", ink.shape)
        + path("M66 69.6A18.8 18.8 0 0 1 99 76L95.4 77A15.4 15.4 0 0 0 69.4 72.4Z", ink.shape)
        + stroke("M81 81.5L66.4 42", chrome, 3)
        + stroke("M67.6 45C63 36.6 57 38 50.6 42", ink.shape, 2.4)
        + stroke("M54.6 40L49.4 43.4", rubber(ink), 3.6)
        + circle(72.4, 47.6, 5.2, ink.shape)
        + path("M73 42.6A5.4 5.4 0 0 1 73.6 53Z", lighten(ink.accent, 0.2))
        + stroke("M64 39L60 31.6", ink.shape, 1.2)
        + ellipse(59, 30.4, 3.4, 2.2, ink.shape)
    )


@motif("bicycle")
def bicycle(ink: Ink, rng: random.Random) -> str:
    """A diamond frame with dropped bars and a basket lamp."""
    wheels = ""
    for x in (20.6, 79.4):
        wheels += stroke(spokes(x, 78.6, 1.5, 18.6, 16, rng.random()), shade(ink, 0.25), 0.5)
        wheels += stroke(ring(x, 78.6, 19.2), ink.shape, 2.6)
        wheels += stroke(ring(x, 78.6, 17.4), carve(ink, 0.45), 0.8)
        wheels += circle(x, 78.6, 2.2, ink.shape)
    crank = rng.uniform(0.2, 0.9)
    dx, dy = 9 * math.cos(crank), 9 * math.sin(crank)
    pedal = f"M{n(46 - dx)} {n(80 - dy)}L{n(46 + dx)} {n(80 + dy)}"
    pedal += f"m-3 0h6M{n(46 - dx - 3)} {n(80 - dy)}h6"
    return (
        wheels
        + stroke("M20.6 78.6L46 80L37 49.6ZM37 49.6L68.6 47M46 80L70.6 55", ink.accent, 3.2)
        + stroke("M79.4 78.6C74 70 72 62 68 44", ink.shape, 2.8)
        + stroke("M37.4 50.6L34.6 41", ink.shape, 2.6)
        + path(
            "M25.4 38.6C30 36.6 38 38 45 38.6C45.6 41 41 41.4 37 42.6C32 44.6 26 43 25.4 38.6Z",
            ink.shape,
        )
        + stroke("M68 44L67 39.4C71 37 77 36.6 80 39.4C83 43 80 48.6 74 47.6", ink.shape, 2.6)
        + stroke("M20.6 76.6L46 75.4M20.6 80.6L46 84.6", shade(ink, 0.3), 0.9)
        + path(ring(46, 80, 5.6) + ring(46, 80, 3.2), ink.shape)
        + stroke(pedal, ink.shape, 2)
        + circle(74.6, 51.6, 2.8, ink.shape)
        + path("M75.4 48.8A2.9 2.9 0 0 1 75.8 54.4Z", lighten(ink.accent, 0.4))
    )


@motif("carriage")
def carriage(ink: Ink, rng: random.Random) -> str:
    """A coach slung between spoked wheels, its lamp lit."""
    dark, bright = carve(ink, 0.45), lighten(ink.shape, 0.35)
    wheels = ""
    for x, r in ((25, 20.0), (77, 14.6)):
        y = 99 - r
        wheels += stroke(spokes(x, y, 2, r - 1.4, 12, rng.random()), ink.shape, 1.3)
        wheels += stroke(ring(x, y, r - 1.4), ink.shape, 2.8) + circle(x, y, 3, bright)
    swag = "".join(f"M{x} 37q3.6 5 7.2 0" for x in (28.4, 35.6, 42.8, 50, 57.2))
    return (
        stroke("M8 72C10 86 30 76 44 78S72 88 80 72", dark, 2.6)
        + stroke("M8 72C5 62 8 52 16 50M80 72C84 64 86 60 83 54", ink.shape, 2)
        + stroke("M77 84.4L99.6 80", ink.shape, 1.8)
        + path(
            "M20 36C18 52 23 66 33 74H59C69 66 73 52 71 36Z",
            ink.linear(lighten(ink.shape, 0.25), shade(ink, 0.2)),
        )
        + path("M15 37Q20 27 34 25H57Q71 27 76 37L72 38.6Q46 33 19 38.6Z", bright)
        + path("M38 25L40 20H51L53 25Z", ink.shape)
        + circle(45.5, 17.4, 3.2, ink.accent)
        + path(
            "M25 40H35V54H27Q25 47 25 40ZM56 40H66Q66 47 64.4 54H56Z",
            mix(ink.ground, ink.glow, 0.4),
        )
        + path("M38 39H53V74H38Z", shade(ink, 0.18))
        + path("M40 41H51V54Q45.5 57 40 54Z", ink.accent)
        + path("M40 41H45C44.6 46 43 49 40 51ZM51 41H46C46.4 46 48 49 51 51Z", ink.shape)
        + stroke("M38 39V74M53 39V74M25 58H66M40 59H51V71H40Z", dark, 0.9)
        + stroke(swag, ink.accent, 1)
        + circle(51, 62.6, 1, bright)
        + path("M71 52H88V56H84L82 66H76L72 60Z", ink.shape)
        + path("M85 48H90V53H85Z", ink.shape)
        + stroke("M75 52V42", ink.shape, 1.4)
        + path("M73 34H79L78 42H74Z", ink.accent)
        + path("M72.4 34L76 30L79.6 34Z", ink.shape)
        + wheels
    )


@motif("train")
def train(ink: Ink, rng: random.Random) -> str:
    """A steam locomotive under its plume."""
    metal = ink.linear(lighten(ink.shape, 0.3), ink.shape, carve(ink, 0.45))
    dark, bright = carve(ink, 0.5), lighten(ink.shape, 0.35)
    steam = mix(ink.glow, ink.shape, 0.35)
    plume = ""
    for k in range(8):
        r = 4.6 + k * 1.5 + rng.uniform(-0.8, 1.2)
        plume += circle(
            78 - k * 8.6 - rng.uniform(0, 2),
            34 - k * 3.1 + rng.uniform(-2, 2),
            r,
            mix(steam, ink.ground, k * 0.085),
        )
    drivers = ""
    for x in (33, 52, 71):
        drivers += stroke(ring(x, 87, 8.2), ink.shape, 2.4)
        drivers += stroke(spokes(x, 87, 1, 7.4, 6), ink.shape, 0.9) + circle(x, 87, 2.2, bright)
    for x in (12, 89):
        drivers += stroke(ring(x, 90.6, 4.6), ink.shape, 2.2) + circle(x, 90.6, 1.4, bright)
    bands = "".join(f"M{x} 50.4V71.6" for x in (44, 54, 64, 74))
    return (
        plume
        + path("M74 50V42L71.4 35H84.6L82 42V50Z", ink.shape)
        + rect(70.6, 33, 14.8, 3, bright, 1)
        + path("M48 51V47A5 5 0 0 1 58 47V51ZM62 51V46.6A3.6 3.6 0 0 1 69.2 46.6V51Z", ink.shape)
        + rect(30, 50, 56, 22, metal, 2)
        + stroke(bands, dark, 0.9)
        + path("M84 49H88.4Q91.4 52 91.4 61T88.4 73H84Z", bright)
        + path("M5 44H37V78H8V58H5Z", ink.shape)
        + path("M2 41Q20 37.4 40 41V44.6H2Z", bright)
        + rect(11, 48, 9, 10, ink.accent, 1)
        + rect(23.6, 48, 9, 10, ink.accent, 1)
        + stroke("M8 61H37M8 74H37", dark, 0.9)
        + path("M4 74H90V79H4Z", shade(ink, 0.25))
        + rect(77, 74, 14, 9, ink.shape, 1.4)
        + path("M86 44.6H92.6V50H86Z", ink.shape)
        + circle(92.6, 47.4, 3, lighten(ink.accent, 0.3))
        + path("M90 79L100 95.6H84Z", ink.shape)
        + stroke("M90.6 82L88 95M92 83L93 95M93 84L97 95", dark, 0.8)
        + drivers
        + stroke("M33 89.6H71L84 79", bright, 2)
        + rect(-1, 95.4, 102, 1.8, mix(ink.depth, ink.shape, 0.4))
        + path("".join(box(x, 97.2, 6, 2.8) for x in range(0, 98, 10)), ink.depth)
    )
