"""The OpenAPI documents: complete, readable, and true to themselves."""

import pytest

from backend.control.deployment import api as control
from backend.ensemble.deployment import api as recommend
from backend.http import PROBLEM_TYPE
from backend.ranking.deployment import api as ranking
from tests.openapi import Contract

APPLICATIONS = {"control": control, "recommend": recommend, "ranking": ranking}
OPERATIONS = [
    pytest.param(Contract(api.openapi()), *operation, id=f"{operation[0]} {name}{operation[1]}")
    for name, api in APPLICATIONS.items()
    for operation in Contract(api.openapi()).operations()
]
each_operation = pytest.mark.parametrize(("contract", "method", "path", "operation"), OPERATIONS)


def schemas_in(value):
    """Every schema-like object below a value."""
    if isinstance(value, dict):
        yield value
        for part in value.values():
            yield from schemas_in(part)
    elif isinstance(value, list):
        for part in value:
            yield from schemas_in(part)


def test_every_operation_is_there():
    assert len(OPERATIONS) == 19


@each_operation
def test_a_good_answer_has_a_schema_and_an_example_that_follows_it(
    contract, method, path, operation
):
    declared = operation["responses"]["200"]
    assert declared["description"] != "Successful Response"
    for kind, content in declared["content"].items():
        assert content["schema"], kind
        if kind == "application/json":
            assert contract.problems(content["schema"], content["example"]) == []
            assert contract.problems(content["schema"], {"no": "such answer"}) != []


@each_operation
def test_every_refusal_is_the_one_problem_shape_with_an_example(contract, method, path, operation):
    refusals = {status: r for status, r in operation["responses"].items() if status != "200"}
    assert {"414", "422", "429", "431", "503", "default"} <= set(refusals)
    for status, declared in refusals.items():
        assert list(declared["content"]) == [PROBLEM_TYPE]
        content = declared["content"][PROBLEM_TYPE]
        assert content["schema"] == {"$ref": "#/components/schemas/Problem"}
        assert contract.problems(content["schema"], content["example"]) == []
        assert status in {"default", str(content["example"]["status"])}
        assert ("Retry-After" in declared.get("headers", {})) == (status in {"429", "503"})


@each_operation
def test_every_parameter_is_described_and_every_number_bounded(contract, method, path, operation):
    for parameter in operation.get("parameters", []):
        assert parameter["description"], parameter["name"]
        if parameter["schema"].get("type") == "integer":
            assert {"minimum", "maximum"} <= set(parameter["schema"]), parameter["name"]


@each_operation
def test_what_needs_the_presenter_says_so(contract, method, path, operation):
    assert ("401" in operation["responses"]) == (operation.get("security") == [{"presenter": []}])


@pytest.mark.parametrize("api", APPLICATIONS.values(), ids=APPLICATIONS)
def test_no_schema_has_words_that_json_schema_does_not_know(api):
    # pydantic writes bounds that stand behind another validator as `ge` and `le`.
    for schema in schemas_in(api.openapi()):
        assert not {"ge", "le", "gt", "lt"} & set(schema)


@pytest.mark.parametrize("api", APPLICATIONS.values(), ids=APPLICATIONS)
def test_answers_have_no_other_keys_than_are_told(api):
    schemas = api.openapi()["components"]["schemas"]
    open_ones = {
        name
        for name, schema in schemas.items()
        if schema["type"] == "object" and schema.get("additionalProperties") is not False
    }
    assert open_ones == set()
