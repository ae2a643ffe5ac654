"""What was found, by noun: how many of each, and a page of one noun in the order that readers expect.

A name that is exactly what was asked comes first, then names that hold all the words, then the rest by
relevance (BM25, the label counting four times). Words that were found stand between `BEGIN` and `END`, which
no text of the record holds.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from onrecord.snapshot import search
from onrecord.snapshot.suggestions import folded

BEGIN, END = "\x02", "\x03"
_COLUMNS = ("noun", "slug", "label", "marked", "snippet", "kind", "when", "earliest", "latest", "sources")
_COUNT = "SELECT noun, COUNT(*) FROM entry WHERE entry MATCH ? GROUP BY noun ORDER BY noun"
_FIND = f"""
SELECT noun, slug, label, highlight(entry, 0, '{BEGIN}', '{END}'),
  snippet(entry, 1, '{BEGIN}', '{END}', '…', 32), kind, edtf, earliest, latest, sources
FROM entry WHERE entry MATCH :match AND noun = :noun
ORDER BY folded(label) = :typed DESC, rowid IN (SELECT rowid FROM entry WHERE entry MATCH :named) DESC,
  bm25(entry, 4.0, 1.0), slug
LIMIT :limit OFFSET :offset
"""  # noqa: S608  the marks are ours
_VOCABULARY = "CREATE VIRTUAL TABLE temp.term USING fts5vocab(main, entry, row)"
_TERMS = "SELECT term FROM temp.term WHERE length(term) BETWEEN ? AND ? ORDER BY doc DESC, term"


def counts(path: Path, words: str) -> dict[str, int]:
    """Noun → how many records of it hold all the words. Raises as `search.find`."""
    with search.reading(path) as index:
        return dict(index.execute(_COUNT, (search.expression(words),)).fetchall())


def of_noun(path: Path, words: str, noun: str, limit: int, offset: int = 0) -> list[Mapping[str, Any]]:
    """A page of the records of a noun; `marked` is the label and `snippet` an excerpt, with the words marked.

    Raises as `search.find`.
    """
    match = search.expression(words)
    given = {"match": match, "noun": noun, "named": f"label : ({match})", "typed": folded(words)}
    with search.reading(path) as index:
        index.create_function("folded", 1, folded, deterministic=True)
        found = index.execute(_FIND, given | {"limit": limit, "offset": offset}).fetchall()
    return [_row(dict(zip(_COLUMNS, values, strict=True))) for values in found]


def _row(row: dict[str, Any]) -> Mapping[str, Any]:
    return row | {"sources": row["sources"].split("\n") if row["sources"] else []}


def vocabulary(path: Path, shortest: int, longest: int) -> list[str]:
    """Words of the record with so many letters, as the index keeps them, the most frequent first.

    Raises StorageError for an index that cannot be read.
    """
    with search.reading(path) as index:
        index.execute(_VOCABULARY)
        return [term for (term,) in index.execute(_TERMS, (shortest, longest))]
