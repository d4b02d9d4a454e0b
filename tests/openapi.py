"""Published schemas as tests use them: what an OpenAPI document says of an answer."""

from __future__ import annotations

from typing import Any

import requests
from jsonschema import Draft202012Validator

Json = dict[str, Any]


class Contract:
    """One application's OpenAPI document.

    Args:
        document: as published.
    """

    def __init__(self, document: Json) -> None:
        self.document = document

    def operations(self) -> list[tuple[str, str, Json]]:
        """`(method, path, operation)` of every operation; the method in capitals."""
        return [
            (method.upper(), path, operation)
            for path, methods in self.document["paths"].items()
            for method, operation in methods.items()
        ]

    def problems(self, schema: Json, value: Any) -> list[str]:
        """What is wrong with a value by a schema of the document; empty when nothing is."""
        whole = {"components": self.document["components"], "allOf": [schema]}
        found = Draft202012Validator(
            whole, format_checker=Draft202012Validator.FORMAT_CHECKER
        ).iter_errors(value)
        return [f"{error.json_path}: {error.message[:200]}" for error in found]

    def response(self, method: str, path: str, status: int) -> Json:
        """What is declared for a status, by itself or by `default`."""
        declared = self.document["paths"][path][method.lower()]["responses"]
        found: Json = declared.get(str(status), declared.get("default"))
        return found

    def assert_holds(self, path: str, answer: requests.Response) -> Any:
        """The body of an answer, which is as the document says for this path template."""
        declared = self.response(str(answer.request.method), path, answer.status_code)
        kind = answer.headers["content-type"].partition(";")[0]
        assert kind in declared["content"], f"{kind} is not declared for {answer.status_code}"
        body = answer.json()
        assert self.problems(declared["content"][kind]["schema"], body) == []
        return body
