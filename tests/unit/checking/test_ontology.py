"""Each check of the ontology is seen failing on a copy with a planted fault; the ontology itself has none."""

import shutil
from pathlib import Path

import pytest

from onrecord.checking import ontology
from onrecord.findings import Finding, errors
from onrecord.resources import ontology_dir

A_TERM = (
    ' rdfs:label "{label}"@en ; skos:definition "A thing is made up."@en ; skos:example "This."@en ;'
    ' dct:source schema:Thing ; rdfs:isDefinedBy <https://w3id.org/onrecord/ns> ; onr:since "0.1" .'
)
A_KIND = (
    'k:made-up a skos:Concept , onr:Kind ; skos:inScheme scheme:event ; skos:notation "made-up" ;'
    ' skos:prefLabel "Made up"@en ; skos:definition "It is made up."@en .'
)


def term(name: str, types: str, label: str = "made up") -> str:
    """A whole term of the ontology, to which a fault is then added."""
    return f"\nonr:{name} {types} ;" + A_TERM.format(label=label)


def edit(folder: Path, file: str, old: str, new: str) -> None:
    """Replaces the first `old` of a file; where `old` is empty, `new` is added at its end."""
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1) if old else text + "\n" + new + "\n", encoding="utf-8")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    copy = tmp_path / "ontology"
    shutil.copytree(ontology_dir(), copy)
    return copy


def found(folder: Path) -> list[Finding]:
    return ontology.check(folder)


TTL = "onrecord.ttl"
EVENTS = "kinds/event.ttl"
SHAPES = "shapes/post.ttl"
PROPERTY = "a owl:ObjectProperty ; rdfs:domain onr:Event"

OF_NOTHING = A_KIND.replace("onr:Kind", "onr:Kind , onr:Nothing")
BARE = term("MadeUp", "a owl:Class ; rdfs:subClassOf onr:Event")
RESTRICTED = (
    "onr:Event rdfs:subClassOf [ a owl:Restriction ; owl:onProperty onr:kind ; owl:minCardinality 1 ] ."
)
NOT_OURS = "cito:cites rdfs:isDefinedBy <https://w3id.org/onrecord/ns> ."
UNDECLARED = "k:debate <http://example.org/is> k:inquiry ."
UNLICENSED = "    dct:license <https://creativecommons.org/licenses/by/4.0/> ;\n"
TWO_HEADS = term("HeadAndTail", "a owl:Class ; rdfs:subClassOf onr:Event")

# Code, part of the message, file, what is replaced, by what.
FAULTS = [
    ("OR500", "this is not Turtle", TTL, "", "onr:Broken a ."),
    ("OR500", "this is not Turtle", EVENTS, "", "k:broken a ."),
    ("OR501", "has no dct:license", TTL, UNLICENSED, ""),
    ("OR501", "expected one owl:Ontology", TTL, "", "onr:Other a owl:Ontology ."),
    ("OR501", "does not end in", TTL, 'owl:versionInfo "0.1.0"', 'owl:versionInfo "0.2.0"'),
    ("OR502", "onr:Bare does not say", TTL, "", 'onr:Bare a owl:Class ; rdfs:label "bare"@en .'),
    ("OR502", "is not ours to define", TTL, "", NOT_OURS),
    ("OR503", "has 0 English labels", TTL, 'rdfs:label "gap"@en', 'rdfs:label "gap"@fr'),
    ("OR503", "shares its label 'post'", TTL, 'rdfs:label "gap"@en', 'rdfs:label "post"@en'),
    ("OR504", "onr:Gap has 0 definitions", TTL, "    skos:definition \"A gap is", "    skos:note \"A gap is"),
    ("OR504", "not one sentence", TTL, "A gap is a question", "A gap. It is a question"),
    ("OR505", "onr:Gap has no example", TTL, '    skos:example "On which day', '    skos:note "On which day'),
    ("OR505", "onr:Gap has no source", TTL, "    dct:source schema:Question ;\n", ""),
    ("OR505", "has no version since", TTL, ' ; onr:since "0.1" .\n\nonr:Person', " .\n\nonr:Person"),
    ("OR506", "not written LikeThis", TTL, "", term("made_Up", "a owl:Class ; rdfs:subClassOf onr:Event")),
    ("OR506", "not written likeThis", TTL, "", term("MadeUp", PROPERTY)),
    ("OR506", "joins two classes", TTL, "", TWO_HEADS),
    ("OR507", "has two domains", TTL, "", "onr:holder rdfs:domain onr:Post ."),
    ("OR507", "has two ranges", TTL, "", "onr:holder rdfs:range onr:Post ."),
    ("OR507", "says nowhere", TTL, "", term("madeUp", "a owl:ObjectProperty")),
    ("OR508", "nothing speaks of onr:MadeUp", TTL, "", term("MadeUp", "a owl:Class")),
    ("OR509", "onr:Nobody is not declared", TTL, "", "onr:Event rdfs:seeAlso onr:Nobody ."),
    ("OR509", "onr:nothing is not declared", SHAPES, "onr:postIn", "onr:nothing"),
    ("OR509", "onr:Nothing is not declared", EVENTS, "", OF_NOTHING),
    ("OR509", "<http://example.org/is> is not declared", EVENTS, "", UNDECLARED),
    ("OR510", "onr:Event is above itself", TTL, "", "onr:Event rdfs:subClassOf onr:Proceeding ."),
    ("OR510", "onr:amends is above itself", TTL, "", "onr:changes rdfs:subPropertyOf onr:amends ."),
    ("OR511", "which have nothing in common", TTL, "", "onr:Proceeding rdfs:subClassOf onr:Document ."),
    ("OR511", "onr:Organisation and onr:Person", TTL, "", "onr:Person rdfs:subClassOf onr:Organisation ."),
    ("OR512", "is not the range of its inverse", TTL, "", "onr:nameOf owl:inverseOf onr:holder ."),
    ("OR513", "imports another ontology", TTL, "", "<https://w3id.org/onrecord/ns> owl:imports prov:Agent ."),
    (
        "OR513", "other than a named class", TTL, "",
        RESTRICTED,
    ),
    ("OR513", "of two kinds", TTL, "", "onr:holder a owl:DatatypeProperty ."),
    ("OR513", "is functional and follows", TTL, "", "onr:unitOf a owl:FunctionalProperty ."),
    (
        "OR513", "irregular chain", TTL, "",
        "onr:postIn owl:propertyChainAxiom ( onr:about onr:hasServedIn onr:about ) .",
    ),
    ("OR515", "onr:MadeUp has no shape", TTL, "", BARE),
    ("OR518", "has no dct:isReplacedBy", TTL, "", "onr:note owl:deprecated true ."),
    ("OR519", "has no onr:findingCode", SHAPES, ' ; onr:findingCode "OR303" ;', " ;"),
    ("OR519", "has no sh:message", SHAPES, ' ; sh:message "a tenure is of one post"', ""),
    ("OR520", "is in 0 schemes", EVENTS, "", A_KIND.replace("skos:inScheme scheme:event ;", "")),
    ("OR520", "is in 1 schemes", EVENTS, "", A_KIND.replace("scheme:event", "scheme:nothing")),
    ("OR521", "has 0 notations", EVENTS, "", A_KIND.replace('skos:notation "made-up" ;', "")),
    ("OR521", "shares the notation 'debate'", EVENTS, "", A_KIND.replace('"made-up"', '"debate"')),
    ("OR522", "has 0 English labels", EVENTS, "", A_KIND.replace('"Made up"@en', '"Inventé"@fr')),
    ("OR522", "has no definition", EVENTS, "", A_KIND.replace('"It is made up."', '"It is made up"')),
    ("OR523", "is broader than itself", EVENTS, "", A_KIND + " k:made-up skos:broader k:made-up ."),
    ("OR523", "of another scheme", EVENTS, "", A_KIND + " k:made-up skos:broader k:letter ."),
    ("OR524", "lower case letters", EVENTS, "", A_KIND.replace("k:made-up", "scheme:made-up")),
    ("OR524", "is not an onr:Kind", EVENTS, "", A_KIND.replace(" , onr:Kind", "")),
]  # fmt: skip


def test_the_ontology_has_no_errors() -> None:
    assert errors(found(ontology_dir())) == []


@pytest.mark.parametrize(
    ("code", "message", "file", "old", "new"), FAULTS, ids=[f"{fault[0]} {fault[1]}" for fault in FAULTS]
)
def test_a_planted_fault_is_found(
    folder: Path, code: str, message: str, file: str, old: str, new: str
) -> None:
    edit(folder, file, old, new)
    told = [(finding.code, finding.message) for finding in found(folder)]
    assert any(code == one and message in words for one, words in told), told


def test_every_code_has_a_fault_in_the_table() -> None:
    assert {fault[0] for fault in FAULTS} | {"OR516"} == set(ontology.CODES)


def test_a_class_that_no_question_touches_is_a_warning(folder: Path) -> None:
    questions = folder / "questions"
    shutil.rmtree(questions, ignore_errors=True)
    assert not [finding for finding in found(folder) if finding.code == "OR516"]
    questions.mkdir()
    (questions / "posts.rq").write_text("SELECT ?post WHERE { ?post onr:postIn ?where }", encoding="utf-8")
    untouched = {finding.message for finding in found(folder) if finding.code == "OR516"}
    assert "no question touches onr:Figure" in untouched
    assert not untouched & {f"no question touches onr:{name}" for name in ("Post", "Organisation", "Actor")}


def test_a_fault_stands_at_the_line_of_its_term(folder: Path) -> None:
    edit(folder, TTL, 'rdfs:label "gap"@en', 'rdfs:label "gap"@fr')
    lines = (folder / TTL).read_text(encoding="utf-8").splitlines()
    (finding,) = [finding for finding in found(folder) if finding.code == "OR503"]
    assert finding.place.file == "ontology/onrecord.ttl"
    assert lines[finding.place.line - 1].startswith("onr:Gap a owl:Class")


def test_a_file_that_is_not_turtle_is_named_with_its_line(folder: Path) -> None:
    edit(folder, EVENTS, "", "k:broken a .")
    (finding,) = found(folder)
    assert finding.place.file == "ontology/kinds/event.ttl"
    assert finding.place.line == len((folder / EVENTS).read_text(encoding="utf-8").splitlines())


def test_a_file_that_is_not_utf8_is_named(folder: Path) -> None:
    (folder / EVENTS).write_bytes(b"\xff\xfe")
    assert [(finding.code, finding.place.file) for finding in found(folder)] == [
        ("OR500", "ontology/kinds/event.ttl")
    ]
