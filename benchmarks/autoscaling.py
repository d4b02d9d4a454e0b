"""How fast does the ranking model grow under load, and shrink after it?

Needs the running system (`scripts/start_all.sh --detach`). Load is closed-loop, on loopback, and
bounded in time and number of clients.

    .venv/bin/python -m benchmarks.autoscaling --clients 20
"""

from __future__ import annotations

import argparse
import threading
import time
from collections.abc import Callable
from typing import Any

import requests

from backend.settings import Settings

LOAD_S = 30.0
CALM_S = 90.0
GROW_GOAL_S, SHRINK_GOAL_S = 15.0, 60.0


def replicas(api: str) -> int:
    """Running replicas of the ItemRankingModel."""
    status: dict[str, Any] = requests.get(f"{api}/control/status", timeout=10).json()
    return next(
        int(deployment["actual"])
        for application in status["applications"]
        for deployment in application["deployments"]
        if deployment["name"] == "ItemRankingModel"
    )


def watch(api: str, until: Callable[[int], bool], deadline_s: float) -> tuple[float | None, int]:
    """Seconds until the count is as wanted (None when it never was), and the most seen."""
    started = time.monotonic()
    most = 0
    while time.monotonic() - started < deadline_s:
        count = replicas(api)
        most = max(most, count)
        if until(count):
            return time.monotonic() - started, most
        time.sleep(0.25)
    return None, most


def main() -> None:
    """Load, watch it grow, stop, watch it shrink, print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--clients", type=int, default=20, choices=range(1, 101), metavar="1..100")
    clients = parser.parse_args().clients
    settings = Settings()
    api = f"http://{settings.host}:{settings.api_port}"
    stop = threading.Event()
    done: list[int] = []

    def client() -> None:
        with requests.Session() as session:
            while not stop.is_set():
                body = {"user_id": "persona-001", "top_k": 5}
                done.append(session.post(api + "/", json=body, timeout=30).status_code)

    threads = [threading.Thread(target=client) for _ in range(clients)]
    for thread in threads:
        thread.start()
    started = time.monotonic()
    grown_s, most = watch(api, lambda count: count > 1, LOAD_S)
    _, later = watch(api, lambda _: False, max(0.0, LOAD_S - (time.monotonic() - started)))
    stop.set()
    for thread in threads:
        thread.join()
    shrunk_s, _ = watch(api, lambda count: count == 1, CALM_S)
    errors = sum(status != 200 for status in done)
    print(
        f"{clients} clients, {len(done) / LOAD_S:.0f} requests/s, {errors} errors: "
        f"second replica after {_seconds(grown_s)} (goal {GROW_GOAL_S:g} s), "
        f"most {max(most, later)}, one again {_seconds(shrunk_s)} after the load "
        f"(goal {SHRINK_GOAL_S:g} s)"
    )


def _seconds(value: float | None) -> str:
    return "never" if value is None else f"{value:.1f} s"


if __name__ == "__main__":
    main()
