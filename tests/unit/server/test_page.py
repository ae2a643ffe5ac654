"""The small page, from facts that nobody would want in it."""

from lxml import html
from pyoxigraph import Literal, NamedNode, Triple

from onrecord import terms
from onrecord.server.page import Page, page_of

BASE = "https://example.org/kb/"
IT = NamedNode(f"{BASE}id/actor/mallory")
PAGE = Page("id/actor/mallory", "/doc/actor/mallory", BASE, "A <b>title</b>", "0" * 64)
HOSTILE = "</title></style><script>alert(1)</script>\"'><img src=x onerror=alert(1)>&amp;"


def triple(name: str, value: Literal | NamedNode) -> Triple:
    return Triple(IT, NamedNode(name), value)


def test_what_the_record_holds_never_becomes_markup() -> None:
    triples = [
        triple(terms.RDFS + "label", Literal(HOSTILE, language="en")),
        triple(terms.ONR + "note", Literal(HOSTILE)),
        triple(f"{BASE}ns#<script>".replace("<", "%3C").replace(">", "%3E"), Literal("x")),
    ]
    rows = [
        {
            "property": {"type": "uri", "value": terms.ONR + "speaker"},
            "from": {"type": "uri", "value": f"{BASE}id/statement/x"},
            "label": {"type": "literal", "value": HOSTILE},
        }
    ]
    page = html.document_fromstring(page_of(PAGE, triples, rows, 1))
    assert not list(page.iter("script", "img", "b"))
    assert page.findtext(".//h1") == HOSTILE
    assert page.findtext(".//li/a") == HOSTILE


def test_a_link_leads_to_the_web_or_to_this_server_only() -> None:
    triples = [
        triple(terms.SKOS + "exactMatch", NamedNode("javascript:alert(1)")),
        triple(terms.SKOS + "exactMatch", NamedNode("https://example.org/other?a=b&c=d")),
        triple(terms.ONR + "kind", NamedNode(f"{BASE}kind/person")),
    ]
    page = html.document_fromstring(page_of(PAGE, triples, [], 0))
    links = {link.get("href") for link in page.iter("a")}
    assert "https://example.org/other?a=b&c=d" in links
    assert "/kind/person" in links
    assert not [link for link in links if str(link).startswith("javascript:")]


def test_what_is_not_shown_is_counted() -> None:
    row = {
        "property": {"type": "uri", "value": terms.ONR + "speaker"},
        "from": {"type": "uri", "value": f"{BASE}id/statement/x"},
    }
    page = html.document_fromstring(page_of(PAGE, [triple(terms.RDFS + "label", Literal("M"))], [row], 7))
    assert "7 facts refer to it, the first 1 of them below." in [each.text for each in page.iter("p")]
