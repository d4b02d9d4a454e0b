"""Signs made of light let through or broken: blinds, shards."""

from __future__ import annotations

import math
import random

from backend.catalog.posters.ink import Ink, darken, lighten, mix
from backend.catalog.posters.motifs.marks import (
    Point,
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
from backend.catalog.posters.registry import motif


@motif("blinds", kind="scene")
def blinds(ink: Ink, rng: random.Random) -> str:
    """Venetian blinds, two slats pressed apart and somebody looking out."""
    x = 100 + rng.uniform(-24, 24)
    slat = ink.linear(lighten(ink.shape, 0.3), ink.shape, shade(ink, 0.35))
    slats = ""
    for k in range(11):
        y = 2.0 + k * 9.6
        gap = y + 3.4 - 55
        push = math.copysign(max(0.0, 11 - abs(gap) * 0.34), gap) if abs(gap) < 32 else 0.0
        top = f"M-5 {n(y)}H{n(x - 46)}C{n(x - 22)} {n(y)} {n(x - 20)} {n(y + push)} {n(x)} {n(y + push)}S{n(x + 22)} {n(y)} {n(x + 46)} {n(y)}H205"
        foot = y + 7
        low = f"V{n(foot)}H{n(x + 46)}C{n(x + 22)} {n(foot)} {n(x + 20)} {n(foot + push * 0.92)} {n(x)} {n(foot + push * 0.92)}S{n(x - 22)} {n(foot)} {n(x - 46)} {n(foot)}H-5Z"
        slats += path(top + low, slat)
    dark = darken(mix(ink.ground, ink.depth, 0.5), 0.55)
    return (
        rect(-5, 0, 210, 104, ink.linear(mix(ink.accent, ink.glow, 0.5), ink.glow))
        + ellipse(x, 54, 46, 20, dark)
        + path(
            f"M{n(x - 22)} 56Q{n(x)} 38 {n(x + 22)} 56Q{n(x)} 68 {n(x - 22)} 56Z",
            lighten(ink.glow, 0.75),
        )
        + circle(x, 54, 8.4, ink.accent)
        + circle(x, 54, 4, dark)
        + circle(x + 2.6, 51, 1.6, "#ffffff")
        + slats
        + stroke("M36 0V104M164 0V104", carve(ink, 0.5), 1.2)
        + stroke("M12 0V70", lighten(ink.shape, 0.4), 0.9)
        + path("M10.4 70H13.6L14.8 80H9.2Z", ink.accent)
    )


def _to_frame(x: float, y: float, angle: float, corner: list[float]) -> Point:
    """Where the ray from (x, y) at `angle` leaves the frame left, top, right, bottom."""
    left, top, right, bottom = corner
    dx, dy = math.sin(angle), -math.cos(angle)
    reach = min(
        (right - x) / dx if dx > 1e-9 else (left - x) / dx if dx < -1e-9 else math.inf,
        (bottom - y) / dy if dy > 1e-9 else (top - y) / dy if dy < -1e-9 else math.inf,
    )
    return x + reach * dx, y + reach * dy


@motif("shards")
def shards(ink: Ink, rng: random.Random) -> str:
    """A pane broken by one blow, the pieces coming apart."""
    frame = [9.0, 8.0, 91.0, 92.0]
    x, y, count = 50 + rng.uniform(-9, 9), 46 + rng.uniform(-8, 8), 12
    corners = [math.atan2(cx - x, y - cy) % math.tau for cx in frame[::2] for cy in frame[1::2]]
    cuts = sorted(
        (k + rng.uniform(-0.32, 0.32)) * math.tau / count % math.tau for k in range(count)
    )
    pieces = ""
    tones = [ink.shape, lighten(ink.shape, 0.4), shade(ink, 0.3), shade(ink, 0.5), ink.shape]
    last = 0
    for k in range(count):
        a, b = cuts[k], cuts[(k + 1) % count]
        b += math.tau if b < a else 0
        rim = [_to_frame(x, y, a, frame)]
        for c in sorted((corner - a) % math.tau + a for corner in corners):
            if c < b:
                rim.append(_to_frame(x, y, c, frame))
        rim.append(_to_frame(x, y, b, frame))
        m = (a + b) / 2
        u, v = rng.uniform(0.28, 0.62), rng.uniform(0.28, 0.62)
        p = (x + (rim[0][0] - x) * u, y + (rim[0][1] - y) * u)
        q = (x + (rim[-1][0] - x) * v, y + (rim[-1][1] - y) * v)
        for push, pts in ((2.2, [(x, y), p, q]), (5 + rng.uniform(0, 4), [p, *rim, q])):
            ox, oy = push * math.sin(m), -push * math.cos(m)
            spin = rng.uniform(-0.09, 0.09)
            gx = sum(px for px, _ in pts) / len(pts)
            gy = sum(py for _, py in pts) / len(pts)
            moved = [
                (
                    gx + ox + (px - gx) * math.cos(spin) - (py - gy) * math.sin(spin),
                    gy + oy + (px - gx) * math.sin(spin) + (py - gy) * math.cos(spin),
                )
                for px, py in pts
            ]
            last = (last + rng.randint(1, 4)) % 5
            pieces += path(polygon(moved), tones[last])
            if push > 3 and k % 3 == 0:
                (ax, ay), (bx, by) = moved[0], moved[1]
                pieces += stroke(f"M{n(ax)} {n(ay)}L{n(bx)} {n(by)}", "#ffffff", 0.8, 0.8)
    splinters = ""
    for _ in range(5):
        a, r = rng.uniform(0, math.tau), rng.uniform(12, 40)
        px, py = x + r * math.sin(a), y - r * math.cos(a)
        splinters += polygon(
            (px + s * math.sin(a + w), py - s * math.cos(a + w))
            for s, w in ((5.0, 0.0), (1.7, 1.9), (2.4, 4.1))
        )
    return pieces + path(splinters, ink.accent)
