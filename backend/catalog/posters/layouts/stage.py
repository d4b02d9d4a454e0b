"""What a layout works with: the sheet of paper, its inks, the hero and the detail."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from backend.catalog.posters.ink import Ink, lighten, mix
from backend.catalog.posters.layouts.light import CLEAR, SOFT, apart, deeper, readable
from backend.catalog.posters.registry import Motif
from backend.catalog.posters.render import Box, Extent, measure

WIDTH, HEIGHT = 400, 600
# Scenes of weather, which hang in the air, and scenes that one looks through.
AIR = frozenset({"stars", "birds", "rain", "snow"})
SCREENS = frozenset({"curtain", "bars", "blinds"})
# Objects that belong above the ground, and those that are lights themselves.
FLYING = frozenset(
    "sun moon planet cloud lightning bird balloon aeroplane rocket saucer star butterfly dragon "
    "spider feather".split()
)
LIGHTS = frozenset({"sun", "moon", "planet"})
# Details that are lighter than their sky, whatever the other inks: a dark cloud looks like rock.
PALE = LIGHTS | {"cloud"}
# Scenes that are all ground, to be walked on rather than seen from afar.
PLANES = frozenset({"field", "road", "river", "chessboard", "street", "dunes"})
# Objects that are signs: they hang free, where others need to stand.
EMBLEMS = FLYING | frozenset(
    "eye heart spiral maze web target clock gear shards diamond ring key coin mask two-faces skull "
    "face hand helmet crown film-reel football apple book letter pocket-watch sword feather knife "
    "mirror rose flower glass violin guitar saxophone shoe hat fish shark whale bow flag".split()
)
SWIMMING = frozenset({"shark", "whale", "fish", "submarine", "tentacle"})


def n(value: float) -> str:
    """A coordinate, to a tenth."""
    text = f"{value:.1f}"
    return text[:-2] if text.endswith(".0") else text


def rect(x: float, y: float, w: float, h: float, paint: str, extra: str = "") -> str:
    """A filled rectangle."""
    more = f" {extra}" if extra else ""
    size = f'width="{n(w)}" height="{n(h)}"'
    return f'<rect x="{n(x)}" y="{n(y)}" {size} fill="{paint}"{more}/>'


def path(d: str, paint: str, extra: str = "") -> str:
    """A filled path."""
    return f'<path d="{d}" fill="{paint}"{" " + extra if extra else ""}/>'


def circle(x: float, y: float, r: float, paint: str, extra: str = "") -> str:
    """A filled circle."""
    more = f" {extra}" if extra else ""
    return f'<circle cx="{n(x)}" cy="{n(y)}" r="{n(r)}" fill="{paint}"{more}/>'


def wash(y: float, height: float, first: str, last: str) -> str:
    """A gradient from edge to edge of the sheet, `first` above and `last` below.

    It is made of flat strips, one for each tone that an 8-bit picture has: a tenth of what a
    gradient costs to render.
    """
    tones = max(abs(int(first[i : i + 2], 16) - int(last[i : i + 2], 16)) for i in (1, 3, 5))
    count = max(1, min(tones, int(height / 5)))
    body = ""
    for k in range(count):
        top = y + height * k / count
        # Each reaches a little under the next, so that no seam shows.
        foot = min(HEIGHT, top + height / count + 1)
        body += path(f"M0 {n(top)}H{WIDTH}V{n(foot)}H0Z", mix(first, last, (k + 0.5) / count))
    return body


def group(body: str, extra: str) -> str:
    """`body` under common attributes."""
    return f"<g {extra}>{body}</g>"


def polygon(points: Sequence[tuple[float, float]]) -> str:
    """Path data of the closed shape through `points`."""
    return "M" + "L".join(f"{n(x)} {n(y)}" for x, y in points) + "Z"


@dataclass(frozen=True)
class Drawing:
    """A motif as drawn once, kept among the definitions under `name`."""

    name: str
    kind: str
    extent: Extent

    def at(self, scale: float, x: float, y: float, mirror: bool = False, extra: str = "") -> str:
        """The drawing with its origin at x, y, `scale` times its size.

        Mirrored, it keeps the same visible box.
        """
        box = self.extent.box
        if self.kind == "scene":
            box = Box(0, 0, 200, 100)
        if mirror:
            place = f"translate({n(x + scale * (box.x + box.right))} {n(y)})"
            place += f" scale({-scale:.4g} {scale:.4g})"
        else:
            place = f"translate({n(x)} {n(y)}) scale({scale:.4g})"
        more = f" {extra}" if extra else ""
        return f'<use href="#{self.name}" transform="{place}"{more}/>'

    def fit(self, room: Box, mirror: bool = False, middle: bool = False) -> tuple[str, Box]:
        """The drawing as large as `room` allows, standing on its lower edge or in its `middle`.

        Returns: the fragment, and the box that the visible parts cover.
        """
        box = self.extent.box
        scale = min(room.w / box.w, room.h / box.h)
        w, h = box.w * scale, box.h * scale
        x = room.cx - w / 2
        y = room.cy - h / 2 if middle else room.bottom - h
        return self.at(scale, x - box.x * scale, y - box.y * scale, mirror), Box(x, y, w, h)

    def run(self, scale: float, foot: float, mirror: bool = False, slide: float = 0.5) -> str:
        """A scene standing on height `foot`; `slide` 0..1 says which part of it is seen."""
        x = -(200 * scale - WIDTH) * slide
        return self.at(scale, x, foot - 100 * scale, mirror)


class Piece:
    """The hero or the detail of a poster: one motif, drawn in any inks but always alike."""

    def __init__(self, motif: Motif, seed: str) -> None:
        self._motif, self._seed = motif, f"{seed}/{motif.name}"
        self.name, self.kind = motif.name, motif.kind

    @property
    def is_scene(self) -> bool:
        return self.kind == "scene"

    @property
    def stands(self) -> bool:
        """Whether it is a place with ground under it."""
        return self.is_scene and self.name not in AIR | SCREENS

    @property
    def flies(self) -> bool:
        return self.name in FLYING or self.name in AIR

    @property
    def is_sign(self) -> bool:
        """Whether it may hang in the middle of the sheet with nothing under it."""
        return self.name in EMBLEMS

    def draw(self, ink: Ink) -> Drawing:
        """Draw it in `ink`, adding it to that ink's definitions."""
        start = len(ink.definitions)
        body = self._motif.draw(ink, random.Random(self._seed))
        extent = measure(body, ink.definitions[start:], 200 if self.is_scene else 100)
        name = f"part{len(ink.definitions)}"
        ink.definitions.append(f'<g id="{name}">{body}</g>')
        return Drawing(name, self.kind, extent)


class Stage:
    """One poster being made."""

    def __init__(self, ink: Ink, rng: random.Random, hero: Piece, detail: Piece | None) -> None:
        self.ink, self.rng, self.hero, self.detail = ink, rng, hero, detail
        # Most motifs look to the right; half of the posters turn them round.
        self.mirror = rng.random() < 0.5
        self.side = rng.choice((-1, 1))

    def chance(self, share: float) -> bool:
        """True in `share` (0 to 1) of all posters."""
        return self.rng.random() < share

    def field(self, color: str, least: float = CLEAR) -> str:
        """`color` as it may lie behind the hero."""
        return apart(color, self.ink.shape, least)

    def hero_on(self, behind: str) -> Drawing:
        """The hero in its own colours, cut against `behind`."""
        return self.hero.draw(replace(self.ink, ground=behind))

    def detail_on(
        self, behind: str, least: float = CLEAR, also: str | None = None
    ) -> Drawing | None:
        """The detail as a small thing that is clear against `behind`, if possible `also` this."""
        if self.detail is None:
            return None
        ink = self.ink
        order = (ink.shape, ink.accent, ink.glow, ink.depth)
        if self.detail.name in PALE:
            order = (lighten(ink.glow, 0.35), ink.glow, ink.accent, ink.shape)
            least = min(least, 0.06)
        shape = readable(behind, *order, also=also, least=least)
        accent = readable(shape, ink.accent, ink.glow, ink.shape, least=SOFT)
        return self.detail.draw(replace(ink, ground=behind, shape=shape, accent=accent))

    def quiet(self, behind: str, piece: Piece | None = None, amount: float = 0.45) -> Drawing:
        """`piece` (the detail) as a far layer: between `depth` and what is `behind` it."""
        ink = self.ink
        tone = apart(mix(ink.depth, behind, amount * 0.6), behind, 0.1)
        inks = replace(
            ink,
            ground=behind,
            shape=tone,
            depth=mix(tone, behind, 0.5),
            glow=mix(ink.glow, behind, 0.5),
            accent=mix(ink.accent, tone, 0.35),
        )
        piece = piece or self.detail
        assert piece is not None
        return piece.draw(inks)

    def clip(self, shape: str) -> str:
        """Attributes that cut a group to `shape`, any SVG element."""
        name = f"clip{len(self.ink.definitions)}"
        self.ink.definitions.append(f'<clipPath id="{name}">{shape}</clipPath>')
        return f'clip-path="url(#{name})"'

    def backdrop(self, *stops: str, angle: float = 90.0) -> str:
        """The whole sheet in one gradient through `stops`, evenly spaced."""
        if angle != 90:
            return rect(0, 0, WIDTH, HEIGHT, self.ink.linear(*stops, angle=angle))
        height = HEIGHT / (len(stops) - 1)
        return "".join(
            wash(part * height, height, first, last)
            for part, (first, last) in enumerate(pairwise(stops))
        )

    def scene(self, drawing: Drawing, scale: float, foot: float, slide: float = 0.5) -> str:
        """A scene from edge to edge, its ground going on to the lower edge of the sheet."""
        body = ""
        base = drawing.extent.base
        if base is not None and foot < HEIGHT:
            paint = self.ink.linear(base, deeper(base, 0.45))
            body = rect(-2, foot - 3 * scale, WIDTH + 4, HEIGHT - foot + 3 * scale + 2, paint)
        return body + drawing.run(scale, foot, self.mirror, slide)

    def weather(self, drawing: Drawing, top: float, bottom: float) -> str:
        """A scene without ground, filling the sheet from `top` to `bottom`.

        Weather is stacked; what one looks through is stretched or cropped to the height.
        """
        screen = {self.hero.name, self.detail.name if self.detail else ""} & SCREENS
        if (screen and drawing.extent.base is not None) or "bars" in screen:
            tall = (bottom - top) / 98
            wide = 2.05 if "curtain" in screen else max(tall, 2.05)
            place = f"translate({n(200 - 100 * wide)} {n(top)}) scale({wide:.4g} {tall:.4g})"
            return f'<use href="#{drawing.name}" transform="{place}"/>'
        body, y, turn = "", bottom, self.mirror
        while y > top:
            body += drawing.run(2, y, turn)
            y, turn = y - 200, not turn
        return body
