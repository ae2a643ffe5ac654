"""What a named question or a search gives: rows in the field's words, whole."""

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
