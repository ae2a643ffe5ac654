"""The timeline in a real browser: drawing, list and story, followed without loading the page anew.

Every test also asserts that nothing was fetched from another origin and that the console reports no error.
"""

import re
from typing import Any
from xml.etree import ElementTree as ET

from playwright.sync_api import expect
from tests.browser.barriers import barriers

STATES = {
    "chart": "/",
    "by actor": "/?lanes=actor&from=2018",
    "story": "/?view=story",
    "filtered list": "/?view=list&kind=response&actor=liberty&from=2018",
    "empty": "/?kind=debate&from=2030",
    "wrong date": "/?from=2018-13",
    "event": "/?event=committee-letter-sent",
    "unknown id": "/?event=nothing-like-it",
    "code": "/?view=list&code=1&kind=debate",
}


def _same_document(page: Any) -> None:
    page.evaluate("window.loadedOnce = true")


def _still_same(page: Any) -> bool:
    return bool(page.evaluate("window.loadedOnce === true"))


def test_a_click_in_the_list_shows_the_event_without_loading_the_page(visit: Any) -> None:
    page = visit.open("/?view=list")
    _same_document(page)
    link = page.get_by_role("region", name="List of events").get_by_role(
        "link", name="The House of Commons debates"
    )
    link.click()
    heading = page.locator("#chosen h1")
    expect(heading).to_contain_text("The House of Commons debates")
    expect(heading).to_be_focused()  # a reader of screens is told where they are
    expect(heading).to_be_in_viewport()
    assert _still_same(page)
    page.get_by_role("link", name="Close").click()
    expect(page.locator("#chosen")).to_have_count(0)
    expect(link).to_be_focused()
    expect(link).to_be_in_viewport()
    assert _still_same(page)


def test_earlier_and_later_walk_through_what_the_filters_let_through(visit: Any) -> None:
    page = visit.open("/?view=list&actor=margot-james")
    places = page.locator(".or-list li a")
    labels = places.all_inner_texts()
    assert len(labels) == 3
    places.first.click()
    later = page.get_by_role("navigation", name="Chosen event").get_by_role(
        "link", name="Later ›", exact=True
    )
    for label in labels[1:]:
        later.click()
        expect(page.locator("#chosen h1")).to_have_text(label)
    expect(later).to_have_count(0)
    page.go_back()
    expect(page.locator("#chosen h1")).to_have_text(labels[1])


def test_another_page_of_the_list_is_read_from_its_beginning(visit: Any) -> None:
    page = visit.open("/?view=chart&event=committee-letter-sent")
    _same_document(page)
    page.get_by_role("link", name="Next page ›").press("Enter")
    expect(page.get_by_role("navigation", name="Pages of the list")).to_contain_text("page 2 of 2")
    beginning = page.get_by_role("heading", name="List of events")
    expect(beginning).to_be_focused()
    expect(beginning).to_be_in_viewport()
    assert _still_same(page)
    page.get_by_label("From", exact=True).fill("2018")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"from=2018$"))
    visit.drawn()
    expect(page.get_by_label("From", exact=True)).to_be_focused()


def test_a_filter_is_removed_by_its_own_link(visit: Any) -> None:
    page = visit.open("/?view=list&kind=response&from=2018-05")
    _same_document(page)
    page.get_by_role("link", name="From: 2018-05").click()
    expect(page).to_have_url(re.compile(r"/\?view=list&kind=response$"))
    expect(page.get_by_label("From", exact=True)).to_have_value("")
    assert _still_same(page)


def test_menus_count_what_choosing_gives(visit: Any) -> None:
    page = visit.open("/?view=list")
    page.get_by_label("Kind", exact=True).click()
    page.keyboard.type("Evidence given")
    page.get_by_role("option", name="Evidence given (3)").click()
    expect(page).to_have_url(re.compile("kind=evidence-given"))
    expect(page.locator(".or-count").first).to_contain_text("3 of 41 events")
    expect(page.locator(".or-list li")).to_have_count(3)


def test_lanes_by_actor_are_in_the_address(visit: Any) -> None:
    page = visit.open("/")
    page.get_by_text("Lanes by actor", exact=True).click()
    expect(page).to_have_url(re.compile("lanes=actor"))
    expect(page.locator('.or-drawing [role="group"][aria-label="Home Office"]')).to_have_count(1)
    page.go_back()
    expect(page.locator('.or-drawing [role="group"][aria-label="Announcement"]')).to_have_count(1)


def test_every_dated_event_has_a_mark_that_says_what_the_list_says(visit: Any) -> None:
    page = visit.open("/")
    page.wait_for_selector(".or-drawing svg a")
    said = page.locator(".or-drawing .or-mark").evaluate_all(
        "all => all.map(a => a.getAttribute('aria-label'))"
    )
    assert len(said) == 41
    assert any("April 2018 (day not stated) (inferred from the sources together)" in each for each in said)
    assert sum("A turning point." in each for each in said) == 7
    hrefs = page.locator(".or-drawing .or-mark").evaluate_all("all => all.map(a => a.getAttribute('href'))")
    assert all(href.startswith("/?") and "event=" in href for href in hrefs)


def test_a_mark_tells_itself_to_the_pointer_and_escape_hides_it(visit: Any) -> None:
    page = visit.open("/")
    mark = page.locator('.or-mark[aria-label*="The memorandum takes effect"]')
    mark.hover()
    expect(page.locator(".or-tip")).to_contain_text("1 January 2017")
    page.keyboard.press("Escape")
    expect(page.locator(".or-tip")).to_be_hidden()


def test_the_drawing_is_no_stop_of_the_keyboard_and_the_list_is(visit: Any) -> None:
    page = visit.open("/?kind=debate")
    page.wait_for_selector(".or-drawing svg a")
    stops = []
    for _ in range(80):
        page.keyboard.press("Tab")
        stops.append(
            page.evaluate("document.activeElement.closest('.or-drawing, .or-list')?.className ?? ''")
        )
    assert "or-list" in stops
    assert not any("or-drawing" in stop for stop in stops)


def test_the_story_tells_turning_points_and_what_is_printed_of_that_day(visit: Any) -> None:
    page = visit.open("/?view=story")
    story = page.get_by_role("region", name="Story")
    expect(story.locator(".or-pivot")).to_have_count(7)
    announced = story.locator("article", has_text="A minister tells the Commons")
    expect(announced.locator("q").first).to_be_visible()
    expect(announced.locator("figcaption").first).to_contain_text("printed in")
    _same_document(page)
    announced.get_by_role("link", name="A minister tells the Commons").click()
    expect(page.locator("#chosen h1")).to_contain_text("A minister tells the Commons")
    assert _still_same(page)


def test_what_is_shown_can_be_taken_home(visit: Any) -> None:
    page = visit.open("/?kind=response&from=2018")
    with page.expect_download() as table:
        page.get_by_role("link", name="Table (CSV)").click()
    assert re.fullmatch(r"onrecord-events-[0-9a-f]{8}-[0-9a-f]{6}\.csv", table.value.suggested_filename)
    rows = table.value.path().read_text(encoding="utf-8").splitlines()
    assert len(rows) - 1 == page.locator(".or-list li").count()
    with page.expect_download() as drawing:
        page.get_by_role("link", name="Drawing (SVG)").click()
    assert ET.parse(drawing.value.path()).getroot().tag == "{http://www.w3.org/2000/svg}svg"
    with page.expect_download() as picture:
        page.get_by_role("button", name="Download PNG").click()
    png = picture.value.path().read_bytes()
    assert png.startswith(b"\x89PNG")
    assert int.from_bytes(png[16:20]) == 2240  # twice the drawing's width


def test_the_address_of_a_state_is_copied(visit: Any) -> None:
    visit.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = visit.open("/?kind=response&view=list")
    page.get_by_role("button", name="Copy link").click()
    expect(page.get_by_text("The address of this state is copied.")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == page.url


def test_the_code_to_embed_fetches_nothing(visit: Any) -> None:
    page = visit.open("/?view=list&kind=response&code=1")
    code = page.get_by_label("Code to copy").input_value()
    page.set_content(code)
    expect(page.get_by_role("heading", name=re.compile("Sharing of patient data"))).to_be_visible()
    assert "<script" not in code
    assert "src=" not in code
    assert "creativecommons.org/licenses/by/4.0" in code


def test_no_state_has_a_serious_barrier_in_either_theme_or_scrolls_sideways(visit: Any) -> None:
    def ready(page: Any, name: str) -> None:
        if name in ("chart", "by actor", "event"):
            expect(page.locator(".or-drawing svg")).to_be_visible()

    found = barriers(visit, STATES, ready)
    assert not found, "\n".join(found)
