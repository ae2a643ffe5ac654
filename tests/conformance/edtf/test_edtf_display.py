"""Dates in plain English: what is printed, and that nothing is said more precisely than it is written."""

import csv
from pathlib import Path

import pytest

from onrecord.edtf import parse

with (Path(__file__).parent / "display.csv").open(encoding="utf-8", newline="") as lines:
    ROWS = list(csv.DictReader(lines))


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["text"])
def test_a_date_is_displayed_with_its_precision(row: dict[str, str]) -> None:
    date = parse(row["text"])
    assert date.display() == row["display"]
    assert date.short() == row["short"]
    assert date.precision == row["precision"]
