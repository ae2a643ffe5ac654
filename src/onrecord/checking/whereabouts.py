"""From an IRI of the graph back to the file and line that a curator can mend."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pyoxigraph import NamedNode, Quad

from onrecord import terms
from onrecord.findings import Place
from onrecord.model import Register

_KEYS: Mapping[
    str, tuple[str, ...]
] = {  # property → path of keys, where it is not the property's name in snake case
    "when": ("date", "when"),
    "earliest": ("date", "when"),
    "latest": ("date", "when"),
    "dateBasis": ("date", "basis"),
    "dateDocument": ("date", "documents"),
    "unitOf": ("part_of",),
    "subEventOf": ("part_of",),
    "partOfInstrument": ("instrument",),
    "member": ("members",),
    "postIn": ("organisation",),
    "ofPost": ("post",),
    "author": ("authors",),
    "recipient": ("recipients",),
    "party": ("parties",),
    "inCapacityOf": ("capacity",),
    "madeAt": ("venue",),
    "asserts": ("statement",),
    "measures": ("indicator",),
    "statusOf": ("instrument",),
    "establishedBy": ("claims",),
    "between": ("claims",),
    "character": ("relation",),
    "participation": ("participants",),
    "document": ("documents",),
    "turningPoint": ("turning_points",),
    "inPassage": ("quotes",),
    "evidence": ("quotes",),
    "namedRole": ("role",),
}
_ANCHORING = (terms.ONR + "inPassage", terms.ONR + "evidence")


@dataclass(frozen=True)
class Whereabouts:
    """Knows which record an IRI belongs to; `base` is the knowledge base's, `owners` those of passages."""

    base: str
    register: Register
    owners: Mapping[str, str]

    @classmethod
    def of(cls, quads: Iterable[Quad], register: Register) -> "Whereabouts":
        """For one record: the base is that of its register graph."""
        base = terms.BASE
        owners: dict[str, str] = {}
        for quad in quads:
            graph = quad.graph_name
            if isinstance(graph, NamedNode) and graph.value.endswith("graph/register"):
                base = graph.value.removesuffix("graph/register")
            if quad.predicate.value not in _ANCHORING:
                continue
            if isinstance(quad.subject, NamedNode) and isinstance(quad.object, NamedNode):
                passage, owner = quad.object.value, quad.subject.value
                owners[passage] = min(owner, owners.get(passage, owner))
        return cls(base, register, owners)

    def name(self, iri: str) -> str:
        """How a message calls a thing: its noun and slug, its notation, else its IRI."""
        noun, slug = self._split(iri)
        if noun:
            return f"{noun} '{slug}'"
        concept = iri.removeprefix(terms.BASE + "kind/")
        return f"<{iri}>" if concept == iri else f"'{concept}'"

    def place(self, iri: str, predicate: str | None = None) -> Place:
        """File, line and column of the record that an IRI belongs to, at the key of `predicate` if known."""
        noun, slug = self._split(iri)
        if not noun:
            return self._outside(iri)
        if slug in self.register.entries:
            return self.register.place(slug, *self._keys(predicate))
        if noun == "participation":
            return self.register.place(slug.split("--")[0], "participants")
        if noun == "citation":  # those that follow from a statement are named after both sides
            return self._declared(reversed(slug.split("--")), slug)
        if noun == "name" and (match := re.fullmatch(r"(.+)-([0-9]+)", slug)):
            return self.register.place(match[1], "names", int(match[2]) - 1)
        if noun == "capture":
            return self.register.place(slug.rsplit("-", 1)[0], "capture")
        if noun == "account":
            return self._account(slug)
        plain = iri.partition("#")[0]
        if plain in self.owners and self.owners[plain] != iri:
            return self.place(self.owners[plain], terms.ONR + "evidence")
        return self._source(slug) or Place(self.name(iri))

    def _split(self, iri: str) -> tuple[str, str]:
        path = iri.partition("#")[0].removeprefix(self.base + "id/")
        noun, _, slug = path.partition("/")
        return (noun, slug) if iri.startswith(self.base + "id/") and slug else ("", "")

    def _keys(self, predicate: str | None) -> tuple[str, ...]:
        if predicate is None:
            return ()
        local = re.split(r"[#/]", predicate)[-1]
        return _KEYS.get(local, (re.sub(r"([A-Z])", r"_\1", local).lower(),))

    def _declared(self, slugs: Iterable[str], otherwise: str) -> Place:
        for slug in slugs:
            if slug in self.register.entries:
                return self.register.place(slug)
        return Place(otherwise)

    def _account(self, slug: str) -> Place:
        for source in self.register.sources:
            rest = slug.removeprefix(source.id + "-")
            if rest == slug:
                continue
            told = {
                "events": [account.event for account in source.events],
                "provisions": [account.provision for account in source.provisions],
                "offices": [account.tenure for account in source.offices],
            }
            for key, subjects in told.items():
                for index, subject in enumerate(subjects):
                    if rest == subject or re.fullmatch(re.escape(subject) + "-[0-9]+", rest):
                        return self.register.place(source.id, key, index)
        return self._source(slug) or Place(slug)

    def _source(self, slug: str) -> Place | None:
        """The file of the source whose slug begins a slug made of it."""
        for source in sorted(self.register.sources, key=lambda source: -len(source.id)):
            if slug.startswith(source.id + "-"):
                return self.register.place(source.id)
        return None

    def _outside(self, iri: str) -> Place:
        """A concept's file, or that of the description of the knowledge base."""
        for scheme in sorted(self.register.kinds):
            if iri in self.register.kinds[scheme].values():
                return Place(f"ontology/kinds/{scheme}.ttl")
        if iri.startswith(self.base + "graph/source/"):
            return self.register.place(iri.removeprefix(self.base + "graph/source/"))
        return Place("onrecord.toml" if iri.startswith(self.base + "graph/") else iri)
