"""Rows as plain CSV (RFC 4180): comma, CRLF, one header line, UTF-8 without a mark.

A list or an object stands in its cell as JSON, a missing value as nothing. `csv-safe` is the same made safe
for spreadsheets: what a spreadsheet would run as a formula begins with an apostrophe, and the description
lists each such cell.
"""

import csv
import io
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from onrecord.exporters.characters import visible

STATEMENT_COLUMNS = (
    "statement", "speaker", "speaker_label", "named_as", "role", "mode", "text", "text_is", "segments",
    "when", "earliest", "latest", "date_basis", "venue", "addressee", "about", "stance", "reported_by",
    "published_by", "source", "source_file", "start", "end",
)  # fmt: skip
EVENT_COLUMNS = (
    "event", "label", "kind", "when", "earliest", "latest", "date_basis", "date_note", "certainty",
    "participants", "sources",
)  # fmt: skip

_FORMULA = re.compile(r"[\s\u200b-\u200f\u2060\ufeff]*[=+\-@＝＋－＠]|[\t\r\n\v\f\x00]")
"""What spreadsheets take for the beginning of a formula (OWASP, *CSV Injection*), invisible characters
before it and full-width forms included."""

_SURROGATE = re.compile("[\ud800-\udfff]")


def columns_of(rows: Iterable[Mapping[str, Any]], promised: Sequence[str]) -> tuple[str, ...]:
    """The promised columns, then those that rows have besides, in order of appearance."""
    further: dict[str, None] = {}
    for row in rows:
        further |= dict.fromkeys(name for name in row if name not in promised)
    return (*promised, *further)


def cell(value: object) -> str:
    """A value as the text of a cell."""
    if value is None:
        return ""
    if isinstance(value, str):
        text = value
    elif isinstance(value, bool):
        text = "true" if value else "false"
    elif isinstance(value, int | float):
        text = repr(value)
    else:
        text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return _SURROGATE.sub(lambda found: visible(found.group()), text)


def cells(rows: Iterable[Mapping[str, Any]], columns: Sequence[str]) -> list[list[str]]:
    """The table without its header."""
    return [[cell(row.get(name)) for name in columns] for row in rows]


def write_csv(table: Iterable[Sequence[str]], columns: Sequence[str], quote_all: bool = False) -> bytes:
    """The bytes of the file."""
    text = io.StringIO()
    writer = csv.writer(
        text, lineterminator="\r\n", quoting=csv.QUOTE_ALL if quote_all else csv.QUOTE_MINIMAL
    )
    writer.writerow(columns)
    writer.writerows(table)
    return text.getvalue().encode()


def is_formula(text: str) -> bool:
    """Whether a spreadsheet may take the cell for a formula, or lose its first character."""
    return _FORMULA.match(text) is not None


def made_safe(
    table: Sequence[Sequence[str]], columns: Sequence[str]
) -> tuple[list[list[str]], list[dict[str, int | str]]]:
    """The table with an apostrophe before each such cell, and which cells those are (row from 1, column)."""
    changed: list[dict[str, int | str]] = []
    safe = []
    for number, row in enumerate(table, start=1):
        safe.append([f"'{text}" if is_formula(text) else text for text in row])
        changed += [
            {"row": number, "column": name}
            for name, text in zip(columns, row, strict=True)
            if is_formula(text)
        ]
    return safe, changed
