"""Layouts that look through something: tunnel, window."""

from __future__ import annotations

import math

from backend.catalog.posters.ink import mix
from backend.catalog.posters.layouts.company import (
    far_layer,
    in_sky,
    on_ground,
    shadow,
    slats,
    standing,
)
from backend.catalog.posters.layouts.light import SOFT, apart, deeper, halo, lamp
from backend.catalog.posters.layouts.stage import (
    HEIGHT,
    SCREENS,
    WIDTH,
    Stage,
    circle,
    group,
    n,
    path,
    polygon,
    rect,
)
from backend.catalog.posters.render import Box


def _frame(kind: str, x: float, y: float, w: float, h: float, turn: float) -> str:
    """Path data of one frame around x, y: "box", "round", "arch" or "prism"."""
    if kind == "round":
        r = max(w, h) / 2
        arc = f"a{n(r)} {n(r)} 0 1 0"
        return f"M{n(x - r)} {n(y)}{arc} {n(2 * r)} 0{arc} {n(-2 * r)} 0Z"
    if kind == "arch":
        r, foot = w / 2, n(y + h / 2)
        return f"M{n(x - r)} {foot}V{n(y - h / 2 + r)}a{n(r)} {n(r)} 0 0 1 {n(w)} 0V{foot}Z"
    if kind == "prism":
        r = max(w, h) * 0.62
        return polygon(
            [
                (
                    x + r * math.cos(turn + k * math.tau / 6),
                    y + r * math.sin(turn + k * math.tau / 6),
                )
                for k in range(6)
            ]
        )
    return polygon(
        [
            (x - w / 2, y - h / 2),
            (x + w / 2, y - h / 2),
            (x + w / 2, y + h / 2),
            (x - w / 2, y + h / 2),
        ]
    )


def tunnel(stage: Stage) -> str:
    """Frames within frames that lead to the hero."""
    ink, rng = stage.ink, stage.rng
    kind = rng.choice(("box", "round", "arch", "prism"))
    light = stage.field(ink.glow)
    outer = deeper(ink.ground, 0.35)
    count = rng.choice((8, 9, 10))
    cx, cy = 200 + stage.side * rng.uniform(0, 14), rng.uniform(286, 306)
    twist = rng.uniform(-0.1, 0.1)
    body = rect(0, 0, WIDTH, HEIGHT, outer)
    inner_w, inner_h = 210.0, 270.0
    for k in range(count):
        t = k / (count - 1)
        size = (1 - t) ** 1.5
        w, h = inner_w + size * 470, inner_h + size * 560
        x, y = 200 + (cx - 200) * t, 300 + (cy - 300) * t
        tone = mix(mix(outer, ink.depth, min(1.0, t * 2)), light, max(0.0, t * 1.5 - 0.5))
        body += path(_frame(kind, x, y, w, h, twist * k), tone)
    # One slant of light over all walls costs a tenth of a gradient for each.
    gleam = ink.linear(f"{light}/0.22", f"{outer}/0", f"{outer}/0.4", angle=90 - stage.side * 35)
    body += rect(0, 0, WIDTH, HEIGHT, gleam)
    inside = _frame(kind, cx, cy, inner_w, inner_h, twist * (count - 1))
    body += halo(ink, cx, cy, 240, light, 0.6)
    core = halo(ink, cx, cy, 170, apart(light, ink.shape, 0.4), 0.9)
    drawing = stage.hero_on(light)
    if stage.hero.is_scene:
        foot = cy + inner_h / 2 - (8 if kind in ("box", "arch") else 34)
        core += standing(stage, drawing, 1.9, foot, Box(cx - 200, cy - 200, 400, 400))
        hero = ""
    else:
        core += far_layer(stage, light, cy + inner_h / 2, 1.1)
        room = Box(cx - 138, cy - 132, 276, 264)
        free = stage.hero.flies
        hero, box = drawing.fit(room, stage.mirror, middle=True)
        if not free:
            hero = shadow(stage, box, mix(light, ink.depth, 0.5)) + hero
    body += group(core, stage.clip(f'<path d="{inside}"/>'))
    if stage.detail is not None and not stage.detail.is_scene:
        body += _swarm(stage, cx, cy, mix(outer, ink.depth, 0.6))
    return body + hero


def _swarm(stage: Stage, cx: float, cy: float, behind: str) -> str:
    """The detail again and again along the walls, larger the nearer it is."""
    rng = stage.rng
    drawing = stage.detail_on(behind)
    assert drawing is not None
    body, start = "", rng.uniform(0, math.tau)
    for k in range(6):
        angle = start + k * math.tau * 0.382
        reach = 158 + k * 20
        x = cx + math.cos(angle) * reach * 0.86
        y = cy + math.sin(angle) * reach * 1.18
        size = 26 + k * 9
        item, _ = drawing.fit(Box(x - size / 2, y - size / 2, size, size), middle=True)
        turn = rng.uniform(-28, 28)
        body += f'<g transform="rotate({turn:.0f} {n(x)} {n(y)})" opacity="{0.5 + k * 0.1:.2g}">'
        body += f"{item}</g>"
    return body


def _opening(kind: str) -> tuple[str, Box]:
    """The shape of an opening and the box of it."""
    if kind == "round":
        return _frame("round", 200, 258, 316, 316, 0), Box(42, 100, 316, 316)
    if kind == "keyhole":
        d = "M200 66a112 112 0 0 1 62 205L308 470H92L138 271A112 112 0 0 1 200 66Z"
        return d, Box(92, 66, 216, 404)
    if kind == "arch":
        return _frame("arch", 200, 270, 268, 400, 0), Box(66, 70, 268, 400)
    return _frame("box", 200, 268, 284, 396, 0), Box(58, 70, 284, 396)


def window(stage: Stage) -> str:
    """The hero seen through an opening in a dark field."""
    ink, rng = stage.ink, stage.rng
    kind = rng.choice(("round", "arch", "panes", "keyhole", "arch", "panes"))
    if stage.hero.is_scene and kind == "keyhole":
        kind = "arch"
    screen = stage.detail.name if stage.detail is not None else ""
    if screen in SCREENS and kind in ("keyhole", "round"):
        kind = "arch"
    d, box = _opening(kind)
    wall = apart(ink.ground, ink.glow, 0.2)
    light = apart(stage.field(ink.glow), wall, 0.12)
    body = stage.backdrop(wall, wall, deeper(wall, 0.4), angle=90 - stage.side * 30)
    body += halo(ink, box.cx, box.cy, 340, mix(wall, light, 0.45), 0.8)
    # The floor, and the light that falls on it.
    floor = deeper(wall, 0.35)
    body += rect(0, 506, WIDTH, 94, ink.linear(floor, deeper(floor, 0.5)))
    lean = stage.side * 46
    fall = [
        (box.x + 8, 508),
        (box.right - 8, 508),
        (box.right + 34 + lean, 600),
        (box.x - 34 + lean, 600),
    ]
    body += path(polygon(fall), ink.linear(f"{light}/0.5", f"{light}/0.06"))
    # The thickness of the wall: the same opening, moved away from the light.
    body += group(path(d, deeper(wall, 0.6)), f'transform="translate({-stage.side * 9} -7)"')
    rim = mix(wall, light, 0.55)
    body += path(d, rim, f'stroke="{rim}" stroke-width="5" stroke-linejoin="round"')
    sky = ink.linear(mix(light, ink.depth, 0.35), light, apart(light, ink.shape, 0.36))
    inside = path(d, sky)
    moon = lamp(light, ink.shape)
    if moon and stage.chance(0.7):
        inside += circle(200 + stage.side * 46, box.y + box.h * 0.36, rng.uniform(50, 74), moon)
    near = apart(ink.depth, light, 0.14)
    ground = box.bottom - (56 if kind == "round" else 34)
    if screen not in SCREENS:
        inside += far_layer(stage, light, ground + 6, 2.0)
    elif screen == "blinds":
        inside += slats(stage, light)
    inside += in_sky(stage, light, Box(0, box.y + 70, 0, 0), 0) if not stage.hero.is_scene else ""
    bars = ""
    if screen in SCREENS and screen != "blinds":
        front = stage.quiet(wall, amount=0.0)
        bars = front.at(box.h / 96, 200 - box.h / 0.96, box.y - 8, stage.mirror)
        if not stage.hero.flies:
            inside += bars
    drawing = stage.hero_on(light)
    if stage.hero.is_scene:
        scale = 2.05 if stage.hero.stands else 1.7
        inside += standing(stage, drawing, scale, box.bottom - 26, box)
    else:
        paint = ink.linear(near, deeper(near, 0.5))
        inside += path(f"M0 {n(ground + 6)}Q200 {n(ground - 12)} 400 {n(ground + 6)}V600H0Z", paint)
        if stage.hero.flies:
            room = box.grown(-58 if kind == "round" else -34)
            inside += drawing.fit(room, stage.mirror, middle=True)[0]
        else:
            w = box.w - (86 if kind in ("keyhole", "round") else 44)
            h = box.h - (90 if kind != "panes" else 70)
            room = Box(200 - w / 2, ground + 4 - h, w, h)
            hero, seen = drawing.fit(room, stage.mirror)
            inside += shadow(stage, seen, near) + hero
    if bars and stage.hero.flies:
        inside += bars
    body += group(inside, stage.clip(f'<path d="{d}"/>'))
    if kind == "panes":
        bar = f'fill="none" stroke="{apart(wall, light, SOFT)}" stroke-width="6"'
        body += f'<path d="M200 70V466M58 202H342M58 334H342" {bar} stroke-opacity=".5"/>'
        body += rect(40, 464, 320, 14, mix(wall, light, 0.4))
        body += rect(40, 475, 320, 5, deeper(wall, 0.4))
    return body + on_ground(stage, floor, 566, -stage.side, 118)
