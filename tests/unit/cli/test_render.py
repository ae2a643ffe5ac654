"""Answers on paper: tables, blocks and CSV."""

import csv
import io
from typing import Any

import pytest

from onrecord.cli.render import as_text, plain
from onrecord.snapshot.answer import as_csv

CELLS: dict[str, tuple[Any, str]] = {
    "nothing": (None, ""),
    "a truth": (True, "yes"),
    "a list": (["a", "b"], "a; b"),
    "a record": ({"start": 1, "end": None, "text": "x"}, "start 1, text x"),
    "a list of records": ([{"a": 1}, {"a": 2}], "a 1; a 2"),
    "a paragraph break": ("one\n\ntwo", "one  two"),
    "an escape sequence": ("\x1b[31mred", "<U+001B>[31mred"),
    "a bidi override": ("a\u202eb", "a<U+202E>b"),
    "a no-break space": ("said:\u00a0x", "said:\u00a0x"),
}


@pytest.mark.parametrize("cell", CELLS)
def test_a_cell_is_one_plain_line(cell: str) -> None:
    value, shown = CELLS[cell]
    assert plain(value) == shown


def test_what_fits_is_a_table() -> None:
    assert as_text(["a", "long"], [{"a": "1", "long": "x"}, {"a": "22", "long": None}], width=20) == (
        "a   long\n--  ----\n1   x\n22"
    )


def test_what_does_not_fit_is_a_block_a_row_without_loss() -> None:
    words = "a very long text that goes on and on"
    text = as_text(["a", "long"], [{"a": "1", "long": words}, {"a": "2", "long": None}], width=20)
    first, second = text.split("\n\n")
    assert first.startswith("a     1\nlong  ")
    assert words in " ".join(first.split())
    assert second == "a     2"


def test_csv_comes_back_as_it_was() -> None:
    rows: list[dict[str, Any]] = [
        {"a": 'quote " and, comma', "b": ["x", "y"], "c": None},
        {"a": "line\nbreak", "b": [], "c": 3},
    ]
    read = list(csv.DictReader(io.StringIO(as_csv(["a", "b", "c"], rows), newline="")))
    assert read == [
        {"a": 'quote " and, comma', "b": "x;y", "c": ""},
        {"a": "line\nbreak", "b": "", "c": "3"},
    ]
    assert as_csv(["a"], []).endswith("a\r\n")
