"""The three Serve applications, for `backend.__main__` and for a Serve config file."""

from __future__ import annotations

from functools import partial

from ray import serve

from backend.catalog.catalogue import PosterAddresses
from backend.control import deployment as control
from backend.ensemble import deployment as ensemble
from backend.impressions.event_log import LikeReader
from backend.ranking import deployment as ranking
from backend.ranking.deployment import LikesOf
from backend.settings import Settings


def _open_live_likes(url: str) -> LikesOf:
    return LikeReader(url).likes_of


def applications(settings: Settings) -> dict[str, tuple[str, serve.Application]]:
    """Route prefix and application by name; the catalogue must have been built."""
    return {
        "control": ("/control", control.application(settings)),
        "recommend": ("/rec", ensemble.application(settings)),
        "ranking": (
            "/",
            ranking.application(
                settings,
                partial(_open_live_likes, settings.database_url),
                PosterAddresses(settings),
            ),
        ),
    }
