"""Search: grouped, counted, in pages, with the words marked; what is typed is text."""

import re
from collections.abc import Callable
from typing import Any

import pytest

from onrecord.config import Settings

Visit = Callable[..., Any]


def test_results_are_grouped_with_the_total_and_a_count_for_each_group(
    dossier: Settings, visit: Visit
) -> None:
    page = visit(dossier, "search", q="wilkinson")
    total = int(page.text.split(" records hold the word")[0].split()[-1])
    counts = [int(count) for count in re.findall(r"<h2>\w+ <span>(\d+)</span></h2>", page.html)]
    assert sum(counts) == total
    assert "/actor?id=sarah-wilkinson" in page.links
    assert "Sarah <mark>Wilkinson</mark>" in page.html


def test_a_name_that_is_exactly_what_was_asked_comes_first(dossier: Settings, visit: Visit) -> None:
    page = visit(dossier, "search", q="home office", noun="actor")
    found = [link for link in page.links if link.startswith("/actor?id=")]
    assert found[0] == "/actor?id=home-office"


def test_a_group_shows_all_of_it_in_pages(dossier: Settings, visit: Visit) -> None:
    few = visit(dossier, "search", q="home office")
    assert "/search?q=home+office&noun=document" in few.links
    assert "Show all 12" in few.text
    every = visit(dossier, "search", q="the", noun="claim")
    total = int(every.html.split("<h2>Claims <span>")[1].split("<")[0])
    assert total > 20
    assert every.html.count("<li>") - every.html.split('<section class="or-found">')[0].count("<li>") >= 20
    assert "/search?q=the&noun=claim&page=2" in every.links
    last = visit(dossier, "search", q="the", noun="claim", page="999")
    assert f"page {-(-total // 20)} of {-(-total // 20)}" in last.text


def test_a_statement_is_shown_with_its_printed_words_apart_from_ours(dossier: Settings, visit: Visit) -> None:
    page = visit(dossier, "search", q="“hostile environment”", noun="statement")
    assert '<p class="or-printed"><q><mark>hostile environment</mark></q></p>' in page.html
    assert "/statement?id=digit-groups-complicit" in page.links
    ours = visit(dossier, "search", q="deport", noun="statement")
    assert '<span class="or-tag">In our words</span>' in ours.html
    assert "<blockquote" not in ours.html


def test_words_in_quotation_marks_are_a_phrase(dossier: Settings, visit: Visit) -> None:
    assert "Statements" in visit(dossier, "search", q='"no longer will"').text
    assert "Nothing on record holds this word" in visit(dossier, "search", q='"longer no will"').text


def test_an_empty_answer_says_what_each_word_finds_and_what_is_near(dossier: Settings, visit: Visit) -> None:
    page = visit(dossier, "search", q="wilkinson confidentialty")
    assert "Nothing on record holds all these words" in page.text
    assert "9 with “wilkinson”" in page.text
    assert "/search?q=confidentiality" in page.links


def test_an_unknown_group_offers_what_was_meant(dossier: Settings, visit: Visit) -> None:
    assert "/search?q=the&noun=actor" in visit(dossier, "search", q="the", noun="actors").links


@pytest.mark.parametrize("empty", ["", "…", "   "])
def test_nothing_to_search_for_is_an_answer(empty: str, dossier: Settings, visit: Visit) -> None:
    page = visit(dossier, "search", q=empty)
    assert "Type words" in page.text or "there is nothing to search for" in page.text


@pytest.mark.parametrize(
    "typed",
    [
        "<script>alert(1)</script>",
        "javascript:alert(1)",
        '" OR label:"x',
        "NEAR(a b) AND *",
        "\u202eevil",
        "'; DROP TABLE entry; --",
        "a" * 5000,
        "%00 \x00 \x1b[31m",
    ],
)
def test_hostile_input_is_text(typed: str, dossier: Settings, visit: Visit) -> None:
    page = visit(dossier, "search", q=typed)
    assert "<script" not in page.html
    assert not any(link.startswith("javascript:") for link in page.links)
    assert "\u202e" not in page.html
    assert "\x00" not in page.html
