"""Where the nodes of a network stand in a drawing: in columns, references from left to right.

A layered drawing (Sugiyama, Tagawa and Toda, 1981): columns by the references that lead there, order within a
column by the neighbours, height by the least squares that keep nodes apart (pool adjacent violators; Ayer and
others, 1955). No label can lie on another, and no chance is in it: equal input gives equal places on every
machine. `docs/decisions/network-layout.md` compares it with a spring layout.
"""

from bisect import bisect_left, insort
from collections import defaultdict, deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import networkx as nx

Ends = tuple[str, str]
_SWEEPS = 12
_WAYPOINT = 7.0


@dataclass(frozen=True, slots=True)
class Placed:
    """Column from 0, and the middle of the node's height."""

    column: int
    y: float


@dataclass(frozen=True)
class Layout:
    """`nodes` by slug; `ways`: for each link, the heights at which it passes the columns between its ends,
    from the left; `height` of the whole. Lengths in the unit of the given heights."""

    nodes: Mapping[str, Placed]
    ways: Sequence[Sequence[float]]
    columns: int
    height: float


def columns_around(links: Sequence[Ends], centre: str) -> dict[str, int]:
    """Columns by distance from the centre: what it refers to on its right, what refers to it on its left.

    A node that is reached both ways stands where it is reached first, by slug.
    """
    near: dict[str, set[tuple[str, int]]] = defaultdict(set)
    for start, end in links:
        near[start].add((end, 1))
        near[end].add((start, -1))
    columns, queue = {centre: 0}, deque([centre])
    while queue:
        here = queue.popleft()
        for there, step in sorted(near[here]):
            if there not in columns:
                columns[there] = columns[here] + step
                queue.append(there)
    return _from_zero(columns)


def columns_of(links: Sequence[Ends], nodes: Sequence[str]) -> dict[str, int]:
    """Columns by the longest chain of references that leads to a node; nodes that refer to each other in a
    circle share one."""
    graph: nx.DiGraph[str] = nx.DiGraph()
    graph.add_nodes_from(sorted(nodes))
    graph.add_edges_from(sorted(set(links)))
    circles = nx.condensation(graph)
    columns = {
        slug: column
        for column, layer in enumerate(nx.topological_generations(circles))
        for circle in layer
        for slug in circles.nodes[circle]["members"]
    }
    return _from_zero(_drawn_right(columns, graph))


def _drawn_right(columns: dict[str, int], graph: "nx.DiGraph[str]") -> dict[str, int]:
    """Nodes that nothing refers to stand as near as can be to what they refer to."""
    moved = dict(columns)
    for slug in sorted(columns):
        onward = [columns[there] for there in graph.successors(slug) if there != slug]
        if onward and graph.in_degree(slug) == 0:
            moved[slug] = max(columns[slug], min(onward) - 1)
    return moved


def _from_zero(columns: Mapping[str, int]) -> dict[str, int]:
    """Columns numbered from 0 without gaps."""
    number = {column: place for place, column in enumerate(sorted(set(columns.values())))}
    return {slug: number[column] for slug, column in columns.items()}


def arrange(
    columns: Mapping[str, int], links: Sequence[Ends], heights: Mapping[str, float], gap: float
) -> Layout:
    """The places of all nodes, `gap` apart in a column. `heights`: of each node."""
    joints, ways = _joints(columns, links)
    tall = dict(heights) | {joint: _WAYPOINT for way in ways for joint in way}
    where = dict(columns) | joints
    near = _neighbours(links, ways, columns)
    order = _ordered(where, near)
    middles = _middles(order, near, tall, gap)
    top = min((middles[name] - tall[name] / 2 for name in middles), default=0.0)
    bottom = max((middles[name] + tall[name] / 2 for name in middles), default=0.0)
    return Layout(
        {slug: Placed(columns[slug], middles[slug] - top) for slug in sorted(columns)},
        [[middles[joint] - top for joint in way] for way in ways],
        len(order),
        bottom - top,
    )


def _joints(columns: Mapping[str, int], links: Sequence[Ends]) -> tuple[dict[str, int], list[list[str]]]:
    """A stand-in for each column that a link passes: name → column, and those of each link."""
    joints: dict[str, int] = {}
    ways = []
    for number, ends in enumerate(links):
        left, right = sorted(columns[end] for end in ends)
        way = [f"\n{number} {column}" for column in range(left + 1, right)]  # no slug has a line end
        joints |= dict(zip(way, range(left + 1, right), strict=True))
        ways.append(way)
    return joints, ways


Near = Mapping[str, Mapping[int, list[str]]]


def _neighbours(links: Sequence[Ends], ways: Sequence[list[str]], columns: Mapping[str, int]) -> Near:
    """Name → side (-1 left, 1 right) → neighbours in the next column there."""
    near: dict[str, dict[int, list[str]]] = {slug: {-1: [], 1: []} for slug in columns}
    near |= {joint: {-1: [], 1: []} for way in ways for joint in way}
    for ends, way in zip(links, ways, strict=True):
        if columns[ends[0]] == columns[ends[1]]:
            continue
        left, right = sorted(ends, key=lambda end: columns[end])
        chain = [left, *way, right]
        for one, other in pairwise(chain):
            near[one][1].append(other)
            near[other][-1].append(one)
    return near


def _ordered(where: Mapping[str, int], near: Near) -> list[list[str]]:
    """The names of each column from the top, in the order with the fewest crossings of a few sweeps."""
    order: list[list[str]] = [[] for _ in range(max(where.values(), default=-1) + 1)]
    for name in sorted(where):
        order[where[name]].append(name)
    best, fewest = [list(column) for column in order], _crossings(order, near)
    for sweep in range(_SWEEPS):
        side = -1 if sweep % 2 == 0 else 1
        steps = range(1, len(order)) if side < 0 else range(len(order) - 2, -1, -1)
        for column in steps:
            rank = {name: place for place, name in enumerate(order[column + side])}
            own = {name: place for place, name in enumerate(order[column])}
            order[column].sort(key=lambda name: (_mean(near, name, side, rank, own[name]), own[name]))
        crossings = _crossings(order, near)
        if crossings < fewest:
            best, fewest = [list(column) for column in order], crossings
    return best


def _mean(near: Near, name: str, side: int, rank: Mapping[str, float], otherwise: float) -> float:
    places = [rank[other] for other in near[name][side]]
    return sum(places) / len(places) if places else otherwise


def _crossings(order: Sequence[Sequence[str]], near: Near) -> int:
    """How many links cross between neighbouring columns (inversions)."""
    count = 0
    for left, right in pairwise(order):
        rank = {name: place for place, name in enumerate(right)}
        passed: list[int] = []
        for name in left:
            places = sorted(rank[other] for other in near[name][1])
            count += sum(len(passed) - bisect_left(passed, place + 1) for place in places)
            for place in places:
                insort(passed, place)
    return count


def _middles(
    order: Sequence[Sequence[str]], near: Near, tall: Mapping[str, float], gap: float
) -> dict[str, float]:
    """Heights: columns one beside the other in the middle, then drawn toward their neighbours."""
    middles: dict[str, float] = {}
    for column in order:
        offsets = _offsets(column, tall, gap)
        shift = offsets[-1] / 2 if offsets else 0.0
        middles |= {name: offset - shift for name, offset in zip(column, offsets, strict=True)}
    for sweep in range(_SWEEPS):
        for column in order if sweep % 2 == 0 else reversed(order):
            wanted = []
            for name in column:
                sides = [
                    middles[other] for side in (-1, 1) for other in (near[name][side] if name in near else ())
                ]
                wanted.append(sum(sides) / len(sides) if sides else middles[name])
            middles |= zip(column, _apart(wanted, _offsets(column, tall, gap)), strict=True)
    return middles


def _offsets(column: Sequence[str], tall: Mapping[str, float], gap: float) -> list[float]:
    """Middles of a column stacked from 0 without room to spare."""
    offsets: list[float] = []
    for place, name in enumerate(column):
        before = column[place - 1]
        offsets.append(offsets[-1] + (tall[before] + tall[name]) / 2 + gap if place else 0.0)
    return offsets


def _apart(wanted: Sequence[float], offsets: Sequence[float]) -> list[float]:
    """The places nearest to the wanted ones (least squares) that keep the order and the distances."""
    blocks: list[tuple[float, int]] = []  # sum of wished-for starts, how many
    for wish, offset in zip(wanted, offsets, strict=True):
        blocks.append((wish - offset, 1))
        while len(blocks) > 1 and blocks[-2][0] * blocks[-1][1] >= blocks[-1][0] * blocks[-2][1]:
            total, count = blocks.pop()
            blocks[-1] = (blocks[-1][0] + total, blocks[-1][1] + count)
    starts = [total / count for total, count in blocks for _ in range(count)]
    return [start + offset for start, offset in zip(starts, offsets, strict=True)]
