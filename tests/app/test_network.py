"""Network: the picture, the same references as a table, measures, files, and every state of the page."""

import json
import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from onrecord.config import Settings
from onrecord.workspace import Workspace

Visit = Callable[..., Any]
SVG = "{http://www.w3.org/2000/svg}"


def picture(page: Any) -> Any:
    """The picture that the page hands to its component."""
    given = [json.loads(element.proto.json)["given"] for element in page.test.get("bidi_component")]
    [drawn] = [each["svg"] for each in given if "svg" in each]
    return etree.fromstring(drawn.encode())


def rows(page: Any) -> list[str]:
    """Rows of the table of references."""
    [table] = re.findall(r'<table class="or-edges">.*?</table>', page.html, re.DOTALL)[:1]
    found: list[str] = re.findall(r"<tr><td.*?</tr>", table, re.DOTALL)
    return found


def test_the_whole_record_is_drawn_where_no_node_is_chosen(dossier: Settings, visit: Visit) -> None:
    page = visit(dossier, "network")
    drawn = picture(page)
    assert "114 nodes, 212 references" in page.text
    assert len(list(drawn.iter(f"{SVG}a"))) == 114
    assert len(rows(page)) == 25
    assert "References 1 to 25 of 212" in page.text


def test_a_deep_link_shows_who_refers_to_a_person(dossier: Settings, visit: Visit) -> None:
    # The articles print four statements of the minister: three of DIGIT's and GPonline's are printed words.
    page = visit(dossier, "network", id="margot-james")
    assert "Around Margot James" in page.text
    assert "5 nodes, 4 references" in page.text
    assert page.test.selectbox(key="field-id").value == "margot-james"
    links = {link.get("href") for link in picture(page).iter(f"{SVG}a")}
    assert "/network?id=digit-james-suspend" in links
    assert all("attributed to" in row for row in rows(page))
    assert "/statement?id=digit-james-suspend" in page.links
    assert "/actor?id=margot-james" in page.links


def test_a_row_has_date_evidence_and_its_place(dossier: Settings, visit: Visit) -> None:
    page = visit(dossier, "network", id="digit-james-suspend", direction="cited-by")
    # DIGIT prints “with immediate effect” (its fourth sentence) and is dated 10 May 2018 from outside.
    [row] = [row for row in rows(page) if ">quotes<" in row]
    assert "10 May 2018" in row
    assert "date from outside the articles" in row
    assert '<q class="or-edge-words">with immediate effect</q>' in row
    assert "/document?id=digit" in row
    assert re.search(r"characters \d+–\d+", row)


def test_our_words_are_never_between_quotation_marks(dossier: Settings, visit: Visit) -> None:
    page = visit(dossier, "network", id="ein-nhs-digital-confirmed")
    for row in rows(page):
        for ours in re.findall(r"In our words</span>([^<]*)", row):
            assert "“" not in ours
    assert "NHS Digital, in our words: The deal is going to be withdrawn altogether." in page.text
    assert "“The deal" not in page.text


def test_what_is_drawn_in_marks_is_printed_together(dossier: Settings, visit: Visit) -> None:
    visit(dossier, "network")
    network = sys.modules["parts.network"]
    every = network.nodes()
    with Workspace(dossier) as workspace:
        statements = {row["statement"]: row for row in workspace.ask("who-said-what").rows}
    checked = 0
    for node in every.values():
        for words in re.findall("“(.*)”", node.title) if node.noun == "statement" else ():
            pieces = [" ".join(segment["text"].split()) for segment in statements[node.slug]["segments"]]
            assert any(piece.startswith(words.removesuffix("…")) for piece in pieces), node.title
            checked += 1
    assert checked == sum(row["text_is"] == "printed" for row in statements.values()) > 20


@pytest.mark.parametrize(
    ("direction", "relations"),
    [("cites", {"discusses", "contains"}), ("cited-by", {"quotes", "reported by"})],
)
def test_direction_keeps_what_leads_from_or_to_it(
    direction: str, relations: set[str], dossier: Settings, visit: Visit
) -> None:
    page = visit(dossier, "network", id="mrn-email", direction=direction)
    found = {re.findall(r'data-head="Relation">([^<]*)', row)[0] for row in rows(page)}
    assert found == relations


def test_relations_and_dates_filter_and_are_kept_in_the_address(dossier: Settings, visit: Visit) -> None:
    page = visit(dossier, "network", id="mrn-email", relation="discusses,quotes", from_="2018-11-13")
    assert page.test.multiselect(key="field-relation").value == ["discusses", "quotes"]
    assert page.test.select_slider(key="field-months").value == ("2018-11", "2018-11")
    # The e-mail is of 12 November and drops out with what it says; the article of 14 November stays.
    assert {re.findall(r'data-head="Relation">([^<]*)', row)[0] for row in rows(page)} == {"quotes"}
    page.test.select_slider(key="field-months").set_range("2018-01", "2018-11")
    assert page.run().address == {"id": "mrn-email", "relation": "discusses,quotes", "from": "2018-01"}
    page.test.multiselect(key="field-relation").set_value([])
    assert page.run().address == {"id": "mrn-email", "from": "2018-01"}


def test_files_hold_what_is_shown(dossier: Settings, visit: Visit) -> None:
    page = visit(dossier, "network", id="mrn-email", depth="2", relation="discusses")
    query = "?depth=2&relation=discusses&around=mrn-email"
    for name in ("gexf", "graphml", "edges-csv", "network-svg", "edges-csv.about.json"):
        assert f"/export/{name}{query}" in page.links
    with Workspace(dossier) as workspace:
        filters = {"depth": "2", "relation": "discusses", "around": "mrn-email"}
        [gexf] = workspace.export("gexf", filters)
    ends = etree.fromstring(gexf.content).iter("{http://gexf.net/1.3}edge")
    assert len(list(ends)) == int(page.text.split(" references")[0].split()[-1]) > 0


def test_every_order_of_the_table_is_an_address(dossier: Settings, visit: Visit) -> None:
    page = visit(dossier, "network", id="mrn-email", sort="relation")
    found = [re.findall(r'data-head="Relation">([^<]*)', row)[0] for row in rows(page)]
    assert found == sorted(found)
    assert len(set(found)) > 2
    assert (
        '<th scope="col" aria-sort="ascending"><a href="/network?id=mrn-email&amp;sort=relation"' in page.html
    )
    assert "/network?id=mrn-email&sort=when" in page.links


def test_long_tables_come_in_pages_and_none_is_lost(dossier: Settings, visit: Visit) -> None:
    last = visit(dossier, "network", page="999")
    assert "References 201 to 212 of 212" in last.text
    assert len(rows(last)) == 12


def test_measures_are_explained_and_say_where_they_are_weak(dossier: Settings, visit: Visit) -> None:
    page = visit(dossier, "network", id="mrn-email")
    assert "five articles that copy one e-mail are one" in page.text
    assert "With 7 nodes a rank or a share is an impression" in page.text
    whole = visit(dossier, "network", by="sources")
    assert "is an impression" not in whole.text
    table = whole.html.split('<table class="or-measures">')[1]
    first = re.findall(r'<tr><th scope="row">.*?</tr>', table)[0]
    # All five articles refer to the memorandum, each by itself.
    assert "Memorandum of understanding between" in first
    assert re.findall(r"<td>(.*?)</td>", first)[:2] == ["5", "5"]
    assert table.count('<th scope="row">') == 12
    assert "/network?by=sources&all=yes" in whole.links
    assert visit(dossier, "network", all="yes").html.count('<th scope="row">') == 114


def test_the_way_to_another_node_is_told_step_by_step(dossier: Settings, visit: Visit) -> None:
    page = visit(dossier, "network", id="mrn-email", way="mou-parties")
    steps = re.findall(r"<li><a .*?</li>", page.html.split('<ol class="or-way">')[1])
    assert len(steps) == 3
    assert ["discusses" in steps[0], "contains" in steps[1], "attributed to" in steps[2]] == [True] * 3
    back = visit(dossier, "network", id="mou-parties", way="mrn-email")
    assert "The chain leads the other way." in back.text
    none = visit(dossier, "network", id="margot-james", way="mrn-email")
    assert "No chain of at most ten references joins them" in none.text


@pytest.mark.parametrize(
    ("query", "said", "offered"),
    [
        ({"id": "margot-jame"}, "No node ‘margot-jame’ is on record", "/network?id=margot-james"),
        ({"id": "mrn-email", "way": "digitt"}, "No node ‘digitt’", "/network?id=mrn-email&way=digit"),
        ({"relation": "critiqes"}, "no citation has the relation 'critiqes'", "/network?relation=critiques"),
        ({"id": "digit", "from": "May"}, "'from' is not a date", "/network?id=digit"),
        ({"id": "digit", "depth": "7"}, "expected 1 to 3", "/network?id=digit"),
        ({"id": "digit", "direction": "up"}, "no direction 'up'", "/network?id=digit"),
    ],
)
def test_a_wrong_value_is_named_with_what_was_meant(
    query: dict[str, str], said: str, offered: str, dossier: Settings, visit: Visit
) -> None:
    page = visit(dossier, "network", **query)
    assert said in page.text
    assert offered in page.links


def test_an_actor_without_references_is_on_record(dossier: Settings, visit: Visit) -> None:
    with Workspace(dossier) as workspace:
        touched = {end for edge in workspace.citations for end in (edge.from_, edge.to)}
        row = next(row for row in workspace.ask("actors").rows if row["actor"] not in touched)
    page = visit(dossier, "network", id=row["actor"])
    assert f"{row['label']} is on record, but no reference leads from or to it." in page.text


def test_an_empty_filter_says_how_many_there_are_without_it(dossier: Settings, visit: Visit) -> None:
    page = visit(dossier, "network", id="margot-james", from_="2030")
    assert "No references match." in page.text
    assert "4 match without the date limit" in page.text
    assert "/network?id=margot-james" in page.links


def test_references_without_a_date_stand_apart(example: Settings, visit: Visit) -> None:
    # The Town Courier prints no date; it quotes one, reports two, cites a report and the Valley Wire.
    page = visit(example, "network", from_="1900", to="2100")
    assert "5 references of the record have no date and are not in a span of dates." in page.text
    assert "References without a date, 5 of 5" in page.text
    undated = page.html.split("References without a date")[1]
    assert undated.count("date not known") == 5
    whole = visit(example, "network")
    assert "not in a span of dates" not in whole.text
    assert "date not known" in visit(example, "network", id="town-courier").text


def test_hostile_labels_show_as_text(example_copy: Path, build: Any, visit: Visit) -> None:
    path = example_copy / "actors" / "actors.yaml"
    text = path.read_text()
    label = re.findall(r"^ *label: (.*)$", text, re.MULTILINE)[0]
    path.write_text(
        text.replace(
            f"label: {label}", 'label: "<script>alert(1)</script> & \\"><img src=x onerror=alert(1)>"', 1
        )
    )
    page = visit(build(example_copy, example_copy / "captures"), "network")
    assert "<script" not in page.html
    svg = etree.tostring(picture(page), encoding="unicode")
    assert "<script" not in svg
    assert "<img" not in page.html + svg
