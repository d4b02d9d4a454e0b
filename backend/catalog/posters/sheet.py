"""A contact sheet of every poster: `python -m backend.catalog.posters.sheet OUT.png`."""

from __future__ import annotations

import argparse
import io
from collections.abc import Sequence
from pathlib import Path

from PIL import Image, ImageDraw

from backend.catalog.posters.draw import draw_poster, render_png
from backend.catalog.schema import Film, load_films

_GAP_PX, _TITLE_PX = 8, 14


def contact_sheet(films: Sequence[Film], columns: int, width_px: int) -> Image.Image:
    """All posters in rows of `columns`, each `width_px` wide with its title below."""
    rows = -(-len(films) // columns)
    height_px = width_px * 3 // 2
    step_x, step_y = width_px + _GAP_PX, height_px + _TITLE_PX + _GAP_PX
    sheet = Image.new("RGB", (columns * step_x + _GAP_PX, rows * step_y + _GAP_PX), "#0e1016")
    pen = ImageDraw.Draw(sheet)
    for i, film in enumerate(films):
        x, y = _GAP_PX + i % columns * step_x, _GAP_PX + i // columns * step_y
        png = render_png(draw_poster(film.poster, film.id), width_px)
        with Image.open(io.BytesIO(png)) as poster:
            sheet.paste(poster.convert("RGB"), (x, y))
        title = f"{film.title} ({film.year}) {film.poster.layout}"
        pen.text((x, y + height_px + 2), title[: width_px // 6], fill="#9aa3b2")
    return sheet


def main() -> None:
    """Write the sheet of `data/films`."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path, help="the picture to write, e.g. sheet.png")
    parser.add_argument("--columns", type=int, default=10, help="posters in a row (10)")
    parser.add_argument("--width", type=int, default=180, help="width of a poster in px (180)")
    parser.add_argument("--films", type=Path, default=Path("data/films"), help="the catalogue")
    args = parser.parse_args()
    if args.columns < 1 or args.width < 20:
        parser.error(
            f"--columns must be >= 1 and --width >= 20, got {args.columns} and {args.width}"
        )
    films = load_films(args.films)
    contact_sheet(films, args.columns, args.width).save(args.out)
    print(f"{args.out}: {len(films)} posters")


if __name__ == "__main__":
    main()
