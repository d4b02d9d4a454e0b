"""Start and stop the backend and the page together; `start_all.sh` and `stop_all.sh` call this.

python -m scripts.launch start [--detach]
python -m scripts.launch stop
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

import psutil

from backend.errors import DoubleFeatureError, InvalidSetting
from backend.presenter import token_file
from backend.processes import end, end_instance
from backend.runtime import READY_LINE, check_port, instance_id, lock_data_dir
from backend.settings import REPOSITORY, Settings

READY_DEADLINE_S = 600.0
STOP_DEADLINE_S = 40.0
PARTS = ("backend", "frontend")
_ENDING_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Launcher:
    """The two parts of one instance: their processes, logs and addresses."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.ui_port = int(os.environ.get("UI_PORT", "8501"))
        self.folder = Path(settings.data_dir).absolute()
        self.state_file = self.folder / "run.json"
        shown = "127.0.0.1" if settings.host in {"0.0.0.0", "::"} else settings.host
        self.api_url = f"http://{shown}:{settings.api_port}"
        self.ui_url = f"http://{shown}:{self.ui_port}"

    def log_file(self, part: str) -> Path:
        """Where a part's output goes."""
        return self.folder / "log" / f"{part}.log"

    def running(self) -> dict[str, psutil.Process]:
        """The recorded processes that are alive and still the same ones."""
        try:
            recorded = json.loads(self.state_file.read_text())
        except (OSError, ValueError):
            return {}
        found = {}
        for part in PARTS:
            try:
                process = psutil.Process(recorded[part]["pid"])
                if abs(process.create_time() - recorded[part]["created"]) < 1:
                    found[part] = process
            except (KeyError, TypeError, psutil.NoSuchProcess):
                continue
        return found

    def start(self) -> None:
        """Start both parts, writing to their logs."""
        check_port(self.settings.host, self.settings.api_port, "API_PORT")
        check_port(self.settings.host, self.ui_port, "UI_PORT")
        try:
            (self.folder / "log").mkdir(parents=True, exist_ok=True)
            probe = self.folder / "run.json.part"
            probe.write_text("")
            probe.unlink()
        except OSError as error:
            raise InvalidSetting(
                f"DATA_DIR must be a folder that can be written, got {str(self.folder)!r} "
                f"({error.strerror})"
            ) from None
        environment = {
            **os.environ,
            "API_URL": os.environ.get("API_URL", self.api_url),
            "UI_PORT": str(self.ui_port),
            "HOST": self.settings.host,
            "PYTHONUNBUFFERED": "1",
        }
        state = {}
        for part in PARTS:
            with self.log_file(part).open("wb") as log:
                child = subprocess.Popen(
                    [sys.executable, "-m", part],
                    cwd=REPOSITORY,
                    env=environment,
                    stdin=subprocess.DEVNULL,
                    stdout=log,
                    stderr=subprocess.STDOUT,
                    start_new_session=True,
                )
            state[part] = {"pid": child.pid, "created": psutil.Process(child.pid).create_time()}
            self.state_file.write_text(json.dumps(state))

    def wait_until_ready(self) -> None:
        """Show the backend's output until both parts answer.

        Raises:
            SystemExit: a part ended, or the deadline passed.
        """
        deadline = time.monotonic() + READY_DEADLINE_S
        shown = 0
        while time.monotonic() < deadline:
            shown = self._show(shown)
            if self._backend_is_ready() and _answers(f"{self.ui_url}/_stcore/health"):
                self._show(shown)
                return
            ended = [part for part in PARTS if part not in self.running()]
            if ended:
                self._show(shown)
                self.stop()
                tail = self.log_file(ended[0]).read_text(errors="replace").strip().splitlines()
                last = tail[-1] if tail else "no output"
                sys.exit(f"double-feature: the {ended[0]} ended: {last}")
            time.sleep(0.1)
        self.stop()
        sys.exit(f"double-feature: not ready within {READY_DEADLINE_S:.0f} s")

    def _backend_is_ready(self) -> bool:
        """Whether the backend said so: all of it is up and was used once."""
        return READY_LINE in self.log_file("backend").read_text(errors="replace")

    def _show(self, position: int) -> int:
        with self.log_file("backend").open("rb") as log:
            log.seek(position)
            sys.stdout.buffer.write(log.read())
            sys.stdout.buffer.flush()
            return log.tell()

    def watch(self) -> int:
        """Wait until a signal or the end of a part, then stop; returns the exit status."""
        stopping = []
        for number in _ENDING_SIGNALS:
            signal.signal(number, lambda *_: stopping.append(True))
        while not stopping:
            ended = [part for part in PARTS if part not in self.running()]
            if ended:
                self.stop()
                print(f"double-feature: the {ended[0]} ended; see {self.log_file(ended[0])}")
                return 1
            time.sleep(0.3)
        print("\nStopping.", flush=True)
        self.stop()
        return 0

    def stop(self) -> int:
        """End both parts and everything they started; returns how many processes were found."""
        processes = list(self.running().values())
        for process in processes:
            end(process, kill=False)
        _, left = psutil.wait_procs(processes, timeout=STOP_DEADLINE_S)
        for process in left:
            end(process, kill=True)
        if not self.folder.is_dir():
            return len(processes)
        self.state_file.unlink(missing_ok=True)
        # What is still there after the recorded parts is a leftover, unless a backend that was
        # started by hand holds the data folder.
        with lock_data_dir(self.settings):
            return len(processes) + end_instance(instance_id(self.settings))


def _answers(url: str) -> bool:
    try:
        # Without the environment's proxy, which is not for loopback.
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        with opener.open(url, timeout=5) as response:
            return bool(response.status == 200)
    except (urllib.error.URLError, OSError):
        return False


def _reap(*_: Any) -> None:
    """Collect ended children, so that they do not look alive."""
    try:
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass
    except ChildProcessError:
        pass


def _interrupt(*_: Any) -> None:
    raise KeyboardInterrupt


def main() -> int:
    """Parse the command line and do it."""
    parser = argparse.ArgumentParser(prog="scripts.launch")
    parser.add_argument("command", choices=("start", "stop"))
    parser.add_argument("--detach", action="store_true", help="return once both answer")
    arguments = parser.parse_args()
    launcher = Launcher(Settings())
    if arguments.command == "stop":
        count = launcher.stop()
        print("Double Feature stopped." if count else "Nothing of ours was running.")
        return 0
    if len(launcher.running()) == len(PARTS):
        print(f"Double Feature is running already: {launcher.ui_url}")
        return 0
    # What a dirty end left may hold our ports, with nothing recorded of it.
    launcher.stop()
    signal.signal(signal.SIGCHLD, _reap)
    for number in _ENDING_SIGNALS:
        signal.signal(number, _interrupt)
    started = time.monotonic()
    try:
        launcher.start()
        launcher.wait_until_ready()
    except KeyboardInterrupt:
        print("\nStopping.", flush=True)
        launcher.stop()
        return 130
    print(f"\nReady after {time.monotonic() - started:.0f} s.")
    print(f"  Page  {launcher.ui_url}")
    print(f"  API   {launcher.api_url}")
    print(f"  Presenter's token  {token_file(launcher.settings).read_text().strip()}")
    print(f"  (shown this once; also in {token_file(launcher.settings)}, for your eyes only)")
    if arguments.detach:
        print("Stop it with scripts/stop_all.sh.")
        return 0
    print("Stop it with Ctrl-C.", flush=True)
    return launcher.watch()


if __name__ == "__main__":
    try:
        sys.exit(main())
    except DoubleFeatureError as error:
        sys.exit(f"double-feature: {error.detail}")
