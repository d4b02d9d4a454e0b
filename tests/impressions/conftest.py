"""Each kind of database that the log runs on, with a database of its own for every test."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.postgres import PostgresServer, binaries_or_skip


@pytest.fixture(scope="session")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PostgresServer]:
    """A real PostgreSQL server on loopback, ended afterwards."""
    server = PostgresServer(binaries_or_skip())
    server.start()
    yield server
    server.remove()


@pytest.fixture(params=["sqlite", "postgres"])
def log_url(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The URL of a new, empty log on each kind of database."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path_factory.mktemp('log') / 'log.db'}"
    server: PostgresServer = request.getfixturevalue("postgres")
    return server.new_database()
