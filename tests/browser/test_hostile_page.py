"""A catalogue whose every text tries to be a script: it is shown as text, and nothing runs."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect, sync_playwright

from backend.settings import REPOSITORY
from tests.system import System

pytestmark = [pytest.mark.cluster, pytest.mark.browser]

DEADLINE_MS = 30_000
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]
ATTACK = "<img src=x onerror=window.attacked=1>"
DECADES = ("1920s", "1930s")


def hostile(text: str) -> str:
    """A file of film records with the attack in titles, names, keywords and synopses."""
    text = re.sub(r'^(title = ")', rf"\g<1>{ATTACK}", text, flags=re.M)
    text = re.sub(r'^((?:directors|cast) = \[")', rf"\g<1>{ATTACK}", text, flags=re.M)
    text = re.sub(r'^(keywords = \[\n  ")', rf"\g<1>{ATTACK}", text, flags=re.M)
    return re.sub(r'^(synopsis = """\n)', rf"\g<1>{ATTACK} ", text, flags=re.M)


@pytest.fixture(scope="module")
def attacked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[System]:
    folder: Path = tmp_path_factory.mktemp("films")
    for decade in DECADES:
        text = (REPOSITORY / f"data/films/{decade}.toml").read_text()
        (folder / f"{decade}.toml").write_text(hostile(text))
    running = System(tmp_path_factory.mktemp("attacked"))
    running.environment["FILMS_DIR"] = str(folder)
    try:
        running.start()
        yield running
    finally:
        running.stop()


def test_no_text_of_a_film_runs_on_the_page(attacked: System) -> None:
    path = os.environ.get("BROWSER_PATH") or None
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        page = browser.new_page(viewport={"width": 1920, "height": 1080})
        page.set_default_timeout(DEADLINE_MS)
        page.goto(attacked.ui)
        starter = page.locator("[data-testid=starter-card]").first
        expect(starter).to_be_visible(timeout=DEADLINE_MS)
        starter.click()
        cards = page.locator("button[data-testid=movie-card]")
        expect(cards.first).to_be_visible(timeout=DEADLINE_MS)
        for number in range(3):
            cards.nth(number).hover()
        before = cards.first.get_attribute("data-ranking-id")
        cards.first.click()
        expect(cards.first).not_to_have_attribute("data-ranking-id", before or "")
        expect(cards.first).to_contain_text("<img src=x")
        assert page.locator("img[src=x]").count() == 0
        assert page.evaluate("window.attacked") is None
        # A drawing opened by itself is a document too.
        film = attacked.get("/rec/movies", limit=1).json()["movies"][0]["id"]
        page.goto(f"{attacked.api}/rec/posters/{film}.svg")
        assert page.evaluate("window.attacked") is None
        browser.close()
