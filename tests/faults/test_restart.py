"""Nothing that was answered is lost: store actors killed, and everything stopped and started."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
import uuid

import psutil
import pytest
import requests

from backend.impressions.ledger import LedgerReader
from backend.presenter import token_file
from backend.processes import instance_processes
from backend.runtime import INSTANCE_VARIABLE, instance_dir, instance_id
from backend.settings import REPOSITORY, Settings
from benchmarks.soak import compare, crowd_of
from tests.faults.ends import crash, is_haproxy, living, recorded
from tests.system import System, assert_problem, wait_for

pytestmark = pytest.mark.cluster


def click(system: System, key: str, times: int) -> list[str]:
    """Like the first card `times` times; the likes that were answered."""
    liked = []
    film, ranking_id = "alien-1979", None
    for _ in range(times + 1):
        query = {"liked_id": film, "session_key": key}
        if ranking_id:
            query["ranking_id"] = ranking_id
        answer = system.get("/rec/ensemble", **query).json()
        if answer["like"]:
            liked.append(answer["like"]["movie_id"])
        film, ranking_id = answer["slots"][0]["movie_id"], answer["ranking_id"]
    return liked


def stored(system: System, key: str) -> list[str]:
    response = system.get(f"/rec/sessions/{key}")
    return [like["movie_id"] for like in response.json()["likes"]] if response.ok else []


def processes(system: System, name: str) -> list[psutil.Process]:
    """Processes of this system whose command line holds `name`."""
    found = []
    for process in instance_processes(instance_id(Settings(system.environment))):
        try:
            if name in " ".join(process.cmdline()):
                found.append(process)
        except (psutil.AccessDenied, psutil.NoSuchProcess, psutil.ZombieProcess):
            continue
    return found


def test_likes_outlive_every_store_actor(own_system):
    key = f"test-{uuid.uuid4().hex}"
    liked = click(own_system, key, 5)
    assert len(liked) == 5
    actors = processes(own_system, "ImpressionStoreActor")
    assert len(actors) == 2
    for actor in actors:
        actor.send_signal(signal.SIGKILL)
    wait_for(lambda: stored(own_system, key) == liked, "all likes after the kill", 60)


def policies_of_new_sessions(system: System) -> set[str]:
    """What sixteen new sessions begin with: both shards are among them but once in 2 ** 15."""
    found = set()
    for _ in range(16):
        answer = system.get(f"/rec/sessions/test-{uuid.uuid4().hex}")
        found.add(answer.json()["policy"] if answer.ok else "unknown")
    return found


def choose_static(own_system):
    token = token_file(Settings(own_system.environment)).read_text().strip()
    chosen = requests.post(
        f"{own_system.api}/control/policy",
        json={"policy": "static"},
        headers={"Authorization": f"Bearer {token}"},
        timeout=20,
    )
    assert chosen.json() == {"policy": "static"}
    wait_for(lambda: policies_of_new_sessions(own_system) == {"static"}, "the chosen policy")


def test_the_chosen_policy_outlives_every_store_actor(own_system):
    choose_static(own_system)
    actors = processes(own_system, "ImpressionStoreActor")
    assert len(actors) == 2
    for actor in actors:
        actor.send_signal(signal.SIGKILL)
    for actor in actors:
        actor.wait(timeout=30)
    wait_for(lambda: policies_of_new_sessions(own_system) == {"static"}, "it after the kill")


def test_a_stand_in_answers_from_the_kill_of_the_proxy_until_serve_has_another(own_system):
    folder = instance_dir(Settings(own_system.environment)) / "haproxy"

    def proxies() -> list[int]:
        return [process.pid for process in living(own_system) if is_haproxy(process)]

    def answers() -> bool:
        with contextlib.suppress(requests.RequestException):
            return own_system.get("/rec/starters").ok
        return False

    wait_for(lambda: len(proxies()) == 1, "the end of those before", 20)
    (killed,) = proxies()
    os.kill(killed, signal.SIGKILL)
    (pid_file,) = wait_for(lambda: list(folder.glob("*/stand-in.pid")), "the stand-in", 20)
    stand_in = int(pid_file.read_text())
    wait_for(answers, "an answer of it", 20)
    # Serve's next one ends it, and then nobody else holds the port.
    wait_for(lambda: stand_in not in proxies() and len(proxies()) == 1, "Serve's own proxy", 60)
    wait_for(answers, "an answer of that", 20)
    assert killed not in proxies()


def test_stopping_and_starting_everything_loses_no_like_and_no_choice(own_system):
    choose_static(own_system)
    key = f"test-{uuid.uuid4().hex}"
    liked = click(own_system, key, 4)
    before = processes(own_system, "")
    own_system.stop()
    # All that were there are gone, Ray's own agents too, whatever their environment looks like now.
    assert [process for process in before if process.is_running()] == []
    assert processes(own_system, "") == []
    own_system.start()
    assert stored(own_system, key) == liked
    assert policies_of_new_sessions(own_system) == {"static"}


def test_a_crash_under_load_loses_no_like_and_is_followed_by_a_clean_start(own_system):
    settings = Settings(own_system.environment)
    before = LedgerReader(settings.database_url).verify(settings)
    bystander = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    # What is sent meanwhile is sent again until everything is there, on a slow machine too.
    with crowd_of(own_system.api, 4, seed=5, pause_s=0.05, give_up_s=600) as crowd:

        def more_likes() -> None:
            liked = sum(viewer.liked for viewer in crowd)
            wait_for(lambda: sum(viewer.liked for viewer in crowd) > liked + 12, "likes", 120)

        try:
            more_likes()
            crash(own_system, recorded(own_system), haproxy_stays=True)
            # It holds our port, and the recorded ids are another process' now.
            (left,) = living(own_system)
            assert_problem(own_system.get("/rec/starters"), 503)
            reused = {"pid": bystander.pid, "created": time.time() - 1000}
            (own_system.data_dir / "run.json").write_text(
                json.dumps({"backend": reused, "frontend": reused})
            )
            own_system.start()
            assert not left.is_running()
            assert bystander.poll() is None
            more_likes()
        finally:
            bystander.kill()
            bystander.wait()
    report = compare(own_system.api, settings, crowd, before)
    assert report.problems == []
    assert report.holds
    assert report.acknowledged + report.undone > 24


def test_another_ray_on_the_machine_is_left_alone(own_system):
    # A short path: Ray's sockets lie below it, and theirs may have 107 bytes.
    folder = tempfile.mkdtemp(prefix="ray-")
    script = (
        "import ray, sys\n"
        f"ray.init(address='local', num_cpus=1, include_dashboard=False, _temp_dir='{folder}')\n"
        "print('up', flush=True)\n"
        "sys.stdin.readline()\n"
        "print(ray.get(ray.remote(lambda: 41 + 1).remote()), flush=True)\n"
    )
    environment = {k: v for k, v in os.environ.items() if k != INSTANCE_VARIABLE}
    with subprocess.Popen(
        [sys.executable, "-c", script],
        cwd=REPOSITORY,
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as other:
        assert other.stdin is not None
        assert other.stdout is not None
        wait_for(lambda: other.stdout.readline().strip() == "up", "another Ray")
        own_system.stop()
        print(file=other.stdin, flush=True)
        assert wait_for(lambda: other.stdout.readline().strip(), "its answer") == "42"
    assert processes(own_system, "") == []
