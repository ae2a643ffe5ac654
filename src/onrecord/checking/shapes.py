"""Checks a record against the SHACL shapes of `ontology/shapes/` (W3C SHACL, core and SPARQL constraints).

Only what was written is checked, not what follows from it: the rules give a thing the class that a property
asks for, and would hide that it was written as something else. rdflib and pyshacl are imported when a check
runs, since together they take half a second.
"""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, RdfFormat, parse

from onrecord import terms
from onrecord.checking.hygiene import HYGIENE, hygiene
from onrecord.checking.whereabouts import Whereabouts
from onrecord.findings import Finding, Severity, ordered
from onrecord.model import Register

if TYPE_CHECKING:
    from rdflib import Graph
    from rdflib.term import Node

CODES: Mapping[str, str] = {
    "OR300": "A record has one class, one id and one label.",
    "OR301": "An actor is not whole, or is part, member or agent of what it can't be.",
    "OR302": "A name is not whole.",
    "OR303": "A post is not whole.",
    "OR304": "A tenure has not one holder (a person), one post and a date.",
    "OR305": "A document is not whole, or names an actor or document that is none.",
    "OR306": "Parties without an instrument, or parties that are not actors.",
    "OR307": "A provision is not whole or not part of an instrument.",
    "OR308": "A capture is not whole.",
    "OR309": "A passage is not whole.",
    "OR310": "The position or the words of a passage are not whole, or it ends before it starts.",
    "OR311": "A statement is not whole, or names an actor, statement or concept that is none.",
    "OR312": "A quotation has no printed words, or its mode is indirect.",
    "OR313": "Reported speech has no description, neither passage nor relaying statement, or another mode.",
    "OR314": "A chain of report comes back to where it starts.",
    "OR315": "The tenure named as capacity is somebody else's.",
    "OR316": "A claim is not whole.",
    "OR317": "A disagreement has fewer than two claims, no kind or no resolution.",
    "OR318": "Claims that disagree concern different things or different aspects.",
    "OR319": "A gap is not whole.",
    "OR320": "What a source tells of an event, a provision or a tenure is not whole.",
    "OR321": "An event is not whole, or names what it can't.",
    "OR322": "What has sub-events is not an event.",
    "OR323": "A participation is not whole.",
    "OR325": "A status period is not whole.",
    "OR326": "By one account an instrument is in two states at once.",
    "OR327": "A figure is not whole.",
    "OR328": "A part is more than its whole.",
    "OR329": "A citation is not whole.",
    "OR330": "A dossier is not whole.",
    "OR331": "A graph is not described.",
    "OR332": "A concept is not whole or in the wrong scheme.",
    "OR333": "A date is doubled, is no EDTF text, or ends before it starts.",
    "OR334": "A date does not say how it is known.",
    "OR335": "A date from outside names no document.",
    "OR336": "Nothing shows this: it has no evidence.",
    "OR337": "A document from outside does not say how a reader finds it.",
    "OR338": "An entry of the correction log is not whole, or a record is retracted twice.",
    "OR341": "Two things are said to be the same thing (owl:sameAs).",
    **HYGIENE,
}
"""Code → what is wrong; severity is the shape's."""

_SH = "http://www.w3.org/ns/shacl#"
_SEVERITIES: Mapping[str, Severity] = {
    _SH + "Violation": "error", _SH + "Warning": "warning", _SH + "Info": "note",
}  # fmt: skip
_TARGETS = ("targetClass", "targetSubjectsOf", "targetObjectsOf", "targetNode")
_NAMED = "https://w3id.org/onrecord/shapes/"
_NOT_WRITTEN = ("graph/inferred", "graph/ontology")


def check(quads: Iterable[Quad], ontology: Path, register: Register) -> list[Finding]:
    """Findings OR3xx of a record, each at the file and line of the record that it is about.

    `quads` are those of the named graphs; where only the default graph is given, that is checked.
    """
    written = _written(quads)
    where = Whereabouts.of(written, register)
    found = hygiene(written, ontology, where)
    return ordered([*found, *_validate(written, ontology, where)])


def shapes_graph(ontology: Path) -> "Graph":
    """All shapes in one graph, ready to run: every property shape has a name, targets and a code of its own.

    A property shape within a shape means the same as one with that shape's targets (SHACL, sections 2.1.3 and
    2.3), but pyshacl then looks at all its nodes at once instead of one by one (docs/decisions/shapes.md).
    """
    import rdflib

    graph = rdflib.Graph(bind_namespaces="none")
    within = rdflib.URIRef(_SH + "property")
    for path in sorted((ontology / "shapes").glob("*.ttl")):
        part = rdflib.Graph(bind_namespaces="none").parse(path, format="turtle")
        names: dict[Node, Node] = {
            shape: rdflib.URIRef(f"{_NAMED}{path.stem}/{number}")
            for number, shape in enumerate(part.objects(None, within))
            if isinstance(shape, rdflib.BNode)
        }
        for subject, predicate, value in part:
            graph.add((names.get(subject, subject), predicate, names.get(value, value)))
    for shape, prop in sorted(graph.subject_objects(within)):
        if isinstance(shape, rdflib.URIRef):
            _set_free(graph, shape, prop)
    return graph


def _set_free(graph: "Graph", shape: "Node", prop: "Node") -> None:
    """Gives a property shape the targets of the shape that it is in, and its code where it has none."""
    from rdflib import URIRef

    code = URIRef(terms.ONR + "findingCode")
    for target in _TARGETS:
        for value in list(graph.objects(shape, URIRef(_SH + target))):
            graph.add((prop, URIRef(_SH + target), value))
    inherited = graph.value(shape, code)
    if inherited is not None and (prop, code, None) not in graph:
        graph.add((prop, code, inherited))
    graph.remove((shape, URIRef(_SH + "property"), prop))


def codes(shapes: "Graph") -> dict[str, str]:
    """Shape → its `onr:findingCode`."""
    from rdflib import URIRef

    return {
        str(shape): str(code) for shape, code in shapes.subject_objects(URIRef(terms.ONR + "findingCode"))
    }


def _written(quads: Iterable[Quad]) -> list[Quad]:
    """What was written, without what was inferred and the vocabulary."""
    listed = list(quads)
    if all(isinstance(quad.graph_name, DefaultGraph) for quad in listed):
        return listed
    return [
        quad
        for quad in listed
        if isinstance(quad.graph_name, NamedNode) and not quad.graph_name.value.endswith(_NOT_WRITTEN)
    ]


def _validate(quads: list[Quad], ontology: Path, where: Whereabouts) -> list[Finding]:
    import pyshacl
    from rdflib import RDF, URIRef

    shapes = shapes_graph(ontology)
    _, report, _ = pyshacl.validate(
        _data_graph(quads, ontology), shacl_graph=shapes, inference="none", advanced=False, inplace=True
    )
    given = codes(shapes)
    found = []
    for result in report.subjects(RDF.type, URIRef(_SH + "ValidationResult")):
        shape = report.value(result, URIRef(_SH + "sourceShape"))
        focus = str(report.value(result, URIRef(_SH + "focusNode")))
        message = str(report.value(result, URIRef(_SH + "resultMessage")))
        severity = _SEVERITIES[str(report.value(result, URIRef(_SH + "resultSeverity")))]
        value = report.value(result, URIRef(_SH + "value"))
        if value is not None and str(value) != focus:
            message += f" (found: {where.name(str(value)) if isinstance(value, URIRef) else value})"
        place = where.place(focus, _first_step(shapes, shape))
        found.append(Finding(given[str(shape)], f"{where.name(focus)}: {message}", place, severity))
    return found


def _first_step(shapes: "Graph", shape: "Node | None") -> str | None:
    """The property that a shape's path begins with, where it begins with one."""
    from rdflib import RDF, URIRef

    path = shapes.value(shape, URIRef(_SH + "path"))
    if path is None:
        return None
    step = shapes.value(path, RDF.first) or path
    return str(step) if isinstance(step, URIRef) else None


def _data_graph(quads: list[Quad], ontology: Path) -> "Graph":
    """The union of the quads for rdflib, with the tree of classes, which SHACL needs for its targets."""
    import rdflib

    cache: dict[NamedNode | BlankNode | Literal, Any] = {}

    def term(value: Any) -> Any:
        if value not in cache:
            if isinstance(value, NamedNode):
                cache[value] = rdflib.URIRef(value.value)
            elif isinstance(value, BlankNode):
                cache[value] = rdflib.BNode(value.value)
            elif value.language:
                cache[value] = rdflib.Literal(value.value, lang=value.language)
            else:
                cache[value] = rdflib.Literal(value.value, datatype=rdflib.URIRef(value.datatype.value))
        return cache[value]

    graph = rdflib.Graph(bind_namespaces="none")
    triples = {(quad.subject, quad.predicate, quad.object) for quad in quads}
    for triple in parse((ontology / "onrecord.ttl").read_bytes(), format=RdfFormat.TURTLE):
        if triple.predicate.value == terms.RDFS + "subClassOf":
            triples.add((triple.subject, triple.predicate, triple.object))
    if not any(predicate.value == terms.SKOS + "inScheme" for _, predicate, _ in triples):
        for path in sorted((ontology / "kinds").glob("*.ttl")):
            for triple in parse(path.read_bytes(), format=RdfFormat.TURTLE, base_iri=terms.BASE):
                triples.add((triple.subject, triple.predicate, triple.object))
    for subject, predicate, value in triples:
        graph.add((term(subject), term(predicate), term(value)))
    return graph
