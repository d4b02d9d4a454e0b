"""Ground and water: the layers that a horizon is made of."""

from __future__ import annotations

import math
import random
from itertools import pairwise

from backend.catalog.posters.layouts.stage import HEIGHT, WIDTH, n

Ridge = list[tuple[float, float]]


def ridge(rng: random.Random, y: float, rise: float, steps: int) -> Ridge:
    """A line of hills around height `y`, from beyond the left edge to beyond the right."""
    span = (WIDTH + 80) / steps
    start = rng.choice((-1, 1))
    return [
        (-40 + i * span, y + start * (-1) ** i * rise * rng.uniform(0.35, 1.0))
        for i in range(steps + 1)
    ]


def peaks(rng: random.Random, y: float, rise: float, steps: int) -> str:
    """Path data of sharp mountains on height `y`, down to the lower edge."""
    span = (WIDTH + 80) / steps
    d = f"M-40 {HEIGHT + 4}"
    for i in range(steps + 1):
        top = y - rise * (rng.uniform(0.55, 1.0) if i % 2 else rng.uniform(0.05, 0.35))
        d += f"L{n(-40 + (i + rng.uniform(-0.25, 0.25)) * span)} {n(top)}"
    return d + f"V{HEIGHT + 4}Z"


def smooth(points: Ridge, bottom: float = HEIGHT + 4) -> str:
    """Path data under the smooth line through `points`, down to `bottom`."""
    d = f"M{n(points[0][0])} {n(bottom)}V{n(points[0][1])}"
    for (x0, y0), (x1, y1) in pairwise(points):
        middle = (x0 + x1) / 2
        d += f"C{n(middle)} {n(y0)} {n(middle)} {n(y1)} {n(x1)} {n(y1)}"
    return d + f"V{n(bottom)}Z"


def height_at(points: Ridge, x: float) -> float:
    """How high the smooth line stands at `x`."""
    for (x0, y0), (x1, y1) in pairwise(points):
        if x <= x1:
            t = (x - x0) / (x1 - x0)
            return y0 + (y1 - y0) * t * t * (3 - 2 * t)
    return points[-1][1]


def highest(points: Ridge, left: float, right: float) -> float:
    """The lowest standing room (largest y) on the line between two places."""
    return max(height_at(points, left + (right - left) * i / 8) for i in range(9))


def waves(y: float, rise: float, length: float, phase: float) -> str:
    """Path data of water whose surface swings around `y`."""
    x = -length * (1 + phase % 1)
    d = f"M{n(x)} {HEIGHT + 4}V{n(y)}"
    while x < WIDTH + length:
        half = length / 2
        d += f"q{n(half / 2)} {n(-rise)} {n(half)} 0t{n(half)} 0"
        x += length
    return d + f"V{HEIGHT + 4}Z"


def glints(rng: random.Random, x: float, y: float, width: float, count: int) -> str:
    """Path data of light lying on water below a lamp at `x`, wider further down."""
    d = ""
    for i in range(count):
        t = (i + 1) / count
        half = width * (0.25 + 0.75 * t) * rng.uniform(0.35, 1.0)
        at = x + rng.uniform(-0.3, 0.3) * width * t
        d += f"M{n(at - half)} {n(y + (HEIGHT - y) * 0.92 * t * (0.4 + 0.6 * t))}h{n(2 * half)}"
    return d


def star(x: float, y: float, inner: float, outer: float, points: int, turn: float) -> str:
    """Path data of wedges of light from x, y: `points` of them, `turn` radians round."""
    d, step = "", math.tau / points
    for i in range(points):
        a, b = turn + i * step, turn + (i + 0.5) * step
        d += (
            f"M{n(x + inner * math.cos(a))} {n(y + inner * math.sin(a))}"
            f"L{n(x + outer * math.cos(a))} {n(y + outer * math.sin(a))}"
            f"L{n(x + outer * math.cos(b))} {n(y + outer * math.sin(b))}"
            f"L{n(x + inner * math.cos(b))} {n(y + inner * math.sin(b))}Z"
        )
    return d
