"""The curators' page on dates says what the code does."""

import re
from pathlib import Path

import pytest

from onrecord.edtf import EdtfError, parse

PAGE = (Path(__file__).parents[3] / "docs" / "dates.md").read_text(encoding="utf-8")


def _table(heading: str) -> list[list[str]]:
    """The cells of each row of the first table under a heading."""
    section = PAGE.partition(f"## {heading}\n")[2].partition("\n## ")[0]
    rows = [line.strip("|").split("|") for line in section.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in row] for row in rows[2:]]


WRITTEN = [row for row in _table("What to write") if row[1].startswith("`")]
WRONG = _table("When a date is wrong")


def test_the_tables_are_found() -> None:
    assert len(WRITTEN) > 20
    assert len(WRONG) > 5
    assert {row[0].strip("`") for row in _table("How we know: the basis")} == {
        "stated",
        "relative",
        "inferred",
        "outside",
    }


@pytest.mark.parametrize("row", WRITTEN, ids=lambda row: row[1])
def test_what_the_page_tells_to_write_is_shown_as_it_says(row: list[str]) -> None:
    assert parse(row[1].split("`")[1]).display() == row[2]


@pytest.mark.parametrize("row", WRONG, ids=lambda row: row[0])
def test_what_the_page_calls_wrong_is_answered_as_it_says(row: list[str]) -> None:
    with pytest.raises(EdtfError) as caught:
        parse(row[0].strip("`"))
    assert caught.value.column == int(row[1])
    assert caught.value.message.startswith(row[2])
    assert caught.value.suggestion == (None if row[3] == "—" else row[3].strip("`"))


def test_every_date_in_the_running_text_is_valid() -> None:
    prose = PAGE.partition("## When a date is wrong")[0]
    quoted = re.findall(r"`([0-9XY\[{./-][^` ]*)`", prose)
    dates = [text for text in quoted if any(sign.isdigit() or sign == "X" for sign in text) and text != "/"]
    assert len(dates) > 25
    for text in dates:
        assert parse(text).text == text
