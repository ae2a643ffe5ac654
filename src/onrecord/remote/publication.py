"""What a publication leaves in a remote store beside the record, and how the same answers come of it.

The default graph of a record is the exact union of its graphs. What an engine takes for its default graph
differs (nothing, all graphs, all graphs with a triple counted once for each), so every query names its
dataset: the union, stored as a graph of its own, as default graph, and the graphs of the record as named
graphs. What else the engine holds is out of reach. Why, and what was measured: docs/decisions/remote.md.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, serialize

from onrecord import terms

UNION, PUBLICATION, NOTHING = "graph/union", "graph/publication", "graph/nothing"
"""Graphs that are no part of the record: its union, the note that it is there, and one that never is."""
ANSWERS, KEEPS = "answers", "keeps"
"""What an engine is good for."""


@dataclass(frozen=True)
class Publication:
    """A whole record in a remote store.

    dataset_hash: that of the snapshot. mark: another one for every publication. sizes: triples of each graph
    of the record and of its union, by IRI. answers: whether the engine was found to answer as our own does;
    one that does not keeps the record and a copy answers.
    """

    dataset_hash: str
    mark: str
    sizes: Mapping[str, int]
    answers: bool = False

    def graphs(self, base: str) -> tuple[str, ...]:
        """The named graphs of the record, in order."""
        return tuple(sorted(self.sizes.keys() - {base + UNION}))

    def note(self, base: str) -> bytes:
        """The N-Triples of the publication's own graph, sorted."""
        record = NamedNode(base)
        triples = [
            Triple(record, NamedNode(terms.ONR + "sha256"), Literal(self.dataset_hash)),
            Triple(record, NamedNode(terms.DCT + "identifier"), Literal(self.mark)),
            Triple(record, NamedNode(terms.DCT + "type"), Literal(ANSWERS if self.answers else KEEPS)),
        ]
        for graph, size in self.sizes.items():
            part = NamedNode(graph)
            triples.append(Triple(record, NamedNode(terms.DCT + "hasPart"), part))
            triples.append(Triple(part, NamedNode(terms.VOID + "triples"), Literal(size)))
        return serialize(sorted(triples, key=str), format=RdfFormat.N_TRIPLES) or b""


def dataset(
    publication: Publication, base: str, default: Sequence[str] | None, named: Sequence[str] | None
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The graphs that a query names to the engine: its default graph, and its named graphs.

    default, named: as asked for, None for all of the record. What is no graph of the record is empty; an
    empty list is told as a graph that never is, because engines take no list for all that they hold.
    """
    known = publication.graphs(base)
    nothing = (base + NOTHING,)
    if default is None or named is None:
        return (base + UNION,), known or nothing
    return (
        tuple(graph for graph in default if graph in known) or nothing,
        tuple(graph for graph in named if graph in known) or nothing,
    )
