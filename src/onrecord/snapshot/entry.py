"""What can be found by its words: one entry a record, with the words that it is found by."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from onrecord import edtf

if TYPE_CHECKING:  # reading a snapshot needs no models, which take a tenth of a second to load
    from onrecord.model import Dating, Register, SourceFile

GONE = "[retracted] "
"""What stands before the name of a retracted record."""


@dataclass(frozen=True, slots=True)
class SearchRow:
    """One record in the index.

    label: for people. words: what it is found by, beside its label. kind: notation of its kind (of a
    statement: its mode). when: EDTF. earliest, latest: `YYYY-MM-DD`. sources: slugs of sources that tell it.
    speaker: of a statement.
    """

    slug: str
    noun: str
    label: str
    words: str
    kind: str | None = None
    when: str | None = None
    earliest: str | None = None
    latest: str | None = None
    sources: tuple[str, ...] = ()
    speaker: str | None = None


def rows(register: "Register") -> list[SearchRow]:
    """An entry for every record that has words of its own, by slug."""
    told = _told(register)
    labels = register.labels()
    every: list[SearchRow] = []
    for source in register.sources:
        every += _of_source(source, labels)
    every += _of_actors(register, told)
    every += _of_documents(register, told)
    every += _of_dossiers(register, told)
    retracted = register.retracted()
    every = [_marked(row) if row.slug in retracted else row for row in every]
    return sorted(every, key=lambda row: (row.slug, row.noun))


def _marked(row: SearchRow) -> SearchRow:
    """A retracted record is still found, and says so where people read its name."""
    return replace(row, label=f"{GONE}{row.label}")


@dataclass
class _Told:
    """What sources say of records that they do not declare, by slug: words, and slugs of the sources."""

    words: dict[str, list[str]]
    sources: dict[str, set[str]]

    def row(
        self,
        slug: str,
        noun: str,
        label: str,
        own: Iterable[str | None],
        kind: str | None = None,
        date: "Dating | None" = None,
    ) -> SearchRow:
        words = list(dict.fromkeys([*(text for text in own if text), *self.words.get(slug, ())]))
        return _row(slug, noun, label, words, kind, date, tuple(sorted(self.sources.get(slug, ()))))


def _row(
    slug: str,
    noun: str,
    label: str,
    words: Iterable[str | None],
    kind: str | None,
    date: "Dating | None",
    sources: tuple[str, ...],
    speaker: str | None = None,
) -> SearchRow:
    when = date.when if date else None
    parsed = edtf.parse(when) if when else None
    first, last = (parsed.earliest, parsed.latest) if parsed else (None, None)
    text = "\n".join(text for text in words if text)
    bounds = (first.isoformat() if first else None, last.isoformat() if last else None)
    return SearchRow(slug, noun, label, text, kind, when, *bounds, sources, speaker)


def _told(register: "Register") -> _Told:
    words: dict[str, list[str]] = defaultdict(list)
    sources: dict[str, set[str]] = defaultdict(set)

    def tell(slug: str, source: str, *texts: str | None) -> None:
        words[slug] += [text for text in texts if text]
        sources[slug].add(source)

    for source in register.sources:
        for event in source.events:
            tell(event.event, source.id, event.description, event.named_as, *(q.exact for q in event.quotes))
        for provision in source.provisions:
            tell(provision.provision, source.id, provision.description, *(q.exact for q in provision.quotes))
        for mention in source.mentions:
            tell(mention.actor, source.id, mention.name)
        for office in source.offices:
            tell(office.tenure, source.id, office.wording)
        for statement in source.statements:
            sources[statement.speaker].add(source.id)
    return _Told(words, sources)


def _of_source(source: "SourceFile", labels: dict[str, str]) -> Iterator[SearchRow]:
    here = (source.id,)
    yield _row(source.id, "document", source.title, (source.url,), source.kind, source.published, here)
    for said in source.statements:
        words = (*(quote.exact for quote in said.quotes), said.description, said.named_as, said.role)
        label = labels.get(said.speaker, said.speaker)
        yield _row(said.id, "statement", label, words, said.mode, said.date, here, said.speaker)
    for claim in source.claims:
        words = (*(quote.exact for quote in claim.quotes), claim.note)
        yield _row(claim.id, "claim", claim.value, words, claim.aspect, claim.date, here)
    for figure in source.figures:
        words = (*(quote.exact for quote in figure.quotes), str(figure.amount), figure.note)
        yield _row(figure.id, "figure", figure.label, words, figure.indicator, figure.date, here)


def _of_actors(register: "Register", told: _Told) -> Iterator[SearchRow]:
    for actor in register.actors:
        own = (*(name.name for name in actor.names), actor.description)
        yield told.row(actor.id, "actor", actor.label, own, actor.kind)
    held: dict[str, list[str]] = defaultdict(list)
    printed: dict[str, set[str]] = defaultdict(set)
    for tenure in register.tenures:
        held[tenure.post] += told.words.get(tenure.id, ())
        printed[tenure.post] |= told.sources.get(tenure.id, set())
    for post in register.posts:
        yield _row(
            post.id,
            "post",
            post.label,
            dict.fromkeys(held[post.id]),
            None,
            None,
            tuple(sorted(printed[post.id])),
        )


def _of_documents(register: "Register", told: _Told) -> Iterator[SearchRow]:
    for document in register.documents:
        noun = "instrument" if document.instrument else "document"
        own = (*document.names, document.description, document.citation, *document.identifiers)
        yield told.row(document.id, noun, document.label, own, document.kind, document.date)
    for provision in register.provisions:
        yield told.row(provision.id, "provision", provision.label, (), provision.kind, provision.date)


def _of_dossiers(register: "Register", told: _Told) -> Iterator[SearchRow]:
    for dossier in register.dossiers:
        yield told.row(dossier.id, "dossier", dossier.label, (dossier.description,))
        for event in dossier.events:
            yield told.row(event.id, "event", event.label, (event.description,), event.kind, event.date)
        for claim in dossier.claims:
            yield told.row(claim.id, "claim", claim.value, (claim.note,), claim.aspect, claim.date)
        for dispute in dossier.disagreements:
            yield told.row(dispute.id, "disagreement", dispute.label, (dispute.note,), dispute.kind)
        for gap in dossier.gaps:
            yield told.row(gap.id, "gap", gap.label, (gap.note,), gap.kind)
