"""Which entries of the correction log an export lists: all, or those since a version that a reader has.

A version is a place in the log. The log is only ever added to and its entries are chained, so that the number
or the hash of the last entry that somebody knew tells without a clock, and without our keeping old versions,
what came after. A date is what the entries themselves say.
"""

import re
from collections.abc import Sequence

from onrecord import edtf
from onrecord.errors import UnknownName, UsageError
from onrecord.exporters.material import CorrectionNote, Row
from onrecord.model.correction import START

_ENTRY = re.compile(r"correction-([0-9]{1,9})")
_HASH = re.compile(r"[0-9a-f]{64}")
_TAKES = (
    "an entry (correction-3), the `corrections_head` of an earlier export, the hash of an entry, or a date "
    "(2031-04)"
)


def since(rows: Sequence[Row], version: str | None, dataset_hash: str) -> tuple[CorrectionNote, ...]:
    """The entries that came after a version; all of them for None.

    rows: the whole log, of the question `corrections`. version: the slug or IRI of an entry or its hash (what
    came after it), 64 zeros (the empty log), `dataset_hash` of this very record (nothing came after), or EDTF
    text (what was made, or may have been made, on or after its first day).

    Raises:
        UnknownName: an entry or a hash that the log does not have. UsageError: none of these.
    """
    kept = rows
    if version is not None:
        word = version.strip().rpartition("/")[2]
        place = _place(rows, word, dataset_hash)
        kept = _from(rows, version) if place is None else [row for row in rows if row["number"] > place]
    fields = ("number", "kind", "record", "when", "reason")
    return tuple(CorrectionNote(**{name: row[name] for name in fields}) for row in kept)


def _place(rows: Sequence[Row], word: str, dataset_hash: str) -> int | None:
    """The number of the last entry that a version has; None for a word that names no place in the log."""
    numbers = {row["sha256"]: int(row["number"]) for row in rows} | {START: 0}
    numbers |= {dataset_hash: len(rows)}
    entry = _ENTRY.fullmatch(word)
    if entry is not None and not 1 <= int(entry[1]) <= len(rows):
        held = f"its entries are correction-1 to correction-{len(rows)}" if rows else "it has no entries"
        raise UnknownName(f"the correction log has no entry '{word}'", hint=held)
    if entry is not None:
        return int(entry[1])
    if _HASH.fullmatch(word) and word not in numbers:
        raise UnknownName(
            f"no entry of the correction log has the hash {word}",
            hint="an earlier version is named by its `corrections_head`, which every export tells",
        )
    return numbers.get(word)


def _from(rows: Sequence[Row], date: str) -> list[Row]:
    try:
        first = edtf.parse(date).earliest
    except edtf.EdtfError as error:
        raise UsageError(
            f"'corrections-since' is {date!r}: {error.message}", hint=f"it takes {_TAKES}"
        ) from None
    return [row for row in rows if first is None or not row["latest"] or row["latest"] >= first.isoformat()]
