"""Writes the reference of terms, `docs/ontology.md`: `python -m onrecord.checking.reference`.

The page says of each class and property what the Turtle says, with the rule that derives it and the codes of
the shapes that look at it. A test compares the page in the repository with what this module writes.
"""

import re
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

from onrecord import terms
from onrecord.checking.lexicon import Lexicon
from onrecord.resources import ontology_dir

_SH = "http://www.w3.org/ns/shacl#"
_CLASS = terms.OWL + "Class"
_KINDS = {
    terms.OWL + "ObjectProperty": "relation",
    terms.OWL + "DatatypeProperty": "value",
    terms.OWL + "AnnotationProperty": "annotation",
}
_CHARACTERISTICS = {
    terms.OWL + "FunctionalProperty": "one value at most",
    terms.OWL + "TransitiveProperty": "transitive",
    terms.OWL + "SymmetricProperty": "symmetric",
}
_INTRODUCTION = """# Terms

Written by `python -m onrecord.checking.reference` from `ontology/onrecord.ttl`; do not edit by hand.

{description}

Namespace `{namespace}`, prefix `onr:`, version {version}.
Kinds (of event, document, role, status …) are concepts of `ontology/kinds/`, not classes.
What follows from a *rule* of `ontology/rules/` is worked out at every build and kept in `graph/inferred`.
"""


def reference(ontology: Path) -> str:
    """The whole page as Markdown, from the files of the folder `ontology`."""
    lexicon = Lexicon.read([ontology / "onrecord.ttl"], ontology)
    shapes = Lexicon.read((ontology / "shapes").glob("*.ttl"), ontology)
    rules = sorted(path.stem for path in (ontology / "rules").glob("*.rq"))
    header = terms.ONR.rstrip("#")
    page = _INTRODUCTION.format(
        description=" ".join(lexicon.values(header, terms.DCT + "description")),
        namespace=terms.ONR,
        version=" ".join(lexicon.values(header, terms.OWL + "versionInfo")),
    )
    classes = [term for term in lexicon.of_type(_CLASS) if term.startswith(terms.ONR)]
    properties = [term for term in lexicon.of_type(*_KINDS) if term.startswith(terms.ONR)]
    parts = [page, "## Classes", *(_class(lexicon, shapes, term) for term in classes)]
    parts += ["## Properties", *(_property(lexicon, term, rules) for term in properties)]
    parts += ["## Terms of others", _foreign(lexicon)]
    return "\n".join(part.rstrip() + "\n" for part in parts)


def _class(lexicon: Lexicon, shapes: Lexicon, term: str) -> str:
    rows = {
        "Below": _links(lexicon, lexicon.values(term, terms.RDFS + "subClassOf")),
        "Above": _links(lexicon, _inverse(lexicon, terms.RDFS + "subClassOf", term)),
        "Properties": _links(
            lexicon,
            [
                *_inverse(lexicon, terms.RDFS + "domain", term),
                *_inverse(lexicon, "https://schema.org/domainIncludes", term),
            ],
        ),
        "Checked by": ", ".join(_codes(shapes, term)),
    }
    return _entry(lexicon, term, "class", rows)


def _property(lexicon: Lexicon, term: str, rules: Iterable[str]) -> str:
    types = lexicon.values(term, terms.RDF + "type")
    kind = next(name for iri, name in _KINDS.items() if iri in types)
    chains = [" then ".join(_name(step) for step in lexicon.members(head)) for head in _chains(lexicon, term)]
    local = term.removeprefix(terms.ONR)
    rows = {
        "Of": _links(lexicon, _ends(lexicon, term, "domain")),
        "To": _links(lexicon, _ends(lexicon, term, "range")),
        "Special case of": _links(lexicon, lexicon.values(term, terms.RDFS + "subPropertyOf")),
        "Inverse of": _links(lexicon, lexicon.values(term, terms.OWL + "inverseOf")),
        "Character": ", ".join(text for iri, text in _CHARACTERISTICS.items() if iri in types),
        "Follows from": "; ".join(sorted(chains)),
        "Derived by": f"`rules/{local}.rq`" if local in rules else "",
    }
    return _entry(lexicon, term, kind, rows)


def _entry(lexicon: Lexicon, term: str, kind: str, rows: Mapping[str, str]) -> str:
    """One term: heading, definition, note, example, rows that have something to say, source and version."""
    lines = [f"### {_name(term)}", "", f"*{kind}*. {_one(lexicon, term, terms.SKOS + 'definition')}"]
    note = _one(lexicon, term, terms.SKOS + "scopeNote")
    if note:
        lines.append(note)
    lines += ["", f"- Example: {_one(lexicon, term, terms.SKOS + 'example')}"]
    lines += [f"- {title}: {text}" for title, text in rows.items() if text]
    lines.append(f"- Source: <{_one(lexicon, term, terms.DCT + 'source')}>")
    lines.append(f"- Since {_one(lexicon, term, terms.ONR + 'since')}")
    return "\n".join(lines)


def _foreign(lexicon: Lexicon) -> str:
    others = [
        term
        for term in lexicon.of_type(_CLASS, *_KINDS, terms.RDFS + "Datatype")
        if not term.startswith(terms.ONR)
    ]
    return "\n".join(
        ["Used as they are; nothing is said of them here.", "", *(f"- <{term}>" for term in others)]
    )


def _one(lexicon: Lexicon, term: str, predicate: str) -> str:
    return " ".join(lexicon.values(term, predicate))


def _name(iri: str) -> str:
    for prefix, namespace in (("onr", terms.ONR), *terms.PREFIXES.items()):
        if iri.startswith(namespace) and re.fullmatch(r"\w+", iri.removeprefix(namespace)):
            return f"{prefix}:{iri.removeprefix(namespace)}"
    return f"<{iri}>"


def _links(lexicon: Lexicon, iris: Iterable[str]) -> str:
    """Names, those of our own terms as links to their headings on this page."""
    found = sorted({(_name(iri), iri) for iri in iris}, key=lambda pair: (pair[0].lower(), pair[0]))
    return ", ".join(
        f"[{name}](#{_anchor(lexicon, iri)})" if iri.startswith(terms.ONR) else name for name, iri in found
    )


def _anchor(lexicon: Lexicon, iri: str) -> str:
    """The anchor of a heading as GitHub makes it: lower case, numbered where a class has the same letters."""
    local = iri.removeprefix(terms.ONR)
    doubled = local[:1].islower() and terms.ONR + local[:1].upper() + local[1:] in lexicon.facts
    return f"onr{local.lower()}" + ("-1" if doubled else "")


def _inverse(lexicon: Lexicon, predicate: str, value: str) -> list[str]:
    return [subject for subject in lexicon.facts if value in lexicon.values(subject, predicate)]


def _ends(lexicon: Lexicon, term: str, end: str) -> list[str]:
    stated = lexicon.values(term, terms.RDFS + end)
    return stated or lexicon.values(term, f"https://schema.org/{end}Includes")


def _chains(lexicon: Lexicon, term: str) -> list[str]:
    return lexicon.values(term, terms.OWL + "propertyChainAxiom")


def _codes(shapes: Lexicon, term: str) -> list[str]:
    """The finding codes of the shapes that look at a class."""
    found: set[str] = set()
    for shape in _inverse(shapes, _SH + "targetClass", term):
        for node in (shape, *shapes.values(shape, _SH + "property"), *shapes.values(shape, _SH + "sparql")):
            found.update(shapes.values(node, terms.ONR + "findingCode"))
    return sorted(found)


if __name__ == "__main__":
    sys.stdout.write(reference(ontology_dir()))
