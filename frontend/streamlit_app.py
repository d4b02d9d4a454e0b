"""Navigation and theme of the page; what is on it is under `pages/`."""

from pathlib import Path

import streamlit as st

from frontend.components.page import dress

HERE = Path(__file__).resolve().parent

st.set_page_config(
    page_title="Double Feature",
    page_icon=str(HERE / "logo.svg"),
    layout="wide",
    initial_sidebar_state="collapsed",
)
dress()
st.navigation(
    [st.Page(HERE / "pages" / "live.py", title="Live", default=True)], position="hidden"
).run()
