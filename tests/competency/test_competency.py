"""Questions that journalists, campaigners and researchers ask, answered through the product.

The answers in `published.py` and `further.py` were read from the articles, never from the product.
"""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from onrecord.workspace import Workspace

from .case import Case
from .further import FURTHER
from .published import PUBLISHED

ROOT = Path(__file__).resolve().parents[2]
CATEGORIES = {
    "who-said-what-when", "point-in-time", "role-at-time", "sequence-duration", "counting", "figures",
    "provisions", "conflict", "provenance", "citation-path", "negative",
}  # fmt: skip


def holds(row: Mapping[str, Any], part: Mapping[str, Any]) -> bool:
    """Whether a row has these values."""
    return all(name in row and value == row[name] for name, value in part.items())


@pytest.mark.parametrize("case", [*PUBLISHED, *FURTHER], ids=lambda case: case.id)
def test_the_record_answers(workspace: Workspace, case: Case) -> None:
    answers = [workspace.ask(name, parameters) for name, parameters in case.ask]
    for number, answer in enumerate(answers):
        rows = answer.rows
        for part in case.has[number] if case.has else ():
            assert any(holds(row, part) for row in rows), f"no row has {part} among {rows}"
        for part in case.lacks[number] if case.lacks else ():
            assert not any(holds(row, part) for row in rows), f"a row has {part}"
        if case.total and case.total[number] is not None:
            assert answer.total == case.total[number], [dict(row) for row in rows]
        for column, values in (case.values[number] if number < len(case.values) else {}).items():
            assert {row[column] for row in rows} == values
    for note in case.notes:
        assert any(note in said for answer in answers for said in answer.notes)
    if case.derived is not None:
        work_out, expected = case.derived
        assert work_out([answer.rows for answer in answers]) == expected


def test_every_case_says_something_that_can_fail() -> None:
    for case in (*PUBLISHED, *FURTHER):
        totals = [total for total in case.total if total is not None]
        claims = [*case.has, *case.lacks, *case.values]
        assert any(claims) or totals or case.derived, case.id


def test_the_cases_are_named_once_and_cover_every_category() -> None:
    ids = [case.id for case in (*PUBLISHED, *FURTHER)]
    assert len(ids) == len(set(ids))
    assert {case.category for case in FURTHER} == CATEGORIES
    assert len(FURTHER) >= 51


def test_every_published_question_has_a_case() -> None:
    """The list of questions is kept outside of the repository; where it is at hand, none is left out."""
    published = ROOT.parent / "shared" / "questions" / "competency.json"
    ids = {case.id for case in PUBLISHED}
    if published.is_file():
        assert ids == {question["id"] for question in json.loads(published.read_text(encoding="utf-8"))}
    assert len(ids) == 51
