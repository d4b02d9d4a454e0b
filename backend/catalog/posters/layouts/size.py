"""Layouts about size and weight: colossus, fall."""

from __future__ import annotations

from backend.catalog.posters.ink import lighten, mix
from backend.catalog.posters.layouts.company import far_layer, in_sky, on_ground, shadow, vignette
from backend.catalog.posters.layouts.land import ridge, smooth
from backend.catalog.posters.layouts.light import SOFT, apart, deeper, halo, is_dark, lamp, readable
from backend.catalog.posters.layouts.stage import AIR, HEIGHT, Stage, circle, n, path
from backend.catalog.posters.render import Box

# Details light enough to fall from the sky.
FALLING = frozenset(
    "feather letter flower rose star key coin apple heart book shoe butterfly shards bird "
    "diamond crown umbrella candle telephone hat bowl glass football gear clock".split()
)


def colossus(stage: Stage) -> str:
    """The hero huge and cropped, rising from the lower edge."""
    ink, rng = stage.ink, stage.rng
    field = stage.field(ink.ground, 0.24)
    light = stage.field(ink.glow)
    body = stage.backdrop(deeper(field, 0.3), field, mix(field, light, 0.6))
    body += halo(ink, 200 + stage.side * 40, 250, 330, light, 0.9)
    moon = lamp(mix(field, light, 0.5), ink.shape)
    if moon and stage.chance(0.5):
        body += circle(200 + stage.side * 84, 158, rng.uniform(84, 116), moon)
    detail = stage.detail
    place = detail is not None and detail.stands
    if not place:
        body += far_layer(stage, mix(field, light, 0.4), HEIGHT + 4, 2.0)
    drawing = stage.hero_on(light)
    if stage.hero.is_scene:
        if stage.hero.stands:
            body += stage.scene(drawing, rng.uniform(4.2, 4.8), 610, rng.uniform(0.3, 0.7))
        else:
            body += stage.weather(drawing, 0, 600)
        box = Box(100, 150, 200, 450)
    else:
        seen = drawing.extent.box
        scale = min(560 / seen.h, 490 / seen.w)
        w, h = seen.w * scale, seen.h * scale
        foot = max(HEIGHT + h * 0.04, min(HEIGHT + h * 0.16, 120 + h))
        # What is cropped is the back: motifs look to the right, so that edge stays inside.
        x = 200 - w / 2
        if not drawing.extent.symmetric and w > 370:
            x = 16 if stage.mirror else 384 - w
        hero, box = drawing.fit(Box(x, foot - h, w, h), stage.mirror)
        body += in_sky(stage, field, box, stage.side) + hero
    tone = apart(deeper(ink.depth, 0.3), ink.shape, SOFT)
    if place:
        scene = stage.quiet(mix(tone, ink.shape, 0.2), amount=0.1)
        return body + stage.scene(scene, 2.0, HEIGHT + 4, rng.uniform(0.3, 0.7))
    mist = ink.linear(f"{tone}/0", f"{tone}/0.35", f"{tone}/1")
    body += path(f"M0 470H400V{HEIGHT}H0Z", mist)
    if detail is not None and not detail.is_scene and not detail.flies:
        body += path(smooth(ridge(rng, 562, 10, 3)), ink.linear(tone, deeper(tone, 0.5)))
        body += on_ground(stage, ink.shape, 566, stage.side, 104, tone)
    return body


def _drops(stage: Stage, kind: str, field: str) -> str:
    """What falls, far and faint first, near and large last."""
    ink, rng = stage.ink, stage.rng
    bright = readable(field, ink.glow, lighten(ink.glow, 0.4), ink.accent, least=0.18)
    body = ""
    if kind == "rain":
        for width, length, count, alpha in (
            (1, 26, 70, 0.4),
            (1.6, 46, 50, 0.6),
            (2.6, 70, 22, 0.9),
        ):
            d = ""
            for _ in range(count):
                x, y = rng.uniform(-20, 420), rng.uniform(-60, 560)
                d += f"M{n(x)} {n(y)}l{n(-length * 0.16)} {length}"
            line = f'stroke="{bright}" stroke-width="{width}" stroke-linecap="round"'
            body += f'<path d="{d}" {line} stroke-opacity="{alpha}"/>'
        return body
    if kind == "code":
        tones = (mix(field, bright, 0.4), mix(field, bright, 0.75), bright)
        strokes = ["", "", ""]
        for column in range(25):
            x, y = column * 16 + 6, rng.uniform(-120, 60)
            while y < 600:
                run = rng.randrange(3, 12)
                for k in range(run):
                    level = min(2, k * 3 // run)
                    strokes[level] += f"M{n(x)} {n(y)}h5v7h-5z"
                    y += 12
                y += rng.uniform(30, 130)
        for tone, d in zip(tones, strokes, strict=True):
            body += path(d, tone)
        return body
    for size, count, alpha in ((2.2, 60, 0.5), (4, 34, 0.75), (7.5, 12, 1)):
        d = ""
        for _ in range(count):
            x, y, r = rng.uniform(0, 400), rng.uniform(0, 590), size * rng.uniform(0.6, 1.2)
            if kind == "snow":
                arc = f"a{n(r)} {n(r)} 0 1 0"
                d += f"M{n(x - r)} {n(y)}{arc} {n(2 * r)} 0{arc} {n(-2 * r)} 0"
            else:
                lean = rng.choice((-1, 1)) * r
                d += f"M{n(x)} {n(y)}q{n(r * 1.5 + lean)} {n(r * 0.4)} {n(lean)} {n(r * 2.6)}"
                d += f"q{n(-r * 1.5 - lean)} {n(-r * 0.6)} {n(-lean)} {n(-r * 2.6)}z"
        tone = bright if kind == "snow" else readable(field, ink.accent, ink.glow, least=SOFT)
        body += path(d, tone, f'fill-opacity="{alpha}"')
    return body


def _falling_objects(stage: Stage, field: str) -> str:
    """Copies of the detail tumbling down, larger the nearer they are."""
    rng = stage.rng
    drawing = stage.detail_on(field)
    assert drawing is not None
    body = ""
    sizes = (30, 58, 40, 76, 34, 50, 26, 64, 44, 36, 54, 28, 46, 38)
    spots = [(c, r) for r in range(4) for c in range(4)]
    for i, (c, r) in enumerate(spots):
        x = 38 + c * 104 + (r % 2) * 26 + rng.uniform(-20, 20)
        y = 30 + r * 96 + rng.uniform(-26, 26)
        if r > 1 and 96 < x < 304:
            continue
        size = sizes[(i * 5 + r) % len(sizes)] * (1.05 - 0.1 * r)
        item, _ = drawing.fit(Box(x - size / 2, y - size / 2, size, size), middle=True)
        turn = rng.uniform(-70, 70)
        alpha = min(1.0, 0.3 + size / 70)
        body += f'<g transform="rotate({turn:.0f} {n(x)} {n(y)})" opacity="{alpha:.2g}">{item}</g>'
    return body


def fall(stage: Stage) -> str:
    """Things falling onto a hero at the foot of the sheet."""
    ink, rng = stage.ink, stage.rng
    field = stage.field(ink.ground, 0.24)
    light = stage.field(mix(ink.glow, ink.ground, 0.15))
    detail = stage.detail
    top = deeper(field, 0.4)
    if not is_dark(field):
        # Pale things can fall only through a darker sky.
        top = stage.field(mix(field, ink.depth, 0.75), 0.18)
    body = stage.backdrop(top, mix(top, field, 0.5), mix(field, light, 0.5))
    body += halo(ink, 200, 430, 280, light)
    body += far_layer(stage, mix(field, light, 0.35), 566, 2.0) if detail and detail.stands else ""
    named = detail.name if detail is not None else ""
    if named in FALLING:
        falling = _falling_objects(stage, mix(top, field, 0.3))
    elif named in AIR and detail is not None:
        falling = stage.weather(stage.quiet(top, amount=0.0), -20, 600)
        falling += _drops(stage, "snow" if named == "snow" else "rain", top)
    else:
        kind = rng.choice(("rain", "snow", "petals"))
        if ink.accent[3:5] > "c0" and ink.accent[1:3] < "80":
            kind = "code"
        if "umbrella" in (stage.hero.name, named):
            kind = "rain"
        falling = _drops(stage, kind, top)
    tone = apart(deeper(ink.depth, 0.15), mix(field, light, 0.5), 0.12)
    ground = path(smooth(ridge(rng, 560, 8, 3)), ink.linear(tone, deeper(tone, 0.6)))
    drawing = stage.hero_on(light)
    if stage.hero.is_scene:
        body += falling
        if stage.hero.stands:
            return body + stage.scene(drawing, 2.5, 604, rng.uniform(0.35, 0.65))
        return body + stage.weather(drawing, 250, 600) + vignette(stage)
    hero, box = drawing.fit(Box(56, 268, 288, 296), stage.mirror)
    body += falling + halo(ink, box.cx, box.cy, max(box.w, box.h) * 0.62, light, 0.85)
    body += ground + shadow(stage, box, tone) + hero
    if named not in FALLING:
        body += in_sky(stage, field, Box(0, 60, 0, 0), stage.side)
        body += on_ground(stage, tone, 586, stage.side, 76)
    return body
