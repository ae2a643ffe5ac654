"""Checks that hold for every triple whatever it says: named nodes, declared terms, our own addresses."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from pyoxigraph import BlankNode, NamedNode, Quad, RdfFormat, parse

from onrecord import terms
from onrecord.checking.whereabouts import Whereabouts
from onrecord.findings import Finding

HYGIENE: Mapping[str, str] = {
    "OR340": "A node has no name (blank node).",
    "OR342": "A class or property is used that the ontology does not declare.",
    "OR343": "A class or property is used that is deprecated.",
    "OR344": "Something is said of a thing whose IRI is not of this knowledge base.",
    "OR345": "A graph is not described in the catalogue.",
}

_ELSEWHERE = (terms.OWL + "sameAs",)  # a shape of its own says why not (OR341)


@dataclass(frozen=True)
class Vocabulary:
    """The declared terms, and of those that are deprecated, what replaces them ("" where nothing does)."""

    declared: frozenset[str]
    deprecated: Mapping[str, str]

    @classmethod
    def read(cls, ontology: Path) -> "Vocabulary":
        """From `onrecord.ttl`."""
        declared: set[str] = set()
        old: set[str] = set()
        replaced: dict[str, str] = {}
        for triple in parse((ontology / "onrecord.ttl").read_bytes(), format=RdfFormat.TURTLE):
            subject, value = triple.subject, triple.object
            if not isinstance(subject, NamedNode) or isinstance(value, BlankNode):
                continue
            declared.add(subject.value)
            if triple.predicate.value == terms.OWL + "deprecated" and str(value.value) == "true":
                old.add(subject.value)
            elif triple.predicate.value == terms.DCT + "isReplacedBy":
                replaced[subject.value] = str(value.value)
        return cls(frozenset(declared), {term: replaced.get(term, "") for term in old})


def hygiene(quads: Iterable[Quad], ontology: Path, where: Whereabouts) -> list[Finding]:
    """Findings OR340 to OR345 of the written quads."""
    vocabulary = Vocabulary.read(ontology)
    found: list[Finding] = []
    used: set[str] = set()
    described: set[str] = set()
    for quad in quads:
        if not isinstance(quad.subject, NamedNode) or isinstance(quad.object, BlankNode):
            found.append(_blank(quad, where))
            continue
        iri, graph = quad.subject.value, quad.graph_name
        if isinstance(graph, NamedNode):
            used.add(graph.value)
            if graph.value.endswith(("graph/kinds", "graph/catalogue")):
                described.add(iri)
        found += _term(quad, iri, vocabulary, where)
        if not iri.startswith((where.base, terms.BASE)):
            message = f"{quad.predicate.value} is said of <{iri}>, which is not of this knowledge base"
            found.append(Finding("OR344", message, where.place(iri)))
    catalogue = where.base + "graph/catalogue"
    if catalogue in used:
        for name in sorted(used - described):
            message = f"the graph {name} is not described in the catalogue"
            found.append(Finding("OR345", message, where.place(name)))
    return found


def _blank(quad: Quad, where: Whereabouts) -> Finding:
    known = quad.object if isinstance(quad.subject, BlankNode) else quad.subject
    iri = known.value if isinstance(known, NamedNode) else str(quad.graph_name)
    message = f"a node at {quad.predicate.value} has no name; the record has no blank nodes"
    return Finding("OR340", message, where.place(iri))


def _term(quad: Quad, subject: str, vocabulary: Vocabulary, where: Whereabouts) -> list[Finding]:
    term = quad.predicate.value
    if term == terms.RDF + "type" and isinstance(quad.object, NamedNode):
        term = quad.object.value
    if term in _ELSEWHERE or (term in vocabulary.declared and term not in vocabulary.deprecated):
        return []
    place, name = where.place(subject, term), where.name(subject)
    if term not in vocabulary.declared:
        near = get_close_matches(term, sorted(vocabulary.declared), 1)
        tip = f"did you mean {near[0]}?" if near else "declare it in ontology/onrecord.ttl"
        return [Finding("OR342", f"{name}: the term {term} is not declared", place, hint=tip)]
    better = vocabulary.deprecated[term]
    tip = f"use {better}" if better else "look at ontology/CHANGES.md"
    return [Finding("OR343", f"{name}: the term {term} is deprecated", place, "warning", tip)]
