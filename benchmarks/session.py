"""What sections share: our running system, folders, turns, and the load on a system."""

from __future__ import annotations

import contextlib
import json
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import asdict
from pathlib import Path
from typing import Any

from backend.catalog.database import list_ids, open_database
from backend.settings import REPOSITORY, Settings
from benchmarks.figures import percentile
from benchmarks.load import Spec, Tally
from benchmarks.systems import Baseline, Ours, System

# What was due while a system stood still is done in it.
_SETTLE_S = 0.3
FILMS = 1000
"""Films of the catalogue that is measured; the second seed ranks as many items."""


class Bench:
    """One run.

    Args:
        folder: for the data of everything that is started; kept, so that only the first run builds.
        quick: fewer and shorter turns.
    """

    def __init__(self, folder: Path, quick: bool) -> None:
        self.folder = folder.absolute()
        self.folder.mkdir(parents=True, exist_ok=True)
        self.quick = quick
        self._ours: Ours | None = None
        self._resources = contextlib.ExitStack()
        self._seed = 0
        self.started_s: list[float] = []

    def rounds(self, quick: int, full: int) -> int:
        """How many turns each of a pair gets."""
        return quick if self.quick else full

    def say(self, text: str) -> None:
        """Progress, beside the tables."""
        print(f"  .. {text}", file=sys.stderr, flush=True)

    def built(self) -> Ours:
        """Ours with everything built and nothing running, unless it runs already."""
        if self._ours is None:
            films = films_folder(self.folder / "films", FILMS)
            self._ours = Ours(self.folder / "ours", films)
            self._ours.stop()
            self.say("building the catalogue where it is missing")
            self._ours.build()
            self._ours.forget_sessions()
            self._resources.callback(self.stop_ours)
        return self._ours

    def ours(self) -> Ours:
        """Ours, running; started once and shared by the sections."""
        ours = self.built()
        if not self.started_s:
            self.start_ours()
        return ours

    def start_ours(self) -> float:
        """Start ours; seconds from the command to its end, when backend and page are ready."""
        ours = self.built()
        started = time.perf_counter()
        ours.start()
        self.started_s.append(time.perf_counter() - started)
        return self.started_s[-1]

    def stop_ours(self) -> None:
        """Stop ours, if it was started."""
        if self._ours is not None:
            self._ours.stop()
        self.started_s.clear()

    def close(self) -> None:
        """End everything."""
        self._resources.close()

    def baseline(self, name: str, module: str, **options: Any) -> Baseline:
        """A baseline that reads the same catalogue; use it in a `with`."""
        folder = self.folder / module.replace("_", "-")
        return Baseline(name, folder, module, self.built().environment, **options)

    def films(self) -> list[str]:
        """Ids of all films."""
        engine = open_database(self.built().settings.catalogue_db)
        try:
            return list_ids(engine, FILMS)
        finally:
            engine.dispose()

    def load(self, system: System, **spec: Any) -> Tally:
        """Load a system from a process of its own; a bad answer is an error.

        Raises:
            RuntimeError: an answer was not 200, or the system did not answer.
        """
        self._seed += 1
        asked = Spec(port=system.port, seed=self._seed, **spec)
        done = subprocess.run(
            [sys.executable, "-m", "benchmarks.load"],
            input=json.dumps(asdict(asked)),
            cwd=REPOSITORY,
            capture_output=True,
            text=True,
            timeout=asked.seconds + 200,
            check=False,
        )
        if done.returncode:
            raise RuntimeError(f"the load on {system.name} failed: {done.stderr[-400:]}")
        tally = Tally(**json.loads(done.stdout))
        if tally.errors or not tally.latencies_ms:
            raise RuntimeError(f"{system.name}: {tally.errors} bad answers, {tally.first_error}")
        return tally


def in_turns(
    rounds: int, measures: dict[str, Callable[[], dict[str, float]]]
) -> dict[str, dict[str, list[float]]]:
    """Measure A B C A B C ...; by name of the measure and of its values, one value a turn."""
    found: dict[str, dict[str, list[float]]] = {name: {} for name in measures}
    for _ in range(rounds):
        for name, measure in measures.items():
            for what, value in measure().items():
                found[name].setdefault(what, []).append(value)
    return found


@contextlib.contextmanager
def alone(system: System, others: Sequence[System]) -> Iterator[None]:
    """`system` with the machine to itself: the others stand still meanwhile."""
    # All run for a moment first, so that what is due in each is done.
    time.sleep(_SETTLE_S)
    try:
        for other in others:
            other.pause()
        time.sleep(_SETTLE_S)
        yield
    finally:
        for other in others:
            other.resume()


def systems_in_turns(
    rounds: int,
    systems: dict[str, System],
    measure: Callable[[System], dict[str, float]],
) -> dict[str, dict[str, list[float]]]:
    """Measure running systems in turns, each of them alone; see `in_turns`."""

    def turn(system: System) -> Callable[[], dict[str, float]]:
        def measured() -> dict[str, float]:
            with alone(system, [other for other in systems.values() if other is not system]):
                return measure(system)

        return measured

    return in_turns(rounds, {name: turn(system) for name, system in systems.items()})


def latency(tally: Tally) -> dict[str, float]:
    """`p50` and `p95` in ms."""
    return {"p50": percentile(tally.latencies_ms, 0.5), "p95": percentile(tally.latencies_ms, 0.95)}


def throughput(tally: Tally) -> float:
    """Requests a second."""
    return len(tally.latencies_ms) / tally.seconds


@contextlib.contextmanager
def running(systems: Sequence[System]) -> Iterator[None]:
    """All of them at once, started and ended side by side."""
    names = " and ".join(system.name for system in systems)
    print(f"  .. starting {names}", file=sys.stderr, flush=True)
    with ThreadPoolExecutor(len(systems)) as pool:
        try:
            starts = [pool.submit(system.start) for system in systems]
            # None is ended while it starts.
            wait(starts)
            for start in starts:
                start.result()
            yield
        finally:
            for stop in [pool.submit(system.stop) for system in systems]:
                stop.result()


def films_folder(folder: Path, count: int) -> Path:
    """The embedded records, with copies under other ids up to `count` films."""
    source = Settings({}).films_dir
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    records: list[str] = []
    for path in sorted(source.glob("*.toml")):
        text = path.read_text(encoding="utf-8")
        (folder / path.name).write_text(text, encoding="utf-8")
        records += re.split(r"^(?=\[\[film\]\]$)", text, flags=re.MULTILINE)[1:]
    missing = max(0, count - len(records))
    copies = [
        re.sub(r'^id = "', f'id = "copy-{number}-', record, count=1, flags=re.MULTILINE)
        for number, record in enumerate(records[at % len(records)] for at in range(missing))
    ]
    if copies:
        (folder / "copies.toml").write_text("".join(copies), encoding="utf-8")
    return folder
