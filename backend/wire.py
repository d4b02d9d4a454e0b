"""Batches of calls between our own processes, as JSON.

Plain bytes are what Ray moves at the least cost: an object of any other kind goes through its
pickler, which costs more than the call that carries it.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from typing import Any

import orjson

from backend import errors
from backend.batching import Outcome
from backend.errors import DoubleFeatureError

log = logging.getLogger("ray.serve")

Call = tuple[str, Sequence[Any]]
"""The name of a method, and its arguments: JSON, dataclasses of it, and sets."""

_KINDS: dict[str, type[DoubleFeatureError]] = {
    name: kind
    for name, kind in vars(errors).items()
    if isinstance(kind, type) and issubclass(kind, DoubleFeatureError)
}


def pack_calls(calls: Sequence[Call]) -> bytes:
    """Calls as bytes; dataclasses become objects, sets become arrays."""
    return orjson.dumps(calls, default=_array)


def unpack_calls(packed: bytes) -> list[tuple[str, list[Any]]]:
    """What `pack_calls` packed."""
    return [(method, arguments) for method, arguments in orjson.loads(packed)]


def pack_outcomes(outcomes: Sequence[Outcome]) -> bytes:
    """Outcomes as bytes: `[value]`, or `[null, kind, detail, field, value]` of an error.

    Of an error that is not ours only the text goes; the log of this process has the rest.
    """
    return orjson.dumps([_packed(outcome) for outcome in outcomes])


def unpack_outcomes(packed: bytes) -> list[Outcome]:
    """What `pack_outcomes` packed; errors that are not ours as RuntimeError."""
    return [_unpacked(*parts) for parts in orjson.loads(packed)]


def _array(value: Any) -> list[Any]:
    if isinstance(value, set | frozenset):
        return sorted(value)
    raise TypeError(f"a call must be of JSON, got {type(value).__name__}")


def _packed(outcome: Outcome) -> list[Any]:
    error = outcome.error
    if error is None:
        return [outcome.value]
    if isinstance(error, DoubleFeatureError):
        return [None, type(error).__name__, error.detail, error.field, error.value]
    log.error("a call of a batch failed", exc_info=error)
    return [None, "", f"{type(error).__name__}: {error}"]


def _unpacked(
    value: Any, kind: str | None = None, detail: str = "", field: str | None = None, got: Any = None
) -> Outcome:
    if kind is None:
        return Outcome(value)
    if kind in _KINDS:
        return Outcome(error=_KINDS[kind](detail, field=field, value=got))
    return Outcome(error=RuntimeError(detail))
