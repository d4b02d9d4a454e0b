"""Short ways to write SVG marks, for motifs built of many of them."""

from __future__ import annotations

import math
from collections.abc import Iterable

from backend.catalog.posters.ink import Ink, darken, mix

Point = tuple[float, float]


def n(value: float) -> str:
    """`value` with at most one decimal: a tenth of a unit is less than a pixel on any card."""
    return f"{round(value, 1):g}"


def path(d: str, fill: str, opacity: float = 1.0) -> str:
    """A filled outline; what two outlines of one path share is a hole (the even-odd rule)."""
    faint = f' opacity="{opacity:g}"' if opacity < 1 else ""
    rule = ' fill-rule="evenodd"' if d.count("M") > 1 else ""
    return f'<path d="{d}" fill="{fill}"{rule}{faint}/>'


def stroke(d: str, color: str, width: float, opacity: float = 1.0) -> str:
    """A line with round ends and joins."""
    faint = f' opacity="{opacity:g}"' if opacity < 1 else ""
    return (
        f'<path d="{d}" fill="none" stroke="{color}" stroke-width="{width:.3g}" '
        f'stroke-linecap="round" stroke-linejoin="round"{faint}/>'
    )


def rect(x: float, y: float, w: float, h: float, fill: str, r: float = 0.0) -> str:
    """A rectangle by its upper left corner, with corners of radius `r`."""
    round_corners = f' rx="{n(r)}"' if r else ""
    return (
        f'<rect x="{n(x)}" y="{n(y)}" width="{n(w)}" height="{n(h)}" fill="{fill}"{round_corners}/>'
    )


def ellipse(x: float, y: float, rx: float, ry: float, fill: str) -> str:
    """An ellipse by its centre and radii."""
    return f'<ellipse cx="{n(x)}" cy="{n(y)}" rx="{n(rx)}" ry="{n(ry)}" fill="{fill}"/>'


def circle(x: float, y: float, r: float, fill: str) -> str:
    """A disc by its centre and radius."""
    return f'<circle cx="{n(x)}" cy="{n(y)}" r="{n(r)}" fill="{fill}"/>'


def group(fragment: str, transform: str) -> str:
    """`fragment` moved by an SVG transform."""
    return f'<g transform="{transform}">{fragment}</g>'


def both(fragment: str, axis: float = 50.0) -> str:
    """`fragment` and its mirror image about the upright line x=`axis`."""
    return fragment + group(fragment, f"matrix(-1 0 0 1 {n(2 * axis)} 0)")


def polygon(points: Iterable[Point]) -> str:
    """Path data of a closed outline through `points`."""
    return "M" + "L".join(f"{n(x)} {n(y)}" for x, y in points) + "Z"


def polar(x: float, y: float, r: float, angle: float) -> Point:
    """The point at distance `r` from (x, y), `angle` radians clockwise from straight up."""
    return x + r * math.sin(angle), y - r * math.cos(angle)


def box(x: float, y: float, w: float, h: float) -> str:
    """Path data of a rectangle, to join many into one path."""
    return f"M{n(x)} {n(y)}h{n(w)}v{n(h)}h{n(-w)}z"


def ring(x: float, y: float, r: float) -> str:
    """Path data of a circle, to join many into one path or to cut a hole."""
    return f"M{n(x - r)} {n(y)}a{n(r)} {n(r)} 0 1 0 {n(2 * r)} 0a{n(r)} {n(r)} 0 1 0 {n(-2 * r)} 0z"


def arch(x: float, y: float, w: float, h: float, pointed: bool = False) -> str:
    """Path data of an arched opening: its box's upper left corner, width and height."""
    half, foot = w / 2, y + h
    spring = y + (w * 0.85 if pointed else half)
    if pointed:
        top = (
            f"Q{n(x)} {n(y + w * 0.3)} {n(x + half)} {n(y)}"
            f"Q{n(x + w)} {n(y + w * 0.3)} {n(x + w)} {n(spring)}"
        )
    else:
        top = f"A{n(half)} {n(half)} 0 0 1 {n(x + w)} {n(spring)}"
    return f"M{n(x)} {n(foot)}V{n(spring)}{top}V{n(foot)}Z"


def bright(color: str) -> float:
    """How light a `#rrggbb` colour looks, 0 (black) to 1 (white), by the weights of ITU-R BT.601."""
    r, g, b = (int(color[i : i + 2], 16) / 255 for i in (1, 3, 5))
    return 0.299 * r + 0.587 * g + 0.114 * b


def shade(ink: Ink, amount: float) -> str:
    """The hero's colour on a face turned from the light, `amount` 0 to 1.

    It sinks into a dark field; before a light one it darkens, as it would otherwise grow paler.
    """
    if bright(ink.shape) < bright(ink.ground):
        return darken(ink.shape, amount)
    return mix(ink.shape, ink.ground, amount)


def carve(ink: Ink, amount: float) -> str:
    """The hero's colour moved `amount` (0 to 1) to the field's: a detail that shows on the hero."""
    return mix(ink.shape, ink.ground, amount)
