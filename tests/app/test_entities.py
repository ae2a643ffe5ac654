"""Pages about one actor, document or event: every line with where it comes from, an index without an id."""

import re
from collections.abc import Callable
from itertools import pairwise
from typing import Any

import pytest

from onrecord.config import Settings
from onrecord.workspace import Workspace

Visit = Callable[..., Any]


def test_an_actor_stands_with_offices_as_each_source_words_them(dossier: Settings, visit: Visit) -> None:
    page = visit(dossier, "actor", id="margot-james")
    assert (
        "“Conservative Minister” not known not known; held on 9 May 2018 DIGIT characters 491–512"
        in page.text
    )
    assert "“Digital and creative industries minister”" in page.text  # GPonline's own wording
    assert "Said (4)" in page.text
    assert "/said?speaker=margot-james" in page.links


def test_an_organisation_has_what_was_said_on_its_behalf(dossier: Settings, visit: Visit) -> None:
    page = visit(dossier, "actor", id="home-office")
    assert "Said on its behalf (15)" in page.text  # two more are the Home Office's own
    assert "All 17 as cards, with their passages" in page.text
    assert any(link.startswith("/actor?id=home-office-spokesperson") for link in page.links)


def test_what_stands_apart_in_print_has_marks_of_its_own(dossier: Settings, visit: Visit) -> None:
    apart = "“unacceptable” “it should stop now”"  # PublicTechnology prints words of its own between them
    for noun, slug in (("actor", "diane-abbott"), ("statement", "huffpost-uk-nokes-deter")):
        page = visit(dossier, noun, id=slug)
        assert apart in page.text
        assert "unacceptable it should" not in page.text


def test_no_page_joins_two_fragments_in_one_pair_of_marks(
    dossier: Settings, visit: Visit, workspace: Workspace
) -> None:
    rows = [row for row in workspace.ask("who-said-what").rows if len(row["segments"]) > 1]
    assert len(rows) > 5
    joints = {
        f"{before['text'].split()[-1]} {after['text'].split()[0]}"
        for row in rows
        for before, after in pairwise(row["segments"])
    }
    for actor in sorted({row["speaker"] for row in rows if row["speaker"]}):
        text = visit(dossier, "actor", id=actor).text
        quoted = re.findall("“([^”]*)”", text)
        assert not [joint for joint in joints for each in quoted if joint in each], actor


def test_posts_are_those_that_somebody_holds(dossier: Settings, visit: Visit) -> None:
    page = visit(dossier, "actor", id="home-office")
    assert "Offices and posts (1)" in page.text  # Caroline Nokes; the rest only names the body


def test_figures_keep_their_bounds(dossier: Settings, visit: Visit) -> None:
    page = visit(dossier, "actor", id="nhs-digital")
    assert "more than 3,000 patients " in page.text.lower()  # DIGIT: "more than 3,000 patients"


def test_a_long_quotation_is_cut_between_words_and_says_that_it_goes_on(
    dossier: Settings, visit: Visit
) -> None:
    page = visit(dossier, "actor", id="margot-james")
    assert "trace an individual” … (goes on)" in page.text


def test_an_instrument_has_provisions_by_account_and_its_states(dossier: Settings, visit: Visit) -> None:
    page = visit(dossier, "document", id="nhs-digital-home-office-mou")
    assert "Provisions (63)" in page.text
    assert "November 2016 (day not stated) date from outside the articles" in page.text
    assert "/status?instrument=nhs-digital-home-office-mou" in page.links


def test_a_source_says_which_text_was_read(dossier: Settings, visit: Visit) -> None:
    page = visit(dossier, "document", id="digit")
    assert "000_c6b3e4548ce0513b.txt" in page.text
    assert "499672228732322ce51649aedb96e1d9d0330123ed5826e6ab38ea17245c7256" in page.text
    assert "the full text was not at hand at build" in page.text
    assert "/said?source=digit" in page.links


def test_an_event_has_an_address_of_its_own(dossier: Settings, visit: Visit) -> None:
    page = visit(dossier, "event", id="withdrawal-confirmed")
    assert "NHS Digital confirms that the memorandum will be withdrawn" in page.text
    assert "2 November 2018 date counted from the source’s own date" in page.text
    assert "/doc/event/withdrawal-confirmed.ttl" in page.links


@pytest.mark.parametrize(
    ("page", "slug", "path"),
    [
        ("actor", "nhs-digital", "actor/nhs-digital"),
        ("document", "digit", "document/digit"),
        ("document", "nhs-digital-home-office-mou", "instrument/nhs-digital-home-office-mou"),
    ],
)
def test_each_leads_to_itself_as_data(
    dossier: Settings, visit: Visit, page: str, slug: str, path: str
) -> None:
    found = visit(dossier, page, id=slug)
    assert f"/doc/{path}.ttl" in found.links
    assert f"https://w3id.org/onrecord/id/{path}" in found.text


@pytest.mark.parametrize(
    ("page", "count", "one"),
    [
        ("actor", 67, "margot-james"),
        ("document", 32, "committee-letter"),
        ("event", 41, "withdrawal-confirmed"),
    ],
)
def test_without_an_id_all_are_listed(
    dossier: Settings, visit: Visit, page: str, count: int, one: str
) -> None:
    found = visit(dossier, page)
    assert f"{count} on record, by kind." in found.text
    assert f"/{page}?id={one}" in found.links
    assert sum(link.startswith(f"/{page}?id=") for link in found.links) == count


@pytest.mark.parametrize(
    ("page", "wrong", "near"),
    [
        ("actor", "margot-jame", "margot-james"),
        ("document", "comittee-letter", "committee-letter"),
        ("event", "withdrawal-confirm", "withdrawal-confirmed"),
    ],
)
def test_an_unknown_id_offers_the_nearest(
    dossier: Settings, visit: Visit, page: str, wrong: str, near: str
) -> None:
    found = visit(dossier, page, id=wrong)
    assert f"No {page} ‘{wrong}’ is on record" in found.text
    assert f"/{page}?id={near}" in found.links


@pytest.mark.parametrize("page", ["actor", "document", "event"])
def test_what_an_address_holds_is_text(dossier: Settings, visit: Visit, page: str) -> None:
    found = visit(dossier, page, id="<script>alert(1)</script>\u202e")
    assert "<script>" not in found.html
    assert "⟨U+202E⟩" in found.text
