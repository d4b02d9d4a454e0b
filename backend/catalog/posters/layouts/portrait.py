"""Layouts that put the hero in the middle, in front of light: centre, disc, rays."""

from __future__ import annotations

import math

from backend.catalog.posters.ink import lighten, mix
from backend.catalog.posters.layouts.company import (
    far_layer,
    in_sky,
    medallion,
    on_ground,
    shadow,
    vignette,
)
from backend.catalog.posters.layouts.land import highest, ridge, smooth, star
from backend.catalog.posters.layouts.light import SOFT, apart, deeper, halo
from backend.catalog.posters.layouts.stage import HEIGHT, Stage, circle, path, rect
from backend.catalog.posters.render import Box


def _mound(stage: Stage, y: float, tone: str) -> str:
    """A low hill across the foot of the sheet."""
    rng = stage.rng
    lean = rng.uniform(-16, 16)
    d = f"M-20 {HEIGHT + 4}V{y + 26 + lean:.4g}Q200 {y - 26:.4g} 420 {y + 26 - lean:.4g}V604Z"
    return path(d, stage.ink.linear(tone, deeper(tone, 0.6)))


def _standing_detail(stage: Stage) -> bool:
    detail = stage.detail
    return detail is not None and not detail.is_scene and not detail.flies


def centre(stage: Stage) -> str:
    """The hero large over a soft radial glow."""
    ink, rng = stage.ink, stage.rng
    light = stage.field(ink.glow)
    field = stage.field(ink.ground, 0.22)
    standing = not (stage.hero.is_scene or stage.hero.is_sign)
    place = stage.detail is not None and stage.detail.stands
    below = place or _standing_detail(stage)
    cy = 250.0 if below or standing else 292.0
    body = stage.backdrop(deeper(field, 0.35), field, deeper(field, 0.25))
    body += halo(ink, 200, cy, 330, light)
    variant = rng.randrange(3)
    if variant == 0:
        for r in (150, 186, 226, 270):
            ring = mix(field, light, 0.5)
            body += circle(
                200, cy, r, "none", f'stroke="{ring}" stroke-width="1.5" stroke-opacity=".7"'
            )
    elif variant == 1:
        body += circle(200, cy, 168, ink.radial(light + "/0.9", light + "/0.35"))
    if standing:
        return body + _on_stage(stage, field, light)
    body += far_layer(stage, mix(field, light, 0.3), 604, 2.0)
    if stage.hero.is_scene:
        box = Box(38, cy - 196, 324, 392)
        hero = medallion(stage, box, rng.choice(("arch", "round", "sheet")), light)
    else:
        room = Box(44, 56, 312, 368) if below else Box(36, 100, 328, 400)
        drawn, box = stage.hero_on(light).fit(room, stage.mirror, middle=True)
        hero = drawn if stage.hero.flies else shadow(stage, box, field) + drawn
    body += in_sky(stage, field, box, stage.side) + hero
    if _standing_detail(stage):
        tone = apart(ink.depth, mix(field, light, 0.2), SOFT)
        body += _mound(stage, 542, tone)
        body += on_ground(stage, mix(field, light, 0.2), 540, 0, 96)
    return body + vignette(stage, 0.2)


def _on_stage(stage: Stage, field: str, light: str) -> str:
    """The lower half of `centre` for a hero that needs a floor."""
    ink, rng = stage.ink, stage.rng
    foot = rng.uniform(478, 500)
    behind = mix(field, light, 0.4)
    tone = apart(apart(ink.depth, behind, 0.12), ink.shape, SOFT)
    body = far_layer(stage, behind, foot + 8, 2.5)
    drawn, box = stage.hero_on(light).fit(Box(38, 92, 324, foot - 86), stage.mirror)
    body += in_sky(stage, field, box, stage.side)
    if stage.detail is None or not stage.detail.stands:
        body += _mound(stage, foot, tone)
    body += shadow(stage, box, tone, 0.8) + drawn
    return (
        body + on_ground(stage, tone, 576, stage.side * 0.9, 104, ink.shape) + vignette(stage, 0.2)
    )


def disc(stage: Stage) -> str:
    """The hero before one large circle."""
    ink, rng = stage.ink, stage.rng
    sky = stage.field(ink.ground, 0.22)
    light = apart(stage.field(ink.glow), sky, 0.1)
    r = rng.uniform(118, 168)
    x, y = 200 + rng.uniform(-40, 40), rng.uniform(196, 258)
    body = stage.backdrop(deeper(sky, 0.3), sky, mix(sky, light, 0.45))
    body += halo(ink, x, y, r * 1.75, light, 0.6)
    body += circle(x, y, r, ink.linear(lighten(light, 0.25), light, mix(light, sky, 0.25)))
    if stage.chance(0.35):
        for k in range(4):
            h = 3 + 4.5 * k
            body += rect(0, y + r * (0.2 + 0.22 * k), 400, h, mix(sky, light, 0.22))
    tone = apart(mix(ink.depth, sky, 0.15), mix(sky, light, 0.4), 0.12)
    land = ridge(rng, 500, 14, 4)
    floor = highest(land, 120, 280) + 4
    far = mix(tone, mix(sky, light, 0.45), 0.6)
    body += far_layer(stage, mix(sky, light, 0.4), 510, 2.0) or path(
        smooth(ridge(rng, 470, 24, 5)), ink.linear(far, mix(far, tone, 0.4))
    )
    if stage.hero.is_scene:
        drawing = stage.hero_on(light)
        scale = rng.uniform(2.3, 2.7)
        if stage.hero.stands:
            body += stage.scene(drawing, scale, 520, rng.uniform(0.35, 0.65))
        else:
            body += stage.weather(drawing, 60, 520)
        return (
            body
            + in_sky(stage, sky, Box(100, 60, 200, 300), 1 if x < 200 else -1)
            + vignette(stage)
        )
    ground = path(smooth(land), ink.linear(tone, deeper(tone, 0.6)))
    if stage.hero.flies:
        room = Box(58, y - 150, 284, 300)
        hero, box = stage.hero_on(light).fit(room, stage.mirror, middle=True)
        body += in_sky(stage, sky, Box(100, 60, 200, 300), stage.side) + ground + hero
    else:
        shift = -stage.side * 16 if _standing_detail(stage) else 0
        room = Box(46 + shift, floor - 336, 308, 336)
        hero, box = stage.hero_on(light).fit(room, stage.mirror)
        body += in_sky(stage, sky, box, 1 if x < 200 else -1)
        body += ground + shadow(stage, box, tone) + hero
    body += on_ground(stage, deeper(tone, 0.2), 570, stage.side, 100, ink.shape)
    return body + vignette(stage)


def rays(stage: Stage) -> str:
    """A sunburst behind the hero."""
    ink, rng = stage.ink, stage.rng
    field = stage.field(ink.ground, 0.24)
    light = stage.field(ink.glow)
    low = stage.detail is not None and (stage.detail.stands or _standing_detail(stage))
    rising = stage.hero.is_scene or stage.chance(0.3)
    cx, cy = 200.0, 246.0 if low else 290.0
    if rising:
        cy = 420.0
    count = rng.choice((16, 20, 24, 28))
    turn = rng.uniform(0, math.tau)
    beam = mix(field, light, 0.62)
    body = stage.backdrop(deeper(field, 0.2), field)
    fade = ink.radial(beam, mix(field, light, 0.45), mix(field, light, 0.2), r=0.5)
    body += path(star(cx, cy, 0, 620, count, turn), fade)
    body += halo(ink, cx, cy, 260, light)
    if stage.chance(0.5) and not rising:
        for r, width in ((168, 3), (180, 1.2)):
            line = f'stroke="{apart(light, field, 0.2)}" stroke-width="{width}"'
            body += circle(cx, cy, r, "none", line)
    body += far_layer(stage, mix(field, light, 0.3), 604, 2.0)
    if stage.hero.is_scene:
        drawing = stage.hero_on(light)
        if stage.hero.stands:
            body += stage.scene(drawing, 2.7, 540, rng.uniform(0.35, 0.65))
        else:
            body += stage.weather(drawing, 0, 600)
        box = Box(100, 260, 200, 280)
        return (
            body
            + in_sky(stage, field, box, stage.side)
            + on_ground(stage, ink.depth, 580, stage.side, 96)
        )
    room = Box(52, 66, 296, 362) if low else Box(44, 100, 312, 400)
    hero, box = stage.hero_on(light).fit(room, stage.mirror, middle=not rising)
    body += in_sky(stage, field, box, stage.side)
    tone = apart(ink.depth, field, 0.12)
    if low and not _standing_detail(stage):
        return body + hero + vignette(stage, 0.2)
    if _standing_detail(stage):
        body += hero + _mound(stage, 548, tone)
        return body + on_ground(stage, mix(field, light, 0.2), 546, 0, 100)
    if not stage.hero.flies:
        body += _mound(stage, box.bottom + 2, tone)
        body += shadow(stage, box, tone)
    return body + hero
