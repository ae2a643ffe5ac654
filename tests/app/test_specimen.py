"""The quotation on the first page, and what readers see where a page has a fault."""

import importlib
import logging
from collections.abc import Callable
from typing import Any

import pytest

from onrecord.config import Settings

Visit = Callable[..., Any]
WORDS = (
    "No longer will the names of overstayers and illegal entrants be sought against health service records "
    "to find current address details."
)
"""As DIGIT prints it."""


def test_the_first_page_shows_one_quotation_whole_with_its_citation(dossier: Settings, visit: Visit) -> None:
    page = visit(dossier)
    assert f"<q>{WORDS}</q>" in page.html
    role = "“a minister in the Department for Digital, Culture, Media and Sport”"
    assert f"Margot James {role} , 9 May 2018 date from outside the articles" in page.text
    assert "Printed in Home Office Backtracks on NHS Data Sharing , DIGIT" in page.text
    assert "/statement?id=digit-james-no-longer" in page.links
    assert page.copies[0].startswith(
        f"“{WORDS}” — Margot James ({role[1:-1]}), 9 May 2018 (date from outside"
    )


@pytest.mark.parametrize("query", [{"kind": "debate"}, {"event": "committee-letter-sent"}])
def test_whoever_asks_for_something_gets_that_instead(
    dossier: Settings, visit: Visit, query: dict[str, str]
) -> None:
    assert "or-specimen" not in visit(dossier, **query).html


SHORT = {"text": "Yes.", "segments": [{}], "speaker_label": "A", "earliest": "2018-01-01"}


@pytest.mark.parametrize(
    "change",
    [{"text": "x" * 241}, {"segments": [{}, {}]}, {"speaker_label": None}, {"earliest": None}],
    ids=["long", "in pieces", "without speaker", "without a first day"],
)
def test_what_does_not_fit_is_passed_over_never_cut(change: dict[str, Any]) -> None:
    chosen = importlib.import_module("parts.specimen").chosen
    assert chosen([SHORT | change, SHORT]) == SHORT
    assert chosen([SHORT | change]) is None


def test_a_fault_of_ours_is_told_in_our_words_and_stands_in_the_log(
    dossier: Settings, visit: Visit, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    visit(dossier, "about")
    monkeypatch.setattr(
        importlib.import_module("parts.specimen"), "chosen", lambda _: (_ for _ in ()).throw(KeyError("x"))
    )
    with caplog.at_level(logging.ERROR), pytest.raises(AssertionError, match="could not be drawn"):
        visit(dossier)
    (entry,) = [each for each in caplog.records if each.exc_info]
    assert entry.exc_info is not None
    assert entry.exc_info[0] is KeyError
