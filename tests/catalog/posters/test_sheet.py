"""The posters of the catalogue itself, and the sheet that shows them together."""

from __future__ import annotations

import io
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from PIL import Image

from backend.catalog.posters.draw import draw_poster, render_png
from backend.catalog.posters.sheet import contact_sheet
from backend.catalog.schema import Film, load_films

FILMS = load_films(Path(__file__).parents[3] / "data" / "films")
LONGEST = 24_000  # characters


@pytest.mark.parametrize("film", FILMS, ids=lambda film: film.id)
def test_every_film_of_the_catalogue_has_a_poster(film: Film) -> None:
    svg = draw_poster(film.poster, film.id)
    tags = {element.tag.rpartition("}")[2] for element in ET.fromstring(svg).iter()}
    assert not tags & {"text", "filter", "image"}
    assert len(svg) < LONGEST
    with Image.open(io.BytesIO(render_png(svg, 24))) as image:
        tones = image.convert("RGB").getcolors(maxcolors=24 * 36)
    assert tones is not None
    assert len(tones) > 20


def test_the_sheet_gets_a_new_row_when_one_is_full() -> None:
    one = contact_sheet(FILMS[:2], columns=2, width_px=40)
    two = contact_sheet(FILMS[:3], columns=2, width_px=40)
    assert one.width == two.width
    assert two.height == 2 * one.height - 8  # the margin is shared
