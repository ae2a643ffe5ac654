"""The citation graph as plain values, the same for every graph format."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass

from onrecord.analysis.citations import NO_PASSAGE, CitationEdge, citation_graph, measures
from onrecord.exporters.edges import facts
from onrecord.exporters.selection import Selection

Scalar = str | int | float

NODE_ATTRIBUTES: dict[str, type[Scalar]] = {
    "noun": str, "kind": str, "in_degree": int, "out_degree": int, "degree": int, "pagerank": float,
}  # fmt: skip
EDGE_ATTRIBUTES: dict[str, type[Scalar]] = {
    "relation": str, "cito": str, "description": str, "when": str, "earliest": str, "latest": str,
    "date_basis": str, "certainty": str, "told_in": str, "evidence_count": int, "evidence_source": str,
    "evidence_file": str, "evidence_start": int, "evidence_end": int, "evidence_text": str,
    "evidence_text_is": str, "evidence": str,
}  # fmt: skip
"""`evidence_…` are of the first passage by position; `evidence` has all of them, as JSON."""


@dataclass(frozen=True, slots=True)
class Node:
    """A node: attributes that it has, in the order of `NODE_ATTRIBUTES`."""

    id: str
    label: str
    attributes: dict[str, Scalar]


@dataclass(frozen=True, slots=True)
class Edge:
    """An edge with the attributes that it has, in the order of `EDGE_ATTRIBUTES`."""

    id: str
    source: str
    target: str
    label: str
    earliest: str | None
    latest: str | None
    attributes: dict[str, Scalar]


@dataclass(frozen=True, slots=True)
class Network:
    """Nodes by slug, edges by id."""

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]


def network_of(selection: Selection) -> Network:
    """The graph of the selected citations with its measures."""
    graph = citation_graph(selection.citations)
    found = measures(graph)
    nodes = []
    for slug, data in graph.nodes(data=True):
        of = found[slug]
        attributes = {
            "noun": data["noun"], "kind": data["kind"], "in_degree": of.in_degree, "out_degree":
            of.out_degree, "degree": of.degree, "pagerank": of.pagerank,
        }  # fmt: skip
        nodes.append(Node(slug, str(data["label"]), _present(attributes)))
    edges = tuple(_edge(edge, selection) for edge in selection.citations)
    return Network(tuple(nodes), edges)


def _edge(edge: CitationEdge, selection: Selection) -> Edge:
    first = edge.evidence[0] if edge.evidence else NO_PASSAGE
    attributes = {
        **facts(edge, selection.filters),
        "evidence_source": first.source,
        "evidence_file": first.source_file,
        "evidence_start": first.start,
        "evidence_end": first.end,
        "evidence_text": first.text,
        "evidence_text_is": first.text_is,
        "evidence": json.dumps(
            [asdict(at) for at in edge.evidence], ensure_ascii=False, separators=(",", ":")
        ),
    }
    return Edge(edge.id, edge.from_, edge.to, edge.relation, edge.earliest, edge.latest, _present(attributes))


def _present(attributes: Mapping[str, Scalar | None]) -> dict[str, Scalar]:
    return {name: value for name, value in attributes.items() if value is not None}
