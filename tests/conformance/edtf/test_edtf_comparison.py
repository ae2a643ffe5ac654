"""Sure and possible against an asked stretch of time, gaps included."""

import csv
import datetime as dt
from pathlib import Path

import pytest

from onrecord.edtf import parse, possible, sure

with (Path(__file__).parent / "comparison.csv").open(encoding="utf-8", newline="") as lines:
    ROWS = list(csv.DictReader(lines))


def _bound(cell: str) -> dt.date | None:
    return dt.date.fromisoformat(cell) if cell else None


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['text']} {row['from']}..{row['to']}")
def test_a_date_lies_surely_or_possibly_in_an_asked_stretch(row: dict[str, str]) -> None:
    date, start, end = parse(row["text"]), _bound(row["from"]), _bound(row["to"])
    assert sure(date, start, end) == (row["sure"] == "yes")
    assert possible(date, start, end) == (row["possible"] == "yes")
