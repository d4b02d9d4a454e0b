"""Run one baseline on a Ray and a Serve of its own until it is told to end.

    python -m benchmarks.baselines.host MODULE --port PORT --folder FOLDER [--fast]

`MODULE` is a module here with `application()`. Without `--fast` Ray and Serve run on their defaults
but for where they listen and put their files. Whoever starts it ends what is left of it: all of its
processes inherit the instance id of the environment.
"""

from __future__ import annotations

import argparse
import importlib
import os
import signal
import threading

# A replica reserves a whole CPU by default, the second seed's model two: bookkeeping, so that its
# five replicas may exist.
DEFAULT_CPUS = 16


def main() -> None:
    parser = argparse.ArgumentParser(prog="benchmarks.baselines.host", description=__doc__)
    parser.add_argument("module")
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--folder", required=True)
    parser.add_argument("--fast", action="store_true")
    arguments = parser.parse_args()
    stopping = threading.Event()

    import ray
    from ray import serve
    from ray.serve.config import HTTPOptions

    from backend.runtime import instance_dir, make_instance_dir, start_ray
    from backend.settings import Settings

    own = Settings({"DATA_DIR": arguments.folder})
    if arguments.fast:
        make_instance_dir(own)
        start_ray(own)
    else:
        ray.init(
            address="local",
            num_cpus=DEFAULT_CPUS,
            include_dashboard=False,
            log_to_driver=False,
            _node_ip_address="127.0.0.1",
            _temp_dir=str(instance_dir(own) / "ray"),
        )
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopping.set())
    serve.start(http_options=HTTPOptions(host="127.0.0.1", port=arguments.port))
    module = importlib.import_module(f"benchmarks.baselines.{arguments.module}")
    serve.run(module.application(), name=arguments.module, route_prefix="/")
    stopping.wait()
    # Nothing is held that must be saved; who started this ends the rest.
    os._exit(0)


if __name__ == "__main__":
    main()
