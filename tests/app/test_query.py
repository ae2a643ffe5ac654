"""Query: questions from menus, ready queries and SPARQL; the whole answer, or one error with its place."""

import csv
import html
import io
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from onrecord.config import Settings
from onrecord.query import Questions
from onrecord.workspace import Workspace

Visit = Callable[..., Any]
MOU = "nhs-digital-home-office-mou"


@pytest.fixture
def asked(example: Settings, visit: Visit) -> Callable[[str], Any]:
    """The page with a query of the address, with the plain field."""
    return lambda query: visit(example, "query", q=query, editor="plain")


def component(page: Any) -> dict[str, Any]:
    """What the editor on a page is given."""
    (drawn,) = (each for each in page.test.get("bidi_component") if "/editor.js" in each.proto.json)
    given: dict[str, Any] = json.loads(drawn.proto.json)
    return given


def sent(page: Any) -> str:
    """What the page shows of the answer as it was sent."""
    (shown,) = re.findall(r'<pre class="or-raw"[^>]*>(.*?)</pre>', page.html, re.DOTALL)
    return html.unescape(shown)


# -- the start ---------------------------------------------------------------------------------------


def test_every_question_has_a_card_and_every_ready_query_a_link(example: Settings, visit: Visit) -> None:
    page = visit(example, "query")
    for question in Questions.load():
        assert page.html.count(f'href="/query?question={question.name}"') == 1, question.name
        assert question.title in page.text
        assert question.description in page.text
    assert "Asks for: instrument, date" in page.text
    assert len([link for link in page.links if link.startswith("/query?saved=")]) > 8


def test_the_limits_are_stated(example: Settings, visit: Visit, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ONRECORD_TIME_LIMIT_S", "7")
    monkeypatch.setenv("ONRECORD_RESULT_LIMIT_MB", "3")
    text = visit(example, "query").text
    assert "takes 7 s at most" in text
    assert "3 MB in size" in text
    assert "64 KiB" in text


# -- questions from menus -----------------------------------------------------------------------------


def test_what_must_be_chosen_is_said_before_it_is_asked(example: Settings, visit: Visit) -> None:
    page = visit(example, "query", question="status-on")
    assert "To ask this, choose: instrument, date." in page.text
    assert 'role="alert"' not in page.html
    assert page.test.selectbox(key="ask-status-on-instrument").label == "Instrument (required)"


def test_what_is_asked_goes_into_the_address_in_one_step(dossier: Settings, visit: Visit) -> None:
    page = visit(dossier, "query", question="who-said-what")
    speaker = page.test.selectbox(key="ask-who-said-what-speaker")
    assert "Margot James · margot-james" in speaker.options
    speaker.set_value("margot-james")
    page.test.text_input(key="ask-who-said-what-contains").set_value("names of overstayers")
    page.test.button[0].click()
    page.run()
    assert page.address == {
        "question": "who-said-what",
        "speaker": "margot-james",
        "contains": "names of overstayers",
    }
    assert "2 rows, the whole answer" in page.text
    assert "No longer will the names of overstayers and illegal entrants be sought" in page.text


def test_an_answer_shows_words_as_printed_dates_in_words_and_names_as_links(
    dossier: Settings, visit: Visit
) -> None:
    page = visit(dossier, "query", question="who-said-what", speaker="margot-james")
    assert "/actor?id=margot-james" in page.links
    assert "/document?id=gponline" in page.links
    assert 'class="or-printed"><span class="or-value">with immediate effect</span>' in page.html
    assert "9 May 2018" in page.text
    assert "cut_off: 2018-11-14" in page.text
    assert "Empty in every row: reported_by" in page.text
    assert "code point after the last" in page.text, "the columns are explained"


def test_an_answer_can_be_taken_along(dossier: Settings, visit: Visit) -> None:
    page = visit(dossier, "query", question="who-said-what", speaker="margot-james", from_="2018-05-01")
    assert "/api/ask/who-said-what?speaker=margot-james&from=2018-05-01" in page.links
    assert "/query?question=who-said-what&speaker=margot-james&from=2018-05-01" in page.links
    shown = page.html.partition("The SPARQL that answers")[2]
    assert "VALUES ?asked_speaker { &quot;margot-james&quot; }" in shown
    (query,) = (link for link in page.links if link.startswith("/query?q="))
    text = parse_qs(urlsplit(query).query)["q"][0]
    with Workspace(dossier) as workspace:
        assert len(workspace.query(text).rows) > 0


def test_the_sparql_of_an_answer_opens_in_the_editor(dossier: Settings, visit: Visit) -> None:
    page = visit(dossier, "query", question="dossiers")
    (link,) = (each for each in page.links if each.startswith("/query?q="))
    text = parse_qs(urlsplit(link).query)["q"][0]
    opened = visit(dossier, "query", q=text, editor="plain")
    assert opened.test.text_area(key="query-text").value == text
    assert "1 row, the whole answer" in opened.text


@pytest.mark.parametrize(
    ("given", "said", "link"),
    [
        ({"speaker": "margot-jame"}, "margot-jame", "/query?question=who-said-what&speaker=margot-james"),
        ({"speaker": MOU}, "is an instrument", "/query?question=who-said-what&speaker=nhs"),
        ({"stance": "opose"}, "opose", "/query?question=who-said-what&stance=oppose"),
        ({"from": "2018-13"}, "no month 13", "/query?question=who-said-what"),
    ],
)
def test_a_value_that_is_wrong_is_explained_with_what_was_meant(
    given: dict[str, str], said: str, link: str, dossier: Settings, visit: Visit
) -> None:
    page = visit(dossier, "query", question="who-said-what", **given)
    assert 'role="alert"' in page.html
    assert said in page.text
    assert link in page.links


def test_an_unknown_question_offers_what_was_meant(example: Settings, visit: Visit) -> None:
    page = visit(example, "query", question="timelin")
    assert "No question ‘timelin’ is on record" in page.text
    assert "/query?question=timeline" in page.links


def test_nothing_found_says_what_was_searched(dossier: Settings, visit: Visit) -> None:
    page = visit(dossier, "query", question="who-said-what", contains="no such words anywhere")
    assert "0 rows, the whole answer" in page.text
    assert "Nothing on record answers this." in page.text
    assert "sources searched: digit" in page.text


def test_counts_are_drawn_with_the_table_below_them(dossier: Settings, visit: Visit) -> None:
    page = visit(dossier, "query", question="counts", by="source")
    (chart,) = page.test.get("vega_lite_chart")
    assert chart.proto.alt.startswith("Bar chart of statements by source: 5 bars, most ")
    assert page.html.count('<tr role="row">') == 1 + 5
    assert not visit(dossier, "query", question="counts", by="source", view="table").test.get(
        "vega_lite_chart"
    )


def test_every_question_that_needs_nothing_is_answered(dossier: Settings, visit: Visit) -> None:
    with Workspace(dossier) as workspace:
        totals = {
            question.name: workspace.ask(question.name).total
            for question in workspace.list_questions()
            if not any(parameter.required for parameter in question.parameters)
        }
    assert len(totals) > 10
    for name, total in totals.items():
        page = visit(dossier, "query", question=name)
        assert f"{total:,} row{'' if total == 1 else 's'}, the whole answer" in page.text, name
        assert 'role="alert"' not in page.html, name


def test_a_long_answer_has_pages_and_says_which_rows_these_are(dossier: Settings, visit: Visit) -> None:
    page = visit(dossier, "query", question="vocabulary", page="2")
    total = int(page.text.partition(" rows, the whole answer")[0].rpartition(" ")[2])
    assert total > 100
    assert f"Rows 51 to 100 of {total}." in page.text
    assert "/query?question=vocabulary&page=3" in page.links
    assert page.html.count('<tr role="row">') == 1 + 50


# -- SPARQL -------------------------------------------------------------------------------------------


def test_a_query_of_the_address_is_shown_and_run(asked: Callable[[str], Any]) -> None:
    page = asked("SELECT ?a ?b { VALUES (?a ?b) { (1 'x') (2 UNDEF) } }")
    assert "2 rows, the whole answer" in page.text
    assert [cell.strip() for cell in page.text.partition("a b ")[2].split(" ")[:3]] == ["1", "x", "2"]
    assert page.test.text_area(key="query-text").value.startswith("SELECT ?a ?b")


def test_a_query_that_is_run_goes_into_the_address(example: Settings, visit: Visit) -> None:
    page = visit(example, "query", editor="plain")
    page.test.text_area(key="query-text").input("ASK { ?s ?p ?o }")
    page.test.button[0].click()
    assert page.run().address == {"q": "ASK { ?s ?p ?o }", "editor": "plain"}
    assert "The answer is yes" in page.text


def test_the_editor_gets_the_text_and_addresses_for_suggestions_never_the_vocabulary(
    example: Settings, visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    visit(example, "query", editor="plain")
    monkeypatch.setattr("parts.component.is_built", lambda name: name == "editor")
    page = visit(example, "query", q="ASK {}")
    given = component(page)
    assert given["given"]["text"] == "ASK {}"
    assert given["given"]["address"] == "/query?q=ASK+%7B%7D"
    assert given["given"]["vocabulary"] == "/api/ask/vocabulary"
    assert len(json.dumps(given)) < 2000
    assert not page.test.text_area


def test_a_wrong_query_is_marked_in_the_editor(
    example: Settings, visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    visit(example, "query", editor="plain")
    monkeypatch.setattr("parts.component.is_built", lambda name: name == "editor")
    page = visit(example, "query", q="SELECT *\nWHERE { ?s ?p ?o \n")
    faults = [json.loads(each.proto.json)["given"].get("fault") for each in page.test.get("bidi_component")]
    (fault,) = filter(None, faults)
    assert (fault["line"], fault["column"]) == (2, 7)
    assert fault["message"] in page.text


def test_an_installation_without_the_editor_has_a_plain_field_and_says_so(
    example: Settings, visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    visit(example, "query", editor="plain")
    monkeypatch.setattr("parts.component.is_built", lambda _: False)
    page = visit(example, "query", q="ASK {}")
    assert page.test.text_area(key="query-text").label == "SPARQL query"
    assert "was not built with this installation" in page.text
    assert "The answer is yes" in page.text
    assert not page.test.get("bidi_component")


@pytest.mark.parametrize(
    ("query", "line", "column"),
    [
        ("SELECT ?s WHERE {\n  ?s ?p ;;; }}\n}", 2, 14),
        ("SELECT *\nWHERE { ?s ?p ?o \n", 2, 7),
        ("SELECT * {\n  SERVICE <http://example.org/> { ?s ?p ?o }\n}", 2, 3),
    ],
)
def test_a_wrong_query_names_line_and_column_and_points(
    query: str, line: int, column: int, asked: Callable[[str], Any]
) -> None:
    page = asked(query)
    assert f"line {line}, column {column}" in page.text.lower()
    before, _, pointed = page.html.partition("<pre>")[2].partition("</pre>")[0].partition("\n")
    assert before.startswith(f"{line:>4} │ ")
    assert pointed == " " * (7 + column - 1) + "^"
    assert "or-sheet" not in page.html


def test_an_answer_over_a_limit_names_the_limit_and_keeps_the_text(
    asked: Callable[[str], Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ONRECORD_TIME_LIMIT_S", "1")
    slow = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
    page = asked(slow)
    assert "No answer within the limits" in page.text
    assert "time_limit_s = 1" in page.text
    assert "ask for less" in page.text
    assert page.test.text_area(key="query-text").value == slow


def test_every_ready_query_answers_something(dossier: Settings, visit: Visit, repo: Path) -> None:
    names = sorted(path.stem for path in (repo / "app" / "examples").glob("*.rq"))
    assert len(names) > 8
    for name in names:
        found = visit(dossier, "query", saved=name, editor="plain")
        assert "the whole answer" in found.text, name
        assert "found nothing" not in found.text, name
        assert 'role="alert"' not in found.html, name


def test_a_ready_query_that_is_not_there_offers_what_was_meant(example: Settings, visit: Visit) -> None:
    page = visit(example, "query", saved="events-in-ordre")
    assert "No saved query ‘events-in-ordre’ is on record" in page.text
    assert "/query?saved=events-in-order" in page.links


def test_names_of_the_record_are_links_and_those_of_others_are_not(asked: Callable[[str], Any]) -> None:
    page = asked(
        "SELECT * { VALUES ?x { <id/actor/x> <id/claim/y> <kind/letter> <ns#Person> <http://example.org/z> "
        "<javascript:alert(1)> <id/actor/x?y> } }"
    )
    body = page.html.partition("<tbody")[2].partition("</tbody>")[0]
    assert 'href="/actor?id=x"' in body
    assert 'href="/id/claim/y"' in body
    assert 'href="/kind/letter"' in body
    assert 'href="/ns#Person"' in body
    assert body.count("href=") == 4
    assert "&lt;javascript:alert(1)&gt;" in body


def test_a_graph_is_shown_and_nothing_found_says_so(asked: Callable[[str], Any]) -> None:
    page = asked("CONSTRUCT { <id/actor/x> a <ns#Person> } {}")
    assert "1 triple, the whole answer" in page.text
    assert "onr:Person" in sent(page)
    assert [button.label for button in page.test.get("download_button")] == [
        "Download Turtle",
        "Download N-Triples",
        "Download JSON-LD",
    ]
    assert "The query ran and found nothing." in asked("SELECT ?s { ?s ?s ?s }").text


def test_numbers_by_category_and_by_date_are_drawn(asked: Callable[[str], Any]) -> None:
    by_name = asked("SELECT * { VALUES (?who ?n) { ('b' 3) ('a' 7) } }")
    (chart,) = by_name.test.get("vega_lite_chart")
    assert chart.proto.alt == (
        "Bar chart of n by who: 2 bars, most 7 (a), least 3 (b). The table below holds the same."
    )
    by_date = asked("SELECT * { VALUES (?n ?month) { (3 '2018-05') (7 '2018-01') } }")
    (chart,) = by_date.test.get("vega_lite_chart")
    assert "from 2018-01 to 2018-05" in chart.proto.alt
    for query in (
        "SELECT * { VALUES (?who ?n) { ('a' 3) ('a' 7) } }",  # a name twice
        "SELECT * { VALUES (?who ?n) { ('a' 3) } }",  # one bar
        "SELECT * { VALUES (?who ?n ?m) { ('a' 3 1) ('b' 7 2) } }",  # which number?
        "SELECT * { VALUES (?who ?n) { ('a' 3) ('b' UNDEF) } }",  # a number is missing
    ):
        assert not asked(query).test.get("vega_lite_chart"), query


def test_an_answer_as_it_was_sent_says_how_much_of_it_is_shown(example: Settings, visit: Visit) -> None:
    query = "SELECT ?s ?p ?o { ?s ?p ?o } LIMIT 400"
    page = visit(example, "query", q=query, editor="plain", view="raw")
    assert "The first 20,000 of " in page.text
    assert len(sent(page)) == 20_000
    short = visit(example, "query", q="SELECT (1 AS ?n) {}", editor="plain", view="raw")
    assert json.loads(sent(short))["results"]["bindings"][0]["n"]["value"] == "1"
    assert "The first" not in short.text


def test_a_query_that_is_too_long_for_an_address_is_kept_and_says_so(example: Settings, visit: Visit) -> None:
    page = visit(example, "query", editor="plain")
    long = "ASK { ?s ?p ?o } # " + "x" * 9000
    page.test.text_area(key="query-text").input(long)
    page.test.button[0].click()
    page.run()
    assert page.address == {"editor": "plain"}
    assert "too long for an address" in page.text
    assert "The answer is yes" in page.text
    assert page.test.text_area(key="query-text").value == long
    assert page.run().test.text_area(key="query-text").value == long


def test_markup_and_hidden_characters_in_a_result_stay_text(asked: Callable[[str], Any]) -> None:
    page = asked("SELECT ('<b>x</b>' AS ?a) ('\\u202Ey' AS ?b) {}")
    assert "&lt;b&gt;x&lt;/b&gt;" in page.html
    assert "⟨U+202E⟩y" in page.html


def test_a_very_long_value_says_that_it_is_cut(asked: Callable[[str], Any]) -> None:
    page = asked(f"SELECT ('{'x' * 2000}' AS ?a) {{}}")
    assert "first 1,500 of 2,000 characters; the downloads have all" in page.text


def test_the_file_of_a_question_holds_every_row(dossier: Settings) -> None:
    with Workspace(dossier) as workspace:
        answer = workspace.ask("timeline")
    read = list(csv.DictReader(io.StringIO(answer.as_csv(), newline="")))
    assert [row["event"] for row in read] == [row["event"] for row in answer.rows]
    assert list(read[0]) == list(answer.columns)
