"""The example of docs/adding-a-recommender.md keeps the contract that it promises."""

import importlib.util
import sys

from backend.settings import REPOSITORY
from tests.recommenders.contract import RecommenderContract

_PATH = REPOSITORY / "docs" / "examples" / "era.py"
_SPEC = importlib.util.spec_from_file_location("era", _PATH)
assert _SPEC is not None
assert _SPEC.loader is not None
era = sys.modules["era"] = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(era)


class TestEraRecommender(RecommenderContract):
    recommender = era.EraRecommender
