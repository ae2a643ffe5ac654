"""The JSON-LD context has every term with its kind of value, and loses nothing on the way there and back."""

import json
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
import rdflib
from pyoxigraph import DefaultGraph, Quad, RdfFormat, parse, serialize

from onrecord import terms
from onrecord.checking.lexicon import Lexicon
from onrecord.checking.ontology import ours
from onrecord.resources import ontology_dir

STORY = Path(__file__).with_name("story.trig")


@pytest.fixture(scope="module")
def context() -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((ontology_dir() / "context.jsonld").read_text(encoding="utf-8"))[
        "@context"
    ]
    return loaded


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return Lexicon.read([ontology_dir() / "onrecord.ttl"], ontology_dir())


def test_every_term_of_the_record_has_its_name(context: dict[str, Any], lexicon: Lexicon) -> None:
    annotations = lexicon.of_type(terms.OWL + "AnnotationProperty")
    for term in ours(lexicon):
        if term not in annotations:
            name = term.removeprefix(terms.ONR)
            entry = context[name]
            assert (entry if isinstance(entry, str) else entry["@id"]) == f"onr:{name}"


def test_relations_are_links_and_values_have_their_type(context: dict[str, Any], lexicon: Lexicon) -> None:
    for term in lexicon.of_type(terms.OWL + "ObjectProperty"):
        if term.startswith(terms.ONR):
            assert context[term.removeprefix(terms.ONR)]["@type"] == "@id"
    for term in lexicon.of_type(terms.OWL + "DatatypeProperty"):
        ranges = [
            found for found in lexicon.values(term, terms.RDFS + "range") if not found.endswith("#string")
        ]
        if term.startswith(terms.ONR):
            typed = context[term.removeprefix(terms.ONR)].get("@type")
            prefix, _, name = typed.partition(":") if typed else ("", "", "")
            assert ([context[prefix] + name] if typed else []) == ranges


def test_every_name_of_the_context_is_of_a_declared_term(context: dict[str, Any], lexicon: Lexicon) -> None:
    for name, entry in context.items():
        if name.startswith("@") or (isinstance(entry, str) and entry.startswith("http")):
            continue
        prefix, _, local = (entry if isinstance(entry, str) else entry["@id"]).partition(":")
        assert context[prefix] + local in lexicon.facts, name


def test_the_story_comes_back_from_json_ld_as_it_was(context: dict[str, Any]) -> None:
    quads = {
        Quad(q.subject, q.predicate, q.object, DefaultGraph())
        for q in parse(path=STORY, format=RdfFormat.TRIG)
    }
    graph = rdflib.Graph().parse(BytesIO(serialize(quads, format=RdfFormat.N_QUADS) or b""), format="nt")
    written = graph.serialize(format="json-ld", context=context)
    assert '"speaker": "https://w3id.org/onrecord/id/actor/ada-penn"' in written
    back = {
        Quad(q.subject, q.predicate, q.object, DefaultGraph())
        for q in parse(written.encode(), format=RdfFormat.JSON_LD)
    }
    assert back == quads
