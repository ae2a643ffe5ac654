"""Answers that are given again: the same to the byte, and never one that may change."""

import pytest
from tests.serving import Served

from onrecord.query.result import Written
from onrecord.server.recent import LARGEST, Recent

SMALL = Written("bindings", "json", 2, b"{}")


def test_the_answer_asked_longest_ago_makes_room() -> None:
    recent = Recent(most=2)
    for name in ("one", "two"):
        recent.keep(name, "SELECT", SMALL)
    assert recent.find("one") == SMALL
    recent.keep("three", "SELECT", SMALL)
    assert (recent.find("two"), len(recent)) == (None, 2)
    assert recent.find("one") == SMALL


@pytest.mark.parametrize(
    "query",
    [
        "SELECT (RAND() AS ?x) {}",
        "SELECT (now() AS ?x) {}",
        "SELECT (uuid() AS ?x) {}",
        "SELECT (StrUUID() AS ?x) {}",
        "SELECT (BNODE() AS ?x) {}",
        "SELECT (\\u0052AND() AS ?x) {}",
        "SELECT * {} #" + "x" * LARGEST,
    ],
)
def test_what_may_differ_each_time_or_is_long_is_not_kept(query: str) -> None:
    recent = Recent()
    recent.keep("key", query, SMALL)
    assert len(recent) == 0


def test_a_large_answer_and_one_of_no_form_are_not_kept() -> None:
    recent = Recent()
    recent.keep("large", "SELECT", Written("bindings", "json", LARGEST + 1, b"x" * (LARGEST + 1)))
    recent.keep("formless", "SELECT", Written("bindings", None, 0, b""))
    assert len(recent) == 0


def test_the_same_query_is_answered_again_in_each_form(server: Served) -> None:
    query = "SELECT ?x { VALUES ?x { 1 2 } }"
    for accept in ("text/csv", "application/sparql-results+json"):
        first, second = (server.sparql(query, accept=accept) for _ in range(2))
        assert (first.status, first.body) == (second.status, second.body) == (200, first.body)
        assert first.headers["etag"] == second.headers["etag"]
        assert first.headers["content-type"] == second.headers["content-type"]


def test_a_random_value_is_another_each_time(server: Served) -> None:
    first, second = (server.sparql("SELECT (STRUUID() AS ?x) {}", accept="text/csv") for _ in range(2))
    assert first.body != second.body
