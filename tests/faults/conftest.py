"""A running system that fault tests may break, stop and start."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.system import System

# A source may hang for so long that what goes on meanwhile can be seen; the store, which is asked
# after the sources, for less. Counts come at once.
ENVIRONMENT = {
    "SOURCE_DEADLINE_MS": "10000",
    "STORE_DEADLINE_MS": "4000",
    "TELEMETRY_INTERVAL_S": "0.2",
}


@pytest.fixture(scope="package")
def own_system(tmp_path_factory: pytest.TempPathFactory, built: Path) -> Iterator[System]:
    """A system of its own: these tests stop it."""
    running = System(tmp_path_factory.mktemp("faults"), built)
    running.environment |= ENVIRONMENT
    try:
        running.start()
        yield running
    finally:
        running.stop()
