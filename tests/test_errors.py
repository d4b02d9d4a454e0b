"""The errors of the domain, and the shape in which they are told."""

import pickle

import pytest

from backend import errors
from backend.errors import DoubleFeatureError, InvalidInput, UnknownMovie, problem, shorten

KINDS = sorted(
    (
        kind
        for kind in vars(errors).values()
        if isinstance(kind, type) and issubclass(kind, DoubleFeatureError)
    ),
    key=lambda kind: kind.__name__,
)


def test_a_problem_has_the_fields_of_rfc_9457_and_ours():
    error = UnknownMovie("liked_id must be known", field="liked_id", value="x")
    assert error.problem() == {
        "type": "about:blank",
        "title": "Unknown film",
        "status": 404,
        "detail": "liked_id must be known",
        "field": "liked_id",
        "value": "x",
    }


def test_field_and_value_are_left_out_when_they_do_not_apply():
    assert set(problem(404, "Not Found", "no route /x")) == {"type", "title", "status", "detail"}


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_every_error_has_a_status_of_its_own_and_a_title(kind):
    assert 400 <= kind.status < 600
    assert kind.title


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_pickling_keeps_kind_and_attributes(kind):
    error = kind("count must be at least 0, got -1", field="count", value=-1)
    again = pickle.loads(pickle.dumps(error))
    assert type(again) is kind
    assert (again.detail, again.field, again.value) == (error.detail, "count", "-1")
    assert again.problem() == error.problem()
    assert str(again) == str(error)


def test_pickling_keeps_that_there_is_no_field():
    again = pickle.loads(pickle.dumps(InvalidInput("bad")))
    assert again.field is again.value is None


def test_values_are_kept_short():
    assert InvalidInput("x", value="a" * 500).value == "a" * 79 + "…"
    assert shorten("a" * 80) == "a" * 80
    assert shorten([1, 2]) == "[1, 2]"


def test_falsy_values_are_kept():
    assert InvalidInput("x", value=0).value == "0"
    assert InvalidInput("x", value="").value == ""


def test_values_can_always_be_sent():
    assert InvalidInput("x", value="a\ud800b").value == r"a\ud800b"
    assert len(shorten("\ud800" * 200)) == 80
