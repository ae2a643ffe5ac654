"""Names and words that attack the reader are text on every page of quotations and of search."""

import re
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from tests.hostile import ENDLESS, hostile

from onrecord.config import Settings

Visit = Callable[..., Any]
PAGES: list[tuple[str, dict[str, str]]] = [
    ("said", {}),
    ("said", {"speaker": "tomas-okoro"}),
    ("said", {"q": "<script>"}),
    ("statement", {"id": "valley-wire-marchetti-win"}),
    ("statement", {"id": "valley-wire-marchetti-watch"}),
    ("statement", {"id": "valley-wire-okoro"}),
    ("statement", {"id": "valley-wire-marchetti-win", "cite": "bibtex"}),
    ("statement", {"id": "<script>window.attacked=1</script>"}),
    ("search", {"q": "script"}),
    ("search", {"q": "safe \u202eevil\u2066\u200b"}),
    ("search", {"q": ENDLESS}),
    ("search", {"q": "press", "noun": "javascript:window.attacked=1"}),
]


class Live(HTMLParser):
    """What of a page's HTML would act."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("script", "img", "iframe", "object", "embed", "b") and (tag != "b" or len(attrs) > 1):
            self.found.append(tag)
        self.found += [name for name, _ in attrs if name.startswith("on")]
        self.found += [
            str(value)
            for name, value in attrs
            if name in ("href", "action") and not str(value).startswith(("/", "#"))
        ]


@pytest.fixture(scope="module")
def attacked(build: Callable[..., Settings], tmp_path_factory: pytest.TempPathFactory) -> Settings:
    data = hostile(tmp_path_factory.mktemp("hostile"))
    return build(data, data / "captures")


@pytest.mark.parametrize(("name", "query"), PAGES)
def test_nothing_of_the_record_or_of_the_address_becomes_live(
    name: str, query: dict[str, str], attacked: Settings, visit: Visit
) -> None:
    page = visit(attacked, name, **query)
    assert Live(page.html).found == []
    for sign in "\u202e\u2066\u200b":
        assert sign not in page.html


def test_an_endless_name_is_shortened_in_headings_and_menus(attacked: Settings, visit: Visit) -> None:
    page = visit(attacked, "said", speaker="tomas-okoro")
    headings = re.findall(r'<h3 class="or-speaker">(.*?)</h3>', page.html)
    assert headings
    assert all(ENDLESS[:200] in heading and ENDLESS[:500] not in heading for heading in headings)
    assert ENDLESS in page.copies[0]  # a citation names its speaker whole


def test_what_a_button_copies_is_the_record_s_own_text(attacked: Settings, visit: Visit) -> None:
    page = visit(attacked, "statement", id="valley-wire-marchetti-win")
    citation = page.copies[0]
    assert "<script>window.attacked = 1</script>" in citation  # as text, where text is pasted
    code = next(text for text in page.copies if text.startswith("<figure"))
    assert Live(code).found in ([], [each for each in Live(code).found if each.startswith("https://")])


def test_the_record_was_built_with_its_hostile_labels(attacked: Settings) -> None:
    assert Path(attacked.snapshot).is_dir()
