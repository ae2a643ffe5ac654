"""Who said what and one statement in a browser: copy by one press, print, embed, deep links, no barrier."""

import re
from pathlib import Path
from typing import Any

from playwright.sync_api import expect
from tests.browser.barriers import barriers

COPY = "Copy quotation with citation"
STATES = {
    "filtered": "/said?speaker=margot-james&q=no+longer",
    "empty filter": "/said?speaker=margot-james&from=2030",
    "wrong value": "/said?source=digitt",
    "statement": "/statement?id=gponline-james-no-longer",
    "reported": "/statement?id=digit-critics-before-curtailment",
    "unknown": "/statement?id=nothing-like-it",
}


def test_one_press_copies_the_quotation_with_its_citation_and_says_so(visit: Any) -> None:
    visit.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = visit.open("/said?speaker=margot-james&source=digit")
    button = page.get_by_role("button", name=COPY).first
    button.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".or-copied").first).to_have_text("Copied")
    expect(page.locator(".or-copied").first).to_have_role("status")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("“with immediate effect” — Margot James (Conservative Minister), 9 May 2018")
    assert copied.endswith("/id/statement/digit-james-suspend")


def test_where_the_browser_refuses_the_text_is_there_selected(visit: Any) -> None:
    page = visit.page
    page.add_init_script("navigator.clipboard.writeText = () => Promise.reject(new Error('no'))")
    visit.open("/said?speaker=margot-james&source=digit")
    page.get_by_role("button", name=COPY).first.click()
    field = page.get_by_label("Text to copy")
    expect(field).to_be_focused()
    selected = field.evaluate("field => field.value.slice(field.selectionStart, field.selectionEnd)")
    assert selected.startswith("“with immediate effect” — Margot James")
    expect(page.locator(".or-copied").first).to_contain_text("The text is selected")


def test_a_refusal_that_comes_late_leaves_the_reader_where_they_are(visit: Any) -> None:
    page = visit.page
    page.add_init_script(
        "navigator.clipboard.writeText = () => new Promise((_, no) => { window.refuse = no; })"
    )
    visit.open("/said?speaker=margot-james&source=digit")
    page.get_by_role("button", name=COPY).first.click()
    page.get_by_label("Words", exact=True).press_sequentially("no lon")
    page.evaluate("window.refuse()")
    expect(page.get_by_label("Text to copy")).to_have_value(
        re.compile("^“with immediate effect” — Margot James")
    )
    expect(page.locator(".or-copied").first).to_contain_text("does not let the page copy")
    expect(page.get_by_label("Words", exact=True)).to_be_focused()
    page.keyboard.type("ger")
    expect(page.get_by_label("Words", exact=True)).to_have_value("no longer")


def test_a_card_leads_to_its_statement_and_back_keeps_the_filters(visit: Any) -> None:
    page = visit.open("/said?speaker=margot-james&q=no+longer")
    expect(page.locator(".or-card mark").first).to_have_text("No longer")
    page.get_by_role("link", name="Link to this statement").first.click()
    expect(page).to_have_url(re.compile(r"/statement\?id="))
    expect(page.get_by_role("heading", name="Where it is printed")).to_be_visible()
    page.go_back()
    expect(page.get_by_label("Words", exact=True)).to_have_value("no longer")
    expect(page.get_by_label("Speaker", exact=True)).to_have_value(re.compile(r"Margot James \(2\)"))


def test_the_form_of_the_citation_is_in_the_address_and_copies_exactly(visit: Any) -> None:
    visit.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = visit.open("/statement?id=gponline-james-no-longer")
    page.get_by_role("radio", name="BibTeX").click()
    expect(page).to_have_url(re.compile("cite=bibtex"))
    button = page.get_by_role("button", name="Copy as BibTeX")
    button.click()
    expect(page.locator(".or-copied").last).to_have_text("Copied")
    shown = page.locator(".or-cited").first.inner_text().strip()
    assert page.evaluate("navigator.clipboard.readText()").strip() == shown
    page.go_back()
    expect(page.get_by_role("button", name="Copy as Plain text")).to_be_visible()


def test_the_downloaded_card_opens_by_itself_and_asks_for_nothing(visit: Any, tmp_path: Path) -> None:
    page = visit.open("/statement?id=gponline-james-no-longer")
    with page.expect_download() as download:
        page.get_by_role("link", name="Download as a page").click()
    assert re.fullmatch(r"onrecord-cards-[0-9a-f]{8}-[0-9a-f]{6}\.html", download.value.suggested_filename)
    file = tmp_path / "card.html"
    download.value.save_as(file)
    other = page.context.new_page()
    asked: list[str] = []
    other.on("request", lambda request: asked.append(request.url))
    other.goto(file.as_uri())
    expect(other.locator("figure blockquote")).to_contain_text("“No longer will the names of overstayers")
    assert asked == [file.as_uri()]
    other.close()


def test_on_paper_there_is_no_chrome_and_no_card_breaks(visit: Any) -> None:
    page = visit.open("/said?speaker=margot-james")
    page.emulate_media(media="print")
    for gone in (".or-masthead", ".st-key-filters", ".or-actions", ".or-chosen"):
        expect(page.locator(gone).first).to_be_hidden()
    card = page.locator(".or-card").first
    assert card.evaluate("card => getComputedStyle(card).breakInside") == "avoid"
    expect(card.locator(".or-address")).to_contain_text("id/statement/digit-james-suspend")


def test_no_state_has_a_serious_barrier_in_either_theme_or_scrolls_sideways(visit: Any) -> None:
    found = barriers(visit, STATES)
    assert not found, "\n".join(found)
