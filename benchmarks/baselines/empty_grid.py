"""Baseline (e), the floor of a click: a components-v2 grid whose click only reruns the script.

    python -m benchmarks.baselines.empty_grid --port PORT

Ten buttons as one component; a click sends a trigger, the script runs again and gives the grid the
number of the run. No backend, no posters, no state.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import streamlit as st

GRID_JS = """
export default function (component) {
  const { data, parentElement, setTriggerValue } = component;
  const root = parentElement.querySelector(".grid");
  while (root.children.length < 10) root.append(document.createElement("button"));
  [...root.children].forEach((card, place) => {
    card.dataset.testid = "movie-card";
    card.dataset.rankingId = String(data.run);
    card.textContent = `${data.run}: ${place}`;
    card.onclick = () => setTriggerValue("press", place);
  });
}
"""
GRID_CSS = """
.grid { display: grid; grid-template-columns: repeat(5, 1fr); gap: 1rem; }
.grid button { height: 20rem; }
"""


def page() -> None:
    """One run of the script."""
    st.set_page_config(layout="wide")
    st.session_state.run = st.session_state.get("run", 0) + 1
    grid = st.components.v2.component(
        "empty_grid", html='<div class="grid"></div>', css=GRID_CSS, js=GRID_JS
    )
    grid(key="grid", data={"run": st.session_state.run}, on_press_change=lambda: None)


def main() -> None:
    parser = argparse.ArgumentParser(prog="benchmarks.baselines.empty_grid", description=__doc__)
    parser.add_argument("--port", type=int, required=True)
    port = parser.parse_args().port
    st.App(Path(__file__).with_name("empty_grid_page.py")).run(
        config={"server.port": port, "server.address": "127.0.0.1", "server.headless": True}
    )


if __name__ == "__main__":
    sys.exit(main())
