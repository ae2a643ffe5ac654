"""Disagreements: sides beside one another, each with its passage, and what the record makes of it."""

from collections.abc import Callable
from typing import Any

from onrecord.config import Settings

Visit = Callable[..., Any]


def test_each_side_has_its_speaker_its_source_and_its_place(dossier: Settings, visit: Visit) -> None:
    page = visit(dossier, "disagreements", id="amended-or-new-memorandum")
    assert "Said by Migrants' Rights Network Electronic Immigration Network" in page.text
    assert "<q>pending amendments to the deal</q>" in page.html  # printed by EIN
    assert "Said by Sarah Wilkinson GPonline characters 3068–3214 of 002_03fa6d460c861bef.txt" in page.text
    assert page.text.count("In our words") == 3


def test_the_ruling_says_what_it_means(dossier: Settings, visit: Visit) -> None:
    page = visit(dossier, "disagreements", id="amended-or-new-memorandum")
    assert "What the record makes of it Later account. The claims describe different times." in page.text


def test_a_side_from_outside_the_sources_says_so(dossier: Settings, visit: Visit) -> None:
    page = visit(dossier, "disagreements", id="amendment-accepted-or-not-pressed")
    assert "Official report of the House of Commons, 9 May 2018 (outside the sources)" in page.text


def test_all_are_counted_and_paged(dossier: Settings, visit: Visit) -> None:
    page = visit(dossier, "disagreements")
    assert "43 of 43 disagreements" in page.text
    assert page.html.count("<article") == 8
    assert visit(dossier, "disagreements", page="6").html.count("<article") == 3


def test_filters_narrow_and_say_their_numbers(dossier: Settings, visit: Visit) -> None:
    page = visit(dossier, "disagreements", resolution="settled-outside")
    assert "3 of 43 disagreements" in page.text
    assert "Settled from outside (3)" in str(page.test.selectbox[2].options)
    assert "4 of 43 disagreements" in visit(dossier, "disagreements", kind="date").text


def test_filters_that_exclude_each_other_offer_the_way_back(dossier: Settings, visit: Visit) -> None:
    page = visit(dossier, "disagreements", kind="arithmetic", resolution="later-account")
    assert "No disagreements match." in page.text
    assert "/disagreements?kind=arithmetic" in page.links


def test_an_unknown_one_and_an_unknown_kind_offer_the_nearest(dossier: Settings, visit: Visit) -> None:
    page = visit(dossier, "disagreements", id="amended-or-new-memo")
    assert "/disagreements?id=amended-or-new-memorandum" in page.links
    page = visit(dossier, "disagreements", kind="wordings")
    assert "/disagreements?kind=wording" in page.links
