"""What all pages of one server share: the client, the poller, the poster cache, the viewers."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from frontend.api import Api
from frontend.health import Health
from frontend.posters import PosterCache
from frontend.settings import Settings, read_settings
from frontend.status import StatusPoller
from frontend.viewers import Viewers


@dataclass(frozen=True)
class Services:
    """The shared objects, each safe to use from many threads."""

    settings: Settings
    health: Health
    api: Api
    poller: StatusPoller
    posters: PosterCache
    viewers: Viewers


@lru_cache(maxsize=1)
def services() -> Services:
    """The shared objects of this process, made from the environment at the first call."""
    settings = read_settings()
    health = Health()
    api = Api(settings.api_url, settings.request_timeout_s, health)
    poller = StatusPoller(api.status, health, settings.status_interval_s)
    return Services(settings, health, api, poller, PosterCache(api.poster), Viewers())
