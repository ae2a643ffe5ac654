"""A drawing as SVG: one file that stands alone, or one part of a page that follows its theme.

Shapes and dashes say what colour says, every node and line has its words (`title`), and nodes are links.
Colours stand in attributes, so that any reader has them; a page's style sheet overrides them by class.
"""

from collections.abc import Callable, Mapping, Sequence
from xml.etree import ElementTree as ET

from onrecord.analysis.network import CitationNetwork, NetworkNode
from onrecord.exporters.characters import XmlText, seen
from onrecord.exporters.description import Description
from onrecord.exporters.drawing import (
    FAMILIES,
    GLYPH,
    LEADING,
    MARGIN,
    PADDING,
    SIZE,
    SMALL,
    Card,
    Drawing,
    Line,
    decimal,
    drawing_of,
)
from onrecord.exporters.lettering import lines, width

NAMESPACE = "http://www.w3.org/2000/svg"
SANS = "Source Sans, Source Sans 3, Helvetica, Arial, sans-serif"
SERIF = "Source Serif, Source Serif 4, Georgia, Times New Roman, serif"
_STYLE = """
.or-paper { fill: #fbfaf6; } .or-halo { stroke: #fbfaf6; stroke-width: 3; paint-order: stroke; }
.or-graph { fill: #1d1b17; } .or-label { fill: #5d564b; } .or-heading { font-style: italic; }
.or-graph path { fill: none; stroke-width: 1.4; } .or-glyph { stroke: #1d1b17; stroke-linejoin: round; }
.or-frame { fill: #ffffff; stroke: #8c8474; } .or-centre .or-frame { stroke: #1d1b17; stroke-width: 2.5; }
.or-name { font-weight: 600; } .or-printed-words { font-family: SERIF; }
.or-graph .or-tells { stroke: #0b6aa2; } .or-graph .or-is-said { stroke: #5b5fb5; stroke-dasharray: 2 3; }
.or-graph .or-refers { stroke: #0a7d5c; stroke-dasharray: 7 3; }
.or-graph .or-judges { stroke: #b0530a; stroke-dasharray: 10 3 2 3; }
.or-graph .or-head { stroke-dasharray: none; } .or-tells .or-head { fill: #0b6aa2; }
.or-is-said .or-head { fill: #5b5fb5; } .or-refers .or-head { fill: #0a7d5c; }
.or-judges .or-head { fill: #b0530a; }
""".replace("SERIF", SERIF)
"""What a picture looks like by itself; a page has a sheet of its own, which follows its theme.

Lines are at least 3:1 against the paper, words at least 4.5:1 (WCAG 2.2, 1.4.11 and 1.4.3).
"""

Address = Callable[[NetworkNode], str | None]

_SHAPES: Mapping[str, str] = {
    "person": "M8 1.5a3.2 3.2 0 1 1 0 6.4a3.2 3.2 0 1 1 0-6.4zM2 15c0-4 2.4-5.8 6-5.8s6 1.8 6 5.8z",
    "organisation": "M2 15V5l6-3.5L14 5v10zM5 15v-4h6v4",
    "group": "M5.5 3a2.4 2.4 0 1 1 0 4.8a2.4 2.4 0 1 1 0-4.8zM11.5 4.2a2 2 0 1 1 0 4a2 2 0 1 1 0-4z"
    "M1 14c0-3.2 1.8-4.8 4.5-4.8S10 10.8 10 14zM11.2 14H15c0-2.8-1.3-4.3-3.5-4.3",
    "document": "M3 1.5h7L13.5 5v9.5H3zM10 1.5V5h3.5M5.5 8H11M5.5 11H11",
    "instrument": "M3 1.5h10V15l-5-2.8L3 15zM5.5 5H10.5M5.5 8H10.5",
    "statement": "M1.5 2.5h13v9H7.5L4 14.8v-3.3H1.5z",
    "event": "M8 1.5L14.5 8L8 14.5L1.5 8z",
}
"""Shape of a noun, or of a kind of actor, in a square of 16."""
NAMES: Mapping[str, str] = {
    "person": "person",
    "organisation": "organisation",
    "group": "group",
    "document": "article or document",
    "instrument": "agreement, act or bill",
    "statement": "statement",
    "event": "event",
}
_SEEN = 1080.0
"""Pixels of a wide picture that a page shows before it is scrolled sideways: the legend keeps within them."""
_PEOPLE = {"unnamed-person": "person", "spokesperson": "person"}


def shape_of(node: NetworkNode) -> str:
    """The key of `NAMES` that a node is drawn as."""
    kind = _PEOPLE.get(node.kind or "", node.kind or "")
    if node.noun == "actor":
        return kind if kind in NAMES else "organisation"
    return node.noun if node.noun in NAMES else "document"


def draw(
    network: CitationNetwork, address: Address, *, title: str, footer: Sequence[str] = (), about: str = ""
) -> str:
    """The picture as SVG text.

    address: where a node's link leads; None for no link. title: what the picture is called. footer: lines
    below it. about: description for `metadata`.
    """
    drawing = drawing_of(network)
    clean = XmlText()
    legend = _Legend(drawing)
    wide = max(drawing.wide, 620.0)
    foot = [line for text in footer for line in lines(seen(text), SMALL, wide - 2 * MARGIN, 9)]
    top = legend.high(wide)
    high = top + drawing.high + len(foot) * 15 + (MARGIN if foot else 0)
    root = ET.Element(
        "svg",
        {
            "xmlns": NAMESPACE, "viewBox": f"0 0 {decimal(wide)} {decimal(high)}",
            "width": decimal(wide), "height": decimal(high), "role": "group",
            "aria-label": clean(seen(title)), "font-family": SANS, "font-size": decimal(SIZE),
            "class": "or-graph",
        },
    )  # fmt: skip
    if about:
        ET.SubElement(root, "title").text = clean(seen(title))
        ET.SubElement(root, "metadata").text = clean(about)
        ET.SubElement(root, "style").text = _STYLE
        _add(root, "rect", "or-paper", width=decimal(wide), height=decimal(high))
    legend.write(root, wide)
    body = _add(root, "g", "", transform=f"translate(0 {decimal(top)})")
    _headings(body, drawing)
    _links(body, drawing, clean)
    for card in drawing.cards:
        _card(body, card, address(card.node), drawing.lines, clean)
    notes = _small(root, "or-label")
    for number, text in enumerate(foot):
        _text(notes, clean(text), MARGIN, high - MARGIN - (len(foot) - 1 - number) * 15)
    return ET.tostring(root, encoding="unicode")


def _add(parent: ET.Element, name: str, group: str, **attributes: str) -> ET.Element:
    named = {"class": group} if group else {}
    return ET.SubElement(parent, name, {**named, **{k.replace("_", "-"): v for k, v in attributes.items()}})


def _small(parent: ET.Element, group: str, **attributes: str) -> ET.Element:
    return _add(parent, "g", group, font_size=decimal(SMALL), **attributes)


def _text(parent: ET.Element, text: str, x: float, y: float, group: str = "", **attributes: str) -> None:
    _add(parent, "text", group, x=decimal(x), y=decimal(y), **attributes).text = text


def _headings(parent: ET.Element, drawing: Drawing) -> None:
    group = _small(parent, "or-label or-heading", text_anchor="middle")
    for x, text in drawing.headings:
        _text(group, text, x, 16)


def _links(parent: ET.Element, drawing: Drawing, clean: XmlText) -> None:
    """Lines by family, then their labels over all of them."""
    for family in FAMILIES:
        group = _add(parent, "g", f"or-{family.replace(' ', '-')}")
        for line in (each for each in drawing.lines if each.family == family):
            _line(group, line, clean)
    labels = _small(parent, "or-label", aria_hidden="true")
    for anchor in ("start", "end"):
        block = _add(labels, "g", "or-halo", text_anchor=anchor)
        for line in drawing.lines:
            x, y, side = line.label
            if (side > 0) == (anchor == "start"):
                _text(block, line.words, x, y)


def _line(parent: ET.Element, line: Line, clean: XmlText) -> None:
    group = _add(parent, "g", "or-link", role="img")
    ET.SubElement(group, "title").text = clean(line.said)
    thick = (
        {"stroke_width": decimal(min(1.4 + 0.5 * (len(line.edges) - 1), 4))} if len(line.edges) > 1 else {}
    )
    _add(group, "path", "", d=line.path, **thick)
    x, y = line.tip
    back = decimal(x - line.looks * 9)
    _add(group, "path", "or-head", d=f"M{decimal(x)} {decimal(y)}L{back} {decimal(y - 4)}V{decimal(y + 4)}z")


def _card(parent: ET.Element, card: Card, to: str | None, every: Sequence[Line], clean: XmlText) -> None:
    node = card.node
    shape = shape_of(node)
    cited = sum(len(line.edges) for line in every if line.to.slug == node.slug)
    cites = sum(len(line.edges) for line in every if line.from_.slug == node.slug)
    said = clean(f"{seen(node.title)} ({NAMES[shape]}; referred to here {cited}×, refers {cites}×)")
    group = _add(parent, "a" if to else "g", f"or-node{' or-centre' if card.centre else ''}")
    if to:
        group.set("href", to)
    if card.centre:
        group.set("aria-current", "true")
    ET.SubElement(group, "title").text = said
    frame = {"x": card.x, "y": card.y, "width": card.wide, "height": card.high, "rx": 3}
    _add(group, "rect", "or-frame", **{name: decimal(value) for name, value in frame.items()})
    top = card.y + (card.high - len(card.text) * LEADING) / 2
    _glyph(group, shape, card.x + PADDING, top)
    words = "or-printed-words" if node.words_are == "printed" else "or-name" if node.noun == "actor" else ""
    for number, text in enumerate(card.text):
        _text(group, clean(text), card.x + PADDING + GLYPH, top + number * LEADING + 12, words)


def _glyph(parent: ET.Element, shape: str, x: float, y: float) -> None:
    _add(parent, "path", "or-glyph", d=_SHAPES[shape], transform=f"translate({decimal(x)} {decimal(y)})")


def write_picture(network: CitationNetwork, description: Description) -> bytes:
    """The file that stands alone: its links are the lasting addresses of the records, its description is in
    `metadata` and, in what readers must see, below the picture."""
    about = description.about
    lines_of = description.as_lines()
    centre = next((node.title for node in network.drawn if node.slug == network.centre), None)
    title = f"{about.title}: who refers to whom" + (f", around {seen(centre)}" if centre else "")
    svg = draw(
        network,
        lambda node: about.iri(node.noun, node.slug),
        title=title,
        footer=lines_of,
        about="\n".join(lines_of),
    )
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{svg}\n'.encode()


class _Legend:
    """Shapes and lines that the drawing has, in rows."""

    def __init__(self, drawing: Drawing) -> None:
        shapes = {shape_of(card.node) for card in drawing.cards}
        families = {line.family for line in drawing.lines}
        self._entries = [(shape, NAMES[shape]) for shape in NAMES if shape in shapes]
        self._entries += [(family, _relations(family, drawing)) for family in FAMILIES if family in families]

    def _places(self, wide: float) -> list[tuple[float, float]]:
        places, x, y = [], MARGIN, 18.0
        edge = min(wide, _SEEN) - MARGIN
        for key, text in self._entries:
            room = (24 if key in NAMES else 44) + width(text, SMALL) + 18
            if x + room > edge and x > MARGIN:
                x, y = MARGIN, y + 22
            places.append((x, y))
            x += room
        return places

    def high(self, wide: float) -> float:
        """Height of the legend with the room below it."""
        places = self._places(wide)
        return places[-1][1] + 20 if places else 0.0

    def write(self, root: ET.Element, wide: float) -> None:
        """Writes it at the top."""
        group = _small(root, "or-label or-legend", aria_hidden="true")
        for (key, text), (x, y) in zip(self._entries, self._places(wide), strict=True):
            if key in NAMES:
                _glyph(group, key, x, y - 12)
            else:
                _add(
                    _add(group, "g", f"or-{key.replace(' ', '-')}"),
                    "path",
                    "",
                    d=f"M{decimal(x)} {decimal(y - 4)}h34",
                )
            _text(group, text, x + (22 if key in NAMES else 40), y)


def _relations(family: str, drawing: Drawing) -> str:
    present = {line.relation for line in drawing.lines if line.family == family}
    return ", ".join(relation.replace("-", " ") for relation in sorted(present))
