from __future__ import annotations

import pytest

from frontend.settings import TABLE, InvalidSetting, read_settings


def test_defaults_are_used_when_nothing_is_set() -> None:
    settings = read_settings({})
    assert settings.api_url == "http://127.0.0.1:8000"
    assert (settings.ui_port, settings.host) == (8501, "127.0.0.1")
    assert (settings.request_timeout_s, settings.status_interval_s) == (3.0, 1.0)


def test_api_url_follows_api_port_when_unset() -> None:
    assert read_settings({"API_PORT": "8123"}).api_url == "http://127.0.0.1:8123"


def test_api_url_wins_over_api_port_and_loses_its_last_slash() -> None:
    settings = read_settings({"API_URL": "https://films.example/base/", "API_PORT": "8123"})
    assert settings.api_url == "https://films.example/base"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("API_URL", "films.example"),
        ("API_URL", "ftp://films.example"),
        ("API_URL", "http://[broken"),
        ("API_PORT", "eight"),
        ("UI_PORT", "0"),
        ("UI_PORT", "70000"),
        ("UI_PORT", "８５０１"),
        ("HOST", " "),
        ("REQUEST_TIMEOUT_S", "nan"),
        ("STATUS_INTERVAL_S", "0"),
    ],
)
def test_wrong_value_is_named_with_its_rule(name: str, value: str) -> None:
    with pytest.raises(InvalidSetting, match=rf"{name} must be .*, got .*unset it to use"):
        read_settings({name: value})


def test_every_row_has_a_default_that_follows_its_own_rule() -> None:
    for row in TABLE:
        assert row.accepts(row.default), row.name
        assert row.help.endswith(".")
