"""What FastAPI leaves out of an OpenAPI document, put in."""

from __future__ import annotations

from typing import Any

from backend.schemas.base import EXAMPLES
from backend.schemas.problems import PRESENTER_SCHEME, PROBLEM_SCHEMA


def complete(document: dict[str, Any]) -> dict[str, Any]:
    """Add what refusals and the presenter's routes refer to, and examples as they were written.

    Args:
        document: changed in place, and returned.
    """
    components = document.setdefault("components", {})
    components.setdefault("schemas", {})["Problem"] = PROBLEM_SCHEMA
    for methods in document.get("paths", {}).values():
        for operation in methods.values():
            if "security" in operation:
                components["securitySchemes"] = {"presenter": PRESENTER_SCHEME}
            content = operation["responses"]["200"].get("content", {}).get("application/json", {})
            name = content.get("schema", {}).get("$ref", "").rpartition("/")[2]
            if name in EXAMPLES:
                content["example"] = EXAMPLES[name]
    return document
