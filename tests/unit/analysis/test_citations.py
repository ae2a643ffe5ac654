"""The graph of citations: measures worked out by hand and by networkx."""

import random

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
)


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
