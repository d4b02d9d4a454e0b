"""The whole system, really running, for tests that talk to it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, TypeVar

import requests

from backend.runtime import free_port
from backend.settings import REPOSITORY

Value = TypeVar("Value")


def wait_for(look: Callable[[], Value | None], what: str, deadline_s: float = 60.0) -> Value:
    """The first truthy value that `look` gives; fails when the deadline passes."""
    end = time.monotonic() + deadline_s
    while True:
        value = look()
        if value:
            return value
        if time.monotonic() > end:
            raise AssertionError(f"{what} did not happen within {deadline_s:.0f} s")
        time.sleep(0.2)


def run_module(
    module: str, *arguments: str, environment: Mapping[str, str], timeout_s: float
) -> subprocess.CompletedProcess[str]:
    """What `python -m module` prints, and its status, run from the root of the repository."""
    return subprocess.run(
        [sys.executable, "-m", module, *arguments],
        cwd=REPOSITORY,
        env=environment,
        capture_output=True,
        text=True,
        timeout=timeout_s,
        check=False,
    )


class System:
    """Backend and page on ports of their own, with a data folder of their own.

    Args:
        built: a data folder whose built catalogue is copied, so that starting takes no time to
            draw posters.
    """

    def __init__(self, data_dir: Path, built: Path | None = None) -> None:
        self.data_dir = data_dir
        if built is not None:
            shutil.copytree(built, data_dir, dirs_exist_ok=True)
        self.api_port, self.ui_port = free_port(), free_port()
        self.api = f"http://127.0.0.1:{self.api_port}"
        self.ui = f"http://127.0.0.1:{self.ui_port}"
        self.environment = {
            **os.environ,
            "DATA_DIR": str(data_dir),
            "API_PORT": str(self.api_port),
            "UI_PORT": str(self.ui_port),
            "HOST": "127.0.0.1",
            # Drawn when asked for: no test looks at all of them.
            "POSTERS_AHEAD": "0",
            # Tests tell what happens, not how fast: a busy machine must not change the answers.
            "SOURCE_DEADLINE_MS": "10000",
            "STORE_DEADLINE_MS": "15000",
            # More than one, so that a session has to find its own.
            "STORE_SHARDS": "2",
        }
        self.environment.pop("API_URL", None)

    def build(self) -> None:
        """Build the catalogue without starting anything else."""
        done = run_module("backend.catalog.build", environment=self.environment, timeout_s=900)
        assert done.returncode == 0, done.stdout + done.stderr

    def launch(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run `scripts.launch`; what it prints comes back."""
        return run_module("scripts.launch", *arguments, environment=self.environment, timeout_s=600)

    def start(self) -> None:
        """Start and wait until both parts answer."""
        done = self.launch("start", "--detach")
        assert done.returncode == 0, done.stdout + done.stderr

    def stop(self) -> None:
        """Stop both parts."""
        done = self.launch("stop")
        assert done.returncode == 0, done.stdout + done.stderr

    def get(self, path: str, **parameters: Any) -> requests.Response:
        """GET a route of the API."""
        return requests.get(self.api + path, params=parameters, timeout=20)

    def post(self, path: str, body: Any) -> requests.Response:
        """POST JSON to a route of the API."""
        return requests.post(self.api + path, json=body, timeout=20)

    def deployment(self, name: str) -> dict[str, Any]:
        """One deployment of the status."""
        status = self.get("/control/status").json()
        return next(
            deployment
            for application in status["applications"]
            for deployment in application["deployments"]
            if deployment["name"] == name
        )


def assert_problem(response: requests.Response, status: int, field: str | None = None) -> None:
    """The one error shape: RFC 9457, with a detail for people and nothing of the inside."""
    assert response.status_code == status, response.text
    assert response.headers["content-type"] == "application/problem+json"
    body = response.json()
    assert body["status"] == status
    assert body["title"]
    assert len(body["detail"]) > 10
    assert "Traceback" not in response.text
    assert 'File "' not in response.text
    assert body.get("field") == field
