"""Arrays and texts in mapped files."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backend.recommenders.mapped import TextTable, map_array, save_arrays

texts = st.lists(st.text(max_size=8), max_size=30)
quick = settings(max_examples=60, deadline=None)


@quick
@given(texts)
def test_texts_come_back_in_their_order(some):
    table = TextTable.of(some)
    assert list(table) == some
    assert len(table) == len(some)


@quick
@given(texts, st.text(max_size=8))
def test_a_text_is_found_where_it_first_stands(some, other):
    table = TextTable.of(some)
    for text in [*some, other]:
        assert table.find(text) == (some.index(text) if text in some else None)


def test_a_table_is_mapped_as_it_was_saved(tmp_path):
    words = ["wolf", "Ärger", "", "wolf", "猫"]
    TextTable.of(words).save(tmp_path, "words")
    table = TextTable.load(tmp_path, "words")
    assert table == words
    assert table[1:4] == ["Ärger", "", "wolf"]
    assert table.find("猫") == 4
    assert table.find("cat") is None


def test_half_a_surrogate_pair_is_not_found():
    assert TextTable.of(["a"]).find("\ud83d") is None


@pytest.mark.parametrize("number", [-1, 2])
def test_a_number_outside_is_refused(number):
    with pytest.raises(IndexError, match="from 0 to 1"):
        TextTable.of(["a", "b"])[number]


def test_an_array_is_mapped_and_cannot_be_changed(tmp_path):
    save_arrays(tmp_path / "new", numbers=np.arange(6).reshape(2, 3))
    numbers = map_array(tmp_path / "new", "numbers")
    assert numbers.tolist() == [[0, 1, 2], [3, 4, 5]]
    with pytest.raises(ValueError, match="read-only"):
        numbers[0, 0] = 9


def test_an_array_of_objects_is_refused(tmp_path):
    np.save(tmp_path / "bad.npy", np.array([{}], dtype=object), allow_pickle=True)
    with pytest.raises(ValueError, match="objects"):
        map_array(tmp_path, "bad")
