"""The settings: defaults, rules, and the page that documents them."""

import re
from pathlib import Path

import pytest

from backend.errors import InvalidSetting
from backend.settings import REPOSITORY, TABLE, Settings, markdown_table
from frontend import settings as frontend

DOCS = (REPOSITORY / "docs" / "settings.md").read_text()


def documented(section):
    """The table between the markers of a section, as lines."""
    found = re.search(rf"<!-- {section} settings -->\n(.*?)\n<!-- end -->", DOCS, re.DOTALL)
    assert found, f"docs/settings.md has no {section} section"
    return found.group(1).splitlines()


def test_an_empty_environment_gives_the_defaults():
    settings = Settings({})
    assert {row.name: getattr(settings, row.name) for row in TABLE} == {
        **{row.name: row.default for row in TABLE},
        "database_url": f"sqlite:///{Path('var/impressions.db').absolute()}",
    }


def test_variables_of_others_are_ignored():
    assert Settings({"HOME": "/root", "SLATE": "9"}).slate_size == 10


@pytest.mark.parametrize(
    ("variable", "text", "value"),
    [
        ("API_PORT", "9000", 9000),
        ("HOST", " 0.0.0.0 ", "0.0.0.0"),
        ("DATA_DIR", "talk", Path("talk")),
        ("DATA_DIR", "~/talk", Path.home() / "talk"),
        ("POSTER_DIR", "", None),
        ("POSTER_DIR", "posters", Path("posters")),
        ("SOURCES", "plot, color", ("plot", "color")),
        ("DATABASE_URL", "postgres://u:p@h/d", "postgresql+psycopg://u:p@h/d"),
        ("DATABASE_URL", "postgresql://u:p@h:5/d", "postgresql+psycopg://u:p@h:5/d"),
        ("DATABASE_URL", "sqlite:////of-us/log.db", "sqlite:////of-us/log.db"),
        ("POLICY", "classic", "classic"),
        ("PRIOR_LIKES", "2.5", 2.5),
        ("FAST_DATA_PLANE", "no", False),
        ("FAST_DATA_PLANE", "TRUE", True),
        ("RANKING_UPSCALE_DELAY_S", "0", 0.0),
    ],
)
def test_a_variable_sets_its_setting(variable, text, value):
    assert getattr(Settings({variable: text}), variable.lower()) == value


@pytest.mark.parametrize(
    ("variable", "text", "rule"),
    [
        ("API_PORT", "0", "a whole number from 1 to 65535"),
        ("API_PORT", "65536", "a whole number from 1 to 65535"),
        ("API_PORT", "http", "a whole number from 1 to 65535"),
        ("API_PORT", "80.5", "a whole number from 1 to 65535"),
        ("HOST", " ", "not empty"),
        ("DATA_DIR", "", "not empty"),
        ("SOURCES", " , ", "one or more different names, separated by commas"),
        ("SOURCES", "color,color", "one or more different names, separated by commas"),
        ("POLICY", "random", "one of preference, static, classic"),
        ("PRIOR_LIKES", "0", "a number from 0.01 to 1000"),
        ("PRIOR_LIKES", "nan", "a number from 0.01 to 1000"),
        ("EXPLORATION_SHARE", "0.3", "a number from 0.001 to 0.25"),
        ("SESSION_TTL_S", "inf", r"a number from 1 to 1e\+09"),
        ("FAST_DATA_PLANE", "maybe", "1 or 0"),
        ("LOG_LEVEL", "info", "one of DEBUG, INFO, WARNING, ERROR"),
    ],
)
def test_a_bad_value_is_refused_with_name_rule_and_value(variable, text, rule):
    with pytest.raises(InvalidSetting, match=rf"^{variable} must be {rule}, got '.*'; ") as caught:
        Settings({variable: text})
    assert caught.value.field == variable
    assert repr(text) in caught.value.detail
    assert "docs/settings.md" in caught.value.detail


@pytest.mark.parametrize(
    "text",
    [
        "mysql://me:hunter2@h/d",
        "postgresql:me:hunter2",
        "postgresql://me:hunter2@h",
        "hunter2",
        "sqlite://",
        "postgresql://me:hunter2@h:port/d",
    ],
)
def test_a_bad_database_url_is_refused_without_telling_its_password(text):
    with pytest.raises(InvalidSetting, match=r"^DATABASE_URL must be sqlite:///FILE") as caught:
        Settings({"DATABASE_URL": text})
    assert "hunter2" not in str(caught.value.problem())


@pytest.mark.parametrize("row", [r for r in TABLE if r.rule], ids=lambda row: row.name)
def test_no_rule_takes_an_empty_text(row):
    with pytest.raises(InvalidSetting, match=re.escape(f"{row.variable} must be {row.rule}")):
        Settings({row.variable: ""})


@pytest.mark.parametrize(
    ("low", "high"),
    [("RANKING_MIN_REPLICAS", "RANKING_MAX_REPLICAS"), ("SLATE_SIZE", "MAX_SLATE_SIZE")],
)
def test_a_least_above_the_most_is_refused(low, high):
    with pytest.raises(InvalidSetting, match=f"{low} must be at most {high}, got 7 and 6"):
        Settings({low: "7", high: "6"})


def test_an_unknown_setting_is_refused_by_name():
    with pytest.raises(AttributeError, match="no setting 'slate'"):
        _ = Settings({}).slate


def test_files_lie_in_the_data_folder(tmp_path):
    settings = Settings({"DATA_DIR": str(tmp_path)})
    assert settings.catalogue_db == tmp_path / "catalogue.db"
    assert settings.built_posters_dir == tmp_path / "posters"
    assert settings.index_dir == tmp_path / "index"
    assert settings.database_url == f"sqlite:///{tmp_path}/impressions.db"


# The table


def test_names_are_unique():
    assert len({row.name for row in TABLE}) == len(TABLE)


@pytest.mark.parametrize("row", TABLE, ids=lambda row: row.name)
def test_a_default_follows_its_own_rule(row):
    assert row.parse(row.default_text) in {row.default, Path(row.default_text)}


@pytest.mark.parametrize("row", TABLE, ids=lambda row: row.name)
def test_a_unit_stands_in_the_name(row):
    endings = {"ms": "_ms", "s": "_s", "px": "_px", "bytes": "_bytes", "share": "_share"}
    assert row.name.endswith(endings.get(row.unit, ""))
    assert row.help.endswith(".")


def test_the_docs_have_every_row_of_the_backend():
    assert documented("backend") == markdown_table().splitlines(), (
        "put the output of python -m backend.settings between the markers of docs/settings.md"
    )


def test_the_docs_show_defaults_and_units_of_the_backend():
    rows = [[cell.strip(" `") for cell in line.split("|")[1:4]] for line in documented("backend")]
    assert ["API_PORT", "8000", ""] in rows
    assert ["SOURCE_DEADLINE_MS", "250", "ms"] in rows
    assert ["FILMS_DIR", "data/films", ""] in rows
    assert ["POSTER_DIR", "unset", ""] in rows


def test_the_docs_have_every_row_of_the_page():
    rows = [
        f"| `{row.name}` | `{row.default}` | {row.unit} | {row.rule} | {row.help} |"
        for row in frontend.TABLE
    ]
    assert documented("frontend")[2:] == rows
