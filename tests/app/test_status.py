"""Status: each account in a lane of its own, one day in full, nothing preferred."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from onrecord.config import Settings

Visit = Callable[..., Any]
MOU = "nhs-digital-home-office-mou"


def test_the_accounts_of_the_same_day_stand_side_by_side(dossier: Settings, visit: Visit) -> None:
    page = visit(dossier, "status", instrument=MOU, date="2018-06-01")
    assert "On 1 June 2018" in page.text
    assert "8 accounts: Narrowed by 5 · Suspended by 3. The accounts differ." in page.text
    assert "By DIGIT sure for this day" in page.text  # DIGIT: suspended with immediate effect
    assert "By GPonline sure for this day" in page.text  # GPonline: scaled back
    assert "the government has suspended the data-sharing agreement" in page.html  # printed by GPonline


def test_what_is_disputed_about_the_states_is_linked(dossier: Settings, visit: Visit) -> None:
    page = visit(dossier, "status", date="2018-06-01")
    assert "What is disputed about it" in page.text
    assert any(link.startswith("/disagreements?id=") for link in page.links)


def test_without_a_day_every_state_is_drawn_and_listed(dossier: Settings, visit: Visit) -> None:
    page = visit(dossier, "status")
    assert page.html.count('<li class="or-band') == 18  # the periods on record
    assert page.html.count('<th scope="row">') == 18
    assert "On 1 June" not in page.text


def test_a_band_says_its_state_and_its_ends_in_words(dossier: Settings, visit: Visit) -> None:
    page = visit(dossier, "status")
    assert "Suspended , from 9 May 2018 to 2 November 2018" in page.text
    assert "Withdrawn , from 12 November 2018, and going on" in page.text


def test_an_uncertain_beginning_leaves_no_day_sure(dossier: Settings, visit: Visit) -> None:
    page = visit(dossier, "status", **{"according-to": "liberty"})
    [band] = [part for part in page.html.split("<li") if "or-is-withdrawal-confirmed" in part]
    assert "<i " not in band  # Liberty gives no day, so nothing is drawn as sure
    assert "possibly 2 November 2018" in page.text


def test_a_day_before_everything_says_so(dossier: Settings, visit: Visit) -> None:
    page = visit(dossier, "status", date="1999-01-01")
    assert "No account on record covers 1 January 1999." in page.text


def test_a_day_that_is_none_is_explained(dossier: Settings, visit: Visit) -> None:
    page = visit(dossier, "status", date="2018-02-30")
    assert "‘2018-02-30’ is not a date" in page.text
    assert page.html.count('<li class="or-band') == 18  # and the states are still there


def test_an_unknown_instrument_and_account_offer_the_nearest(dossier: Settings, visit: Visit) -> None:
    page = visit(dossier, "status", instrument="nhs-digital-home-office-mo")
    assert f"/status?instrument={MOU}" in page.links
    page = visit(dossier, "status", **{"according-to": "libertyy"})
    assert any("according-to=liberty" in link for link in page.links)


def test_an_account_without_a_state_offers_to_leave_it_out(dossier: Settings, visit: Visit) -> None:
    page = visit(dossier, "status", **{"according-to": "mind-charity"}, date="2018-06-01")
    assert "No states match." in page.text
    assert "/status?date=2018-06-01" in page.links


def test_a_record_without_states_says_how_to_add_them(build: Any, example_copy: Path, visit: Visit) -> None:
    dossier = example_copy / "dossiers" / "readers-records.yaml"
    kept, _, after = dossier.read_text().partition("\nstatuses:")
    dossier.write_text(
        kept + "\n" + after[after.index("\nclaims:") :] if "\nclaims:" in after else kept + "\n"
    )
    page = visit(build(example_copy), "status")
    assert "This record holds no states of instruments" in page.text
