"""Names of what the record holds, each a link to its own page."""

from parts import address, record
from parts.markup import anchor, plain


def linked(slug: str | None, otherwise: str = "") -> str:
    """The name of an actor, document, source or event as a link to its page, else `otherwise`."""
    if not slug:
        return plain(otherwise)
    label = record.labels().get(slug, slug)
    to = address.of_entity(record.nouns().get(slug, ""), slug)
    return anchor(to, label) if to else plain(label)


def publisher(source: str | None) -> str:
    """The publisher of a source as a link to the source's page; a document from outside by its own name."""
    if not source:
        return ""
    if source not in record.workspace().snapshot.manifest.sources:
        return linked(source)
    return anchor(address.link("document", id=source), record.publisher_of(source))


def plainly(slug: str) -> str:
    """The same name as `account` gives, as text."""
    sources = record.workspace().snapshot.manifest.sources
    return record.publisher_of(slug) if slug in sources else record.labels().get(slug, slug)


def account(slug: str | None) -> str:
    """Whose account it is: a source by its publisher, anybody else by name."""
    if slug and slug in record.workspace().snapshot.manifest.sources:
        return publisher(slug)
    return linked(slug, "an account not named")
