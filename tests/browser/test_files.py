"""Files taken by a reader who is quicker than the line hold what was asked for last, or there is none."""

import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from tests.browser.line import quiet, slow

WAITS = "One moment: the page does not show yet what was asked for last."
GONE = "The page as it is now has no such file. Nothing was saved."


@pytest.fixture
def quick(visit: Any) -> Any:
    """A tab whose server is heard late."""
    slow(visit.page, 40)
    return visit


def taken(page: Page, name: str) -> bytes:
    """What the file holds that a link to it gives, which is pressed at once."""
    with page.expect_download() as download:
        page.get_by_role("link", name=name).click()
    return Path(download.value.path()).read_bytes()


def coming(page: Page) -> list[str]:
    """Addresses of the files that come from now on."""
    came: list[str] = []
    page.on("download", lambda download: came.append(download.url))
    return came


def served(visit: Any, address: str) -> bytes:
    """What the server gives there; not what it gives without the filter."""
    filtered, whole = (
        visit.page.request.get(visit.origin + at) for at in (address, address.partition("?")[0])
    )
    assert filtered.ok
    assert filtered.body() != whole.body()
    return bytes(filtered.body())


def test_words_just_typed_are_in_the_file_of_the_export(quick: Any) -> None:
    page = quick.open("/export?format=csv&table=statements")
    page.get_by_label("Words").fill("immediate effect")
    content = taken(page, "Download onrecord-statements")
    assert content == served(quick, "/export/csv?table=statements&contains=immediate+effect")
    expect(page.get_by_text(WAITS)).to_have_count(0)


@pytest.mark.parametrize(
    ("name", "address"),
    [
        ("Table (CSV)", "/export/csv?from=2018-11&table=events"),
        ("Page to embed (HTML)", "/export/embed-timeline?from=2018-11"),
    ],
)
def test_a_date_just_typed_is_in_the_files_of_the_timeline(quick: Any, name: str, address: str) -> None:
    page = quick.open("/?view=list")
    page.get_by_label("From", exact=True).fill("2018-11")
    assert taken(page, name) == served(quick, address)
    quiet(page)
    expect(page).to_have_url(re.compile(r"/\?view=list&from=2018-11$"))


def test_a_month_just_set_is_in_the_file_of_the_network(quick: Any) -> None:
    page = quick.open("/network")
    page.get_by_role("slider").first.focus()
    page.keyboard.press("End")
    assert taken(page, "GEXF, for Gephi") == served(quick, "/export/gexf?from=2018-11")


def test_a_key_on_a_link_waits_as_a_press_does_and_the_reader_is_told(quick: Any) -> None:
    page = quick.open("/?view=list")
    link = page.get_by_role("link", name="Table (CSV)")
    page.get_by_label("From", exact=True).fill("2018-11")
    link.focus()
    with page.expect_download() as download:
        page.keyboard.press("Enter")
        expect(page.get_by_role("status").filter(has_text=WAITS)).to_be_visible()
    content = Path(download.value.path()).read_bytes()
    assert content == served(quick, "/export/csv?from=2018-11&table=events")
    expect(page.get_by_text(WAITS)).to_have_count(0)
    expect(link).to_be_focused()
    with page.expect_download() as again:  # nothing was done since
        page.keyboard.press("Enter")
    assert Path(again.value.path()).read_bytes() == content


def test_a_press_that_leaves_the_field_in_focus_sends_its_value_too(quick: Any) -> None:
    page = quick.open("/?view=list")
    page.get_by_label("From", exact=True).fill("2018-11")
    with page.expect_download() as download:  # as a touch does, or a screen reader
        page.get_by_role("link", name="Table (CSV)").evaluate("link => link.click()")
    content = Path(download.value.path()).read_bytes()
    assert content == served(quick, "/export/csv?from=2018-11&table=events")


def test_each_of_two_files_that_wait_comes(quick: Any) -> None:
    page = quick.open("/?view=list")
    came = coming(page)
    page.get_by_label("From", exact=True).fill("2018-11")
    page.get_by_role("link", name="Table (CSV)").click()
    page.get_by_role("link", name="Drawing (SVG)").click()
    expect(page.get_by_text(WAITS)).to_be_visible()
    expect(page.get_by_text(WAITS)).to_have_count(0)
    quiet(page)
    assert sorted(address.removeprefix(quick.origin) for address in came) == [
        "/export/csv?from=2018-11&table=events",
        "/export/svg?from=2018-11",
    ]


def test_where_the_file_is_gone_the_reader_is_told_and_nothing_is_saved(quick: Any) -> None:
    page = quick.open("/?view=list&kind=debate")
    came = coming(page)
    page.get_by_label("From", exact=True).fill("2030")
    page.get_by_role("link", name="Table (CSV)").click()
    expect(page.get_by_role("status").filter(has_text=GONE)).to_be_visible()
    expect(page.get_by_role("link", name="Table (CSV)")).to_have_count(0)
    assert not came
    assert not [url for url in quick.requests if "/export/csv" in url]
    page.keyboard.press("Tab")
    expect(page.get_by_text(GONE)).to_have_count(0)


def test_the_picture_is_of_what_was_asked_for_last(quick: Any) -> None:
    page = quick.open("/network")
    page.get_by_role("slider").first.focus()
    page.keyboard.press("End")
    with page.expect_request("**/export/network-svg*") as asked, page.expect_download():
        page.get_by_role("button", name="Download PNG").click()
    assert asked.value.url == quick.origin + "/export/network-svg?from=2018-11"


def test_the_address_is_of_what_was_asked_for_last(quick: Any) -> None:
    quick.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = quick.open("/?view=list")
    page.get_by_label("From", exact=True).fill("2018-11")
    page.get_by_role("button", name="Copy link").click()
    expect(page.get_by_text("The address of this state is copied.")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == quick.origin + "/?view=list&from=2018-11"


def test_without_the_script_links_are_plain(visit: Any) -> None:
    visit.page.route(
        "**/module/*/files.js",
        lambda route: route.fulfill(
            body="export default () => {}; export const link = null, address = null;",
            content_type="text/javascript",
        ),
    )
    page = visit.open("/?view=list&from=2018-11")
    page.get_by_label("To", exact=True).press("Tab")
    assert taken(page, "Table (CSV)") == served(visit, "/export/csv?from=2018-11&table=events")
