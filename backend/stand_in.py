"""A stand-in for the proxy, from the moment it dies until Serve has replaced it.

Serve finds out within seconds that its HAProxy is gone, and then starts the next. Meanwhile nobody
could be answered. So the process that becomes HAProxy leaves a watcher behind, a fork of itself,
which sleeps until HAProxy ends. If nothing listens in its place then, and Serve has not been ended
either, the watcher starts HAProxy once more from the same configuration. The stand-in has the API
alone: without an admin socket Serve still sees that its own is gone.

Serve's next HAProxy begins without any route, and is started again when Serve has told it those. It
listens aside until then, and takes over from the stand-in as HAProxy takes over from HAProxy.
"""

from __future__ import annotations

import fcntl
import os
import re
import select
import socket
import subprocess
import sys
import time
from pathlib import Path

_CONFIG, _PID, _LOCK = "stand-in.cfg", "stand-in.pid", "stand-in.lock"
_LISTENS = re.compile(r"^frontend http_frontend\n *bind (\S+):(\d+)$", re.M)
_STARTED_S = 5.0


def address(config: str) -> tuple[str, int]:
    """Where the API listens by an amended configuration, as one connects to it.

    Raises:
        ValueError: the configuration does not say.
    """
    found = _LISTENS.search(config)
    if found is None:
        raise ValueError("the configuration must have a frontend http_frontend that binds a port")
    host = found[1].strip("[]")
    everywhere = {"0.0.0.0": "127.0.0.1", "::": "::1", "*": "127.0.0.1", "": "127.0.0.1"}
    return everywhere.get(host, host), int(found[2])


def reduced(config: str) -> str:
    """The configuration with the API alone: no admin socket, metrics or statistics."""
    config = re.sub(r"^ *stats (socket|timeout) .*\n", "", config, flags=re.M)
    return re.sub(r"^(frontend prometheus|listen stats)\n( .*\n| *\n)*", "", config, flags=re.M)


def knows_routes(config: str) -> bool:
    """Whether a configuration has a backend besides the one for what no route matches."""
    return re.search(r"^backend (?!default_backend$)", config, re.M) is not None


def aside(config: str, folder: Path) -> str:
    """The amended configuration with the API on a socket of `folder`, where nobody asks."""
    lines = f"frontend http_frontend\n    bind unix@{folder / 'aside.sock'}"
    return _LISTENS.sub(lambda _: lines, config)


def process_of(config: Path) -> int | None:
    """Id of the stand-in for the HAProxy of this configuration, None when there is none."""
    try:
        pid = int(config.with_name(_PID).read_text())
        # The id may be another process's by now.
        words = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
    except (OSError, ValueError):
        return None
    return pid if str(config.with_name(_CONFIG)).encode() in words else None


def leave_watcher(program: str, config: Path, text: str) -> None:
    """Fork a process that sees to a stand-in once this process, whatever it becomes, has ended.

    Args:
        program: HAProxy.
        config: where its configuration is; files of the stand-in's own lie beside it.
        text: the configuration, amended.
    """
    # Opened before the fork: later the id may be another process's.
    watched, serve = os.pidfd_open(os.getpid()), os.pidfd_open(os.getppid())
    if os.fork():
        os.close(watched)
        os.close(serve)
        return
    status = 1
    try:
        # Out of the group of Serve's process, with which all in it are ended.
        os.setsid()
        _wait(watched)
        if not _ended(serve):
            stand_in(program, config, text)
        status = 0
    except Exception as error:
        # There is nobody to raise it to.
        print(f"no stand-in for the proxy: {error}", file=sys.stderr, flush=True)
    finally:
        os._exit(status)


def stand_in(program: str, config: Path, text: str) -> subprocess.Popen[bytes] | None:
    """Start HAProxy once more, unless something listens in its place; the process, if started.

    Raises:
        OSError: it cannot be started, or its files cannot be written.
        ValueError: the configuration does not say where the API listens.
    """
    where = address(text)
    # Two may have died at once, one of them on its way out: the second sees what the first did.
    with config.with_name(_LOCK).open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if _listening(where):
            # It was replaced in order, by one that took over its port.
            return None
        mine = config.with_name(_CONFIG)
        mine.write_text(reduced(text))
        process = subprocess.Popen(
            [program, "-db", "-f", str(mine), "-dR"], stdin=subprocess.DEVNULL
        )
        part = config.with_name(f"{_PID}.part")
        part.write_text(str(process.pid))
        part.replace(config.with_name(_PID))
        deadline = time.monotonic() + _STARTED_S
        while process.poll() is None and not _listening(where) and time.monotonic() < deadline:
            time.sleep(0.01)
        return process


def _wait(process: int) -> None:
    poll = select.poll()
    poll.register(process, select.POLLIN)
    poll.poll()


def _ended(process: int) -> bool:
    return bool(select.select([process], [], [], 0)[0])


def _listening(where: tuple[str, int]) -> bool:
    try:
        with socket.create_connection(where, timeout=1.0):
            return True
    except OSError:
        return False
