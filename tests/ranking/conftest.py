"""Shared pieces: a database, and a model trained once on a small made-up catalogue."""

from __future__ import annotations

from pathlib import Path

import pytest
import sqlalchemy as sa

from backend.ranking.items import build_items
from backend.ranking.model import RankingModel
from backend.ranking.personas import make_personas
from backend.ranking.train import train

from .films import catalogue


@pytest.fixture
def database(tmp_path: Path) -> Path:
    return tmp_path / "catalogue.db"


@pytest.fixture
def engine(database: Path) -> sa.Engine:
    return sa.create_engine(f"sqlite:///{database}")


@pytest.fixture(scope="session")
def trained() -> RankingModel:
    films, palettes = catalogue(96)
    users = make_personas(films, palettes, count=60, seed=3)
    return train(build_items(films, palettes), users, seed=3)
