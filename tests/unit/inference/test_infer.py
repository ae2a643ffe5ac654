"""What follows from a record: new quads only, in their own graph, the same whatever the order."""

import random
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, parse

from onrecord import terms
from onrecord.errors import ConfigurationError
from onrecord.inference import axioms, check, infer, read_rule, read_rules
from onrecord.resources import ontology_dir

STORY = Path(__file__).parents[2] / "conformance/ontology/story.trig"
REGISTER = NamedNode(terms.BASE + "graph/register")
INFERRED = NamedNode(terms.BASE + "graph/inferred")


def story() -> list[Quad]:
    return list(parse(path=STORY, format=RdfFormat.TRIG))


def thing(name: str) -> NamedNode:
    return NamedNode(terms.BASE + "id/" + name)


def quad(subject: str, predicate: str, value: str, graph: NamedNode = REGISTER) -> Quad:
    return Quad(thing(subject), NamedNode(terms.ONR + predicate), thing(value), graph)


def said(quads: list[Quad], predicate: str) -> set[tuple[str, str]]:
    """Subject and object of each quad with this predicate, without the base."""
    start = len(terms.BASE + "id/")
    wanted = predicate if ":" in predicate else terms.ONR + predicate
    return {
        (str(q.subject.value)[start:], str(q.object.value)[start:])  # type: ignore[union-attr]
        for q in quads
        if q.predicate.value == wanted
    }


# Read from the story, not from what the rules say: who held what, what comes before what, who told what.
EXPECTED = {
    "hasHeld": {("actor/ada-penn", "post/chair")},
    "hasServedIn": {("actor/ada-penn", "actor/ferry-board")},
    "unitOf": {("actor/timetable-desk", "actor/harbour-trust")},
    "involves": {("event/announcement", "actor/ada-penn")},
    "affects": {("event/announcement", "instrument/ferry-agreement")},
    "changes": {("instrument/ferry-deed", "instrument/ferry-agreement")},
    "subEventOf": {("event/announcement", "event/inquiry")},
    "partOfInstrument": {("provision/child-fares", "instrument/ferry-agreement")},
    "sameUtterance": {("statement/echo-penn", "statement/post-penn")},
    "precedes": {("event/announcement", "event/report"), ("event/hearing", "event/report")},
    "conveys": {
        ("statement/echo-penn", "claim/echo-suspended"),
        ("statement/post-council", "claim/post-narrowed"),
        ("statement/post-trust", "claim/post-narrowed"),
    },
    "passageOf": {
        ("passage/echo-aaaaaaaaaa", "document/echo"),
        ("passage/echo-bbbbbbbbbb", "document/echo"),
        ("passage/echo-cccccccccc", "document/echo"),
        ("passage/post-dddddddddd", "document/post"),
    },
    "toldIn": {
        ("tenure/ada-penn-chair", "document/echo"),
        ("provision/fares", "document/echo"),
        ("provision/child-fares", "document/echo"),
        ("event/hearing", "document/echo"),
        ("event/announcement", "document/echo"),
        ("event/report", "document/post"),
    },
    terms.CITO + "includesQuotationFrom": {("document/post", "statement/post-penn")},
}


@pytest.mark.parametrize("predicate", sorted(EXPECTED))
def test_what_follows_from_the_story(predicate: str) -> None:
    assert said(infer(story(), ontology_dir()), predicate) == EXPECTED[predicate]


def test_an_event_with_sub_events_is_a_proceeding_and_others_are_not() -> None:
    proceedings = {
        q.subject.value.rpartition("/")[2]  # type: ignore[union-attr]
        for q in infer(story(), ontology_dir())
        if isinstance(q.object, NamedNode) and q.object.value == terms.ONR + "Proceeding"
    }
    assert proceedings == {"inquiry", "hearing"}


def test_nothing_that_was_written_is_inferred_again() -> None:
    quads = story()
    written = {(q.subject, q.predicate, q.object) for q in quads}
    inferred = infer(quads, ontology_dir())
    assert not written & {(q.subject, q.predicate, q.object) for q in inferred}
    assert {q.graph_name for q in inferred} == {INFERRED}


def test_what_was_inferred_before_makes_no_difference() -> None:
    quads = story()
    once = infer(quads, ontology_dir())
    assert infer([*quads, *once], ontology_dir()) == once


def test_the_order_of_the_input_makes_no_difference() -> None:
    quads = story()
    once = infer(quads, ontology_dir())
    random.Random(7).shuffle(quads)
    assert infer(quads, ontology_dir()) == once
    assert once == sorted(once, key=str)


def test_another_base_has_its_own_graph_of_inferences() -> None:
    base = "https://example.org/kb/"
    inferred = infer(
        [quad("event/a", "opens", "status/b"), quad("status/b", "statusOf", "instrument/c")],
        ontology_dir(),
        base,
    )
    assert {q.graph_name for q in inferred} == {NamedNode(base + "graph/inferred")}


def test_nothing_is_inferred_about_the_vocabulary() -> None:
    vocabulary = [
        Quad(t.subject, t.predicate, t.object, NamedNode(terms.BASE + "graph/ontology"))
        for t in parse((ontology_dir() / "onrecord.ttl").read_bytes(), format=RdfFormat.TURTLE)
    ]
    assert infer(vocabulary, ontology_dir()) == []


@pytest.mark.parametrize("length", [1, 2, 5])
def test_a_claim_is_conveyed_along_a_chain_of_any_length(length: int) -> None:
    chain = [quad(f"statement/s{n}", "relays", f"statement/s{n + 1}") for n in range(length)]
    inferred = infer([*chain, quad(f"statement/s{length}", "asserts", "claim/c")], ontology_dir())
    assert said(inferred, "conveys") == {(f"statement/s{n}", "claim/c") for n in range(length + 1)}


def test_a_chain_that_comes_back_ends() -> None:
    circle = [quad("statement/a", "relays", "statement/b"), quad("statement/b", "relays", "statement/a")]
    inferred = infer([*circle, quad("statement/a", "asserts", "claim/c")], ontology_dir())
    assert said(inferred, "conveys") == {("statement/a", "claim/c"), ("statement/b", "claim/c")}


def dated(name: str, earliest: str | None, latest: str | None, dossier: str = "dossier/d") -> list[Quad]:
    day = NamedNode(terms.XSD + "date")
    event = thing("event/" + name)
    quads = [
        Quad(event, NamedNode(terms.RDF + "type"), NamedNode(terms.ONR + "Event"), REGISTER),
        quad("event/" + name, "inDossier", dossier),
    ]
    for bound, value in (("earliest", earliest), ("latest", latest)):
        if value is not None:
            quads.append(Quad(event, NamedNode(terms.ONR + bound), Literal(value, datatype=day), REGISTER))
    return quads


@pytest.mark.parametrize(
    ("first", "second", "precedes"),
    [
        (("2018-05-09", "2018-05-09"), ("2018-05-10", "2018-05-10"), True),
        (("2018-05-09", "2018-05-09"), ("2018-05-09", "2018-05-09"), False),
        (("2018-05-01", "2018-05-31"), ("2018-05-09", "2018-05-09"), False),
        (("2018-05-01", "2018-05-31"), ("2018-06-01", "2018-06-30"), True),
        (("2018-05-01", None), ("2018-06-01", "2018-06-30"), False),
        ((None, "2018-05-31"), ("2018-06-01", None), True),
        ((None, None), ("2018-06-01", "2018-06-30"), False),
    ],
    ids=["next day", "same day", "day in month", "next month", "open end", "open start and end", "undated"],
)
def test_an_event_precedes_only_what_is_surely_later(
    first: tuple[str | None, str | None], second: tuple[str | None, str | None], precedes: bool
) -> None:
    inferred = infer([*dated("a", *first), *dated("b", *second)], ontology_dir())
    assert (("event/a", "event/b") in said(inferred, "precedes")) is precedes
    assert ("event/b", "event/a") not in said(inferred, "precedes")


def test_events_of_different_dossiers_are_not_put_in_order() -> None:
    quads = [
        *dated("a", "2018-01-01", "2018-01-01"),
        *dated("b", "2019-01-01", "2019-01-01", "dossier/other"),
    ]
    assert said(infer(quads, ontology_dir()), "precedes") == set()


# --- rule files ---


def test_a_rule_without_a_whole_header_is_named(tmp_path: Path) -> None:
    rule = tmp_path / "broken.rq"
    rule.write_text(
        "# A sentence.\n# derives: onr:x\nCONSTRUCT { ?a ?b ?c } WHERE { ?a ?b ?c }\n", encoding="utf-8"
    )
    with pytest.raises(ConfigurationError, match=r"broken\.rq"):
        read_rule(rule)


def test_a_rule_that_constructs_nothing_is_named(tmp_path: Path) -> None:
    (tmp_path / "rules").mkdir()
    (tmp_path / "onrecord.ttl").write_text("", encoding="utf-8")
    (tmp_path / "rules" / "select.rq").write_text(
        "# A sentence.\n# axiom: none, since it is broken\n# derives: onr:x\nSELECT * WHERE { ?a ?b ?c }\n",
        encoding="utf-8",
    )
    with pytest.raises(ConfigurationError, match=r"select\.rq"):
        infer(story(), tmp_path)


def test_the_rules_are_read_in_order_with_their_sentences() -> None:
    rules = read_rules(ontology_dir())
    assert [rule.name for rule in rules] == sorted(rule.name for rule in rules)
    assert all(rule.summary.endswith(".") for rule in rules)


def test_every_kind_of_axiom_is_read_from_the_ontology() -> None:
    texts = {axiom.text for axiom in axioms(ontology_dir())}
    assert "onr:passageOf owl:propertyChainAxiom ( onr:inCapture onr:captureOf )" in texts
    assert "onr:unitOf a owl:TransitiveProperty" in texts
    assert "onr:sameUtterance a owl:SymmetricProperty" in texts
    assert "onr:tenure owl:inverseOf onr:holder" in texts
    assert "onr:amends rdfs:subPropertyOf onr:changes" in texts
    assert "?class rdfs:subClassOf ?type" in texts


def test_every_axiom_has_its_rule() -> None:
    assert check(ontology_dir()) == []


def test_an_axiom_without_a_rule_and_a_rule_without_an_axiom_are_found(tmp_path: Path) -> None:
    text = (ontology_dir() / "onrecord.ttl").read_text(encoding="utf-8")
    text = text.replace(
        "onr:unitOf a owl:ObjectProperty , owl:TransitiveProperty", "onr:unitOf a owl:ObjectProperty"
    )
    text += "\nonr:member a owl:SymmetricProperty .\n"
    (tmp_path / "onrecord.ttl").write_text(text, encoding="utf-8")
    (tmp_path / "rules").symlink_to(ontology_dir() / "rules")
    found = [(finding.code, finding.message, finding.place.file) for finding in check(tmp_path)]
    assert found == [
        (
            "OR514",
            "no rule realises the axiom onr:member a owl:SymmetricProperty",
            f"{tmp_path.name}/onrecord.ttl",
        ),
        (
            "OR514",
            "the ontology has no axiom onr:unitOf a owl:TransitiveProperty",
            f"{tmp_path.name}/rules/unitOf.rq",
        ),
    ]
