"""What every viewer finds on arrival: the sources, the policies, the films to begin with."""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

from frontend import shape
from frontend.actions import STARTERS
from frontend.api import Api, ApiError
from frontend.services import services

FRESH_S = 300.0
"""Seconds a lobby is kept: the catalogue changes when it is built, not while people watch."""

# Drawn until the backend says better: the page has its shape before the first answer.
_USUAL_SOURCES: list[dict[str, Any]] = [
    {
        "name": "color",
        "label": "Colour",
        "verb": "looks like",
        "color": "#e69f00",
        "shape": "circle",
    },
    {
        "name": "plot",
        "label": "Plot",
        "verb": "tells like",
        "color": "#56b4e9",
        "shape": "diamond",
    },
]


@dataclass(frozen=True)
class Lobby:
    """Shared by all viewers.

    Attributes:
        sources: as `shape.sources` gives them, never empty.
        policies: as `shape.policies` gives them, empty when not known.
        default_policy: name of the policy in force without a choice.
        starters: as `shape.starters` gives them, empty when not known.
        trouble: what could not be fetched, one sentence, "" when all is there.
    """

    sources: list[dict[str, Any]] = field(default_factory=lambda: list(_USUAL_SOURCES))
    policies: list[dict[str, Any]] = field(default_factory=list)
    default_policy: str = ""
    starters: list[dict[str, Any]] = field(default_factory=list)
    trouble: str = ""


class _Kept:
    """The last complete lobby and when it came."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.lobby: Lobby | None = None
        self.came = float("-inf")


_kept = _Kept()


def lobby(*, reachable: bool = True) -> Lobby:
    """The lobby, fetched when there is none or it is old; what fails is left at its default.

    Args:
        reachable: whether the backend answers; if not, nobody waits for it to find out.
    """
    with _kept.lock:
        fresh = time.monotonic() - _kept.came < FRESH_S
        if _kept.lobby is not None and (fresh or not reachable):
            return _kept.lobby
    if not reachable:
        return Lobby()
    fetched = fetch(services().api)
    with _kept.lock:
        if not fetched.trouble:
            _kept.lobby, _kept.came = fetched, time.monotonic()
        elif _kept.lobby is not None:
            return _kept.lobby
    return fetched


def fetch(api: Api) -> Lobby:
    """Ask the backend for a lobby, its two parts at once."""
    with ThreadPoolExecutor(max_workers=2) as pool:
        sources_call = pool.submit(api.sources)
        starters_call = pool.submit(api.starters, STARTERS)
    sources, policies, default, starters, trouble = [], [], "", [], ""
    try:
        answer = sources_call.result()
        sources = shape.sources(answer)
        policies = shape.policies(answer)
        default = shape.text(answer.get("default_policy"), 40)
    except ApiError as error:
        trouble = f"The recommenders did not introduce themselves: {error.detail}"
    try:
        starters = shape.starters(starters_call.result())
    except ApiError as error:
        trouble = f"No films to begin with: {error.detail}"
    return Lobby(sources or list(_USUAL_SOURCES), policies, default, starters, trouble)
