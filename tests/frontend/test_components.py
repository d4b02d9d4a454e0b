"""What keeps the page safe and whole, read from the components' own files."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

FRONTEND = Path(__file__).resolve().parents[2] / "frontend"
SCRIPTS = sorted(FRONTEND.rglob("*.js"))
STYLES = sorted(FRONTEND.rglob("*.css"))
MODULES = sorted(FRONTEND.rglob("*.py"))


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda p: p.parent.name)
def test_no_script_puts_data_into_the_page_as_markup(path: Path) -> None:
    source = path.read_text("utf-8")
    for way in ("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval("):
        assert way not in source


@pytest.mark.parametrize("path", SCRIPTS + STYLES, ids=lambda p: f"{p.parent.name}-{p.name}")
def test_nothing_is_loaded_from_elsewhere(path: Path) -> None:
    urls = re.findall(r"https?://[^\s\"'`)]+", path.read_text("utf-8"))
    assert set(urls) <= {"http://www.w3.org/2000/svg"}


@pytest.mark.parametrize("path", MODULES, ids=lambda p: p.stem)
def test_the_page_never_imports_the_backend(path: Path) -> None:
    assert not re.search(r"^\s*(from|import) (backend|ray)\b", path.read_text("utf-8"), re.M)


def test_only_the_client_calls_the_backend() -> None:
    callers = [
        path.name
        for path in MODULES
        if re.search(
            r"^\s*(from|import) (requests|httpx|urllib3|aiohttp)\b", path.read_text(), re.M
        )
    ]
    assert callers == ["api.py"]


@pytest.mark.parametrize(
    "hook",
    ["movie-card", "starter-card", "mix", "liked", "deployment", "undo", "reset", "backend-state"],
)
def test_the_hooks_of_the_page_are_in_its_scripts(hook: str) -> None:
    assert any(f'"{hook}"' in path.read_text("utf-8") for path in SCRIPTS)
