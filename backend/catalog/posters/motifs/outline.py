"""Drawing by hand: smooth outlines, tapered limbs and the few shapes motifs are made of.

An outline is written as its points, `"x,y x,y! x,y"`. The pen passes through each of them; it turns
smoothly, except at a point marked `!`, which is a corner. All outlines run the same way round, so
that several of them joined into one path unite under one paint.
"""

from __future__ import annotations

import math
import re

from backend.catalog.posters.ink import Ink, darken, lighten, mix

Point = tuple[float, float, bool]
# A head in profile, looking right: height 1 from crown (0, 0) to chin, with the neck below.
PROFILE = (
    "0,0 .2,.03 .34,.14 .385,.28 .39,.38 .365,.43 .42,.52 .48,.61 .46,.65! .385,.665 .405,.71 "
    ".425,.74 .375,.765! .41,.8 .385,.845 .36,.87 .385,.92 .35,.985 .24,1.0 .1,.95 .05,1.02 "
    ".09,1.3! -.36,1.3! -.31,1.0 -.36,.82 -.45,.62 -.47,.4 -.4,.18 -.22,.04"
)
# Short hair on that head.
HAIR = (
    "0,-.01 .2,.02 .35,.14! .22,.2 .12,.3 .06,.46! .0,.5 -.08,.6 -.14,.8! -.35,.84! -.46,.62 "
    "-.48,.4 -.41,.17 -.22,.03"
)
LEADING_ZERO = re.compile(r"(?<!\d)0(?=\.)")
REACH = 0.36  # length of a Bézier handle, as a share of the distance to the next point


def _parse(points: str) -> list[Point]:
    parsed = []
    for item in points.split():
        x, y = item.rstrip("!").split(",")
        parsed.append((float(x), float(y), item.endswith("!")))
    return parsed


def _write(points: list[Point]) -> str:
    return " ".join(f"{x:.2f},{y:.2f}{'!' if corner else ''}" for x, y, corner in points)


def _handle(points: list[Point], i: int, towards: int) -> tuple[float, float]:
    """The control point that leaves point `i` in the direction of its neighbour (+1 or -1)."""
    x, y, corner = points[i]
    if corner:
        return x, y
    before, after = points[i - 1], points[(i + 1) % len(points)]
    dx, dy = after[0] - before[0], after[1] - before[1]
    length = math.hypot(dx, dy) or 1.0
    other = points[(i + towards) % len(points)]
    reach = REACH * towards * math.hypot(other[0] - x, other[1] - y) / length
    return x + dx * reach, y + dy * reach


def _trace(points: list[Point], closed: bool) -> str:
    # Relative coordinates, measured from where the rounded pen really is: a third shorter.
    px, py = round(points[0][0], 1), round(points[0][1], 1)
    parts = [f"M{px:g} {py:g}"]
    for i in range(len(points) if closed else len(points) - 1):
        j = (i + 1) % len(points)
        stops = [points[j][:2]]
        straight = points[i][2] and points[j][2]
        if not straight:
            stops = [_handle(points, i, 1), _handle(points, j, -1), *stops]
        steps = [round(v, 1) + 0.0 for x, y in stops for v in (x - px, y - py)]
        text = " ".join(f"{v:g}" for v in steps).replace(" -", "-")
        parts.append(("l" if straight else "c") + LEADING_ZERO.sub("", text))
        px, py = px + steps[-2], py + steps[-1]
    return "".join(parts) + ("Z" if closed else "")


def _closed(points: list[Point]) -> str:
    area = sum(
        points[i - 1][0] * points[i][1] - points[i][0] * points[i - 1][1]
        for i in range(len(points))
    )
    return _trace(points if area >= 0 else points[::-1], closed=True)


def blob(points: str) -> str:
    """Path data of the closed outline through `points`."""
    return _closed(_parse(points))


def sym(points: str, axis: float = 50.0) -> str:
    """Path data of an outline of which `points` are the right half, from top to bottom."""
    half = _parse(points)
    other = [(2 * axis - x, y, corner) for x, y, corner in half if abs(x - axis) > 0.01]
    return _closed(half + other[::-1])


def curve(points: str) -> str:
    """Path data of the open line through `points`; its ends do not turn."""
    parsed = _parse(points)
    ends = {0, len(parsed) - 1}
    return _trace([(x, y, corner or i in ends) for i, (x, y, corner) in enumerate(parsed)], False)


def limb(points: str) -> str:
    """Path data of a tapered limb along joints `"x,y,radius ..."`, with round ends."""
    joints = [tuple(float(v) for v in item.split(",")) for item in points.split()]
    left: list[Point] = []
    right: list[Point] = []
    for i, (x, y, r) in enumerate(joints):
        before, after = joints[max(i - 1, 0)], joints[min(i + 1, len(joints) - 1)]
        dx, dy = after[0] - before[0], after[1] - before[1]
        length = math.hypot(dx, dy) or 1.0
        ux, uy = dx / length * r, dy / length * r
        if i == 0:
            left.append((x - ux, y - uy, False))
        left.append((x + uy, y - ux, False))
        right.append((x - uy, y + ux, False))
        if i == len(joints) - 1:
            left.append((x + ux, y + uy, False))
    return _closed(left + right[::-1])


def place(
    points: str, x: float, y: float, scale: float, turn: float = 0.0, flip: bool = False
) -> str:
    """`points` scaled, mirrored left to right if `flip`, turned by `turn` degrees, moved to x, y."""
    cos, sin = math.cos(math.radians(turn)), math.sin(math.radians(turn))
    moved = []
    for px, py, corner in _parse(points):
        sx, sy = px * (-scale if flip else scale), py * scale
        moved.append((x + sx * cos - sy * sin, y + sx * sin + sy * cos, corner))
    return _write(moved)


def fill(d: str, paint: str, extra: str = "") -> str:
    """A filled path."""
    return f'<path d="{d}" fill="{paint}"{" " + extra if extra else ""}/>'


def stroke(d: str, paint: str, width: float, extra: str = "") -> str:
    """A path drawn as a line with round ends."""
    return (
        f'<path d="{d}" fill="none" stroke="{paint}" stroke-width="{width:g}" '
        f'stroke-linecap="round" stroke-linejoin="round"{" " + extra if extra else ""}/>'
    )


def disc(x: float, y: float, r: float, paint: str, extra: str = "") -> str:
    """A filled circle."""
    more = " " + extra if extra else ""
    return f'<circle cx="{x:.4g}" cy="{y:.4g}" r="{r:.4g}" fill="{paint}"{more}/>'


def oval(x: float, y: float, rx: float, ry: float, paint: str, turn: float = 0.0) -> str:
    """A filled ellipse, turned by `turn` degrees about its centre."""
    spin = f' transform="rotate({turn:g} {x:.4g} {y:.4g})"' if turn else ""
    return f'<ellipse cx="{x:.4g}" cy="{y:.4g}" rx="{rx:.4g}" ry="{ry:.4g}" fill="{paint}"{spin}/>'


def box(x: float, y: float, w: float, h: float, paint: str, round_by: float = 0.0) -> str:
    """A filled rectangle, its corners rounded by `round_by`."""
    corner = f' rx="{round_by:g}"' if round_by else ""
    return (
        f'<rect x="{x:.4g}" y="{y:.4g}" width="{w:.4g}" height="{h:.4g}" fill="{paint}"{corner}/>'
    )


def turned(body: str, degrees: float, x: float = 50.0, y: float = 50.0) -> str:
    """`body` turned clockwise about x, y."""
    return f'<g transform="rotate({degrees:g} {x:g} {y:g})">{body}</g>'


def shifted(body: str, x: float) -> str:
    """`body` moved x to the right."""
    return f'<g transform="translate({x:g} 0)">{body}</g>'


def mirrored(body: str, axis: float = 50.0) -> str:
    """`body` mirrored left to right about `axis`."""
    return f'<g transform="translate({2 * axis:g} 0) scale(-1 1)">{body}</g>'


def circle(x: float, y: float, r: float) -> str:
    """Path data of a circle, to be united with limbs."""
    return blob(f"{x},{y - r} {x + r},{y} {x},{y + r} {x - r},{y}")


def bright(color: str) -> bool:
    """Whether `color` is nearer to white than to black."""
    return sum(int(color[i : i + 2], 16) for i in (1, 3, 5)) > 382


def paper(ink: Ink) -> str:
    """The lightest tone that suits the poster: pages, dials, teeth, drum skins."""
    lightest = max(
        (ink.shape, ink.glow), key=lambda c: sum(int(c[i : i + 2], 16) for i in (1, 3, 5))
    )
    return lighten(lightest, 0.55)


def volume(ink: Ink, angle: float = 15.0) -> str:
    """The paint of a hero: `shape` with a light edge on one side and a shaded one on the other."""
    return ink.linear(
        lighten(ink.shape, 0.38), ink.shape, ink.shape, darken(ink.shape, 0.38), angle=angle
    )


def crease(ink: Ink, amount: float = 0.6) -> str:
    """The tone of folds and seams on the hero: `shape` on its way to `ground`."""
    return mix(ink.shape, ink.ground, amount)


def second(ink: Ink) -> str:
    """The tone of a hero's lesser masses: `depth`, kept apart from the ground by some `shape`."""
    return mix(ink.depth, ink.shape, 0.35)


def night(ink: Ink) -> str:
    """The darkest tone that still belongs to the poster: pupils, nostrils, openings."""
    return mix(ink.ground, "#000000", 0.45)
