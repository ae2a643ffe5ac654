"""What exporters take and give: plain values, no store and no files.

Rows are those of the named questions, whole: `statements` of `who-said-what`, `events` of `timeline`
(columns as documented there; extra columns are kept). `quads` are the sorted N-Quads of the record.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from onrecord.analysis.citations import CitationEdge
from onrecord.model.correction import START
from onrecord.terms import BASE

if TYPE_CHECKING:
    from onrecord.exporters.svg import Timeline

Row = Mapping[str, Any]
NQuads = Path | bytes | Sequence[str]
"""A file of N-Quads, its bytes, or its lines."""


@dataclass(frozen=True, slots=True)
class SourceNote:
    """A source that an export rests on. `when` is EDTF text with its `date_basis`, `rights` the terms of its
    text.
    """

    slug: str
    title: str
    publisher: str | None = None
    when: str | None = None
    url: str | None = None
    rights: str | None = None
    date_basis: str | None = None


@dataclass(frozen=True, slots=True)
class CorrectionNote:
    """An entry of the correction log: its place from 1, whether it corrects or retracts, which record, when
    (EDTF text) and why.
    """

    number: int
    kind: str
    record: str
    when: str
    reason: str


@dataclass(frozen=True, slots=True)
class About:
    """What every export says of itself.

    `cut_off` is the latest publication date among the sources; `filters` those that selected the rows, as
    given (parameter → value); `counts` those of the whole record; `notes` what a reader must know of the
    selection. `corrections` is the correction log, or the part of it that was made since `corrections_since`
    (as given); `corrections_held` how many entries the whole log has, and `corrections_head` the hash of the
    last, by which a reader can ask later for what came after. `generated_by` names the program with its
    version. No clock stands here: equal input gives equal bytes.
    """

    title: str
    licence: str
    version: str
    dataset_hash: str
    cut_off: str | None
    sources: tuple[SourceNote, ...] = ()
    filters: Mapping[str, str] = field(default_factory=dict)
    counts: Mapping[str, int] = field(default_factory=dict)
    generated_by: str = "onrecord"
    creators: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    base: str = BASE
    corrections: tuple[CorrectionNote, ...] = ()
    corrections_since: str | None = None
    corrections_held: int = 0
    corrections_head: str = START

    def iri(self, noun: str, slug: str) -> str:
        """The lasting name of a record."""
        return f"{self.base}id/{noun}/{slug}"


@dataclass(frozen=True, slots=True)
class Party:
    """An author, recipient or publisher: slug and name, which is never split into family and given name."""

    slug: str
    label: str


@dataclass(frozen=True, slots=True)
class Reference:
    """A document as a bibliography lists it. `file` is the capture's name where it was read (a source);
    `outside` says that no source mentions it. Dates are those of publication or writing."""

    id: str
    noun: str
    title: str
    kind: str | None = None
    publisher: Party | None = None
    authors: tuple[Party, ...] = ()
    recipients: tuple[Party, ...] = ()
    when: str | None = None
    earliest: str | None = None
    latest: str | None = None
    date_basis: str | None = None
    date_note: str | None = None
    citation: str | None = None
    identifiers: tuple[str, ...] = ()
    language: str | None = None
    rights: str | None = None
    file: str | None = None
    outside: bool = False

    @property
    def url(self) -> str | None:
        """The first identifier that is a web address."""
        return next((name for name in self.identifiers if name.startswith(("https://", "http://"))), None)


@dataclass(frozen=True)
class Material:
    """Everything that any format writes. `context` is `ontology/context.jsonld`, for JSON-LD; `names` are
    those of actors and events by slug, for cards; `timeline` is what a drawing of events shows.
    """

    about: About
    statements: Sequence[Row] = ()
    events: Sequence[Row] = ()
    citations: Sequence[CitationEdge] = ()
    references: Sequence[Reference] = ()
    quads: NQuads = ()
    context: Mapping[str, Any] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)
    timeline: "Timeline | None" = None


@dataclass(frozen=True, slots=True)
class ExportFile:
    """One file of an export, named after what it holds; `content` are its bytes, UTF-8.

    about: what the file says of itself (`Description.as_json`); empty for a description that is a file.
    """

    name: str
    media_type: str
    content: bytes
    about: Mapping[str, Any] = field(default_factory=dict)


BASIS = {
    "stated": "stated by the source",
    "relative": "counted from the source's own date",
    "inferred": "inferred from the sources together",
    "outside": "from outside the sources",
}
"""How a date is known, in words, by notation of the scheme `basis`."""


def basis_in_words(basis: object) -> str:
    """How a date is known, in brackets after it; nothing where that is not said."""
    return f" ({BASIS.get(str(basis), str(basis))})" if basis else ""


def unique_sorted(values: Iterable[str | None]) -> tuple[str, ...]:
    """The values that there are, once each, in order."""
    return tuple(sorted({value for value in values if value is not None}))
