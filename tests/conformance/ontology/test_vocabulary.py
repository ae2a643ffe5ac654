"""Others rely on the vocabulary: its terms are there, it stands alone, alignments speak of it only."""

import re
from pathlib import Path

import pytest
from pyoxigraph import NamedNode, RdfFormat, parse

from onrecord import terms
from onrecord.checking import ontology
from onrecord.checking.lexicon import Lexicon
from onrecord.resources import ontology_dir

CLASSES = [
    "Person",
    "Organisation",
    "Document",
    "Instrument",
    "Provision",
    "Capture",
    "Passage",
    "Statement",
    "Quotation",
    "Paraphrase",
    "Claim",
    "Disagreement",
    "Event",
    "StatusPeriod",
    "Figure",
    "Citation",
]
PROPERTIES = [
    "speaker",
    "text",
    "when",
    "earliest",
    "latest",
    "dateBasis",
    "inPassage",
    "inCapture",
    "evidence",
    "about",
    "stance",
    "kind",
    "participant",
    "statusOf",
    "status",
    "amount",
    "unit",
    "relays",
]


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return Lexicon.read([ontology_dir() / "onrecord.ttl"], ontology_dir())


@pytest.fixture(scope="module")
def alignments() -> Lexicon:
    return Lexicon.read([ontology_dir() / "alignments.ttl"], ontology_dir())


@pytest.mark.parametrize("name", [*CLASSES, *PROPERTIES])
def test_a_term_that_outsiders_query_is_declared(lexicon: Lexicon, name: str) -> None:
    kind = lexicon.values(terms.ONR + name, terms.RDF + "type")
    if name in CLASSES:
        assert terms.OWL + "Class" in kind
    else:
        assert {terms.OWL + "ObjectProperty", terms.OWL + "DatatypeProperty"} & set(kind)


def test_every_term_begins_on_a_line_of_its_own(lexicon: Lexicon) -> None:
    lines = (ontology_dir() / "onrecord.ttl").read_text(encoding="utf-8").splitlines()
    for term in ontology.ours(lexicon):
        place = lexicon.places[term]
        assert lines[place.line - 1].startswith(f"onr:{term.removeprefix(terms.ONR)} a ")


def test_a_definition_names_what_it_defines(lexicon: Lexicon) -> None:
    """Each definition has the term, or the label of a class that the property belongs to, in it."""
    for term in lexicon.of_type(terms.OWL + "Class"):
        if term.startswith(terms.ONR):
            (label,) = lexicon.values(term, terms.RDFS + "label")
            (definition,) = lexicon.values(term, terms.SKOS + "definition")
            assert re.match(rf"An? {re.escape(label)} is ", definition), definition


def test_the_vocabulary_that_graphs_write_is_declared(lexicon: Lexicon) -> None:
    """Every term that the graph writers name in their code is a term of the ontology."""
    folder = Path(terms.__file__).parent / "graph"
    code = "".join(path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.py")))
    names = set(re.findall(r'scribe\.\w+\(\s*\w+, "(\w+)"', code))
    assert "speaker" in names
    assert {terms.ONR + name for name in names} - set(lexicon.facts) == set()


def test_alignments_speak_of_declared_terms_only(lexicon: Lexicon, alignments: Lexicon) -> None:
    subjects = {subject for subject in alignments.facts if subject.startswith(terms.ONR)}
    assert subjects
    assert subjects - set(lexicon.facts) == set()


def test_alignments_lead_to_others_only_and_say_nothing_strong(alignments: Lexicon) -> None:
    allowed = {
        terms.RDFS + "subClassOf", terms.RDFS + "subPropertyOf", terms.SKOS + "closeMatch",
    }  # fmt: skip
    for subject, facts in alignments.facts.items():
        if subject.startswith(terms.ONR):
            assert set(facts) <= allowed
            assert not [value for values in facts.values() for value in values if value.startswith(terms.ONR)]


def test_classes_are_below_classes_and_properties_below_properties(
    lexicon: Lexicon, alignments: Lexicon
) -> None:
    for subject, facts in alignments.facts.items():
        if subject.startswith(terms.ONR):
            is_class = terms.OWL + "Class" in lexicon.values(subject, terms.RDF + "type")
            assert (terms.RDFS + "subPropertyOf" in facts) <= (not is_class)
            assert (terms.RDFS + "subClassOf" in facts) <= is_class


def test_the_vocabulary_stands_alone() -> None:
    named = {
        triple.predicate.value
        for triple in parse((ontology_dir() / "onrecord.ttl").read_bytes(), format=RdfFormat.TURTLE)
        if isinstance(triple.subject, NamedNode)
    }
    assert terms.OWL + "imports" not in named
    assert terms.OWL + "sameAs" not in named


def test_the_version_of_the_header_is_in_the_changes(lexicon: Lexicon) -> None:
    (version,) = lexicon.values(ontology.ONTOLOGY, terms.OWL + "versionInfo")
    changes = (ontology_dir() / "CHANGES.md").read_text(encoding="utf-8")
    assert f"## {version}" in changes
