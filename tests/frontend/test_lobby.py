from __future__ import annotations

from typing import Any, cast

from frontend.api import Api, Unreachable
from frontend.lobby import fetch
from tests.frontend.answers import SOURCES, movie


class Backend:
    def __init__(self, sources: bool = True, starters: bool = True) -> None:
        self.has_sources, self.has_starters = sources, starters

    def sources(self) -> dict[str, Any]:
        if not self.has_sources:
            raise Unreachable("gone")
        return SOURCES

    def starters(self, count: int) -> dict[str, Any]:
        if not self.has_starters:
            raise Unreachable("gone")
        return {"movies": [movie(n) for n in range(count)]}


def test_a_lobby_has_sources_policies_and_films() -> None:
    lobby = fetch(cast(Api, Backend()))
    assert [source["name"] for source in lobby.sources] == ["color", "plot"]
    assert lobby.default_policy == "preference"
    assert len(lobby.starters) == 12
    assert lobby.trouble == ""


def test_without_sources_the_usual_ones_stand_in() -> None:
    lobby = fetch(cast(Api, Backend(sources=False)))
    assert [source["label"] for source in lobby.sources] == ["Colour", "Plot"]
    assert len(lobby.starters) == 12
    assert lobby.trouble


def test_without_films_the_rest_is_there() -> None:
    lobby = fetch(cast(Api, Backend(starters=False)))
    assert lobby.starters == []
    assert lobby.policies
    assert "No films to begin with" in lobby.trouble
