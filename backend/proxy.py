"""HAProxy as Ray writes its configuration, made safe before each of its starts.

Ray runs the program that RAY_SERVE_HAPROXY_BINARY_PATH names. We name a script of this instance,
which comes here: the configuration is amended in its place, then HAProxy takes over the process, so
that Ray sees the process, files and arguments it expects. What is amended:

- metrics and statistics listen on loopback, and only the owner may use the admin socket;
- replicas always listen on loopback; only HAProxy listens on `HOST`;
- every refusal of HAProxy's own, and every plain error of Serve's, is a problem document;
- who asks is said by HAProxy alone; a request has ten seconds to arrive whole.
"""

from __future__ import annotations

import json
import os
import re
import shlex
import sys
from http import HTTPStatus
from pathlib import Path

from backend import stand_in
from backend.errors import problem
from backend.security import PROBLEM_TYPE, SECURITY_HEADERS

HOST_VARIABLE = "DOUBLE_FEATURE_HOST"
REAL_VARIABLE = "DOUBLE_FEATURE_HAPROXY"
LOOPBACK = "127.0.0.1"
REQUEST_DEADLINE_S = 10

_DOWN = (
    503,
    "Temporarily unavailable",
    "the part that answers this is starting, restarting or full; send the request again",
)
# By the status that HAProxy would answer: the status, title and detail that it answers for us.
_ERRORS = {
    400: (
        400,
        "Bad request",
        "the request must be HTTP/1.1 with at most 31 KB of address and headers; see docs/api.md",
    ),
    408: (408, "Request timeout", f"a request must arrive whole within {REQUEST_DEADLINE_S} s"),
    500: (500, "Internal error", "the server failed to answer this request; its log has the cause"),
    502: _DOWN,
    503: _DOWN,
    504: _DOWN,
}
_NO_SOCKET = (400, "Bad request", "no route speaks WebSocket; see docs/api.md")


def error_file(status: int, title: str, detail: str) -> bytes:
    """A whole HTTP answer that holds a problem document, as HAProxy's errorfile wants it."""
    body = json.dumps(problem(status, title, detail)).encode()
    headers = {
        "Content-Type": PROBLEM_TYPE,
        "Content-Length": str(len(body)),
        "Cache-Control": "no-store",
        **({"Retry-After": "1"} if status == HTTPStatus.SERVICE_UNAVAILABLE else {}),
        **SECURITY_HEADERS,
        "Connection": "close",
    }
    lines = [f"HTTP/1.1 {status} {HTTPStatus(status).phrase}"]
    lines += [f"{name}: {value}" for name, value in headers.items()]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


def write_error_files(folder: Path) -> dict[int, Path]:
    """The error files of all statuses in `_ERRORS`, by the status that HAProxy would answer."""
    files = {}
    for status, answer in _ERRORS.items():
        files[status] = folder / f"problem-{status}.http"
        files[status].write_bytes(error_file(*answer))
    return files


def _returned(rule: str, answer: tuple[int, str, str], condition: str) -> str:
    """A line that answers with a problem document when a condition holds."""
    status, title, detail = answer
    # In single quotes nothing has a meaning to HAProxy but their end; the headers hold such quotes.
    body = json.dumps(problem(status, title, detail)).replace("'", "")
    headers = {"Cache-Control": "no-store", **SECURITY_HEADERS}
    if status == HTTPStatus.SERVICE_UNAVAILABLE:
        headers["Retry-After"] = "1"
    extra = " ".join(f'hdr {name} "{value}"' for name, value in headers.items())
    return (
        f"    {rule} return status {status} content-type {PROBLEM_TYPE} "
        f"string '{body}' {extra} if {condition}"
    )


def amended(config: str, host: str, error_files: dict[int, Path]) -> str:
    """`config` with all that the module promises; amending it again changes nothing.

    Args:
        config: as Ray wrote it.
        host: address that the API listens on.
    """
    if "# Amended by Double Feature" in config:
        return config
    listens = re.compile(r"^( *bind) \*?:(\d+)", re.M)
    config = listens.sub(rf"\1 {LOOPBACK}:\2", config)
    config = config.replace(" mode 666 level admin", " mode 600 level admin")
    config = re.sub(r"^ *errorfile \d+ .*\n", "", config, flags=re.M)
    files = "".join(f"    errorfile {status} {path}\n" for status, path in error_files.items())
    defaults = (
        f"defaults\n{files}    timeout http-request {REQUEST_DEADLINE_S}s\n"
        "    option http-buffer-request\n"
    )
    config = re.sub(r"^ *timeout http-request .*\n", "", config, flags=re.M)
    config = re.sub(r"^defaults\n", lambda _: defaults, config, count=1, flags=re.M)
    ours = "{ res.hdr(content-type) -m beg application/problem+json }"
    rules = "\n".join(
        (
            "    http-request set-header X-Forwarded-For %[src]",
            # What may have been done is not done again on our own account.
            "    http-request disable-l7-retry unless METH_GET",
            _returned("http-request", _NO_SOCKET, "{ req.hdr(upgrade) -i websocket }"),
            _returned("http-response", _DOWN, "{ status 502:504 } !" + ours),
            _returned("http-response", _ERRORS[500], "{ status 500 } !" + ours),
        )
    )
    frontend = re.compile(rf"^(frontend http_frontend\n) *bind {re.escape(LOOPBACK)}:(\d+)\n", re.M)
    bind = f"[{host}]" if ":" in host else host
    config = frontend.sub(lambda found: f"{found[1]}    bind {bind}:{found[2]}\n{rules}\n", config)
    config = re.sub(
        r"^backend default_backend\n.*\n",
        # The ranking takes every path that no other application has, so a path that is left has
        # lost its application: a replica was killed and the next is on its way.
        lambda _: "backend default_backend\n" + _returned("http-request", _DOWN, "TRUE") + "\n",
        config,
        count=1,
        flags=re.M,
    )
    return "# Amended by Double Feature; see backend/proxy.py\n" + config


def write_program(folder: Path) -> Path:
    """The script that Ray starts as HAProxy; it runs `main` here."""
    program = folder / "haproxy"
    repository = Path(__file__).resolve().parent.parent
    program.write_text(
        "#!/bin/sh\n"
        f"PYTHONPATH={shlex.quote(str(repository))} "
        f'exec {shlex.quote(sys.executable)} -m backend.proxy "$@"\n'
    )
    program.chmod(0o700)
    return program


def main(arguments: list[str]) -> None:
    """Amend the configuration that the arguments name, and become HAProxy.

    Leaves a watcher that has a stand-in take its place when it dies.
    """
    config = Path(arguments[arguments.index("-f") + 1])
    files = write_error_files(config.parent)
    text = amended(config.read_text(), os.environ.get(HOST_VARIABLE, LOOPBACK), files)
    real = os.environ[REAL_VARIABLE]
    other = stand_in.process_of(config)
    if other is not None and not stand_in.knows_routes(text):
        text = stand_in.aside(text, config.parent)
    else:
        arguments = arguments if other is None else _taking_over(arguments, other)
        try:
            stand_in.leave_watcher(real, config, text)
        except OSError as error:
            # Serve's own replacement takes longer, and that is all.
            print(f"nobody watches over the proxy: {error}", file=sys.stderr, flush=True)
    config.write_text(text)
    os.execv(real, [real, *arguments])


def _taking_over(arguments: list[str], process: int) -> list[str]:
    """Arguments by which HAProxy ends `process`, too, once it listens itself."""
    if "-sf" not in arguments:
        return [*arguments, "-sf", str(process)]
    place = arguments.index("-sf") + 1
    return [*arguments[:place], str(process), *arguments[place:]]


if __name__ == "__main__":
    main(sys.argv[1:])
