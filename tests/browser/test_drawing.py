"""The numbers of a chart of bars, as a table that the page makes of what the bars say."""

from datetime import date
from pathlib import Path

from playwright.sync_api import Browser, Page

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
