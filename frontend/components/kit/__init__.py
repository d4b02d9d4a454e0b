"""What the components have in common: how one is made, what it tells, its tokens and helpers."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import streamlit as st

if TYPE_CHECKING:
    from streamlit.components.v2.types import ComponentRenderer

FOLDER = Path(__file__).resolve().parent


def define(module_file: str) -> ComponentRenderer:
    """Make the component of a folder from the style sheets and scripts in it.

    The shared tokens and helpers go before them; one of the scripts exports the component. Its
    root is an empty `<div class="df">`: all in it is made by the script, with text set as text.

    Args:
        module_file: `__file__` of the component's module.
    """
    folder = Path(module_file).resolve().parent
    return st.components.v2.component(
        f"double_feature_{folder.name}",
        html=f'<div class="df df-{folder.name}" data-part="{folder.name}"></div>',
        css=_joined(FOLDER / "tokens.css", *sorted(folder.glob("*.css"))),
        js=_joined(FOLDER / "helpers.js", *sorted(folder.glob("*.js"))),
    )


def told(key: str, event: str) -> dict[str, Any] | None:
    """What the browser told by `tell` in `helpers.js`; None when it was handed on before.

    Streamlit joins requests that come while its script runs, and calls the callback of one press
    again with the next; an undo would take back two likes.

    Args:
        key: the component's.
        event: the trigger's name.
    """
    value = st.session_state[key].get(event)
    if not isinstance(value, dict):
        return None
    last = f"{key}-{event}-last"
    press = value.get("press")
    if not isinstance(press, str) or st.session_state.get(last) == press:
        return None
    st.session_state[last] = press
    return value


def _joined(*files: Path) -> str:
    return "\n".join(file.read_text("utf-8") for file in files)
