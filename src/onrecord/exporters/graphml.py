"""GraphML through networkx's writer, with what it refuses or loses seen to.

It raises on None and lists (a network has neither) and writes characters that no XML reader accepts. Its
`write_graphml` takes another road where lxml is installed; the one that never does is named here.
"""

import io
import json

import networkx as nx

from onrecord.exporters.characters import XmlText
from onrecord.exporters.description import Description
from onrecord.exporters.network import Network, Scalar


def write_graphml(network: Network, description: Description) -> bytes:
    """The bytes of the file, UTF-8; the description is data of the graph."""
    clean = XmlText()
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for node in network.nodes:
        graph.add_node(clean(node.id), label=clean(node.label), **_clean(node.attributes, clean))
    for edge in network.edges:
        graph.add_edge(
            clean(edge.source), clean(edge.target), key=clean(edge.id), label=clean(edge.label),
            **_clean(edge.attributes, clean),
        )  # fmt: skip
    graph.graph.update(_head(description, clean))
    file = io.BytesIO()
    nx.write_graphml_xml(graph, file)
    return file.getvalue().rstrip(b"\n") + b"\n"


def _clean(attributes: dict[str, Scalar], clean: XmlText) -> dict[str, Scalar]:
    return {
        name: clean(value) if isinstance(value, str) else value
        for name, value in attributes.items()
        if value != ""
    }


def _head(description: Description, clean: XmlText) -> dict[str, str]:
    values = {
        name: value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
        for name, value in description.as_json().items()
        if value not in (None, "", [], {})
    }
    values = {name: clean(value) for name, value in values.items()}
    return values | ({"characters": clean.note} if clean.note else {})
