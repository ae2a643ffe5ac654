"""Query: the whole answer, or one error with its place."""

from collections.abc import Callable
from typing import Any

import pytest

from onrecord.config import Settings

Visit = Callable[..., Any]


def test_a_query_of_the_address_is_shown_and_run(example: Settings, visit: Visit) -> None:
    page = visit(example, "query", q="SELECT ?a ?b { VALUES (?a ?b) { (1 'x') (2 UNDEF) } }")
    assert "2 rows, the whole answer" in page.text
    frame = page.test.dataframe[0].value
    assert list(frame.columns) == ["a", "b"]
    assert frame["a"].tolist() == ["1", "2"]
    assert page.test.text_area(key="query-text").value.startswith("SELECT ?a ?b")


def test_a_query_that_is_run_goes_into_the_address(example: Settings, visit: Visit) -> None:
    page = visit(example, "query")
    assert "No query yet" in page.text
    page.test.text_area(key="query-text").input("ASK { ?s ?p ?o }")
    page.test.button[0].click()
    assert page.run().address == {"q": "ASK { ?s ?p ?o }"}
    assert "The answer is yes" in page.text


@pytest.mark.parametrize(
    ("query", "line", "column"),
    [
        ("SELECT ?s WHERE {\n  ?s ?p ;;; }}\n}", 2, 14),
        ("SELECT *\nWHERE { ?s ?p ?o \n", 2, 7),
        ("SELECT * {\n  SERVICE <http://example.org/> { ?s ?p ?o }\n}", 2, 3),
    ],
)
def test_a_wrong_query_names_line_and_column_and_points(
    query: str, line: int, column: int, example: Settings, visit: Visit
) -> None:
    page = visit(example, "query", q=query)
    assert f"line {line}, column {column}" in page.text.lower()
    before, _, pointed = page.html.partition("<pre>")[2].partition("</pre>")[0].partition("\n")
    assert before.startswith(f"{line:>4} │ ")
    assert pointed == " " * (7 + column - 1) + "^"
    assert not page.test.dataframe


def test_an_answer_over_a_limit_names_the_limit(
    example: Settings, visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ONRECORD_TIME_LIMIT_S", "1")
    slow = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
    page = visit(example, "query", q=slow)
    assert "No answer within the limits" in page.text
    assert "time_limit_s = 1" in page.text
    assert page.test.text_area(key="query-text").value == slow


def test_every_example_runs(example: Settings, visit: Visit) -> None:
    page = visit(example, "query")
    saved = [link for link in page.links if link.startswith("/query?saved=")]
    assert len(saved) > 4
    for link in saved:
        found = visit(example, "query", saved=link.partition("=")[2])
        assert "the whole answer" in found.text, link
        assert 'role="alert"' not in found.html, link


def test_an_example_that_is_not_there_offers_what_was_meant(example: Settings, visit: Visit) -> None:
    page = visit(example, "query", saved="timelin")
    assert "No saved query ‘timelin’ is on record" in page.text
    assert "/query?saved=timeline" in page.links


def test_a_graph_is_shown_and_nothing_found_says_so(example: Settings, visit: Visit) -> None:
    page = visit(example, "query", q="CONSTRUCT { <id/actor/x> a <ns#Person> } {}")
    assert "1 triples" not in page.text
    assert "1 triple, the whole answer" in page.text
    assert "onrecord/ns#Person" in page.test.code[0].value or "onr:Person" in page.test.code[0].value
    assert "The query ran and found nothing." in visit(example, "query", q="SELECT ?s { ?s ?s ?s }").text


def test_markup_in_a_result_stays_text(example: Settings, visit: Visit) -> None:
    page = visit(example, "query", q="SELECT ('<b>x</b>' AS ?a) ('\\u202Ey' AS ?b) {}")
    assert page.test.dataframe[0].value.iloc[0].tolist() == ["<b>x</b>", "⟨U+202E⟩y"]
