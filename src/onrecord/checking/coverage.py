"""Checks that what the ontology declares is used: classes have shapes and questions, shapes have codes."""

import re
from collections.abc import Mapping

from onrecord import terms
from onrecord.checking.lexicon import Lexicon
from onrecord.checking.structure import undeclared
from onrecord.findings import Finding

COVERAGE: Mapping[str, str] = {
    "OR515": "A class has no shape.",
    "OR516": "No named question touches a class.",
    "OR519": "A shape has no finding code or no message for curators.",
}

_FILE = "ontology/onrecord.ttl"
_SH = "http://www.w3.org/ns/shacl#"
_OF = (
    terms.RDFS + "domain",
    terms.RDFS + "range",
    "https://schema.org/domainIncludes",
    "https://schema.org/rangeIncludes",
)


def check_coverage(
    lexicon: Lexicon, kinds: Lexicon, shapes: Lexicon, questions: Mapping[str, str]
) -> list[Finding]:
    """Findings OR509 of kinds and shapes, OR515, OR516 (where there are questions at all) and OR519."""
    findings = [
        *undeclared(lexicon, kinds, "ontology/kinds"),
        *undeclared(lexicon, shapes, "ontology/shapes"),
    ]
    classes = [term for term in lexicon.of_type(terms.OWL + "Class") if term.startswith(terms.ONR)]
    shaped = {target for facts in shapes.facts.values() for target in facts.get(_SH + "targetClass", [])}
    touched = _touched(lexicon, questions)
    for term in classes:
        place, name = lexicon.place(term, _FILE), f"onr:{term.removeprefix(terms.ONR)}"
        if term not in shaped:
            findings.append(Finding("OR515", f"{name} has no shape", place))
        if questions and term not in touched:
            findings.append(Finding("OR516", f"no question touches {name}", place, "warning"))
    return [*findings, *_shapes(shapes)]


def _touched(lexicon: Lexicon, questions: Mapping[str, str]) -> set[str]:
    """Classes that a question names or has a property of, with those above and below them.

    The description of the graphs is asked for by no question: it is what exports and the catalogue are for.
    """
    named = {terms.ONR + name for text in questions.values() for name in re.findall(r"\bonr:(\w+)", text)}
    touched = named | {
        value for term in named for predicate in _OF for value in lexicon.values(term, predicate)
    }
    for term in lexicon.of_type(terms.OWL + "Class"):
        above = lexicon.above(term, terms.RDFS + "subClassOf")
        if touched & above:
            touched.add(term)
        if term in touched:
            touched |= above
    return touched | {terms.ONR + "SourceGraph"}


def _shapes(shapes: Lexicon) -> list[Finding]:
    findings = []
    for shape in shapes.of_type(_SH + "NodeShape"):
        place = shapes.place(shape, "ontology/shapes")
        name = shape.rpartition("#")[2]
        codes = shapes.values(shape, terms.ONR + "findingCode")
        parts = [*shapes.values(shape, _SH + "property"), *shapes.values(shape, _SH + "sparql")]
        for part in parts:
            codes += shapes.values(part, terms.ONR + "findingCode")
            if not shapes.values(part, _SH + "message"):
                findings.append(Finding("OR519", f"a constraint of shape {name} has no sh:message", place))
        if not shapes.values(shape, terms.ONR + "findingCode") or not all(
            re.fullmatch(r"OR3[0-9]{2}", code) for code in codes
        ):
            findings.append(Finding("OR519", f"shape {name} has no onr:findingCode OR3xx", place))
        if not parts and not shapes.values(shape, _SH + "message"):
            findings.append(Finding("OR519", f"shape {name} has no sh:message", place))
    return findings
