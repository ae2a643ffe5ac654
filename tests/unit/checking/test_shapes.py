"""Every constraint of every shape is seen failing on a planted fault, and none on a record without faults."""

import re
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

import pytest
from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, RdfFormat, Store, parse

from onrecord import terms
from onrecord.checking import shapes
from onrecord.findings import Finding, Place
from onrecord.model import Actor, ActorsFile, Register
from onrecord.model.register import Entry
from onrecord.resources import ontology_dir

from .faults import FAULTS, Fault

STORY = Path(__file__).parents[2] / "conformance/ontology/story.trig"
PREFIXES = (
    "\n".join(
        line.removesuffix(" .").replace("@prefix", "PREFIX")
        for line in STORY.read_text(encoding="utf-8").splitlines()
        if line.startswith("@prefix")
    )
    + """
PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX scheme: <https://w3id.org/onrecord/kind/scheme/>
"""
)
COPY = re.compile(r"-f([0-9]+)['>)]")


def story() -> list[Quad]:
    return list(parse(path=STORY, format=RdfFormat.TRIG))


def kinds() -> list[Quad]:
    return [
        Quad(triple.subject, triple.predicate, triple.object, DefaultGraph())
        for path in sorted((ontology_dir() / "kinds").glob("*.ttl"))
        for triple in parse(path.read_bytes(), format=RdfFormat.TURTLE)
    ]


def flat(quads: Iterable[Quad]) -> Store:
    store = Store()
    store.extend(Quad(quad.subject, quad.predicate, quad.object, DefaultGraph()) for quad in quads)
    return store


def check(quads: Iterable[Quad], register: Register | None = None) -> list[Finding]:
    return shapes.check(quads, ontology_dir(), register or Register())


def copy(number: int, quads: Iterable[Quad]) -> list[Quad]:
    """The same story about other things: every IRI of a thing, a graph or the concept k:x gets a suffix."""

    def other(term: object) -> object:
        if isinstance(term, NamedNode) and (
            "/id/" in term.value or "/graph/" in term.value or term.value == terms.BASE + "kind/x"
        ):
            stem, mark, fragment = term.value.partition("#")
            return NamedNode(f"{stem}-f{number}{mark}{fragment}")
        return term

    return [Quad(other(q.subject), q.predicate, other(q.object), DefaultGraph()) for q in quads]  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def found() -> dict[int, list[Finding]]:
    """Number of a fault → the findings in its copy of the story. All copies are checked in one run."""
    quads = kinds()
    for number, fault in enumerate(FAULTS):
        store = flat(story())
        for update in fault.updates:
            store.update(PREFIXES + update)
        quads += copy(number, store)
    findings: dict[int, list[Finding]] = defaultdict(list)
    for finding in check(quads):
        match = COPY.search(finding.message)
        assert match, finding
        findings[int(match[1])].append(finding)
    return findings


def test_a_story_without_faults_has_no_findings() -> None:
    assert check(story()) == []


@pytest.mark.parametrize(
    ("number", "fault"), list(enumerate(FAULTS)), ids=[fault.message for fault in FAULTS]
)
def test_a_planted_fault_is_found(found: dict[int, list[Finding]], number: int, fault: Fault) -> None:
    told = [(finding.code, finding.message) for finding in found[number]]
    assert any(code == fault.code and f": {fault.message}" in message for code, message in told), told


def test_every_constraint_has_a_fault_in_the_table() -> None:
    graph = shapes.shapes_graph(ontology_dir())
    from rdflib import URIRef

    messages = {str(message) for message in graph.objects(None, URIRef("http://www.w3.org/ns/shacl#message"))}
    assert messages == {fault.message for fault in FAULTS}


def test_every_code_of_a_shape_is_documented_and_used() -> None:
    used = set(shapes.codes(shapes.shapes_graph(ontology_dir())).values())
    assert used | {"OR340", "OR342", "OR343", "OR344", "OR345"} == set(shapes.CODES)


def test_warnings_are_warnings(found: dict[int, list[Finding]]) -> None:
    warned = {
        finding.code for findings in found.values() for finding in findings if finding.severity == "warning"
    }
    assert warned == {"OR318", "OR326", "OR328", "OR336"}


# --- what holds for every triple ---

ADA = NamedNode("https://w3id.org/onrecord/id/actor/ada-penn")
REGISTER = NamedNode("https://w3id.org/onrecord/graph/register")


def codes_with(*quads: Quad) -> list[str]:
    return [finding.code for finding in check([*story(), *quads])]


def test_a_node_without_a_name_is_found() -> None:
    quad = Quad(ADA, NamedNode(terms.ONR + "member"), BlankNode("x"), REGISTER)
    assert "OR340" in codes_with(quad)


def test_a_term_that_nobody_declares_is_found_with_the_nearest_one() -> None:
    quad = Quad(
        ADA, NamedNode(terms.ONR + "tenur"), NamedNode("https://w3id.org/onrecord/id/tenure/x"), REGISTER
    )
    (finding,) = check([*story(), quad])
    assert finding.code == "OR342"
    assert finding.hint == f"did you mean {terms.ONR}tenure?"


def test_a_class_that_nobody_declares_is_found() -> None:
    quad = Quad(REGISTER, NamedNode(terms.RDF + "type"), NamedNode("http://example.org/Thing"), REGISTER)
    assert codes_with(quad) == ["OR342"]


def test_a_thing_outside_of_the_knowledge_base_is_found() -> None:
    quad = Quad(NamedNode("http://example.org/x"), NamedNode(terms.RDFS + "label"), Literal("x"), REGISTER)
    assert codes_with(quad) == ["OR344"]


def test_a_graph_that_the_catalogue_does_not_describe_is_found() -> None:
    graph = NamedNode("https://w3id.org/onrecord/graph/source/other")
    quad = Quad(ADA, NamedNode(terms.SKOS + "altLabel"), Literal("Mrs Penn", language="en"), graph)
    assert codes_with(quad) == ["OR345"]


def test_a_deprecated_term_is_a_warning_with_what_replaces_it(tmp_path: Path) -> None:
    text = (ontology_dir() / "onrecord.ttl").read_text(encoding="utf-8")
    text += "\nonr:note owl:deprecated true ; dct:isReplacedBy onr:text .\n"
    (tmp_path / "onrecord.ttl").write_text(text, encoding="utf-8")
    (tmp_path / "shapes").symlink_to(ontology_dir() / "shapes")
    (tmp_path / "kinds").symlink_to(ontology_dir() / "kinds")
    quad = Quad(ADA, NamedNode(terms.ONR + "note"), Literal("retired", language="en"), REGISTER)
    (finding,) = shapes.check([*story(), quad], tmp_path, Register())
    assert (finding.code, finding.severity) == ("OR343", "warning")
    assert finding.hint == f"use {terms.ONR}text"


def test_what_was_inferred_is_not_checked() -> None:
    inferred = NamedNode("https://w3id.org/onrecord/graph/inferred")
    quad = Quad(ADA, NamedNode(terms.RDF + "type"), NamedNode(terms.ONR + "Actor"), inferred)
    assert check([*story(), quad]) == []


# --- back to the file ---


def test_a_finding_stands_at_the_file_and_line_of_the_record() -> None:
    actor = Actor(id="ada-penn", label="Ada Penn", kind="person", acts_for="chair")
    register = Register(
        actors=ActorsFile(actors=(actor,)).actors,
        entries={"ada-penn": Entry("actor", actor, None, Place("data/actors/people.yaml", 3, 5))},
        places={("ada-penn", ("acts_for",)): Place("data/actors/people.yaml", 7, 5)},
    )
    store = flat(story())
    store.update(PREFIXES + "INSERT DATA { actor:ada-penn onr:actsFor post:chair }")
    (finding,) = check(store, register)
    assert str(finding.place) == "data/actors/people.yaml:7:5"
    assert finding.message == "actor 'ada-penn': acts_for names one actor (found: post 'chair')"


def test_a_fault_of_the_whole_record_stands_at_its_first_line() -> None:
    actor = Actor(id="ada-penn", label="Ada Penn", kind="person")
    register = Register(
        entries={"ada-penn": Entry("actor", actor, None, Place("data/actors/people.yaml", 3, 5))}
    )
    store = flat(story())
    store.update(PREFIXES + "DELETE WHERE { actor:ada-penn onr:kind ?kind }")
    (finding,) = check(store, register)
    assert str(finding.place) == "data/actors/people.yaml:3:5"
