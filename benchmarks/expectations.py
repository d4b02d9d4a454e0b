"""The regression guard: ratios of a run beside those that are expected, never absolute times."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

EXPECTED_FILE = Path(__file__).resolve().parent / "expected.json"

Expected = Mapping[str, Mapping[str, Mapping[str, float]]]


def read_expected(path: Path = EXPECTED_FILE) -> Expected:
    """By section and ratio: `at_most` or `at_least`.

    Raises:
        ValueError: a ratio has not exactly one of the two, or not a number.
    """
    expected: dict[str, dict[str, dict[str, float]]] = json.loads(path.read_text())
    for section, ratios in expected.items():
        for name, limit in ratios.items():
            if len(limit) != 1 or not {"at_most", "at_least"} >= set(limit):
                raise ValueError(
                    f"{section}: {name} must have at_most or at_least, got {dict(limit)!r}; "
                    f"in {path}"
                )
            if not all(isinstance(value, int | float) for value in limit.values()):
                raise ValueError(f"{section}: {name} must be a number; in {path}")
    return expected


def compare(result: Mapping[str, Any], expected: Expected, sections: Sequence[str]) -> list[str]:
    """One line for each expected ratio of these sections that fell short or was not measured."""
    short = []
    for section in sections:
        report = result["sections"].get(section, {"ratios": []})
        found = {ratio["name"]: ratio for ratio in report["ratios"]}
        for name, limit in expected.get(section, {}).items():
            ratio = found.get(name)
            if ratio is None:
                short.append(f"{section}: {name} was not measured")
                continue
            spread = f"{ratio['value']:.3g} ({ratio['low']:.3g} to {ratio['high']:.3g})"
            if "at_most" in limit and ratio["value"] > limit["at_most"]:
                short.append(
                    f"{section}: {name} is {spread}, expected at most {limit['at_most']:g}"
                )
            if "at_least" in limit and ratio["value"] < limit["at_least"]:
                short.append(
                    f"{section}: {name} is {spread}, expected at least {limit['at_least']:g}"
                )
    return short
