"""Networks around a node, drawn by hand: who is reached, what is left out, what is measured."""

import random
from itertools import combinations

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.analysis.citations import CitationEdge
from onrecord.analysis.network import (
    MOST_DRAWN,
    CitationNetwork,
    NetworkNode,
    known_node,
    network,
    places,
)
from onrecord.errors import UnknownName, UsageError


def edge(start: str, end: str, relation: str = "cites", source: str | None = None) -> CitationEdge:
    """A reference between two documents, told in `source` (else in the one that refers)."""
    return CitationEdge(
        f"{start}-{relation}-{end}",
        start,
        "document",
        start.upper(),
        end,
        "document",
        end.upper(),
        relation,
        source=source or start,
    )


# a → b → c → d, and x → b, and c → a: around b there are the ones that it reaches and that reach it.
CHAIN = [edge("a", "b"), edge("b", "c"), edge("c", "d"), edge("x", "b"), edge("c", "a")]


def slugs(found: CitationNetwork) -> list[str]:
    """Nodes in their order."""
    return [node.slug for node in found.nodes]


def ids(found: CitationNetwork) -> set[str]:
    """Edges without their relation."""
    return {f"{each.from_}{each.to}" for each in found.edges}


def test_one_reference_around_a_node_holds_also_what_its_neighbours_say_of_each_other() -> None:
    found = network(CHAIN, "b")
    assert slugs(found) == ["b", "a", "c", "x"]  # by distance, then degree: a and c have two, x has one
    assert ids(found) == {"ab", "bc", "xb", "ca"}
    assert [node.distance for node in found.nodes] == [0, 1, 1, 1]
    assert [node.degree for node in found.nodes] == [3, 2, 2, 1]


def test_two_references_reach_further() -> None:
    assert ids(network(CHAIN, "b", 2)) == {"ab", "bc", "xb", "ca", "cd"}


def test_what_it_refers_to_is_followed_along_the_arrows() -> None:
    assert ids(network(CHAIN, "b", 1, "cites")) == {"bc"}
    assert ids(network(CHAIN, "b", 2, "cites")) == {"bc", "cd", "ca"}
    assert ids(network(CHAIN, "b", 3, "cites")) == {"bc", "cd", "ca", "ab"}


def test_what_refers_to_it_is_followed_against_them() -> None:
    assert ids(network(CHAIN, "b", 1, "cited-by")) == {"ab", "xb"}
    assert ids(network(CHAIN, "b", 2, "cited-by")) == {"ab", "xb", "ca"}


def test_without_a_node_it_is_the_whole_graph_and_the_best_connected_come_first() -> None:
    found = network(CHAIN)
    assert ids(found) == {"ab", "bc", "cd", "xb", "ca"}
    assert slugs(found) == ["b", "c", "a", "d", "x"]


def test_a_node_that_no_edge_touches_has_an_empty_network() -> None:
    assert network(CHAIN, "nobody").nodes == ()


@pytest.mark.parametrize(("depth", "direction"), [(0, "both"), (4, "both"), (1, "sideways")])
def test_a_depth_or_direction_that_is_none_is_refused(depth: int, direction: str) -> None:
    with pytest.raises(UsageError):
        network(CHAIN, "b", depth, direction)


def test_an_unknown_node_names_near_ones() -> None:
    assert known_node(CHAIN, "a") == "a"
    with pytest.raises(UnknownName) as caught:
        known_node([edge("committee-letter", "b")], "comittee-letter")
    assert caught.value.near == ("committee-letter",)


def test_a_drawing_holds_three_hundred_nodes_and_says_what_it_leaves_out() -> None:
    # The hub refers to 400 leaves; the last ten of them by name also refer to each other in a row.
    edges = [edge("hub", f"leaf{number:03}") for number in range(400)]
    edges += [edge(f"leaf{number:03}", f"leaf{number + 1:03}") for number in range(390, 399)]
    found = network(edges, "hub")
    assert len(found.nodes) == 401
    assert len(found.drawn) == MOST_DRAWN == 300
    assert {f"leaf{number:03}" for number in range(390, 400)} <= {node.slug for node in found.drawn}
    # 299 leaves of the hub, and the nine references among the last ten.
    assert len(found.drawn_edges) == 308
    assert found.left_out.startswith(
        "300 of 401 nodes are drawn, the nearest and best connected, with 308 of 409 references"
    )
    assert network(edges[:200], "hub").left_out == ""


def lines(edges: list[CitationEdge], node: str) -> tuple[int, int]:
    """Sources that lead to a node, and how many are independent."""
    found = places(network(edges), edges)[node]
    return found.sources, found.independent


def test_five_articles_that_copy_one_email_are_one_source() -> None:
    copies = [edge(f"article{number}", "email", "relays") for number in range(5)]
    edges = [*copies, edge("email", "claim", "contains", source="article0")]
    assert lines(edges, "email") == (5, 5)  # each refers to the e-mail itself
    assert lines(edges, "claim") == (5, 1)  # what it says rests on the e-mail alone
    edges.append(edge("article5", "claim", "reports"))
    assert lines(edges, "claim") == (6, 1)  # told at second hand: the article, too, has it from the e-mail
    edges.append(edge("article6", "other", "cites"))
    edges.append(edge("other", "claim", "supports", source="article6"))
    assert lines(edges, "claim") == (7, 2)


def test_an_article_that_rests_on_another_is_no_source_of_its_own() -> None:
    edges = [edge("first", "deal"), edge("second", "first")]
    assert lines(edges, "deal") == (2, 1)
    assert lines(edges, "first") == (1, 1)
    assert lines(edges, "second") == (0, 0)


def test_a_source_that_refers_twice_counts_once() -> None:
    assert lines([edge("one", "deal"), edge("one", "deal", "discusses")], "deal") == (1, 1)


def test_words_that_an_article_prints_from_a_letter_lead_through_the_letter() -> None:
    edges = [
        edge("one", "words", "quotes"),
        edge("two", "words", "quotes"),
        edge("letter", "words", "contains", source="one"),
    ]
    assert lines(edges, "words") == (2, 1)
    assert lines(edges[:2], "words") == (2, 2)


def test_measures_of_a_chain_follow_from_their_definitions() -> None:
    edges = [edge("a", "b"), edge("b", "c")]
    found = places(network(edges), edges)
    # Of the two ordered pairs of others, one has a shortest way (a → c), and it leads through b.
    assert [found[node].between for node in "abc"] == [0, 0.5, 0]
    assert [(found[node].cited, found[node].cites) for node in "abc"] == [(0, 1), (1, 1), (1, 0)]


pairs = st.lists(st.tuples(st.sampled_from("abcdefg"), st.sampled_from("abcdefg")), min_size=1, max_size=14)


def between_by_counting(graph: "nx.DiGraph[str]", node: str) -> float:
    """Betweenness from all shortest paths, one by one."""
    total = 0.0
    for start in set(graph) - {node}:
        for end in set(graph) - {node, start}:
            if nx.has_path(graph, start, end):
                ways = list(nx.all_shortest_paths(graph, start, end))
                total += sum(node in way for way in ways) / len(ways)
    others = len(graph) - 1
    return total / (others * (others - 1)) if others > 1 else 0.0


@settings(max_examples=40, deadline=None)
@given(pairs)
def test_what_lies_between_is_counted_way_by_way(ends: list[tuple[str, str]]) -> None:
    edges = [edge(a, b) for a, b in sorted(set(ends))]
    found = places(network(edges), edges)
    graph = nx.DiGraph(sorted({(a, b) for a, b in ends}))
    for node in graph:
        assert found[node].between == pytest.approx(between_by_counting(graph, node), abs=1e-6)


def independent_by_trying(graph: "nx.DiGraph[str]", sources: set[str], goal: str) -> int:
    """The greatest set of ways from sources to a node that share none but it, by trying all of them."""
    ways = [
        frozenset(way) - {goal}
        for source in sources & set(graph) - {goal}
        for way in nx.all_simple_paths(graph, source, goal)
    ]
    for count in range(min(len(ways), 4), 0, -1):
        for chosen in combinations(ways, count):
            if len(frozenset().union(*chosen)) == sum(map(len, chosen)):
                return count
    return 0


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.sampled_from("abcdef"), st.sampled_from("abcdef")), min_size=1, max_size=9))
def test_independent_sources_are_the_most_ways_that_share_nothing(ends: list[tuple[str, str]]) -> None:
    distinct = sorted({(a, b) for a, b in ends if a != b})
    edges = [edge(a, b, source=a if a in "abc" else "nowhere") for a, b in distinct]
    found = places(network(edges), edges)
    graph = nx.DiGraph(distinct)
    sources = {a for a, _ in distinct if a in "abc"}
    for node in graph:
        assert found[node].independent == independent_by_trying(graph, sources, node), node


@given(pairs, st.randoms(use_true_random=False))
def test_order_of_the_edges_changes_nothing(ends: list[tuple[str, str]], dice: random.Random) -> None:
    edges = [edge(a, b) for a, b in sorted(set(ends))]
    shuffled = dice.sample(edges, len(edges))
    centre = ends[0][0]
    assert network(edges, centre, 2) == network(shuffled, centre, 2)


def node(label: str, words: str | None, words_are: str | None) -> NetworkNode:
    """A statement."""
    return NetworkNode("s", "statement", label, "said", 0, 1, words, words_are)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("label", "words", "words_are", "title"),
    [
        ("Ann: serious crime", "serious crime", "printed", "Ann: “serious crime”"),
        ("Ann: We are glad…", "We are glad of it all", "printed", "Ann: “We are glad…”"),
        ("Ann: She is glad.", "She is glad.", "ours", "Ann, in our words: She is glad."),
        # Two fragments, not printed together: never within one pair of marks.
        ("Ann: of one kind and of another", "of one kind", "printed", "Ann: “of one kind” …"),
        ("Board: of 2018: no more", "no more", "printed", "Board: of 2018: “no more”"),
        ("Ann: something else", "no more", "printed", "Ann: something else [printed words]"),
    ],
)
def test_printed_words_stand_in_marks_and_ours_are_said_to_be_ours(
    label: str, words: str, words_are: str, title: str
) -> None:
    assert node(label, words, words_are).title == title


def test_what_is_no_statement_has_its_label_for_a_title() -> None:
    assert node("Report: part two", None, None).title == "Report: part two"
