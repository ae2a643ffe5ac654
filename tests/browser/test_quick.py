"""A reader who is quicker than the line: what was done last stands, and nothing before it is lost.

Each test acts without waiting for the page, and each message of the server takes its time.
"""

import re
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from playwright.sync_api import Page, Route, WebSocketRoute, expect
from tests.browser.line import quiet, slow


@pytest.fixture
def quick(visit: Any) -> Any:
    """A tab whose server is heard late."""
    slow(visit.page, 40)
    visit.page.set_viewport_size({"width": 1280, "height": 4000})  # an open menu closes when the page scrolls
    return visit


def settled(visit: Any, **asked: str) -> None:
    """The address asks for this and no more, and still does when the line is quiet."""
    told = re.compile(f"/{''.join(rf'(?=.*[?&]{name}={value}(&|$))' for name, value in asked.items())}")
    expect(visit.page).to_have_url(told)
    quiet(visit.page)
    assert dict(parse_qsl(urlsplit(visit.page.url).query)) == asked
    visit.drawn()


def unheard(page: Page) -> None:
    """Waits until the server has answered, and its page has heard the beginning of it at most."""
    page.wait_for_function("() => window.line.waiting > 5")


def written(page: Page, field: str, value: str) -> None:
    """Writes into a field and sends it."""
    page.get_by_label(field, exact=True).fill(value)
    page.keyboard.press("Enter")


def chosen(page: Page, menu: str, option: str) -> None:
    """Takes the first option of a menu that holds some words."""
    page.get_by_role("combobox", name=menu).click()
    page.keyboard.type(option)
    page.get_by_role("option").filter(has_text=option).first.click()


def test_views_and_a_date(quick: Any) -> None:
    page = quick.open("/")
    for view in ("List", "Story", "Chart"):
        page.get_by_text(view, exact=True).click()
    written(page, "From", "2018-03")
    settled(quick, **{"from": "2018-03"})
    expect(page.get_by_role("radio", name="Chart", exact=True)).to_be_checked()


def test_one_field_twice_and_then_the_other(quick: Any) -> None:
    page = quick.open("/")
    for value in ("2016", "2017", "2018"):
        written(page, "From", value)
    written(page, "To", "2018-10")
    settled(quick, **{"from": "2018", "to": "2018-10"})
    expect(page.get_by_label("From", exact=True)).to_have_value("2018")


def test_two_menus_whose_numbers_change(quick: Any) -> None:
    page = quick.open("/")
    chosen(page, "Source", "PublicTechnology")
    chosen(page, "Actor", "Home Office")
    chosen(page, "Kind", "Data request")
    settled(quick, source="publictechnology", actor="home-office", kind="data-request")
    for menu, said in (("Actor", "Home Office"), ("Kind", "Data request"), ("Source", "PublicTechnology")):
        expect(page.get_by_role("combobox", name=menu)).to_have_value(re.compile(said))


def test_filters_of_quotations(quick: Any) -> None:
    page = quick.open("/said?organisation=home-office&page=2")
    chosen(page, "How it is told", "Verbatim (")
    written(page, "From", "2017")
    written(page, "To", "2018-06")
    settled(quick, **{"organisation": "home-office", "mode": "direct", "from": "2017", "to": "2018-06"})


def test_a_day_and_an_account(quick: Any) -> None:
    instrument = "nhs-digital-home-office-mou"
    page = quick.open(f"/status?instrument={instrument}")
    written(page, "On this day", "2018-06-01")
    chosen(page, "According to", "GPonline")
    settled(quick, **{"instrument": instrument, "date": "2018-06-01", "according-to": "gponline"})


def test_what_is_filled_into_a_question_survives_what_else_is_done(quick: Any) -> None:
    page = quick.open("/query?question=counts&by=source")
    chosen(page, "Speaker", "Margot James")
    page.get_by_label("From", exact=True).fill("2018")
    page.locator("[role=radiogroup]").get_by_text("Table", exact=True).click()
    settled(quick, question="counts", by="source", view="table")
    expect(page.get_by_label("From", exact=True)).to_have_value("2018")
    expect(page.get_by_role("combobox", name="Speaker")).to_have_value(re.compile("Margot James"))


@pytest.mark.parametrize("view", ["list", "story", "chart"])
def test_a_filter_and_an_event_that_still_stands_there(quick: Any, view: str) -> None:
    page = quick.open(f"/?view={view}" if view != "chart" else "/")
    shown = page.locator(f".or-{view}" if view != "chart" else ".or-drawing")
    event = shown.locator("a[href$='event=withdrawal-confirmed']").first
    event.wait_for()
    written(page, "From", "2018")
    event.click()
    kept = {} if view == "chart" else {"view": view}
    settled(quick, **kept, **{"from": "2018", "event": "withdrawal-confirmed"})


def test_an_event_that_is_closed_as_soon_as_it_can_be(quick: Any) -> None:
    page = quick.open("/?view=list&kind=response")
    page.get_by_role("region", name="List of events").get_by_role("link").first.click()
    page.get_by_role("link", name="Close").click()
    expect(page.locator("#chosen")).to_have_count(0)
    settled(quick, view="list", kind="response")


def test_two_filters_that_are_removed_one_after_the_other(quick: Any) -> None:
    page = quick.open("/?kind=response&source=gponline&view=list")
    page.get_by_role("link", name="Kind: Response").click()
    unheard(page)
    page.get_by_role("link", name="Source: GPonline").click()
    settled(quick, view="list")
    expect(page.get_by_role("combobox", name="Kind")).to_have_value("Any")
    expect(page.get_by_role("combobox", name="Source")).to_have_value("Any")


def test_back_and_an_event_at_once(quick: Any) -> None:
    page = quick.open("/?view=list")
    chosen(page, "Kind", "Response")
    settled(quick, view="list", kind="response")
    page.go_back()
    unheard(page)
    page.locator(".or-list a[href*='event=']").first.click()
    expect(page.locator("#chosen")).to_be_visible()
    quiet(page)
    assert "kind" not in page.url
    expect(page.get_by_role("combobox", name="Kind")).to_have_value("Any")


@pytest.mark.parametrize("way", ["Clear all filters", "Timeline"])
def test_a_date_and_the_way_to_everything(quick: Any, way: str) -> None:
    page = quick.open("/?kind=response")
    page.get_by_label("From", exact=True).fill("2018")
    page.get_by_role("link", name=way, exact=True).click()
    settled(quick)
    expect(page.get_by_label("From", exact=True)).to_have_value("")


def test_an_event_does_not_take_the_focus_from_who_writes(quick: Any) -> None:
    page = quick.open("/?view=list")
    page.locator(".or-list a[href*='event=']").first.click()
    words = page.get_by_label("Words", exact=True)
    words.press_sequentially("immediate")
    expect(page.locator("#chosen h1")).to_be_visible()
    quiet(page)
    expect(words).to_be_focused()
    expect(words).to_have_value("immediate")
    assert "q=" not in page.url


def test_an_event_that_a_filter_closes_does_not_take_the_focus(quick: Any) -> None:
    page = quick.open("/?view=list&event=withdrawal-confirmed")
    expect(page.locator("#chosen")).to_be_visible()
    written(page, "From", "2016")
    expect(page.locator("#chosen")).to_have_count(0)
    quiet(page)
    expect(page.get_by_label("From", exact=True)).to_be_focused()


def test_a_link_without_a_line_to_the_server_loads_the_page(visit: Any) -> None:
    page, lines = visit.page, []

    def joined(line: WebSocketRoute) -> None:
        line.connect_to_server()
        lines.append(line)

    def lost(route: Route) -> None:
        if lines and "event=" not in page.url:
            route.abort()  # so that the line is not joined again before the link is followed
        else:
            route.continue_()

    page.route_web_socket("**/_stcore/stream", joined)
    page.route("**/_stcore/h*", lost)
    visit.open("/?view=list")
    lines[0].close()
    expect(page.locator('[data-test-connection-state="CONNECTED"]')).to_have_count(0)
    page.locator(".or-list a[href$='event=withdrawal-confirmed']").first.click()
    expect(page.locator("#chosen")).to_be_visible()
    assert parse_qsl(urlsplit(page.url).query) == [("view", "list"), ("event", "withdrawal-confirmed")]
    assert all("/_stcore/h" in error for error in visit.errors)
    visit.errors.clear()  # the browser tells of the server that it did not reach
