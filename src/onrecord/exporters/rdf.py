"""RDF: Turtle and JSON-LD of all triples, TriG and N-Quads with the graphs that say who says it.

Sorted, without a clock; the export describes itself in `graph/export`. The default graph of the record is
the union of its named graphs, so that it is not written again beside them.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, RdfFormat, Triple, parse, serialize

from onrecord import terms
from onrecord.exporters.description import Description, json_bytes
from onrecord.exporters.excerpt import excerpt
from onrecord.exporters.material import NQuads
from onrecord.exporters.selection import Selection, described

PROV = "http://www.w3.org/ns/prov#"


def record_quads(selection: Selection) -> list[Quad]:
    """The quads of the selection, in order: all of the record, or an excerpt of it."""
    quads = _named_only(_read(selection.material.quads))
    if selection.whole:
        return sorted(quads, key=str)
    return excerpt(quads, _seeds(selection), selection.material.about.base)


def _read(quads: NQuads) -> Iterator[Quad]:
    if isinstance(quads, Path):
        return parse(path=str(quads), format=RdfFormat.N_QUADS)
    content = quads if isinstance(quads, bytes) else "\n".join(line.rstrip("\n") for line in quads).encode()
    return parse(content, format=RdfFormat.N_QUADS)


def _named_only(quads: Iterable[Quad]) -> set[Quad]:
    found = set(quads)
    named = {quad for quad in found if not isinstance(quad.graph_name, DefaultGraph)}
    said = {quad.triple for quad in named}
    return named | {quad for quad in found - named if quad.triple not in said}


def _seeds(selection: Selection) -> set[str]:
    base = selection.material.about.base
    statements, events = described(selection)
    slugs = [("statement", str(row["statement"])) for row in statements]
    slugs += [("event", str(row["event"])) for row in events]
    slugs += [("citation", edge.id) for edge in selection.citations if not edge.implied]
    slugs += [
        ("statement", slug)
        for edge in selection.citations
        if edge.implied
        for slug, noun in ((edge.from_, edge.from_noun), (edge.to, edge.to_noun))
        if noun == "statement"
    ]
    return {slug if "://" in slug else f"{base}id/{noun}/{slug}" for noun, slug in slugs}


def self_description(description: Description, quads: Iterable[Quad]) -> list[Quad]:
    """What the export says of itself, in the graph `graph/export`; its name comes from what it holds."""
    about = description.about
    content = sha256("".join(f"{quad}\n" for quad in quads).encode()).hexdigest()
    node = NamedNode(f"{about.base}export/{content[:16]}")
    graph = NamedNode(f"{about.base}graph/export")
    facts: list[tuple[str, NamedNode | Literal]] = [
        (terms.RDF + "type", NamedNode(terms.VOID + "Dataset")),
        (terms.RDFS + "label", Literal(f"{about.title}: {description.holds}", language="en")),
        (terms.DCT + "title", Literal(f"{about.title}: {description.holds}", language="en")),
        (terms.DCT + "description", Literal("\n".join(description.as_lines()), language="en")),
        (terms.DCT + "license", _iri_or_text(about.licence)),
        (terms.OWL + "versionInfo", Literal(about.version)),
        (PROV + "wasDerivedFrom", NamedNode(about.base)),
        (terms.ONR + "sha256", Literal(about.dataset_hash)),
    ]
    facts += [(terms.DCT + "creator", Literal(name)) for name in about.creators]
    documents = [NamedNode(about.iri("document", note.slug)) for note in about.sources]
    facts += [(terms.DCT + "source", document) for document in documents]
    return sorted((Quad(node, NamedNode(predicate), value, graph) for predicate, value in facts), key=str)


def _iri_or_text(text: str) -> NamedNode | Literal:
    if text.startswith(("https://", "http://")) and " " not in text:
        return NamedNode(text)
    return Literal(text)


def prefixes_of(base: str, quads: Iterable[Quad | Triple]) -> dict[str, str]:
    """The usual prefixes, one for each noun of the record besides."""
    start = f"{base}id/"
    nouns = {
        term.value.removeprefix(start).partition("/")[0]
        for quad in quads
        for term in (quad.subject, quad.object)
        if isinstance(term, NamedNode) and term.value.startswith(start)
    }
    usual = {name: iri for name, iri in terms.PREFIXES.items() if name not in ("id", "graph")}
    usual |= {"graph": f"{base}graph/", "prov": PROV}
    return dict(sorted({**usual, **{noun: f"{start}{noun}/" for noun in nouns if noun not in usual}}.items()))


def write_nquads(quads: list[Quad], description: Description) -> bytes:
    """N-Quads, one line a quad, in order."""
    every = [*quads, *self_description(description, quads)]
    return "".join(f"{quad} .\n" for quad in sorted(every, key=str)).encode()


def write_trig(quads: list[Quad], description: Description) -> bytes:
    """TriG, graph by graph."""
    every = [*quads, *self_description(description, quads)]
    every.sort(key=lambda quad: (str(quad.graph_name), str(quad)))
    return _serialised(every, RdfFormat.TRIG, prefixes_of(description.about.base, every))


def write_turtle(quads: list[Quad], description: Description) -> bytes:
    """Turtle of the union of all graphs."""
    every = [*quads, *self_description(description, quads)]
    triples = sorted({quad.triple for quad in every}, key=str)
    return _serialised(triples, RdfFormat.TURTLE, prefixes_of(description.about.base, every))


def _serialised(input: Iterable[Quad] | Iterable[Triple], form: RdfFormat, prefixes: dict[str, str]) -> bytes:
    return serialize(input, format=form, prefixes=prefixes) or b""


def write_jsonld(quads: list[Quad], description: Description, context: Mapping[str, Any]) -> bytes:
    """JSON-LD 1.1 of the union of all graphs, compacted by our own context, which stands inside: nothing is
    fetched."""
    every = [*quads, *self_description(description, quads)]
    inner = dict(context.get("@context", context)) or prefixes_of(description.about.base, every)
    return compacted({quad.triple for quad in every}, inner)


def compacted(triples: Iterable[Triple], context: Mapping[str, Any]) -> bytes:
    """JSON-LD 1.1 of triples, compacted by `context` (what stands under `@context`), which stands inside."""
    # rdflib takes a third of a second to import, and only this format needs it.
    from rdflib import Graph

    graph = Graph(bind_namespaces="none")
    for triple in triples:
        graph.add((_rdflib(triple.subject), _rdflib(triple.predicate), _rdflib(triple.object)))
    text = graph.serialize(format="json-ld", context=dict(context), auto_compact=False)
    return json_bytes(_ordered(json.loads(text), context))


def _rdflib(term: object) -> Any:
    from rdflib import BNode, URIRef
    from rdflib import Literal as RdflibLiteral

    if isinstance(term, NamedNode):
        return URIRef(term.value)
    if isinstance(term, BlankNode):
        return BNode(term.value)
    if not isinstance(term, Literal):
        raise TypeError(f"no term of RDF 1.1: {term}")
    if term.language:
        return RdflibLiteral(term.value, lang=term.language, normalize=False)
    if term.datatype.value == terms.XSD + "string":
        return RdflibLiteral(term.value, normalize=False)
    return RdflibLiteral(term.value, datatype=URIRef(term.datatype.value), normalize=False)


def _ordered(document: dict[str, Any], context: Mapping[str, Any]) -> dict[str, Any]:
    """The document with nodes, keys and values in order; no list of ours means its order."""
    nodes = document.get("@graph", [{k: v for k, v in document.items() if k != "@context"}])
    nodes = sorted((_sorted_value(node) for node in nodes), key=_text)
    return {"@context": dict(context), "@graph": nodes}


def _sorted_value(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: value[key] if key == "@list" else _sorted_value(value[key]) for key in sorted(value)}
    if isinstance(value, list):
        return sorted((_sorted_value(item) for item in value), key=_text)
    return value


def _text(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)
