"""A real Chromium, and how long from a click until what it changed is painted."""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Iterator

from playwright.sync_api import Browser, Page, sync_playwright

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]
CARD = "[data-testid=movie-card]"
DEADLINE_MS = 30_000

# In the page itself, so that no message between it and here is measured. From the click's event
# until the frame after the one in which the first card is of another ranking.
_CLICK = """
async ([card, index, deadline]) => {
  const rootOf = (root) => {
    if (root.querySelector(card)) return root;
    for (const node of root.querySelectorAll("*")) {
      const found = node.shadowRoot && rootOf(node.shadowRoot);
      if (found) return found;
    }
    return null;
  };
  // Looked for once: to search the whole page in each frame would be measured too.
  const root = rootOf(document);
  const ranking = () => root.querySelector(card)?.dataset.rankingId;
  const frame = () => new Promise(requestAnimationFrame);
  const before = ranking();
  const started = performance.now();
  root.querySelectorAll(card)[index].click();
  for (;;) {
    await frame();
    const now = ranking();
    if (now && now !== before) break;
    if (performance.now() - started > deadline) throw new Error("no new cards");
  }
  await frame();
  return performance.now() - started;
}
"""


@contextlib.contextmanager
def browser() -> Iterator[Browser]:
    """Chromium, of `BROWSER_PATH` or of the system."""
    path = os.environ.get("BROWSER_PATH") or shutil.which("chromium")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=FLAGS)
        try:
            yield chromium
        finally:
            chromium.close()


def open_page(chromium: Browser, url: str) -> Page:
    """A page of its own session, on a screen of full HD."""
    page = chromium.new_context(viewport={"width": 1920, "height": 1080}).new_page()
    page.set_default_timeout(DEADLINE_MS)
    page.goto(url)
    return page


def click_ms(page: Page, index: int) -> float:
    """Click card `index` and wait until the new cards are painted; ms as the page counts them."""
    return float(page.evaluate(_CLICK, [CARD, index, DEADLINE_MS]))
