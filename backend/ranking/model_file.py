"""The ranking model on disk: numbers in an .npz, everything else in a JSON file beside it."""

from __future__ import annotations

import hashlib
import io
import json
import os
import zipfile
from pathlib import Path
from typing import Any

import numpy as np

from backend.errors import DoubleFeatureError
from backend.ranking.items import BLOCKS, ItemVectors
from backend.ranking.model import TERMS, RankingModel

NUMBERS = "ranking.npz"
SIDECAR = "ranking.json"
FORMAT = 1


class InvalidModel(DoubleFeatureError):
    """The model's files are missing, damaged, or do not belong together."""

    title = "Invalid ranking model"


def save_model(model: RankingModel, folder: Path, fingerprint: str) -> None:
    """Write the model; each file is replaced in one step.

    Args:
        folder: made when missing.
        fingerprint: of what the model was built from; see `read_fingerprint`.
    """
    folder.mkdir(parents=True, exist_ok=True)
    buffer = io.BytesIO()
    np.savez(
        buffer,
        matrix=model.items.matrix,
        average=model.average,
        weights=np.array([model.weights[term] for term in TERMS]),
    )
    numbers = buffer.getvalue()
    sidecar = {
        "format": FORMAT,
        "fingerprint": fingerprint,
        "numbers_sha256": hashlib.sha256(numbers).hexdigest(),
        "terms": TERMS,
        "weights": {term: round(model.weights[term], 6) for term in TERMS},
        "metrics": model.metrics,
        "labels": {block: model.items.labels[block] for block in BLOCKS},
        "films": [
            {"id": film_id, "title": title, "year": year}
            for film_id, title, year in zip(
                model.items.ids, model.items.titles, model.items.years, strict=True
            )
        ],
    }
    text = json.dumps(sidecar, ensure_ascii=False, indent=1).encode()
    _replace(folder / NUMBERS, numbers)
    _replace(folder / SIDECAR, text)


def load_model(folder: Path) -> RankingModel:
    """Read the model.

    Raises:
        InvalidModel: a file is missing, damaged or of another version, or the two do not match.
    """
    sidecar = _read_sidecar(folder)
    numbers = _read(folder / NUMBERS)
    if hashlib.sha256(numbers).hexdigest() != sidecar.get("numbers_sha256"):
        raise _invalid(f"{NUMBERS} does not belong to {SIDECAR}", folder)
    try:
        with np.load(io.BytesIO(numbers), allow_pickle=False) as arrays:
            matrix, average, weights = arrays["matrix"], arrays["average"], arrays["weights"]
        films = sidecar["films"]
        items = ItemVectors(
            ids=tuple(str(film["id"]) for film in films),
            titles=tuple(str(film["title"]) for film in films),
            years=tuple(None if film["year"] is None else int(film["year"]) for film in films),
            labels={block: tuple(sidecar["labels"][block]) for block in BLOCKS},
            matrix=matrix.astype(np.float64),
        )
        metrics = dict(sidecar["metrics"])
        terms = tuple(sidecar["terms"])
    except (KeyError, TypeError, ValueError, zipfile.BadZipFile) as error:
        raise _invalid(f"a part is missing or damaged ({error!r})", folder) from error
    width = sum(len(names) for names in items.labels.values())
    if (
        terms != TERMS
        or weights.shape != (len(TERMS),)
        or matrix.shape != (len(items.ids), width)
        or average.shape != (width,)
        or not all(np.isfinite(array).all() for array in (matrix, average, weights))
    ):
        raise _invalid("numbers and names do not fit together", folder)
    learned = {term: float(weight) for term, weight in zip(TERMS, weights, strict=True)}
    return RankingModel(items, learned, average.astype(np.float64), metrics)


def read_fingerprint(folder: Path) -> str | None:
    """What the model in `folder` was built from; None when there is no model that loads."""
    try:
        load_model(folder)
        return str(_read_sidecar(folder)["fingerprint"])
    except (InvalidModel, KeyError):
        return None


def _read_sidecar(folder: Path) -> dict[str, Any]:
    try:
        sidecar = json.loads(_read(folder / SIDECAR))
    except ValueError as error:
        raise _invalid(f"{SIDECAR} is not JSON", folder) from error
    if not isinstance(sidecar, dict) or sidecar.get("format") != FORMAT:
        raise _invalid(f"{SIDECAR} is not of format {FORMAT}", folder)
    return sidecar


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise _invalid(f"{path.name} cannot be read ({error.strerror})", path.parent) from error


def _replace(path: Path, content: bytes) -> None:
    temporary = path.with_name(f"{path.name}.{os.getpid()}.part")
    temporary.write_bytes(content)
    temporary.replace(path)


def _invalid(what: str, folder: Path) -> InvalidModel:
    return InvalidModel(
        f"the ranking model in {folder} cannot be used: {what}; build the catalogue again",
        field="ranking model",
    )
