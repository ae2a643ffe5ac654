"""Describes the named graphs, so that a reader of the data alone knows who says what under which terms."""

from collections import Counter
from collections.abc import Iterable

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, parse

from onrecord import terms
from onrecord.config import Identity
from onrecord.graph.scribe import TYPE, Names, Scribe
from onrecord.model import Register

CORRECTIONS = "What was corrected or taken back, when and why"
REDIRECTS = "Where addresses lead whose slug was given up"
_GRAPHS = {
    "register": "What the record accepts: actors, documents, events, states of instruments, disagreements",
    "inferred": "What follows from the rest by the rules of the ontology",
    "catalogue": "Description of these graphs",
    "kinds": "The concepts that kinds, roles, topics and other values are taken from",
    "ontology": "The vocabulary",
}


def write_catalogue(scribe: Scribe, register: Register, identity: Identity, quads: Iterable[Quad]) -> None:
    """One description a graph, with its number of triples and, for a source, where it comes from."""
    names = scribe.names
    dataset = NamedNode(names.base)
    scribe.write(dataset, TYPE, NamedNode(terms.VOID + "Dataset"))
    scribe.english(dataset, terms.DCT + "title", identity.title)
    scribe.english(dataset, terms.RDFS + "label", identity.title)
    scribe.text(dataset, terms.DCT + "language", identity.language)
    if identity.description:
        scribe.english(dataset, terms.DCT + "description", identity.description)
    if identity.licence:
        scribe.text(dataset, terms.DCT + "license", identity.licence)
    for creator in identity.creators:
        scribe.text(dataset, terms.DCT + "creator", creator)
    sizes = Counter(quad.graph_name for quad in quads)
    titles = {names.graph(name): title for name, title in _GRAPHS.items()}
    if register.corrections:
        titles[names.graph("corrections")] = CORRECTIONS
    if register.redirects:
        titles[names.graph("redirects")] = REDIRECTS
    titles |= {names.graph(f"source/{s.id}"): f"What this source says: {s.title}" for s in register.sources}
    for graph in sorted(titles, key=str):
        _graph(scribe, dataset, graph, titles[graph], sizes[graph])
    for source in register.sources:
        graph = names.graph(f"source/{source.id}")
        scribe.link(graph, terms.DCT + "source", source.id)
        scribe.link(graph, terms.DCT + "publisher", source.publisher)
        scribe.text(graph, "sha256", source.capture.sha256)


def _graph(scribe: Scribe, dataset: NamedNode, graph: NamedNode, title: str, size: int) -> None:
    of_source = graph.value.startswith(scribe.names.graph("source/").value)
    scribe.write(graph, TYPE, NamedNode(terms.ONR + "SourceGraph" if of_source else terms.VOID + "Dataset"))
    scribe.write(dataset, terms.DCT + "hasPart", graph)
    scribe.english(graph, terms.DCT + "title", title)
    scribe.english(graph, terms.RDFS + "label", title)
    if graph != scribe.graph:
        scribe.write(graph, terms.VOID + "triples", Literal(size))


def read_turtle(turtle: bytes, names: Names, graph: str) -> set[Quad]:
    """The triples of one of our own Turtle files, in the named graph `graph`."""
    node = names.graph(graph)
    return {
        Quad(triple.subject, triple.predicate, triple.object, node)
        for triple in parse(turtle, format=RdfFormat.TURTLE, base_iri=names.base)
    }
