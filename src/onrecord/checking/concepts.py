"""Checks the concepts of `ontology/kinds/` (SKOS): each in one scheme, defined, in no circle."""

import re
from collections import Counter
from collections.abc import Mapping

from onrecord import terms
from onrecord.checking.lexicon import Lexicon
from onrecord.findings import Finding

CONCEPTS: Mapping[str, str] = {
    "OR520": "A concept is not in one scheme that is declared.",
    "OR521": "A concept has no notation, or shares it with another of its scheme.",
    "OR522": "A concept has no English label or no definition of one sentence.",
    "OR523": "A concept is broader than itself, or its broader concept is in another scheme.",
    "OR524": "A concept is not in our namespace of kinds or not of the class Kind.",
}

_SKOS = terms.SKOS
_FILE = "ontology/kinds"


def check_concepts(kinds: Lexicon) -> list[Finding]:
    """Findings OR520 to OR524."""
    schemes = set(kinds.of_type(_SKOS + "ConceptScheme"))
    concepts = kinds.of_type(_SKOS + "Concept")
    notations = Counter(
        (scheme, notation)
        for concept in concepts
        for scheme in kinds.values(concept, _SKOS + "inScheme")
        for notation in kinds.values(concept, _SKOS + "notation")
    )
    findings = []
    for concept in concepts:
        name = concept.removeprefix(terms.BASE + "kind/")
        for code, message in (
            *_place_in_scheme(kinds, concept, schemes, notations),
            *_words(kinds, concept),
            *_kind(kinds, concept),
        ):
            findings.append(Finding(code, f"concept '{name}' {message}", kinds.place(concept, _FILE)))
    return findings


def _place_in_scheme(
    kinds: Lexicon, concept: str, schemes: set[str], notations: Mapping[tuple[str, str], int]
) -> list[tuple[str, str]]:
    wrong = []
    home = kinds.values(concept, _SKOS + "inScheme")
    if len(home) != 1 or home[0] not in schemes:
        wrong.append(("OR520", f"is in {len(home)} schemes, expected one that is declared"))
    notation = kinds.values(concept, _SKOS + "notation")
    if len(notation) != 1:
        wrong.append(("OR521", f"has {len(notation)} notations, expected one"))
    elif home and notations[home[0], notation[0]] > 1:
        wrong.append(("OR521", f"shares the notation '{notation[0]}' with another of its scheme"))
    if concept in kinds.above(concept, _SKOS + "broader"):
        wrong.append(("OR523", "is broader than itself"))
    for broader in kinds.values(concept, _SKOS + "broader"):
        if kinds.values(broader, _SKOS + "inScheme") != home:
            wrong.append(("OR523", f"has a broader concept of another scheme: <{broader}>"))
    return wrong


def _words(kinds: Lexicon, concept: str) -> list[tuple[str, str]]:
    wrong = []
    labels = [language for _, language in kinds.words.get((concept, _SKOS + "prefLabel"), [])]
    if labels.count("en") != 1:
        wrong.append(("OR522", f"has {labels.count('en')} English labels, expected one"))
    definitions = kinds.values(concept, _SKOS + "definition")
    if len(definitions) != 1 or not re.fullmatch(r"\S[^\n]*[^.\s]\.", definitions[0]):
        wrong.append(("OR522", "has no definition that ends with a full stop"))
    return wrong


def _kind(kinds: Lexicon, concept: str) -> list[tuple[str, str]]:
    wrong = []
    if not re.fullmatch(re.escape(terms.BASE + "kind/") + "[a-z0-9-]+", concept):
        wrong.append(("OR524", f"is not {terms.BASE}kind/ and lower case letters, digits, hyphens"))
    if terms.ONR + "Kind" not in kinds.values(concept, terms.RDF + "type"):
        wrong.append(("OR524", "is not an onr:Kind"))
    return wrong
