"""Dates for people: never more precise than the evidence, always with how they are known."""

from collections.abc import Mapping
from typing import Any

from onrecord import edtf
from parts.markup import plain

BASES: Mapping[str, str] = {
    "stated": "date printed in the source",
    "relative": "date counted from the source’s own date",
    "inferred": "date inferred from the articles together",
    "outside": "date from outside the articles",
}
"""Basis of a date → what a reader is told."""


def in_words(when: str | None) -> str:
    """`9 May 2018`, `January 2018 (day not stated)`; a missing date says so."""
    return edtf.parse(when).display() if when else "date not known"


def briefly(when: str | None) -> str:
    """The same in few characters."""
    return edtf.parse(when).short() if when else "date not known"


def basis_in_words(row: Mapping[str, Any]) -> str:
    """How the date of a row is known; empty where the row does not say."""
    return BASES.get(row.get("date_basis") or "", row.get("date_basis") or "") if row.get("when") else ""


def in_order(row: Mapping[str, Any]) -> tuple[str, str, str]:
    """Sorts rows by their first possible day, where that is open by the last; rows without a date last."""
    return *_days(row), row["label"]


def then_place(row: Mapping[str, Any]) -> tuple[str, str, str, int]:
    """Sorts rows by their days as `in_order`, those of one day by source and place in it."""
    return *_days(row), row["source"], row["start"] or 0


def _days(row: Mapping[str, Any]) -> tuple[str, str]:
    return row["earliest"] or row["latest"] or "9999-99", row["latest"] or "9999-99"


def html(row: Mapping[str, Any], *, note: bool = True) -> str:
    """Date, basis and note of a row."""
    basis = basis_in_words(row)
    parts = [f'<span class="or-when">{plain(in_words(row["when"]))}</span>']
    if basis:
        parts.append(f'<span class="or-basis">{plain(basis)}</span>')
    if note and row.get("date_note"):
        parts.append(f'<span class="or-note">{plain(row["date_note"])}</span>')
    return " ".join(parts)
