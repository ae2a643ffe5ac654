"""About: sources with their rights, method, integrity that can be proved again, what is not known."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from onrecord.config import Settings

Visit = Callable[..., Any]


def test_sources_stand_with_publisher_date_and_rights(dossier: Settings, visit: Visit) -> None:
    page = visit(dossier, "about")
    assert "Sources (5)" in page.text
    assert "between 9 and 15 May 2018 (one day, not known which) date from outside the articles" in page.text
    assert page.text.count("Copyright of the publisher; short quotations only.") == 5
    assert page.text.count("full text not at hand here") == 5  # this fixture has no captures


def test_the_hash_the_licence_and_the_limits_are_those_of_the_snapshot(
    dossier: Settings, visit: Visit
) -> None:
    page = visit(dossier, "about")
    assert "https://creativecommons.org/licenses/by/4.0/" in page.links
    assert "time_limit_s" in page.text
    assert "No record has been corrected or retracted so far." in page.text


def test_the_proof_can_be_run_again_and_says_what_it_proved(example: Settings, visit: Visit) -> None:
    page = visit(example, "about")
    page.test.button[0].click()
    page.run()
    assert "Nothing was altered" in page.text
    assert "anchors of 3 sources compared with the full text" in page.text
    assert "files of the snapshot re-hashed" in page.text


def test_a_proof_without_the_full_texts_says_what_it_rests_on(dossier: Settings, visit: Visit) -> None:
    page = visit(dossier, "about")
    page.test.button[0].click()
    page.run()
    assert "Nothing was altered, by hashes and seals: the full texts are not at hand here" in page.text
    assert str(dossier.data.parent) not in page.text  # no folder of the server


def test_an_altered_capture_is_named(build: Any, example_copy: Path, visit: Visit) -> None:
    settings = build(example_copy, example_copy / "captures")
    capture = example_copy / "captures" / "valley-wire.txt"
    capture.write_text(capture.read_text().replace("e", "f", 1))
    page = visit(settings, "about")
    page.test.button[0].click()
    page.run()
    assert "Alterations were found" in page.text
    assert "valley-wire" in page.text


def test_what_is_not_known_is_said(dossier: Settings, visit: Visit) -> None:
    page = visit(dossier, "about")
    assert "Before which court the case was brought" in page.text
