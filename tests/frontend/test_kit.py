"""What a component tells the script."""

from __future__ import annotations

import pytest
import streamlit as st

from frontend.components.kit import told

Told = dict[str, object]


@pytest.fixture
def state(monkeypatch: pytest.MonkeyPatch) -> dict[str, Told]:
    kept: dict[str, Told] = {}
    monkeypatch.setattr(st, "session_state", kept)
    return kept


def test_a_press_that_is_handed_on_twice_counts_once(state):
    state["header"] = {"press": {"action": "undo", "press": "1-1"}}
    assert told("header", "press") == {"action": "undo", "press": "1-1"}
    assert told("header", "press") is None


def test_the_same_wish_pressed_again_counts_again(state):
    for press in ("1-1", "1-2"):
        state["header"] = {"press": {"action": "undo", "press": press}}
        assert told("header", "press") is not None


def test_a_press_of_one_component_hides_none_of_another(state):
    for key in ("header", "cards"):
        state[key] = {"press": {"press": "1-1"}}
        assert told(key, "press") is not None


@pytest.mark.parametrize("value", [None, "undo", [], {}, {"press": 3}])
def test_what_is_no_press_is_none(state, value):
    state["header"] = {"press": value}
    assert told("header", "press") is None
