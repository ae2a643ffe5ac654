"""The search of the head: a combobox by keyboard, by mouse and for screen readers; a form without it."""

import re
from contextlib import suppress
from typing import Any

import pytest
from playwright.sync_api import Error, Page, Route, expect
from tests.browser.barriers import NARROW, barriers, serious
from tests.browser.line import kept_back

FIELD = "Search the record"
FOUND = "/search?q=home+office"
STATES = {
    "groups": FOUND,
    "one group": "/search?q=the&noun=claim&page=2",
    "nothing": "/search?q=wilkinson+confidentialty",
    "no words": "/search",
}


def focused(page: Page) -> Any:
    return page.locator(":focus")


def test_the_way_from_the_first_page_to_a_person_is_ten_keys_or_fewer(visit: Any) -> None:
    page = visit.open("/")
    keys = 0
    while focused(page).get_attribute("aria-label", timeout=5000) != FIELD if keys else True:
        page.keyboard.press("Tab")
        keys += 1
        assert keys <= 8, "the search is not near the start of the page"
    page.keyboard.type("james", delay=30)
    expect(page.get_by_role("option").last).to_contain_text("“james”")  # the answer to all five letters
    expect(page.get_by_role("option").first).to_contain_text("Margot James")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/actor\?id=margot-james$"))
    assert keys + 2 <= 10  # beside the five letters


def test_a_quotation_is_suggested_by_its_words_and_opens(visit: Any) -> None:
    page = visit.open("/said")
    page.get_by_label(FIELD).fill("illegal entr")
    printed = page.get_by_role("option", name="Printed words").first
    expect(printed).to_contain_text("illegal entrants")
    printed.click()
    expect(page).to_have_url(re.compile(r"/statement\?id="))
    expect(page.locator(".or-printed").first).to_contain_text("illegal entrants")


def test_what_was_typed_before_the_script_arrived_is_suggested_too(visit: Any) -> None:
    page = visit.page
    late = kept_back(page, "**/module/*/search.js")
    with page.expect_request("**/module/*/search.js"):
        page.goto(visit.origin + "/said", wait_until="domcontentloaded")
    field = page.get_by_label(FIELD)
    field.fill("illegal entr")
    expect(field).to_have_role("searchbox")
    late[0].continue_()
    expect(page.get_by_role("option", name="Printed words").first).to_contain_text("illegal entrants")
    expect(field).to_have_role("combobox")


def test_the_combobox_keeps_to_its_pattern(visit: Any) -> None:
    page = visit.open("/query")
    field = page.get_by_label(FIELD)
    field.focus()
    expect(field).to_have_role("combobox")
    expect(field).to_have_attribute("aria-expanded", "false")
    page.keyboard.type("wilk", delay=20)
    options = page.get_by_role("listbox", name="Suggestions").get_by_role("option")
    expect(options.last).to_contain_text("“wilk”")  # the answer to all four letters
    expect(field).to_have_attribute("aria-expanded", "true")
    expect(page.locator(".or-search [role=status]")).to_have_text("4 suggestions")
    assert not field.get_attribute("aria-activedescendant")
    page.keyboard.press("ArrowUp")  # from the field to the last
    last = options.last
    expect(last).to_have_attribute("aria-selected", "true")
    expect(field).to_have_attribute("aria-activedescendant", str(last.get_attribute("id")))
    page.keyboard.press("ArrowDown")  # and back to the field
    assert not field.get_attribute("aria-activedescendant")
    page.keyboard.press("ArrowDown")
    expect(options.first).to_have_attribute("aria-selected", "true")
    assert not serious(page)
    page.keyboard.press("Escape")
    expect(options).to_have_count(0)
    expect(field).to_have_attribute("aria-expanded", "false")
    expect(field).to_have_value("wilk")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/search\?q=wilk$"))


def _later(visit: Any) -> tuple[Page, list[Route]]:
    """Suggestions for "margot", and the question for "margot j" under way."""
    page = visit.open("/said")
    page.get_by_label(FIELD).press_sequentially("margot")
    expect(page.get_by_role("option").first).to_contain_text("Margot James")
    held = kept_back(page, "**/api/suggest?q=margot%20j&*")
    with page.expect_request("**/api/suggest?q=margot%20j&*"):
        page.get_by_label(FIELD).press_sequentially(" j")
    return page, held


def _answered(page: Page, held: list[Route]) -> None:
    """The later answer comes, and holds nothing of what was shown before; the page has dealt with it."""
    rows = '{"query": "margot j", "total": 0, "rows": []}'
    with suppress(Error):  # the page has left off asking
        held[0].fulfill(body=rows, content_type="application/json")
    page.evaluate("fetch('/limits').then(answer => answer.text())")


def test_what_was_chosen_by_key_stays_chosen_when_a_later_answer_arrives(visit: Any) -> None:
    page, held = _later(visit)
    first = page.get_by_role("option").first
    page.keyboard.press("ArrowDown")
    expect(first).to_have_attribute("aria-selected", "true")
    _answered(page, held)
    expect(page.get_by_role("option").last).to_contain_text("“margot”")
    expect(first).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/actor\?id=margot-james$"))


def test_what_is_pressed_stays_until_the_press_ends(visit: Any) -> None:
    page, held = _later(visit)
    page.get_by_role("option").first.hover()
    page.mouse.down()
    _answered(page, held)
    page.mouse.up()
    expect(page).to_have_url(re.compile(r"/actor\?id=margot-james$"))


def _paused(visit: Any) -> Page:
    """A page on which no time passes but what a test lets pass."""
    page: Page = visit.open("/said")
    page.clock.install()
    page.clock.pause_at(page.evaluate("Date.now() + 1000"))
    return page


def _asked(page: Page, visit: Any, query: str) -> bool:
    """Whether suggestions for these words were asked for; what was asked last is seen by now."""
    page.evaluate("fetch('/limits').then(answer => answer.text())")
    return any(f"/api/suggest?q={query}&" in url for url in visit.requests)


def test_a_question_that_waits_is_not_asked_after_a_choice(visit: Any) -> None:
    page = _paused(visit)
    page.get_by_label(FIELD).press_sequentially("margot")
    page.clock.run_for(200)
    expect(page.get_by_role("option").first).to_contain_text("Margot James")
    page.get_by_label(FIELD).press_sequentially(" j")
    page.keyboard.press("ArrowDown")
    page.clock.run_for(2000)
    assert not _asked(page, visit, "margot%20j")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/actor\?id=margot-james$"))


@pytest.mark.parametrize("when", ["waiting", "under way"])
def test_escape_ends_a_question_whose_list_is_not_there_yet(visit: Any, when: str) -> None:
    page = _paused(visit)
    # As browsers that do not empty a search field at Escape: to be emptied would end the question too.
    page.evaluate(
        "addEventListener('keydown', e => { window.swallowed = e.defaultPrevented; e.preventDefault(); })"
    )
    held = kept_back(page, "**/api/suggest?q=m&*")
    page.get_by_label(FIELD).focus()
    page.evaluate("document.activeElement.value = 'm'")
    page.get_by_label(FIELD).dispatch_event("input")
    if when == "under way":
        with page.expect_request("**/api/suggest?q=m&*"):
            page.clock.run_for(200)
    page.keyboard.press("Escape")
    assert page.evaluate("window.swallowed") is False
    page.clock.run_for(2000)
    with suppress(Error):  # the page has left off asking
        for route in held:
            route.continue_()
    assert _asked(page, visit, "m") is (when == "under way")
    expect(page.get_by_role("option")).to_have_count(0)
    expect(page.get_by_role("listbox")).to_have_count(0)


def test_escape_empties_the_field_where_no_list_is_shown(visit: Any) -> None:
    page = _paused(visit)
    page.get_by_label(FIELD).press_sequentially("m")
    page.keyboard.press("Escape")
    expect(page.get_by_label(FIELD)).to_have_value("")


@pytest.mark.parametrize("late", ["answered", "failed", "busy"])
def test_a_late_answer_to_the_first_letters_leaves_what_was_typed_since_asked(visit: Any, late: str) -> None:
    page = visit.open("/said")
    held = kept_back(page, "**/api/suggest?q=m&*")
    page.clock.install()
    page.clock.pause_at(page.evaluate("Date.now() + 1000"))
    page.get_by_label(FIELD).press_sequentially("m")
    with page.expect_request("**/api/suggest?q=m&*"):
        page.clock.run_for(200)
    page.get_by_label(FIELD).press_sequentially("argot")  # the pause after the last letter is not over
    with page.expect_event("requestfailed" if late == "failed" else "requestfinished"):
        match late:
            case "answered":
                held[0].continue_()
            case "failed":
                held[0].abort()
            case _:
                held[0].fulfill(status=503, body="{}", content_type="application/json")
    page.clock.run_for(200)
    expect(page.get_by_role("option").first).to_contain_text("Margot James")
    if late != "answered":
        assert all("/api/suggest?q=m&" in error for error in visit.errors)
        visit.errors.clear()  # the browser itself tells of an address that failed


def test_leaving_the_field_closes_the_list(visit: Any) -> None:
    page = visit.open("/query")
    page.get_by_label(FIELD).fill("wilk")
    expect(page.get_by_role("option").first).to_be_visible()
    page.keyboard.press("Tab")
    expect(page.get_by_role("option")).to_have_count(0)


def test_the_last_suggestion_searches_for_everything(visit: Any) -> None:
    page = visit.open("/query")
    page.get_by_label(FIELD).fill("home office")
    every = page.get_by_role("option").last
    expect(every).to_contain_text(re.compile(r"8 of \d+ shown: search for “home office” everywhere"))
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/search\?q=home%20office$"))
    expect(page.get_by_role("heading", level=1)).to_have_text("“home office”")


def test_without_its_script_the_field_is_a_form(visit: Any) -> None:
    visit.page.route(
        "**/module/*/search.js", lambda route: route.fulfill(body="", content_type="text/javascript")
    )
    page = visit.open("/")
    field = page.get_by_label(FIELD)
    field.fill("wilkinson")
    expect(field).to_have_role("searchbox")
    assert any(url.endswith("/search.js") for url in visit.requests)
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/search\?q=wilkinson$"))
    expect(page.get_by_role("heading", level=2).first).to_contain_text("Actors")


def test_the_scripts_are_asked_for_once_and_kept(visit: Any) -> None:
    page = visit.open("/said")
    page.get_by_label("Words", exact=True).fill("immediate effect")
    page.keyboard.press("Enter")
    expect(page.locator(".or-card mark").first).to_have_text("immediate effect")
    asked = [url for url in visit.requests if "/module/" in url]
    assert len(asked) == len(set(asked)) == 2
    kept = page.request.get(asked[0]).headers["cache-control"]
    assert kept == "public, max-age=31536000, immutable"


def test_back_and_forward_walk_through_groups(visit: Any) -> None:
    page = visit.open(FOUND)
    page.get_by_role("link", name="Show all 12: Documents").click()
    expect(page).to_have_url(re.compile("noun=document"))
    expect(page.locator(".or-found > ul > li")).to_have_count(12)
    page.go_back()
    expect(page.get_by_role("heading", name="Actors")).to_be_visible()
    page.go_forward()
    expect(page.locator(".or-found")).to_have_count(1)


def test_no_state_has_a_serious_barrier_in_either_theme_or_scrolls_sideways(visit: Any) -> None:
    found = barriers(visit, STATES)
    assert not found, "\n".join(found)


def test_suggestions_stay_within_a_narrow_window(visit: Any) -> None:
    visit.page.set_viewport_size({"width": NARROW, "height": 900})
    page = visit.open("/search")
    page.get_by_label(FIELD).fill("home office")
    expect(page.get_by_role("option").first).to_be_visible()
    box = page.get_by_role("listbox").bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= NARROW
