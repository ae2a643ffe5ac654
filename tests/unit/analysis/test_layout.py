"""Places in a drawing: columns worked out by hand, nothing on top of anything, few crossings."""

import itertools
import random
from collections import defaultdict

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.analysis.layout import arrange, columns_around, columns_of


def test_what_it_refers_to_is_on_the_right_and_what_refers_to_it_on_the_left() -> None:
    links = [("article", "letter"), ("letter", "deal"), ("other", "deal"), ("paper", "article")]
    assert columns_around(links, "letter") == {"letter": 2, "article": 1, "deal": 3, "other": 2, "paper": 0}


def test_a_node_that_is_reached_both_ways_stands_where_it_is_reached_first() -> None:
    assert columns_around([("a", "b"), ("b", "a")], "a") == {"a": 1, "b": 0}


def test_columns_of_a_whole_graph_follow_the_longest_chain() -> None:
    links = [("a", "b"), ("b", "c"), ("a", "c"), ("d", "c")]
    # d leads to c alone, so it stands beside b rather than far away.
    assert columns_of(links, list("abcd")) == {"a": 0, "b": 1, "c": 2, "d": 1}


def test_a_circle_shares_a_column() -> None:
    assert columns_of([("a", "b"), ("b", "a"), ("b", "c")], list("abc")) == {"a": 0, "b": 0, "c": 1}


def test_a_node_stands_level_with_its_only_neighbour() -> None:
    layout = arrange({"a": 0, "b": 1}, [("a", "b")], {"a": 20, "b": 40}, 5)
    assert layout.nodes["a"].y == layout.nodes["b"].y == 20
    assert layout.height == 40


def test_two_crossing_links_are_uncrossed() -> None:
    # By name a and b stand left, c and d right; a → d and b → c cross unless one side is turned.
    layout = arrange(
        {"a": 0, "b": 0, "c": 1, "d": 1}, [("a", "d"), ("b", "c")], dict.fromkeys("abcd", 10.0), 5
    )
    above = {(one, other): layout.nodes[one].y < layout.nodes[other].y for one, other in ("ab", "dc")}
    assert above["a", "b"] == above["d", "c"]


def test_a_long_link_has_room_in_the_columns_that_it_passes() -> None:
    links = [("a", "b"), ("b", "c"), ("a", "c")]
    layout = arrange({"a": 0, "b": 1, "c": 2}, links, dict.fromkeys("abc", 30.0), 10)
    [height] = layout.ways[2]
    assert layout.ways[0] == layout.ways[1] == []
    assert abs(height - layout.nodes["b"].y) >= 15 + 10  # past the node, and not through it


names = st.sampled_from([f"n{number}" for number in range(12)])


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(names, names), min_size=1, max_size=30), st.randoms(use_true_random=False))
def test_no_node_lies_on_another_and_order_changes_nothing(
    links: list[tuple[str, str]], dice: random.Random
) -> None:
    nodes = sorted({name for ends in links for name in ends})
    heights = {name: float(dice.randint(10, 60)) for name in nodes}
    columns = columns_of(links, nodes)
    layout = arrange(columns, links, heights, 8)
    stacks = defaultdict(list)
    for name in nodes:
        stacks[columns[name]].append((layout.nodes[name].y, name))
    for stack in stacks.values():
        ordered = sorted(stack)
        for (upper, above), (lower, below) in itertools.pairwise(ordered):
            assert lower - upper >= (heights[above] + heights[below]) / 2 + 8 - 1e-6
    assert all(0 <= layout.nodes[name].y <= layout.height for name in nodes)
    assert columns_of(dice.sample(links, len(links)), nodes) == columns


def test_an_empty_drawing_has_no_height() -> None:
    assert arrange({}, [], {}, 8).height == pytest.approx(0)
