"""What the correction log does to answers: retracted records are left out, and what is shown is told of.

A question names in its header the columns that say which record a row is about. A row of a retracted record
is left out, unless that record was asked for by its own name; then a note says when and why it was retracted.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from onrecord.query.binding import Asked
from onrecord.query.question import Question

Row = dict[str, Any]
_MOST_NAMED = 5


@dataclass(frozen=True, slots=True)
class Logged:
    """An entry of the log: `kind` is correct or retract, `when` EDTF, `number` its place from 1."""

    record: str
    kind: str
    number: int
    when: str
    reason: str

    def __str__(self) -> str:
        done = "retracted" if self.kind == "retract" else "corrected"
        return f"'{self.record}' was {done}, {self.when}: {self.reason} (correction {self.number})"


def left_out(
    question: Question, rows: Sequence[Row], asked: Asked, log: Sequence[Logged]
) -> tuple[list[Row], list[str]]:
    """The rows without those of retracted records, and notes: how many were left out, and what the log says
    of the records that were asked for by name.
    """
    named = {*asked.slugs.values(), *(term.value for name, term in asked.terms.items() if name == "id")}
    retracted: set[Any] = {entry.record for entry in log if entry.kind == "retract"} - named
    missing: set[Any] = set()
    kept = []
    for row in rows if retracted else ():
        gone = {row.get(column) for column in question.retractable if "." not in column} & retracted
        missing |= gone
        if not gone:
            kept.append(_without(question, row, retracted, missing))
    notes = [str(entry) for entry in log if entry.record in named]
    if missing:
        notes.insert(0, _said(missing))
    return (kept if retracted else list(rows)), notes


def _without(question: Question, row: Row, retracted: set[str], missing: set[str]) -> Row:
    """The row without the retracted ones among its records (`column.field` in the header)."""
    for name in question.retractable:
        column, _, field = name.partition(".")
        if field:
            missing |= {record[field] for record in row[column]} & retracted
            row = {**row, column: [record for record in row[column] if record[field] not in retracted]}
    return row


def _said(missing: set[str]) -> str:
    names = sorted(missing)
    more = f" and {len(names) - _MOST_NAMED} more" if len(names) > _MOST_NAMED else ""
    records = "record is" if len(names) == 1 else "records are"
    return (
        f"{len(names)} retracted {records} left out: {', '.join(names[:_MOST_NAMED])}{more} "
        "(the question corrections says why)"
    )


def since(rows: list[Row], asked: Asked) -> tuple[list[Row], list[str]]:
    """Entries of the log that were made, or may have been made, on or after the first day of `since`."""
    first = asked.dates["since"].earliest if "since" in asked.dates else None
    kept = [
        row for row in rows if first is None or row["latest"] is None or row["latest"] >= first.isoformat()
    ]
    return sorted(kept, key=lambda row: row["number"]), ([] if kept else ["no correction is on record"])


def as_logged(rows: Sequence[Mapping[str, Any]]) -> tuple[Logged, ...]:
    """The rows of the support query `corrected`."""
    return tuple(Logged(**row) for row in rows)
