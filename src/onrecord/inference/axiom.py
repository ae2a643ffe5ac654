"""The axioms of the ontology from which something follows, to be compared with the headers of the rules."""

from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from pyoxigraph import BlankNode, DefaultGraph, NamedNode, Quad, RdfFormat, Store, parse

from onrecord import terms
from onrecord.findings import Finding, Place
from onrecord.inference.rule import Rule, read_rules

CODES = {"OR514": "An axiom of the ontology has no rule, or a rule no axiom."}
"""Code → what is wrong."""

_FILE = "a rule whose header has this axiom to ontology/rules"
_RDF = terms.RDF
_OWL = terms.OWL
_RDFS = terms.RDFS
_PLAIN = {  # axioms of the form: property, predicate, term
    _OWL + "inverseOf": "owl:inverseOf",
    _RDFS + "subPropertyOf": "rdfs:subPropertyOf",
}
_GENERAL = {  # realised for all terms at once by a rule with variables
    _RDFS + "subClassOf": "?class rdfs:subClassOf ?type",
    _RDFS + "domain": "?property rdfs:domain ?type",
    _RDFS + "range": "?property rdfs:range ?type",
}
_CHARACTERISTICS = ("TransitiveProperty", "SymmetricProperty", "ReflexiveProperty")


class Axiom(NamedTuple):
    """An axiom as it is written in a rule's header, and the IRI of the term that it stands at."""

    text: str
    term: str


def axioms(ontology: Path) -> list[Axiom]:
    """The axioms of `onrecord.ttl` that yield new triples, sorted, in the words of the rules' headers.

    Functional and disjoint are not among them: they find contradictions and yield nothing.
    """
    path = ontology / "onrecord.ttl"
    store = Store()
    store.extend(
        Quad(triple.subject, triple.predicate, triple.object, DefaultGraph())
        for triple in parse(path.read_bytes(), format=RdfFormat.TURTLE, base_iri=terms.BASE)
    )
    found: set[Axiom] = set()
    for quad in store:
        if not isinstance(quad.subject, NamedNode) or not quad.subject.value.startswith(terms.ONR):
            continue
        subject, predicate, value = quad.subject, quad.predicate.value, quad.object
        if predicate == _OWL + "propertyChainAxiom" and isinstance(value, BlankNode | NamedNode):
            steps = " ".join(_short(step) for step in _members(store, value))
            found.add(Axiom(f"{_short(subject)} owl:propertyChainAxiom ( {steps} )", subject.value))
        elif predicate == _RDF + "type" and isinstance(value, NamedNode):
            for name in _CHARACTERISTICS:
                if value.value == _OWL + name:
                    found.add(Axiom(f"{_short(subject)} a owl:{name}", subject.value))
        elif predicate in _PLAIN and isinstance(value, NamedNode):
            found.add(Axiom(f"{_short(subject)} {_PLAIN[predicate]} {_short(value)}", subject.value))
        elif predicate in _GENERAL:
            found.add(Axiom(_GENERAL[predicate], ""))
    return sorted(found)


def realised(rules: Iterable[Rule]) -> dict[str, str]:
    """Axiom → name of the rule that realises it."""
    return {axiom: rule.name for rule in rules for axiom in rule.axioms}


def check(ontology: Path) -> list[Finding]:
    """Findings OR514: an axiom that no rule realises, and a rule whose axiom the ontology does not have."""
    stated = {axiom.text: axiom for axiom in axioms(ontology)}
    rules = realised(read_rules(ontology))
    folder = ontology.name
    missing = [
        Finding(
            "OR514",
            f"no rule realises the axiom {text}",
            Place(f"{folder}/onrecord.ttl"),
            hint=f"add {_FILE}",
        )
        for text in sorted(set(stated) - set(rules))
    ]
    unfounded = [
        Finding("OR514", f"the ontology has no axiom {text}", Place(f"{folder}/rules/{rules[text]}.rq"))
        for text in sorted(set(rules) - set(stated))
    ]
    return [*missing, *unfounded]


def _members(store: Store, head: BlankNode | NamedNode) -> list[NamedNode]:
    members: list[NamedNode] = []
    node: object = head
    while isinstance(node, BlankNode | NamedNode) and node.value != _RDF + "nil":
        for quad in store.quads_for_pattern(node, NamedNode(_RDF + "first"), None):
            if isinstance(quad.object, NamedNode):
                members.append(quad.object)
        node = next(
            (quad.object for quad in store.quads_for_pattern(node, NamedNode(_RDF + "rest"), None)), None
        )
    return members


def _short(term: NamedNode) -> str:
    return (
        "onr:" + term.value.removeprefix(terms.ONR) if term.value.startswith(terms.ONR) else f"<{term.value}>"
    )
