"""Batches of calls as bytes."""

import logging
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend import errors
from backend.batching import Outcome
from backend.errors import DoubleFeatureError, SessionFull
from backend.wire import pack_calls, pack_outcomes, unpack_calls, unpack_outcomes

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.floats(allow_nan=False) | texts,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=4),
    max_leaves=10,
).filter(lambda value: value not in (float("inf"), float("-inf")))
finite = json_values.filter(lambda value: "inf" not in repr(value))


@dataclass(frozen=True)
class Request:
    films: tuple[str, ...]
    complete: frozenset[str]


def test_dataclasses_become_objects_and_sets_sorted_arrays():
    packed = pack_calls([("rank", (Request(("a", "b"), frozenset("yx")), 3))])
    assert unpack_calls(packed) == [("rank", [{"films": ["a", "b"], "complete": ["x", "y"]}, 3])]


def test_what_json_cannot_hold_is_refused():
    with pytest.raises(TypeError):
        pack_calls([("rank", (object(),))])


@given(st.lists(finite, max_size=5))
def test_values_come_back_as_they_went_in_order(values):
    outcomes = unpack_outcomes(pack_outcomes([Outcome(value) for value in values]))
    assert [outcome.result() for outcome in outcomes] == values


@pytest.mark.parametrize(
    "kind", [k for k in vars(errors).values() if isinstance(k, type) and issubclass(k, Exception)]
)
def test_every_error_of_ours_comes_back_as_itself(kind):
    error = kind("a detail", field="movie_id", value="x" * 200)
    (outcome,) = unpack_outcomes(pack_outcomes([Outcome(error=error)]))
    assert type(outcome.error) is kind
    assert outcome.error.problem() == error.problem()


def test_an_error_stays_beside_the_values_of_the_others(caplog):
    with caplog.at_level(logging.CRITICAL):
        packed = pack_outcomes(
            [Outcome(None), Outcome(error=SessionFull("full")), Outcome(error=KeyError("k"))]
        )
    value, ours, other = unpack_outcomes(packed)
    assert value == Outcome(None)
    assert isinstance(ours.error, DoubleFeatureError)
    with pytest.raises(RuntimeError, match="KeyError"):
        other.result()
