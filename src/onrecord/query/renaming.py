"""Slugs that records had before: what is asked by one is answered by the one of today, with a note."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from pyoxigraph import Literal

from onrecord.query.binding import Asked, noun_of

_MOST_GUESSES = 8
"""Old slugs inside a longer one that are tried: each costs a query."""


@dataclass(frozen=True, slots=True)
class Renamed:
    """An old slug with the noun of its IRI, and the slug and noun of today."""

    old: str
    noun: str
    new: str
    new_noun: str


Redirects = Mapping[str, Renamed]
"""By old slug."""


def as_redirects(rows: Iterable[Mapping[str, Any]]) -> dict[str, Renamed]:
    """The rows of the support query `redirects`."""
    return {row["old"]: Renamed(**row) for row in rows}


def named(asked: Asked) -> dict[str, str]:
    """Parameter → slug, for all that name a record; of `id` whatever stands there."""
    own = {"id": asked.terms["id"].value} if "id" in asked.terms else {}
    return {**asked.slugs, **own}


def followed(asked: Asked, old: Iterable[str], redirects: Redirects, base: str) -> tuple[Asked, list[str]]:
    """What was asked with the slugs of today, and a note for each that changed.

    old: the parameters whose slug nothing has now. An IRI is followed where its noun is that of the old one.
    """
    slugs, terms, notes = dict(asked.slugs), dict(asked.terms), []
    given = named(asked)
    for name in old:
        moved = redirects.get(given[name])
        if moved is None or noun_of(asked.words[name], base) not in (None, moved.noun):
            continue
        terms[name] = Literal(moved.new)
        if name in slugs:
            slugs[name] = moved.new
        notes.append(f"'{moved.old}' is called '{moved.new}' now; the answer is about that")
    return replace(asked, slugs=slugs, terms=terms), notes


def addresses(path: str, redirects: Redirects) -> list[str]:
    """Where a path below the base may lead, itself included, likeliest first: `id/actor/ada-b` leads to
    `id/actor/ada-brandt`.

    What is named after a record (a passage, a capture, a source's graph) moves with its name: there the path
    is a guess, and the caller looks whether there is such a thing.
    """
    kind, _, rest = path.partition("/")
    noun, _, slug = rest.partition("/")
    moved = redirects.get(slug)
    if moved is not None and (kind, noun) == ("id", moved.noun):
        return [f"id/{moved.new_noun}/{moved.new}"]
    if moved is not None and (kind, noun) == ("graph", "source"):
        return [path, f"graph/source/{moved.new}"]
    return [path, *(f"id/{noun}/{after}" for after in _within(slug, redirects) if kind == "id")]


def _within(slug: str, redirects: Redirects) -> Sequence[str]:
    """The slug with an old one inside it, as whole words, replaced by that of today; longest first."""
    inside = [old for old in redirects if f"-{old}-" in f"-{slug}-" and old != slug]
    inside.sort(key=lambda old: (-len(old), old))
    longest = inside[:_MOST_GUESSES]
    return [f"-{slug}-".replace(f"-{old}-", f"-{redirects[old].new}-", 1)[1:-1] for old in longest]
