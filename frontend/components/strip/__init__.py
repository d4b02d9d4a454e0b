"""The strip at the foot: every deployment with its replicas, traffic and last three minutes."""

from __future__ import annotations

from typing import Any

from frontend.components.kit import define

_mount = define(__file__)


def strip(*, deployments: list[dict[str, Any]], totals: dict[str, Any], note: str) -> None:
    """Draw the strip.

    Args:
        deployments: as `cluster.strip` gives them.
        totals: {"requests_per_s", "p50", "p95", "replicas"}, each a number or None.
        note: why the figures may be old, "" when they are fresh.
    """
    _mount(key="strip", data={"deployments": deployments, "totals": totals, "note": note})
