"""The perceptual hash, and that no two posters of the catalogue look alike."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageOps
from scipy.fft import dctn

from backend.catalog.posters.distinct import (
    LIMIT_BITS,
    distance,
    main,
    near_pairs,
    perceptual_hash,
    poster_hash,
)
from backend.catalog.posters.draw import draw_poster
from backend.catalog.schema import load_films

FOLDER = Path(__file__).parents[3] / "data" / "films"


def scene(x: int = 70) -> Image.Image:
    """A sun beside a tower on dark ground: a picture without any symmetry."""
    picture = Image.new("RGB", (200, 300), "#9fc3e0")
    pen = ImageDraw.Draw(picture)
    pen.ellipse((x - 45, 30, x + 45, 120), fill="#fff2c0")
    pen.polygon([(120, 250), (135, 90), (175, 60), (185, 250)], fill="#402030")
    pen.rectangle((0, 240, 200, 300), fill="#203018")
    return picture


def grey(pixels: NDArray[np.float64]) -> Image.Image:
    return Image.fromarray(pixels.round().clip(0, 255).astype(np.uint8))


def test_the_bits_say_which_low_frequencies_are_above_their_median() -> None:
    pixels = np.random.default_rng(7).uniform(0, 255, (32, 32)).round()
    low = dctn(pixels, type=2)[:8, :8].ravel()
    expected = "".join("1" if value > np.median(low) else "0" for value in low)
    assert perceptual_hash(grey(pixels)) == int(expected, 2)


def test_the_first_bit_is_the_mean_and_half_of_all_bits_are_set() -> None:
    bits = perceptual_hash(scene())
    assert bits >> 63 == 1
    assert bits.bit_count() == 32


@pytest.mark.parametrize(
    "changed",
    [
        scene().resize((50, 75), Image.Resampling.LANCZOS),
        scene().filter(ImageFilter.GaussianBlur(3)),
        ImageChops.add(scene(), Image.new("RGB", (200, 300), "#101010")),
        scene().convert("L"),
    ],
    ids=["small", "blurred", "lighter", "grey"],
)
def test_a_picture_stays_near_itself(changed: Image.Image) -> None:
    assert distance(perceptual_hash(scene()), perceptual_hash(changed)) <= 4


def test_the_further_a_thing_is_moved_the_further_away_the_picture_is() -> None:
    here, near, far = (perceptual_hash(scene(x)) for x in (70, 74, 150))
    assert 0 < distance(here, near) < distance(here, far)


def test_mirrored_turned_over_and_negative_are_other_pictures() -> None:
    first = perceptual_hash(scene())
    for change in (ImageOps.mirror, ImageOps.flip, ImageOps.invert):
        assert distance(first, perceptual_hash(change(scene()))) > 20


def test_the_distance_counts_the_bits_that_differ() -> None:
    assert distance(0b1010, 0b1010) == 0
    assert distance(0b1010, 0b0110) == 2
    assert distance(0, 2**64 - 1) == 64


def test_near_pairs_come_nearest_first_and_stay_under_the_limit() -> None:
    hashes = [0b0000, 0b0111, 0b0001, 0b1110]
    assert near_pairs(hashes, 3) == [(1, 0, 2), (2, 1, 2), (2, 1, 3)]
    assert near_pairs(hashes, 1) == []


def test_the_command_fails_when_a_pair_is_under_the_limit(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copy(FOLDER / "1920s.toml", tmp_path)
    count = len(load_films(tmp_path))
    assert main(["--films", str(tmp_path), "--limit", "1"]) == 0
    out = capsys.readouterr().out.splitlines()
    assert len(out) >= 11
    assert out[-1] == f"{count} posters, 0 pairs under 1 of 64 bits"
    assert main(["--films", str(tmp_path), "--limit", "64"]) == 1
    assert f"{count * (count - 1) // 2} pairs under 64" in capsys.readouterr().out


@pytest.mark.parametrize("limit", ["0", "65"])
def test_the_command_refuses_a_limit_that_no_hash_has(
    limit: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        main(["--limit", limit])
    assert f"--limit must be from 1 to 64, got {limit}" in capsys.readouterr().err


def test_no_two_posters_of_the_catalogue_look_alike() -> None:
    films = load_films(FOLDER)
    hashes = [poster_hash(draw_poster(film.poster, film.id)) for film in films]
    alike = near_pairs(hashes, LIMIT_BITS)
    assert [(films[i].id, films[j].id, bits) for bits, i, j in alike] == []
