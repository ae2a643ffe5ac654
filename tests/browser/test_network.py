"""Network in a real browser: the picture's links, keyboard, deep links, both themes, a narrow window."""

import re
from typing import Any

from playwright.sync_api import expect
from tests.browser.barriers import NARROW, barriers, widest
from tests.browser.line import kept_back, quiet, slow

EMAIL = "/network?id=mrn-email"
STATES = {
    "whole record": "/network",
    "a node with filters": f"{EMAIL}&relation=discusses,quotes&way=mou-parties",
    "empty filter": "/network?id=margot-james&from=2030",
    "unknown id": "/network?id=margot-jame",
    "wrong value": "/network?id=digit&depth=7",
}


def drawn(visit: Any, address: str) -> Any:
    """Opens the page and waits for its picture."""
    page = visit.open(address)
    expect(page.locator(".or-picture svg")).to_be_visible()
    return page


def test_a_deep_link_restores_the_state_it_names(visit: Any) -> None:
    page = drawn(visit, f"{EMAIL}&depth=2&direction=cites&relation=discusses,contains&from=2018-11")
    expect(page.get_by_role("heading", level=2).first).to_have_text(
        "Around E-mail of Migrants' Rights Network"
    )
    expect(page.get_by_role("combobox", name="Around")).to_have_value(
        re.compile("^E-mail of Migrants' Rights Network")
    )
    expect(page.get_by_role("combobox", name="As far as")).to_have_value("2 references away")
    expect(page.get_by_role("combobox", name="Direction")).to_have_value("What it refers to")
    start, end = (page.get_by_role("slider").nth(number) for number in (0, 1))
    expect(start).to_have_attribute("aria-label", "Date of the citing text — start")
    expect(start).to_have_attribute("aria-valuetext", "Nov 2018")
    expect(end).to_have_attribute("aria-valuetext", "Nov 2018")
    expect(page.locator(".or-picture a[aria-current]")).to_have_count(1)


def test_a_node_of_the_picture_leads_to_its_own_network_and_back(visit: Any) -> None:
    page = drawn(visit, EMAIL)
    page.locator(".or-picture a", has_text="Memorandum of understanding").first.click()
    expect(page).to_have_url(re.compile(r"/network\?id=nhs-digital-home-office-mou$"))
    expect(page.get_by_role("heading", level=2).first).to_contain_text("Around Memorandum")
    assert len(page.context.pages) == 1
    page.go_back()
    expect(page.get_by_role("heading", level=2).first).to_contain_text("Around E-mail")
    page.go_forward()
    expect(page.get_by_role("heading", level=2).first).to_contain_text("Around Memorandum")


def test_the_picture_can_be_taken_as_png(visit: Any) -> None:
    page = drawn(visit, EMAIL)
    with page.expect_download() as picture:
        page.get_by_role("button", name="Download PNG").click()
    assert re.fullmatch(r"onrecord-network-[0-9a-f]{8}\.png", picture.value.suggested_filename)
    png = picture.value.path().read_bytes()
    assert png.startswith(b"\x89PNG")
    width = float(page.locator(".or-picture svg").get_attribute("viewBox").split()[2])
    assert int.from_bytes(png[16:20]) == 2 * round(width)


def test_back_undoes_a_filter_in_one_step(visit: Any) -> None:
    page = drawn(visit, EMAIL)
    count = page.locator(".or-network-head .or-count b").last
    whole = count.inner_text()
    page.get_by_role("slider").first.focus()
    page.keyboard.press("End")
    expect(page).to_have_url(re.compile("from=2018-11"))
    expect(count).not_to_have_text(whole)
    page.go_back()
    expect(count).to_have_text(whole)
    expect(page).not_to_have_url(re.compile("from="))


def test_the_picture_is_walked_by_keyboard_with_focus_in_sight(visit: Any) -> None:
    page = drawn(visit, EMAIL)
    page.locator(".or-picture").focus()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('.or-picture') !== null")
    seen = page.evaluate("getComputedStyle(document.activeElement.querySelector('rect')).strokeWidth")
    assert seen == "3px"
    target = page.evaluate("document.activeElement.getAttribute('href')")
    page.keyboard.press("Enter")
    expect(page).to_have_url(visit.origin + target)


def test_every_node_and_line_says_what_it_is(visit: Any) -> None:
    page = drawn(visit, EMAIL)
    node = page.get_by_role("link", name=re.compile("E-mail of Migrants' Rights Network"))
    expect(node.first).to_be_attached()
    line = page.get_by_role(
        "img",
        name=re.compile("E-mail of Migrants' Rights Network — discusses → A minister tells .*12 November"),
    )
    expect(line).to_have_count(1)
    expect(
        page.get_by_role("region", name="Picture: Around E-mail of Migrants' Rights Network")
    ).to_be_visible()


def test_nothing_but_shapes_words_and_own_links_is_in_the_picture(visit: Any) -> None:
    page = drawn(visit, "/network")
    names = page.evaluate(
        "[...new Set([...document.querySelectorAll('.or-picture svg *')].map(e => e.localName))].sort()"
    )
    assert names == ["a", "g", "path", "rect", "text", "title"]
    links = page.evaluate("[...document.querySelectorAll('.or-picture a')].map(a => a.getAttribute('href'))")
    assert len(links) == 114
    assert all(link.startswith("/network?id=") for link in links)


def test_no_card_lies_on_another(visit: Any) -> None:
    page = drawn(visit, "/network")
    boxes = page.evaluate(
        "[...document.querySelectorAll('.or-picture .or-frame')].map(e => e.getBoundingClientRect().toJSON())"
    )
    assert len(boxes) == 114
    for number, one in enumerate(boxes):
        for other in boxes[:number]:
            apart = one["right"] <= other["left"] or other["right"] <= one["left"]
            assert apart or one["bottom"] <= other["top"] or other["bottom"] <= one["top"]
    over = page.evaluate(
        """[...document.querySelectorAll('.or-picture a')].filter(a => {
          const card = a.querySelector('rect').getBoundingClientRect();
          return [...a.querySelectorAll('text')].some(t => t.getBoundingClientRect().right > card.right);
        }).map(a => a.textContent)"""
    )
    assert over == []


def test_the_same_references_are_taken_home_as_a_file(visit: Any) -> None:
    page = drawn(visit, f"{EMAIL}&relation=discusses")
    with page.expect_download() as download:
        page.get_by_role("link", name="GEXF, for Gephi").click()
    assert re.fullmatch(
        r"onrecord-citations-[0-9a-f]{8}-[0-9a-f]{6}\.gexf", download.value.suggested_filename
    )
    text = download.value.path().read_text()
    assert "Filters: around mrn-email, relation discusses." in text
    assert text.count("<edge ") == int(page.locator(".or-network-head .or-count b").last.inner_text())


def test_late_data_leave_focus_and_place_of_the_reader(visit: Any) -> None:
    slow(visit.page, 60)
    visit.page.set_viewport_size({"width": 700, "height": 2400})
    page = drawn(visit, f"{EMAIL}&depth=2")
    quiet(page)
    visit.drawn()
    node = page.locator(".or-picture a[href*='id=mrn-email']")
    many = page.locator(".or-picture a").count()
    page.get_by_role("slider").first.focus()
    page.keyboard.press("End")
    node.focus()
    centred = page.evaluate("document.querySelector('.or-picture').scrollLeft")
    page.evaluate("document.querySelector('.or-picture').scrollLeft = 7")
    assert centred != 7
    expect(page).to_have_url(re.compile("from=2018-11"))
    expect(page.locator(".or-picture a")).not_to_have_count(many)
    quiet(page)
    expect(node).to_be_focused()
    expect(node).to_have_attribute("href", re.compile("from=2018-11"))
    assert page.evaluate("document.querySelector('.or-picture').scrollLeft") == 7


def test_late_data_leave_the_button_in_focus_and_what_it_says(visit: Any) -> None:
    slow(visit.page, 40)
    page = drawn(visit, EMAIL)
    quiet(page)
    visit.drawn()
    held = kept_back(page, "**/export/network-svg?*")
    png = page.get_by_role("button", name="Download PNG")
    with page.expect_request("**/export/network-svg?*"):
        png.click()
    page.get_by_role("slider").first.focus()
    page.keyboard.press("End")
    png.focus()
    expect(page).to_have_url(re.compile("from=2018-11"))
    quiet(page)
    expect(png).to_be_focused()
    with page.expect_download():
        held[0].continue_()
    expect(page.get_by_text("The picture is being saved.")).to_be_visible()


def test_no_state_has_a_serious_barrier_in_either_theme_or_scrolls_sideways(visit: Any) -> None:
    def ready(page: Any, name: str) -> None:
        if name in ("whole record", "a node with filters"):
            expect(page.locator(".or-picture svg")).to_be_visible()

    found = barriers(visit, STATES, ready)
    assert not found, "\n".join(found)


def test_a_narrow_window_has_the_table_first(visit: Any) -> None:
    visit.page.set_viewport_size({"width": NARROW, "height": 900})
    page = drawn(visit, EMAIL)
    tops = [page.locator(part).first.bounding_box()["y"] for part in (".or-edges", ".or-picture")]
    assert tops[0] < tops[1]
    assert widest(page) == NARROW
