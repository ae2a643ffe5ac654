"""What a link of the timeline says that it changes, by where it stands and what the address is now."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser

NOW = "/?kind=letter&event=one&page=3"
BODY = """<div data-test-connection-state="CONNECTED">
<header data-whole=""><a href="/">All</a></header>
<section data-state="kind=letter&amp;event=one&amp;page=2"><a href="/?kind=letter&event=two">Two</a>
  <a href="/?kind=letter&event=one&page=4">Later</a><a href="/">Filter</a><a href="/said?kind=letter">Said</a>
  <a href="/?kind=letter#content">Content</a><a href="/?kind=letter" download>File</a></section>
<section data-drawn="/drawing/a?kind=letter"><a href="/?kind=letter&event=two">Mark</a>
  <a href="/?kind=letter&from=2018-01-01&to=2018-12-31">Bar</a></section></div>"""
FOLLOW = """async ([module, name]) => {
  const { default: draw } = await import(module);
  const parentElement = document.createElement("div");
  let said = null;
  const setStateValue = (_, followed) => { said = followed; };
  draw({ parentElement, data: { chosen: "one", page: "", taken: 0 }, setStateValue });
  document.addEventListener("click", (event) => event.preventDefault());
  [...document.querySelectorAll("a")].find((link) => link.textContent === name).click();
  return said;
}"""
CHANGES = {
    "Two": "event=two&page=",
    "Later": "page=4",
    "Filter": "kind=&event=&page=",
    "All": "?",
    "Mark": "event=two&page=",
    "Bar": "event=&page=&from=2018-01-01&to=2018-12-31",
    "Said": None,
    "Content": None,
    "File": None,
}
"""Link → what it changes; None where the browser follows it."""


@pytest.mark.parametrize("name", CHANGES)
def test_a_link_says_what_it_changes(browser: Browser, repo: Path, name: str) -> None:
    page = browser.new_page()
    script = (repo / "app/components/links.js").read_text(encoding="utf-8")
    page.route("http://links.test/?*", lambda route: route.fulfill(body=BODY, content_type="text/html"))
    page.route(
        "http://links.test/links.js",
        lambda route: route.fulfill(body=script, content_type="text/javascript"),
    )
    page.goto("http://links.test" + NOW)
    followed = page.evaluate(FOLLOW, ["/links.js", name])
    assert followed == (None if CHANGES[name] is None else [[1, CHANGES[name]]])
    page.close()
