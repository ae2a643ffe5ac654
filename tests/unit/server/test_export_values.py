"""Every filter of every export with values that are none: never a fault of ours."""

import pytest
from tests.serving import Served

from onrecord.cli import run
from onrecord.exporters import FORMATS
from onrecord.exporters.formats import TABLES, taken
from onrecord.workspace import Workspace

OWN = ("table", "lanes", "corrections-since")
NAMES = sorted(
    {*OWN, *(name for table in TABLES for form in FORMATS.values() for name in taken(form, table))}
)
ODD = ("", " ", ",", "/", "-1", "\u0660", "'\"<>{}", "%", "a" * 300)


@pytest.mark.parametrize("form", FORMATS)
def test_an_empty_value_is_no_fault_of_ours(server: Served, form: str) -> None:
    for ending in ("", ".about.json"):
        if ending and not FORMATS[form].sidecar:
            continue
        for name in NAMES:
            answer = server.get(f"/export/{form}{ending}", {name: ""})
            assert answer.status in (200, 400), (name, answer.body)
            if answer.status == 400:
                assert answer.json()["message"], name


@pytest.mark.parametrize("form", ["csv", "svg"])
def test_an_odd_value_is_no_fault_of_ours(server: Served, form: str) -> None:
    for name in NAMES:
        for value in ODD:
            answer = server.get(f"/export/{form}", {name: value})
            assert answer.status in (200, 400), (name, value, answer.body)


@pytest.mark.parametrize("name", ["csv", "csv-safe", "csv.about.json", "csv-safe.about.json"])
def test_an_empty_table_is_told_with_the_tables_that_there_are(server: Served, name: str) -> None:
    answer = server.get(f"/export/{name}?table=")
    assert answer.status == 400
    told = answer.json()
    assert told["error"] == "unknown-name"
    assert "'table'" in told["message"]
    assert told["hint"] == "tables: events, statements, citations"


def test_an_empty_table_is_told_on_the_command_line(
    workspace: Workspace, capfd: pytest.CaptureFixture[str]
) -> None:
    places = ["--data", str(workspace.settings.data), "--snapshot", str(workspace.settings.snapshot)]
    assert run(["export", "csv", "--table", "", *places]) == 2
    said = capfd.readouterr().err
    assert "'table'" in said
    assert "events, statements, citations" in said
