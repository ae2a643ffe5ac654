"""Quotations as cards: verbatim, three actors, nothing fetched, everything escaped."""

import re
from collections.abc import Callable
from dataclasses import replace
from html import unescape
from html.parser import HTMLParser
from typing import Any

import pytest

from onrecord.exporters import Material, export
from onrecord.exporters.card import card
from onrecord.exporters.material import CorrectionNote

FETCHING = ("script", "img", "link", "iframe", "object", "embed", "video", "audio", "source", "form", "base")


class Seen(HTMLParser):
    """Names of elements and attributes."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: set[str] = set()
        self.attributes: dict[str, set[str]] = {}
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.add(tag)
        for name, value in attrs:
            self.attributes.setdefault(name, set()).add(value or "")


def plain(html: str) -> str:
    return unescape(re.sub(r"<[^>]+>", " ", html))


def row_of(material: Material, **values: Any) -> dict[str, Any]:
    return {
        "statement": "said", "speaker_label": "Ann Low", "named_as": "Ms Low", "role": "chair",
        "text": "We\u00a0stop", "segments": [{"text": "We\u00a0stop", "start": 3, "end": 10}],
        "text_is": "printed", "when": "2018-05", "date_basis": "relative", "source_file": "a.txt",
        "source": material.references[0].id, "start": 3, "end": 10,
    } | values  # fmt: skip


def test_printed_words_are_exactly_the_record_s(material: Material) -> None:
    html = card(material, row_of(material))
    assert "<blockquote" in html
    assert "“We\u00a0stop”" in html
    assert "May 2018 (day not stated) (counted from the source's own date)" in plain(html)
    assert "chair" in html


def test_reported_speech_is_never_shown_as_a_quotation(material: Material) -> None:
    html = card(material, row_of(material, text_is="ours", text="She says that it stops", segments=[]))
    assert "<blockquote" not in html
    assert "Reported speech, described by the record: " in plain(html).replace(" :", ":").replace("  ", " ")


def test_said_reported_and_published_are_three(material: Material) -> None:
    named = replace(material, names={"the-letter": "A letter"})
    text = plain(card(named, row_of(material, reported_by="the-letter")))
    assert "Said by" in text
    assert "Reported by A letter, second-hand." in text
    assert "Published by" in text


def test_a_card_names_snapshot_licence_and_address(material: Material) -> None:
    html = card(material, row_of(material))
    assert material.about.dataset_hash in html
    assert material.about.licence in html
    assert f"{material.about.base}id/statement/said" in html


@pytest.mark.parametrize(("kind", "told"), [("retract", "Retracted"), ("correct", "Corrected")])
def test_what_was_corrected_stands_on_the_card(material: Material, kind: str, told: str) -> None:
    entries = (
        CorrectionNote(1, kind, "said", "2018-06", "A slip."),
        CorrectionNote(2, kind, "other", "2018", "Not this."),
    )
    text = plain(
        card(replace(material, about=replace(material.about, corrections=entries)), row_of(material))
    )
    assert told in text
    assert "June 2018 (day not stated): A slip." in text
    assert "Not this." not in text


HOSTILE = '"><script src=//x>alert(1)</script><img src=x onerror=alert(1)>\u202e\x00'


@pytest.mark.parametrize("column", ["speaker_label", "role", "text", "description", "reported_by", "venue"])
def test_hostile_values_are_text(material: Material, column: str) -> None:
    row = row_of(material, **{column: HOSTILE})
    if column == "text":
        row["segments"] = []
    html = card(material, row)
    seen = Seen(html)
    assert seen.elements.isdisjoint(FETCHING)
    assert not any(name.startswith("on") or name == "src" for name in seen.attributes)
    assert "\u202e" not in html
    assert "⟨U+202E⟩" in html


def test_the_page_fetches_nothing_and_says_so_to_the_browser(material: Material) -> None:
    page, about = export("card", material)
    html = page.content.decode()
    assert page.name.startswith("onrecord-cards-")
    assert page.name.endswith(".html")
    assert about.name == page.name + ".about.json"
    assert Seen(html).elements.isdisjoint(FETCHING)
    assert "default-src &#x27;none&#x27;" in html
    printed = [row for row in material.statements if row.get("text_is") == "printed"]
    assert html.count("<blockquote") == len(printed) > 0


def test_the_same_material_gives_the_same_bytes(material: Material) -> None:
    write: Callable[[], bytes] = lambda: export("card", material)[0].content  # noqa: E731
    assert write() == write()
