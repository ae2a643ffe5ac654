"""One statement: what each line rests on, who else tells it, what was corrected, how to cite it."""

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from onrecord.config import Settings
from onrecord.workspace import Workspace

Visit = Callable[..., Any]
NO_LONGER = (
    "No longer will the names of overstayers and illegal entrants be sought against health service records "
    "to find current address details."
)


def test_the_page_tells_what_its_card_and_its_sections_rest_on(dossier: Settings, visit: Visit) -> None:
    page = visit(dossier, "statement", id="gponline-james-no-longer")
    for heading in (
        "Where it is printed",
        "The same utterance in 2 sources",
        "Did anyone say the opposite?",
        "What refers to it",
        "Cite it",
        "Embed it",
        "As data",
    ):
        assert f">{heading}</h2>" in page.html
    assert "characters 821–955 of 002_03fa6d460c861bef.txt" in page.text
    # the hash that the source file keeps for these words
    assert "349caebd77621504262a651ddb954583f93f019ea0c05a0ac8a24f15ce67e724" in page.text
    assert "not verified here" in page.text
    assert "/doc/statement/gponline-james-no-longer.ttl" in page.links
    assert "/id/statement/gponline-james-no-longer" in page.text


def test_the_wordings_of_two_sources_stand_side_by_side(dossier: Settings, visit: Visit) -> None:
    page = visit(dossier, "statement", id="digit-james-no-longer")
    beside = page.html.split('<div class="or-tellings">')[1]
    assert beside.count(f"<q>{NO_LONGER}</q>") == 2
    assert "the same words and more" in beside


@pytest.mark.parametrize("slug", ["digit-james-no-longer", "gponline-james-no-longer"])
def test_where_statements_are_many_the_page_asks_for_each_and_shows_the_same(
    dossier: Settings, visit: Visit, monkeypatch: pytest.MonkeyPatch, slug: str
) -> None:
    whole = visit(dossier, "statement", id=slug).html
    monkeypatch.setattr(sys.modules["parts.beside"], "_MOST_READ", 0)
    assert "or-tellings" in whole
    assert visit(dossier, "statement", id=slug).html == whole


def test_words_are_compared_with_the_full_text_where_it_is_at_hand(example: Settings, visit: Visit) -> None:
    text = visit(example, "statement", id="valley-wire-marchetti-win").text
    assert "compared with the full text just now, character for character" in text


def test_the_old_address_of_a_statement_shows_the_same(dossier: Settings, visit: Visit) -> None:
    new = visit(dossier, "statement", id="digit-james-suspend")
    old = visit(dossier, "said", statement="digit-james-suspend")
    assert new.text.split("onrecord", 2)[2].split("Margot James", 1)[1] in old.text


def test_without_an_id_the_page_says_how_to_name_one(dossier: Settings, visit: Visit) -> None:
    page = visit(dossier, "statement")
    assert "No statement is named" in page.text
    assert "/said" in page.links


def test_an_unknown_id_offers_what_was_meant(dossier: Settings, visit: Visit) -> None:
    page = visit(dossier, "statement", id="digit-james-suspended")
    assert "No statement ‘digit-james-suspended’ is on record" in page.text
    assert "/statement?id=digit-james-suspend" in page.links


@pytest.mark.parametrize(
    ("form", "holds"),
    [
        ("bibtex", "@article{gponline-james-no-longer,"),
        ("ris", "ID  - gponline-james-no-longer"),
        ("csl-json", '"id": "gponline-james-no-longer"'),
    ],
)
def test_the_citation_comes_in_the_forms_of_reference_managers(
    form: str, holds: str, dossier: Settings, visit: Visit
) -> None:
    copies = visit(dossier, "statement", id="gponline-james-no-longer", cite=form).copies
    [reference] = [text for text in copies if holds in text]
    assert NO_LONGER in reference
    assert reference.count("gponline-james-no-longer") == 1  # this one alone
    if form == "csl-json":
        assert len(json.loads(reference)) == 1


def test_the_code_to_embed_fetches_nothing_and_holds_the_citation(dossier: Settings, visit: Visit) -> None:
    copies = visit(dossier, "statement", id="gponline-james-no-longer").copies
    [code] = [text for text in copies if text.startswith("<figure")]
    assert f"“{NO_LONGER}”" in code
    for word in ("<script", "<img", "<link", "src=", "url(", "<iframe", "@import"):
        assert word not in code
    for fact in ("Margot James", "Digital and creative industries minister", "9 May 2018", "GPonline"):
        assert fact in code


@pytest.fixture(scope="module")
def corrected(
    build: Callable[..., Settings], repo: Path, tmp_path_factory: pytest.TempPathFactory
) -> Settings:
    """The example with one statement corrected and another taken back."""
    import shutil

    data = tmp_path_factory.mktemp("corrected") / "example"
    shutil.copytree(repo / "tests" / "data" / "example", data)
    settings = build(data, data / "captures")
    source = data / "sources" / "river-post.yaml"
    text = source.read_text(encoding="utf-8")
    source.write_text(text.replace("    stance: oppose\n", "    stance: neutral\n", 1), encoding="utf-8")
    with Workspace(settings) as workspace:
        workspace.correct("river-post-letter-concern", "She takes no side.", "2031-05-02")
        workspace.retract("river-post-brandt", "The words are those of her predecessor.", "2031-04")
        workspace.build()
    return settings


def test_a_corrected_statement_says_so_with_date_and_reason(corrected: Settings, visit: Visit) -> None:
    for page in (
        visit(corrected, "statement", id="river-post-letter-concern"),
        visit(corrected, "said", source="river-post"),
    ):
        assert "Corrected , 2 May 2031: She takes no side. (entry 1 of the correction log)" in page.text


def test_a_retracted_statement_is_left_out_of_the_list_and_stays_at_its_address(
    corrected: Settings, visit: Visit
) -> None:
    listed = visit(corrected, "said", source="river-post")
    assert "/statement?id=river-post-brandt" not in listed.links
    assert "1 retracted record is left out" in listed.text
    page = visit(corrected, "statement", id="river-post-brandt")
    assert "Retracted , April 2031 (day not stated): The words are those of her predecessor." in page.text
    assert 'class="or-card or-retracted"' in page.html
    assert any("Retracted" in text for text in page.copies if text.startswith("<figure"))
