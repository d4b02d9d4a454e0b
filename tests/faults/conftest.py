"""A running system that fault tests may break, stop and start."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.system import System


@pytest.fixture(scope="package")
def own_system(tmp_path_factory: pytest.TempPathFactory) -> Iterator[System]:
    """A system of its own: these tests stop it."""
    running = System(tmp_path_factory.mktemp("faults"))
    try:
        running.start()
        yield running
    finally:
        running.stop()
