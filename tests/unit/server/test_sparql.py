"""`/sparql` as clients see it; bodies are read by readers that are not ours."""

import csv
import io
import json
import xml.etree.ElementTree as ET
from urllib.parse import urlencode

import pytest
from rdflib import Namespace, URIRef
from rdflib.namespace import RDF, VOID
from tests.serving import Served

ONR = "PREFIX onr: <https://w3id.org/onrecord/ns#> "
ONE_LABEL = (
    "PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> "
    "SELECT ?label { <https://w3id.org/onrecord/id/actor/margot-james> rdfs:label ?label }"
)
DESCRIBE = "DESCRIBE <https://w3id.org/onrecord/id/actor/margot-james>"
MARGOT = URIRef("https://w3id.org/onrecord/id/actor/margot-james")
FORM = "application/x-www-form-urlencoded"
RESULTS = "{http://www.w3.org/2005/sparql-results#}"


def read_json(body: bytes) -> str:
    return str(json.loads(body)["results"]["bindings"][0]["label"]["value"])


def read_xml(body: bytes) -> str:
    return str(ET.fromstring(body).findtext(f".//{RESULTS}literal"))


def read_csv(body: bytes) -> str:
    return list(csv.reader(io.StringIO(body.decode(), newline="")))[1][0]


def read_tsv(body: bytes) -> str:
    return body.decode().splitlines()[1].removesuffix("@en").strip('"')


@pytest.mark.parametrize(
    ("accept", "kind", "read"),
    [
        ("*/*", "application/sparql-results+json", read_json),
        ("application/sparql-results+json", "application/sparql-results+json", read_json),
        ("application/json", "application/json", read_json),
        ("application/sparql-results+xml", "application/sparql-results+xml", read_xml),
        ("application/xml", "application/xml", read_xml),
        ("text/csv", "text/csv", read_csv),
        ("text/tab-separated-values", "text/tab-separated-values", read_tsv),
        ("text/csv;q=0.5, application/sparql-results+xml;q=0.6", "application/sparql-results+xml", read_xml),
    ],
)
def test_a_select_comes_as_the_client_prefers(server: Served, accept: str, kind: str, read: object) -> None:
    answer = server.sparql(ONE_LABEL, accept=accept)
    assert (answer.status, answer.kind) == (200, kind)
    assert callable(read)
    assert read(answer.body) == "Margot James"
    assert "Accept" in answer.headers["Vary"]


@pytest.mark.parametrize(
    ("accept", "true"),
    [
        ("application/sparql-results+json", lambda body: json.loads(body)["boolean"] is True),
        (
            "application/sparql-results+xml",
            lambda body: ET.fromstring(body).findtext(f"{RESULTS}boolean") == "true",
        ),
        ("text/csv", lambda body: body.strip() == b"true"),
        ("text/tab-separated-values", lambda body: body.strip() == b"true"),
    ],
)
def test_an_ask_comes_as_the_client_prefers(server: Served, accept: str, true: object) -> None:
    answer = server.sparql(ONR + "ASK { ?quotation a onr:Quotation }", accept=accept)
    assert (answer.status, answer.kind) == (200, accept)
    assert callable(true)
    assert true(answer.body)


@pytest.mark.parametrize(
    ("accept", "kind"),
    [
        ("*/*", "text/turtle"),
        ("text/turtle", "text/turtle"),
        ("application/n-triples", "application/n-triples"),
        ("application/ld+json", "application/ld+json"),
    ],
)
@pytest.mark.parametrize(
    "query",
    [
        DESCRIBE,
        "CONSTRUCT { ?s ?p ?o } " + DESCRIBE.replace("DESCRIBE", "WHERE { VALUES ?s {") + " } ?s ?p ?o }",
    ],
)
def test_a_graph_comes_as_the_client_prefers(server: Served, accept: str, kind: str, query: str) -> None:
    answer = server.sparql(query, accept=accept)
    assert (answer.status, answer.kind) == (200, kind)
    graph = answer.graph()
    assert str(graph.value(MARGOT, URIRef("http://www.w3.org/2000/01/rdf-schema#label"))) == "Margot James"
    assert len(graph) == 12, "what the record's own file and the rules say of her"


@pytest.mark.parametrize(
    ("query", "accept"),
    [
        (ONE_LABEL, "text/turtle"),
        (ONE_LABEL, "image/png"),
        ("ASK {}", "application/ld+json"),
        (DESCRIBE, "text/csv"),
        (DESCRIBE, "application/sparql-results+json"),
        (DESCRIBE, "application/rdf+xml"),
    ],
)
def test_another_representation_is_not_acceptable(server: Served, query: str, accept: str) -> None:
    answer = server.sparql(query, accept=accept)
    assert answer.status == 406
    assert set(answer.json()) == {"error", "message", "hint", "line", "column"}
    assert "offered" in answer.json()["hint"]


@pytest.mark.parametrize(
    ("kind", "body", "target"),
    [
        (FORM, urlencode({"query": "ASK {}"}).encode(), "/sparql"),
        (f"{FORM}; charset=UTF-8", urlencode({"query": "ASK {}"}).encode(), "/sparql"),
        ("application/sparql-query", b"ASK {}", "/sparql"),
        ('application/sparql-query;charset="utf-8"', "ASK { FILTER('é' = 'é') }".encode(), "/sparql"),
        ("application/sparql-query", b"ASK {}", "/sparql/"),
        ("application/sparql-query", b"ASK {}", "/sparql?format=json"),
    ],
)
def test_a_query_is_posted_in_both_ways(server: Served, kind: str, body: bytes, target: str) -> None:
    answer = server.send("POST", target, {"Content-Type": kind}, body)
    assert answer.status == 200
    assert answer.json()["boolean"] is True


COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
NAMED = "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }"
GRAPHS = "https://w3id.org/onrecord/graph/"


def counted(server: Served, query: str, *graphs: tuple[str, str]) -> int:
    answer = server.get("/sparql", [("query", query), *graphs])
    assert answer.status == 200, answer.text
    return int(answer.json()["results"]["bindings"][0]["n"]["value"])


def test_the_dataset_of_the_protocol_is_read(server: Served) -> None:
    whole = counted(server, COUNT)
    register = counted(server, COUNT, ("default-graph-uri", f"{GRAPHS}register"))
    digit = counted(server, COUNT, ("default-graph-uri", f"{GRAPHS}source/digit"))
    assert 0 < register < whole
    both = counted(
        server,
        COUNT,
        ("default-graph-uri", f"{GRAPHS}register"),
        ("default-graph-uri", f"{GRAPHS}source/digit"),
    )
    assert max(register, digit) < both <= register + digit
    assert counted(server, COUNT, ("default-graph-uri", "graph/register")) == register, "relative to the base"
    assert counted(server, NAMED, ("named-graph-uri", f"{GRAPHS}register")) == register
    assert counted(server, COUNT, ("named-graph-uri", f"{GRAPHS}register")) == 0, "no default graph was named"
    clause = COUNT.replace("{", f"FROM <{GRAPHS}source/digit> {{")
    assert counted(server, clause, ("default-graph-uri", f"{GRAPHS}register")) == register, (
        "the protocol wins"
    )


def test_a_foreign_graph_is_empty_and_not_fetched(server: Served) -> None:
    assert counted(server, COUNT, ("default-graph-uri", f"{server.origin}/limits")) == 0
    assert counted(server, NAMED, ("named-graph-uri", "http://example.org/g")) == 0


@pytest.mark.parametrize(
    "graph", ["", "not an iri", "http://exa mple.org/", "http://[", "<x>", "a\\b:c", "\ud7ff\n"]
)
def test_a_graph_that_is_no_iri_is_refused(server: Served, graph: str) -> None:
    answer = server.get("/sparql", {"query": "ASK {}", "default-graph-uri": graph})
    assert answer.status == 400
    assert "is not an IRI" in answer.json()["message"]


@pytest.mark.parametrize(
    ("query", "message", "hint", "line", "column"),
    [
        ("SELECT * {\n ?s ?p", "'{' is never closed", "add '}'", 1, 10),
        ("SELECT * { ?s onr:speaker ?o }", "the prefix 'onr:' is not declared", "add PREFIX onr:", 1, 15),
        ("ASK {}\nDROP ALL", "DROP is refused", "queries only read", 2, 1),
        ("ASK { SERVICE <http://example.org/> {} }", "SERVICE is refused", "asks no other server", 1, 7),
        ("ASK FROM <http://example.org/> {}", "is not a graph of this knowledge base", "", 1, 10),
    ],
)  # fmt: skip
def test_a_refused_query_says_where_and_what_to_do(
    server: Served, query: str, message: str, hint: str, line: int, column: int
) -> None:
    answer = server.sparql(query)
    told = answer.json()
    assert answer.status == 400
    assert message in told["message"]
    assert hint in told["hint"]
    assert (told["line"], told["column"]) == (line, column)


def test_a_value_that_xml_cannot_hold_is_refused(server: Served) -> None:
    query = 'SELECT ("\\u0001" AS ?x) {}'
    assert server.sparql(query, accept="application/sparql-results+json").status == 200
    answer = server.sparql(query, accept="application/sparql-results+xml")
    assert answer.status == 400
    assert answer.json()["error"] == "bad-request"


@pytest.mark.parametrize("path", ["/sparql", "/sparql/"])
@pytest.mark.parametrize(
    "accept",
    ["*/*", "application/ld+json", "application/n-triples"],
)
def test_without_a_query_the_service_is_described(server: Served, path: str, accept: str) -> None:
    sd = Namespace("http://www.w3.org/ns/sparql-service-description#")
    answer = server.get(path, accept=accept)
    assert answer.status == 200
    graph = answer.graph()
    service = graph.value(predicate=RDF.type, object=sd.Service)
    assert graph.value(service, sd.endpoint) == URIRef(server.origin + path)
    assert (service, sd.supportedLanguage, sd.SPARQL11Query) in graph
    dataset = graph.value(service, sd.defaultDataset)
    assert graph.value(dataset, sd.defaultGraph) is not None
    names = {str(graph.value(named, sd.name)) for named in graph.objects(dataset, sd.namedGraph)}
    listed = server.sparql("SELECT DISTINCT ?g { GRAPH ?g {} }").json()["results"]["bindings"]
    assert names == {row["g"]["value"] for row in listed}
    assert all(isinstance(node, URIRef) for node in graph.subjects()), "nothing is blank"


def test_the_dataset_is_described_where_crawlers_look(server: Served) -> None:
    answer = server.get("/.well-known/void", accept="text/turtle")
    graph = answer.graph()
    dataset = URIRef("https://w3id.org/onrecord/")
    assert (dataset, RDF.type, VOID.Dataset) in graph
    assert graph.value(dataset, VOID.sparqlEndpoint) == URIRef(f"{server.origin}/sparql")
    assert int(str(graph.value(dataset, VOID.triples))) == counted(server, COUNT)
    dump = str(graph.value(dataset, VOID.dataDump)).removeprefix(server.origin)
    assert server.get(dump).status == 200
    assert server.get("/.well-known/void", accept="image/png").status == 406


def test_a_host_that_is_none_does_not_enter_the_description(server: Served) -> None:
    for host in ("evil.example/<x>", "a b", '"'):
        answer = server.send("GET", "/sparql", {"Host": host})
        assert answer.status in (200, 400)
        assert b"evil" not in answer.body


def test_a_query_in_the_address_may_be_as_long_as_the_limit(server: Served) -> None:
    filler = "#" + "é" * 32000 + "\n"
    assert server.sparql(f"{filler}ASK {{}}").status == 200
    answer = server.sparql(filler + filler + "ASK {}")
    assert answer.status == 414
    assert answer.json()["error"] == "uri-too-long"
    assert "POST" in answer.json()["hint"]
    posted = server.send(
        "POST", "/sparql", {"Content-Type": "application/sparql-query"}, (filler + filler).encode()
    )
    assert (posted.status, posted.json()["error"]) == (413, "query-too-long")
