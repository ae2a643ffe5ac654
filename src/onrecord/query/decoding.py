"""Rows of a result as plain values, by the types that the question's columns declare."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from onrecord.query.question import Column, Question
from onrecord.query.result import QueryResult

UNIT, FIELD = "\u001f", "\u001e"
"""What stands between the items of a list, and between the fields of a record."""


def number(text: str) -> int | float:
    """A JSON number: whole where it is whole."""
    value = Decimal(text)
    return int(value) if value == value.to_integral_value() else float(value)


_SCALARS: Mapping[str, Callable[[str], Any]] = {"text": str, "integer": int, "number": number}


def decode(question: Question, result: QueryResult) -> list[dict[str, Any]]:
    """Every row with a value for each declared column (None, or an empty list, where there is none).

    Columns that the query gives and the header does not declare come as text, for the finish to use.
    """
    readers = [(column.name, *_reader(column)) for column in question.described]
    declared = {column.name for column in question.described}
    extra = [name for name in result.columns if name not in declared]
    rows = []
    for terms in result.rows:
        row: dict[str, Any] = {
            name: read(terms[name]["value"]) if name in terms else absent() for name, read, absent in readers
        }
        for name in extra:
            row[name] = terms[name]["value"] if name in terms else None
        rows.append(row)
    return rows


def _reader(column: Column) -> tuple[Callable[[str], Any], Callable[[], Any]]:
    """What reads a column's values, and what stands where there is none; chosen once, not for each row."""
    if column.type == "list":
        return _list, list
    if column.fields:
        return lambda text: _records(column, text), list
    return _SCALARS["text" if column.scheme else column.type], lambda: None


def _list(text: str) -> list[str]:
    return sorted({item for item in text.split(UNIT) if item})


def _records(column: Column, text: str) -> list[dict[str, Any]]:
    records = {_record(column, item) for item in text.split(UNIT) if item}
    return [dict(record) for record in sorted(records, key=_order)]


def _record(column: Column, text: str) -> tuple[tuple[str, Any], ...]:
    values = text.split(FIELD)
    return tuple(
        (name, _SCALARS[kind](value) if value else None)
        for (name, kind), value in zip(column.fields, values, strict=True)
    )


def _order(record: tuple[tuple[str, Any], ...]) -> tuple[Any, ...]:
    return tuple((value is None, value if value is not None else "") for _, value in record)
