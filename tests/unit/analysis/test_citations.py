"""The graph of citations: measures worked out by hand and by networkx, and paths."""

import random
from itertools import pairwise

import networkx as nx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.analysis.citations import (
    DAMPING,
    CitationEdge,
    Evidence,
    citation_graph,
    measures,
    pagerank,
    shortest_path,
)
from onrecord.errors import UnknownName


def edge(start: str, end: str, relation: str = "cites", name: str | None = None) -> CitationEdge:
    """A citation between two documents."""
    return CitationEdge(
        id=name or f"{start}-{relation}-{end}",
        from_=start,
        from_noun="document",
        from_label=start.upper(),
        to=end,
        to_noun="document",
        to_label=end.upper(),
        relation=relation,
        evidence=(Evidence(start, f"{start}.txt", 3, 9, "words", "printed"),),
    )


def test_degrees_count_citations_and_not_neighbours() -> None:
    found = measures(
        citation_graph([edge("a", "b"), edge("a", "b", "quotes"), edge("b", "c"), edge("c", "c")])
    )
    assert [(found[n].in_degree, found[n].out_degree, found[n].degree) for n in "abc"] == [
        (0, 2, 2),
        (2, 1, 3),
        (2, 1, 3),
    ]


def test_the_rank_of_two_documents_that_cite_each_other_is_a_half() -> None:
    assert pagerank(citation_graph([edge("a", "b"), edge("b", "a")])) == pytest.approx({"a": 0.5, "b": 0.5})


def test_the_rank_of_a_cited_document_follows_from_the_definition() -> None:
    # a cites b, b cites nothing and so cites all: r_a = .075 + .425 r_b, r_b = r_a + .85 r_a.
    found = measures(citation_graph([edge("a", "b")]))
    assert (found["a"].pagerank, found["b"].pagerank) == (0.350877, 0.649123)


def test_an_empty_graph_has_no_measures() -> None:
    assert measures(citation_graph([])) == {}


pairs = st.lists(st.tuples(st.sampled_from("abcdefgh"), st.sampled_from("abcdefgh")), min_size=1, max_size=30)


@given(pairs)
def test_ranks_are_the_eigenvector_of_networkx_google_matrix(ends: list[tuple[str, str]]) -> None:
    graph = citation_graph([edge(a, b, name=f"e{i}") for i, (a, b) in enumerate(ends)])
    matrix = np.asarray(nx.google_matrix(graph, alpha=DAMPING))
    ranks = np.full(len(graph), 1 / len(graph))
    for _ in range(300):
        ranks = ranks @ matrix
    assert list(pagerank(graph).values()) == pytest.approx(list(ranks), abs=1e-8)


@given(pairs, st.randoms(use_true_random=False))
def test_order_of_the_edges_changes_nothing(ends: list[tuple[str, str]], dice: random.Random) -> None:
    edges = [edge(a, b, name=f"e{i}") for i, (a, b) in enumerate(ends)]
    shuffled = dice.sample(edges, len(edges))
    one, other = citation_graph(edges), citation_graph(shuffled)
    assert list(one.edges(keys=True)) == list(other.edges(keys=True))
    assert measures(one) == measures(other)


def test_a_path_has_every_citation_of_each_step_with_its_evidence() -> None:
    graph = citation_graph([edge("a", "b"), edge("a", "b", "quotes"), edge("b", "c"), edge("a", "d")])
    steps = shortest_path(graph, "a", "c")
    assert steps is not None
    assert [(s.step, s.from_, s.to, [e.relation for e in s.edges]) for s in steps] == [
        (1, "a", "b", ["cites", "quotes"]),
        (2, "b", "c", ["cites"]),
    ]
    assert steps[0].edges[0].evidence == (Evidence("a", "a.txt", 3, 9, "words", "printed"),)


def test_among_paths_of_one_length_the_first_by_slug_is_taken() -> None:
    graph = citation_graph([edge("a", "z"), edge("a", "m"), edge("z", "q"), edge("m", "q")])
    assert [step.to for step in shortest_path(graph, "a", "q") or ()] == ["m", "q"]


def test_a_path_follows_citations_one_way_and_within_its_depth() -> None:
    graph = citation_graph([edge(a, b) for a, b in pairwise("abcde")])
    assert shortest_path(graph, "e", "a") is None
    assert shortest_path(graph, "a", "e", depth=3) is None
    assert len(shortest_path(graph, "a", "e", depth=4) or ()) == 4
    assert shortest_path(graph, "a", "a") == []


def test_a_slug_outside_the_graph_is_named() -> None:
    with pytest.raises(UnknownName, match="'nowhere'"):
        shortest_path(citation_graph([edge("a", "b")]), "a", "nowhere")


@given(pairs)
def test_a_path_is_as_short_as_networkx_finds(ends: list[tuple[str, str]]) -> None:
    graph = citation_graph([edge(a, b, name=f"e{i}") for i, (a, b) in enumerate(ends)])
    start, end = ends[0][0], ends[-1][1]
    steps = shortest_path(graph, start, end)
    assert (steps is not None) == nx.has_path(graph, start, end)
    if steps is not None:
        assert len(steps) == nx.shortest_path_length(graph, start, end)
