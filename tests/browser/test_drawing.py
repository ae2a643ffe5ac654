"""The drawing in the page: its bars as a table too; one that comes late, or not at all."""

import re
from datetime import date
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, expect
from tests.browser.line import kept_back

from onrecord.exporters.timeline import Words, draw_bins
from onrecord.snapshot.bins import Bin, Bins, Lane

HOSTILE = '<b>R&D</b>: "x" (2)'
LANES = (
    Lane("report", 13, (Bin(date(2017, 1, 1), date(2017, 12, 31), 12, 3),
                        Bin(date(2018, 1, 1), date(2018, 12, 31), 1, 1))),
    Lane(HOSTILE, 1_234, (Bin(date(2018, 1, 1), date(2018, 12, 31), 1_234, 0),)),
)  # fmt: skip
DRAW = """async ([module, address]) => {
  const { default: draw } = await import(module);
  const parentElement = document.querySelector("main");
  await draw({ parentElement, data: { address, name: "Chart.", chosen: "", lanes: "Actor" } });
}"""


def _svg() -> str:
    words = Words(
        {HOSTILE: HOSTILE}, narrower=lambda lane, each: f"/?actor=x&from={each.start}&n={lane.events}"
    )
    drawing = draw_bins(Bins("actor", "year", date(2017, 1, 1), date(2018, 12, 31), LANES), words)
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9" role="group">{drawing.body}</svg>'


def _serve(page: Page, path: str, body: str, media: str) -> None:
    page.route(f"http://drawing.test{path}", lambda route: route.fulfill(body=body, content_type=media))


def test_the_bars_of_a_chart_are_a_table_too(browser: Browser, repo: Path) -> None:
    page = browser.new_page()
    _serve(page, "/", "<main></main>", "text/html")
    _serve(
        page,
        "/drawing.js",
        (repo / "app/components/drawing.js").read_text(encoding="utf-8"),
        "text/javascript",
    )
    _serve(page, "/drawing.svg", _svg(), "image/svg+xml")
    page.goto("http://drawing.test/")
    page.evaluate(DRAW, ["/drawing.js", "/drawing.svg"])
    assert page.locator("table").count() == 0  # made when it is opened
    page.get_by_text("The numbers of the chart as a table").click()
    page.wait_for_selector("table")
    rows = page.locator("tr").evaluate_all("rows => rows.map(row => [...row.cells].map(c => c.textContent))")
    assert rows == [
        ["Actor", "When", "Events"],
        ["report", "2017", "12 events possible, 3 for sure"],
        ["report", "2018", "1 event"],
        [HOSTILE, "2018", "1,234 events possible, 0 for sure"],
    ]
    link = page.locator("td a").first
    assert link.get_attribute("href") == "/?actor=x&from=2017-01-01&n=13"
    assert link.get_attribute("aria-label") == "report, 2017: 12 events possible, 3 for sure"
    page.close()


def _choose(page: Page) -> str:
    """Chooses the first event of the list; its slug."""
    link = page.locator(".or-list li a").first
    slug = str(link.get_attribute("href")).partition("event=")[2]
    link.click()
    return slug


def _refused(visit: Any) -> None:
    """Drawings that did not come are all that the console reports."""
    assert visit.errors
    assert all("drawing" in error for error in visit.errors), visit.errors
    visit.errors.clear()


def test_an_event_chosen_while_the_chart_is_fetched_is_marked_in_it(visit: Any) -> None:
    held = kept_back(visit.page, "**/drawing/**")
    with visit.page.expect_request("**/drawing/**"):
        page = visit.open("/")
    slug = _choose(page)
    expect(page.locator("#chosen h1")).to_be_focused()
    visit.drawn()
    held[0].continue_()
    expect(page.locator(".or-mark.or-picked")).to_have_count(1)
    expect(page.locator(".or-picked")).to_have_attribute("href", re.compile(f"event={slug}$"))


def test_a_chart_that_fails_late_leaves_the_one_that_was_asked_for_since(visit: Any) -> None:
    held = kept_back(visit.page, re.compile("/drawing/(?!.*from=)"))
    with visit.page.expect_request("**/drawing/**"):
        page = visit.open("/")
    page.get_by_label("From", exact=True).fill("2018")
    page.keyboard.press("Enter")
    newer = page.locator(".or-drawing svg")
    expect(newer).to_be_visible()
    with page.expect_event("requestfailed"):
        held[0].abort()
    visit.drawn()
    # What the page does with the failure is done when an answer after it has been dealt with.
    page.evaluate("fetch('/limits').then(answer => answer.text())")
    expect(newer).to_be_visible()
    expect(page.get_by_role("alert")).to_have_count(0)
    _refused(visit)


def test_a_chart_that_failed_is_tried_again(visit: Any) -> None:
    visit.page.route("**/drawing/**", lambda route: route.abort())
    page = visit.open("/")
    expect(page.get_by_role("alert")).to_have_text(
        "The chart could not be loaded; the list below holds the same events."
    )
    page.unroute("**/drawing/**")
    _choose(page)
    expect(page.locator(".or-mark.or-picked")).to_have_count(1)
    expect(page.get_by_role("alert")).to_have_count(0)
    _refused(visit)
