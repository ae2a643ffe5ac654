"""What a named question or a search gives: rows in the field's words, whole."""

import csv
import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Answer:
    """An answer. rows: one page, each a value for every column (None where there is none).

    total: the whole number of rows, pages or not. notes: what a reader must know to read it rightly.
    query: the SPARQL that was run (empty for a search). There are no incomplete answers: `complete` is True.
    """

    question: str
    parameters: Mapping[str, str]
    columns: Sequence[str]
    rows: Sequence[Mapping[str, Any]]
    total: int
    notes: Sequence[str] = ()
    query: str = ""
    complete: bool = True

    def as_json(self) -> dict[str, Any]:
        """The object that `ask --output json` and the HTTP interface print."""
        return {
            "question": self.question,
            "parameters": dict(self.parameters),
            "columns": list(self.columns),
            "rows": [dict(row) for row in self.rows],
            "total": self.total,
            "complete": self.complete,
            "notes": list(self.notes),
        }

    def as_csv(self) -> str:
        """The rows as `ask --output csv` prints them."""
        return as_csv(self.columns, self.rows)


def as_csv(columns: Sequence[str], rows: Sequence[Mapping[str, Any]]) -> str:
    """RFC 4180 with a header line; lists of words joined by a semicolon, other structures as JSON."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow(columns)
    for row in rows:
        writer.writerow([_csv_cell(row.get(column)) for column in columns])
    return stream.getvalue()


def _csv_cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return ";".join(value)
    if isinstance(value, list | dict | bool):
        return json.dumps(value, ensure_ascii=False, sort_keys=True)
    return str(value)
