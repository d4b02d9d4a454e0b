"""What surrounds the components: the page's layout, and Streamlit's own chrome out of sight."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import streamlit as st


@lru_cache(maxsize=1)
def _css() -> str:
    return (Path(__file__).resolve().parent / "page.css").read_text("utf-8")


def dress() -> None:
    """Put the page's style sheet in force; once per run of the script."""
    st.html(f"<style>{_css()}</style>")


def section(name: str) -> st.delta_generator.DeltaGenerator:
    """A place of the page's layout; `page.css` says where `name` is."""
    return st.container(key=f"df-{name}", gap=None)
