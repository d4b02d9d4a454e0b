"""What every process of ours that speaks Serve does before it imports it; Ray calls `set_up`.

*Loopback only.* With loopback for the node's address Ray's own servers listen there. One does not
ask: the gRPC server through which Serve's replicas call each other is told to listen everywhere,
whatever the node's address.

*Without pandas.* Serve imports it when it is installed, to know a data frame in an answer. The page
needs it; nothing behind the API does, and it costs each of a dozen processes half a second of
processor at the start and 67 MB.
"""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable, Sequence
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import Any

_EVERYWHERE = "[::]:"


def set_up() -> None:
    """Prepare a worker process.

    It must come before Serve's replica module is imported, which takes a function by name.
    """
    leave_out_pandas()
    listen_on_loopback()


def listen_on_loopback() -> None:
    """Make Serve's replicas of this process listen on loopback."""
    from ray._common import tls_utils

    add_port: Callable[[Any, str], int] = tls_utils.add_port_to_grpc_server

    def add_loopback_port(server: Any, address: str) -> int:
        if address.startswith(_EVERYWHERE):
            address = "127.0.0.1:" + address.removeprefix(_EVERYWHERE)
        return add_port(server, address)

    tls_utils.add_port_to_grpc_server = add_loopback_port


class _WithoutPandas:
    """Answers for `pandas` as if it were not installed."""

    @staticmethod
    def find_spec(
        name: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if name == "pandas":
            raise ModuleNotFoundError("pandas is left out of this process", name=name)
        return None


def leave_out_pandas() -> None:
    """Make `import pandas` fail in this process as it does where it is not installed."""
    if "pandas" not in sys.modules and _WithoutPandas not in sys.meta_path:
        sys.meta_path.insert(0, _WithoutPandas)


def keep_what_is_loaded() -> None:
    """Leave all that exists now out of garbage collection, in a process that has started.

    It stays to the end, and looking through it again and again took a sixteenth of a request.
    """
    gc.collect()
    gc.freeze()
