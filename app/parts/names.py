"""Names of what the record holds, each a link to its own page."""

from collections.abc import Sequence

from parts import address, record
from parts.markup import anchor, brief, plain


def named(noun: str | None, slug: str, label: str | None) -> str:
    """A record by its name, as a link where it has a page."""
    to = address.of_entity(noun or "", slug)
    return anchor(to, label or slug) if to else plain(label or slug)


def linked(slug: str | None, otherwise: str = "", *, length: int = 0) -> str:
    """The name of an actor, document, source or event as a link to its page, else `otherwise`.

    length: most characters of the name; 0 for all.
    """
    if not slug:
        return plain(otherwise)
    label = record.labels().get(slug, slug)
    return named(record.nouns().get(slug), slug, brief(label, length) if length else label)


def listed(slugs: Sequence[str] | None) -> str:
    """Names as links, each on a line."""
    return "<br>".join(map(linked, slugs or ()))


def is_source(slug: str | None) -> bool:
    """Whether a slug names a source, whose account goes by its publisher."""
    return slug in record.manifest().sources


def publisher(source: str | None) -> str:
    """The publisher of a source as a link to the source's page; a document from outside by its own name."""
    if not source or not is_source(source):
        return linked(source)
    return anchor(address.link("document", id=source), record.publisher_of(source))


def publishers(sources: Sequence[str] | None, otherwise: str = "") -> str:
    """The publishers of several sources, else `otherwise`."""
    return ", ".join(map(publisher, sources or ())) or plain(otherwise)


def plainly(slug: str) -> str:
    """The same name as `account` gives, as text."""
    return record.publisher_of(slug) if is_source(slug) else record.labels().get(slug, slug)


def account(slug: str | None) -> str:
    """Whose account it is: a source by its publisher, anybody else by name."""
    return publisher(slug) if is_source(slug) else linked(slug, "an account not named")
