"""The pen that all writers share: IRIs of the knowledge base, literals, dates, passages.

A Scribe writes into one named graph. It holds no store; what it wrote is in `quads`, a set, since the same
passage may be written by several records.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache

from pyoxigraph import Literal, NamedNode, Quad

from onrecord import edtf, terms
from onrecord.model import Dating, Register

_XSD_STRING = NamedNode(terms.XSD + "string")
TYPE = NamedNode(terms.RDF + "type")
LABEL = NamedNode(terms.RDFS + "label")


@lru_cache(maxsize=512)
def _predicate(text: str) -> NamedNode:
    return NamedNode(text if ":" in text else terms.ONR + text)


@dataclass(frozen=True)
class Names:
    """IRIs of a knowledge base with base `base`; vocabulary terms keep onrecord's own base."""

    base: str
    register: Register

    def entity(self, slug: str) -> NamedNode:
        """The IRI of a declared slug."""
        entry = self.register.entries[slug]
        return self.of(entry.noun, slug)

    def of(self, noun: str, slug: str) -> NamedNode:
        """`<base>id/<noun>/<slug>`."""
        return NamedNode(f"{self.base}id/{noun}/{slug}")

    def graph(self, name: str) -> NamedNode:
        """`<base>graph/<name>`."""
        return NamedNode(f"{self.base}graph/{name}")

    def kind(self, scheme: str, notation: str) -> NamedNode:
        """The IRI of a concept."""
        return NamedNode(self.register.kinds[scheme][notation])


@dataclass
class Scribe:
    """Writes quads into one named graph."""

    names: Names
    graph: NamedNode
    quads: set[Quad] = field(default_factory=set)

    def write(self, subject: NamedNode, predicate: str | NamedNode, value: NamedNode | Literal) -> None:
        """One quad. A predicate given as text is a term of onrecord's own vocabulary, or an IRI."""
        term = _predicate(predicate) if isinstance(predicate, str) else predicate
        self.quads.add(Quad(subject, term, value, self.graph))

    def text(self, subject: NamedNode, predicate: str, value: str | None) -> None:
        """A verbatim string, where there is one."""
        if value is not None:
            self.write(subject, predicate, Literal(value))

    def english(self, subject: NamedNode, predicate: str, value: str | None) -> None:
        """Words of ours, in English, where there are any."""
        if value is not None:
            self.write(subject, predicate, Literal(value, language="en"))

    def integer(self, subject: NamedNode, predicate: str, value: int) -> None:
        """A whole number."""
        self.write(subject, predicate, Literal(str(value), datatype=NamedNode(terms.XSD + "integer")))

    def link(self, subject: NamedNode, predicate: str, slug: str | None) -> None:
        """A link to a declared record, where there is one."""
        if slug is not None:
            self.write(subject, predicate, self.names.entity(slug))

    def links(self, subject: NamedNode, predicate: str, slugs: Iterable[str]) -> None:
        """Links to declared records."""
        for slug in slugs:
            self.link(subject, predicate, slug)

    def concept(self, subject: NamedNode, predicate: str, scheme: str, notation: str | None) -> None:
        """A link to a concept of a scheme, where there is one."""
        if notation is not None:
            self.write(subject, predicate, self.names.kind(scheme, notation))

    def concepts(self, subject: NamedNode, predicate: str, scheme: str, notations: Iterable[str]) -> None:
        """Links to concepts of one scheme."""
        for notation in notations:
            self.concept(subject, predicate, scheme, notation)

    def subjects(self, subject: NamedNode, slugs: Iterable[str]) -> None:
        """What something is about: topics, or records."""
        topics = self.names.register.kinds.get("topic", {})
        for slug in slugs:
            node = NamedNode(topics[slug]) if slug in topics else self.names.entity(slug)
            self.write(subject, "about", node)

    def value(self, subject: NamedNode, predicate: str, notation: str | None) -> None:
        """A link to a concept of whatever scheme has it, states of instruments first."""
        kinds = self.names.register.kinds
        schemes = ["status", *sorted(set(kinds) - {"status"})]
        found = next((scheme for scheme in schemes if notation in kinds.get(scheme, {})), "status")
        self.concept(subject, predicate, found, notation)

    def thing(self, noun: str, slug: str, class_name: str, label: str) -> NamedNode:
        """A new entity with its class, slug and label; returns its IRI."""
        node = self.names.of(noun, slug)
        self.write(node, TYPE, NamedNode(terms.ONR + class_name))
        self.text(node, "slug", slug)
        self.english(node, terms.RDFS + "label", label)
        return node

    def dated(self, subject: NamedNode, date: Dating | None) -> None:
        """When it was, its computed bounds, and how that is known (`edtf` module for the bounds)."""
        if date is None:
            return
        self.concept(subject, "dateBasis", "basis", date.basis)
        self.text(subject, "dateNote", date.note)
        self.links(subject, "dateDocument", date.documents)
        if date.when is None:
            return
        self.write(subject, "when", Literal(date.when, datatype=NamedNode(terms.EDTF)))
        parsed = edtf.parse(date.when)
        for predicate, bound in (("earliest", parsed.earliest), ("latest", parsed.latest)):
            if bound is not None:
                day = Literal(bound.isoformat(), datatype=NamedNode(terms.XSD + "date"))
                self.write(subject, predicate, day)

    def attested(self, subject: NamedNode, outside: bool) -> None:
        """Whether an article names it or only an outside document does."""
        self.concept(subject, "attested", "basis", "outside" if outside else "stated")


def shortened(text: str, length: int = 80) -> str:
    """The beginning of a text for use as a label, with an ellipsis where something is left out."""
    line = " ".join(text.split())
    return line if len(line) <= length else line[: length - 1].rsplit(" ", 1)[0] + "…"
