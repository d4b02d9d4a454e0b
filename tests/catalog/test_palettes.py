"""Palettes of pictures whose colours and shares are known."""

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFilter

from backend.catalog.palettes import SIZE, Palette
from backend.catalog.palettes import extract_palette as extract_from_picture
from backend.catalog.pictures import read_picture
from tests.catalog.records import encoded, picture

NAVY, SAND = (20, 33, 63), (217, 191, 143)
RED, GREEN, WHITE, TEAL = (200, 30, 30), (46, 154, 76), (250, 250, 250), (31, 127, 127)
HALVES = ((NAVY, 0.5), (SAND, 0.5))


def extract_palette(content: bytes) -> Palette:
    """The palette of an encoded picture, as the build reads it."""
    return extract_from_picture(read_picture(content, (480, 720)))


def shares_of(palette, color, tolerance=6):
    """The area of all swatches that are this colour, within 8-bit `tolerance` a channel."""
    gap = np.abs(palette.colors * 255 - np.array(color)).max(axis=1)
    return palette.shares[gap <= tolerance].sum()


def test_two_flat_halves_are_two_colours_of_half_each():
    palette = extract_palette(encoded(picture(HALVES)))
    assert shares_of(palette, NAVY, 1) == pytest.approx(0.5)
    assert shares_of(palette, SAND, 1) == pytest.approx(0.5)
    assert len(palette.swatches()) == 2


def test_six_stripes_keep_colours_and_shares():
    stripes = [(NAVY, 0.35), (SAND, 0.25), (RED, 0.15), (GREEN, 0.1), (WHITE, 0.1), (TEAL, 0.05)]
    palette = extract_palette(encoded(picture(stripes)))
    for color, share in stripes:
        assert shares_of(palette, color) == pytest.approx(share, abs=0.02)


def test_colours_come_largest_first_and_shares_sum_to_one():
    palette = extract_palette(encoded(picture([(RED, 0.2), (NAVY, 0.7), (WHITE, 0.1)])))
    assert palette.colors.shape == (SIZE, 3)
    assert list(palette.shares) == sorted(palette.shares, reverse=True)
    assert palette.shares.sum() == pytest.approx(1)
    assert palette.swatches()[0] == {"hex": "#14213f", "share": pytest.approx(0.7, abs=0.02)}


def test_one_colour_is_one_swatch():
    palette = extract_palette(encoded(picture([(TEAL, 1.0)])))
    assert palette.swatches() == [{"hex": "#1f7f7f", "share": 1.0}]
    assert np.isfinite(palette.colors).all()


def test_a_thin_border_hardly_counts():
    image = picture(HALVES)
    ImageDraw.Draw(image).rectangle((0, 0, 199, 299), outline=WHITE, width=1)
    palette = extract_palette(encoded(image))
    assert shares_of(palette, NAVY) == pytest.approx(0.5, abs=0.08)
    assert shares_of(palette, SAND) == pytest.approx(0.5, abs=0.08)


def test_smoothed_edges_hardly_count():
    image = picture([(NAVY, 1.0)], size=(400, 600))
    draw = ImageDraw.Draw(image)
    draw.ellipse((80, 180, 320, 420), fill=SAND)
    disc = np.pi * 120**2 / (400 * 600)
    palette = extract_palette(encoded(image.filter(ImageFilter.GaussianBlur(1.5))))
    assert shares_of(palette, SAND) == pytest.approx(disc, abs=0.04)
    assert shares_of(palette, NAVY) == pytest.approx(1 - disc, abs=0.04)


@pytest.mark.parametrize("mode", ["RGB", "RGBA", "P"])
def test_png_modes_with_the_same_colours_give_the_same_palette(mode):
    expected = extract_palette(encoded(picture(HALVES))).swatches()
    image = picture(HALVES)
    image = image.quantize(16) if mode == "P" else image.convert(mode)
    assert extract_palette(encoded(image)).swatches() == expected


@pytest.mark.parametrize("mode", ["L", "LA", "1"])
def test_black_and_white_pictures_have_palettes_of_grey(mode):
    image = picture([((0, 0, 0), 0.5), ((255, 255, 255), 0.5)]).convert("L").convert(mode)
    swatches = extract_palette(encoded(image)).swatches()
    assert sorted(swatch["hex"] for swatch in swatches) == ["#000000", "#ffffff"]


@pytest.mark.parametrize("kind", ["JPEG", "WEBP"])
def test_lossy_pictures_are_close(kind):
    palette = extract_palette(encoded(picture(HALVES, (800, 1200)), kind, quality=90))
    assert shares_of(palette, NAVY) == pytest.approx(0.5, abs=0.04)
    assert shares_of(palette, SAND) == pytest.approx(0.5, abs=0.04)


def test_the_same_picture_gives_the_same_palette():
    noise = np.random.default_rng(3).integers(0, 256, (90, 60, 3), dtype=np.uint8)
    content = encoded(Image.fromarray(noise))
    first, second = extract_palette(content), extract_palette(content)
    assert (first.colors == second.colors).all()
    assert (first.shares == second.shares).all()


@pytest.mark.parametrize(
    "content", [b"", b"not a picture", encoded(picture(HALVES))[:200]], ids=["none", "text", "part"]
)
def test_bytes_that_are_no_picture_are_refused(content):
    with pytest.raises(ValueError, match="must be an image that can be read"):
        extract_palette(content)


def test_a_picture_of_too_many_pixels_is_refused_before_it_is_decoded():
    huge = Image.new("1", (10_000, 4_001))
    with pytest.raises(ValueError, match="at most 40000000 pixels, got 10000x4001"):
        extract_palette(encoded(huge))
