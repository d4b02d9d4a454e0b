"""Turns, and the catalogue that is measured."""

import os
import subprocess

import psutil
import pytest

from backend.catalog.schema import load_films
from backend.runtime import INSTANCE_VARIABLE
from benchmarks.session import films_folder, in_turns, running, systems_in_turns
from benchmarks.systems import NotReady, System
from tests.system import wait_for


def test_measures_take_turns():
    order = []

    def measure(name):
        order.append(name)
        return {"value": float(len(order))}

    found = in_turns(2, {"a": lambda: measure("a"), "b": lambda: measure("b")})
    assert order == ["a", "b", "a", "b"]
    assert found == {"a": {"value": [1.0, 3.0]}, "b": {"value": [2.0, 4.0]}}


def test_the_measured_catalogue_has_as_many_films_as_asked_for(tmp_path):
    films = load_films(films_folder(tmp_path / "films", 1000))
    assert len(films) == 1000
    assert len({film.id for film in films}) == 1000


class Sleeper(System):
    """A system of one process that does nothing, or one that does not start."""

    def __init__(self, name, folder, breaks=False):
        super().__init__(name, folder)
        self.breaks = breaks
        self.process = None

    def start(self):
        if self.breaks:
            raise NotReady(f"{self.name} did not start")
        environment = {**os.environ, INSTANCE_VARIABLE: self.instance}
        self.process = subprocess.Popen(["sleep", "60"], env=environment)

    def stop(self):
        if self.process:
            self.process.kill()
            self.process.wait()

    def state(self):
        return psutil.Process(self.process.pid).status()


def test_while_one_is_measured_the_others_stand_still(tmp_path):
    one, other = (Sleeper(name, tmp_path / name) for name in ("one", "other"))
    seen = []

    def measure(system):
        seen.append((system.name, one.state(), other.state()))
        return {"value": 1.0}

    with running([one, other]):
        systems_in_turns(1, {"one": one, "other": other}, measure)
        wait_for(lambda: other.state() != psutil.STATUS_STOPPED, "both to go on", 20)
        assert one.state() != psutil.STATUS_STOPPED
    stopped, sleeping = psutil.STATUS_STOPPED, psutil.STATUS_SLEEPING
    assert seen == [("one", sleeping, stopped), ("other", stopped, sleeping)]
    assert (one.process.poll(), other.process.poll()) == (-9, -9)


def test_when_one_does_not_start_the_others_are_ended(tmp_path):
    one, broken = Sleeper("one", tmp_path / "one"), Sleeper("broken", tmp_path / "b", breaks=True)
    with pytest.raises(NotReady, match="broken did not start"), running([one, broken]):
        pytest.fail("nothing is measured then")
    assert one.process.poll() == -9
