from __future__ import annotations

import pytest

from backend.errors import InvalidInput
from backend.ranking.interactions import count_users, replace_users
from backend.ranking.model_file import NUMBERS, load_model
from backend.ranking.train import build, fingerprint_of

from .films import catalogue


def test_a_trained_model_beats_popularity_on_likes_it_never_saw(trained):
    rankings = trained.metrics["rankings"]
    assert rankings["model minus popularity"]["auc"]["low"] > 0
    assert rankings["model minus popularity"]["ndcg_at_10"]["mean"] > 0
    assert rankings["model"]["auc"]["low"] > 0.6
    assert 0.35 < rankings["random"]["auc"]["mean"] < 0.65


def test_metrics_say_that_users_are_synthetic(trained):
    assert trained.metrics["users_are"] == "synthetic personas"
    assert trained.metrics["held_out_users"] == 60


def test_no_weight_is_below_zero_and_genres_have_some(trained):
    assert min(trained.weights.values()) >= 0
    assert trained.weights["genres"] > 0


def test_a_build_is_skipped_when_nothing_changed(engine, tmp_path):
    films, palettes = catalogue(40)
    first = build(films, palettes, engine, tmp_path / "index", personas=12)
    second = build(films[::-1], palettes, engine, tmp_path / "index", personas=12)
    assert (first.skipped, second.skipped) == (False, True)
    assert second.metrics == first.metrics
    assert count_users(engine) == 12


def test_a_lost_database_or_a_changed_film_is_built_again(engine, tmp_path):
    films, palettes = catalogue(40)
    build(films, palettes, engine, tmp_path / "index", personas=12)
    replace_users(engine, [])
    assert not build(films, palettes, engine, tmp_path / "index", personas=12).skipped
    assert not build(films[1:], palettes, engine, tmp_path / "index", personas=12).skipped


def test_the_same_input_makes_the_same_files(engine, tmp_path):
    films, palettes = catalogue(40)
    for name in ("one", "two"):
        build(films, palettes, engine, tmp_path / name, personas=12)
    one, two = ((tmp_path / name / NUMBERS).read_bytes() for name in ("one", "two"))
    assert one == two
    assert load_model(tmp_path / "one").weights == load_model(tmp_path / "two").weights


def test_the_fingerprint_sees_colours():
    films, palettes = catalogue(12)
    before = fingerprint_of(films, palettes, 12, 1)
    palettes["film-000"] = palettes["film-001"]
    assert fingerprint_of(films, palettes, 12, 1) != before


def test_too_few_films_are_refused(engine, tmp_path):
    films, palettes = catalogue(11)
    with pytest.raises(InvalidInput, match="at least 12 films and 4 personas, got 11 and 200"):
        build(films, palettes, engine, tmp_path)
