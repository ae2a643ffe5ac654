"""What a reasoner is given: the ontology's axioms and the record's classes and relations.

Dates, texts and annotations are left out: no axiom speaks of them, and HermiT stops at xsd:date, which is
not among the datatypes of OWL 2 (OWL 2 Structural Specification, section 4). Slugs are chosen once, so that
things with different IRIs are different: what a functional property points to is said to be so.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, RdfFormat, Triple, parse, serialize

from onrecord import terms
from onrecord.checking.lexicon import Lexicon

_RDF, _RDFS, _OWL, _SKOS = terms.RDF, terms.RDFS, terms.OWL, terms.SKOS
_TYPE = NamedNode(_RDF + "type")
_AXIOMS = (
    *(_RDFS + name for name in ("subClassOf", "subPropertyOf", "domain", "range")),
    *(_RDF + name for name in ("first", "rest")),
)
_NOT_DATA = ("graph/inferred", "graph/ontology", "graph/catalogue")


@dataclass(frozen=True)
class Projection:
    """Axioms and facts for a reasoner; `axioms` are those of the ontology, `facts` those of the record."""

    axioms: tuple[Triple, ...]
    facts: tuple[Triple, ...]

    def ntriples(self) -> bytes:
        """Everything as N-Triples, in a fixed order."""
        lines = serialize([*self.axioms, *self.facts], format=RdfFormat.N_TRIPLES) or b""
        return b"".join(sorted(lines.splitlines(keepends=True)))


def project(quads: Iterable[Quad], ontology: Path) -> Projection:
    """The projection of what was written (not of what was inferred) and of the kinds."""
    lexicon = Lexicon.read([ontology / "onrecord.ttl"], ontology)
    axioms = tuple(_axioms(ontology, lexicon))
    facts: set[Triple] = set()
    for path in sorted((ontology / "kinds").glob("*.ttl")):
        for triple in parse(path.read_bytes(), format=RdfFormat.TURTLE, base_iri=terms.BASE):
            facts.update(_fact(triple.subject, triple.predicate, triple.object, lexicon))
    for quad in quads:
        graph = quad.graph_name
        if not (isinstance(graph, NamedNode) and graph.value.endswith(_NOT_DATA)):
            facts.update(_fact(quad.subject, quad.predicate, quad.object, lexicon))
    facts |= _different(facts, lexicon)
    return Projection(axioms, tuple(sorted(facts, key=str)))


def _axioms(ontology: Path, lexicon: Lexicon) -> Iterable[Triple]:
    """The logical part of `onrecord.ttl`: no annotations, no datatypes beyond those of OWL 2."""
    logical = {*lexicon.of_type(_OWL + "Class", _OWL + "ObjectProperty"), terms.ONR + "amount"}
    for triple in parse((ontology / "onrecord.ttl").read_bytes(), format=RdfFormat.TURTLE):
        subject, predicate, value = triple.subject, triple.predicate.value, triple.object
        if isinstance(subject, NamedNode) and subject.value not in logical:
            continue
        if (predicate == _RDF + "type" and isinstance(value, NamedNode) and value.value.startswith(_OWL)) or (
            (predicate in _AXIOMS or predicate.startswith(_OWL)) and not isinstance(value, Literal)
        ):
            yield triple


def _fact(subject: object, predicate: NamedNode, value: object, lexicon: Lexicon) -> list[Triple]:
    if not isinstance(subject, NamedNode):
        return []
    here = Triple(subject, _TYPE, NamedNode(_OWL + "NamedIndividual"))
    if predicate == _TYPE and isinstance(value, NamedNode):
        ours = value.value.startswith(terms.ONR) or value.value == _SKOS + "Concept"
        return [here, Triple(subject, predicate, value)] if ours else []
    relation = _OWL + "ObjectProperty" in lexicon.values(predicate.value, _RDF + "type")
    if relation and predicate.value.startswith(terms.ONR) and isinstance(value, NamedNode):
        there = Triple(value, _TYPE, NamedNode(_OWL + "NamedIndividual"))
        return [here, there, Triple(subject, predicate, value)]
    if predicate.value == terms.ONR + "amount" and isinstance(value, Literal):
        return [here, Triple(subject, predicate, value)]
    return []


def _different(facts: set[Triple], lexicon: Lexicon) -> set[Triple]:
    """Says of the values of each functional property that they are different from one another."""
    values: dict[str, set[str]] = {}
    for triple in facts:
        characteristics = lexicon.facts.get(triple.predicate.value, {}).get(_RDF + "type", [])
        if _OWL + "FunctionalProperty" in characteristics and isinstance(triple.object, NamedNode):
            values.setdefault(triple.predicate.value, set()).add(triple.object.value)
    said: set[Triple] = set()
    for predicate, members in sorted(values.items()):
        if len(members) > 1:
            said.update(_all_different(predicate.removeprefix(terms.ONR), sorted(members)))
    return said


def _all_different(name: str, members: list[str]) -> Iterable[Triple]:
    group = BlankNode(f"{name}Different")
    yield Triple(group, _TYPE, NamedNode(_OWL + "AllDifferent"))
    cells = [BlankNode(f"{name}Cell{number}") for number in range(len(members))]
    yield Triple(group, NamedNode(_OWL + "distinctMembers"), cells[0])
    rest: list[BlankNode | NamedNode] = [*cells[1:], NamedNode(_RDF + "nil")]
    for cell, member, after in zip(cells, members, rest, strict=True):
        yield Triple(cell, NamedNode(_RDF + "first"), NamedNode(member))
        yield Triple(cell, NamedNode(_RDF + "rest"), after)
