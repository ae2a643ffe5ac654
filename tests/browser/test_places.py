"""What a page shows keeps its place: at no moment, however slow the line, is a part there twice.

A run of a page arrives as many messages. Here each arrives alone, as on a slow line or a busy machine, and
the page is looked at after every change.
"""

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from tests.browser.line import slow

WATCH = """() => {
  const named = (each) => each.getAttribute("aria-label") ?? each.textContent.trim().replace(/\\d+/g, "N");
  const parts = "h1, h2, section, nav, table, .or-drawing, .or-picture, .or-editor, [id]:not([id=''])";
  const look = () => {
    const seen = {};
    for (const each of document.querySelectorAll(`.stMain :is(${parts})`)) {
      if (each.closest("svg, .stTooltipIcon, [data-retained]")) continue;
      const said = each.localName === "h1" ? "" : each.id || named(each).slice(0, 60);
      const kind = `${each.localName} ${said}`;
      seen[kind] = (seen[kind] ?? 0) + 1;
    }
    for (const [kind, count] of Object.entries(seen)) {
      if (count > 1 && !window.twice.includes(kind)) window.twice.push(kind);
    }
    window.looked += 1;
  };
  window.twice = [];
  window.looked = 0;
  look();
  new MutationObserver(look).observe(document.body, { childList: true, subtree: true, characterData: true });
}"""
"""From now on each part that is there twice after any change of the page is noted."""


def watched(visit: Any, address: str) -> Page:
    """The page, drawn, on a slow line and watched."""
    slow(visit.page, 12)
    visit.page.set_viewport_size({"width": 1280, "height": 4000})  # an open menu closes when the page scrolls
    page: Page = visit.open(address)
    page.evaluate(WATCH)
    assert page.evaluate("window.twice") == []
    return page


def once(visit: Any, page: Page) -> None:
    """Nothing was there twice while the page changed."""
    visit.drawn()
    assert page.evaluate("window.looked") > 1, "the page did not change"
    assert page.evaluate("window.twice") == []


def walk(visit: Any, page: Page, views: tuple[str, ...]) -> None:
    """Chooses one view after the other."""
    for view in views:
        before = page.url
        page.get_by_text(view, exact=True).click()
        expect(page).not_to_have_url(before)
        expect(page.get_by_role("radio", name=view, exact=True)).to_be_checked()
        visit.drawn()


def test_an_event_comes_and_goes_and_the_list_stays(visit: Any) -> None:
    page = watched(visit, "/?view=list")
    listed = page.get_by_role("region", name="List of events")
    listed.get_by_role("link", name="The House of Commons debates").click()
    expect(page.locator("#chosen h1")).to_contain_text("The House of Commons debates")
    page.get_by_role("navigation", name="Chosen event").get_by_role("link", name="Later ›").click()
    expect(page.locator("#chosen h1")).not_to_contain_text("The House of Commons debates")
    page.get_by_role("link", name="Close").click()
    expect(page.locator("#chosen")).to_have_count(0)
    once(visit, page)


def test_views_and_filters_of_the_timeline_change_where_they_stand(visit: Any) -> None:
    page = watched(visit, "/")
    walk(visit, page, ("List", "Story", "Chart"))
    for start in ("2018-11", "2030", "never", ""):
        page.get_by_label("From", exact=True).fill(start)
        page.keyboard.press("Enter")
        expect(page).to_have_url(f"{visit.origin}/" + (f"?from={start}" if start else ""))
        visit.drawn()
    once(visit, page)


@pytest.mark.parametrize(
    ("address", "field", "values"),
    [
        ("/said", "From", ("2018-11", "2030", "never", "")),
        (
            "/status?instrument=nhs-digital-home-office-mou",
            "On this day",
            ("2018-06-01", "1900", "never", ""),
        ),
    ],
)
def test_what_a_field_changes_is_replaced(
    visit: Any, address: str, field: str, values: tuple[str, ...]
) -> None:
    page = watched(visit, address)
    for value in values:
        page.get_by_label(field, exact=True).fill(value)
        page.keyboard.press("Enter")
        expect(page).to_have_url(re.compile(f"={value}$" if value else f"{re.escape(address)}$"))
        visit.drawn()
    once(visit, page)


@pytest.mark.parametrize(
    ("address", "menu"),
    [
        ("/disagreements", "How they differ"),
        ("/network", "Around"),
        ("/network?id=mrn-email", "Lead to"),
    ],
)
def test_what_a_menu_changes_is_replaced(visit: Any, address: str, menu: str) -> None:
    page = watched(visit, address)
    box = page.get_by_role("combobox", name=menu)
    before = box.input_value()
    box.click()
    page.get_by_role("option").nth(1).click()
    expect(page).not_to_have_url(visit.origin + address)
    visit.drawn()
    page.go_back()
    expect(box).to_have_value(before)
    once(visit, page)


def test_answers_of_queries_change_where_they_stand(visit: Any) -> None:
    page = watched(visit, "/query")
    field = page.get_by_role("textbox", name="SPARQL query")
    for text, said in (
        ("ASK { }", "The answer is yes."),
        ("SELECT ?s { ?s a }", ""),
        ("SELECT ?s { ?s ?p 'x' }", "0 rows, the whole answer"),
    ):
        field.click()
        page.keyboard.press("Control+a")
        page.keyboard.insert_text(text)
        page.keyboard.press("Control+Enter")
        if said:
            expect(page.locator(".or-count").first).to_have_text(said)
        else:
            expect(page.get_by_role("alert")).to_be_visible()
        visit.drawn()
    page.go_back()
    expect(page.get_by_role("alert")).to_be_visible()
    once(visit, page)


def test_a_chart_of_an_answer_goes_and_its_table_stays(visit: Any) -> None:
    page = watched(visit, "/query?saved=statements-by-month")
    walk(visit, page, ("Table", "As sent", "Chart"))
    once(visit, page)
