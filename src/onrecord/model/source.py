"""One source: its identity and everything that it says."""

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field

from onrecord.model.anchor import Hash, Mention, Passage, Quote
from onrecord.model.base import Line, Printed, Record, Slug
from onrecord.model.dating import Dating
from onrecord.model.licence import Licence

Mode = Literal["direct", "indirect", "mixed", "document"]
Stance = Literal["support", "oppose", "mixed", "neutral"]
Bound = Literal["exactly", "at-least", "at-most", "more-than", "less-than", "about"]
Standing = Literal["preferred", "ordinary", "deprecated"]


class Anchored(Record):
    """Something a source says: quoted words and passages without their words."""

    quotes: tuple[Quote, ...] = ()
    passages: tuple[Passage, ...] = ()


class Statement(Anchored):
    """What one clause attributes to one speaker on one occasion (one statement a printing).

    `mode`: *direct* and *document* have `quotes` only; *indirect* has `passages` and a `description` in our
    words; *mixed* has both. `named_as`, `role`: as this source prints them. `reported_by` is the actor or
    document that tells it second-hand, never the publisher; `relays` the statement that this one passes on.
    """

    id: Slug
    speaker: Slug
    named_as: Printed | None = None
    role: Printed | None = None
    capacity: Slug | None = None
    mode: Mode
    act: Slug
    date: Dating
    venue: Slug | None = None
    addressee: Slug | None = None
    in_document: Slug | None = None
    about: tuple[Slug, ...] = ()
    stance: Stance | None = None
    description: Line | None = None
    reported_by: Slug | None = None
    relays: Slug | None = None
    responds_to: Slug | None = None
    same_utterance: tuple[Slug, ...] = ()
    note: Line | None = None


class Claim(Anchored):
    """A proposition that somebody puts forward, written where attribution or conflict matters.

    `said_by` is an actor, or a document where the text itself says it; `value` is in our words, `concept` a
    status where the aspect is one. `document` stands in for passages where an outside document says it.
    """

    id: Slug
    concerns: Slug
    aspect: Slug
    value: Line
    concept: Slug | None = None
    said_by: Slug
    statement: Slug | None = None
    date: Dating | None = None
    standing: Standing = "ordinary"
    document: Slug | None = None
    note: Line | None = None


class Figure(Anchored):
    """A reported quantity for an indicator, a subject and a period, with its bound."""

    id: Slug
    label: Line
    indicator: Slug
    subject: Slug
    amount: Decimal
    bound: Bound
    unit: Slug
    date: Dating
    reported_by: Slug | None = None
    breakdown_of: Slug | None = None
    note: Line | None = None


class ProvisionAccount(Anchored):
    """What this source says of a provision, and by whose account (a document, or an actor)."""

    provision: Slug
    according_to: Slug
    description: Line
    statement: Slug | None = None


class Citation(Anchored):
    """A reference by the source (or by `citing`: a document, a statement); `relation` is its character."""

    id: Slug
    citing: Slug | None = None
    cited: Slug
    relation: Slug
    description: Line | None = None


class EventAccount(Anchored):
    """Where this source tells an event of a dossier, described in our words."""

    event: Slug
    description: Line
    named_as: Printed | None = None


class OfficeAccount(Passage):
    """The words with which this source names a tenure (`wording` is verbatim), and for when."""

    tenure: Slug
    wording: Printed
    date: Dating

    @property
    def words(self) -> str | None:
        """What the record prints at this place."""
        return self.wording


class Capture(Record):
    """The exact text that was read: file name, SHA-256 of its bytes, length in code points."""

    file: Line
    sha256: Hash
    length: Annotated[int, Field(ge=0)]
    retrieved: Dating | None = None


class SourceFile(Record):
    """A file of `data/sources/`: `id` is its slug and the slug of the document that it captures.

    `rights` says in words whose the text is; `licence` is given only where anybody may publish it again.
    """

    id: Slug
    title: Line
    kind: Slug
    publisher: Slug
    authors: tuple[Slug, ...] = ()
    published: Dating
    url: Line | None = None
    language: Line = "en-GB"
    rights: Line
    licence: Licence | None = None
    capture: Capture
    statements: tuple[Statement, ...] = ()
    claims: tuple[Claim, ...] = ()
    figures: tuple[Figure, ...] = ()
    provisions: tuple[ProvisionAccount, ...] = ()
    events: tuple[EventAccount, ...] = ()
    offices: tuple[OfficeAccount, ...] = ()
    mentions: tuple[Mention, ...] = ()
    citations: tuple[Citation, ...] = ()

    @property
    def capture_id(self) -> str:
        """The slug of the capture in the graph."""
        return f"{self.id}-1"
