"""Tables read back by the csv module and by pandas, cell for cell."""

import csv
import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.exporters import About, Material, export
from onrecord.exporters.tables import is_formula


def table(content: bytes) -> list[dict[str, str]]:
    """Rows by column."""
    return list(csv.DictReader(io.StringIO(content.decode(), newline="")))


def same(cell: str, value: object) -> bool:
    """Whether a cell says the value."""
    if value is None:
        return cell == ""
    return cell == value if isinstance(value, str) else json.loads(cell) == value


@pytest.mark.parametrize("name", ["statements", "events"])
def test_every_cell_comes_back(material: Material, name: str) -> None:
    rows: Sequence[Mapping[str, Any]] = getattr(material, name)
    found = table(export("csv", material, table=name)[0].content)
    assert len(found) == len(rows)
    for cells, row in zip(found, rows, strict=True):
        assert all(same(cells[column], value) for column, value in row.items())


def test_lines_end_as_rfc_4180_says_and_the_first_names_the_columns(material: Material) -> None:
    content = export("csv", material, table="events")[0].content
    header, rest = content.split(b"\r\n", 1)
    assert header.decode().split(",")[:5] == ["event", "label", "kind", "when", "earliest"]
    assert rest.endswith(b"\r\n")
    assert not content.startswith(b"\xef\xbb\xbf")


def test_a_table_without_rows_has_its_header(material: Material) -> None:
    content = export("csv", replace(material, statements=()), table="statements")[0].content
    assert content.startswith(b"statement,speaker,speaker_label,")
    assert content.count(b"\r\n") == 1


def test_pandas_reads_the_citations_with_one_row_a_passage(material: Material) -> None:
    frame = pd.read_csv(io.BytesIO(export("edges-csv", material)[0].content))
    assert list(zip(frame["edge"], frame["start"], strict=True)) == [
        ("de-witt-first--attributed-to--ann-de-witt", 10),
        ("de-witt-first--attributed-to--ann-de-witt", 40),
        ("first-disputes-letter", 200),
        ("gazette--de-witt-first", 10),
        ("gazette--de-witt-first", 40),
        ("gazette--office-undated", 100),
        ("letter-cites-mou", 200),
        ("mirror--reports--office-reported", 30),
        ("mirror-cites-gazette", 0),
        ("office-reported--addressed-to--ann-de-witt", 30),
        ("office-reported--attributed-to--harbour-office", 30),
        ("office-undated--attributed-to--harbour-office", 100),
        ("office-undated--reported-by--mirror-news", 100),
        ("undated-cites-mou", 100),
    ]
    told = frame.loc[frame["edge"] == "mirror--reports--office-reported"].iloc[0]
    assert (told["text"], told["text_is"]) == ('Says that ships may enter, "soon".', "ours")
    twice = frame.loc[frame["edge"] == "gazette--de-witt-first"]
    assert list(zip(twice["evidence_number"], twice["evidence_count"], strict=True)) == [(1, 2), (2, 2)]
    assert set(frame.loc[frame["to"] == "harbour-mou", "to_in_degree"]) == {2}
    assert frame["from_pagerank"].between(0, 1).all()


def test_a_safe_table_has_no_cell_that_a_spreadsheet_runs(material: Material) -> None:
    safe, about = export("csv-safe", material, table="statements")
    plain = export("csv", material, table="statements")[0]
    listed = {(at["row"], at["column"]) for at in json.loads(about.content)["apostrophes"]}
    assert listed == {(1, "role"), (1, "text")}  # "@warden" and "=cmd|' /C calc'!A0"
    for number, (cells, original) in enumerate(
        zip(table(safe.content), table(plain.content), strict=True), 1
    ):
        for column, cell in cells.items():
            assert not cell.startswith(("=", "+", "-", "@", "\t", "\r"))
            assert cell == ("'" if (number, column) in listed else "") + original[column]


@given(st.lists(st.text(st.characters(codec="utf-8")), min_size=1, max_size=5))
def test_any_text_comes_back_from_both(texts: list[str]) -> None:
    rows = [{"statement": f"s{number}", "text": text} for number, text in enumerate(texts)]
    material = Material(About("T", "L", "1", "ab" * 32, None), statements=rows)
    assert [row["text"] for row in table(export("csv", material)[0].content)] == texts
    safe, about = export("csv-safe", material)
    listed = {at["row"] for at in json.loads(about.content)["apostrophes"] if at["column"] == "text"}
    cells = [row["text"] for row in table(safe.content)]
    assert [cell[1:] if number in listed else cell for number, cell in enumerate(cells, 1)] == texts
    assert not any(is_formula(cell) for cell in cells)


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+1",
        "-1",
        "@SUM(A1)",
        "\t=1",
        "\rx",
        "\n=1",
        "＝1",
        "＋1",
        "－1",
        "＠x",
        " =1",
        "\u200b=1",
        "\ufeff=1",
    ],
)
def test_what_spreadsheets_run_is_recognised(text: str) -> None:
    assert is_formula(text)


@pytest.mark.parametrize("text", ["", "1-1", "a=b", "'=1", "“=1”", "2018-05", "–5", "§ 3"])
def test_what_spreadsheets_show_is_left_alone(text: str) -> None:
    assert not is_formula(text)
