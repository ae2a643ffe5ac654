"""Suggestions while a reader types: names of actors, documents and events, and printed words.

A table of its own in the search index: one row a name, one a printed fragment, so that an excerpt is always
of words that stand together in their source. The last word may be unfinished; words in double quotes are a
phrase. Order: a name that is exactly what was typed, names that begin with it, names that hold its words,
then printed words.
"""

import sqlite3
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from onrecord.errors import UsageError
from onrecord.model import Register
from onrecord.snapshot import search
from onrecord.snapshot.entry import GONE

LONGEST = 200
"""Characters of a query; a longer one is refused."""
MOST = 50
"""Rows that may be asked for."""
PRINTED = "statement"
"""The noun whose rows are printed words, not names."""

_SCHEMA = """
CREATE VIRTUAL TABLE suggestion USING fts5(
  name, label UNINDEXED, slug UNINDEXED, noun UNINDEXED, folded UNINDEXED,
  tokenize = "unicode61 remove_diacritics 2", prefix = "1 2 3"
)
"""
_FIND = """
SELECT noun, slug, label, name, row, COUNT(*) OVER () FROM (
  SELECT noun, slug, label, name, rowid AS row,
    MIN(CASE WHEN noun = :printed THEN 3 WHEN folded = :typed THEN 0
      WHEN substr(folded, 1, length(:typed)) = :typed THEN 1 ELSE 2 END * 1000
      + min(length(name), 999)) AS place
  FROM suggestion WHERE suggestion MATCH :match GROUP BY noun, slug
) ORDER BY place, label, slug LIMIT :limit
"""
_EXCERPT = """
SELECT snippet(suggestion, 0, '', '', ' […] ', 14) FROM suggestion WHERE suggestion MATCH ? AND rowid = ?
"""


@dataclass(frozen=True, slots=True)
class Name:
    """Something that a record is found by as one types: one of its names, or a fragment that it prints."""

    name: str
    label: str
    slug: str
    noun: str


@dataclass(frozen=True, slots=True)
class Suggested:
    """The first suggestions, best first, and how many records match in all.

    A row has `noun`, `slug`, `label` (for people; of a statement: who spoke) and `matched` (the name, or an
    excerpt of the printed words, in which it was found).
    """

    query: str
    rows: Sequence[dict[str, Any]]
    total: int


def names(register: Register) -> list[Name]:
    """Every name of actors, documents and events, and every printed fragment of statements, in order."""
    gone = register.retracted()
    found = {
        Name(" ".join(name.split()), f"{GONE}{label}" if slug in gone else label, slug, noun)
        for noun, slug, label, every in _named(register)
        for name in every
    }
    return sorted(found, key=lambda each: (each.noun, each.slug, each.name))


def _named(register: Register) -> Iterator[tuple[str, str, str, tuple[str, ...]]]:
    for actor in register.actors:
        yield "actor", actor.id, actor.label, (actor.label, *(name.name for name in actor.names))
    for document in register.documents:
        noun = "instrument" if document.instrument else "document"
        yield noun, document.id, document.label, (document.label, *document.names)
    for dossier in register.dossiers:
        for event in dossier.events:
            yield "event", event.id, event.label, (event.label,)
    labels = register.labels()
    for source in register.sources:
        yield "document", source.id, source.title, (source.title,)
        for said in source.statements:
            words = tuple(quote.exact for quote in said.quotes)
            yield PRINTED, said.id, labels.get(said.speaker, said.speaker), words


def build(path: Path, rows: Iterable[Name]) -> None:
    """Adds the table to the search index. Raises OSError or sqlite3.Error where it cannot be written."""
    with closing(sqlite3.connect(path)) as index:
        index.execute("PRAGMA journal_mode = OFF")
        index.execute("PRAGMA synchronous = OFF")  # the build flushes the whole folder before it publishes it
        index.execute(_SCHEMA)
        index.executemany(
            "INSERT INTO suggestion VALUES (?, ?, ?, ?, ?)",
            ((row.name, row.label, row.slug, row.noun, folded(row.name)) for row in rows),
        )
        index.execute("INSERT INTO suggestion(suggestion) VALUES ('optimize')")
        index.commit()


def suggest(path: Path, query: str, limit: int = 8) -> Suggested:
    """Records whose name or printed words hold every word of `query`, the last of which may be unfinished.

    Nothing typed gives nothing. Raises UsageError for a query or a number beyond the limits, StorageError for
    an index that cannot be read.
    """
    if len(query) > LONGEST:
        raise UsageError(f"{len(query)} characters are too many to suggest for; the most is {LONGEST}")
    if not 0 <= limit <= MOST:
        raise UsageError(f"'limit' is a whole number from 0 to {MOST}")
    if not any(character.isalnum() for character in query):
        return Suggested(query, [], 0)
    match = search.expression(query)
    if not query.rstrip().endswith(('"', "”")):
        match += " *"
    given = {"match": match, "typed": folded(query), "printed": PRINTED, "limit": limit}
    with search.reading(path) as index:
        found = index.execute(_FIND, given | {"limit": max(limit, 1)}).fetchall()
        rows = [_row(index, match, *values) for values in found[:limit]]
    return Suggested(query, rows, found[0][5] if found else 0)


def _row(
    index: sqlite3.Connection, match: str, noun: str, slug: str, label: str, name: str, row: int, _: int
) -> dict[str, Any]:
    matched = index.execute(_EXCERPT, (match, row)).fetchone()[0].strip() if noun == PRINTED else name
    return {"noun": noun, "slug": slug, "label": label, "matched": matched}


def folded(text: str) -> str:
    """The text as names are compared: no case, no accents, single blanks, no quotation marks outside."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return " ".join(bare.casefold().split()).strip("\"“”'")
