"""How a recommendation, its index and a replica's memory grow with the catalogue.

    python -m benchmarks.growth [--sizes 1000 10000 100000 1000000] [--folder var/growth]

Films are synthetic: palettes around some hundreds of looks, stories of some hundreds of topics with
words by Zipf's law. For each size the indexes are built as the build makes them, then two
processes open them as replicas do and answer for films drawn at random, each once, so that no
answer comes from the cache of answers. Memory is the system's account of one process while both
run: its own pages (USS) and its share of all (PSS). Needs about 4 GB of disk for a million films.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import psutil
from scipy import sparse

from backend.recommenders import RECOMMENDERS, Recommender
from backend.recommenders.color import ColorRecommender
from backend.recommenders.neighbors import WIDTH
from backend.recommenders.plot import PlotRecommender

SIZES = (1_000, 10_000, 100_000, 1_000_000)
QUERIES, WARM_UP = 3_000, 50
COUNT = 30
_WORDS_PER_FILM = 60
_CHECKED_FILMS = 100


def make_color(n: int, folder: Path) -> None:
    """Palettes of `n` films around 400 looks."""
    rng = np.random.default_rng(1)
    looks = rng.random((400, 6, 3))[rng.integers(0, 400, n)]
    colors = np.clip(looks + rng.normal(0, 0.12, (n, 6, 3)), 0, 1)
    shares = rng.dirichlet([4, 2, 1.5, 1, 0.7, 0.5], n)
    ColorRecommender.write(_ids(n), colors, shares, folder)


def make_plot(n: int, folder: Path) -> None:
    """Words of `n` films: half of the film's topic, half of all words, both by Zipf's law."""
    rng = np.random.default_rng(2)
    vocabulary, topics, topic_words = 40_000 + n // 20, 600, 400
    words_of = rng.integers(0, vocabulary, (topics, topic_words))
    chance = 1 / np.arange(1, vocabulary + 1)
    common = rng.choice(vocabulary, (n, _WORDS_PER_FILM // 2), p=chance / chance.sum())
    chance = 1 / np.arange(1, topic_words + 1)
    at = rng.choice(topic_words, (n, _WORDS_PER_FILM // 2), p=chance / chance.sum())
    own = words_of[rng.integers(0, topics, n)[:, None], at]
    columns = np.concatenate([common, own], axis=1).astype(np.int32)
    counts = sparse.csr_matrix(
        (
            np.ones(columns.size, dtype=np.float32),
            columns.ravel(),
            np.arange(n + 1) * _WORDS_PER_FILM,
        ),
        shape=(n, vocabulary),
    )
    counts.sum_duplicates()
    terms = [f"term{number:07d}" for number in range(vocabulary)]
    PlotRecommender.write(_ids(n), terms, terms, counts, folder)


MAKERS: dict[str, Callable[[int, Path], None]] = {"color": make_color, "plot": make_plot}


def _ids(n: int) -> list[str]:
    return [f"film-{number:07d}" for number in range(n)]


def build(name: str, n: int, index_dir: Path) -> tuple[float, float]:
    """Make an index; seconds for its arrays (making up the films included) and its neighbours."""
    folder = index_dir / name
    started = time.perf_counter()
    MAKERS[name](n, folder)
    written = time.perf_counter()
    RECOMMENDERS[name].load(folder).nearest(WIDTH).save(folder)
    return written - started, time.perf_counter() - written


def recall(name: str, index_dir: Path) -> float:
    """Share of the exact best `COUNT` that the table of neighbours has, over some films."""
    exact, table = RECOMMENDERS[name].load(index_dir / name), RECOMMENDERS[name].open(index_dir)
    rng = np.random.default_rng(3)
    found = []
    for row in rng.integers(0, len(exact.ids), _CHECKED_FILMS):
        best = {c.movie_id for c in exact.recommend(exact.ids[int(row)], COUNT)}
        ours = {c.movie_id for c in table.recommend(table.ids[int(row)], COUNT)}
        found.append(len(best & ours) / len(best))
    return float(np.mean(found))


def replica(name: str, index_dir: Path) -> None:
    """Be one replica: answer, print what it took, wait until told to end."""
    started = time.perf_counter()
    recommender: Recommender = RECOMMENDERS[name].open(index_dir)
    opened = time.perf_counter() - started
    # Each film once: a second answer would come from the cache of answers.
    rows = np.random.default_rng(int(sys.argv[-1])).permutation(len(recommender.ids))
    films = [recommender.ids[int(row)] for row in rows[: QUERIES + WARM_UP]]
    for film in films[:WARM_UP]:
        recommender.recommend(film, COUNT)
    taken = []
    for film in films[WARM_UP:]:
        started = time.perf_counter()
        recommender.recommend(film, COUNT)
        taken.append(time.perf_counter() - started)
    times = np.array(taken) * 1000
    print(json.dumps({"open_s": opened, **_percentiles(times)}), flush=True)
    sys.stdin.readline()


def _percentiles(times: np.ndarray[Any, Any]) -> dict[str, float]:
    return {"p50_ms": float(np.percentile(times, 50)), "p99_ms": float(np.percentile(times, 99))}


def measure(name: str, index_dir: Path) -> dict[str, float]:
    """Two replicas one after the other, both alive at the end."""
    command = [sys.executable, "-m", "benchmarks.growth", "--replica", name, str(index_dir)]
    processes, answers = [], []
    try:
        for seed in ("1", "2"):
            process = subprocess.Popen(
                [*command, seed], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
            )
            processes.append(process)
            assert process.stdout is not None
            answers.append(json.loads(process.stdout.readline()))
        memory = [psutil.Process(process.pid).memory_full_info() for process in processes]
    finally:
        for process in processes:
            process.kill()
            process.wait()
    size = sum(path.stat().st_size for path in (index_dir / name).iterdir())
    return {
        **answers[1],
        "index_mb": size / 1e6,
        "uss_mb": memory[1].uss / 1e6,
        "pss_mb": memory[1].pss / 1e6,
    }


def main() -> None:
    parser = argparse.ArgumentParser(prog="benchmarks.growth", description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES)
    parser.add_argument("--folder", type=Path, default=Path("var/growth"))
    parser.add_argument("--replica", nargs=3, metavar=("NAME", "FOLDER", "SEED"))
    arguments = parser.parse_args()
    if arguments.replica:
        replica(arguments.replica[0], Path(arguments.replica[1]))
        return
    print(
        "| source | films | arrays s | neighbours s | index MB | recall of 30 | open ms "
        "| p50 ms | p99 ms | USS MB | PSS MB |\n| --- " + "| --- " * 10 + "|",
    )
    for name in MAKERS:
        for n in arguments.sizes:
            index_dir = arguments.folder / str(n)
            arrays_s, neighbours_s = build(name, n, index_dir)
            found = measure(name, index_dir)
            print(
                f"| {name} | {n:,} | {arrays_s:.1f} | {neighbours_s:.1f} | {found['index_mb']:.0f} "
                f"| {recall(name, index_dir):.3f} | {found['open_s'] * 1000:.1f} "
                f"| {found['p50_ms']:.2f} | {found['p99_ms']:.2f} | {found['uss_mb']:.0f} "
                f"| {found['pss_mb']:.0f} |",
                flush=True,
            )
            shutil.rmtree(index_dir / name)


if __name__ == "__main__":
    main()
