"""A slug that was given up leads to the record of today on every page, and the page says so."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from onrecord.config import Settings

Visit = Callable[..., Any]
REDIRECTS = """\
redirects:
  - old: a-brandt
    new: ada-brandt
    noun: actor
  - old: change-announced
    new: announcement-of-change
    noun: event
  - old: stopped-or-narrowed
    new: paused-or-narrowed
    noun: disagreement
"""
PAGES = (
    ("actor", "id", "a-brandt", "ada-brandt"),
    ("network", "id", "a-brandt", "ada-brandt"),
    ("event", "id", "change-announced", "announcement-of-change"),
    ("timeline", "event", "change-announced", "announcement-of-change"),
    ("disagreements", "id", "stopped-or-narrowed", "paused-or-narrowed"),
)


def test_each_page_shows_what_the_slug_of_today_shows(
    example_copy: Path, build: Callable[..., Settings], visit: Visit
) -> None:
    (example_copy / "redirects.yaml").write_text(REDIRECTS, encoding="utf-8")
    settings = build(example_copy, example_copy / "captures")
    for page, name, old, new in PAGES:
        said = f"‘{old}’ is called ‘{new}’ now"
        found, today = visit(settings, page, **{name: old}), visit(settings, page, **{name: new})
        assert said in found.text, page
        assert said not in today.text
        # The same but for that word, and for links that keep the address as it was asked.
        assert found.text.replace(f"{said} ", "", 1) == today.text, page


def test_the_menu_of_the_network_names_the_node_of_today(
    example_copy: Path, build: Callable[..., Settings], visit: Visit
) -> None:
    (example_copy / "redirects.yaml").write_text(REDIRECTS, encoding="utf-8")
    page = visit(build(example_copy, example_copy / "captures"), "network", id="a-brandt")
    assert page.test.selectbox[0].value == "a-brandt"
    assert "Ada Brandt · person" in page.test.selectbox[0].options
