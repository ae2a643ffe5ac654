"""GEXF 1.3 (gexf.net, 2022; checked against its XSD): a dynamic graph of intervals, for Gephi.

An edge stands from the first day on which its text may have existed; the dynamic attribute `presence` says
`possible` up to the last such day and `sure` from then on. Only intervals are used, since Gephi refuses a
graph that mixes them with timestamps. networkx's own writer fails the XSD.
"""

from datetime import date, timedelta
from xml.etree import ElementTree as ET

from onrecord.exporters.characters import XmlText
from onrecord.exporters.description import Description
from onrecord.exporters.network import EDGE_ATTRIBUTES, NODE_ATTRIBUTES, Edge, Network, Scalar

NAMESPACE = "http://gexf.net/1.3"
_TYPES: dict[type[Scalar], str] = {str: "string", int: "integer", float: "double"}
_PRESENCE = "presence"


def write_gexf(network: Network, description: Description) -> bytes:
    """The bytes of the file, UTF-8."""
    clean = XmlText()
    root = ET.Element("gexf", {"xmlns": NAMESPACE, "version": "1.3"})
    meta = ET.SubElement(root, "meta")
    graph = ET.SubElement(
        root,
        "graph",
        {
            "mode": "dynamic", "timeformat": "date", "timerepresentation": "interval",
            "defaultedgetype": "directed", "idtype": "string",
        },
    )  # fmt: skip
    _declare(graph, "node", "static", NODE_ATTRIBUTES)
    _declare(graph, "edge", "static", EDGE_ATTRIBUTES)
    _declare(graph, "edge", "dynamic", {_PRESENCE: str})
    _nodes(graph, network, clean)
    _edges(graph, network, clean)
    _meta(meta, description, clean)
    ET.indent(root)
    written: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return written + b"\n"


def _meta(meta: ET.Element, description: Description, clean: XmlText) -> None:
    about = description.about
    creator = ", ".join(about.creators) or about.generated_by
    texts = {"creator": clean(creator), "keywords": "citations, evidence"}
    lines = [clean(line) for line in description.as_lines()]
    lines += [clean.note] if clean.note else []
    for name, text in {**texts, "description": "\n".join(lines)}.items():
        ET.SubElement(meta, name).text = text


def _key(element: str, name: str) -> str:
    return f"{element}-{name}"


def _declare(graph: ET.Element, element: str, mode: str, attributes: dict[str, type[Scalar]]) -> None:
    block = ET.SubElement(graph, "attributes", {"class": element, "mode": mode})
    for name, kind in attributes.items():
        ET.SubElement(block, "attribute", {"id": _key(element, name), "title": name, "type": _TYPES[kind]})


def _values(parent: ET.Element, element: str, attributes: dict[str, Scalar], clean: XmlText) -> ET.Element:
    block = ET.SubElement(parent, "attvalues")
    for name, value in attributes.items():
        text = clean(value) if isinstance(value, str) else repr(value)
        ET.SubElement(block, "attvalue", {"for": _key(element, name), "value": text})
    return block


def _nodes(graph: ET.Element, network: Network, clean: XmlText) -> None:
    first = _first_days(network)
    block = ET.SubElement(graph, "nodes", {"count": str(len(network.nodes))})
    for node in network.nodes:
        head = {"id": clean(node.id), "label": clean(node.label)}
        if first[node.id] is not None:
            head["start"] = str(first[node.id])
        _values(ET.SubElement(block, "node", head), "node", node.attributes, clean)


def _first_days(network: Network) -> dict[str, str | None]:
    """The day from which a node can be seen: that of its first citation; none where one has no first day."""
    days: dict[str, list[str | None]] = {node.id: [] for node in network.nodes}
    for edge in network.edges:
        for end in (edge.source, edge.target):
            days[end].append(edge.earliest)
    return {
        slug: None if None in found or not found else min(day for day in found if day is not None)
        for slug, found in days.items()
    }


def _edges(graph: ET.Element, network: Network, clean: XmlText) -> None:
    block = ET.SubElement(graph, "edges", {"count": str(len(network.edges))})
    for edge in network.edges:
        head = {
            "id": clean(edge.id), "source": clean(edge.source), "target": clean(edge.target),
            "type": "directed", "label": clean(edge.label), "kind": clean(edge.label),
        }  # fmt: skip
        if edge.earliest is not None:
            head["start"] = edge.earliest
        values = _values(ET.SubElement(block, "edge", head), "edge", edge.attributes, clean)
        for value in _presence(edge):
            ET.SubElement(values, "attvalue", {"for": _key("edge", _PRESENCE), **value})


def _presence(edge: Edge) -> list[dict[str, str]]:
    """The stretches in which the edge is possible and sure; both bounds of a stretch are inclusive."""
    if edge.earliest is None and edge.latest is None:
        return [{"value": "undated"}]
    start = {} if edge.earliest is None else {"start": edge.earliest}
    if edge.latest is None:
        return [{"value": "possible", **start}]
    sure = {"value": "sure", "start": edge.latest}
    if edge.earliest == edge.latest or edge.latest == date.min.isoformat():
        return [sure]
    eve = date.fromisoformat(edge.latest) - timedelta(days=1)
    return [{"value": "possible", **start, "end": eve.isoformat()}, sure]
