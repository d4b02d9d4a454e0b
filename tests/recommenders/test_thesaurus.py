"""The thesaurus: its file, and what it refuses."""

import pytest

from backend.catalog.schema import GENRES
from backend.errors import InvalidSetting
from backend.recommenders.thesaurus import THESAURUS, Thesaurus, stems_of


def test_words_of_a_group_bring_each_other_in():
    words = Thesaurus.of({"groups": ["sea, ocean, sailing ships", "sea, whale"]})
    assert words.related["sea"] == (
        ("ocean", "ocean"),
        ("sailing ships", "sailing ship"),
        ("whale", "whale"),
    )
    assert words.related["sailing ship"] == (("sea", "sea"), ("ocean", "ocean"))


def test_a_genre_in_a_group_has_no_stems_and_brings_nothing_in():
    words = Thesaurus.of({"groups": ["love, genre:romance"]})
    assert words.related == {"love": (("genre:romance", ""),)}


def test_other_names_lead_to_the_name():
    words = Thesaurus.of(
        {
            "same": {"sci fi": "science fiction"},
            "genres": {"comedy": "funny, comic"},
            "countries": {"France": "french", "East Germany": "german", "Germany": "german"},
        }
    )
    assert words.same == {"sci fi": "science fiction"}
    assert words.genres == {"funny": "comedy", "comic": "comedy"}
    assert words.countries["french"] == ("France",)
    assert words.countries["german"] == ("East Germany", "Germany")


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ({"groups": "sea, ocean"}, "groups must be a list"),
        ({"genres": ["comedy"]}, "genres must be a table"),
        ({"groups": ["sea,, ocean"]}, "groups must be phrases with commas between"),
        ({"groups": [7]}, "groups must be phrases"),
        ({"same": {"ai": ""}}, "same must be phrases"),
    ],
)
def test_what_is_written_wrong_is_refused_with_its_place(content, says):
    with pytest.raises(InvalidSetting, match=says):
        Thesaurus.of(content)


def test_a_file_that_is_no_toml_is_refused(tmp_path):
    path = tmp_path / "thesaurus.toml"
    path.write_bytes(b"groups = [\xff")
    with pytest.raises(InvalidSetting, match=r"thesaurus\.toml must be TOML"):
        Thesaurus.load(path)


def test_our_own_file_is_sound():
    words = Thesaurus.load()
    assert THESAURUS.is_file()
    assert len(words.related) > 500
    assert set(words.genres.values()) <= GENRES
    named = {form for others in words.related.values() for form, stems in others if not stems}
    assert named <= {f"genre:{genre}" for genre in GENRES}
    assert all(phrase == stems_of(phrase) for phrase in words.same)


def test_related_words_go_both_ways():
    related = Thesaurus.load().related
    for phrase, others in related.items():
        for _, stems in others:
            if stems:
                assert phrase in [stem for _, stem in related[stems]]
