"""Checks of the ontology itself, after the UK Parliament's tests of its ontologies and the pitfalls of OOPS!.

(Poveda-Villalón, Gómez-Pérez, Suárez-Figueroa: OOPS!, 2014; P-numbers in the table are its pitfalls.)
"""

import re
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

from onrecord import terms
from onrecord.checking.concepts import CONCEPTS, check_concepts
from onrecord.checking.coverage import COVERAGE, check_coverage
from onrecord.checking.lexicon import Lexicon
from onrecord.checking.structure import STRUCTURE, check_structure
from onrecord.findings import Finding, Place, ordered

CODES: Mapping[str, str] = {
    "OR500": "A file of the ontology can't be read.",
    "OR501": "The header of the ontology is not whole: one ontology, title, licence, version (P38, P41).",
    "OR502": "A term is not in our namespace or does not say who defines it (P40).",
    "OR503": "A term has no label, or shares it with another of its kind (P08, P32).",
    "OR504": "A term has no definition, or one that is not a single sentence (P08).",
    "OR505": "A term has no example, no source or no version since which it exists.",
    "OR506": "A class is not written LikeThis, a property not likeThis, or a name joins two (P07, P22).",
    "OR507": "A property has two domains or ranges, or says nowhere what it is a property of (P11, P19).",
    **STRUCTURE,
    **COVERAGE,
    **CONCEPTS,
}
"""Code → what is wrong."""

FILE = "ontology/onrecord.ttl"
ONTOLOGY = terms.ONR.rstrip("#")
_CLASS = terms.OWL + "Class"
_PROPERTIES = tuple(terms.OWL + name for name in ("ObjectProperty", "DatatypeProperty", "AnnotationProperty"))
_DOMAIN = terms.RDFS + "domain"
_RANGE = terms.RDFS + "range"
_INCLUDES = "https://schema.org/domainIncludes"
_HEADER = {
    terms.DCT + "title": "dct:title",
    terms.DCT + "description": "dct:description",
    terms.DCT + "creator": "dct:creator",
    terms.DCT + "license": "dct:license",
    terms.DCT + "created": "dct:created",
    terms.DCT + "modified": "dct:modified",
    terms.OWL + "versionIRI": "owl:versionIRI",
    terms.OWL + "versionInfo": "owl:versionInfo",
    "http://purl.org/vocab/vann/preferredNamespacePrefix": "vann:preferredNamespacePrefix",
    "http://purl.org/vocab/vann/preferredNamespaceUri": "vann:preferredNamespaceUri",
}


def check(ontology: Path) -> list[Finding]:
    """Findings OR5xx of `onrecord.ttl`, `kinds/`, `shapes/` and `questions/` in the folder `ontology`."""
    files = [
        ontology / "onrecord.ttl",
        *sorted((ontology / "kinds").glob("*.ttl")),
        *sorted((ontology / "shapes").glob("*.ttl")),
    ]
    unread = [finding for path in files if (finding := _unreadable(path, ontology))]
    if unread:
        return ordered(unread)
    lexicon = Lexicon.read([ontology / "onrecord.ttl"], ontology)
    kinds = Lexicon.read((ontology / "kinds").glob("*.ttl"), ontology)
    shapes = Lexicon.read((ontology / "shapes").glob("*.ttl"), ontology)
    questions = {
        path.name: path.read_text(encoding="utf-8") for path in sorted((ontology / "questions").glob("*.rq"))
    }
    return ordered(
        [
            *_header(lexicon),
            *_terms(lexicon),
            *check_structure(lexicon),
            *check_coverage(lexicon, kinds, shapes, questions),
            *check_concepts(kinds),
        ]
    )


def ours(lexicon: Lexicon) -> list[str]:
    """The classes and properties that `onrecord.ttl` declares as its own, sorted."""
    return [term for term in lexicon.of_type(_CLASS, *_PROPERTIES) if term.startswith(terms.ONR)]


def _unreadable(path: Path, ontology: Path) -> Finding | None:
    shown = f"{ontology.name}/{path.relative_to(ontology).as_posix()}"
    try:
        Lexicon.read([path], ontology)
    except SyntaxError as error:
        message = f"this is not Turtle: {error.msg}"
        return Finding("OR500", message, Place(shown, error.lineno or 0, error.offset or 0))
    except (OSError, UnicodeDecodeError) as error:
        return Finding("OR500", f"this can't be read: {error}", Place(shown))
    return None


def _header(lexicon: Lexicon) -> list[Finding]:
    ontologies = lexicon.of_type(terms.OWL + "Ontology")
    if ontologies != [ONTOLOGY]:
        found = ", ".join(ontologies) or "none"
        return [Finding("OR501", f"expected one owl:Ontology, <{ONTOLOGY}>; found {found}", Place(FILE))]
    place = lexicon.place(ONTOLOGY, FILE)
    missing = [name for iri, name in _HEADER.items() if not lexicon.values(ONTOLOGY, iri)]
    findings = [Finding("OR501", f"the header has no {name}", place) for name in missing]
    version = lexicon.values(ONTOLOGY, terms.OWL + "versionInfo")
    iri = lexicon.values(ONTOLOGY, terms.OWL + "versionIRI")
    if version and iri and iri != [f"{ONTOLOGY}/{version[0]}"]:
        findings.append(Finding("OR501", f"the version IRI {iri[0]} does not end in {version[0]}", place))
    return findings


def _terms(lexicon: Lexicon) -> list[Finding]:
    findings = []
    declared = ours(lexicon)
    labels = Counter(
        (_kind(lexicon, term), label.lower()) for term in declared for label in _labels(lexicon, term)
    )
    for term in declared:
        place = lexicon.place(term, FILE)
        name = f"onr:{term.removeprefix(terms.ONR)}"
        for code, message in (*_words(lexicon, term, labels), *_form(lexicon, term)):
            findings.append(Finding(code, f"{name} {message}", place))
    for term in lexicon.of_type(_CLASS, *_PROPERTIES):
        if not term.startswith(terms.ONR) and lexicon.values(term, terms.RDFS + "isDefinedBy"):
            findings.append(Finding("OR502", f"<{term}> is not ours to define", lexicon.place(term, FILE)))
    return findings


def _kind(lexicon: Lexicon, term: str) -> str:
    return "class" if _CLASS in lexicon.values(term, terms.RDF + "type") else "property"


def _labels(lexicon: Lexicon, term: str) -> list[str]:
    return [
        word for word, language in lexicon.words.get((term, terms.RDFS + "label"), []) if language == "en"
    ]


def _words(lexicon: Lexicon, term: str, labels: Mapping[tuple[str, str], int]) -> list[tuple[str, str]]:
    """What is wrong with what a term says of itself: (code, message)."""
    wrong = []
    if lexicon.values(term, terms.RDFS + "isDefinedBy") != [ONTOLOGY]:
        wrong.append(("OR502", f"does not say that <{ONTOLOGY}> defines it"))
    label = _labels(lexicon, term)
    if len(label) != 1:
        wrong.append(("OR503", f"has {len(label)} English labels, expected one"))
    elif labels[_kind(lexicon, term), label[0].lower()] > 1:
        wrong.append(("OR503", f"shares its label '{label[0]}' with another"))
    definitions = lexicon.values(term, terms.SKOS + "definition")
    if len(definitions) != 1:
        wrong.append(("OR504", f"has {len(definitions)} definitions, expected one"))
    elif not re.fullmatch(r"[A-Z][^.!?\n]*\.", definitions[0]):
        wrong.append(("OR504", "has a definition that is not one sentence with a capital and a full stop"))
    for predicate, what in (
        (terms.SKOS + "example", "example"),
        (terms.DCT + "source", "source: the model that it follows"),
        (terms.ONR + "since", "version since which it exists"),
    ):
        if not lexicon.values(term, predicate):
            wrong.append(("OR505", f"has no {what}"))
    return wrong


def _form(lexicon: Lexicon, term: str) -> list[tuple[str, str]]:
    """What is wrong with a term's name, domain and range: (code, message)."""
    name = term.removeprefix(terms.ONR)
    if _kind(lexicon, term) == "class":
        if not re.fullmatch(r"[A-Z][A-Za-z0-9]*", name):
            return [("OR506", "is a class and is not written LikeThis")]
        if re.search(r"[a-z](And|Or)[A-Z]", name):
            return [("OR506", "joins two classes in one name")]
        return []
    wrong = []
    if not re.fullmatch(r"[a-z][A-Za-z0-9]*", name):
        wrong.append(("OR506", "is a property and is not written likeThis"))
    for predicate, what in ((_DOMAIN, "domains"), (_RANGE, "ranges")):
        if len(lexicon.values(term, predicate)) > 1:
            wrong.append(("OR507", f"has two {what}, which would mean both at once"))
    annotation = terms.OWL + "AnnotationProperty" in lexicon.values(term, terms.RDF + "type")
    if not annotation and not lexicon.values(term, _DOMAIN) and not lexicon.values(term, _INCLUDES):
        wrong.append(("OR507", "says nowhere what it is a property of: rdfs:domain or schema:domainIncludes"))
    return wrong
