"""Land that runs from edge to edge: mountain, dunes, river, field."""

from __future__ import annotations

import random

from backend.catalog.posters.ink import Ink, darken, lighten, mix
from backend.catalog.posters.motifs.marks import (
    Point,
    bright,
    ellipse,
    n,
    path,
    polygon,
    rect,
    shade,
    stroke,
)
from backend.catalog.posters.motifs.outline import curve, fill, paper
from backend.catalog.posters.registry import motif


def _jag(rng: random.Random, a: Point, b: Point, steps: int, rough: float) -> list[Point]:
    """Points from `a` to `b`, each pushed off the straight line by up to `rough` units."""
    points = [a]
    for k in range(1, steps):
        t = k / steps
        x, y = a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t
        points.append((x + rng.uniform(-rough, rough), y + rng.uniform(-rough, rough) * 0.8))
    return [*points, b]


def _peak(
    rng: random.Random, x: float, y: float, left: float, right: float, tones: tuple[str, ...]
) -> str:
    """A mountain with its summit at (x, y): a lit and a shaded side and snow down to a ragged line.

    Args:
        left, right: where its slopes reach the foot of the picture.
        tones: lit rock, shaded rock, lit snow, shaded snow.
    """
    base, rough = 104.0, (104 - y) * 0.035
    west = _jag(rng, (x, y), (left, base), 7, rough)
    east = _jag(rng, (x, y), (right, base), 7, rough)
    # The ridge that parts light from shade zigzags towards the viewer.
    ridge: list[Point] = [(x, y)]
    for k in range(1, 7):
        t = k / 6
        ridge.append(
            (x + (right - left) * (0.07 if k % 2 else -0.03) * (0.5 + t), y + (base - y) * t)
        )
    drop = (base - y) * rng.uniform(0.34, 0.4)

    def snow(slope: list[Point], inner: list[Point]) -> str:
        outer = [p for p in slope if p[1] < y + drop]
        end, start = outer[-1], [p for p in inner if p[1] < y + drop * 1.1]
        hem = []
        for k in range(1, 6):
            t = k / 6
            fall = drop * (0.34 if k % 2 else -0.06) * rng.uniform(0.7, 1.2)
            hem.append(
                (end[0] + (start[-1][0] - end[0]) * t, end[1] + (start[-1][1] - end[1]) * t + fall)
            )
        return polygon([*outer, *hem, *start[::-1]])

    return (
        path(polygon(west + ridge[::-1]), tones[0])
        + path(polygon(east + ridge[::-1]), tones[1])
        + path(snow(west, ridge), tones[2])
        + path(snow(east, ridge), tones[3])
    )


def _pine(x: float, y: float, h: float) -> str:
    """Path data of a small fir standing at (x, y), `h` high."""
    w = h * 0.2
    return (
        f"M{n(x)} {n(y - h)}l{n(w * 0.7)} {n(h * 0.38)}h{n(-w * 0.35)}l{n(w * 0.65)} {n(h * 0.44)}H{n(x + h * 0.04)}"
        f"V{n(y)}H{n(x - h * 0.04)}v{n(-h * 0.18)}H{n(x - w)}l{n(w * 0.65)} {n(-h * 0.44)}h{n(-w * 0.35)}z"
    )


@motif("mountain", kind="scene")
def mountain(ink: Ink, rng: random.Random) -> str:
    """A snowy summit before its range, foothills in front."""
    rock = ink.shape if bright(ink.shape) < 0.6 else shade(ink, 0.3)
    dusk = (
        darken(rock, 0.4) if bright(ink.shape) < bright(ink.ground) else mix(rock, ink.ground, 0.5)
    )
    white = paper(ink)
    main = (
        ink.linear(rock, mix(rock, ink.depth, 0.5)),
        ink.linear(dusk, mix(dusk, ink.depth, 0.5)),
        white,
        mix(white, rock, 0.45),
    )
    far = tuple(
        mix(tone, mix(ink.depth, ink.ground, 0.35), 0.62)
        for tone in (rock, dusk, white, mix(white, rock, 0.45))
    )
    x = rng.choice((82.0, 116.0)) + rng.uniform(-6, 6)
    back: list[Point] = []
    top = rng.uniform(44, 52)
    for k in range(15):
        back.append((-8 + k * 15.5, top + (9 if k % 2 else -5) + rng.uniform(-5, 5)))
    hills = [rng.uniform(84, 91) for _ in range(6)]
    ridge = curve(" ".join(f"{-10 + k * 44},{n(h)}" for k, h in enumerate(hills)))
    firs = ""
    for _ in range(17):
        u = rng.random() * 4.6
        ground = hills[int(u)] + (hills[int(u) + 1] - hills[int(u)]) * (u - int(u))
        firs += _pine(-10 + u * 44, ground + 2, rng.uniform(6, 10))
    low = curve(
        " ".join(
            f"{-10 + k * 55},{n(101 - h * 0.07 + (k % 2) * 4)}" for k, h in enumerate(hills[:5])
        )
    )
    return (
        path(polygon([*back, (210, 104), (-8, 104)]), mix(ink.depth, ink.ground, 0.55))
        + _peak(rng, x - 62, rng.uniform(34, 42), x - 128, x + 6, far)
        + _peak(rng, x + 60, rng.uniform(30, 38), x - 6, x + 132, far)
        + _peak(rng, x, 4, x - 84, x + 80, main)
        + fill(firs, darken(mix(ink.depth, ink.shape, 0.2), 0.35))
        + path(f"{ridge}V104H-10Z", ink.linear(mix(ink.depth, ink.shape, 0.15), ink.depth))
        + path(f"{low}V104H-10Z", darken(ink.depth, 0.3))
    )


def _dune(x: float, y: float, left: float, right: float, lit: str, dark: str) -> str:
    """A dune with its crest at (x, y), which winds down to the viewer and parts light from shade."""
    mid, fall = x + (right - x) * 0.16, 106 - y
    crest = (
        f"C{n(x - 5)} {n(y + fall * 0.22)} {n(x + (right - x) * 0.34)} {n(y + fall * 0.36)} "
        f"{n(mid)} {n(y + fall * 0.58)}S{n(x - 16)} {n(y + fall * 0.82)} {n(x + 6)} 106"
    )
    windward = f"M{n(left)} 106C{n(left + (x - left) * 0.42)} {n(106 - fall * 0.12)} {n(x - (x - left) * 0.36)} {n(y + fall * 0.1)} {n(x)} {n(y)}"
    lee = f"M{n(x)} {n(y)}C{n(x + (right - x) * 0.2)} {n(y + fall * 0.34)} {n(x + (right - x) * 0.55)} {n(y + fall * 0.62)} {n(right)} 106"
    return path(f"{lee}H{n(left)}L{n(x)} {n(y)}Z", dark) + path(windward + crest + "Z", lit)


@motif("dunes", kind="scene")
def dunes(ink: Ink, rng: random.Random) -> str:
    """Dunes behind dunes, one side of each in the light."""
    side = rng.choice((1, -1))

    def row(places: list[tuple[float, float, float, float]], tone: str, dark: str) -> str:
        lit = ink.linear(lighten(tone, 0.22), tone, mix(tone, dark, 0.35))
        deep = ink.linear(dark, mix(dark, tone, 0.45))
        return "".join(
            _dune(x + rng.uniform(-5, 5), y + rng.uniform(-3, 3), x - w1, x + w2, lit, deep)
            for x, y, w1, w2 in places
        )

    far = mix(ink.shape, ink.glow, 0.5)
    body = (
        row(
            [(30, 24, 90, 70), (150, 16, 110, 90)],
            mix(far, ink.ground, 0.25),
            mix(far, ink.depth, 0.55),
        )
        + row(
            [(84, 34, 130, 80), (196, 44, 90, 60)],
            mix(ink.shape, far, 0.4),
            mix(ink.shape, ink.depth, 0.62),
        )
        + row([(22, 54, 80, 90), (142, 50, 110, 110)], ink.shape, mix(ink.shape, ink.depth, 0.78))
        + row(
            [(78, 76, 130, 150)], mix(ink.shape, ink.depth, 0.15), mix(ink.depth, "#000000", 0.12)
        )
    )
    ripples = ""
    for k in range(5):
        x, y = 10 + k * 9 + rng.uniform(-2, 2), 101 - k * 4
        ripples += f"M{n(x)} {n(y)}q{n(9 - k)} -3 {n(18 - k)} -2.4t{n(14 - k)} -3.4"
    body += stroke(ripples, mix(ink.shape, ink.depth, 0.55), 0.6, 0.7)
    if side < 0:
        return f'<g transform="matrix(-1 0 0 1 200 0)">{body}</g>'
    return body


@motif("river", kind="scene")
def river(ink: Ink, rng: random.Random) -> str:
    """A river winding towards the viewer between wooded spurs."""
    pale = lighten(mix(ink.glow, ink.shape, 0.12), 0.25)
    spurs = (
        (1, 36, 98, 4.0),
        (-1, 40, 116, 6.0),
        (1, 47, 82, 9.0),
        (-1, 57, 122, 13.0),
        (1, 72, 62, 18.0),
    )
    body = ""
    for k, (way, y, reach, tall) in enumerate(spurs):
        t = k / (len(spurs) - 1)
        tone = mix(mix(ink.depth, ink.glow, 0.42), ink.shape, t)
        length = reach + rng.uniform(-5, 5)
        foot = y + 3 + k * 2.2

        def at(x: float, mirror: bool = way < 0) -> str:
            return n(200 - x if mirror else x)

        rise = 9 + 3.4 * k
        top = f"M{at(-8)} {n(y - rise)}C{at(length * 0.3)} {n(y - rise * 1.1)} {at(length * 0.6)} {n(y - rise * 0.1)} {at(length)} {n(foot)}"
        shore = f"C{at(length * 0.8)} {n(foot + 3 + k)} {at(length * 0.35)} {n(foot + 5 + k * 1.6)} {at(-8)} {n(foot + 6 + k * 4)}Z"
        trees = ""
        for j in range(7 - k // 2):
            u = (j + rng.random() * 0.7) / (8 - k // 2)
            x = length * u * 0.72
            ground = y - rise * (1.03 - 0.95 * max(0.0, u * 0.72 - 0.12) ** 0.9) + 2.4
            trees += _pine(x if way > 0 else 200 - x, ground, tall * rng.uniform(0.75, 1.25))
        body += fill(trees, mix(darken(tone, 0.4), ink.depth, 0.3))
        body += path(top + shore, ink.linear(lighten(tone, 0.1), mix(tone, ink.depth, 0.3)))
    glints = ""
    for k in range(16):
        w = 2.1 + k * 0.6
        glints += f"M{n(100 + rng.uniform(-20, 26) - w)} {n(44 + k * 3.8)}h{n(2 * w * rng.uniform(0.5, 1))}"
    ridge: list[Point] = [
        (-8 + k * 18.0, 20 + (6 if k % 2 else -5) + rng.uniform(-4, 4)) for k in range(13)
    ]
    return (
        path(polygon([*ridge, (210, 50), (-8, 50)]), mix(ink.depth, ink.ground, 0.5))
        + rect(-6, 36, 212, 68, ink.linear(pale, mix(ink.glow, ink.depth, 0.45)))
        + stroke(glints, lighten(pale, 0.5), 0.7, 0.8)
        + body
    )


@motif("field", kind="scene")
def field(ink: Ink, rng: random.Random) -> str:
    """A ploughed field running to the horizon, ears of wheat in front."""
    vx, vy = 100 + rng.uniform(-24, 24), 46.0
    left, right, foot = -6.0, 206.0, 104.0

    def edge(x: float) -> Point:
        """Where the furrow that would reach the foot of the picture at `x` leaves the frame."""
        side = left if x < left else right
        if left <= x <= right:
            return x, foot
        return side, vy + (foot - vy) * (side - vx) / (x - vx)

    rows = ""
    for k in range(17):
        a, b = -330 + k * 50.6, -305 + k * 50.6
        corner = [(side, foot) for side in (left, right) if a < side < b]
        rows += polygon([(vx - 0.4, vy), edge(a), *corner, edge(b), (vx + 0.4, vy)])
    hedge = "".join(
        f"M{n(x - r)} {vy}a{n(r)} {n(r * 0.9)} 0 0 1 {n(2 * r)} 0z"
        for x, r in ((x + rng.uniform(-4, 4), rng.uniform(2, 5.4)) for x in range(0, 210, 9))
    )
    hills = curve(" ".join(f"{-10 + k * 44},{n(rng.uniform(34, 42))}" for k in range(6)))
    stalks = ears = ""
    for k in range(26):
        # Two sheaves of stalks frame the view, taller towards the edge.
        u = k // 2 / 13 + rng.uniform(-0.05, 0.05)
        root = u * 66 - 2 if k % 2 else 202 - u * 66
        high = 52 - 34 * u + rng.uniform(-7, 7)
        lean = rng.uniform(-2, 6) * (1 if k % 2 else -1)
        tx, ty = root + lean, 104 - high
        stalks += (
            f"M{n(root)} 104Q{n(root)} {n(104 - high * 0.5)} {n(tx)} {n(ty)}l{n(lean * 0.6)}-17"
        )
        for side in (-1.1, 1.1):
            ears += f"M{n(tx + side)} {n(ty)}l{n(lean * 0.45 - side * 0.6)}-13"
    return (
        ellipse(vx, vy, 90, 26, ink.radial(ink.glow + "/0.9", ink.glow + "/0"))
        + path(f"{hills}V60H-10Z", mix(ink.depth, ink.ground, 0.5))
        + fill(hedge, mix(ink.depth, ink.ground, 0.15))
        + rect(
            -6,
            vy,
            212,
            58,
            ink.linear(mix(ink.shape, ink.glow, 0.45), mix(ink.shape, ink.depth, 0.3)),
        )
        + fill(rows, ink.linear(mix(ink.depth, ink.glow, 0.3), ink.depth))
        + stroke(stalks, mix(ink.shape, ink.accent, 0.5), 0.6)
        + f'<g stroke-dasharray="0 2.1">{stroke(ears, ink.accent, 2.1)}</g>'
    )
