"""Full text beside the store: an SQLite FTS5 index of everything that has words.

Words are matched whole, case and accents ignored; all of them must occur; words in double quotes are a
phrase. What a reader types is never syntax of the index.
"""

import re
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from onrecord.errors import StorageError, UsageError
from onrecord.snapshot.answer import Answer
from onrecord.snapshot.entry import SearchRow, rows

__all__ = ["MARK", "Found", "SearchRow", "answer", "build", "expression", "find", "reading", "rows"]

MARK = "**"
"""What stands before and after each word found in a snippet."""
COLUMNS = ("slug", "noun", "kind", "label", "snippet", "when", "earliest", "latest", "sources", "speaker")
_SCHEMA = """
CREATE VIRTUAL TABLE entry USING fts5(
  label, words, slug UNINDEXED, noun UNINDEXED, kind UNINDEXED, edtf UNINDEXED,
  earliest UNINDEXED, latest UNINDEXED, sources UNINDEXED, speaker UNINDEXED,
  tokenize = "unicode61 remove_diacritics 2"
)
"""
_INSERT = "INSERT INTO entry VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
_FIND = f"""
SELECT slug, noun, kind, label, snippet(entry, 1, '{MARK}', '{MARK}', '…', 24), edtf,
  earliest, latest, sources, speaker
FROM entry WHERE entry MATCH ? ORDER BY bm25(entry, 4.0, 1.0), slug LIMIT ? OFFSET ?
"""  # noqa: S608  the mark is ours
_COUNT = "SELECT COUNT(*) FROM entry WHERE entry MATCH ?"
_PART = re.compile(r'["“”]([^"“”]*)["“”]|([^\s"“”]+)')
_MOST_WORDS = 64


@dataclass(frozen=True, slots=True)
class Found:
    """One page of what was found, best first, and how much there is in all."""

    rows: Sequence[dict[str, object]]
    total: int


def build(path: Path, rows: Iterable[SearchRow]) -> None:
    """Write a new index to `path`. Raises OSError or sqlite3.Error where it cannot be written."""
    with closing(sqlite3.connect(path)) as index:
        index.execute("PRAGMA journal_mode = OFF")
        index.execute("PRAGMA synchronous = OFF")  # the build flushes the whole folder before it publishes it
        index.execute(_SCHEMA)
        index.executemany(_INSERT, (_stored(row) for row in rows))
        index.execute("INSERT INTO entry(entry) VALUES ('optimize')")
        index.commit()
        index.execute("VACUUM")


def _stored(row: SearchRow) -> tuple[str | None, ...]:
    return (
        row.label, row.words, row.slug, row.noun, row.kind, row.when, row.earliest, row.latest,
        "\n".join(row.sources), row.speaker,
    )  # fmt: skip


def find(path: Path, words: str, limit: int = 20, offset: int = 0) -> Found:
    """What holds all of `words`, best first (BM25, the label counting four times), then by slug.

    Raises UsageError for words without a letter or digit, StorageError for an index that cannot be read.
    """
    match = expression(words)
    if limit < 0 or offset < 0:
        raise UsageError("'limit' and 'offset' are whole numbers from 0")
    with reading(path) as index:
        total = index.execute(_COUNT, (match,)).fetchone()[0]
        found = index.execute(_FIND, (match, limit, offset)).fetchall()
    return Found([_row(values) for values in found], total)


@contextmanager
def reading(path: Path) -> Iterator[sqlite3.Connection]:
    """The index, to be read. Raises StorageError where it cannot be."""
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True)) as index:
            yield index
    except sqlite3.Error as error:
        raise StorageError(
            f"the search index {path} cannot be read: {error}", hint="`onrecord build` makes it anew"
        ) from None


def expression(words: str) -> str:
    """The index's own query for what a reader typed: quoted strings only, all of which must occur."""
    parts = [phrase or word for phrase, word in _PART.findall(words)]
    kept = [part for part in parts if any(character.isalnum() for character in part)]
    if not kept:
        raise UsageError("there is nothing to search for", hint="give at least one word")
    if len(kept) > _MOST_WORDS:
        raise UsageError(f"{len(kept)} words are too many to search for; the most is {_MOST_WORDS}")
    plain = ("".join(c if c.isprintable() else " " for c in part) for part in kept)
    return " ".join(f'"{part}"' for part in plain)


def _row(values: tuple[str, ...]) -> dict[str, object]:
    row: dict[str, object] = dict(zip(COLUMNS, values, strict=True))
    row["sources"] = str(row["sources"]).split("\n") if row["sources"] else []
    return row


def answer(path: Path, words: str, limit: int = 20, offset: int = 0) -> Answer:
    """The same as `find`, in the form of an answer."""
    found = find(path, words, limit, offset)
    return Answer(
        question="search",
        parameters={"words": words, "limit": str(limit), "offset": str(offset)},
        columns=COLUMNS,
        rows=found.rows,
        total=found.total,
        notes=[f"words are matched whole, case and accents ignored; {MARK} stands round each word found"],
    )
