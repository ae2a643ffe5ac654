"""The reference of terms in the repository is what the ontology gives, and its links lead somewhere."""

import re
from pathlib import Path

import pytest

from onrecord import terms
from onrecord.checking.lexicon import Lexicon
from onrecord.checking.ontology import ours
from onrecord.checking.reference import reference
from onrecord.resources import ontology_dir

PAGE = Path(__file__).parents[3] / "docs/ontology.md"


@pytest.fixture(scope="module")
def page() -> str:
    return reference(ontology_dir())


def test_the_reference_is_current(page: str) -> None:
    assert PAGE.read_text(encoding="utf-8") == page, (
        "run python -m onrecord.checking.reference > docs/ontology.md"
    )


def test_every_term_has_its_entry(page: str) -> None:
    lexicon = Lexicon.read([ontology_dir() / "onrecord.ttl"], ontology_dir())
    headings = re.findall(r"^### onr:(\w+)$", page, re.MULTILINE)
    assert sorted(headings) == sorted(term.removeprefix(terms.ONR) for term in ours(lexicon))


def test_every_link_leads_to_the_heading_that_it_names(page: str) -> None:
    anchors: dict[str, str] = {}
    for heading in re.findall(r"^#+ (.+)$", page, re.MULTILINE):
        anchor = re.sub(r"[^\w -]", "", heading).lower().replace(" ", "-")
        anchors[anchor if anchor not in anchors else f"{anchor}-1"] = heading
    links = re.findall(r"\[([^]]+)\]\(#([^)]+)\)", page)
    assert links
    assert [(name, anchor) for name, anchor in links if anchors.get(anchor) != name] == []


def test_a_derived_property_names_its_rule(page: str) -> None:
    entry = page.partition("### onr:hasServedIn\n")[2].partition("\n### ")[0]
    assert "Follows from: onr:hasHeld then onr:postIn" in entry
    assert "Derived by: `rules/hasServedIn.rq`" in entry
