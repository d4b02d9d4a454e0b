from __future__ import annotations

import json

import numpy as np
import pytest

from backend.ranking.interactions import Interaction
from backend.ranking.model_file import (
    NUMBERS,
    SIDECAR,
    InvalidModel,
    load_model,
    read_fingerprint,
    save_model,
)


@pytest.fixture
def folder(tmp_path, trained):
    save_model(trained, tmp_path / "index", "print-1")
    return tmp_path / "index"


def rewrite(folder, **changes):
    sidecar = json.loads((folder / SIDECAR).read_text())
    (folder / SIDECAR).write_text(json.dumps({**sidecar, **changes}))


def test_a_loaded_model_ranks_like_the_saved_one(folder, trained):
    loaded = load_model(folder)
    history = [Interaction(trained.items.ids[3], 1.0, "color")]
    assert loaded.rank([loaded.features("u", history)], [9]) == trained.rank(
        [trained.features("u", history)], [9]
    )
    assert loaded.metrics == trained.metrics
    assert read_fingerprint(folder) == "print-1"


def test_saving_twice_writes_the_same_bytes(folder, trained):
    before = [(folder / name).read_bytes() for name in (NUMBERS, SIDECAR)]
    save_model(trained, folder, "print-1")
    assert [(folder / name).read_bytes() for name in (NUMBERS, SIDECAR)] == before
    assert sorted(path.name for path in folder.iterdir()) == [SIDECAR, NUMBERS]


def test_a_missing_model_is_refused(tmp_path):
    with pytest.raises(InvalidModel, match=r"ranking\.json cannot be read.*build the catalogue"):
        load_model(tmp_path)
    assert read_fingerprint(tmp_path) is None


def test_damaged_numbers_are_refused(folder):
    damaged = bytearray((folder / NUMBERS).read_bytes())
    damaged[len(damaged) // 2] ^= 1
    (folder / NUMBERS).write_bytes(damaged)
    with pytest.raises(InvalidModel, match="does not belong to"):
        load_model(folder)


def test_a_truncated_sidecar_is_refused(folder):
    text = (folder / SIDECAR).read_text()
    (folder / SIDECAR).write_text(text[: len(text) // 2])
    with pytest.raises(InvalidModel, match="is not JSON"):
        load_model(folder)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"format": 99}, "format 1"),
        ({"films": []}, "do not fit together"),
        ({"films": [{"id": "a"}]}, "missing or damaged"),
        ({"labels": {}}, "missing or damaged"),
        ({"terms": ["genres"]}, "do not fit together"),
    ],
)
def test_a_sidecar_that_does_not_fit_is_refused(folder, changes, message):
    rewrite(folder, **changes)
    with pytest.raises(InvalidModel, match=message):
        load_model(folder)


def test_pickled_arrays_are_never_read(folder):
    import hashlib

    np.savez(folder / NUMBERS, matrix=np.array([{"a": 1}], dtype=object), average=0, weights=0)
    digest = hashlib.sha256((folder / NUMBERS).read_bytes()).hexdigest()
    rewrite(folder, numbers_sha256=digest)
    with pytest.raises(InvalidModel, match="missing or damaged"):
        load_model(folder)
