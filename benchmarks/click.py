"""How long from a click on a card to the new cards on the page, in a real browser?

Needs the running system (`scripts/start_all.sh --detach`) and Chromium (`BROWSER_PATH`).

    .venv/bin/python -m benchmarks.click
"""

from __future__ import annotations

import os
import shutil
import statistics
import time

from playwright.sync_api import sync_playwright

CLICKS = 25
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]
CARD = "[data-testid=movie-card]"


def main() -> None:
    """Print median and p95 over the clicks."""
    path = os.environ.get("BROWSER_PATH") or shutil.which("chromium")
    times = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        page = browser.new_page(viewport={"width": 1920, "height": 1080})
        page.goto(f"http://127.0.0.1:{os.environ.get('UI_PORT', '8501')}")
        page.locator("[data-testid=starter-card]").first.click()
        page.wait_for_selector(CARD)
        for turn in range(CLICKS):
            page.wait_for_timeout(800)
            before = page.locator(CARD).first.get_attribute("data-ranking-id")
            card = page.locator(CARD).nth(turn % 8)
            started = time.perf_counter()
            card.click()
            while page.locator(CARD).first.get_attribute("data-ranking-id") == before:
                if time.perf_counter() - started > 30:
                    raise SystemExit("no new cards within 30 s")
                time.sleep(0.004)
            times.append((time.perf_counter() - started) * 1000)
        browser.close()
    times.sort()
    print(
        f"{CLICKS} clicks: median {statistics.median(times):.0f} ms, "
        f"p95 {times[int(0.95 * CLICKS)]:.0f} ms"
    )


if __name__ == "__main__":
    main()
