"""Layouts with a horizon in them: horizon, depths."""

from __future__ import annotations

from backend.catalog.posters.ink import lighten, mix
from backend.catalog.posters.layouts.company import far_layer, in_sky, on_ground, shadow, vignette
from backend.catalog.posters.layouts.land import glints, highest, peaks, ridge, smooth, waves
from backend.catalog.posters.layouts.light import SOFT, apart, deeper, halo, lamp, lightness
from backend.catalog.posters.layouts.stage import (
    HEIGHT,
    LIGHTS,
    PLANES,
    SWIMMING,
    WIDTH,
    Stage,
    circle,
    group,
    path,
    rect,
)
from backend.catalog.posters.render import Box

# Heroes that have the sea for a ground.
SEAGOING = frozenset({"ship", "sailboat", "iceberg"})
# Heroes that keep above the surface.
AFLOAT = frozenset(
    "ship sailboat iceberg lighthouse house castle train car truck bus cabin tower hotel tree "
    "pagoda windmill cathedral carriage tent rider".split()
)


def horizon(stage: Stage) -> str:
    """Gradient sky, low light, layered ground, the hero small in a wide space."""
    ink, rng = stage.ink, stage.rng
    line = rng.uniform(366, 488)
    deep = HEIGHT - line
    glow = ink.glow
    if lightness(glow) > 0.8:
        # A very pale sky would swallow its own sun.
        glow = mix(glow, ink.ground, 0.35)
    light = stage.field(glow)
    sky = ink.ground
    body = stage.backdrop(deeper(sky, 0.25), sky, mix(sky, light, 0.55), light, light)
    x = 200 + stage.side * rng.uniform(24, 88)
    sun = 200 - stage.side * rng.uniform(20, 120)
    backlit = stage.chance(0.5)
    if backlit:
        sun = x + rng.uniform(-12, 12)
    r = rng.uniform(58, 128)
    y = line - r * rng.uniform(0.0, 0.9)
    body += _lamp(stage, light, sun, y, r)
    plane = stage.detail is not None and stage.detail.name in PLANES
    if not plane:
        body += far_layer(stage, mix(sky, light, 0.75), line + 12, 2.0)
    near = apart(ink.depth, light, 0.12)
    tones = [mix(light, near, t) for t in (0.35, 0.65)] + [near, deeper(near, 0.35)]
    if stage.chance(0.45) and not (stage.detail is not None and stage.detail.flies):
        body += _streaks(stage, mix(sky, light, 0.8), line)
    if stage.detail is None or not stage.detail.stands:
        top = peaks(rng, line, rng.uniform(30, 80), rng.choice((6, 8, 9)))
        soft = smooth(ridge(rng, line - 16, rng.uniform(14, 34), rng.choice((4, 5))))
        body += path(rng.choice((top, soft)), ink.linear(tones[0], mix(tones[0], light, 0.5)))
    floor = ridge(rng, line + 10, 5, 4)
    if plane:
        hills = _plane(stage, light, line)
    elif stage.hero.name in SEAGOING:
        top = apart(mix(ink.depth, ink.glow, 0.2), light, 0.14)
        hills = "".join(_water(stage, line + 8, top, deeper(ink.depth, 0.5), 0.1))
        gleam = f'stroke="{lamp(light, ink.shape) or light}" stroke-width="2.4"'
        hills += f'<path d="{glints(rng, sun, line + 22, 60, 11)}" {gleam} stroke-opacity=".55"/>'
    else:
        hills = path(smooth(floor), ink.linear(tones[1], mix(tones[1], tones[2], 0.8)))
        hills += path(
            smooth(ridge(rng, line + deep * 0.36, deep * 0.11, 3)),
            ink.linear(tones[2], deeper(near, 0.3)),
        )
        hills += path(
            smooth(ridge(rng, line + deep * 0.7, deep * 0.13, 2)),
            ink.linear(tones[3], deeper(near, 0.7)),
        )
    if stage.hero.is_scene:
        drawing = stage.hero_on(light)
        box = Box(60, line - 200, 280, 200)
        if stage.hero.stands:
            hero = stage.scene(drawing, rng.uniform(2.05, 2.4), line + 40, rng.uniform(0.3, 0.7))
            front = path(smooth(ridge(rng, 556, 16, 2)), ink.linear(tones[3], deeper(near, 0.7)))
            body += in_sky(stage, sky, box, stage.side) + hero
            return body + front + on_ground(stage, tones[3], 572, stage.side, 84)
        body += stage.weather(drawing, 0, line) + hills
        return body + on_ground(stage, tones[1], line + 16, stage.side, 110)
    if stage.hero.flies:
        y = min(line - 230, rng.uniform(120, 230))
        room = Box(x - 118, y - 95, 236, 190)
        hero, box = stage.hero_on(mix(sky, light, 0.4)).fit(room, stage.mirror, middle=True)
        body += hills + hero
        return body + on_ground(stage, tones[1], line + 22, -stage.side, 84) + vignette(stage, 0.2)
    foot = highest(floor, x - 60, x + 60) + 3
    size = rng.uniform(0.9, 1.3)
    room = Box(x - 112 * size, foot - 172 * size, 224 * size, 172 * size)
    drawing = stage.hero_on(light)
    hero, box = drawing.fit(room, stage.mirror)
    inside = max(14.0, min(WIDTH - 14 - box.w, box.x))
    if inside != box.x:
        room = Box(room.x + inside - box.x, room.y, room.w, room.h)
        hero, box = drawing.fit(room, stage.mirror)
    if not _is_lamp(stage):
        body += in_sky(stage, mix(sky, light, 0.2), Box(box.x, 90, box.w, 100), -stage.side)
    body += hills + shadow(stage, box, tones[1], 0.7) + hero
    front = on_ground(stage, tones[2], line + deep * 0.52, -stage.side, 74)
    return body + front + vignette(stage, 0.2)


def _streaks(stage: Stage, tone: str, line: float) -> str:
    """A few flat clouds, long and thin."""
    rng, body = stage.rng, ""
    for k in range(rng.randrange(3, 6)):
        w, h = rng.uniform(90, 240), rng.uniform(3, 8)
        x, y = rng.uniform(-60, 300), line - 330 + k * rng.uniform(40, 58)
        body += rect(x, y, w, h, tone, f'rx="{h / 2:.2g}" fill-opacity="{0.25 + 0.09 * k:.2g}"')
    return body


def _is_lamp(stage: Stage) -> bool:
    return stage.detail is not None and stage.detail.name in LIGHTS


def _lamp(stage: Stage, light: str, x: float, y: float, r: float) -> str:
    """What lights the sky: the sun, moon or planet that the detail names, or a plain disc."""
    ink = stage.ink
    body = halo(ink, x, y, r * 3, lighten(light, 0.25), 0.8)
    if _is_lamp(stage):
        drawing = stage.detail_on(light, 0.08)
        assert drawing is not None
        y -= r * 0.7
        return body + drawing.fit(Box(x - r, y - r, 2 * r, 2 * r), middle=True)[0]
    color = lamp(light, ink.shape)
    if color is None:
        return body
    return body + circle(x, y, r, ink.linear(color, color, mix(color, light, 0.5)))


def _plane(stage: Stage, light: str, line: float) -> str:
    """The ground that the detail names, from just above the horizon to the lower edge."""
    drawing = stage.quiet(light, amount=0.1)
    scale = max(2.0, (HEIGHT + 6 - line + 14) / (100 - drawing.extent.box.y))
    return stage.scene(drawing, scale, HEIGHT + 6, stage.rng.uniform(0.35, 0.65))


def _water(stage: Stage, surface: float, top: str, floor: str, least: float) -> list[str]:
    """Layers of water from `surface` down, lightest first."""
    rng, ink = stage.rng, stage.ink
    layers, count = [], 5
    phase, length = rng.random(), rng.choice((400 / 3, 100, 200))
    for k in range(count):
        t = k / (count - 1)
        y = surface + (HEIGHT - surface) * (k / count) ** 1.15
        tone = stage.field(mix(top, floor, t), least)
        lower = stage.field(mix(top, floor, min(1.0, t + 0.25)), least)
        d = waves(y, rng.uniform(7, 12), length, phase + k * 0.37)
        layers.append(path(d, ink.linear(tone, lower)))
    return layers


def _under(stage: Stage) -> bool:
    """Whether the hero is below the surface."""
    hero, detail = stage.hero, stage.detail
    if hero.name in SWIMMING:
        return True
    if hero.is_scene or hero.flies or hero.name in AFLOAT:
        return False
    return not (detail is not None and detail.name in SWIMMING)


def depths(stage: Stage) -> str:
    """A surface, and layers beneath it."""
    return _below(stage) if _under(stage) else _above(stage)


def _below(stage: Stage) -> str:
    ink, rng = stage.ink, stage.rng
    place = stage.detail is not None and stage.detail.stands
    surface = rng.uniform(190, 220) if place else rng.uniform(130, 190)
    sky = mix(ink.glow, ink.ground, 0.35)
    body = stage.backdrop(ink.ground, sky, lighten(sky, 0.25), lighten(sky, 0.25))
    x = 200 + stage.side * 90
    body += halo(ink, x, surface - 20, 150, lighten(ink.glow, 0.35), 0.8)
    body += far_layer(stage, sky, surface + 8, 2.0)
    body += in_sky(stage, sky, Box(0, 60, 10, 10), stage.side)
    detail = stage.detail
    small = ""
    if detail is not None and not detail.is_scene and not detail.flies:
        drawing = stage.detail_on(sky)
        assert drawing is not None
        room = Box(x - 62, surface - 112, 124, 120)
        small = drawing.fit(room, stage.side > 0)[0]
    top = apart(mix(ink.depth, ink.glow, 0.45), sky, 0.08)
    layers = _water(stage, surface, top, deeper(ink.depth, 0.45), 0.2)
    body += small + "".join(layers[:2])
    light = stage.field(mix(ink.glow, ink.depth, 0.3))
    shafts = ""
    for k in range(4):
        at = x - stage.side * (k * 70 - 30)
        lean = -stage.side * 60
        shafts += f"M{at:.0f} {surface:.0f}h34l{lean + 40} 440h-{90 + k * 10}Z"
    body += layers[2]
    body += path(shafts, ink.linear(light + "/0.3", light + "/0"))
    body += halo(ink, 200, surface + 200, 210, light, 0.75)
    room = Box(40, surface + 46, 320, 330)
    middle = stage.hero.name in SWIMMING or stage.hero.flies
    hero = stage.hero_on(light).fit(room, stage.mirror, middle=middle)[0]
    return body + hero + group("".join(layers[4:]), 'fill-opacity=".82"') + vignette(stage, 0.25)


def _above(stage: Stage) -> str:
    ink, rng = stage.ink, stage.rng
    surface = rng.uniform(332, 404)
    light = stage.field(ink.glow)
    sky = stage.field(ink.ground, 0.22)
    body = stage.backdrop(deeper(sky, 0.2), sky, light, light)
    x = 200 + stage.side * rng.uniform(0, 26)
    body += halo(ink, x, surface - 90, 250, light)
    if stage.chance(0.5):
        color = lamp(light, ink.shape)
        if color:
            body += circle(x - stage.side * 70, surface - 110, rng.uniform(60, 84), color)
    land = stage.detail is not None and stage.detail.is_scene
    if land:
        body += far_layer(stage, light, surface + 6, 2.0)
    top = apart(mix(ink.depth, ink.glow, 0.25), light, 0.16)
    layers = _water(stage, surface, top, deeper(ink.depth, 0.6), 0.12)
    body += layers[0]
    drawing = stage.hero_on(light)
    if stage.hero.is_scene:
        if stage.hero.stands:
            body += drawing.run(2.2, surface + 22, stage.mirror, rng.uniform(0.3, 0.7))
        else:
            body += stage.weather(drawing, 0, surface)
    elif stage.hero.flies:
        body += drawing.fit(Box(70, 50, 260, 240), stage.mirror, middle=True)[0]
    else:
        body += drawing.fit(Box(x - 140, surface - 266, 280, 286), stage.mirror)[0]
    body += "".join(layers[1:])
    gleam = glints(rng, x, surface + 24, 70, 9)
    line = f'stroke="{lighten(ink.glow, 0.2)}" stroke-width="2" stroke-linecap="round"'
    body += f'<path d="{gleam}" {line} stroke-opacity=".5"/>'
    if stage.detail is not None and not land:
        deep = mix(top, deeper(ink.depth, 0.6), 0.6)
        below = stage.detail_on(deep)
        assert below is not None
        body += halo(ink, 200 - stage.side * 40, 510, 120, apart(deep, ink.shape, SOFT), 0.5)
        room = Box(200 - stage.side * 40 - 75, surface + 82, 150, 600 - surface - 112)
        body += below.fit(room, stage.mirror, middle=True)[0]
    return body + vignette(stage, 0.25) + rect(0, HEIGHT - 1, WIDTH, 1, deeper(ink.depth, 0.6))
