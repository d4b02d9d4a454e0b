"""An import is used: its art, the build, and the ranking trained on its viewers."""

import json
import random

import pytest

from backend.catalog.build import build
from backend.catalog.catalogue import load_catalogue
from backend.catalog.importers.__main__ import told
from backend.catalog.importers.art import direct
from backend.catalog.importers.art_colors import SHAPE_CONTRAST, lightness_of
from backend.catalog.posters.draw import draw_poster
from backend.catalog.schema import GENRES, IMPORTED, parse_film
from backend.ranking.model_file import load_model
from backend.ranking.viewers import read_viewers
from backend.recommenders import RECOMMENDERS
from tests.catalog.importers.files import imported, movielens_folder, settings_in

SUBJECTS = ["train", "pirate", "robot", "shark", "western town", "wedding", "boxing", "space war"]


def raw(number, genres, keywords):
    return {"id": f"film-{number}", "title": "Now", "genres": genres, "keywords": keywords}


@pytest.mark.parametrize("genre", [*sorted(GENRES), None])
def test_every_genre_gets_art_that_can_be_drawn_and_stands_out(genre):
    for number in range(6):
        made = direct(raw(number, [genre] if genre else [], []))
        record = {**raw(number, [], []), "poster": made}
        film = parse_film(record, "a test", IMPORTED)
        assert draw_poster(film.poster, film.id).startswith("<svg")
        ground, shape = (lightness_of(made["colors"][role]) for role in ("ground", "shape"))
        assert abs(ground - shape) >= SHAPE_CONTRAST - 0.02


def test_the_same_film_gets_the_same_art_and_others_get_others():
    films = [raw(n, ["drama"], [SUBJECTS[n % 8]]) for n in range(40)]
    assert [direct(film) for film in films] == [direct(film) for film in films]
    looks = {(art["layout"], art["motif"], art["colors"]["ground"]) for art in map(direct, films)}
    assert len(looks) > 35


def test_a_child_is_never_put_beside_a_weapon():
    words = ["little girl", "sniper", "knife", "gun", "zombie"]
    arms = {"target", "knife", "revolver", "skull"}
    for number in range(60):
        art = direct({"id": f"a-{number}", "title": "A", "genres": ["drama"], "keywords": words})
        both = {art["motif"], art.get("detail")}
        assert not ("child" in both and both & arms)


@pytest.mark.parametrize(("word", "motif"), [("train", "train"), ("pirate", "ship")])
def test_art_follows_the_words_of_the_film(word, motif):
    motifs = {direct(raw(n, ["drama"], [word]))["motif"] for n in range(10)}
    assert motif in motifs


@pytest.fixture(scope="module")
def used(tmp_path_factory):
    """A MovieLens folder of 40 films and 12 viewers, imported and built."""
    folder = tmp_path_factory.mktemp("used")
    rng = random.Random(1)
    movies = "".join(
        f"{n},Film {n} ({1950 + n}),{'Western' if n % 2 else 'Comedy'}\n" for n in range(1, 41)
    )
    tags = "".join(f"1,{n},{SUBJECTS[n % 8]},1\n" for n in range(1, 41))
    ratings = ""
    for viewer in range(1, 13):
        liked = rng.sample(range(1 + viewer % 2, 41, 2), 10)
        ratings += "".join(f"{viewer},{film},4.5,{1000 + at}\n" for at, film in enumerate(liked))
    source = movielens_folder(folder / "in", movies, tags, ratings)
    summary, films = imported(source, folder)
    settings = settings_in(folder, CATALOGUE="mine", POSTER_WIDTH_PX="100")
    return summary, films, settings


def test_an_import_is_built_and_answers(used, monkeypatch):
    _, films, settings = used
    from backend.catalog.build import _make_posters

    def tasks(jobs, _settings):
        yield _make_posters(jobs, settings.built_posters_dir, 100)

    monkeypatch.setattr("backend.catalog.build._run_tasks", tasks)
    report = build(settings)
    assert report.films == len(films) == 52
    catalogue = load_catalogue(settings)
    assert len(catalogue) == 52
    assert {s["id"] for s in catalogue.starters(60)} == set(films)
    for name in ("color", "plot"):
        found = RECOMMENDERS[name].open(settings.index_dir).recommend("ml-8", 5)
        assert len(found) == 5
    shared = RECOMMENDERS["plot"].open(settings.index_dir).recommend("ml-8", 1)[0]
    assert "train" in shared.reason
    model = load_model(settings.index_dir)
    assert model.metrics["users_are"] == "MovieLens viewers"
    assert model.metrics["held_out_users"] == 12
    assert build(settings).indexes_made == ()


def test_viewers_are_read_oldest_first_and_without_unknown_films(used):
    _, films, settings = used
    viewers = read_viewers(settings.catalogue_dir / "ratings.csv", set(films), 0)
    assert len(viewers) == 12
    assert viewers[0].label == "MovieLens viewer 1"
    assert not viewers[0].synthetic
    times = [like.at for like in viewers[0].likes]
    assert times == sorted(times)
    some = set(sorted(films)[:3])
    assert read_viewers(settings.catalogue_dir / "ratings.csv", some, 0) == []


def test_the_summary_tells_how_to_use_it(used):
    summary, _, settings = used
    said = told(summary, settings.catalogue_dir)
    assert "Imported 52 films as 'mine' (movielens)." in said
    assert "120 likes of 12 viewers train the ranking." in said
    assert "CATALOGUE=mine scripts/start_all.sh" in said
    kept = json.loads((settings.catalogue_dir / "import.json").read_text())
    assert (kept["films"], kept["viewers"]) == (52, 12)
