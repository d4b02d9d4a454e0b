"""Every worker process of ours listens on loopback only.

With loopback for the node's address Ray's own servers do. One does not ask: the gRPC server through
which Serve's replicas call each other is told to listen everywhere, whatever the node's address.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

_EVERYWHERE = "[::]:"


def listen_on_loopback() -> None:
    """Make Serve's replicas of this process listen on loopback; Ray calls this in each worker.

    It must come before Serve's replica module is imported, which takes the function by name.
    """
    from ray._common import tls_utils

    add_port: Callable[[Any, str], int] = tls_utils.add_port_to_grpc_server

    def add_loopback_port(server: Any, address: str) -> int:
        if address.startswith(_EVERYWHERE):
            address = "127.0.0.1:" + address.removeprefix(_EVERYWHERE)
        return add_port(server, address)

    tls_utils.add_port_to_grpc_server = add_loopback_port
