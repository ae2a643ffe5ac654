"""Status and Disagreements in a real browser."""

import re
from typing import Any

from playwright.sync_api import expect
from tests.browser.barriers import barriers

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
    expect(page.get_by_label("On this day")).to_have_value("")
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


def test_no_state_has_a_serious_barrier_in_either_theme_or_scrolls_sideways(visit: Any) -> None:
    found = barriers(visit, PAGES)
    assert not found, "\n".join(found)
