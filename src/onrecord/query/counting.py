"""Counts of statements by what is asked for."""

from collections import Counter
from typing import Any

from onrecord.query.binding import Asked
from onrecord.query.interval import parsed, within

Row = dict[str, Any]
_SOURCE_OF = {"organisation": "organisation_of", "kind": "act"}


def counts(rows: list[Row], asked: Asked) -> tuple[list[Row], list[str]]:
    """A row for each combination of the values that `by` names, most statements first; without it one row."""
    kept, notes = within(rows, asked.dates, "statements")
    undated = {row["statement"] for row in rows} - {row["statement"] for row in kept}
    if asked.dates and notes:
        without = {row["statement"] for row in rows if row["when"] is None} & undated
        notes = [f"{len(without)} undated statements left out: no date is known"]
    by = counted_by(asked)
    seen = {(row["statement"], tuple(_value(row, word) for word in by)) for row in kept}
    tally = Counter(values for _, values in seen)
    if not by:
        return [{"statements": tally.get((), 0)}], notes
    if "about" in by:
        notes.append("a statement about several topics is counted once for each")
    if "organisation" in by:
        notes.append("a statement that counts to several organisations is counted once for each")
    order = sorted(tally.items(), key=lambda item: (-item[1], tuple((v is None, v or "") for v in item[0])))
    return [{**dict(zip(by, values, strict=True)), "statements": number} for values, number in order], notes


def counted_by(asked: Asked) -> list[str]:
    """The columns that `by` names, each once, in the order asked for."""
    return list(dict.fromkeys(word for word in asked.words.get("by", "").split(",") if word))


def _value(row: Row, word: str) -> str | None:
    if word in ("year", "month"):
        return _period(row["when"], 4 if word == "year" else 7)
    value: str | None = row[_SOURCE_OF.get(word, word)]
    return value


def _period(when: str | None, length: int) -> str | None:
    """The year or month that a date surely lies in, else None."""
    if when is None:
        return None
    date = parsed(when)
    if date.earliest is None or date.latest is None:
        return None
    first, last = date.earliest.isoformat()[:length], date.latest.isoformat()[:length]
    return first if first == last else None
