"""A running system that fault tests may break, stop and start."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.system import System


@pytest.fixture(scope="package")
def own_system(tmp_path_factory: pytest.TempPathFactory, built: Path) -> Iterator[System]:
    """A system of its own: these tests stop it."""
    running = System(tmp_path_factory.mktemp("faults"), built)
    try:
        running.start()
        yield running
    finally:
        running.stop()
