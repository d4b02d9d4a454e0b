"""Colours as the eye sees them: sRGB to OKLab and back, and plain names for them.

Source of the OKLab matrices: Björn Ottosson, "A perceptual color space for image processing"
(2020).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

_TO_LMS = np.array(
    [
        [0.4122214708, 0.5363325363, 0.0514459929],
        [0.2119034982, 0.6806995451, 0.1073969566],
        [0.0883024619, 0.2817188376, 0.6299787005],
    ]
)
_TO_LAB = np.array(
    [
        [0.2104542553, 0.7936177850, -0.0040720468],
        [1.9779984951, -2.4285922050, 0.4505937099],
        [0.0259040371, 0.7827717662, -0.8086757660],
    ]
)
_FROM_LAB = np.linalg.inv(_TO_LAB)
_FROM_LMS = np.linalg.inv(_TO_LMS)


def srgb_to_oklab(rgb: NDArray[np.floating]) -> Array:
    """Convert gamma-encoded sRGB to OKLab.

    Args:
        rgb: (..., 3), each channel 0 to 1.
    Returns:
        (..., 3): lightness 0 to 1, then the green-red and blue-yellow axes, about -0.4 to 0.4.
    """
    return _linear_to_oklab(_linear(np.asarray(rgb, dtype=np.float64)))


def _linear(values: Array) -> Array:
    return np.where(values <= 0.04045, values / 12.92, ((values + 0.055) / 1.055) ** 2.4)


def _linear_to_oklab(linear: Array) -> Array:
    lab: Array = np.cbrt(linear @ _TO_LMS.T) @ _TO_LAB.T
    return lab


_LINEAR_OF_BYTE = _linear(np.arange(256) / 255.0)


def bytes_to_oklab(pixels: NDArray[np.uint8]) -> Array:
    """Convert 8-bit sRGB `(..., 3)` to OKLab; the same as `srgb_to_oklab(pixels / 255)`, faster."""
    return _linear_to_oklab(_LINEAR_OF_BYTE[pixels])


def oklab_to_srgb(lab: NDArray[np.floating]) -> Array:
    """Convert OKLab to gamma-encoded sRGB, clipped to 0..1; shapes as in `srgb_to_oklab`."""
    linear: Array = (np.asarray(lab, dtype=np.float64) @ _FROM_LAB.T) ** 3 @ _FROM_LMS.T
    linear = np.clip(linear, 0.0, 1.0)
    return np.where(linear <= 0.0031308, linear * 12.92, 1.055 * linear ** (1 / 2.4) - 0.055)


def to_hex(rgb: NDArray[np.floating]) -> str:
    """`(3,)` sRGB in 0..1 as `#rrggbb`."""
    return "#" + "".join(f"{round(float(channel) * 255):02x}" for channel in rgb)


def from_hex(color: str) -> Array:
    """`#rrggbb` as `(3,)` sRGB in 0..1."""
    return np.array([int(color[i : i + 2], 16) for i in (1, 3, 5)]) / 255.0


# Anchors of plain English names; the nearest in OKLab names a colour.
_NAMED = {
    "black": "#0a0a0c",
    "charcoal": "#33363d",
    "grey": "#808080",
    "silver": "#c0c4c8",
    "white": "#f7f7f7",
    "cream": "#f3e9cf",
    "sand": "#d9bf8f",
    "tan": "#b08a5b",
    "brown": "#6b4423",
    "umber": "#3b2616",
    "rust": "#a8441f",
    "terracotta": "#c8694a",
    "orange": "#f08020",
    "amber": "#e8a93a",
    "gold": "#c9a13b",
    "yellow": "#f6d743",
    "lime": "#a8d03c",
    "olive": "#6f7233",
    "green": "#2e9a4c",
    "forest green": "#1d4a2c",
    "sage": "#9db39a",
    "teal": "#1f7f7f",
    "deep teal": "#123f45",
    "turquoise": "#45c4bd",
    "sky blue": "#86c5ec",
    "blue": "#2c6fc9",
    "steel blue": "#56789a",
    "navy": "#14213f",
    "midnight blue": "#0d1526",
    "indigo": "#3d348b",
    "violet": "#7d4fb3",
    "plum": "#54285a",
    "lavender": "#bcaedd",
    "magenta": "#c2347f",
    "pink": "#f2a6bd",
    "rose": "#d4667f",
    "red": "#cf2a2a",
    "crimson": "#96172e",
    "maroon": "#4d141c",
    "peach": "#f6c8a0",
}
_NAMES = list(_NAMED)
_ANCHORS = srgb_to_oklab(np.stack([from_hex(color) for color in _NAMED.values()]))


def name_of(lab: NDArray[np.floating]) -> str:
    """The plain name nearest to one OKLab colour `(3,)`."""
    distance = ((_ANCHORS - np.asarray(lab)) ** 2).sum(axis=1)
    return _NAMES[int(distance.argmin())]
