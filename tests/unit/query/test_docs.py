"""The pages about questions and queries say what is so."""

import re
from pathlib import Path

import pytest

from onrecord.query import Questions
from onrecord.query.reference import page
from onrecord.workspace import Workspace

DOCS = Path(__file__).resolve().parents[3] / "docs"
QUERYING = (DOCS / "querying.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"\*\*(.+?)\*\*\n\n```sparql\n(.+?)```", QUERYING, re.DOTALL)


def test_the_reference_of_questions_is_that_of_the_files(questions: Questions) -> None:
    written = (DOCS / "questions.md").read_text(encoding="utf-8")
    assert written == page(questions), "`make docs` writes the page anew"


@pytest.mark.parametrize("query", [query for _, query in EXAMPLES], ids=[title for title, _ in EXAMPLES])
def test_every_example_gives_rows(workspace: Workspace, query: str) -> None:
    assert workspace.query(query).rows


def test_there_are_examples() -> None:
    assert len(EXAMPLES) == QUERYING.count("```sparql") >= 5


def test_a_program_can_ask_as_the_page_shows(
    workspace: Workspace, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (program,) = re.findall(r"```python\n(.+?)```", QUERYING, re.DOTALL)
    monkeypatch.setattr("onrecord.workspace.open_workspace", lambda _: Workspace(workspace.settings))
    exec(compile(program, "querying.md", "exec"), {})  # noqa: S102  our own page
    assert "No longer will the names of overstayers" in capsys.readouterr().out
