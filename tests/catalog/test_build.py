"""What the build makes and what it leaves alone; Ray's tasks are not needed here."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from backend.catalog.build import _make_posters, build, pictures_in, poster_job, stale_posters
from backend.catalog.database import open_database, read_posters, write_posters
from backend.catalog.palettes import extract_palette
from backend.catalog.poster_files import draw_files, make_poster
from backend.errors import InvalidFilm, InvalidSetting, Unavailable
from backend.settings import Settings
from tests.catalog.records import encoded, film, picture

WIDTH = 100
RED, BLUE = (200, 30, 30), (30, 30, 200)


@pytest.fixture
def images(tmp_path):
    folder = tmp_path / "images"
    folder.mkdir()
    return folder


@pytest.fixture
def folder(tmp_path):
    folder = tmp_path / "posters"
    folder.mkdir()
    return folder


def settings_of(tmp_path, **variables):
    settings = Settings(
        {"DATA_DIR": str(tmp_path), "POSTER_WIDTH_PX": str(WIDTH)}
        | {name: str(value) for name, value in variables.items()}
    )
    settings.built_posters_dir.mkdir(exist_ok=True)
    return settings


def save(folder: Path, name: str, color=RED) -> Path:
    path = folder / name
    kind = "JPEG" if path.suffix.lower() in {".jpg", ".jpeg"} else path.suffix[1:].upper()
    path.write_bytes(encoded(picture([(color, 1.0)]), kind))
    return path


def image_of(folder, film_id="harbour-1990"):
    """The real picture of a film in a folder, None without one."""
    return pictures_in(folder).get(film_id)


def make(made_of, images, folder, width=WIDTH):
    """Make the poster of one film; its row."""
    job = poster_job(made_of, image_of(images, made_of.id), width)
    return make_poster(job.film, job.image, job.fingerprint, folder, width)


# Fingerprints


def test_the_fingerprint_stays_while_nothing_changes():
    assert poster_job(film(), None, 480).fingerprint == poster_job(film(), None, 480).fingerprint


def test_the_fingerprint_follows_the_art_direction():
    art = film().poster
    changed = [
        replace(art, layout="disc"),
        replace(art, motif="sun"),
        replace(art, detail="bird"),
        replace(art, colors={**art.colors, "ground": "#000000"}),
    ]
    prints = {poster_job(film(poster=poster), None, 480).fingerprint for poster in (art, *changed)}
    assert len(prints) == 5


def test_the_fingerprint_follows_the_width_and_the_film():
    jobs = [poster_job(film(), None, 480), poster_job(film(), None, 300)]
    jobs.append(poster_job(film("other-1990"), None, 480))
    assert len({job.fingerprint for job in jobs}) == 3


def test_the_fingerprint_does_not_follow_the_synopsis():
    retold = film(synopsis="Told anew.")
    assert poster_job(retold, None, 480).fingerprint == poster_job(film(), None, 480).fingerprint


def test_the_fingerprint_of_a_real_picture_follows_its_bytes(images):
    prints = [poster_job(film(), None, 480).fingerprint]
    for color in (RED, BLUE):
        save(images, "harbour-1990.png", color)
        prints.append(poster_job(film(), image_of(images), 480).fingerprint)
    repainted = film(poster=replace(film().poster, motif="sun"))
    assert len(set(prints)) == 3
    assert poster_job(repainted, image_of(images), 480).fingerprint == prints[-1]


@pytest.mark.parametrize("suffix", [".jpg", ".jpeg", ".png", ".webp", ".JPG"])
def test_a_real_picture_is_found_by_the_id_of_the_film(images, suffix):
    save(images, "other-1990.png")
    path = save(images, f"harbour-1990{suffix}")
    assert image_of(images) == path


def test_a_folder_with_the_name_of_a_picture_is_no_picture(images):
    (images / "harbour-1990.png").mkdir()
    assert image_of(images) is None


# One poster


def test_a_drawn_poster_is_measured_and_drawn_in_full_later(folder):
    row = make(film(), None, folder)
    assert row.origin == "drawn"
    assert row.palette.shares.sum() == pytest.approx(1)
    assert list(folder.iterdir()) == []
    draw_files(film(), folder, WIDTH)
    with Image.open(folder / "harbour-1990.webp") as made:
        assert (made.format, made.size) == ("WEBP", (100, 150))
    assert (folder / "harbour-1990.svg").read_text().startswith("<svg")


def test_what_was_drawn_from_other_art_goes(folder):
    draw_files(film(), folder, WIDTH)
    make(film(), None, folder)
    assert list(folder.iterdir()) == []


def test_a_real_picture_goes_before_a_drawn_one(images, folder):
    draw_files(film(), folder, WIDTH)
    save(images, "harbour-1990.png", BLUE)
    row = make(film(), images, folder)
    assert row.origin == "image"
    assert row.palette.colors[0] * 255 == pytest.approx(BLUE, abs=6)
    assert [path.name for path in folder.iterdir()] == ["harbour-1990.webp"]


def test_a_wide_picture_is_cropped_to_two_by_three(images, folder):
    Image.new("RGB", (400, 100), RED).save(images / "harbour-1990.png")
    make(film(), images, folder)
    with Image.open(folder / "harbour-1990.webp") as made:
        assert made.size == (100, 150)


def test_the_version_follows_the_bytes_of_the_picture(images, folder):
    versions = []
    for color in (RED, BLUE, RED):
        save(images, "harbour-1990.png", color)
        versions.append(make(film(), images, folder).version)
    assert versions[0] == versions[2] != versions[1]


def test_a_file_that_is_no_picture_is_refused_by_name(images, folder):
    (images / "harbour-1990.jpg").write_bytes(b"not a picture")
    with pytest.raises(ValueError, match=r"harbour-1990.jpg must be an image that can be read"):
        make(film(), images, folder)
    assert list(folder.iterdir()) == []


def test_a_file_that_is_too_large_is_refused_by_name(images, folder):
    with (images / "harbour-1990.png").open("wb") as file:
        file.truncate(20_000_001)
    job = poster_job(film(), None, WIDTH)
    with pytest.raises(ValueError, match=r"harbour-1990.png must be at most 20000000 bytes"):
        make_poster(job.film, images / "harbour-1990.png", job.fingerprint, folder, WIDTH)


def test_files_are_written_whole_or_not_at_all(images, folder, monkeypatch):
    save(images, "harbour-1990.png")
    make(film(), images, folder)
    before = (folder / "harbour-1990.webp").read_bytes()
    save(images, "harbour-1990.png", BLUE)
    write_bytes = Path.write_bytes

    def disk_full(path, content):
        write_bytes(path, content[: len(content) // 2])
        raise OSError("no space left on device")

    monkeypatch.setattr(Path, "write_bytes", disk_full)
    with pytest.raises(OSError, match="no space"):
        make(film(), images, folder)
    assert (folder / "harbour-1990.webp").read_bytes() == before


def test_no_part_of_a_file_is_left_behind(folder):
    draw_files(film(), folder, WIDTH)
    assert sorted(path.name for path in folder.iterdir()) == [
        "harbour-1990.svg",
        "harbour-1990.webp",
    ]


# What is stale


@pytest.fixture
def built(tmp_path):
    """Two films with posters: settings, films and the open database."""
    settings = settings_of(tmp_path)
    films = [film("one-1990"), film("two-1990")]
    engine = open_database(settings.catalogue_db)
    jobs = stale_posters(settings, films, engine)
    assert len(jobs) == 2
    write_posters(engine, _make_posters(jobs, settings.built_posters_dir, WIDTH))
    yield settings, films, engine
    engine.dispose()


def stale(settings, films, engine):
    return [job.film.id for job in stale_posters(settings, films, engine)]


def test_what_was_made_is_not_stale(built):
    assert stale(*built) == []


def test_a_real_poster_whose_file_is_gone_is_stale(built, tmp_path, images):
    _, films, engine = built
    settings = settings_of(tmp_path, POSTER_DIR=images)
    save(images, "two-1990.png")
    jobs = stale_posters(settings, films, engine)
    write_posters(engine, _make_posters(jobs, settings.built_posters_dir, WIDTH))
    assert stale(settings, films, engine) == []
    (settings.built_posters_dir / "two-1990.webp").unlink()
    assert stale(settings, films, engine) == ["two-1990"]


def test_a_poster_whose_art_changed_is_stale(built):
    settings, films, engine = built
    repainted = replace(films[0], poster=replace(films[0].poster, motif="sun"))
    assert stale(settings, [repainted, films[1]], engine) == ["one-1990"]


def test_a_new_film_is_stale(built):
    settings, films, engine = built
    assert stale(settings, [*films, film("three-1990")], engine) == ["three-1990"]


def test_another_width_makes_every_poster_stale(built, tmp_path):
    _, films, engine = built
    assert len(stale(settings_of(tmp_path, POSTER_WIDTH_PX=120), films, engine)) == 2


def test_a_real_picture_that_comes_and_goes_makes_its_poster_stale(built, tmp_path, images):
    _, films, engine = built
    settings = settings_of(tmp_path, POSTER_DIR=images)
    path = save(images, "one-1990.png")
    jobs = stale_posters(settings, films, engine)
    assert [job.film.id for job in jobs] == ["one-1990"]
    write_posters(engine, _make_posters(jobs, settings.built_posters_dir, WIDTH))
    assert stale(settings, films, engine) == []
    path.unlink()
    assert stale(settings, films, engine) == ["one-1990"]


@pytest.mark.parametrize("make_file", [True, False])
def test_a_poster_dir_that_is_no_folder_is_refused(tmp_path, make_file):
    path = tmp_path / "posters.zip"
    if make_file:
        path.write_bytes(b"")
    settings = settings_of(tmp_path, POSTER_DIR=path)
    engine = open_database(settings.catalogue_db)
    with pytest.raises(InvalidSetting, match=r"POSTER_DIR must be a folder, got '.*posters.zip'"):
        stale_posters(settings, [film()], engine)
    engine.dispose()


def test_the_palette_is_that_of_the_poster_as_drawn_in_full(folder):
    row = make(film(), None, folder)
    draw_files(film(), folder, 480)
    with Image.open(folder / "harbour-1990.webp") as drawn:
        assert drawn.size == (480, 720)
        whole = extract_palette(drawn.convert("RGB"))
    # To within what smoothing changes.
    assert row.palette.shares == pytest.approx(whole.shares, abs=0.05)


def test_a_served_picture_stays_small_whatever_is_in_it(images, folder):
    noise = np.random.default_rng(1).integers(0, 256, (600, 400, 3), dtype=np.uint8)
    Image.fromarray(noise).save(images / "harbour-1990.png")
    make(film(), images, folder, width=200)
    assert (folder / "harbour-1990.webp").stat().st_size < 60_000


# The whole build


def test_a_bad_record_stops_the_build_before_anything_is_written(tmp_path):
    films_dir = tmp_path / "films"
    films_dir.mkdir()
    (films_dir / "a.toml").write_text('[[film]]\nid = "only-an-id"\n')
    with pytest.raises(InvalidFilm, match=r"in a.toml, film 1 \(only-an-id\)"):
        build(settings_of(tmp_path, FILMS_DIR=films_dir))
    assert not (tmp_path / "catalogue.db").exists()


def test_a_source_that_no_recommender_has_is_refused_by_name(tmp_path):
    with pytest.raises(InvalidSetting, match=r"SOURCES must be of color, plot.*, got 'taste'"):
        build(settings_of(tmp_path, SOURCES="color,taste"))


def test_a_locked_database_is_refused_in_one_line(tmp_path, monkeypatch):
    monkeypatch.setattr("backend.catalog.database._BUSY_MS", 50)
    path = Settings({"DATA_DIR": str(tmp_path)}).catalogue_db
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(Unavailable, match="no other process holds locked") as caught:
            build(Settings({"DATA_DIR": str(tmp_path)}))
    assert str(path) in caught.value.detail
    assert "\n" not in caught.value.detail


def test_each_poster_is_recorded_as_it_arrives(tmp_path, monkeypatch):
    settings = settings_of(tmp_path)

    def tasks(jobs, _settings):
        yield _make_posters(jobs[:1], settings.built_posters_dir, WIDTH)
        raise TimeoutError("a task was lost")

    monkeypatch.setattr("backend.catalog.build._run_tasks", tasks)
    monkeypatch.setattr(
        "backend.catalog.build.films_in_use",
        lambda _settings: [film("one-1990"), film("two-1990")],
    )
    with pytest.raises(TimeoutError):
        build(settings)
    engine = open_database(settings.catalogue_db)
    assert list(read_posters(engine)) == ["one-1990"]
    engine.dispose()
