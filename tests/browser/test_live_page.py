"""The main path in a real browser: begin, like, see chart and cards follow, undo, reload."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect, sync_playwright

from tests.system import System, wait_for

pytestmark = [pytest.mark.cluster, pytest.mark.browser]

# How long a person would wait before calling it broken; the tests measure nothing.
DEADLINE_MS = 30_000
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    path = os.environ.get("BROWSER_PATH") or None
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture
def page(browser: Browser, system: System) -> Iterator[Page]:
    """A page of its own context; a script error fails the test."""
    context = browser.new_context(viewport={"width": 1920, "height": 1080})
    context.set_default_timeout(DEADLINE_MS)
    opened = context.new_page()
    errors: list[str] = []
    opened.on("pageerror", lambda error: errors.append(str(error)))
    opened.goto(system.ui)
    yield opened
    context.close()
    assert errors == []


def cards(page: Page, source: str | None = None) -> Locator:
    wanted = f"[data-source={source}]" if source else ""
    return page.locator(f"button[data-testid=movie-card]{wanted}")


def share(page: Page, source: str) -> float:
    value = page.locator("[data-testid=mix]").get_attribute(f"data-{source}")
    assert value is not None
    return float(value)


def ranking_id(page: Page) -> str:
    value = cards(page).first.get_attribute("data-ranking-id")
    assert value is not None
    return value


def like(page: Page, source: str) -> str:
    """Like the first card of a source; its film, once the new cards are there."""
    before = ranking_id(page)
    card = cards(page, source).first
    film = card.get_attribute("data-movie-id")
    assert film is not None
    card.click()
    expect(page.locator("[data-testid=liked]")).to_have_attribute(
        "data-movie-id", film, timeout=DEADLINE_MS
    )
    expect(cards(page).first).not_to_have_attribute("data-ranking-id", before, timeout=DEADLINE_MS)
    return film


def begin(page: Page) -> None:
    page.locator("[data-testid=starter-card]").first.click()
    expect(cards(page)).to_have_count(10, timeout=DEADLINE_MS)


def test_five_colour_likes_move_chart_and_cards_and_survive_a_reload(page):
    begin(page)
    assert share(page, "color") == pytest.approx(0.5)
    shares, liked = [0.5], []
    for _ in range(5):
        liked.append(like(page, "color"))
        shares.append(share(page, "color"))
    assert shares == sorted(set(shares))
    assert share(page, "color") + share(page, "plot") == pytest.approx(1, abs=0.02)
    assert cards(page, "color").count() >= 7

    # The cards show what was liked no more.
    on_screen = [card.get_attribute("data-movie-id") for card in cards(page).all()]
    assert not set(liked) & set(on_screen)

    page.locator("[data-testid=undo]").click()
    expect(page.locator("[data-testid=liked]")).to_have_attribute(
        "data-movie-id", liked[3], timeout=DEADLINE_MS
    )
    expect(page.locator("[data-testid=mix]")).to_have_attribute(
        "data-color", re.compile(rf"^{shares[4]:.2f}"), timeout=DEADLINE_MS
    )

    before = ranking_id(page)
    films = [card.get_attribute("data-movie-id") for card in cards(page).all()]
    page.reload()
    expect(cards(page)).to_have_count(10, timeout=DEADLINE_MS)
    assert ranking_id(page) == before
    assert [card.get_attribute("data-movie-id") for card in cards(page).all()] == films
    assert share(page, "color") == pytest.approx(shares[4], abs=0.01)


def test_a_number_key_likes_its_card(page):
    begin(page)
    film = cards(page).nth(2).get_attribute("data-movie-id")
    assert cards(page).nth(2).get_attribute("data-position") == "3"
    page.keyboard.press("3")
    expect(page.locator("[data-testid=liked]")).to_have_attribute(
        "data-movie-id", film, timeout=DEADLINE_MS
    )


def test_enter_likes_the_focused_card_and_reset_begins_anew(page):
    begin(page)
    card = cards(page).nth(4)
    film = card.get_attribute("data-movie-id")
    card.focus()
    page.keyboard.press("Enter")
    expect(page.locator("[data-testid=liked]")).to_have_attribute(
        "data-movie-id", film, timeout=DEADLINE_MS
    )
    page.locator("[data-testid=reset]").click()
    expect(page.locator("[data-testid=starter-card]").first).to_be_visible(timeout=DEADLINE_MS)
    expect(cards(page)).to_have_count(0, timeout=DEADLINE_MS)


def test_the_focus_stays_on_undo_while_there_is_something_to_undo(page):
    begin(page)
    first, second = like(page, "color"), like(page, "plot")
    undo, liked = page.locator("[data-testid=undo]"), page.locator("[data-testid=liked]")
    assert first != second
    undo.focus()
    page.keyboard.press("Enter")
    expect(liked).to_have_attribute("data-movie-id", first, timeout=DEADLINE_MS)
    expect(undo).to_be_enabled(timeout=DEADLINE_MS)
    expect(undo).to_be_focused(timeout=DEADLINE_MS)
    page.keyboard.press("Enter")
    expect(undo).to_be_disabled(timeout=DEADLINE_MS)
    expect(page.locator("[data-testid=reset]")).to_be_focused(timeout=DEADLINE_MS)


# Focuses Undo in the very moment in which the new cards are drawn; asked again later, it tells
# whether it still has the focus.
LEAVES_THE_CARDS = """
(card) => new Promise((done, fail) => {
  const undo = () => {
    const parts = [...document.querySelectorAll("*")].map((node) => node.shadowRoot ?? node);
    return parts.map((part) => part.querySelector("[data-testid=undo]")).find(Boolean);
  };
  new MutationObserver((_, observer) => {
    observer.disconnect();
    undo().focus();
    setTimeout(() => done(undo().getRootNode().activeElement === undo()), 1000);
  }).observe(card.getRootNode(), { childList: true, subtree: true });
  setTimeout(() => fail(new Error("no new cards")), 30000);
  card.focus();
  card.click();
})
"""


def test_new_cards_leave_the_focus_where_it_went_meanwhile(page):
    begin(page)
    like(page, "color")
    assert cards(page, "plot").first.evaluate(LEAVES_THE_CARDS)


def test_cards_are_buttons_with_pictures_that_have_words(page):
    begin(page)
    for card in cards(page).all():
        assert card.evaluate("node => node.tagName") == "BUTTON"
        assert card.locator("img").first.get_attribute("alt")
        assert card.get_attribute("data-source") in {"color", "plot"}
    # It may be drawn only now.
    picture = cards(page).first.locator("img").first
    wait_for(lambda: picture.evaluate("node => node.naturalWidth") > 100, "the poster")


def test_the_strip_shows_every_deployment_and_the_backend_is_ok(page):
    begin(page)
    model = page.locator("[data-testid=deployment][data-name=ItemRankingModel]")
    expect(model).to_have_attribute("data-actual", re.compile(r"^[1-5]$"), timeout=DEADLINE_MS)
    features = page.locator("[data-testid=deployment][data-name=UserFeatureExtractor]")
    expect(features).to_have_attribute("data-actual", "2", timeout=DEADLINE_MS)
    expect(page.locator("[data-testid=backend-state]")).to_have_attribute(
        "data-state", "ok", timeout=DEADLINE_MS
    )


def test_nothing_scrolls_on_stage(page):
    begin(page)
    page.wait_for_load_state("networkidle")
    main = page.locator("[data-testid=stMain]")
    assert main.evaluate("node => node.scrollHeight <= node.clientHeight + 1")
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


@pytest.mark.parametrize(("width", "height"), [(1366, 768), (400, 850)])
def test_smaller_screens_show_ten_cards_without_scrolling_sideways(page, width, height):
    page.set_viewport_size({"width": width, "height": height})
    begin(page)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    box = cards(page).first.bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= width


def search(page: Page) -> Locator:
    return page.locator("[data-testid=search]")


def found(page: Page) -> Locator:
    return page.locator("[data-testid=suggestion]")


def test_a_story_is_searched_shown_with_its_reason_and_picked_by_keyboard(page):
    search(page).fill("heist on a train")
    wanted = page.locator("[data-movie-id=butch-cassidy-and-the-sundance-kid-1969]")
    reason = found(page).and_(wanted).locator("[data-testid=match]")
    expect(reason).to_contain_text("story: ", timeout=DEADLINE_MS)
    expect(reason).to_contain_text("train")
    page.keyboard.press("ArrowDown")
    second = found(page).nth(1)
    expect(second).to_have_attribute("aria-selected", "true")
    film = second.get_attribute("data-movie-id")
    page.keyboard.press("Enter")
    expect(page.locator("[data-testid=liked]")).to_have_attribute(
        "data-movie-id", film, timeout=DEADLINE_MS
    )
    expect(search(page)).to_have_value("")


def test_a_title_is_found_before_stories(page):
    search(page).fill("alien")
    first = found(page).first
    expect(first).to_have_attribute("data-movie-id", "alien-1979", timeout=DEADLINE_MS)
    expect(first.locator("[data-testid=match]")).to_have_text("title or name")


def test_an_empty_search_says_what_can_be_asked(page):
    search(page).click()
    example = page.locator("[data-testid=example]", has_text="grief and the sea")
    expect(example).to_be_visible(timeout=DEADLINE_MS)
    example.click()
    expect(search(page)).to_have_value("grief and the sea")
    expect(found(page).first).to_be_visible(timeout=DEADLINE_MS)
    page.keyboard.press("Escape")
    expect(page.locator(".search .list")).to_be_hidden()


def test_hostile_words_stay_words(page):
    hostile = "<img src=x onerror=zzqx()>zzgrbl"
    search(page).fill(hostile)
    expect(page.locator(".search .note")).to_contain_text(hostile, timeout=DEADLINE_MS)
    expect(page.locator("[data-testid=example]").first).to_be_visible()
    assert page.locator(".search .note img").count() == 0


def test_every_card_shows_the_colours_or_words_that_it_shares(page):
    begin(page)
    for card in cards(page, "color").all():
        expect(card.locator(".proof .pair").first).to_be_visible()
    for card in cards(page, "plot").all():
        expect(card.locator(".proof")).to_be_visible()
    card = cards(page, "color").first
    card.hover()
    why = card.locator(".why")
    expect(why).to_have_css("opacity", "1", timeout=DEADLINE_MS)
    expect(why).to_contain_text("you liked")
    pair = why.locator(".pair").first
    assert (pair.bounding_box() or {"height": 0})["height"] >= 20
    colours = pair.evaluate("n => ['--from', '--to'].map((side) => n.style.getPropertyValue(side))")
    assert all(re.fullmatch("#[0-9a-f]{6}", colour) for colour in colours)


def likes(page: Page) -> Locator:
    return page.locator("[data-testid=mix] .likes").first


def test_two_presses_of_one_card_are_one_like(page):
    begin(page)
    before = ranking_id(page)
    cards(page).nth(3).evaluate("card => { card.click(); card.click(); }")
    expect(cards(page).first).not_to_have_attribute("data-ranking-id", before, timeout=DEADLINE_MS)
    expect(likes(page)).to_have_text("1 like", timeout=DEADLINE_MS)
    cards(page).nth(1).dblclick()
    expect(likes(page)).to_have_text("2 likes", timeout=DEADLINE_MS)
    page.wait_for_load_state("networkidle")
    expect(likes(page)).to_have_text("2 likes")


def test_a_click_gets_through_by_the_script_when_its_own_request_does_not(page):
    page.route("**/press", lambda route: route.abort())
    begin(page)
    like(page, "color")
    expect(likes(page)).to_have_text("1 like", timeout=DEADLINE_MS)


def test_a_click_is_drawn_from_its_own_request_and_by_the_script_in_the_end(page):
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    begin(page)
    film = like(page, "plot")
    assert len([url for url in asked if url.endswith("/press")]) == 2
    # Only the script knows the address; a reload shows the same.
    expect(page).to_have_url(re.compile("session="), timeout=DEADLINE_MS)
    shown = ranking_id(page)
    page.reload()
    expect(page.locator("[data-testid=liked]")).to_have_attribute(
        "data-movie-id", film, timeout=DEADLINE_MS
    )
    assert ranking_id(page) == shown


def test_what_is_older_than_the_screen_is_not_drawn_over_it(page):
    with page.expect_response("**/press") as answer:
        begin(page)
    old = answer.value.json()
    like(page, "color")
    shown = ranking_id(page)
    tell = "parts => window.dispatchEvent(new CustomEvent('double-feature:parts', {detail: parts}))"
    page.evaluate(tell, old)
    assert ranking_id(page) == shown
    later = {**old["cards"], "turn": old["cards"]["turn"] + 100}
    page.evaluate(tell, {"cards": later})
    assert ranking_id(page) == old["cards"]["ranking_id"]


def test_nothing_moves_for_those_who_want_it_still(page):
    page.emulate_media(reduced_motion="reduce")
    begin(page)
    cards(page).first.evaluate("card => { window.grid = card.parentElement.parentElement; }")
    page.evaluate(
        "() => { window.moved = 0; new MutationObserver(() => {"
        " window.moved += window.grid.querySelectorAll('.ghost').length +"
        " window.grid.getAnimations({subtree: true}).length;"
        "}).observe(window.grid, {childList: true, subtree: true}); }"
    )
    like(page, "color")
    assert page.evaluate("window.moved") == 0
