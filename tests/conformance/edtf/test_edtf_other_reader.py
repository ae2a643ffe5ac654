"""A second, independent reader, the library `edtf`, reads the valid table as we do, save where we say why.

`other_reader.csv` lists every difference with what that library does and why we differ; a difference that
has gone must leave the list.
"""

import contextlib
import csv
import io
from pathlib import Path
from typing import Any

import pytest
from edtf import parse_edtf
from edtf.parser.edtf_exceptions import EDTFParseException

from onrecord.edtf import Edtf, parse

HERE = Path(__file__).parent
Bound = tuple[int, ...] | None


def _rows(name: str) -> list[dict[str, str]]:
    with (HERE / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


DIFFERENCES = {row["text"]: row for row in _rows("other_reader.csv")}
TEXTS = [row["text"] for row in _rows("valid.csv")]


def _their_bound(bound: Any) -> Bound:
    return None if isinstance(bound, float) else tuple(bound[:3])  # a float is minus or plus infinity


def _theirs(text: str) -> tuple[Bound, Bound] | str:
    """The other reader's bounds, or what became of the text: `refused`, or the name of its exception."""
    try:
        with contextlib.redirect_stdout(io.StringIO()):  # it prints before it raises
            date = parse_edtf(text)
            return _their_bound(date.lower_strict()), _their_bound(date.upper_strict())
    except EDTFParseException:
        return "refused"
    except (AttributeError, TypeError, ValueError) as error:
        return type(error).__name__


def _ours(date: Edtf) -> tuple[Bound, Bound]:
    return date.extent


@pytest.mark.parametrize("text", TEXTS)
def test_the_other_reader_agrees_or_the_difference_is_listed(text: str) -> None:
    theirs, ours = _theirs(text), _ours(parse(text))
    if text not in DIFFERENCES:
        assert theirs == ours
        return
    assert theirs != ours, "the difference has gone: strike it from other_reader.csv"
    expected = DIFFERENCES[text]["other_reader"]
    if isinstance(theirs, str) or expected in ("refused", "AttributeError", "TypeError", "ValueError"):
        assert theirs == expected


def test_every_listed_difference_is_in_the_table() -> None:
    assert sorted(set(DIFFERENCES) - set(TEXTS)) == []
