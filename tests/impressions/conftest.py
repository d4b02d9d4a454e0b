"""Each kind of database that the log runs on, with a database of its own for every test."""

from __future__ import annotations

import pytest

from tests.postgres import PostgresServer


@pytest.fixture(params=["sqlite", "postgres"])
def log_url(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The URL of a new, empty log on each kind of database."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path_factory.mktemp('log') / 'log.db'}"
    server: PostgresServer = request.getfixturevalue("postgres")
    return server.new_database()
