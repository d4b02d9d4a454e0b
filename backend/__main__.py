"""Start the backend: build what is missing, start Ray and Serve, stop cleanly on a signal.

    python -m backend

The process starts a child with the environment that Ray and Serve read at import, passes signals
on to it, and makes sure that nothing it started is left when it ends.
"""

from __future__ import annotations

import contextlib
import logging
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from types import FrameType

import psutil

from backend.catalog.catalogue import load_catalogue
from backend.ensemble.default_policy import DefaultPolicy
from backend.errors import DoubleFeatureError, Unavailable
from backend.impressions.database import prepare_log
from backend.mending import mend
from backend.presenter import make_token, token_file
from backend.processes import end_instance, instance_processes
from backend.proxy import LOOPBACK
from backend.runtime import (
    READY_LINE,
    check_port,
    fast_environment,
    instance_dir,
    instance_id,
    lock_data_dir,
    make_instance_dir,
    uses_haproxy,
)
from backend.settings import Settings
from backend.workers import leave_out_pandas

_WARM_UP_S = 120.0


def warm_up(settings: Settings) -> None:
    """Use every hop until it answers, so that the first person does not wait for connections."""
    import requests

    film = load_catalogue(settings).first_id
    everywhere = {"0.0.0.0", "::"}
    host = "127.0.0.1" if settings.host in everywhere else settings.host
    base = f"http://{host}:{settings.api_port}"
    paths = [f"/rec/{source}?liked_id={film}&count=1" for source in settings.sources]
    paths += [f"/rec/sessions/warm-up-{n}" for n in range(4 * settings.store_shards)]
    deadline = time.monotonic() + _WARM_UP_S
    with requests.Session() as session:
        # A proxy of the environment is not for loopback.
        session.trust_env = False

        def ask(method: str, path: str, body: dict[str, object] | None = None) -> None:
            while time.monotonic() < deadline:
                try:
                    if session.request(method, base + path, json=body, timeout=10).ok:
                        return
                except requests.RequestException:
                    pass
                time.sleep(0.1)
            raise Unavailable(f"{path} did not answer within {_WARM_UP_S:g} s of the start")

        for path in [*paths, "/control/status"]:
            ask("GET", path)
        for _ in range(2 * settings.feature_replicas):
            ask("POST", "/", {"user_id": "persona-001", "top_k": 1})


def draw_ahead(settings: Settings) -> None:
    """Have the posters that are not there yet drawn beside the running system."""
    from backend.catalog import drawing

    if drawing.wanted(settings):
        # Its output goes where ours does. Whoever ends this system ends it too: it is of the
        # instance.
        command = [sys.executable, "-m", drawing.__name__]
        threading.Thread(target=subprocess.call, args=(command,), daemon=True).start()


def serve_until_stopped(settings: Settings) -> None:
    """Build, start, and wait for SIGTERM or SIGINT. Runs in the child."""
    stopping = threading.Event()
    started = False

    def stop(_signal: int, _frame: FrameType | None) -> None:
        stopping.set()
        if not started:
            # Nothing is held that must be saved; the parent ends what was begun.
            os._exit(0)

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)

    leave_out_pandas()
    import ray
    from ray import serve
    from ray.serve.config import HTTPOptions

    from backend.catalog.build import build
    from backend.impressions.actor import shard_actor
    from backend.runtime import start_ray

    make_token(settings)
    start_ray(settings)
    # Handlers of ours again: Ray installs its own.
    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    report = build(settings)
    print(f"Catalogue: {report.films} films, {report.posters_made} posters measured.", flush=True)

    from backend.apps import applications

    shards = [shard_actor(shard) for shard in range(settings.store_shards)]
    logging.getLogger("ray.serve").setLevel(settings.log_level)
    serve.start(
        # Behind HAProxy the replicas listen on loopback, and it alone on HOST.
        http_options=HTTPOptions(
            host=LOOPBACK if uses_haproxy(settings) else settings.host, port=settings.api_port
        ),
        logging_config={"log_level": settings.log_level, "enable_access_log": False},
    )
    serve.run_many(
        [
            serve.RunTarget(application, name=name, route_prefix=prefix)
            for name, (prefix, application) in applications(settings).items()
        ],
        wait_for_ingress_deployment_creation=True,
        wait_for_applications_running=True,
    )
    ray.get([shard.ready.remote() for shard in shards], timeout=60)
    warm_up(settings)
    started = True
    print(f"{READY_LINE} http://{settings.host}:{settings.api_port}", flush=True)
    if (policy := DefaultPolicy(settings).name) != settings.policy:
        print(
            f"Policy of new sessions: {policy}, as it was chosen; POST /control/policy changes it.",
            flush=True,
        )
    draw_ahead(settings)
    # Where it is, never what it is: this output goes to a log.
    print(f"Presenter's token: in {token_file(settings)}", flush=True)
    stopping.wait()
    print("Stopping.", flush=True)
    # The log is closed in order. All else holds nothing that must be saved, and the parent ends it:
    # serve.shutdown() takes up to half a minute for what a signal does at once.
    # Shards are looked up again: one that was killed has been replaced.
    with contextlib.suppress(ray.exceptions.RayError):
        shards = [shard_actor(shard) for shard in range(settings.store_shards)]
        ray.get([shard.shut_down.remote() for shard in shards], timeout=10)
    sys.stdout.flush()
    os._exit(0)


def main() -> int:
    """The parent: check, start the child, wait, clean up. Returns the exit status."""
    logging.basicConfig(level=logging.WARNING)
    settings = Settings()
    if os.environ.get("DOUBLE_FEATURE_CHILD") == instance_id(settings):
        serve_until_stopped(settings)
        return 0
    lock = lock_data_dir(settings)
    end_instance(instance_id(settings))
    check_port(settings.host, settings.api_port, "API_PORT")
    for line in mend(settings):
        print(line, flush=True)
    shutil.rmtree(instance_dir(settings), ignore_errors=True)
    prepare_log(settings.database_url)
    make_instance_dir(settings)
    environment = {
        **os.environ,
        **fast_environment(settings),
        "DOUBLE_FEATURE_CHILD": instance_id(settings),
    }
    # A session of its own: Ctrl-C reaches this process only, which passes it on once.
    child = subprocess.Popen(
        [sys.executable, "-m", "backend"], env=environment, start_new_session=True
    )

    known: list[psutil.Process] = []

    def pass_on(_signal: int, _frame: FrameType | None) -> None:
        if child.poll() is None:
            # Found now, while everybody's parents live: Ray's agents hide their environment.
            known.extend(instance_processes(instance_id(settings)))
            child.terminate()

    signal.signal(signal.SIGTERM, pass_on)
    signal.signal(signal.SIGINT, pass_on)
    status = None
    try:
        while status is None:
            try:
                status = child.wait(timeout=0.5)
            except subprocess.TimeoutExpired:
                continue
    finally:
        end_instance(instance_id(settings), known)
        shutil.rmtree(instance_dir(settings), ignore_errors=True)
        lock.close()
    return status


if __name__ == "__main__":
    try:
        sys.exit(main())
    except DoubleFeatureError as error:
        sys.exit(f"double-feature: {error.detail}")
