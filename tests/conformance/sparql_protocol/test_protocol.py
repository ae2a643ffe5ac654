"""The W3C's protocol tests, as far as they apply to a service that only reads: our table of them, and the
suite itself where it lies beside the checkout."""

import json
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from rdflib import Graph, Namespace, URIRef
from rdflib.collection import Collection
from rdflib.namespace import RDFS
from rdflib.term import Node
from tests.conformance.sparql_protocol.cases import CASES, DATA, GRAPHS, WRITES, Case
from tests.conformance.sparql_protocol.store import publish_graphs
from tests.serving import SYNTAXES, Received, Served, serving

SUITE = Path(__file__).resolve().parents[4] / "shared" / "suites" / "w3c-sparql11" / "protocol"
MF = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
HT = Namespace("http://www.w3.org/2011/http#")
CNT = Namespace("http://www.w3.org/2011/content#")
UT = Namespace("http://www.w3.org/2009/sparql/tests/test-update#")
TABULAR = (
    "application/sparql-results+json",
    "application/sparql-results+xml",
    "text/csv",
    "text/tab-separated-values",
)


@pytest.fixture(scope="module")
def endpoint(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The suite's graphs behind our endpoint."""
    with serving(publish_graphs(tmp_path_factory.mktemp("protocol"), GRAPHS, DATA)) as served:
        yield served


def check_form(answer: Received, form: str) -> None:
    if form == "boolean":
        assert json.loads(answer.body)["boolean"] is True
    elif form == "tabular":
        assert answer.kind in TABULAR
    elif form == "RDF":
        assert answer.kind in SYNTAXES
        answer.graph()


@pytest.mark.parametrize("case", CASES, ids=str)
@pytest.mark.parametrize("path", ["/sparql", "/sparql/"])
def test_our_table(endpoint: Served, case: Case, path: str) -> None:
    answer = endpoint.send(case.method, path + case.query_string, case.headers, case.body)
    assert str(answer.status)[0] == ("2" if case.succeeds else "4"), answer.text
    check_form(answer, case.form)


@pytest.mark.parametrize("name", sorted(WRITES))
def test_what_would_write_is_refused(endpoint: Served, name: str) -> None:
    direct = name not in ("update_post_form",)
    headers = {"Content-Type": "application/sparql-update" if direct else "application/x-www-form-urlencoded"}
    answer = endpoint.send("POST", "/sparql", headers, b"CLEAR ALL" if direct else b"update=CLEAR+ALL")
    assert answer.status == 400
    assert "updates are refused" in answer.json()["message"]
    assert endpoint.sparql("ASK { ?s ?p ?o }").json()["boolean"] is True


def test_the_suite_itself(endpoint: Served) -> None:
    """Every request of the suite's manifest; without the suite, that our table has as many tests as it."""
    assert len(CASES) + len(WRITES) == 34
    if not SUITE.is_dir():
        return
    manifest = Graph().parse(SUITE / "manifest.ttl")
    entries = listed(manifest, next(manifest.objects(None, MF.entries)))
    names = {str(entry).partition("#")[2] for entry in entries}
    assert names == {case.name for case in CASES} | WRITES
    for entry in entries:
        name = str(entry).partition("#")[2]
        if name not in WRITES:
            loaded = [one(manifest, data, RDFS.label) for data in manifest.objects(entry, UT.graphData)]
            assert {str(label) for label in loaded} <= set(GRAPHS), name
            for request in listed(manifest, one(manifest, one(manifest, entry, MF.action), HT.requests)):
                check(endpoint, manifest, request, name)


def one(graph: Graph, subject: Node, predicate: URIRef) -> Node:
    """The value of a property that must be there."""
    return next(graph.objects(subject, predicate))


def listed(graph: Graph, head: Node) -> list[Node]:
    """The members of an RDF list."""
    return list(Collection(graph, head))


def check(endpoint: Served, manifest: Graph, request: Node, name: str) -> None:
    """Sends one request of the manifest and holds the answer against what it expects."""
    target = urlsplit(str(one(manifest, request, HT.absolutePath)))
    headers = {
        str(one(manifest, header, HT.fieldName)): str(one(manifest, header, HT.fieldValue))
        for head in manifest.objects(request, HT.headers)
        for header in listed(manifest, head)
    }
    bodies = [
        str(one(manifest, body, CNT.chars)).encode(str(one(manifest, body, CNT.characterEncoding)))
        for body in manifest.objects(request, HT.body)
    ]
    query = f"?{target.query}" if target.query else ""
    method = str(one(manifest, request, HT.methodName))
    answer = endpoint.send(method, f"/sparql{query}", headers, bodies[0] if bodies else None)
    response = one(manifest, request, HT.resp)
    expected = {str(status)[-3] for status in manifest.objects(response, MF.expectedStatus)}
    assert str(answer.status)[0] in expected, f"{name}: {answer.status} {answer.text}"
    for form in manifest.objects(response, MF.expectedFormat):
        check_form(answer, str(form))
