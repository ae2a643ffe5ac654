"""Model to quads, without a store: what each record means as RDF, one named graph a source."""

from collections.abc import Iterable
from hashlib import sha256
from io import BytesIO
from itertools import groupby
from pathlib import Path

from pyoxigraph import BlankNode, DefaultGraph, NamedNode, Quad, RdfFormat, serialize

from onrecord import terms
from onrecord.config import Identity
from onrecord.graph.actors import write_actors
from onrecord.graph.catalogue import read_turtle, write_catalogue
from onrecord.graph.corrections import write_corrections
from onrecord.graph.documents import write_documents
from onrecord.graph.dossiers import publication, publication_slug, write_dossier, write_publication
from onrecord.graph.redirects import write_redirects
from onrecord.graph.scribe import LABEL, Names, Scribe
from onrecord.graph.sources import write_source
from onrecord.model import Register

__all__ = [
    "catalogue",
    "dataset_hash",
    "nquads",
    "publication",
    "publication_slug",
    "union",
    "union_text",
    "vocabulary",
    "write",
]

_PREFERRED = NamedNode(terms.SKOS + "prefLabel")


def write(register: Register, base: str) -> set[Quad]:
    """The register graph, one graph a source, and those of the correction log and of the redirects where
    there are any.

    Raises:
        ValueError: an anchor has no position yet; the checks before this step report it with its place.
    """
    names = Names(base, register)
    labels = register.labels()
    scribe = Scribe(names, names.graph("register"))
    write_actors(scribe, register)
    write_documents(scribe, register)
    for source in register.sources:
        write_publication(scribe, source, names.entity(source.id), labels)
    for dossier in register.dossiers:
        write_dossier(scribe, register, dossier)
    quads = scribe.quads
    for source in register.sources:
        pen = Scribe(names, names.graph(f"source/{source.id}"))
        write_source(pen, register, source)
        quads |= pen.quads
    log = Scribe(names, names.graph("corrections"))
    write_corrections(log, register)
    moved = Scribe(names, names.graph("redirects"))
    write_redirects(moved, register)
    return quads | log.quads | moved.quads


def vocabulary(ontology: Path, base: str) -> set[Quad]:
    """`graph/ontology` and `graph/kinds`, so that a query can ask for labels and broader concepts.

    Axioms that OWL writes with blank nodes (disjointness) are left to the file: the record has none. A kind's
    `skos:prefLabel` is its `rdfs:label` too (SKOS Reference, S10), so that one pattern finds every label.
    """
    names = Names(base, Register())
    quads = read_turtle((ontology / "onrecord.ttl").read_bytes(), names, "ontology")
    for path in sorted((ontology / "kinds").glob("*.ttl")):
        quads |= read_turtle(path.read_bytes(), names, "kinds")
    quads |= {Quad(q.subject, LABEL, q.object, q.graph_name) for q in quads if q.predicate == _PREFERRED}
    return {q for q in quads if not isinstance(q.subject, BlankNode) and not isinstance(q.object, BlankNode)}


def catalogue(register: Register, identity: Identity, quads: Iterable[Quad]) -> set[Quad]:
    """`graph/catalogue`: what the graphs of `quads` are."""
    names = Names(identity.base, register)
    scribe = Scribe(names, names.graph("catalogue"))
    write_catalogue(scribe, register, identity, quads)
    return scribe.quads


def union(quads: Iterable[Quad]) -> set[Quad]:
    """Each triple once in the default graph: the set union that questions without GRAPH see."""
    return {Quad(q.subject, q.predicate, q.object, DefaultGraph()) for q in quads}


def nquads(quads: Iterable[Quad]) -> bytes:
    """Sorted N-Quads, one line a quad: equal data give equal bytes."""
    stream = BytesIO()
    serialize(quads, stream, RdfFormat.N_QUADS)
    return b"".join(sorted(stream.getvalue().splitlines(keepends=True)))


def union_text(sorted_nquads: bytes) -> bytes:
    """The same as `union`, from and to text: the sorted triples of the named graphs, each once."""
    triples = (line[: line.rindex(b" <")] for line in sorted_nquads.splitlines())
    return b"".join(triple + b" .\n" for triple, _ in groupby(triples))


def dataset_hash(sorted_nquads: bytes) -> str:
    """SHA-256 of the sorted N-Quads of all named graphs."""
    return sha256(sorted_nquads).hexdigest()
