"""What several tests share, made at first use: a built catalogue, a running system, a server."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.postgres import PostgresServer, binaries_or_skip
from tests.system import System


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the built catalogue and nothing else, to be copied."""
    folder = tmp_path_factory.mktemp("built")
    System(folder).build()
    return folder


@pytest.fixture(scope="session")
def system(tmp_path_factory: pytest.TempPathFactory, built: Path) -> Iterator[System]:
    """Backend and page, really running; stopped at the end."""
    running = System(tmp_path_factory.mktemp("system"), built)
    try:
        running.start()
        yield running
    finally:
        running.stop()


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    """A real PostgreSQL server on loopback, ended afterwards."""
    server = PostgresServer(binaries_or_skip())
    server.start()
    yield server
    server.remove()
