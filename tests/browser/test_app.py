"""The app in a real browser: addresses, keyboard, nothing from elsewhere, no barrier.

Every test also asserts that nothing was fetched from another origin and that the console reports no error
(`visit` in conftest.py does).
"""

import re
from typing import Any

import pytest
from playwright.sync_api import expect
from tests.browser.barriers import NARROW, serious, widest

OPENED = {
    "/": ".or-drawing svg",
    "/?event=sharing-restriction-announced&view=list": ".or-event",
    "/said?speaker=margot-james": ".or-speaker",
}
"""Opened in the dark or in a narrow window, with what each shows at last; the states of all pages are tested
where they change to it."""


def test_a_deep_link_restores_the_state_it_names(visit: Any) -> None:
    page = visit.open("/?actor=margot-james&from=2018-05&view=list&event=sharing-restriction-announced")
    expect(page.get_by_role("heading", level=1)).to_contain_text("A minister tells the Commons")
    expect(page.get_by_label("From")).to_have_value("2018-05")
    expect(page.get_by_label("Actor")).to_have_value(re.compile(r"Margot James \(\d+\)"))
    expect(page.get_by_role("radio", name="List", exact=True)).to_be_checked()
    expect(page.locator(".or-current")).to_have_count(1)


def test_a_click_in_the_list_opens_the_event_and_back_closes_it(visit: Any) -> None:
    page = visit.open("/?view=list&actor=margot-james")
    page.get_by_role("region", name="List of events").get_by_role("link", name="A minister tells").click()
    expect(page).to_have_url(re.compile("event=sharing-restriction-announced"))
    expect(page.locator(".or-event")).to_contain_text("How we know")
    page.go_back()
    expect(page).not_to_have_url(re.compile("event="))
    expect(page.get_by_role("region", name="List of events")).to_be_visible()
    expect(page.locator(".or-event")).to_have_count(0)
    expect(page.get_by_label("Actor")).to_have_value(re.compile(r"Margot James \(\d+\)"))
    page.go_forward()
    expect(page.locator(".or-event")).to_contain_text("How we know")


def test_back_and_forward_walk_through_filters(visit: Any) -> None:
    page = visit.open("/?view=list")
    count = page.locator(".or-count b").first
    whole = count.inner_text()
    page.get_by_label("From").fill("2018-11")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("from=2018-11"))
    expect(count).not_to_have_text(whole)
    page.go_back()
    expect(page.get_by_label("From")).to_have_value("")
    expect(count).to_have_text(whole)
    page.go_forward()
    expect(page.get_by_label("From")).to_have_value("2018-11")


def test_pages_keep_their_filters_on_the_way_back(visit: Any) -> None:
    page = visit.open("/said?speaker=margot-james&q=immediate")
    page.get_by_role("link", name="Query", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Query")
    page.go_back()
    expect(page.get_by_label("Words", exact=True)).to_have_value("immediate")
    expect(page.locator(".or-speaker").first).to_have_text("Margot James")


def test_a_mark_of_the_chart_says_what_it_is_and_opens_its_event(visit: Any) -> None:
    page = visit.open("/")
    mark = page.locator('[aria-label*="The memorandum takes effect"]').last
    expect(mark).to_have_attribute(
        "aria-label", re.compile(r"Entry into effect: .*1 January 2017 \(from outside the sources\)\.")
    )
    mark.click()
    expect(page).to_have_url(re.compile("event=mou-takes-effect"))
    expect(page.locator(".or-event h1")).to_have_text("The memorandum takes effect")


def test_an_event_can_be_reached_and_left_by_keyboard_alone(visit: Any) -> None:
    page = visit.open("/?view=list&kind=debate")
    for _ in range(60):
        page.keyboard.press("Tab")
        if "kind=debate" in (page.evaluate("document.activeElement.getAttribute('href')") or ""):
            break
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline != "none"  # the focus can be seen
    page.keyboard.press("Enter")
    expect(page.locator(".or-event h1")).to_contain_text("debates")
    expect(page.locator(".or-event h1")).to_be_focused()
    page.get_by_role("link", name="Close").focus()
    page.keyboard.press("Enter")
    expect(page).not_to_have_url(re.compile("event="))
    expect(page.get_by_role("region", name="List of events")).to_be_visible()
    expect(page.locator(".or-event")).to_have_count(0)


def opened(visit: Any, address: str) -> Any:
    """The page of an address of `OPENED` with all that it shows."""
    page = visit.open(address)
    page.wait_for_selector(OPENED[address])
    return page


@pytest.mark.parametrize("visit", ["dark"], indirect=True)
def test_a_page_opened_in_the_dark_theme_has_no_serious_barrier(visit: Any) -> None:
    found = {address: serious(opened(visit, address)) for address in OPENED}
    assert not any(found.values()), found


def test_a_page_opened_in_a_narrow_window_needs_no_sideways_scrolling(visit: Any) -> None:
    visit.page.set_viewport_size({"width": NARROW, "height": 900})
    assert {address: widest(opened(visit, address)) for address in OPENED} == dict.fromkeys(OPENED, NARROW)


def test_an_unknown_page_is_told_with_what_may_be_meant(visit: Any) -> None:
    answer = visit.page.goto(visit.origin + "/sadi")
    assert answer.status == 404
    assert [text for text in visit.errors if "/sadi" not in text] == []
    visit.errors.clear()  # the browser reports each 404
    assert not serious(visit.page)
    visit.page.get_by_role("paragraph").get_by_role("link", name="Who said what").click()
    visit.drawn()
    expect(visit.page.get_by_role("heading", level=1)).to_have_text("Who said what")


def test_without_script_a_page_says_where_the_record_is(browser: Any, served: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(served + "/said")
    expect(page).to_have_title("Who said what · onrecord")
    with page.expect_response("**/export/embed-timeline") as told:
        page.get_by_role("link", name="the timeline").click()
    assert told.value.status == 200
    context.close()
