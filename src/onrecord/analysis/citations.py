"""The graph of citations and its measures (networkx).

An edge is one citation: an article, document or statement refers to something, in one relation, with its
passages of evidence. Edges are parallel where the relations differ. Slugs name the nodes; every order is by
slug.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import fsum
from typing import Literal

import networkx as nx

TextIs = Literal["printed", "ours"]

DAMPING = 0.85
"""Share of rank that follows citations (Brin and Page, 1998, section 2.1)."""

DIGITS = 6
"""Decimal digits of a rank; below them the iteration and the machine show."""

_TOLERANCE = 1e-10
_MOST_ROUNDS = 1000


@dataclass(frozen=True, slots=True)
class Evidence:
    """A passage that shows a citation: `[start, end)` in code points of the capture `source_file`.

    `text` is printed there (`text_is` is `printed`), or our description of it (`ours`), or None where the
    passage is anchored by position and hash alone.
    """

    source: str | None
    source_file: str | None
    start: int | None
    end: int | None
    text: str | None = None
    text_is: TextIs | None = None


NO_PASSAGE = Evidence(source=None, source_file=None, start=None, end=None)
"""Stands where a citation has no passage, so that its columns are there."""


@dataclass(frozen=True, slots=True)
class CitationEdge:
    """One citation. `when`, `earliest` and `latest` are those of the citing text (EDTF and ISO 8601 days).

    `relation` is a notation of the scheme `relation`, `character` the IRI of the CiTO property that it
    stands for. `source` is the article that tells it; for the article's own citations that is `from_` itself.
    `implied` says that it follows from a statement (who spoke, to whom, in what) and has no node of its own.
    Of an end that is a statement `…_words` are its first words that stand together in the source, and
    `…_words_are` says whether they are printed or ours.
    """

    id: str
    from_: str
    from_noun: str
    from_label: str
    to: str
    to_noun: str
    to_label: str
    relation: str
    character: str | None = None
    description: str | None = None
    source: str | None = None
    when: str | None = None
    earliest: str | None = None
    latest: str | None = None
    date_basis: str | None = None
    from_kind: str | None = None
    to_kind: str | None = None
    evidence: tuple[Evidence, ...] = ()
    implied: bool = False
    from_words: str | None = None
    from_words_are: TextIs | None = None
    to_words: str | None = None
    to_words_are: TextIs | None = None


@dataclass(frozen=True, slots=True)
class Measures:
    """Measures of one node. Degrees count citations; `pagerank` is rounded to `DIGITS`."""

    in_degree: int
    out_degree: int
    pagerank: float

    @property
    def degree(self) -> int:
        """Citations that touch the node; one of itself counts twice."""
        return self.in_degree + self.out_degree


def citation_graph(edges: Iterable[CitationEdge]) -> "nx.MultiDiGraph[str]":
    """The graph, nodes and edges in order of slugs; an edge's key is its id, its attribute `citation` the
    edge.

    Nodes have `noun`, `label`, `kind`, `words` and `words_are` (None where there is none).
    """
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    ordered = sorted(edges, key=lambda edge: (edge.from_, edge.to, edge.relation, edge.id))
    nodes: dict[str, dict[str, str | None]] = {}
    for edge in ordered:
        nodes[edge.from_] = {
            "noun": edge.from_noun,
            "label": edge.from_label,
            "kind": edge.from_kind,
            "words": edge.from_words,
            "words_are": edge.from_words_are,
        }
        nodes[edge.to] = {
            "noun": edge.to_noun,
            "label": edge.to_label,
            "kind": edge.to_kind,
            "words": edge.to_words,
            "words_are": edge.to_words_are,
        }
    for slug in sorted(nodes):
        graph.add_node(slug, **nodes[slug])
    for edge in ordered:
        graph.add_edge(edge.from_, edge.to, key=edge.id, citation=edge)
    return graph


def measures(graph: "nx.MultiDiGraph[str]") -> dict[str, Measures]:
    """The measures of every node, in node order."""
    ranks = pagerank(graph)
    return {
        node: Measures(
            in_degree=int(graph.in_degree(node)),
            out_degree=int(graph.out_degree(node)),
            pagerank=round(ranks[node], DIGITS),
        )
        for node in graph
    }


def pagerank(graph: "nx.MultiDiGraph[str]") -> dict[str, float]:
    """PageRank by power iteration; parallel citations count each, a node that cites nothing cites all.

    Sums are exact (`math.fsum`), so that the result depends on neither the order of the edges nor the
    machine; networkx's own needs scipy and promises neither. The ranks sum to 1.
    """
    count = graph.number_of_nodes()
    if not count:
        return {}
    shares: Mapping[str, list[tuple[str, float]]] = {
        node: [(citing, 1 / graph.out_degree(citing)) for citing, _ in graph.in_edges(node)] for node in graph
    }
    silent = [node for node in graph if not graph.out_degree(node)]
    ranks = dict.fromkeys(graph, 1 / count)
    for _ in range(_MOST_ROUNDS):
        base = (1 - DAMPING + DAMPING * fsum(ranks[node] for node in silent)) / count
        after = {
            node: base + DAMPING * fsum(ranks[citing] * share for citing, share in shares[node])
            for node in graph
        }
        moved = fsum(abs(after[node] - ranks[node]) for node in graph)
        ranks = after
        if moved < _TOLERANCE:
            break
    total = fsum(ranks.values())
    return {node: rank / total for node, rank in ranks.items()}
