"""A record that attacks its readers, in a real browser: nothing runs, nothing is fetched, the page holds."""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from playwright.sync_api import Browser, expect
from tests.browser.conftest import Visit, serving
from tests.hostile import hostile

PAGES = (
    "/said",
    "/said?speaker=tomas-okoro",
    "/statement?id=valley-wire-marchetti-win",
    "/statement?id=valley-wire-marchetti-watch",
    "/search?q=script",
    "/search?q=%3Cscript%3Ewindow.attacked=1%3C/script%3E",
)

TOUCH = """() => {
  document.querySelectorAll("details").forEach(each => { each.open = true; });
  document.querySelectorAll("h1, h2, h3, a, q, p, span").forEach(
    each => each.dispatchEvent(new MouseEvent("mouseover", { bubbles: true })));
}"""


@pytest.fixture(scope="module")
def attacked(tmp_path_factory: pytest.TempPathFactory, plain_environment: Mapping[str, str]) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("attacked")
    with serving(hostile(folder), folder, plain_environment) as origin:
        yield origin


@pytest.fixture
def tab(browser: Browser, attacked: str) -> Iterator[Visit]:
    context = browser.new_context(viewport={"width": 420, "height": 900})
    visit = Visit(context.new_page(), attacked)
    visit.page.on("request", visit.note)
    visit.page.on("dialog", lambda dialog: visit.errors.append(dialog.message))
    visit.page.on("pageerror", lambda error: visit.errors.append(str(error)))
    yield visit
    context.close()
    assert not visit.errors
    assert all(
        url.startswith((attacked, attacked.replace("http", "ws"), "data:", "blob:")) for url in visit.requests
    )


def harmless(page: Any) -> None:
    assert page.evaluate("typeof window.attacked") == "undefined"
    assert page.evaluate("document.documentElement.scrollWidth") <= 420


def test_no_page_runs_what_a_label_says_and_each_keeps_its_width(tab: Visit) -> None:
    for address in PAGES:
        page = tab.open(address)
        page.evaluate(TOUCH)
        harmless(page)


def test_suggestions_are_text_too(tab: Visit) -> None:
    page = tab.open("/query")
    for typed, shown in (("script", "<script>window.attacked"), ("www", "wwww")):
        page.get_by_label("Search the record").fill(typed)
        expect(page.get_by_role("option").first).to_contain_text(shown)
        harmless(page)
        page.get_by_label("Search the record").fill("")
        expect(page.get_by_role("option")).to_have_count(0)


def test_an_answer_that_attacks_is_text_and_its_address_is_not_followed(tab: Visit) -> None:
    row = {
        "noun": "actor",
        "slug": "x",
        "label": "safe \u202eevil\u2066\u200b",
        "matched": "<img src=x onerror='window.attacked = 1'>",
        "address": "javascript:window.attacked=1",
    }
    answer = json.dumps({"query": "safe", "rows": [row], "total": 1})
    tab.page.route(
        "**/api/suggest**", lambda route: route.fulfill(body=answer, content_type="application/json")
    )
    page = tab.open("/query")
    page.get_by_label("Search the record").fill("safe")
    option = page.get_by_role("option").first
    expect(option).to_contain_text("safe ⟨U+202E⟩evil⟨U+2066⟩⟨U+200B⟩")
    expect(option).to_contain_text("<img src=x")
    harmless(page)
    option.click()
    expect(page).to_have_url(re.compile(r"/(id|doc)/actor/x"))
    assert page.evaluate("typeof window.attacked") == "undefined"
