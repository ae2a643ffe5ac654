"""The network as a picture: who stands where, what every part says, and that hostile names stay text."""

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from onrecord.analysis.citations import CitationEdge
from onrecord.analysis.network import network
from onrecord.exporters import Material, export
from onrecord.exporters.drawing import FAMILIES, drawing_of
from onrecord.exporters.lettering import lines, shortened, width
from onrecord.exporters.picture import draw

SVG = "{http://www.w3.org/2000/svg}"


def edge(
    start: str, end: str, relation: str = "cites", when: str | None = "2018-05", **more: Any
) -> CitationEdge:
    """A reference between two documents."""
    values: dict[str, Any] = {
        "from_noun": "document",
        "to_noun": "document",
        "from_label": start,
        "to_label": end,
        **more,
    }
    return CitationEdge(
        f"{start}-{relation}-{end}", from_=start, to=end, relation=relation, when=when, **values
    )


EDGES = [
    edge("article", "letter", "quotes"),
    edge("article", "law", to_noun="instrument"),
    edge(
        "letter",
        "Ann",
        "attributed-to",
        "2018-01-29",
        from_noun="statement",
        to_noun="actor",
        to_kind="person",
    ),
    edge("letter", "law", "critiques", None, to_noun="instrument"),
]


def test_references_lead_from_left_to_right_and_cards_do_not_touch() -> None:
    drawing = drawing_of(network(EDGES, "letter", 2))
    at = {card.node.slug: card for card in drawing.cards}
    assert at["article"].x < at["letter"].x < at["law"].x == at["Ann"].x
    upper, lower = sorted((at["law"], at["Ann"]), key=lambda card: card.y)
    assert upper.y + upper.high < lower.y
    assert [card.node.slug for card in drawing.cards if card.centre] == ["letter"]
    for card in drawing.cards:
        assert card.x >= 0
        assert card.x + card.wide <= drawing.wide
        assert card.y >= 0
        assert card.y + card.high <= drawing.high
    assert [text for _, text in drawing.headings] == ["what refers to it", "what it refers to"]


def test_a_line_begins_and_ends_at_its_cards() -> None:
    drawing = drawing_of(network(EDGES, "letter"))
    at = {card.node.slug: card for card in drawing.cards}
    for line in drawing.lines:
        start, end = at[line.from_.slug], at[line.to.slug]
        x, y = (float(number) for number in re.findall(r"-?[\d.]+", line.path)[:2])
        assert x in (start.x, start.x + start.wide)
        if start.x < end.x:  # out at the right, in at the left, the arrow looking right
            assert (x, line.tip[0], line.looks) == (start.x + start.wide, end.x, 1)
        assert start.y <= y <= start.y + start.high
        assert line.tip[0] in (end.x, end.x + end.wide)
        assert end.y <= line.tip[1] <= end.y + end.high


def test_references_of_one_kind_between_two_nodes_are_one_line_that_says_how_many() -> None:
    twice = [
        edge("a", "b"),
        replace(edge("a", "b"), id="again", when="2018-06-01"),
        edge("a", "b", "disputes"),
    ]
    found = {line.words: line for line in drawing_of(network(twice)).lines}
    assert set(found) == {"cites ×2", "disputes"}
    assert found["cites ×2"].said == "a — cites ×2 → b; May 2018 (day not stated); 1 June 2018"
    assert found["disputes"].family == "judges"


def test_every_relation_of_the_ontology_has_a_line_of_its_own_kind(repo: Path) -> None:
    scheme = (repo / "ontology/kinds/relation.ttl").read_text()
    known = set(re.findall(r'skos:notation "([^"]+)"', scheme))
    drawn = {relation for relations in FAMILIES.values() for relation in relations}
    assert known <= drawn
    assert drawn - known == {"reports", "contains", "attributed-to", "reported-by", "addressed-to"}


def test_the_picture_says_in_words_what_it_shows() -> None:
    svg = draw(network(EDGES, "letter"), lambda node: f"/network?id={node.slug}", title="Around the letter")
    root = etree.fromstring(svg.encode())
    assert root.get("aria-label") == "Around the letter"
    links = {link.get("href"): link for link in root.iter(f"{SVG}a")}
    assert set(links) == {f"/network?id={slug}" for slug in ("article", "letter", "law", "Ann")}
    assert links["/network?id=Ann"].findtext(f"{SVG}title") == "Ann (person; referred to here 1×, refers 0×)"
    assert links["/network?id=letter"].get("aria-current") == "true"
    said = {group.findtext(f"{SVG}title") for group in root.iter(f"{SVG}g") if group.get("role") == "img"}
    assert said == {
        "article — quotes → letter; May 2018 (day not stated)",
        "article — cites → law; May 2018 (day not stated)",
        "letter — attributed to → Ann; 29 January 2018",
        "letter — critiques → law; date not known",
    }


def test_the_file_stands_alone_and_says_what_it_is(material: Material) -> None:
    [file] = export("network-svg", material, around="open-letter", direction="cites")
    root = etree.fromstring(file.content)
    assert re.fullmatch(r"onrecord-citations-01234567-[0-9a-f]{6}\.svg", file.name)
    text = " ".join(map(str, root.itertext()))
    assert "Filters: around open-letter, direction cites." in text
    assert "Licence: https://creativecommons.org/licenses/by/4.0/." in " ".join(
        element.text or "" for element in root.iter(f"{SVG}text")
    )
    assert root.find(f"{SVG}style") is not None
    assert {link.get("href") for link in root.iter(f"{SVG}a")} == {
        "https://w3id.org/onrecord/id/document/open-letter",
        "https://w3id.org/onrecord/id/instrument/harbour-mou",
    }
    assert not re.search(rb"(src|href)=.(?!https://w3id\.org/onrecord/id/)", file.content)


@pytest.mark.parametrize(
    "name", ["<script>alert(1)</script>", "javascript:alert(1)", "a\u202eb\u0007c", "x" * 10_000, "", " \n "]
)
def test_hostile_names_stay_text(name: str) -> None:
    svg = draw(network([edge("a", "b", from_label=name, to_label=name)]), lambda _: None, title=name)
    root = etree.fromstring(svg.encode())
    assert {etree.QName(element).localname for element in root.iter()} == {
        "svg",
        "g",
        "path",
        "text",
        "rect",
        "title",
    }
    assert "\u202e" not in svg
    assert max(len(element.text or "") for element in root.iter(f"{SVG}text")) < 80


def test_words_are_broken_into_lines_that_fit() -> None:
    text = "Memorandum of understanding between NHS Digital, the Home Office and the health department"
    found = lines(text, 14, 200, 3)
    assert len(found) == 3
    assert all(width(line, 14) <= 200 for line in found)
    assert found[-1].endswith("…")
    assert text.startswith(" ".join(found).removesuffix("…"))
    assert lines("short", 14, 200, 3) == ["short"]
    assert lines("", 14, 200, 3) == []


def test_a_word_without_a_blank_is_broken_and_cut() -> None:
    assert all(width(line, 14) <= 60 for line in lines("m" * 50, 14, 60, 3))
    assert shortened("one two", 14, 500) == "one two"
