"""The presenter's token: where it is kept, and whom it lets through."""

import stat

import pytest

from backend.errors import InvalidSetting, NotPresenter
from backend.presenter import Gate, make_token, token_file, write_secret
from backend.settings import Settings

TOKEN = "a" * 40


@pytest.fixture
def settings(tmp_path):
    return Settings({"DATA_DIR": str(tmp_path)})


def test_only_the_owner_can_read_the_file(settings):
    token = make_token(settings)
    assert stat.S_IMODE(token_file(settings).stat().st_mode) == 0o600
    assert token_file(settings).read_text().strip() == token


def test_a_new_start_makes_the_old_token_worthless(settings):
    old, new = make_token(settings), make_token(settings)
    assert old != new
    Gate.of(settings).require(f"Bearer {new}")
    with pytest.raises(NotPresenter):
        Gate.of(settings).require(f"Bearer {old}")


def test_a_file_that_all_could_read_is_replaced_by_one_that_they_cannot(settings):
    token_file(settings).write_text("old")
    token_file(settings).chmod(0o666)
    make_token(settings)
    assert stat.S_IMODE(token_file(settings).stat().st_mode) == 0o600


def test_a_link_in_the_place_of_the_file_is_not_followed(settings, tmp_path):
    victim = tmp_path / "victim"
    victim.write_text("mine")
    token_file(settings).symlink_to(victim)
    make_token(settings)
    assert victim.read_text() == "mine"
    assert not token_file(settings).is_symlink()


def test_a_folder_that_cannot_be_written_is_refused(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(InvalidSetting, match="DATA_DIR must be a folder"):
        write_secret(tmp_path / "file" / "token", "x")


@pytest.mark.parametrize("header", [f"Bearer {TOKEN}", f"bearer {TOKEN}", f"BEARER  {TOKEN} "])
def test_the_token_passes(header):
    Gate(TOKEN).require(header)


@pytest.mark.parametrize(
    "header",
    [None, "", "Bearer", "Bearer ", TOKEN, f"Basic {TOKEN}", f"Bearer {TOKEN}a", "Bearer \udcff"],
)
def test_anything_else_is_refused_without_repeating_it(header):
    with pytest.raises(NotPresenter) as caught:
        Gate(TOKEN).require(header)
    assert caught.value.status == 401
    assert TOKEN not in str(caught.value.problem())


@pytest.mark.parametrize("token", [None, "", "short"])
def test_without_a_token_nobody_passes(token):
    with pytest.raises(NotPresenter):
        Gate(token).require(f"Bearer {token or ''}")
