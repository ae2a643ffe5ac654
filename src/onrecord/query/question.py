"""A named question: a SPARQL file with a typed header.

The header is the comment lines at the top:

    # title: …                       one line
    # description: …                 one sentence
    # param: NAME TYPE required|optional "meaning"
    # column: NAME TYPE "meaning"    in the order of the answer
    # retracted: COLUMN …            rows whose column names a retracted record go; COLUMN.FIELD: of a list
    # finish: NAME                   what completes the rows (see `onrecord.query.finish`)
    # note: …                        a note that every answer carries

Parameter types: `actor source document instrument dossier event statement any` (a slug or an IRI of such a
record), `about` (a topic or such a record), `concept:SCHEME`, `edtf`, `words`, `id`, `integer` and
`choices:a|b|c` (one or more, separated by commas).
Column types: `text`, `concept:SCHEME` (a notation, as text), `integer`, `number`, `list` and
`records(field:type,…)`; a list arrives joined by U+001F, a record's fields by U+001E, neither of which the
record's texts can hold.

In the body, lines between `# given NAME` and `# end` stand only where that parameter is given; there
`VALUES ?asked_NAME { UNDEF }` takes its value as a term.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from onrecord.errors import ConfigurationError

_HEADER = re.compile(r"# (title|description|param|column|retracted|finish|note): (.+)")
_PARAMETER = re.compile(r'(\S+) (\S+) (required|optional) "([^"]+)"')
_COLUMN = re.compile(r'(\S+) (\S+) "([^"]+)"')
_RECORDS = re.compile(r"records\((.+)\)")


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter with its type (see the module), whether it must be given, and its meaning."""

    name: str
    type: str
    required: bool
    description: str

    @property
    def scheme(self) -> str | None:
        """The concept scheme that its values are of, if they are concepts."""
        return _scheme(self.type)

    @property
    def choices(self) -> tuple[str, ...]:
        """The words that it takes, if it takes only these."""
        return (
            tuple(self.type.removeprefix("choices:").split("|")) if self.type.startswith("choices:") else ()
        )


@dataclass(frozen=True, slots=True)
class Column:
    """A column with its type and meaning. `fields` are those of a column of records, with their types."""

    name: str
    type: str
    description: str

    @property
    def fields(self) -> tuple[tuple[str, str], ...]:
        """Name and type of each field of a column of records."""
        return _fields(self.type)

    @property
    def scheme(self) -> str | None:
        """The concept scheme that its values are of, if they are concepts."""
        return _scheme(self.type)


def _scheme(declared: str) -> str | None:
    return declared.removeprefix("concept:") if declared.startswith("concept:") else None


@cache
def _fields(column_type: str) -> tuple[tuple[str, str], ...]:
    match = _RECORDS.fullmatch(column_type)
    if match is None:
        return ()
    pairs = (field.partition(":") for field in match[1].split(","))
    return tuple((name, kind) for name, _, kind in pairs)


PAGING = (
    Parameter("limit", "integer", False, "most rows to give; the total is always whole"),
    Parameter("offset", "integer", False, "rows to leave out first"),
)
"""Parameters that every question takes."""


@dataclass(frozen=True)
class Question:
    """A named question as its file declares it; `body` is its SPARQL without the header."""

    name: str
    title: str
    description: str
    parameters: tuple[Parameter, ...]
    described: tuple[Column, ...]
    finish: str
    notes: tuple[str, ...]
    body: str
    retractable: tuple[str, ...] = ()

    @property
    def columns(self) -> list[str]:
        """Names of the columns, in order."""
        return [column.name for column in self.described]

    def as_json(self) -> dict[str, Any]:
        """Plain values for `ask --list --output json` and the OpenAPI page."""
        return {
            "name": self.name,
            "title": self.title,
            "description": self.description,
            "parameters": [
                {"name": p.name, "type": p.type, "required": p.required, "description": p.description}
                for p in self.parameters
            ],
            "columns": [
                {"name": c.name, "type": c.type, "description": c.description} for c in self.described
            ],
            "notes": list(self.notes),
        }


def read_question(path: Path) -> Question:
    """The question in a file; its name is the file's. Raises ConfigurationError for a malformed header."""
    text = path.read_text(encoding="utf-8")
    lines = text.splitlines()
    head = [_HEADER.fullmatch(line) for line in lines]
    length = next((number for number, match in enumerate(head) if match is None), len(lines))
    said: dict[str, list[str]] = {}
    for match in head[:length]:
        if match is not None:
            said.setdefault(match[1], []).append(match[2])
    if any(len(said.get(key, ())) != 1 for key in ("title", "description", "finish")):
        raise ConfigurationError(f"{path}: a question has one title, one description and one finish")
    parameters = tuple(
        Parameter(name, kind, must == "required", meaning)
        for name, kind, must, meaning in _parts(path, _PARAMETER, said.get("param", ()))
    )
    columns = tuple(Column(*parts) for parts in _parts(path, _COLUMN, said.get("column", ())))
    return Question(
        path.stem,
        said["title"][0],
        said["description"][0],
        (*parameters, *PAGING),
        columns,
        said["finish"][0],
        tuple(said.get("note", ())),
        "\n".join(lines[length:]) + "\n",
        _retractable(path, columns, said.get("retracted", []), "\n".join(lines[length:])),
    )


def _retractable(path: Path, columns: Sequence[Column], values: Sequence[str], body: str) -> tuple[str, ...]:
    """What names a record: columns that the query gives (declared or for the finish), or fields of lists."""
    names = tuple(name for value in values for name in value.split())
    fields = {f"{column.name}.{field}" for column in columns for field, _ in column.fields}
    strange = [name for name in names if name not in fields and not re.search(rf"\?{name}\b", body)]
    if strange:
        raise ConfigurationError(f"{path}: `retracted` names '{strange[0]}', which is no column")
    return names


def _parts(path: Path, pattern: re.Pattern[str], values: Sequence[str]) -> list[tuple[str, ...]]:
    found = []
    for value in values:
        match = pattern.fullmatch(value)
        if match is None:
            raise ConfigurationError(f"{path}: not a header line: {value}")
        found.append(match.groups())
    return found
