"""Signs drawn by one winding line: a spiral, a maze, a web."""

from __future__ import annotations

import math
import random

from backend.catalog.posters.ink import Ink, lighten, mix
from backend.catalog.posters.motifs.marks import (
    circle,
    group,
    n,
    path,
    polar,
    rect,
    stroke,
)
from backend.catalog.posters.registry import motif


@motif("spiral")
def spiral(ink: Ink, rng: random.Random) -> str:
    """Two arms whirling in to a point; each half turn is an arc `ratio` times the one before."""
    ratio, half_turns, start = 0.8, 16, 51.0
    d, back = f"M{n(50 + start)} 50", ""
    for k in range(1, half_turns):
        side = -1 if k % 2 else 1
        r = start * ratio**k
        inner = r * 0.87
        # the arm ends in a point: both of its edges start at the same place
        before = start if k == 1 else start * ratio ** (k - 1) * 0.877
        edge = start * ratio ** (k - 1)
        d += f"A{n((r + edge) / 2)} {n((r + edge) / 2)} 0 0 1 {n(50 + side * r)} 50"
        half = (inner + before) / 2
        back = f"A{n(half)} {n(half)} 0 0 0 {n(50 - side * before)} 50" + back
    r = start * ratio ** (half_turns - 1) * 0.87
    arm = f"{d}L{n(50 + r)} 50{back}Z"
    paint = ink.radial(ink.accent, ink.shape, ink.shape, lighten(ink.shape, 0.15), r=0.55)
    arms = path(arm, paint) + group(path(arm, paint), "rotate(180 50 50)")
    turn, wind = 62 + rng.uniform(-14, 14), rng.choice((1, -1))
    return group(
        arms + circle(50, 50, 2.6, ink.accent),
        f"translate(50 50) scale({wind} 1) rotate({n(turn)}) translate(-50 -50)",
    )


@motif("maze")
def maze(ink: Ink, rng: random.Random) -> str:
    """A labyrinth with one way to its middle, the first steps of it traced."""
    size, cell = 11, 9.0
    middle = (size // 2, size // 2)
    open_: set[tuple[tuple[int, int], tuple[int, int]]] = set()
    came: dict[tuple[int, int], tuple[int, int]] = {}
    seen, stack = {middle}, [middle]
    while stack:
        x, y = stack[-1]
        ways = [
            (x + dx, y + dy)
            for dx, dy in ((1, 0), (-1, 0), (0, 1), (0, -1))
            if 0 <= x + dx < size and 0 <= y + dy < size and (x + dx, y + dy) not in seen
        ]
        if not ways:
            stack.pop()
            continue
        there = rng.choice(ways)
        open_ |= {((x, y), there), (there, (x, y))}
        came[there] = (x, y)
        seen.add(there)
        stack.append(there)
    door = rng.randrange(3, size - 3)

    def at(i: float) -> str:
        return n(0.5 + cell * i)

    walls = f"M{at(door)} {at(size)}H{at(0)}V{at(0)}H{at(size)}V{at(size)}H{at(door + 1)}"
    for across in (True, False):
        for i in range(1, size):
            start = None
            for j in range(size + 1):
                a = (j, i - 1) if across else (i - 1, j)
                b = (j, i) if across else (i, j)
                wall = j < size and (a, b) not in open_
                if wall and start is None:
                    start = j
                if not wall and start is not None:
                    walls += (
                        f"M{at(start)} {at(i)}H{at(j)}"
                        if across
                        else f"M{at(i)} {at(start)}V{at(j)}"
                    )
                    start = None
    step = (door, size - 1)
    trail = [(door + 0.5, size + 0.0), (door + 0.5, size - 0.5)]
    while step != middle:
        step = came[step]
        trail.append((step[0] + 0.5, step[1] + 0.5))
    line = "M" + "L".join(f"{at(x)} {at(y)}" for x, y in trail)
    return (
        rect(-1, -1, 102, 102, mix(ink.depth, ink.ground, 0.4), 1)
        + stroke(line, ink.accent, 1.3)
        + stroke(walls, ink.shape, 2.8)
        + circle(50, 50, 3.4, ink.accent)
    )


@motif("web")
def web(ink: Ink, rng: random.Random) -> str:
    """A spider's web hung in a frame of threads, dew on it."""
    x, y, count = 50.0, 49.0, 14
    spokes = []
    for k in range(count):
        a = (k + rng.uniform(-0.22, 0.22)) * math.tau / count
        spokes.append((a, rng.uniform(46.5, 52.5)))
    d = "".join("M{} {}L{} {}".format(n(x), n(y), *map(n, polar(x, y, r, a))) for a, r in spokes)
    rings, dew = "", ""
    for level in range(1, 9):
        share = (level / 8.6) ** 1.15
        first = True
        for k in range(count + 1):
            a, r = spokes[k % count]
            px, py = polar(x, y, r * share, a)
            if first:
                rings += f"M{n(px)} {n(py)}"
                first = False
                continue
            b, q = spokes[(k - 1) % count]
            gap = (a - b) % math.tau
            cx, cy = polar(x, y, (r + q) / 2 * share * 0.84, b + gap / 2)
            rings += f"Q{n(cx)} {n(cy)} {n(px)} {n(py)}"
            if rng.random() < 0.09:
                dew += circle(px, py, rng.uniform(1, 1.8), ink.accent)
    return (
        stroke(d, ink.shape, 1.3)
        + stroke(rings, ink.shape, 0.95)
        + circle(x, y, 2, ink.shape)
        + dew
    )
