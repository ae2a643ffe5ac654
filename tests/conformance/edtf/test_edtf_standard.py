"""EDTF levels 0 to 2 as tables: each row names the part of the standard that it stands for.

Sections are headings of the Library of Congress specification (4 February 2019), "example n" its own
examples; clauses of ISO 8601 where it leaves the rule to them. Expected values were read from the standard.
"""

import csv
import datetime as dt
from pathlib import Path

import pytest

from onrecord.edtf import EdtfError, parse

HERE = Path(__file__).parent


def _rows(name: str) -> list[dict[str, str]]:
    with (HERE / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def _bound(cell: str) -> tuple[dt.date | None, int | None]:
    """The date and the year that a cell stands for: a date, `year n` outside 1 to 9999, or nothing."""
    if not cell:
        return None, None
    if cell.startswith("year "):
        return None, int(cell.removeprefix("year "))
    date = dt.date.fromisoformat(cell)
    return date, date.year


@pytest.mark.parametrize("row", _rows("valid.csv"), ids=lambda row: row["text"])
def test_a_valid_date_has_the_bounds_and_marks_of_the_standard(row: dict[str, str]) -> None:
    date = parse(row["text"])
    assert (date.earliest, date.earliest_year) == _bound(row["earliest"])
    assert (date.latest, date.latest_year) == _bound(row["latest"])
    assert date.kind == row["kind"]
    assert (date.approximate, date.uncertain) == (row["approximate"] == "yes", row["uncertain"] == "yes")
    assert date.text == row["text"]


@pytest.mark.parametrize("row", _rows("invalid.csv"), ids=lambda row: repr(row["text"]))
def test_an_invalid_date_is_named_with_its_column_and_a_suggestion(row: dict[str, str]) -> None:
    with pytest.raises(EdtfError) as caught:
        parse(row["text"])
    assert row["message"] in caught.value.message
    assert caught.value.column == int(row["column"])
    assert caught.value.suggestion == (row["suggestion"] or None)
    assert caught.value.text == row["text"]


@pytest.mark.parametrize(
    "row", [row for row in _rows("invalid.csv") if row["suggestion"]], ids=lambda r: r["text"]
)
def test_every_suggestion_is_itself_valid(row: dict[str, str]) -> None:
    assert parse(row["suggestion"]).text == row["suggestion"]


def test_the_table_holds_every_example_of_the_specification() -> None:
    found: dict[str, int] = {}
    for row in _rows("valid.csv"):
        heading, _, example = row["section"].partition(", example")
        if example and heading.startswith("L"):
            found[heading] = found.get(heading, 0) + 1
    assert found == {
        "L0 Date": 3,
        "L0 Date and Time": 4,
        "L0 Time Interval": 6,
        "L1 Letter-prefixed calendar year": 2,
        "L1 Seasons": 1,
        "L1 Qualification of a date (complete)": 3,
        "L1 Unspecified digit(s) from the right": 5,
        "L1 Extended Interval": 12,
        "L1 Negative calendar year": 1,
        "L2 Exponential year": 1,
        "L2 Significant digits": 3,
        "L2 Sub-year groupings": 1,
        "L2 Set representation": 9,
        "L2 Qualification": 4,  # its first example is the third of L1's complete qualification
        "L2 Unspecified Digit": 6,
        "L2 Interval": 2,
    }
