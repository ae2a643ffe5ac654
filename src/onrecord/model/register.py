"""Everything that was read, resolved: one slug, one thing."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from onrecord.findings import Place
from onrecord.model.actor import Actor, Post, Tenure
from onrecord.model.base import Record
from onrecord.model.correction import Correction
from onrecord.model.document import Document, Provision
from onrecord.model.dossier import DossierFile
from onrecord.model.redirect import Redirect
from onrecord.model.source import SourceFile

NOUNS = (
    "actor", "post", "tenure", "document", "instrument", "provision", "statement", "claim", "figure",
    "citation", "event", "status", "disagreement", "gap", "dossier", "correction",
)  # fmt: skip
"""Nouns that have slugs of their own, as they stand in IRIs (`id/<noun>/<slug>`)."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A slug's meaning: its noun, its record, the source that says it (None: the register), its place."""

    noun: str
    record: Record
    source: str | None
    place: Place


@dataclass(frozen=True)
class Register:
    """The whole record in memory, in slug order.

    `kinds` maps scheme (`event`, `topic`, …) and notation to the concept's IRI; `places` gives the file
    position of a value by (slug of its record or file, path of keys and indexes inside it).
    """

    actors: tuple[Actor, ...] = ()
    posts: tuple[Post, ...] = ()
    tenures: tuple[Tenure, ...] = ()
    documents: tuple[Document, ...] = ()
    provisions: tuple[Provision, ...] = ()
    sources: tuple[SourceFile, ...] = ()
    dossiers: tuple[DossierFile, ...] = ()
    corrections: tuple[Correction, ...] = ()
    redirects: tuple[Redirect, ...] = ()
    entries: Mapping[str, Entry] = field(default_factory=dict)
    kinds: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    places: Mapping[tuple[str, tuple[str | int, ...]], Place] = field(default_factory=dict)

    def place(self, owner: str, *path: str | int) -> Place:
        """The most exact known place of `path` inside record or file `owner`."""
        for length in range(len(path), -1, -1):
            found = self.places.get((owner, path[:length]))
            if found is not None:
                return found
        entry = self.entries.get(owner)
        return entry.place if entry else Place(owner)

    def noun(self, slug: str) -> str | None:
        """The noun of a slug, or None for a slug that nobody declares."""
        entry = self.entries.get(slug)
        return entry.noun if entry else None

    def of_noun(self, noun: str) -> Iterator[Entry]:
        """All entries of a noun, in slug order."""
        for slug in sorted(self.entries):
            if self.entries[slug].noun == noun:
                yield self.entries[slug]

    def current(self, slug: str) -> str:
        """The slug that a record has now, where `slug` is one that it had before; another slug as it is."""
        return next((moved.new for moved in self.redirects if moved.old == slug), slug)

    def retracted(self) -> dict[str, Correction]:
        """Slug → the entry of the correction log that retracted its record."""
        return {self.current(entry.slug): entry for entry in self.corrections if entry.kind == "retract"}

    def labels(self) -> dict[str, str]:
        """Slug → what people read, where the record has a label; other slugs stand for themselves."""
        return self._labels

    @cached_property
    def _labels(self) -> dict[str, str]:
        labels = {slug: slug for slug in self.entries}
        labels |= {actor.id: actor.label for actor in self.actors} | {
            post.id: post.label for post in self.posts
        }
        labels |= {document.id: document.label for document in self.documents}
        labels |= {provision.id: provision.label for provision in self.provisions}
        for dossier in self.dossiers:
            labels |= {dossier.id: dossier.label} | {event.id: event.label for event in dossier.events}
        labels.update({source.id: source.title for source in self.sources})
        return labels
