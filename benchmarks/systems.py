"""The systems that are measured: ours and the baselines, each started and ended by itself.

Every one listens on loopback, on a port of its own, and carries an instance id in its environment,
by which all of its processes are found and ended (see backend/processes.py).
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import time
from abc import ABC, abstractmethod
from pathlib import Path
from typing import Any

import psutil
import requests

from backend.processes import end, end_instance, instance_processes
from backend.runtime import (
    INSTANCE_VARIABLE,
    fast_environment,
    free_port,
    instance_dir,
    instance_id,
)
from backend.settings import REPOSITORY, TABLE, Settings

READY_DEADLINE_S = 180.0
_END_DEADLINE_S = 15.0
_OWN_VARIABLES = {row.variable for row in TABLE} | {"UI_PORT", "API_URL"}


class NotReady(Exception):
    """A system did not answer in time, or ended; the message has the end of its output."""


class System(ABC):
    """One system in a folder of its own.

    Attributes:
        name: in the tables.
        folder: of its data and its output.
        port: where it answers HTTP.
    """

    def __init__(self, name: str, folder: Path) -> None:
        self.name = name
        self.folder = folder
        self.port = free_port()
        folder.mkdir(parents=True, exist_ok=True)
        self._settings = Settings({"DATA_DIR": str(folder)})

    @property
    def instance(self) -> str:
        """The id that its processes carry."""
        return instance_id(self._settings)

    def processes(self) -> list[psutil.Process]:
        """Its live processes."""
        return instance_processes(self.instance)

    def pause(self) -> None:
        """Let its processes stand still, so that its timers take nothing from another's turn."""
        self._signal(signal.SIGSTOP)

    def resume(self) -> None:
        """Let them go on."""
        self._signal(signal.SIGCONT)

    def _signal(self, number: signal.Signals) -> None:
        for process in self.processes():
            with contextlib.suppress(psutil.NoSuchProcess):
                process.send_signal(number)

    @abstractmethod
    def start(self) -> None:
        """Start it and wait until it answers."""

    @abstractmethod
    def stop(self) -> None:
        """End it and all it started."""

    def __enter__(self) -> System:
        try:
            self.start()
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()


class Ours(System):
    """The whole of Double Feature, backend and page, as `scripts/start_all.sh` starts it.

    Args:
        films_dir: of the film records.
    """

    def __init__(self, folder: Path, films_dir: Path) -> None:
        super().__init__("ours", folder)
        self.ui_port = free_port()
        kept = {k: v for k, v in os.environ.items() if k not in _OWN_VARIABLES}
        self.environment = {
            **kept,
            "DATA_DIR": str(folder),
            "FILMS_DIR": str(films_dir),
            "API_PORT": str(self.port),
            "UI_PORT": str(self.ui_port),
            "HOST": "127.0.0.1",
            # Load on two cores must not turn into slates without a source or a store.
            "SOURCE_DEADLINE_MS": "10000",
            "STORE_DEADLINE_MS": "15000",
            # They are drawn before anything is measured, see `build`.
            "POSTERS_AHEAD": "0",
        }

    @property
    def settings(self) -> Settings:
        """The settings it runs with."""
        return Settings(self.environment)

    def build(self) -> None:
        """Make what is missing of the catalogue, so that no start is timed with it."""
        if (self.settings.index_dir / "ranking.json").is_file():
            self._run("backend.catalog.build")
        else:
            self.start()
            self.stop()
        self._run("backend.catalog.drawing")

    def forget_sessions(self) -> None:
        """Begin with an empty log of events; only while it is stopped."""
        for path in self.folder.glob("impressions.db*"):
            path.unlink()

    def start(self) -> None:
        """Start both parts and wait until they are ready."""
        self._run("scripts.launch", "start", "--detach")

    def stop(self) -> None:
        """Stop both parts."""
        self._run("scripts.launch", "stop")

    def _run(self, module: str, *arguments: str) -> None:
        done = subprocess.run(
            [sys.executable, "-m", module, *arguments],
            cwd=REPOSITORY,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=900,
            check=False,
        )
        if done.returncode:
            raise NotReady(f"{module} {' '.join(arguments)}: {(done.stdout + done.stderr)[-600:]}")


class Baseline(System):
    """A baseline: one command in an environment of its own.

    Args:
        module: of `benchmarks.baselines`.
        catalogue: settings whose catalogue it reads.
        fast: with our variables for Ray and Serve, else without any of them.
        probe: path of a GET, or body of a `POST /`, that is answered with 200 once it is ready.
    """

    def __init__(
        self,
        name: str,
        folder: Path,
        module: str,
        catalogue: dict[str, str],
        *,
        serve: bool = True,
        fast: bool = False,
        probe: str | dict[str, Any] = "/",
    ) -> None:
        super().__init__(name, folder)
        self._probe = probe
        host = (
            ["benchmarks.baselines.host", module] if serve else [f"benchmarks.baselines.{module}"]
        )
        self._command = [sys.executable, "-m", *host, "--port", str(self.port)]
        if serve:
            self._command += ["--folder", str(folder), *(["--fast"] if fast else [])]
        ours = fast_environment(self._settings)
        kept = {
            name: value
            for name, value in os.environ.items()
            if name not in _OWN_VARIABLES and name not in ours and not name.startswith("RAY_")
        }
        chosen = ours if fast else {"RAY_USAGE_STATS_ENABLED": "0"}
        self._environment = {
            **kept,
            **chosen,
            **{name: catalogue[name] for name in ("DATA_DIR", "FILMS_DIR")},
            INSTANCE_VARIABLE: self.instance,
            "PYTHONUNBUFFERED": "1",
        }
        self._child: subprocess.Popen[bytes] | None = None

    @property
    def log_file(self) -> Path:
        """Where its output goes."""
        return self.folder / "output.log"

    def start(self) -> None:
        """Start it and wait until the probe is answered."""
        end_instance(self.instance)
        with self.log_file.open("wb") as log:
            self._child = subprocess.Popen(
                self._command,
                cwd=REPOSITORY,
                env=self._environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        deadline = time.monotonic() + READY_DEADLINE_S
        while not self._answers():
            if self._child.poll() is not None or time.monotonic() > deadline:
                output = self.log_file.read_text(errors="replace")[-600:]
                raise NotReady(f"{self.name} did not get ready: {output}")
            time.sleep(0.1)

    def _answers(self) -> bool:
        base = f"http://127.0.0.1:{self.port}"
        with requests.Session() as session:
            session.trust_env = False
            try:
                if isinstance(self._probe, str):
                    return session.get(base + self._probe, timeout=5).status_code == 200
                return session.post(base, json=self._probe, timeout=5).status_code == 200
            except requests.RequestException:
                return False

    def stop(self) -> None:
        """End it, all it started and its folder of sockets."""
        if self._child is not None:
            try:
                end(psutil.Process(self._child.pid), kill=False)
                self._child.wait(timeout=_END_DEADLINE_S)
            except (psutil.NoSuchProcess, subprocess.TimeoutExpired):
                self._child.kill()
                self._child.wait()
            self._child = None
        end_instance(self.instance)
        shutil.rmtree(instance_dir(self._settings), ignore_errors=True)
