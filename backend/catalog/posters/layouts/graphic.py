"""Flat, geometric layouts: split, pattern, bands."""

from __future__ import annotations

from dataclasses import replace

from backend.catalog.posters.ink import mix
from backend.catalog.posters.layouts.company import (
    in_sky,
    on_ground,
    slats,
    standing,
    vignette,
)
from backend.catalog.posters.layouts.light import SOFT, apart, deeper, halo, readable
from backend.catalog.posters.layouts.stage import (
    AIR,
    HEIGHT,
    LIGHTS,
    WIDTH,
    Drawing,
    Stage,
    group,
    path,
    polygon,
    rect,
    wash,
)
from backend.catalog.posters.render import Box


def split(stage: Stage) -> str:
    """Two tones; the hero on one side, the detail on the other."""
    ink, rng = stage.ink, stage.rng
    one = stage.field(ink.ground, 0.24)
    two = apart(stage.field(ink.depth, 0.24), one, 0.14)
    drawing = stage.hero_on(one)
    seen = drawing.extent.box
    light = stage.field(ink.glow)
    body = stage.backdrop(one, mix(one, light, 0.35))
    plain = stage.detail is None or not stage.detail.is_scene
    if not stage.hero.is_scene and seen.h > 1.45 * seen.w and plain and stage.detail is not None:
        return body + _upright(stage, drawing, two)
    lean = stage.side * rng.uniform(60, 150)
    middle = rng.uniform(232, 268) if stage.detail is not None else 300
    left, right = middle + lean, middle - lean
    upper = polygon([(-4, -4), (404, -4), (404, right), (-4, left)])
    body += path(upper, ink.linear(deeper(two, 0.25), two, angle=90))
    edge = _edge(stage, two, (-4, left), (404, right))
    body += halo(ink, 200, 430, 230, light, 0.8)
    body += _upper_detail(stage, two, upper, (left + right) / 2 + 30) + edge
    if stage.hero.is_scene:
        if stage.hero.stands:
            return body + stage.scene(drawing, 2.6, 604, rng.uniform(0.3, 0.7))
        return body + stage.weather(drawing, 150, 600)
    if stage.detail is None:
        return body + _counterchange(stage, one, two, upper, Box(40, 90, 320, 430))
    room = Box(200 + stage.side * 22 - 165, 226, 330, 346)
    return body + drawing.fit(room, stage.mirror)[0]


def _edge(stage: Stage, tone: str, start: tuple[float, float], end: tuple[float, float]) -> str:
    """The line where the two tones meet."""
    line = f'stroke="{apart(stage.ink.glow, tone, SOFT)}" stroke-width="3"'
    return f'<path d="M{start[0]:.4g} {start[1]:.4g}L{end[0]:.4g} {end[1]:.4g}" {line}/>'


def _upright(stage: Stage, drawing: Drawing, two: str) -> str:
    """A steep border: a tall hero on the broad side, the detail high on the narrow one."""
    ink, rng, side = stage.ink, stage.rng, stage.side
    top, bottom = 200 + side * rng.uniform(10, 50), 200 - side * rng.uniform(60, 110)
    outer = 404 if side < 0 else -4
    far = polygon([(outer, -4), (top, -4), (bottom, 604), (outer, 604)])
    body = halo(ink, 200 + side * 76, 330, 240, stage.field(ink.glow), 0.8)
    body += path(far, ink.linear(deeper(two, 0.25), two))
    body += _edge(stage, two, (top, -4), (bottom, 604))
    x = 200 + side * 62
    body += drawing.fit(Box(x - 122, 92, 244, 464), stage.mirror)[0]
    detail = stage.detail_on(two)
    assert detail is not None
    x = 200 - side * 112
    return body + detail.fit(Box(x - 66, 40, 132, 170), side < 0, middle=True)[0]


def _counterchange(stage: Stage, one: str, two: str, upper: str, room: Box) -> str:
    """The hero across the border, its colours changed where the ground changes."""
    ink = stage.ink
    plain = stage.hero_on(one)
    other = readable(two, ink.glow, ink.accent, ink.ground)
    turned = stage.hero.draw(replace(ink, ground=two, shape=other))
    body = plain.fit(room, stage.mirror, middle=True)[0]
    over = turned.fit(room, stage.mirror, middle=True)[0]
    return body + group(path(upper, two) + over, stage.clip(f'<path d="{upper}"/>'))


def _upper_detail(stage: Stage, behind: str, upper: str, foot: float) -> str:
    detail = stage.detail
    if detail is None:
        return ""
    drawing = stage.detail_on(behind)
    assert drawing is not None
    if detail.is_scene:
        stands = detail.stands
        body = stage.scene(drawing, 2.0, foot) if stands else stage.weather(drawing, 0, foot)
        return group(body, stage.clip(f'<path d="{upper}"/>'))
    x = 200 - stage.side * 84
    return drawing.fit(Box(x - 82, 34, 164, 170), not stage.mirror, middle=True)[0]


def pattern(stage: Stage) -> str:
    """A grid of the hero, one of them different."""
    ink, rng = stage.ink, stage.rng
    columns, rows = rng.choice(((3, 4), (4, 6), (3, 5), (4, 5)))
    if stage.hero.is_scene:
        columns, rows = rng.choice(((2, 4), (2, 5)))
    w, h = WIDTH / columns, HEIGHT / rows
    one = stage.field(ink.ground)
    two = stage.field(mix(ink.ground, ink.glow, 0.55))
    body = stage.backdrop(one, one)
    # In a fine grid the odd one may take the room of four; else every other row may be set off.
    wide = columns > 3 and stage.chance(0.6)
    offset = not wide and not stage.hero.is_scene and stage.chance(0.45)
    odd = (rng.randrange(1, rows - 1), rng.randrange(columns - 1 if wide or offset else columns))
    plain = stage.hero_on(one)
    special = stage.field(ink.accent) if stage.detail is None else ink.accent
    tile = readable(special, ink.shape, ink.ground, ink.glow, ink.depth)
    inks = replace(ink, ground=special, shape=tile, accent=readable(tile, ink.glow, ink.ground))
    piece = stage.hero
    if stage.detail is not None and stage.detail.name not in AIR:
        piece = stage.detail
    different = piece.draw(inks)
    checked = stage.chance(0.6)
    for r in range(rows):
        slide = w / 2 if offset and r % 2 else 0.0
        for c in range(-1 if slide else 0, columns):
            box = Box(c * w + slide, r * h, w, h)
            if checked and (r + c) % 2:
                body += rect(box.x, box.y, w, h, ink.linear(two, mix(two, one, 0.35)))
            flip = stage.mirror ^ (checked and (r + c) % 2 == 1)
            body += _tile(stage, plain, box, flip)
    span = 2 if wide else 1
    slide = w / 2 if offset and odd[0] % 2 else 0.0
    box = Box(odd[1] * w + slide, odd[0] * h, w * span, h * span)
    body += rect(box.x, box.y, box.w, box.h, ink.linear(special, deeper(special, 0.2)))
    body += _tile(stage, different, box, False)
    return body + vignette(stage, 0.18)


def _tile(stage: Stage, drawing: Drawing, box: Box, flip: bool) -> str:
    if drawing.kind == "scene":
        shape = f'<rect x="{box.x:.4g}" y="{box.y:.4g}" width="{box.w:.4g}" height="{box.h:.4g}"/>'
        scale = max(box.w / 200, box.h / 130)
        body = standing(stage, drawing, scale, box.bottom, box)
        return group(body, stage.clip(shape))
    room = box.grown(-min(box.w, box.h) * 0.12)
    return drawing.fit(room, flip, middle=True)[0]


def bands(stage: Stage) -> str:
    """Strips of different tones, the hero cutting across."""
    ink, rng = stage.ink, stage.rng
    count = rng.choice((5, 6, 7))
    growth = rng.choice((1.0, 1.22, 0.84))
    sizes = [growth**k for k in range(count)]
    total = sum(sizes)
    stops = [
        ink.ground,
        mix(ink.ground, ink.glow, 0.5),
        ink.glow,
        mix(ink.glow, ink.depth, 0.5),
        ink.depth,
    ]
    if stage.chance(0.5):
        stops = [
            ink.ground,
            ink.glow,
            mix(ink.ground, ink.depth, 0.5),
            ink.depth,
            deeper(ink.depth, 0.3),
        ]
    body, y = "", 0.0
    strips: list[tuple[Box, str]] = []
    for k in range(count):
        h = HEIGHT * sizes[k] / total
        t = k / (count - 1) * (len(stops) - 1)
        i = min(int(t), len(stops) - 2)
        tone = stage.field(mix(stops[i], stops[i + 1], t - i), 0.24)
        strips.append((Box(0, y, WIDTH, h), tone))
        body += wash(y, h, mix(tone, stage.field(ink.glow), 0.12), tone)
        y += h
    detail = stage.detail
    if stage.hero.is_scene:
        return body + _scene_strips(stage, strips)
    box, tone = strips[-1]
    foot = min(box.y + 26, 540)
    aside = detail is not None and not (detail.is_scene or detail.flies)
    shift = -22 * stage.side if aside else 0
    drawing = stage.hero_on(strips[count // 2][1])
    seen = drawing.extent.box
    if seen.w > seen.h and not stage.hero.flies and strips[-2][0].y > 380:
        # A low thing at the very foot would leave the sheet empty.
        box, tone = strips[-2]
        foot = box.y + 26
    hero, _ = drawing.fit(
        Box(46 + shift, foot - 390, 308, 390), stage.mirror, middle=stage.hero.flies
    )
    if detail is None:
        return body + hero
    if detail.is_scene:
        far = stage.quiet(strips[count - 2][1])
        if detail.name == "blinds":
            return body + slats(stage, strips[count // 2][1]) + hero
        if detail.name in AIR:
            return body + stage.weather(stage.quiet(strips[1][1]), 0, box.y) + hero
        clip = f'<rect x="0" y="0" width="{WIDTH}" height="{box.y:.4g}"/>'
        return body + group(far.run(2.0, box.y + 4, stage.mirror), stage.clip(clip)) + hero
    if detail.name in LIGHTS:
        lit = stage.detail_on(strips[1][1], 0.12)
        assert lit is not None
        x = 200 - stage.side * 70
        return body + lit.fit(Box(x - 90, 60, 180, 180), middle=True)[0] + hero
    body += in_sky(stage, strips[0][1], Box(0, 40, 400, 400), stage.side) + hero
    return body + on_ground(stage, tone, min(588.0, foot + 66), stage.side, 104, ink.shape)


def _scene_strips(stage: Stage, strips: list[tuple[Box, str]]) -> str:
    """A hero scene told in strips: nearer and in another light from one to the next."""
    body = ""
    picked = strips[1::2] if len(strips) > 5 else strips[1:]
    drawings = [stage.hero_on(tone) for _, tone in picked[:2]]
    for k, (box, _) in enumerate(picked):
        drawing = drawings[k % 2]
        scale = max(2.05, box.h / 70) * (1 + 0.25 * k)
        part = drawing.run(scale, box.bottom + scale * 4, stage.mirror, 0.2 + 0.3 * (k % 3))
        clip = f'<rect x="0" y="{box.y:.4g}" width="{WIDTH}" height="{box.h:.4g}"/>'
        body += group(part, stage.clip(clip))
    if stage.detail is not None and not stage.detail.is_scene:
        drawing2 = stage.detail_on(strips[0][1])
        assert drawing2 is not None
        size = max(90.0, min(150.0, strips[0][0].h * 1.2))
        x = 200 + stage.side * 90
        body += drawing2.fit(Box(x - size / 2, 18, size, size), middle=True)[0]
    return body
