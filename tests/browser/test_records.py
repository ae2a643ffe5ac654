"""Export, About and the pages of single records in a real browser."""

import re
from typing import Any

from playwright.sync_api import expect
from tests.browser.barriers import barriers

PAGES = (
    "/export",
    "/export?format=csv&table=events",
    "/export?format=csv&from=never",
    "/about",
    "/actor",
    "/actor?id=margot-james",
    "/actor?id=nobody",
    "/document?id=nhs-digital-home-office-mou",
    "/document?id=digit",
    "/event?id=withdrawal-confirmed",
)


def test_a_lasting_name_leads_a_reader_to_the_page(visit: Any) -> None:
    page = visit.open("/id/actor/margot-james")
    expect(page).to_have_url(re.compile(r"/actor\?id=margot-james$"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Margot James")
    page.get_by_role("link", name="Turtle").click()
    expect(page.locator("pre")).to_contain_text("onr:Person")


def test_a_file_is_chosen_filtered_and_taken_home(visit: Any) -> None:
    page = visit.open("/export")
    page.get_by_role("link", name="R, pandas, databases").click()
    expect(page).to_have_url(re.compile("format=csv"))
    page.get_by_label("Words").fill("immediate effect")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("contains=immediate"))
    with page.expect_download() as download:
        page.locator('a[href*="contains=immediate"]').get_by_text("Download onrecord-statements").click()
    content = download.value.path().read_text()
    assert download.value.suggested_filename.endswith(".csv")
    assert "with immediate effect" in content
    page.go_back()
    expect(page.get_by_label("Words")).to_have_value("")


def test_every_quotation_can_be_proved_again_from_the_page(visit: Any) -> None:
    page = visit.open("/about")
    page.get_by_role("button", name="Prove every quotation again").click()
    expect(page.get_by_role("status").filter(has_text="Nothing was altered")).to_be_visible()


def test_no_state_has_a_serious_barrier_in_either_theme_or_scrolls_sideways(visit: Any) -> None:
    found = barriers(visit, PAGES)
    assert not found, "\n".join(found)
