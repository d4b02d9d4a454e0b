"""The mix: how the sources share the screen now, in figures large enough for the last row."""

from __future__ import annotations

from typing import Any

from frontend.components.kit import define

_mount = define(__file__)


def mix(data: dict[str, Any]) -> None:
    """Draw the mix.

    Args:
        data: as `stage.mix` gives it, with its moment.
    """
    _mount(key="mix", data=data)
