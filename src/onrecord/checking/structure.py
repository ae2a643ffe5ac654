"""Checks how the classes and properties of the ontology hang together, within OWL 2 DL and OWL 2 RL."""

from collections.abc import Mapping
from itertools import combinations

from onrecord import terms
from onrecord.checking.lexicon import Lexicon
from onrecord.findings import Finding

STRUCTURE: Mapping[str, str] = {
    "OR508": "No property, class or axiom speaks of a class (P04).",
    "OR509": "A term is used that is not declared (P34, P35).",
    "OR510": "A class or property is above itself (P06).",
    "OR511": "A class is below two classes that have nothing in common.",
    "OR512": "The domain and range of inverse properties do not mirror each other (P05).",
    "OR513": "An axiom is outside of what OWL 2 DL, OWL 2 RL and the rules agree on.",
    "OR518": "A deprecated term does not say what replaces it.",
}

_FILE = "ontology/onrecord.ttl"
_OWL = terms.OWL
_RDF = terms.RDF
_RDFS = terms.RDFS
_SUB_CLASS = _RDFS + "subClassOf"
_SUB_PROPERTY = _RDFS + "subPropertyOf"
_CHAIN = _OWL + "propertyChainAxiom"
_KINDS_OF_PROPERTY = tuple(
    _OWL + name for name in ("ObjectProperty", "DatatypeProperty", "AnnotationProperty")
)
_SPEAKS = (
    _RDFS + "domain", _RDFS + "range", _SUB_CLASS, "https://schema.org/domainIncludes",
    "https://schema.org/rangeIncludes",
)  # fmt: skip
_BUILT_IN = (_OWL, _RDF, _RDFS, terms.XSD, "http://www.w3.org/ns/shacl#")


def check_structure(lexicon: Lexicon) -> list[Finding]:
    """Findings OR508 to OR513 and OR518 of `onrecord.ttl`."""
    return [
        *_orphans(lexicon),
        *undeclared(lexicon, lexicon, _FILE),
        *_cycles(lexicon),
        *_disjoint(lexicon),
        *_inverses(lexicon),
        *_profile(lexicon),
        *_deprecated(lexicon),
    ]


def undeclared(lexicon: Lexicon, used: Lexicon, file: str) -> list[Finding]:
    """Terms of ours that `used` speaks of and `lexicon` does not declare; of others, properties and types."""
    declared = {term for term in lexicon.facts if _RDF + "type" in lexicon.facts[term]}
    findings = set()
    for subject, named in used.named.items():
        predicates = used.facts[subject]
        for term in named - declared:
            ours = term.startswith(terms.ONR)
            if ours or (term in predicates and not term.startswith(_BUILT_IN)):
                findings.add(Finding("OR509", f"{_short(term)} is not declared", used.place(subject, file)))
    return sorted(findings, key=str)


def _short(term: str) -> str:
    return f"onr:{term.removeprefix(terms.ONR)}" if term.startswith(terms.ONR) else f"<{term}>"


def _orphans(lexicon: Lexicon) -> list[Finding]:
    spoken: set[str] = set()
    for subject, facts in lexicon.facts.items():
        for predicate in _SPEAKS:
            spoken.update(facts.get(predicate, []))
        if _SUB_CLASS in facts:
            spoken.add(subject)
    return [
        Finding("OR508", f"nothing speaks of {_short(term)}", lexicon.place(term, _FILE))
        for term in lexicon.of_type(_OWL + "Class")
        if term.startswith(terms.ONR) and term not in spoken
    ]


def _cycles(lexicon: Lexicon) -> list[Finding]:
    return [
        Finding("OR510", f"{_short(term)} is above itself", lexicon.place(term, _FILE))
        for term in sorted(lexicon.facts)
        for predicate in (_SUB_CLASS, _SUB_PROPERTY)
        if term in lexicon.above(term, predicate)
    ]


def disjoint_pairs(lexicon: Lexicon) -> set[frozenset[str]]:
    """Pairs of classes that have nothing in common, as declared (not those below them)."""
    pairs = {
        frozenset((subject, other))
        for subject, facts in lexicon.facts.items()
        for other in facts.get(_OWL + "disjointWith", [])
    }
    for subject, facts in lexicon.facts.items():
        if _OWL + "AllDisjointClasses" in facts.get(_RDF + "type", []):
            for head in lexicon.values(subject, _OWL + "members"):
                pairs |= {frozenset(pair) for pair in combinations(sorted(lexicon.members(head)), 2)}
    return pairs


def _disjoint(lexicon: Lexicon) -> list[Finding]:
    pairs = disjoint_pairs(lexicon)
    findings = []
    for term in lexicon.of_type(_OWL + "Class"):
        family = {term, *lexicon.above(term, _SUB_CLASS)}
        for pair in sorted(pairs, key=sorted):
            if pair <= family:
                both = " and ".join(_short(name) for name in sorted(pair))
                message = f"{_short(term)} is below {both}, which have nothing in common"
                findings.append(Finding("OR511", message, lexicon.place(term, _FILE)))
    return findings


def _inverses(lexicon: Lexicon) -> list[Finding]:
    findings = []
    for term, facts in sorted(lexicon.facts.items()):
        for other in facts.get(_OWL + "inverseOf", []):
            for mine, theirs in (("domain", "range"), ("range", "domain")):
                if lexicon.values(term, _RDFS + mine) != lexicon.values(other, _RDFS + theirs):
                    message = (
                        f"the {mine} of {_short(term)} is not the {theirs} of its inverse {_short(other)}"
                    )
                    findings.append(Finding("OR512", message, lexicon.place(term, _FILE)))
    return findings


def _profile(lexicon: Lexicon) -> list[Finding]:
    findings = []
    for term, facts in sorted(lexicon.facts.items()):
        types = facts.get(_RDF + "type", [])
        messages = []
        if _OWL + "imports" in facts:
            messages.append("imports another ontology")
        for predicate in (_SUB_CLASS, _RDFS + "domain", _RDFS + "range", _OWL + "equivalentClass"):
            if any(value.startswith("_:") for value in facts.get(predicate, [])):
                messages.append(f"has something other than a named class for {predicate.rpartition('#')[2]}")
        if sum(kind in types for kind in _KINDS_OF_PROPERTY) + (_OWL + "Class" in types) > 1:
            messages.append("is a property or class of two kinds")
        composite = _CHAIN in facts or _OWL + "TransitiveProperty" in types
        if composite and _OWL + "FunctionalProperty" in types:
            messages.append("is functional and follows from chains or itself")
        messages += [f"has the irregular chain {chain}" for chain in _irregular(lexicon, term)]
        place = lexicon.place(term, _FILE)
        findings += [Finding("OR513", f"{_short(term)} {message}", place) for message in messages]
    return findings


def _irregular(lexicon: Lexicon, term: str) -> list[str]:
    """Chains of a property that lead back to it other than by one of their ends (OWL 2, section 11.2)."""
    irregular = []
    for head in lexicon.values(term, _CHAIN):
        steps = lexicon.members(head)
        inner = (
            steps[1:] if steps and steps[0] == term else steps[:-1] if steps and steps[-1] == term else steps
        )
        if any(step == term or term in _needed(lexicon, step) for step in inner):
            irregular.append(" o ".join(_short(step) for step in steps))
    return irregular


def _needed(lexicon: Lexicon, term: str) -> set[str]:
    """Every property that a property follows from: steps of its chains, properties below it, and theirs."""
    needed: set[str] = set()
    waiting = [term]
    while waiting:
        name = waiting.pop()
        below = [other for other in lexicon.facts if name in lexicon.values(other, _SUB_PROPERTY)]
        steps = [step for head in lexicon.values(name, _CHAIN) for step in lexicon.members(head)]
        fresh = sorted({*below, *steps} - needed)
        needed.update(fresh)
        waiting += fresh
    return needed


def _deprecated(lexicon: Lexicon) -> list[Finding]:
    return [
        Finding(
            "OR518", f"{_short(term)} is deprecated and has no dct:isReplacedBy", lexicon.place(term, _FILE)
        )
        for term in sorted(lexicon.facts)
        if lexicon.values(term, _OWL + "deprecated") == ["true"]
        and not lexicon.values(term, terms.DCT + "isReplacedBy")
    ]
