"""The Live page: like a film, watch the mix move."""

from __future__ import annotations

from frontend.live import render

render()
