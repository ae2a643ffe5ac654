"""A part of the citation graph around one node, what of it can be drawn, and what its measures are.

The network of a node is every reference that is reached from it by so many references: those that it makes
(`cites`), those that lead to it (`cited-by`), or either way (`both`, with the references between the nodes
that are reached). Without a node it is the whole graph. Every order is fixed, so equal input gives equal
output.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cached_property
from typing import Literal, get_args

import networkx as nx
from networkx.algorithms.connectivity import local_node_connectivity

from onrecord.analysis.citations import DIGITS, CitationEdge, TextIs, citation_graph, measures
from onrecord.errors import UnknownName, UsageError

Direction = Literal["both", "cites", "cited-by"]
DIRECTIONS: tuple[Direction, ...] = get_args(Direction)
DEPTHS = (1, 2, 3)
MOST_DRAWN = 300
"""Nodes that a drawing holds: the nearest and best connected."""
FEW = 30
"""Below so many nodes a rank is an impression, and readers are told so."""

_PRINTS = frozenset({"quotes", "reports", "cites"})
_ALL_SOURCES = ""
"""No slug is empty: a node before all sources."""


@dataclass(frozen=True, slots=True)
class NetworkNode:
    """A node; `distance` is the number of references from the centre, 0 for all where there is no centre."""

    slug: str
    noun: str
    label: str
    kind: str | None
    distance: int
    degree: int
    words: str | None = None
    words_are: TextIs | None = None
    """Of a statement: its first words that stand together, and whether they are printed or ours."""

    @property
    def title(self) -> str:
        """Its name as readers see it: printed words between quotation marks, ours said to be ours.

        The label of a statement is `Speaker: words…`, its words cut after a while. What is not printed
        together is never between one pair of marks.
        """
        if self.words is None or self.words_are is None:
            return self.label
        marks = ("“", "”") if self.words_are == "printed" else ("", "")
        how = "" if self.words_are == "printed" else ", in our words"
        for colon in _places_of(": ", self.label):
            speaker, rest = self.label[:colon], self.label[colon + 2 :]
            if rest == self.words or (rest.endswith("…") and self.words.startswith(rest.removesuffix("…"))):
                return f"{speaker}{how}: {marks[0]}{rest}{marks[1]}"
            if rest.startswith(f"{self.words} "):
                return f"{speaker}{how}: {marks[0]}{self.words}{marks[1]} …"
        return f"{self.label} [{'printed words' if self.words_are == 'printed' else 'in our words'}]"


def _places_of(sign: str, text: str) -> Iterable[int]:
    """Every place of a sign in a text, from the left."""
    place = text.find(sign)
    while place >= 0:
        yield place
        place = text.find(sign, place + 1)


@dataclass(frozen=True)
class CitationNetwork:
    """Nodes by distance, connectedness and slug; edges by id. `drawn` are the first `MOST_DRAWN` nodes."""

    centre: str | None
    depth: int
    direction: Direction
    nodes: tuple[NetworkNode, ...]
    edges: tuple[CitationEdge, ...]

    @property
    def drawn(self) -> tuple[NetworkNode, ...]:
        """The nodes of a drawing."""
        return self.nodes[:MOST_DRAWN]

    @cached_property
    def drawn_edges(self) -> tuple[CitationEdge, ...]:
        """The edges between them."""
        held = {node.slug for node in self.drawn}
        return tuple(edge for edge in self.edges if edge.from_ in held and edge.to in held)

    @property
    def left_out(self) -> str:
        """What a drawing leaves out, in words; empty where it holds everything."""
        if len(self.nodes) <= MOST_DRAWN:
            return ""
        nearest = "the nearest and best connected" if self.centre else "the best connected"
        return (
            f"{MOST_DRAWN} of {len(self.nodes)} nodes are drawn, {nearest}, with {len(self.drawn_edges)} of "
            f"{len(self.edges)} references; tables and data files hold all"
        )


@dataclass(frozen=True, slots=True)
class Place:
    """Measures of one drawn node.

    `cited`, `cites`: references to and from it in the network. `between`: the share of shortest ways between
    two other drawn nodes that lead through it, 0 to 1 (Freeman, 1977). `rank`: PageRank in the network.
    `sources`: articles from which references lead to it. `independent`: how many of them at most do so by
    ways that share nothing else on the way (Menger, 1927), so that five articles that copy one e-mail are
    one.
    """

    cited: int
    cites: int
    between: float
    rank: float
    sources: int
    independent: int


def network(
    edges: Iterable[CitationEdge], centre: str | None = None, depth: int = 1, direction: str = "both"
) -> CitationNetwork:
    """The network of a node, or the whole graph; empty where no edge touches the node.

    UsageError: no such depth or direction.
    """
    way = next((each for each in DIRECTIONS if each == direction), None)
    if way is None:
        raise UsageError(f"there is no direction '{direction}'", hint=f"directions: {', '.join(DIRECTIONS)}")
    if depth not in DEPTHS:
        raise UsageError(f"'depth' is {depth}; expected {DEPTHS[0]} to {DEPTHS[-1]}")
    every = sorted(edges, key=lambda edge: edge.id)
    kept, distances = (every, {}) if centre is None else _around(every, centre, depth, way)
    return CitationNetwork(centre, depth, way, _nodes(kept, distances), tuple(kept))


def known_node(edges: Iterable[CitationEdge], slug: str) -> str:
    """The slug of a node. UnknownName, with near ones, where no edge leads from or to it."""
    known = {end for edge in edges for end in (edge.from_, edge.to)}
    if slug not in known:
        near = get_close_matches(slug, sorted(known), n=3, cutoff=0.5)
        raise UnknownName(f"'{slug}' neither refers to anything nor is referred to", near=near)
    return slug


def _around(
    edges: list[CitationEdge], centre: str, depth: int, direction: Direction
) -> tuple[list[CitationEdge], Mapping[str, int]]:
    onward: dict[str, set[str]] = defaultdict(set)
    for edge in edges:
        if direction != "cited-by":
            onward[edge.from_].add(edge.to)
        if direction != "cites":
            onward[edge.to].add(edge.from_)
    distances = {centre: 0}
    layer = [centre]
    for distance in range(1, depth + 1):
        layer = sorted({there for here in layer for there in onward[here]} - distances.keys())
        distances |= dict.fromkeys(layer, distance)

    def walked(edge: CitationEdge) -> bool:
        ends = (edge.from_, edge.to)
        if direction == "both":
            return all(end in distances for end in ends)
        start = ends[0] if direction == "cites" else ends[1]
        return distances.get(start, depth) < depth

    return [edge for edge in edges if walked(edge)], distances


def _nodes(edges: Collection[CitationEdge], distances: Mapping[str, int]) -> tuple[NetworkNode, ...]:
    graph = citation_graph(edges)
    nodes = [
        NetworkNode(
            slug,
            data["noun"],
            data["label"],
            data["kind"],
            distances.get(slug, 0),
            int(graph.degree(slug)),
            data["words"],
            data["words_are"],
        )
        for slug, data in graph.nodes(data=True)
    ]
    return tuple(sorted(nodes, key=lambda node: (node.distance, -node.degree, node.slug)))


def places(found: CitationNetwork, every: Iterable[CitationEdge]) -> dict[str, Place]:
    """The measures of the drawn nodes, in their order.

    every: the edges that independence is judged by, with those beyond the network: how many sources a thing
    rests on does not depend on how far one looks.
    """
    graph = citation_graph(found.edges)
    counted = measures(graph)
    drawn = nx.DiGraph(citation_graph(found.drawn_edges))
    between = nx.betweenness_centrality(drawn) if len(drawn) else {}
    telling = _telling(every)
    origins = {slug for slug, data in telling.nodes(data=True) if data.get("source")}
    return {
        node.slug: Place(
            counted[node.slug].in_degree,
            counted[node.slug].out_degree,
            round(between.get(node.slug, 0.0), DIGITS),
            counted[node.slug].pagerank,
            *_independence(telling, origins, node.slug),
        )
        for node in found.drawn
    }


def _telling(edges: Iterable[CitationEdge]) -> "nx.DiGraph[str]":
    """What tells of what. Words told at second hand come through who tells them: where an article prints
    what stands in a letter, the article leads to the letter and the letter to the words."""
    every = sorted(edges, key=lambda edge: edge.id)
    tellers: dict[str, set[str]] = defaultdict(set)
    for edge in every:
        if edge.relation in ("contains", "relays"):
            tellers[edge.to].add(edge.from_)
        elif edge.relation == "reported-by":
            tellers[edge.from_].add(edge.to)
    graph: nx.DiGraph[str] = nx.DiGraph()
    for edge in every:
        graph.add_nodes_from((edge.from_, edge.to))
        second_hand = tellers.get(edge.to, set()) if edge.relation in _PRINTS else set()
        if edge.relation == "reported-by":
            continue
        if second_hand and edge.from_ not in second_hand:
            for teller in sorted(second_hand):
                graph.add_edges_from(((edge.from_, teller), (teller, edge.to)))
        elif edge.from_ != edge.to:
            graph.add_edge(edge.from_, edge.to)
    for edge in every:
        if edge.source is not None and edge.source in graph:
            graph.nodes[edge.source]["source"] = True
    return graph


def _independence(graph: "nx.DiGraph[str]", origins: set[str], goal: str) -> tuple[int, int]:
    """How many sources lead to `goal`, and how many of them by ways that share no node."""
    if goal not in graph:
        return 0, 0
    leading = sorted(nx.ancestors(graph, goal) & origins)
    into = graph.in_degree(goal)
    if len(leading) < 2 or into < 2:
        return len(leading), min(len(leading), int(into), 1)
    return len(leading), _disjoint(graph, leading, goal)


def _disjoint(graph: "nx.DiGraph[str]", starts: list[str], goal: str) -> int:
    """The most ways from `starts` to `goal` that share no node but the goal."""
    part = nx.DiGraph(graph.subgraph({*nx.ancestors(graph, goal), goal}))
    part.add_edges_from((_ALL_SOURCES, start) for start in starts)
    return int(local_node_connectivity(part, _ALL_SOURCES, goal))
