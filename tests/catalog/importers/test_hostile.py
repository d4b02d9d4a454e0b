"""Rows are hostile until proven otherwise."""

import gzip
import json
import unicodedata

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from backend.catalog.importers import clean
from backend.catalog.importers.report import InvalidSource
from tests.catalog.importers.files import (
    csv_text,
    imported,
    movielens_folder,
    ranklens_film,
    rejected,
    tmdb_folder,
    tmdb_row,
)

FILLER = "".join(f"Filler {n},,\n" for n in range(12))
bounded = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def plain(tmp_path, content):
    """A plain CSV of these rows and twelve good ones, imported."""
    path = tmp_path / "mine.csv"
    head = "title,id,overview\n" + FILLER
    path.write_bytes(head.encode() + (content.encode() if isinstance(content, str) else content))
    return imported(path, tmp_path, replace=True)


def test_markup_stays_text(tmp_path):
    _, films = plain(tmp_path, "<img src=x onerror=alert(1)>,evil,<script>alert(1)</script>\n")
    assert films["evil"].title == "<img src=x onerror=alert(1)>"
    assert films["evil"].synopsis == "<script>alert(1)</script>"


@pytest.mark.parametrize("title", ["=cmd|'/c calc'!A0", "+1+1", "-2", "@SUM(A1)"])
def test_formulas_stay_text(tmp_path, title):
    _, films = plain(tmp_path, csv_text([[title, "evil", ""]]))
    assert films["evil"].title == title


def test_signs_that_nobody_sees_are_taken_out(tmp_path):
    _, films = plain(tmp_path, "Al\u202eien\u0000\u200b \u2066X\u2069\x07,evil,\n")
    assert films["evil"].title == "Alien X"


def test_megabytes_of_overview_are_cut_at_a_sentence(tmp_path):
    _, films = plain(tmp_path, f"Long,evil,{'A short sentence. ' * 60_000}\n")
    synopsis = films["evil"].synopsis
    assert len(synopsis) <= 2000
    assert synopsis.endswith("sentence.")


def test_a_line_of_many_megabytes_is_left_out(tmp_path):
    summary, films = plain(tmp_path, b"x" * 5_000_000 + b",evil,\nAfter,after,\n")
    assert "after" in films
    assert summary.rejected == 1


def test_an_open_quote_costs_one_row(tmp_path):
    summary, films = plain(tmp_path, '"Open,evil,\nAfter,after,\nLater,later,\n')
    assert {"after", "later"} <= set(films)
    assert summary.rejected == 1
    assert rejected(tmp_path)[0]["line"] == 14


def test_rows_of_other_lengths_are_left_out(tmp_path):
    summary, films = plain(tmp_path, "Short\nLong,l,,,,,\nGood,good,\n")
    assert "good" in films
    assert summary.rejected == 2


def test_each_line_is_decoded_on_its_own(tmp_path):
    rows = "Amélie,utf,\n".encode() + "Amélie,latin,\n".encode("latin-1") + b"\x81\x8d,raw,\n"
    _, films = plain(tmp_path, rows)
    assert films["utf"].title == films["latin"].title == "Amélie"


def test_the_first_of_equal_ids_stays(tmp_path):
    summary, films = plain(tmp_path, "First,same,\nSecond,same,\n")
    assert films["same"].title == "First"
    assert rejected(tmp_path)[0]["rule"] == "unique"
    assert summary.rejected == 1


@pytest.mark.parametrize("number", ["NaN", "inf", "-1", "1e99", "9" * 400, "", "0x10", "1_000"])
def test_ids_that_are_no_numbers_are_refused(tmp_path, number):
    rows = [tmdb_row(number), *(tmdb_row(n) for n in range(1, 13))]
    summary, _ = imported(tmdb_folder(tmp_path / "in", rows, credits=False), tmp_path)
    assert (summary.films, summary.rejected) == (12, 1)


@pytest.mark.parametrize("value", ["-1", "0", "999999", "NaN", "1e308", "long"])
def test_a_runtime_that_no_film_has_is_no_runtime(value):
    assert clean.runtime(value) is None


@pytest.mark.parametrize("value", ["0000-01-01", "9999-01-01", "1066", "31/12/1999", "1999-1-1-1"])
def test_an_absurd_date_is_no_date(value):
    assert clean.year(value) is None


def test_json_nested_too_deep_is_one_bad_row(tmp_path):
    rows = [tmdb_row(99, genres="[" * 100_000), *(tmdb_row(n) for n in range(1, 13))]
    summary, _ = imported(tmdb_folder(tmp_path / "in", rows, credits=False), tmp_path)
    assert summary.rejected == 1


def test_ratings_hold_digits_only(tmp_path):
    ratings = (
        '"=1+1",901,5.0,1\n3,901,5.0,1e400\n3,901,NaN,7\n3,901,99,7\n3,901,5,-7\n'
        "-3,901,5,7\n4,901,5,7\n"
    )
    folder = movielens_folder(tmp_path / "in", "", ratings=ratings)
    imported(folder, tmp_path)
    saved = (tmp_path / "var" / "catalogues" / "mine" / "ratings.csv").read_text()
    assert saved.splitlines()[1:] == ["4,ml-901,7"]


def test_utf_16_is_refused_with_advice(tmp_path):
    path = tmp_path / "mine.csv"
    path.write_bytes("title\nA\n".encode("utf-16"))
    with pytest.raises(InvalidSource, match="UTF-8, got UTF-16"):
        imported(path, tmp_path)


def test_a_damaged_archive_is_refused(tmp_path):
    path = tmp_path / "mine.csv.gz"
    path.write_bytes(gzip.compress(b"title\n" + b"A film\n" * 50_000)[:-20])
    with pytest.raises(InvalidSource, match="file that can be read"):
        imported(path, tmp_path, kind="csv")


@bounded
@given(st.binary(max_size=600))
def test_any_bytes_after_the_header_end_well(tmp_path, content):
    summary, films = plain(tmp_path, content)
    assert len(films) == summary.films >= 11


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=6), inner),
    max_leaves=8,
)


@bounded
@given(st.dictionaries(st.sampled_from(sorted(ranklens_film(1))), json_values, max_size=8))
def test_any_json_in_any_field_ends_well(tmp_path, changes):
    path = tmp_path / "films.jsonl"
    films = [ranklens_film(7, **changes), *(ranklens_film(n) for n in range(100, 112))]
    path.write_text("\n".join(json.dumps(film) for film in films))
    summary, found = imported(path, tmp_path, replace=True)
    assert len(found) == summary.films >= 12
    assert summary.films + summary.rejected == 13


@bounded
@given(st.text(max_size=300), st.integers(1, 120))
def test_cleaned_text_is_one_line_of_bounded_length(said, limit):
    cleaned = clean.text(said, limit)
    assert len(cleaned) <= limit
    assert cleaned == cleaned.strip()
    assert not {unicodedata.category(c) for c in cleaned} & {"Cc", "Cs", "Zl", "Zp"}
    cleaned.encode()


@bounded
@given(st.text(max_size=200))
def test_a_slug_is_empty_or_an_id(said):
    from backend.catalog.schema import FILM_ID

    slug = clean.slug(said)
    assert slug == "" or (FILM_ID.fullmatch(slug) and len(slug) <= 80)
