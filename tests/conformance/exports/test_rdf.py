"""RDF files read by two parsers that know nothing of each other, compared as graphs."""

import json
from collections.abc import Callable

import pytest
from pyoxigraph import Quad, RdfFormat, parse
from rdflib import Dataset as RdflibDataset
from rdflib import Graph, URIRef
from rdflib.compare import isomorphic

from onrecord.exporters import Material, export

FORMATS = {
    "turtle": RdfFormat.TURTLE,
    "trig": RdfFormat.TRIG,
    "nquads": RdfFormat.N_QUADS,
    "jsonld": RdfFormat.JSON_LD,
}
# rdflib's own parsers use what rdflib deprecates.
pytestmark = pytest.mark.filterwarnings("ignore:.*deprecated:DeprecationWarning")
EXPORT_GRAPH = "https://w3id.org/onrecord/graph/export"


def written(material: Material, name: str, **options: str) -> bytes:
    """The main file of an export."""
    return export(name, material, **options)[0].content


def triples(quads: list[Quad]) -> set[str]:
    """Triples as canonical text."""
    return {str(quad.triple) for quad in quads}


def read(content: bytes, name: str) -> list[Quad]:
    """By the engine's parser."""
    return [quad for quad in parse(content, format=FORMATS[name]) if isinstance(quad, Quad)]


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_holds_the_record_and_its_own_description(
    material: Material, quads: list[Quad], name: str
) -> None:
    found = read(written(material, name), name)
    own = {str(q.triple) for q in found if "/onrecord/export/" in str(q.subject)}
    assert triples(found) - own == triples(quads)
    assert len(own) == 11  # eight facts, one creator, two sources


@pytest.mark.parametrize("name", ["trig", "nquads"])
def test_the_graphs_that_say_who_says_it_are_kept(material: Material, quads: list[Quad], name: str) -> None:
    found = [
        quad for quad in read(written(material, name), name) if str(quad.graph_name) != f"<{EXPORT_GRAPH}>"
    ]
    assert {str(quad) for quad in found} == {str(quad) for quad in quads}


@pytest.mark.parametrize("name", ["turtle", "jsonld"])
def test_rdflib_reads_the_same_graph_as_pyoxigraph(material: Material, name: str) -> None:
    content = written(material, name)
    theirs = Graph().parse(data=content, format={"turtle": "turtle", "jsonld": "json-ld"}[name])
    lines = "".join(f"{quad.triple} .\n" for quad in read(content, name))
    assert isomorphic(theirs, Graph().parse(data=lines, format="nt"))


@pytest.mark.parametrize("name", ["trig", "nquads"])
def test_rdflib_reads_the_same_graphs_as_pyoxigraph(material: Material, name: str) -> None:
    content = written(material, name)
    theirs = RdflibDataset()
    theirs.parse(data=content, format=name)
    found = read(content, name)
    for graph in sorted({str(quad.graph_name) for quad in found}):
        lines = "".join(f"{quad.triple} .\n" for quad in found if str(quad.graph_name) == graph)
        ours = Graph().parse(data=lines, format="nt")
        assert isomorphic(theirs.graph(URIRef(graph[1:-1])), ours), graph


def test_all_four_formats_hold_the_same_triples(material: Material) -> None:
    one, *others = (triples(read(written(material, name), name)) for name in FORMATS)
    assert all(other == one for other in others)


def test_jsonld_carries_its_context_and_names_no_other(material: Material) -> None:
    document = json.loads(written(material, "jsonld"))
    assert isinstance(document["@context"], dict)
    assert document["@context"]["onr"] == "https://w3id.org/onrecord/ns#"
    assert [node["@id"] for node in document["@graph"]] == sorted(node["@id"] for node in document["@graph"])


def test_an_excerpt_describes_what_was_asked_and_names_the_rest(
    filtered: Callable[..., Material],
) -> None:
    found = read(written(filtered(statements=("de-witt-first",), speaker="ann-de-witt"), "nquads"), "nquads")
    base = "https://w3id.org/onrecord/id/"
    about = {str(quad.subject).strip("<>").removeprefix(base): set[str]() for quad in found}
    for quad in found:
        about[str(quad.subject).strip("<>").removeprefix(base)].add(
            str(quad.predicate).rpartition("#")[2].strip(">")
        )
    assert "text" in about["statement/de-witt-first"]
    assert "exact" in about["passage/gazette-bbbbbbbbbb#quote"]
    assert "fileName" in about["capture/gazette-1"]
    assert about["actor/ann-de-witt"] == {"slug", "label", "type"}
    # Only the citations with her statement at one end, and none of the other statement's.
    assert {name for name in about if name.startswith("citation/")} == {
        "citation/gazette--de-witt-first",
        "citation/first-disputes-letter",
    }
    assert "passage/mirror-eeeeeeeeee" not in about
    assert "text" not in about.get("statement/office-undated", set())
