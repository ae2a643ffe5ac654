"""The W3C's SPARQL 1.1 query tests, read from their manifests where the suite lies beside the checkout."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import DefaultGraph, NamedNode, Quad, RdfFormat, parse
from rdflib import Graph, Namespace
from rdflib.collection import Collection
from rdflib.namespace import RDF
from rdflib.term import Node

HERE = Path(__file__).resolve().parent
SUITE = HERE.parents[3] / "shared" / "suites" / "w3c-sparql11"
BASE = "http://www.w3.org/2009/sparql/docs/tests/data-sparql11/"
MF = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
QT = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-query#")

GROUPS: Mapping[str, int] = {
    "aggregates": 47, "bind": 10, "bindings": 11, "cast": 6, "construct": 7, "csv-tsv-res": 6, "exists": 6,
    "functions": 75, "grouping": 6, "json-res": 4, "negation": 12, "project-expression": 7,
    "property-path": 33, "subquery": 14, "syntax-query": 94,
}  # fmt: skip
"""Folders of `manifest-sparql11-query.ttl` and `manifest-sparql11-results.ttl`: how many tests each has."""

EVALUATION, POSITIVE, NEGATIVE = "evaluation", "positive syntax", "negative syntax"
KINDS: Mapping[Node, str] = {
    MF.QueryEvaluationTest: EVALUATION,
    MF.CSVResultFormatTest: EVALUATION,
    MF.PositiveSyntaxTest11: POSITIVE,
    MF.NegativeSyntaxTest11: NEGATIVE,
}
_SYNTAX = {".ttl": RdfFormat.TURTLE, ".rdf": RdfFormat.RDF_XML, ".nt": RdfFormat.N_TRIPLES}


@dataclass(frozen=True)
class Case:
    """One test of the suite.

    name: `<folder>/<name in its manifest>`. data, graph_data: IRIs of the files of the default graph and of
    the named graphs. result: the expected answer; None for a test of syntax.
    """

    name: str
    kind: str
    query: Path
    data: tuple[str, ...] = ()
    graph_data: tuple[str, ...] = ()
    result: Path | None = None

    @property
    def base(self) -> str:
        """What relative IRIs resolve against: the suite's address of the folder."""
        return f"{BASE}{self.name.partition('/')[0]}/"

    @property
    def text(self) -> str:
        return self.query.read_bytes().decode("utf-8")


@dataclass(frozen=True)
class Known:
    """How a test that does not pass everywhere ends: asked of the engine itself, and through our door."""

    engine: str
    door: str
    reason: str


def cases(group: str) -> list[Case]:
    """The tests of a folder, in its manifest's order."""
    manifest = Graph().parse(SUITE / group / "manifest.ttl", publicID=f"{BASE}{group}/manifest")
    head = next(manifest.objects(None, MF.entries))
    return [_case(manifest, entry, group) for entry in Collection(manifest, head)]


def _case(manifest: Graph, entry: Node, group: str) -> Case:
    kind = KINDS[next(manifest.objects(entry, RDF.type))]
    name = f"{group}/{str(entry).partition('#')[2]}"
    action = next(manifest.objects(entry, MF.action))
    if kind != EVALUATION:
        return Case(name, kind, path_of(str(action)))
    data, graph_data = (tuple(sorted(map(str, manifest.objects(action, p)))) for p in (QT.data, QT.graphData))
    query = path_of(str(next(manifest.objects(action, QT.query))))
    return Case(name, kind, query, data, graph_data, path_of(str(next(manifest.objects(entry, MF.result)))))


def path_of(iri: str) -> Path:
    """The file of the suite that an IRI of the suite names."""
    return SUITE / iri.removeprefix(BASE)


def quads_of(iri: str, *graphs: NamedNode | DefaultGraph) -> set[Quad]:
    """The triples of a file of the suite in each of `graphs`; its blank nodes are one and the same in all."""
    path = path_of(iri)
    triples = [q.triple for q in parse(path=str(path), format=_SYNTAX[path.suffix], base_iri=iri)]
    return {Quad(t.subject, t.predicate, t.object, graph) for t in triples for graph in graphs}


def table(name: str) -> list[dict[str, str]]:
    """A table of this folder."""
    with (HERE / name).open(newline="", encoding="utf-8") as stream:
        return list(csv.DictReader(stream))


def known_failures() -> dict[str, Known]:
    """Tests that do not pass everywhere, by name."""
    rows = table("known_failures.csv")
    found = {row["test"]: Known(row["engine"], row["door"], row["reason"]) for row in rows}
    assert len(found) == len(rows), "a test is listed twice"
    return found
