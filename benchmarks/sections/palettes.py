"""Palettes of posters: ours beside `colorthief`, and all posters on two cores."""

from __future__ import annotations

import io
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from backend.catalog.palettes import extract_palette
from backend.catalog.pictures import read_picture
from benchmarks.figures import Report, percentile
from benchmarks.session import Bench

EACH_GOAL_MS, MANY_GOAL_S = 5.0, 5.0
MANY, CORES = 600, 2
SIZE_PX = (480, 720)
_COLORS = 6


def measure(bench: Bench) -> Report:
    """Per picture, in turns picture by picture; then 600 by two processes."""
    report = Report()
    folder = bench.built().settings.built_posters_dir
    posters = sorted(folder.glob("*.webp"))[: bench.rounds(40, 300)]
    from_pixels, from_file, theirs = [], [], []
    thief = _colorthief()
    for poster in posters:
        content = poster.read_bytes()
        picture = read_picture(content, SIZE_PX)
        from_pixels.append(_ms(lambda p=picture: extract_palette(p)))
        from_file.append(_ms(lambda c=content: extract_palette(read_picture(c, SIZE_PX))))
        if thief is not None:
            theirs.append(_ms(lambda c=content: thief(c)))
    ours = report.figure("ours: palette of a picture in memory", "ms", from_pixels)
    p95 = report.figure("ours: p95 of that", "ms", [percentile(from_pixels, 0.95)])
    report.figure("ours: with decoding the file", "ms", from_file)
    report.at_most("palette, median ms", ours.value, EACH_GOAL_MS)
    report.at_most("palette, p95 ms", p95.value, EACH_GOAL_MS)
    if theirs:
        report.figure("colorthief: with decoding the file", "ms", theirs)
        report.ratio("with decoding: ours / colorthief", from_file, theirs)
    else:
        report.notes.append("colorthief is not installed: see benchmarks/requirements.txt")
    every = sorted(folder.glob("*.webp"))
    many = [every[at % len(every)] for at in range(MANY)]
    with ProcessPoolExecutor(CORES) as pool:
        # Processes are there and have imported what they need before the clock starts.
        list(pool.map(_palette_of, many[: 4 * CORES]))
        turns = []
        for _ in range(bench.rounds(2, 5)):
            started = time.perf_counter()
            list(pool.map(_palette_of, many, chunksize=20))
            turns.append(time.perf_counter() - started)
    found = report.figure(f"ours: {MANY} poster files on {CORES} cores", "s", turns)
    report.at_most(f"{MANY} palettes on {CORES} cores, s", found.value, MANY_GOAL_S)
    return report


def _palette_of(poster: Path) -> int:
    return len(extract_palette(read_picture(poster.read_bytes(), SIZE_PX)).shares)


def _ms(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return (time.perf_counter() - started) * 1000


def _colorthief() -> Callable[[bytes], object] | None:
    try:
        from colorthief import ColorThief
    except ImportError:
        return None

    def palette(content: bytes) -> object:
        return ColorThief(io.BytesIO(content)).get_palette(color_count=_COLORS)

    return palette
