"""The script of the empty grid, as Streamlit runs it."""

from benchmarks.baselines.empty_grid import page

page()
