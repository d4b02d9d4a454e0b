"""The line at the top: the name, the policy, undo, reset, the link, the state of the backend."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from frontend.components.kit import define, told
from frontend.shape import text

KEY = "header"
_mount = define(__file__)


def header(
    data: dict[str, Any],
    *,
    on_policy: Callable[[str], None],
    on_undo: Callable[[], None],
    on_reset: Callable[[], None],
) -> None:
    """Draw the header.

    Args:
        data: as `stage.header` gives it, with its moment.
        on_policy: called with the name of the policy chosen.
        on_undo: called to take back the last like.
        on_reset: called to forget the session.
    """

    def pressed() -> None:
        press = told(KEY, "press")
        if press is None:
            return
        action = press.get("action")
        if action == "undo":
            on_undo()
        elif action == "reset":
            on_reset()
        elif action == "policy":
            name = text(press.get("policy"), 40)
            if any(known["name"] == name for known in data["policies"]):
                on_policy(name)

    _mount(key=KEY, data=data, on_press_change=pressed)
