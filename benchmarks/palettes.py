"""How long does it take to measure the palette of a poster?

.venv/bin/python -m benchmarks.palettes
"""

from __future__ import annotations

import statistics
import time

from backend.catalog.palettes import extract_palette
from backend.catalog.pictures import read_picture
from backend.settings import Settings

GOAL_MS = 10.0


def main() -> None:
    """Print median and worst time over the built posters, in memory as the build has them."""
    posters = sorted(Settings().built_posters_dir.glob("*.webp"))
    if not posters:
        raise SystemExit("no poster was drawn yet; run python -m backend.catalog.drawing")
    pictures = [read_picture(poster.read_bytes(), (480, 720)) for poster in posters]
    extract_palette(pictures[0])
    times = []
    for picture in pictures:
        started = time.perf_counter()
        extract_palette(picture)
        times.append((time.perf_counter() - started) * 1000)
    times.sort()
    print(
        f"{len(times)} posters: median {statistics.median(times):.1f} ms, "
        f"p95 {times[int(len(times) * 0.95)]:.1f} ms, worst {times[-1]:.1f} ms "
        f"(goal {GOAL_MS:g} ms)"
    )


if __name__ == "__main__":
    main()
