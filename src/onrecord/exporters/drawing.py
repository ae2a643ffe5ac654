"""A network as cards and lines with their places, ready to be written as a picture. Lengths in pixels."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from onrecord import edtf
from onrecord.analysis.citations import CitationEdge
from onrecord.analysis.layout import Layout, arrange, columns_around, columns_of
from onrecord.analysis.network import CitationNetwork, NetworkNode
from onrecord.exporters.characters import seen
from onrecord.exporters.lettering import lines, shortened

SIZE, SMALL, LEADING = 14.0, 12.0, 17.0
GLYPH, PADDING, MARGIN = 24.0, 8.0, 14.0
_GAP = 10.0
_PORT = 14.0
_HEADROOM = 30.0
_MOST_LINES = 3
_ENOUGH = 40.0  # em: of a name within a sentence
_WIDTHS = {1: 420.0, 2: 380.0, 3: 260.0, 4: 220.0, 5: 190.0}
_NARROWEST = 180.0
_LANES = {2: 220.0, 3: 150.0}
_LANE = 130.0

FAMILIES: Mapping[str, tuple[str, ...]] = {
    "tells": ("quotes", "reports", "contains", "relays"),
    "is said": ("attributed-to", "reported-by", "addressed-to"),
    "refers": (
        "cites", "cites-as-evidence", "cites-as-data-source", "cites-as-authority", "discusses", "replies-to",
        "updates",
    ),
    "judges": ("critiques", "disputes", "supports"),
}  # fmt: skip
"""Relations that are drawn alike."""
_FAMILY = {relation: family for family, relations in FAMILIES.items() for relation in relations}

Link = tuple[str, str, str]
"""From, to, relation: all references of one kind between two nodes are one line."""


@dataclass(frozen=True)
class Card:
    """A node; `x` and `y` of its upper left corner."""

    node: NetworkNode
    x: float
    y: float
    wide: float
    high: float
    text: tuple[str, ...]
    centre: bool


@dataclass(frozen=True)
class Line:
    """All references of one relation between two nodes. `path` in SVG's words; the arrow's point and where it
    looks (1 right, -1 left); the label's place and side (1 begins there, -1 ends there)."""

    from_: NetworkNode
    to: NetworkNode
    relation: str
    edges: tuple[CitationEdge, ...]
    path: str
    tip: tuple[float, float]
    looks: int
    label: tuple[float, float, int]

    @property
    def family(self) -> str:
        """The key of `FAMILIES` that it is drawn as."""
        return _FAMILY.get(self.relation, "refers")

    @property
    def words(self) -> str:
        """Its label: `quotes`, `quotes ×2`."""
        times = f" ×{len(self.edges)}" if len(self.edges) > 1 else ""
        return self.relation.replace("-", " ") + times

    @property
    def said(self) -> str:
        """The reference in a sentence, with its dates."""
        dates = dict.fromkeys(
            edtf.parse(e.when).display() if e.when else "date not known" for e in self.edges
        )
        ends = [shortened(seen(node.title), 1, _ENOUGH) for node in (self.from_, self.to)]
        return f"{ends[0]} — {self.words} → {ends[1]}; {'; '.join(dates)}"


@dataclass(frozen=True)
class Drawing:
    """Cards by column from the top, lines by ends and relation, headings of columns with their places."""

    cards: tuple[Card, ...]
    lines: tuple[Line, ...]
    headings: tuple[tuple[float, str], ...]
    wide: float
    high: float


def drawing_of(network: CitationNetwork) -> Drawing:
    """The drawn part of a network with everything in its place."""
    nodes = {node.slug: node for node in network.drawn}
    edges = sorted(network.drawn_edges, key=lambda edge: (_link(edge), edge.id))
    groups = {link: tuple(group) for link, group in groupby(edges, key=_link)}
    links = list(groups)
    ends = [(start, end) for start, end, _ in links]
    columns = _columns(network, ends, list(nodes))
    count = len(set(columns.values()))
    wide, lane = _WIDTHS.get(count, _NARROWEST), _LANES.get(count, _LANE)
    text = {slug: _text(node, wide) for slug, node in nodes.items()}
    sides = _Sides(links, columns)
    heights = {slug: _height(text[slug], sides.most(slug)) for slug in nodes}
    layout = arrange(columns, ends, heights, _GAP)
    xs = [MARGIN + column * (wide + lane) for column in range(count)]
    cards = {
        slug: Card(
            node, xs[place.column], _HEADROOM + place.y - heights[slug] / 2, wide, heights[slug], text[slug],
            slug == network.centre,
        )
        for slug, node in nodes.items()
        for place in (layout.nodes[slug],)
    }  # fmt: skip
    return Drawing(
        tuple(sorted(cards.values(), key=lambda card: (card.x, card.y, card.node.slug))),
        _lines(groups, cards, layout, sides, xs),
        _headings(network, columns, xs, wide),
        2 * MARGIN + count * wide + max(count - 1, 0) * lane + (_LANE if sides.returns(count - 1) else 0),
        _HEADROOM + layout.height + MARGIN,
    )


def _link(edge: CitationEdge) -> Link:
    return edge.from_, edge.to, edge.relation


def _columns(network: CitationNetwork, ends: Sequence[tuple[str, str]], nodes: list[str]) -> dict[str, int]:
    if network.centre is None:
        return columns_of(ends, nodes)
    around = columns_around(ends, network.centre)
    return around | {slug: around[network.centre] for slug in nodes if slug not in around}


def _text(node: NetworkNode, wide: float) -> tuple[str, ...]:
    return tuple(lines(seen(node.title), SIZE, wide - GLYPH - 2 * PADDING, _MOST_LINES))


def _height(text: Sequence[str], ports: int) -> float:
    return max(len(text) * LEADING + 2 * PADDING, (ports + 1) * _PORT)


class _Sides:
    """At which side of its nodes each line ends; its label stands at the end with fewer lines."""

    def __init__(self, links: Sequence[Link], columns: Mapping[str, int]) -> None:
        self.columns = columns
        self.of: list[tuple[int, int]] = []
        self._returning: set[int] = set()
        self.ports: dict[tuple[str, int], int] = defaultdict(int)
        for start, end, _ in links:
            ahead = columns[end] - columns[start]
            sides = (1, 1) if ahead == 0 else (1, -1) if ahead > 0 else (-1, 1)
            if ahead == 0:
                self._returning.add(columns[start])
            self.of.append(sides)
            self.ports[start, sides[0]] += 1
            self.ports[end, sides[1]] += 1
        self.labelled = [
            0 if self.ports[start, one] < self.ports[end, other] else 1
            for (start, end, _), (one, other) in zip(links, self.of, strict=True)
        ]
        self._needed: dict[str, int] = defaultdict(int)
        for link, sides, which in zip(links, self.of, self.labelled, strict=True):
            slug = link[which]
            self._needed[slug] = max(self._needed[slug], self.ports[slug, sides[which]])

    def most(self, slug: str) -> int:
        """Lines at the busier side of a node where one has its label there."""
        return self._needed[slug]

    def returns(self, column: int) -> bool:
        """Whether a line leaves a column on its right and comes back to it."""
        return column in self._returning


def _lines(
    groups: Mapping[Link, tuple[CitationEdge, ...]],
    cards: Mapping[str, Card],
    layout: Layout,
    sides: _Sides,
    xs: Sequence[float],
) -> tuple[Line, ...]:
    ports = _ports(list(groups), cards, layout, sides)
    found = []
    for number, (link, edges) in enumerate(groups.items()):
        start, end = cards[link[0]], cards[link[1]]
        one, other = sides.of[number]
        points = [
            (start.x + (start.wide if one > 0 else 0), ports[number, 0]),
            *_waypoints(layout.ways[number], sides.columns[link[0]], sides.columns[link[1]], xs, start.wide),
            (end.x + (end.wide if other > 0 else 0), ports[number, 1]),
        ]
        which = sides.labelled[number]
        at, side = points[-which], (one, other)[which]
        label = (at[0] + side * (14 if which else 5), at[1] - 4, side)
        path = _loop(points) if (one, other) == (1, 1) else _curve(points, -other)
        found.append(Line(start.node, end.node, link[2], edges, path, points[-1], -other, label))
    return tuple(found)


def _ports(
    links: Sequence[Link], cards: Mapping[str, Card], layout: Layout, sides: _Sides
) -> dict[tuple[int, int], float]:
    """Height at which each line (by number) begins (0) and ends (1): in the order of where it comes from."""
    at: dict[tuple[str, int], list[tuple[float, int, int]]] = defaultdict(list)
    for number, link in enumerate(links):
        way = list(layout.ways[number])
        leftward = sides.columns[link[0]] > sides.columns[link[1]]
        for which, other in ((0, 1), (1, 0)):
            far = cards[link[other]]
            toward = far.y + far.high / 2
            if way:
                toward = way[-1 if (which == 0) == leftward else 0] + _HEADROOM
            at[link[which], sides.of[number][which]].append((toward, number, which))
    return {
        (number, which): cards[slug].y + cards[slug].high * place / (len(lines_there) + 1)
        for (slug, _), lines_there in at.items()
        for place, (_, number, which) in enumerate(sorted(lines_there), start=1)
    }


def _waypoints(
    way: Sequence[float], start: int, end: int, xs: Sequence[float], wide: float
) -> list[tuple[float, float]]:
    """Where a line passes the columns between its ends: in and out of each at one height."""
    left = min(start, end)
    points = [
        (x, y + _HEADROOM)
        for column, y in enumerate(way, start=left + 1)
        for x in (xs[column], xs[column] + wide)
    ]
    return points if start < end else points[::-1]


def _curve(points: Sequence[tuple[float, float]], looks: int) -> str:
    """Curves that leave and reach every point level; the last stops where the arrow begins."""
    x, y = points[-1]
    (before, height), *rest = [*points[:-1], (x - looks * 7, y)]
    parts = [f"M{decimal(before)} {decimal(height)}"]
    for there, level in rest:
        if level == height:
            parts.append(f"H{decimal(there)}")
        else:
            middle = decimal((before + there) / 2)
            parts.append(
                f"C{middle} {decimal(height)} {middle} {decimal(level)} {decimal(there)} {decimal(level)}"
            )
        before, height = there, level
    return "".join(parts)


def _loop(points: Sequence[tuple[float, float]]) -> str:
    """Out of a column and back to it."""
    (x, y), (back, end) = points[0], points[-1]
    bulge = decimal(x + min(_LANE * 0.7, 34 + abs(end - y) * 0.2))
    start, stop = decimal(y), decimal(end)
    return f"M{decimal(x)} {start}C{bulge} {start} {bulge} {stop} {decimal(back + 7)} {stop}"


def decimal(length: float) -> str:
    """A length with at most one decimal digit."""
    return f"{length:.1f}".removesuffix(".0")


_HEADINGS = {-1: "what refers to it", 0: "", 1: "what it refers to"}


def _headings(
    network: CitationNetwork, columns: Mapping[str, int], xs: Sequence[float], wide: float
) -> tuple[tuple[float, str], ...]:
    if network.centre is None:
        return ()
    own = columns[network.centre]
    words = [_HEADINGS.get(at - own, "further back" if at < own else "further on") for at in range(len(xs))]
    return tuple((x + wide / 2, text) for x, text in zip(xs, words, strict=True) if text)
