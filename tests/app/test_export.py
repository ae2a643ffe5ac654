"""Export: what for, what goes in, what comes out; the same file as everywhere else."""

from collections.abc import Callable
from html import unescape
from typing import Any

import pytest

from onrecord.config import Settings
from onrecord.workspace import Workspace

Visit = Callable[..., Any]


def beginning(page: Any) -> str:
    """The first characters of the file, as the page shows them."""
    return unescape(page.html.partition('The beginning of the file">')[2].partition("</pre>")[0])


def test_every_format_is_offered_under_the_tools_that_read_it(dossier: Settings, visit: Visit) -> None:
    page = visit(dossier, "export")
    with Workspace(dossier) as workspace:
        for each in workspace.export_formats():
            assert f"/export?format={each.name}" in page.links
            assert each.for_tool in page.text
    assert "What comes out" not in page.text  # nothing is written before something is chosen


def test_a_format_shows_its_counts_its_licence_and_its_beginning(dossier: Settings, visit: Visit) -> None:
    page = visit(dossier, "export", format="csl-json")
    assert "Licence https://creativecommons.org/licenses/by/4.0/" in page.text
    assert "Cut-off 2018-11-14, the latest publication among the sources" in page.text
    assert "DIGIT, Electronic Immigration Network, GPonline, HuffPost UK, PublicTechnology" in page.text
    assert beginning(page).startswith("[")


@pytest.mark.parametrize("name", ["gexf", "csv", "nquads", "ris"])
def test_the_file_is_the_one_that_is_named(dossier: Settings, visit: Visit, name: str) -> None:
    page = visit(dossier, "export", format=name, source="digit")
    given = {"source": "digit"} | ({"table": "statements"} if name == "csv" else {})
    with Workspace(dossier) as workspace:
        file = workspace.export(name, given)[0]
    assert f"Download {file.name}" in page.text
    assert f"/export/{name}?source=digit{'&table=statements' if name == 'csv' else ''}" in page.links
    begun = beginning(page)
    assert len(begun) > 200
    assert file.content.decode().replace("\r\n", "\n").startswith(begun)


def test_a_table_takes_its_own_filters_only(dossier: Settings, visit: Visit) -> None:
    labels = [menu.label for menu in visit(dossier, "export", format="csv", table="events").test.selectbox]
    assert "Kind of event" in labels
    assert "Speaker" not in labels
    labels = [menu.label for menu in visit(dossier, "export", format="csv").test.selectbox]
    assert "Speaker" in labels
    assert "Kind of event" not in labels


def test_the_command_line_says_the_same(dossier: Settings, visit: Visit) -> None:
    page = visit(dossier, "export", format="gexf", speaker="margot-james", contains="immediate effect")
    assert "onrecord export gexf --speaker margot-james --contains 'immediate effect'" in page.text


def test_wrong_formats_filters_and_dates_are_explained(dossier: Settings, visit: Visit) -> None:
    assert "/export?format=gexf" in visit(dossier, "export", format="gexff").links
    page = visit(dossier, "export", format="gexf", speaker="margot-jame")
    assert any("speaker=margot-james" in link for link in page.links)
    assert "Did you mean" in page.text
    page = visit(dossier, "export", format="csv", **{"from": "2018-13"})
    assert "there is no month 13" in page.text
    assert "What comes out" not in page.text


def test_filters_that_leave_nothing_say_so_in_the_counts(dossier: Settings, visit: Visit) -> None:
    page = visit(dossier, "export", format="csv", contains="zebra")
    assert "0 rows" in page.text


def test_of_two_wrong_filters_one_is_told_of_and_mended_as_itself(dossier: Settings, visit: Visit) -> None:
    page = visit(dossier, "export", format="csv", speaker="margot-jame", stance="opose")
    assert "'margot-jame'" in page.text
    assert "/export?format=csv&speaker=margot-james&stance=opose" in page.links
    assert not any("speaker=oppose" in link for link in page.links)


def test_how_far_to_go_is_not_blamed_for_a_date_that_cannot_be_read(dossier: Settings, visit: Visit) -> None:
    page = visit(dossier, "export", format="gexf", around="margot-james", depth="2", from_="nonsense")
    assert "'from' is not a date" in page.text
    assert "/export?format=gexf&depth=2&around=margot-james" in page.links
