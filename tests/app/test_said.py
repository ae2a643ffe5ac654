"""Who said what: exact words, whose they are, when, where printed; ours never look like theirs."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from onrecord.config import Settings

Visit = Callable[..., Any]


def test_printed_words_stand_apart_from_ours(dossier: Settings, visit: Visit) -> None:
    page = visit(dossier, "said", statement="digit-james-suspend")
    assert '<blockquote class="or-printed">' in page.html
    assert "<q>with immediate effect</q>" in page.html  # what DIGIT prints between the marks
    assert "In our words" in page.text
    assert "reported speech with verbatim fragments" in page.text


def test_a_card_says_who_in_which_role_when_and_who_published_it(dossier: Settings, visit: Visit) -> None:
    text = visit(dossier, "said", statement="digit-james-suspend").text
    for words in (
        "Margot James",
        "Conservative Minister",
        "9 May 2018 date from outside the articles",
        "Said by Margot James",
        "Published by DIGIT",
        "Home Office Backtracks on NHS Data Sharing",
        "of 000_c6b3e4548ce0513b.txt",
    ):
        assert words in text


def test_the_citation_holds_the_exact_words_with_speaker_date_source_and_snapshot(
    dossier: Settings, visit: Visit
) -> None:
    code = visit(dossier, "said", speaker="margot-james").copies[0]
    assert code.startswith("“with immediate effect” — Margot James (Conservative Minister), 9 May 2018 (")
    assert "“Home Office Backtracks on NHS Data Sharing”, DIGIT, 10 May 2018" in code
    assert code.endswith("id/statement/digit-james-suspend")


def test_reported_speech_is_never_cited_as_a_quotation(dossier: Settings, visit: Visit) -> None:
    page = visit(dossier, "statement", id="digit-critics-before-curtailment")
    assert "<blockquote" not in page.html.split("Did anyone say the opposite?")[0]
    assert "Reported speech, in our words" in page.text
    assert page.copies[0].startswith("Reported speech, described in our words: ")


def test_a_second_hand_statement_names_who_tells_it(dossier: Settings, visit: Visit) -> None:
    text = visit(dossier, "said", speaker="minister-quoted-in-letter").text
    assert "Letter of the Health and Social Care Committee" in text
    assert "(second-hand)" in text
    assert "Published by HuffPost UK" in text


def test_the_passage_is_shown_where_the_full_text_is_at_hand(
    example: Settings, dossier: Settings, visit: Visit
) -> None:
    assert "<mark>" in visit(example, "said").html
    assert "<mark>" not in visit(dossier, "said").html


def test_filters_of_the_address_are_kept_and_shown(dossier: Settings, visit: Visit) -> None:
    page = visit(dossier, "said", speaker="margot-james", from_="2018-05")
    assert page.test.selectbox(key="field-speaker").value == "margot-james"
    assert page.test.text_input(key="field-from").value == "2018-05"
    assert "Sarah Wollaston" not in page.text
    page.test.text_input(key="field-q").input("immediate effect")
    assert page.run().address == {"speaker": "margot-james", "from": "2018-05", "q": "immediate effect"}
    assert "<q>with <mark>immediate effect</mark></q>" in page.html


def test_a_filter_can_be_removed_alone_and_menus_say_how_many_each_value_leaves(
    dossier: Settings, visit: Visit
) -> None:
    page = visit(dossier, "said", speaker="margot-james", source="digit")
    assert "/said?source=digit" in page.links  # without the speaker
    assert "/said?speaker=margot-james" in page.links  # without the source
    sources = page.test.selectbox(key="field-source").options
    assert sources == ["Any", "DIGIT (2)", "GPonline (2)"]  # two articles print words of hers, each twice
    assert "Margot James (2)" in page.test.selectbox(key="field-speaker").options


def test_words_are_marked_without_altering_the_printed_text(dossier: Settings, visit: Visit) -> None:
    page = visit(dossier, "said", q="Overstayers AND")
    printed = (
        "<q>No longer will the names of <mark>overstayers and</mark> illegal entrants be sought against "
        "health service records to find current address details.</q>"
    )
    assert page.html.count(printed) == 2  # DIGIT and GPonline print the sentence alike


def test_the_office_then_is_told_as_printed_and_as_resolved(dossier: Settings, visit: Visit) -> None:
    text = visit(dossier, "said", speaker="margot-james", source="gponline").text
    assert "“Digital and creative industries minister”" in text  # GPonline's words
    assert "Office then, as the record resolves it: Minister for digital and the creative industries" in text


def test_a_card_says_who_else_tells_it_and_what_stands_against_it(dossier: Settings, visit: Visit) -> None:
    text = visit(dossier, "said", speaker="margot-james").text
    assert "Told by 2 sources: also GPonline (the same words and more)" in text
    assert "Told by 2 sources: also DIGIT (a part of these words)" in text
    assert "Sources disagree: Was the memorandum suspended or narrowed in May 2018?" in text
    against = visit(dossier, "said", speaker="rita-chadha").text
    # of those who support the sharing, the minister Nokes alone spoke of deterrence
    assert "1 statement takes the other side on deterrence. Read it" in against


def test_where_no_full_text_is_at_hand_a_card_says_where_the_article_is(
    dossier: Settings, visit: Visit
) -> None:
    text = visit(dossier, "said", speaker="rita-chadha").text
    assert "The full text is not at hand here" in text
    assert "Electronic Immigration Network, 14 November 2018" in text


def test_long_answers_come_in_pages_and_none_is_lost(dossier: Settings, visit: Visit) -> None:
    first, last = visit(dossier, "said"), visit(dossier, "said", page="999")
    total = int(first.text.split(" of ")[1].split()[0])
    assert f"{total} of {total} statements" in first.text
    assert first.html.count("<article") == 10
    assert "/said?page=2" in first.links
    assert last.html.count("<article") == (total - 1) % 10 + 1


@pytest.mark.parametrize(
    ("name", "wrong", "meant"),
    [
        ("speaker", "margot-jame", "/said?speaker=margot-james"),
        ("about", "confidentialty", "/said?about=confidentiality"),
        ("source", "digitt", "/said?source=digit"),
        ("statement", "digit-james-suspended", "/statement?id=digit-james-suspend"),
    ],
)
def test_an_unknown_id_offers_what_was_meant(
    name: str, wrong: str, meant: str, dossier: Settings, visit: Visit
) -> None:
    page = visit(dossier, "said", **{name: wrong})
    assert "Did you mean" in page.text
    assert meant in page.links


def test_an_empty_filter_says_how_many_there_are_without_it(dossier: Settings, visit: Visit) -> None:
    page = visit(dossier, "said", speaker="margot-james", from_="2030")
    assert "No statements match." in page.text
    assert "without the date limit" in page.text
    assert "/said?speaker=margot-james" in page.links


@pytest.mark.parametrize(
    ("page", "heading"), [("said", "Who said what"), ("query", "Query"), ("timeline", "Sharing of")]
)
def test_a_page_that_is_the_first_to_be_asked_for_is_whole(
    page: str, heading: str, dossier: Settings, visit: Visit, repo: Path
) -> None:
    visit(dossier)  # sets the environment
    test = AppTest.from_file(repo / "app" / "pages" / f"{page}.py", default_timeout=300).run()
    bodies = [str(element.proto.body) for element in test.get("html")]
    assert not test.exception
    assert any(body.startswith('<header class="or-masthead"') for body in bodies)
    assert any(f"<h1>{heading}" in body for body in bodies)
