"""A served record whose graphs are those of a test, published as any snapshot is."""

from collections.abc import Iterable, Mapping
from pathlib import Path

from pyoxigraph import DefaultGraph, NamedNode, Quad, RdfFormat, parse, serialize

from onrecord.config import Settings
from onrecord.snapshot import events, search
from onrecord.snapshot.folder import publish, workshop
from onrecord.snapshot.manifest import Manifest, hash_files
from onrecord.snapshot.store import load


def publish_graphs(root: Path, graphs: Mapping[str, bytes], base: str) -> Settings:
    """Publishes N-Triples by graph IRI under `root`, with their union as the default graph."""
    quads: set[Quad] = set()
    for iri, content in graphs.items():
        for triple in parse(content, format=RdfFormat.N_TRIPLES):
            quads.add(Quad(triple.subject, triple.predicate, triple.object, NamedNode(iri)))
            quads.add(Quad(triple.subject, triple.predicate, triple.object, DefaultGraph()))
    return publish_quads(root, quads, base)


def publish_quads(root: Path, quads: Iterable[Quad], base: str) -> Settings:
    """Publishes quads under `root` as they are, the default graph included."""
    with workshop(root) as folder:
        load(folder / "store", serialize(quads, format=RdfFormat.N_QUADS) or b"")
        search.build(folder / "search.sqlite", [])
        events.build(folder / "search.sqlite", [], {})
        manifest = Manifest("0" * 64, "A test's graphs", base, {}, {}, {}, "", hash_files(folder))
        publish(root, folder, manifest)
    return Settings(data=root, snapshot=root, captures=root)
