"""Documents, instruments and their provisions."""

from onrecord.model.base import Line, Record, Slug
from onrecord.model.dating import Dating


class Document(Record):
    """A text as intellectual work. An *instrument* (`parties`) binds or empowers.

    `outside` marks a document that no article mentions: it is cited for a date or a fact that the articles
    do not give. `citation` is then how a reader finds it.
    """

    id: Slug
    label: Line
    kind: Slug
    instrument: bool = False
    authors: tuple[Slug, ...] = ()
    recipients: tuple[Slug, ...] = ()
    parties: tuple[Slug, ...] = ()
    publisher: Slug | None = None
    date: Dating | None = None
    amends: tuple[Slug, ...] = ()
    replaces: tuple[Slug, ...] = ()
    part_of: Slug | None = None
    description: Line | None = None
    citation: Line | None = None
    identifiers: tuple[Line, ...] = ()
    names: tuple[Line, ...] = ()
    outside: bool = False


class Provision(Record):
    """A citable part of an instrument, in our words; what a source prints of it stands in the source file."""

    id: Slug
    instrument: Slug
    label: Line
    kind: Slug
    part_of: Slug | None = None
    date: Dating | None = None


class DocumentsFile(Record):
    """A file of `data/documents/`."""

    documents: tuple[Document, ...] = ()
    provisions: tuple[Provision, ...] = ()
