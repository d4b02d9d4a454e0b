"""The second voice of a poster: where a detail goes, and how a scene stands in for a hero."""

from __future__ import annotations

from backend.catalog.posters.ink import mix
from backend.catalog.posters.layouts.light import SOFT, apart, deeper, halo, is_dark
from backend.catalog.posters.layouts.stage import (
    AIR,
    HEIGHT,
    LIGHTS,
    PALE,
    PLANES,
    SCREENS,
    WIDTH,
    Drawing,
    Stage,
    group,
    path,
    rect,
)
from backend.catalog.posters.render import Box


def far_layer(stage: Stage, behind: str, foot: float, scale: float = 2.0) -> str:
    """A scene that the detail names, behind the hero: weather, a screen or a place.

    Empty when there is no detail or when it is an object.
    """
    piece = stage.detail
    if piece is None or not piece.is_scene:
        return ""
    drawing = stage.quiet(behind)
    if piece.name in AIR:
        return stage.weather(drawing, -40, foot)
    if piece.name == "blinds":
        return slats(stage, behind)
    if piece.name in SCREENS:
        return group(drawing.run(6, HEIGHT, stage.mirror), 'opacity=".55"')
    if piece.name in PLANES and foot > HEIGHT - 60:
        scale *= 1.15
    return stage.scene(drawing, scale, foot, stage.rng.uniform(0.3, 0.7))


def slats(stage: Stage, behind: str) -> str:
    """The bars of light that blinds throw across a wall."""
    lit = apart(mix(behind, stage.ink.glow, 0.5), behind, 0.16)
    lean = stage.side * stage.rng.uniform(50, 110)
    d = ""
    for k in range(-3, 20):
        y, thick = k * 40.0, 17.0
        d += f"M-4 {y + lean:.0f}L404 {y - lean:.0f}v{thick}L-4 {y + lean + thick:.0f}Z"
    paint = stage.ink.linear(f"{lit}/0.12", f"{lit}/0.5", f"{lit}/0.28", angle=90 + stage.side * 40)
    return path(d, paint)


def in_sky(stage: Stage, behind: str, hero: Box, side: int) -> str:
    """A flying detail in the free sky beside or above the hero; empty for any other detail."""
    piece = stage.detail
    if piece is None or piece.is_scene or not piece.flies:
        return ""
    drawing = stage.detail_on(behind, SOFT if piece.name in PALE else 0.24)
    assert drawing is not None
    size = stage.rng.uniform(120, 150) if piece.name in LIGHTS else stage.rng.uniform(84, 104)
    x = WIDTH / 2 + side * (WIDTH / 2 - size * 0.62 - 14)
    y = max(size * 0.5 + 26, min(hero.y + hero.h * 0.08, 190))
    return drawing.fit(Box(x - size / 2, y - size / 2, size, size), mirror=side > 0, middle=True)[0]


def on_ground(
    stage: Stage, behind: str, foot: float, side: float, size: float, over: str | None = None
) -> str:
    """A standing detail, `size` high at most, on the ground at `foot`; empty for any other.

    Args:
        side: -1 (left edge) to 1 (right edge).
        over: the colour of the hero, where the detail may overlap it.
    """
    piece = stage.detail
    if piece is None or piece.is_scene or piece.flies:
        return ""
    drawing = stage.detail_on(behind, also=over)
    assert drawing is not None
    w = size * 1.25
    x = WIDTH / 2 + side * (WIDTH / 2 - w / 2 - 26)
    room = Box(x - w / 2, foot - size, w, size)
    body, box = drawing.fit(room, mirror=side > 0)
    return shadow(stage, box, behind) + body


def shadow(stage: Stage, box: Box, ground: str, strength: float = 0.55) -> str:
    """The soft shadow under something that covers `box`."""
    dark = deeper(ground, 0.7)
    paint = stage.ink.radial(f"{dark}/{strength:g}", f"{dark}/{strength * 0.5:g}", f"{dark}/0")
    rx, ry = box.w * 0.56, max(5.0, min(16.0, box.w * 0.06))
    return (
        f'<ellipse cx="{box.cx:.4g}" cy="{box.bottom - 1:.4g}" rx="{rx:.4g}" ry="{ry:.4g}" '
        f'fill="{paint}"/>'
    )


def vignette(stage: Stage, strength: float = 0.3) -> str:
    """A shade at the upper and lower edge that holds the eye inside."""
    ink = stage.ink
    dark = deeper(ink.ground, 0.8)
    if not is_dark(ink.ground):
        # A black shade makes light paper look dirty; the poster's own middle tone does not.
        dark = mix(ink.ground, ink.depth, 0.7)
    above = stage.ink.linear(f"{dark}/{strength * 0.7:g}", f"{dark}/0")
    below = stage.ink.linear(f"{dark}/0", f"{dark}/{strength:g}")
    # The middle third stays clear; painting it with nothing would cost as much as with something.
    third = HEIGHT / 3
    return rect(0, 0, WIDTH, third, above) + rect(0, 2 * third, WIDTH, third, below)


def medallion(stage: Stage, box: Box, kind: str, light: str) -> str:
    """A hero scene seen inside a shape that fills `box`: "round", "arch" or "sheet"."""
    ink = stage.ink
    drawing = stage.hero_on(light)
    scale = max(box.w / 200, box.h / 150) * 1.02
    if kind == "round":
        shape = (
            f'<ellipse cx="{box.cx:.4g}" cy="{box.cy:.4g}" rx="{box.w / 2:.4g}" '
            f'ry="{box.h / 2:.4g}"/>'
        )
    else:
        top = min(box.w / 2, box.h) if kind == "arch" else 10.0
        shape = (
            f'<path d="M{box.x:.4g} {box.bottom:.4g}V{box.y + top:.4g}'
            f"a{top:.4g} {top:.4g} 0 0 1 {top:.4g} {-top:.4g}h{box.w - 2 * top:.4g}"
            f'a{top:.4g} {top:.4g} 0 0 1 {top:.4g} {top:.4g}V{box.bottom:.4g}Z"/>'
        )
    sky = ink.linear(mix(light, ink.ground, 0.45), light, light)
    foot = box.bottom - box.h * (0.12 if kind == "round" else 0.0)
    inner = f'<rect x="{box.x:.4g}" y="{box.y:.4g}" width="{box.w:.4g}" height="{box.h:.4g}" '
    inner += f'fill="{sky}"/>'
    inner += halo(ink, box.cx, foot - 50 * scale, box.w * 0.5, apart(light, ink.shape, SOFT), 0.8)
    inner += standing(stage, drawing, scale, foot, box)
    return group(inner, stage.clip(shape))


def standing(stage: Stage, drawing: Drawing, scale: float, foot: float, box: Box) -> str:
    """A scene centred in `box`, standing at `foot`, its ground filling what is below."""
    body = ""
    base = drawing.extent.base
    if base is not None:
        paint = stage.ink.linear(base, deeper(base, 0.4))
        d = f"M{box.x - 2:.4g} {foot - 3 * scale:.4g}H{box.right + 2:.4g}V{box.bottom + 2:.4g}"
        body = path(f"{d}H{box.x - 2:.4g}Z", paint)
    if drawing.extent.box.h > 85 and base is None:
        body += drawing.at(scale, box.cx - 100 * scale, foot - 200 * scale, not stage.mirror)
    return body + drawing.at(scale, box.cx - 100 * scale, foot - 100 * scale, stage.mirror)
