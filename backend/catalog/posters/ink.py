"""The paints of one poster: five named colours, their mixtures, and the gradients made of them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, fields

HEX_COLOR = re.compile(r"#[0-9a-fA-F]{6}")


def _channels(color: str) -> tuple[int, int, int]:
    return int(color[1:3], 16), int(color[3:5], 16), int(color[5:7], 16)


def mix(first: str, second: str, amount: float) -> str:
    """The colour `amount` (0 to 1) of the way from `first` to `second`, both `#rrggbb`."""
    pairs = zip(_channels(first), _channels(second), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * amount):02x}" for a, b in pairs)


def lighten(color: str, amount: float) -> str:
    """`color` moved `amount` (0 to 1) of the way to white."""
    return mix(color, "#ffffff", amount)


def darken(color: str, amount: float) -> str:
    """`color` moved `amount` (0 to 1) of the way to black."""
    return mix(color, "#000000", amount)


@dataclass
class Ink:
    """The colours a poster is drawn in, by the part they play.

    Attributes:
        ground: the field behind everything, the largest area.
        glow: the light in that field: the far end of a gradient, a sun, a halo.
        depth: what stands between the field and the hero: hills, far houses, water.
        shape: the hero itself, usually the strongest contrast to `ground`.
        accent: a small touch that the eye finds last and remembers: a lit window, an eye.
    """

    ground: str
    glow: str
    depth: str
    shape: str
    accent: str
    definitions: list[str] = field(default_factory=list, repr=False)

    def __post_init__(self) -> None:
        for role in fields(self)[:5]:
            value = getattr(self, role.name)
            if not isinstance(value, str) or not HEX_COLOR.fullmatch(value):
                raise ValueError(f"poster colour {role.name} must be #rrggbb, got {value!r}")

    def linear(self, *stops: str, angle: float = 90.0) -> str:
        """A linear gradient through `stops`, evenly spaced, as a paint (`url(#...)`).

        Args:
            stops: two or more `#rrggbb`, optionally with an opacity: `#rrggbb/0.5`.
            angle: degrees; 0 runs left to right, 90 top to bottom.
        """
        turn = f'gradientTransform="rotate({angle:g} .5 .5)"'
        return self._define("linearGradient", turn, stops)

    def radial(self, *stops: str, cx: float = 0.5, cy: float = 0.5, r: float = 0.5) -> str:
        """A radial gradient from the centre outwards; `cx`, `cy`, `r` in 0..1 of the box."""
        return self._define("radialGradient", f'cx="{cx:g}" cy="{cy:g}" r="{r:g}"', stops)

    def _define(self, tag: str, attributes: str, stops: tuple[str, ...]) -> str:
        name = f"paint{len(self.definitions)}"
        body = []
        for i, stop in enumerate(stops):
            color, _, opacity = stop.partition("/")
            alpha = f' stop-opacity="{opacity}"' if opacity else ""
            body.append(f'<stop offset="{i / (len(stops) - 1):g}" stop-color="{color}"{alpha}/>')
        self.definitions.append(f'<{tag} id="{name}" {attributes}>{"".join(body)}</{tag}>')
        return f"url(#{name})"
