"""From a click on a card until the new cards are painted, ours beside a grid that only reruns."""

from __future__ import annotations

import statistics

from playwright.sync_api import Page

from benchmarks.figures import Report, percentile
from benchmarks.page import CARD, browser, click_ms, open_page
from benchmarks.session import Bench, running

P50_GOAL, P95_GOAL = 1.4, 2.0
# A person looks at the cards before the next click; a page that is still at work counts.
_PAUSE_MS = 600
_CARDS = 8
OURS, FLOOR = "ours", "(e) empty grid"


def measure(bench: Bench) -> Report:
    """Clicks in turns; a full run again with a second browser open beside it."""
    report = Report()
    ours = bench.ours()
    clicks = bench.rounds(12, 40)
    floor = bench.baseline(FLOOR, "empty_grid", serve=False)
    with running([floor]), browser() as chromium:
        pages = {
            OURS: _begun(open_page(chromium, f"http://127.0.0.1:{ours.ui_port}")),
            FLOOR: open_page(chromium, f"http://127.0.0.1:{floor.port}"),
        }
        _tell(report, "", _clicks(pages, clicks))
        if not bench.quick:
            with_second = chromium.new_context().new_page()
            with_second.goto(f"http://127.0.0.1:{ours.ui_port}")
            _begun(with_second)
            _tell(report, ", a second page open", _clicks(pages, clicks))
    return report


def _begun(page: Page) -> Page:
    page.locator("[data-testid=starter-card]").first.click()
    page.wait_for_selector(CARD)
    return page


def _clicks(pages: dict[str, Page], clicks: int) -> dict[str, list[float]]:
    found: dict[str, list[float]] = {name: [] for name in pages}
    for page in pages.values():
        page.wait_for_selector(CARD)
        page.wait_for_timeout(_PAUSE_MS)
        click_ms(page, 0)
    for turn in range(clicks):
        for name, page in pages.items():
            page.bring_to_front()
            page.wait_for_timeout(_PAUSE_MS)
            found[name].append(click_ms(page, turn % _CARDS))
    return found


def _tell(report: Report, what: str, found: dict[str, list[float]]) -> None:
    p50 = {name: statistics.median(times) for name, times in found.items()}
    p95 = {name: percentile(times, 0.95) for name, times in found.items()}
    for name, times in found.items():
        report.figure(f"{name}: click to new cards{what}", "ms", times)
        report.figure(f"{name}: p95 of that", "ms", [p95[name]])
    half = report.ratio(f"click p50: ours / (e){what}", [p50[OURS]], [p50[FLOOR]])
    most = report.ratio(f"click p95: ours / (e){what}", [p95[OURS]], [p95[FLOOR]])
    report.at_most(f"click p50, ours / floor (e){what}", half.value, P50_GOAL)
    report.at_most(f"click p95, ours / floor (e){what}", most.value, P95_GOAL)
