"""Finds where a record contradicts the ontology, once a reasoner has said that it does.

Classes are looked at through what was written, what was inferred, and the domain and range of every property.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from pyoxigraph import Literal, NamedNode, Quad

from onrecord import terms
from onrecord.checking.lexicon import Lexicon
from onrecord.checking.structure import disjoint_pairs

_TYPE = terms.RDF + "type"
_WRITTEN = "written so"


@dataclass
class Witnesses:
    """Thing → class → why it is of that class; (thing, functional property) → its values."""

    classes: dict[str, dict[str, str]] = field(default_factory=dict)
    singles: dict[tuple[str, str], set[str]] = field(default_factory=dict)

    def hear(self, quad: Quad, lexicon: Lexicon) -> None:
        """Takes in what one quad says of its two ends."""
        subject, predicate, value = quad.subject, quad.predicate.value, quad.object
        if not isinstance(subject, NamedNode) or not isinstance(value, NamedNode | Literal):
            return
        if predicate == _TYPE:
            self.classes.setdefault(subject.value, {})[value.value] = _WRITTEN
        step = f"{short(subject.value)} {short(predicate)} {short(value.value)}"
        for end, node in (("domain", subject), ("range", value)):
            for name in lexicon.values(predicate, terms.RDFS + end):
                if isinstance(node, NamedNode):
                    known = self.classes.setdefault(node.value, {})
                    known.setdefault(name, f"by the {end} in '{step}'")
        if terms.OWL + "FunctionalProperty" in lexicon.values(predicate, _TYPE):
            self.singles.setdefault((subject.value, predicate), set()).add(value.value)


def contradictions(quads: Iterable[Quad], lexicon: Lexicon) -> list[str]:
    """Each thing of two classes that have nothing in common, and each with two values where one may be.

    One sentence each, with the reason for either class, sorted.
    """
    heard = Witnesses()
    for quad in sorted(quads, key=str):
        heard.hear(quad, lexicon)
    sentences = [
        f"{short(subject)} has {len(values)} values for {short(predicate)}, which takes one: "
        + ", ".join(short(value) for value in sorted(values))
        for (subject, predicate), values in heard.singles.items()
        if len(values) > 1
    ]
    pairs = sorted(sorted(pair) for pair in disjoint_pairs(lexicon))
    families = {
        name: {name, *lexicon.above(name, terms.RDFS + "subClassOf")}
        for classes in heard.classes.values()
        for name in classes
    }
    for thing, classes in heard.classes.items():
        for one, other in pairs:
            first, second = _best(classes, one, families), _best(classes, other, families)
            if first and second:
                sentences.append(
                    f"{short(thing)} is of {short(first)} ({classes[first]}) and of {short(second)} "
                    f"({classes[second]}), but {short(one)} and {short(other)} have nothing in common"
                )
    return sorted(sentences)


def _best(classes: Mapping[str, str], ancestor: str, families: Mapping[str, set[str]]) -> str | None:
    """The class of a thing that puts it below `ancestor`: one that is written before one that follows."""
    below = [name for name in classes if ancestor in families[name]]
    return min(below, key=lambda name: (classes[name] != _WRITTEN, name), default=None)


def short(iri: str) -> str:
    """A term with its prefix, a thing without the base; anything else as it is."""
    for prefix, name in ((terms.ONR, "onr:"), (terms.BASE + "id/", "")):
        if iri.startswith(prefix):
            return name + iri.removeprefix(prefix)
    return iri
