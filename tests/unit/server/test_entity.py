"""Linked data: names lead to documents, documents are read by readers that are not ours."""

from html.parser import HTMLParser
from urllib.parse import urlsplit

import pytest
from lxml import html
from rdflib import URIRef
from rdflib.namespace import RDFS
from tests.serving import Served

BASE = "https://w3id.org/onrecord/"
MARGOT = URIRef(f"{BASE}id/actor/margot-james")
SAID = "statement/digit-james-no-longer"
WORDS = (
    "No longer will the names of overstayers and illegal entrants be sought against health service records "
    "to find current address details."
)
TYPES = {
    "html": "text/html",
    "ttl": "text/turtle",
    "jsonld": "application/ld+json",
    "nt": "application/n-triples",
}


@pytest.mark.parametrize(
    ("accept", "ending"),
    [
        ("*/*", "html"),
        ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "html"),
        ("text/turtle", "ttl"),
        ("application/ld+json", "jsonld"),
        ("application/n-triples", "nt"),
        ("text/html;q=0.2, text/turtle;q=0.3", "ttl"),
    ],
)
def test_a_name_leads_to_the_document_that_the_client_prefers(
    server: Served, accept: str, ending: str
) -> None:
    answer = server.get("/id/actor/margot-james", accept=accept)
    assert answer.status == 303
    assert answer.headers["Location"] == f"/doc/actor/margot-james.{ending}"
    assert "Accept" in answer.headers["Vary"]
    followed = server.get(answer.headers["Location"])
    assert (followed.status, followed.kind) == (200, TYPES[ending])


def test_a_redirect_stays_on_this_server_whatever_the_host_says(server: Served) -> None:
    answer = server.send("GET", "/id/actor/margot-james", {"Host": "evil.example"})
    assert answer.status == 303
    assert urlsplit(answer.headers["Location"]).netloc == ""


def test_a_name_without_a_fit_representation_is_not_acceptable(server: Served) -> None:
    answer = server.get("/id/actor/margot-james", accept="image/png")
    assert answer.status == 406
    assert "Accept" in answer.headers["Vary"]


@pytest.mark.parametrize("ending", ["ttl", "jsonld", "nt"])
def test_every_format_says_the_same(server: Served, ending: str) -> None:
    graph = server.get(f"/doc/{SAID}.{ending}").graph()
    reference = server.get(f"/doc/{SAID}.nt").graph()
    assert set(graph) == set(reference)
    quoted = set(graph.objects(predicate=URIRef("http://www.w3.org/ns/oa#exact")))
    assert WORDS in {str(text) for text in quoted}, "the passage's words are in the document"
    assert str(graph.value(MARGOT, RDFS.label)) == "Margot James", "what is linked is named"


def test_json_ld_carries_its_context(server: Served) -> None:
    document = server.get("/doc/actor/margot-james.jsonld").json()
    assert isinstance(document["@context"], dict)
    assert not [value for value in document["@context"].values() if value == "@import"]
    node = next(node for node in document["@graph"] if node["@id"].endswith("id/actor/margot-james"))
    assert node["slug"] == "margot-james"


def test_the_page_is_readable_and_links_its_data(server: Served) -> None:
    answer = server.get(f"/doc/{SAID}.html")
    page = html.document_fromstring(answer.body)
    assert page.get("lang") == "en"
    assert page.findtext(".//h1", "").startswith("Margot James:")
    assert [quote.text for quote in page.iter("blockquote")] == [WORDS]
    headings = [row.findtext("th") for row in page.iter("tr")]
    assert "text (as printed)" in headings
    links = {link.get("href") for link in page.iter("a", "link")}
    assert {f"/doc/{SAID}.ttl", f"/doc/{SAID}.jsonld", f"/doc/{SAID}.nt", "/id/actor/margot-james"} <= links
    for target in sorted(str(link) for link in links if str(link).startswith("/")):
        assert server.get(target.partition("#")[0], accept="text/html").status in (200, 303), target


def test_a_description_is_told_from_printed_words(server: Served) -> None:
    query = "SELECT ?s { ?s a <https://w3id.org/onrecord/ns#Paraphrase> } ORDER BY ?s LIMIT 1"
    iri = server.sparql(query).json()["results"]["bindings"][0]["s"]["value"]
    page = html.document_fromstring(server.get(f"/doc/{iri.removeprefix(f'{BASE}id/')}.html").body)
    headings = [row.findtext("th") or "" for row in page.iter("tr")]
    assert "text (our description, not the speaker's words)" in headings


class Tags(HTMLParser):
    """Collects the elements of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.names: set[str] = set()

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.names.add(tag)


def test_a_page_has_no_script_and_no_foreign_resource(server: Served) -> None:
    tags = Tags()
    tags.feed(server.get(f"/doc/{SAID}.html").text)
    assert not tags.names & {"script", "img", "iframe", "object", "embed", "form"}


@pytest.mark.parametrize(
    ("path", "near"),
    [
        ("/id/actor/margot-jame", "/id/actor/margot-james"),
        ("/id/person/margot-james", "/id/actor/margot-james"),
        ("/doc/actor/margot-jame.ttl", "/id/actor/margot-james"),
        ("/id/document/gponlin", "/id/document/gponline"),
    ],
)
def test_a_near_miss_names_what_may_be_meant(server: Served, path: str, near: str) -> None:
    answer = server.get(path)
    assert answer.status == 404
    assert near in answer.json()["hint"]


@pytest.mark.parametrize(
    "path",
    [
        "/id/actor/zzzz-qqqq-9",
        "/id/actor/%3Cscript%3E",
        "/id/actor/a%22b",
        "/id/actor/%00",
        "/id/actor/%FF",
        "/id/actor/" + "a" * 3000,
        "/doc/actor/margot-james.pdf",
        "/doc/actor/margot-james.",
        "/doc/.ttl",
        "/doc/../etc/passwd.ttl",
        "/doc/actor/margot-james/more.ttl",
        "/kind/unheard-of",
        "/graph/unheard-of",
        "/id/actor",
    ],
)
def test_what_is_not_on_record_is_not_found(server: Served, path: str) -> None:
    answer = server.get(path)
    assert answer.status == 404
    assert set(answer.json()) == {"error", "message", "hint", "line", "column"}
    assert answer.json()["hint"]


def test_every_iri_of_the_record_resolves(server: Served) -> None:
    query = (
        "SELECT DISTINCT ?it { { ?it ?p ?o } UNION { ?s ?p ?it } UNION { GRAPH ?it {} } "
        f'FILTER(isIRI(?it) && STRSTARTS(STR(?it), "{BASE}")) }}'
    )
    rows = server.sparql(query).json()["results"]["bindings"]
    paths = {row["it"]["value"].removeprefix(BASE).partition("#")[0] for row in rows} - {""}
    assert len(paths) > 1000
    nouns = {path.split("/")[0] + "/" + path.split("/")[1] if "/" in path else path: path for path in paths}
    for path in sorted(nouns.values()):
        answer = server.get(f"/{path}", accept="text/turtle")
        assert answer.status == 303, path
        graph = server.get(answer.headers["Location"]).graph()
        about = BASE + ("ns" if path.startswith("ns/") else path)
        assert any(str(subject) == about for subject in graph.subjects()), path


def test_without_an_ending_the_document_is_negotiated(server: Served) -> None:
    answer = server.get("/doc/actor/margot-james", accept="application/n-triples")
    assert (answer.status, answer.kind) == (200, "application/n-triples")
    assert server.get("/doc/actor/margot-james", accept="image/png").status == 406


def test_the_vocabulary_is_told_whole(server: Served) -> None:
    graph = server.get("/doc/ns.ttl").graph()
    term = URIRef(f"{BASE}ns#Quotation")
    assert graph.value(term, RDFS.label) is not None
