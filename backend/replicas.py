"""What all deployments share: how little a replica reserves, and how it logs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ray import serve

from backend.settings import Settings


def deployed(kind: Callable[..., Any], settings: Settings, **options: Any) -> Any:
    """`kind` as a Serve deployment.

    Args:
        kind: the class, by default also its name.
        options: of `serve.deployment`; they go before the shared ones.
    """
    shared = {
        "ray_actor_options": {"num_cpus": settings.replica_cpus},
        "logging_config": {"log_level": settings.log_level, "enable_access_log": False},
        # Who waits for more than this is refused at once: a queue that grows helps nobody.
        "max_queued_requests": settings.max_queued_requests,
        # A replica that is told to stop ends as soon as it is idle.
        "graceful_shutdown_wait_loop_s": 0.2,
        "graceful_shutdown_timeout_s": 5.0,
    }
    return serve.deployment(**{**shared, **options})(kind)
