"""Namespaces and names of terms, once; and the concepts of `ontology/kinds/`.

Everything here is text: floors above make RDF terms of it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import Literal, NamedNode, RdfFormat, parse

BASE = "https://w3id.org/onrecord/"
ONR = BASE + "ns#"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
XSD = "http://www.w3.org/2001/XMLSchema#"
OWL = "http://www.w3.org/2002/07/owl#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
DCT = "http://purl.org/dc/terms/"
OA = "http://www.w3.org/ns/oa#"
CITO = "http://purl.org/spar/cito/"
VOID = "http://rdfs.org/ns/void#"
EDTF = "http://id.loc.gov/datatypes/edtf/EDTF"

PREFIXES: Mapping[str, str] = {
    "cito": CITO,
    "dct": DCT,
    "edtf": "http://id.loc.gov/datatypes/edtf/",
    "id": BASE + "id/",
    "graph": BASE + "graph/",
    "k": BASE + "kind/",
    "oa": OA,
    "onr": ONR,
    "owl": OWL,
    "rdf": RDF,
    "rdfs": RDFS,
    "skos": SKOS,
    "void": VOID,
    "xsd": XSD,
}
"""The prefixes that the documentation, the Turtle exports and the hints of error messages use."""


@dataclass(frozen=True, slots=True)
class Concept:
    """A concept of a scheme: `notation` is the value in files and answers."""

    iri: str
    scheme: str
    notation: str
    label: str
    definition: str
    broader: str | None = None
    exact_match: str | None = None


def load_concepts(ontology: Path) -> list[Concept]:
    """Every concept of `ontology/kinds/*.ttl`, ordered by scheme and notation."""
    concepts = []
    for path in sorted((ontology / "kinds").glob("*.ttl")):
        facts: dict[str, dict[str, str]] = {}
        for triple in parse(path.read_bytes(), format=RdfFormat.TURTLE, base_iri=BASE):
            if isinstance(triple.subject, NamedNode) and isinstance(triple.object, NamedNode | Literal):
                facts.setdefault(triple.subject.value, {})[triple.predicate.value] = triple.object.value
        for iri, fact in facts.items():
            if SKOS + "notation" in fact:
                concepts.append(_concept(iri, fact, path.stem))
    return sorted(concepts, key=lambda concept: (concept.scheme, concept.notation))


def _concept(iri: str, fact: Mapping[str, str], scheme: str) -> Concept:
    return Concept(
        iri=iri,
        scheme=scheme,
        notation=fact[SKOS + "notation"],
        label=fact.get(SKOS + "prefLabel", fact[SKOS + "notation"]),
        definition=fact.get(SKOS + "definition", ""),
        broader=fact.get(SKOS + "broader"),
        exact_match=fact.get(SKOS + "exactMatch"),
    )


def load_kinds(ontology: Path) -> dict[str, dict[str, str]]:
    """Scheme → notation → IRI of the concept."""
    kinds: dict[str, dict[str, str]] = {}
    for concept in load_concepts(ontology):
        kinds.setdefault(concept.scheme, {})[concept.notation] = concept.iri
    return kinds
