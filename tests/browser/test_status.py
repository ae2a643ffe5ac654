"""Status and Disagreements in a real browser."""

import re
from typing import Any

import pytest
from playwright.sync_api import expect
from tests.browser.barriers import serious, widest

PAGES = (
    "/status",
    "/status?date=2018-06-01",
    "/status?date=never",
    "/disagreements",
    "/disagreements?id=none",
)


def test_a_band_leads_to_its_first_sure_day_and_back(visit: Any) -> None:
    page = visit.open("/status?according-to=digit")
    page.get_by_role("link", name=re.compile("Suspended.*from 9 May 2018")).click()
    expect(page).to_have_url(re.compile(r"date=2018-05-09"))
    expect(page.locator(".or-on")).to_have_text("On 9 May 2018")
    page.go_back()
    expect(page.locator(".or-on")).to_have_count(0)
    page.go_forward()
    expect(page.get_by_label("On this day")).to_have_value("2018-05-09")


def test_a_day_is_typed_and_shared_by_its_address(visit: Any) -> None:
    page = visit.open("/status")
    page.get_by_label("On this day").fill("2018-11-12")
    page.keyboard.press("Enter")
    expect(page.locator(".or-on")).to_have_text("On 12 November 2018")
    expect(page).to_have_url(re.compile(r"date=2018-11-12"))
    visit.open(page.url.removeprefix(visit.origin))
    expect(page.locator(".or-on")).to_have_text("On 12 November 2018")


def test_a_disagreement_is_reached_from_the_day_that_it_disputes(visit: Any) -> None:
    page = visit.open("/status?date=2018-06-01")
    page.locator(".or-links a").first.click()
    expect(page).to_have_url(re.compile(r"/disagreements\?id="))
    expect(page.locator(".or-one h1")).to_be_visible()


@pytest.mark.parametrize("visit", ["light", "dark"], indirect=True)
def test_no_state_of_these_pages_has_a_serious_barrier(visit: Any) -> None:
    found = {address: serious(visit.open(address)) for address in PAGES}
    assert not any(found.values()), found


def test_a_narrow_window_needs_no_sideways_scrolling(visit: Any) -> None:
    visit.page.set_viewport_size({"width": 420, "height": 900})
    assert {address: widest(visit.open(address)) for address in PAGES} == dict.fromkeys(PAGES, 420)
