"""What records mean as RDF: a hand-made register, the quads that its documentation promises."""

from dataclasses import replace

import pytest
from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, Store

from onrecord import graph, resources, terms
from onrecord.findings import Place
from onrecord.model import (
    Actor,
    Capture,
    Citation,
    Dating,
    Document,
    DossierFile,
    Entry,
    Event,
    EventAccount,
    Mention,
    Participant,
    Passage,
    Quote,
    Register,
    SourceFile,
    Statement,
    hash_text,
    seal_of,
)

BASE = "https://example.org/kb/"
TEXT = 'The Gazette\n\nAda Lovelace said: "Numbers\u00a0act." She left. She left.'
SHA = hash_text(TEXT)
KIND = BASE + "kind/"
ONR = "PREFIX onr: <https://w3id.org/onrecord/ns#> PREFIX oa: <http://www.w3.org/ns/oa#> "
SCHEMES = {
    "actor": ["person", "organisation"],
    "document": ["article", "letter"],
    "mode": ["direct", "indirect"],
    "act": ["said"],
    "basis": ["stated", "outside"],
    "stance": ["support"],
    "topic": ["numbers"],
    "relation": ["cites", "quotes", "relays"],
    "event": ["departure", "article-publication"],
    "role": ["publisher", "traveller"],
}


def _where(start: int, end: int, prefix: str = "", suffix: str = "") -> dict[str, object]:
    digest = hash_text(TEXT[start:end])
    return {
        "start": start,
        "end": end,
        "sha256": digest,
        "seal": seal_of(SHA, start, end, digest, prefix, suffix),
    }


def _passage(start: int) -> Passage:
    return Passage.model_validate(_where(start, start + 9))


def _source() -> SourceFile:
    at = TEXT.index("Numbers")
    first = TEXT.index("She left.")
    second = TEXT.rindex("She left.")
    words = {"exact": "Numbers\u00a0act.", "prefix": 'said: "', "suffix": '"'}
    quote = Quote.model_validate(words | _where(at, at + 12, 'said: "', '"'))
    mention = {"actor": "ada-lovelace", "name": "Ada Lovelace"}
    return SourceFile(
        id="gazette",
        title="Numbers in the Gazette",
        kind="article",
        publisher="gazette-news",
        published=Dating(when="1843-09", basis="stated"),
        rights="their publisher's",
        capture=Capture(file="gazette.txt", sha256=SHA, length=len(TEXT)),
        statements=(
            Statement(
                id="ada-numbers", speaker="ada-lovelace", named_as="Ada Lovelace", mode="direct", act="said",
                date=Dating(when="1843~", basis="outside", documents=("letter",)), about=("numbers",),
                stance="support", quotes=(quote,),
            ),
            Statement(
                id="ada-left-told", speaker="ada-lovelace", mode="indirect", act="said",
                date=Dating(basis="stated"), description="She is said to have gone.",
                passages=(_passage(first),),
            ),
        ),
        events=(
            EventAccount(
                event="ada-left", description="The paper says twice that she left.",
                passages=(_passage(first), _passage(second)),
            ),
        ),
        mentions=(Mention.model_validate(mention | _where(13, 25)),),
        citations=(Citation(id="gazette-cites-letter", cited="letter", relation="cites"),),
    )  # fmt: skip


@pytest.fixture(scope="module")
def register() -> Register:
    """One actor, one publisher, one letter, one article, one dossier with one event."""
    source = _source()
    dossier = DossierFile(
        id="numbers", label="Numbers", description="A story.", instruments=(),
        events=(
            Event(id="ada-left", label="Ada leaves", kind="departure",
                  date=Dating(when="1843/..", basis="stated"),
                  participants=(Participant(actor="ada-lovelace", role="traveller"),)),
        ),
    )  # fmt: skip
    actors = (
        Actor(id="ada-lovelace", label="Ada Lovelace", kind="person"),
        Actor(id="gazette-news", label="The Gazette", kind="organisation"),
    )
    letter = Document(id="letter", label="A letter", kind="letter", outside=True)
    nouns = {
        "ada-lovelace": "actor", "gazette-news": "actor", "letter": "document", "gazette": "document",
        "ada-numbers": "statement", "ada-left-told": "statement", "ada-left": "event", "numbers": "dossier",
        "gazette-cites-letter": "citation",
    }  # fmt: skip
    entries = {slug: Entry(noun, source, None, Place("x.yaml")) for slug, noun in nouns.items()}
    kinds = {scheme: {word: KIND + word for word in words} for scheme, words in SCHEMES.items()}
    return Register(
        actors=actors,
        documents=(letter,),
        sources=(source,),
        dossiers=(dossier,),
        entries=entries,
        kinds=kinds,
    )


@pytest.fixture(scope="module")
def quads(register: Register) -> set[Quad]:
    return graph.write(register, BASE)


@pytest.fixture(scope="module")
def store(quads: set[Quad]) -> Store:
    loaded = Store()
    loaded.extend(graph.union(quads))
    return loaded


ASKED = {
    "a quotation has its words to the no-break space": """
        <id/statement/ada-numbers> a onr:Quotation ; onr:text "Numbers\\u00A0act." ;
          onr:namedAs "Ada Lovelace" .""",
    "reported speech is a paraphrase in our words": """
        <id/statement/ada-left-told> a onr:Paraphrase ; onr:text "She is said to have gone." .""",
    "an approximate year keeps the bounds of the year": """
        <id/statement/ada-numbers> onr:earliest "1843-01-01"^^xsd:date ; onr:latest "1843-12-31"^^xsd:date ;
          onr:when "1843~"^^<http://id.loc.gov/datatypes/edtf/EDTF> ;
          onr:dateDocument <id/document/letter> .""",
    "a passage has both selectors where its words are printed": """
        <id/statement/ada-numbers> onr:inPassage ?p . ?p onr:inCapture <id/capture/gazette-1> .
        ?p oa:hasSelector/oa:exact "Numbers\\u00A0act." . ?p oa:hasSelector ?w . ?w oa:start ?s ; oa:end ?e .
        FILTER(?e - ?s = 12)""",
    "an event is evidenced by the passages that tell it": """
        <id/event/ada-left> onr:evidence ?p , ?q . FILTER(?p != ?q)
        ?a onr:accountOf <id/event/ada-left> ; onr:toldIn <id/document/gazette> .""",
    "a participant stands in a role": f"""
        <id/event/ada-left> onr:participation ?part . ?part onr:participant <id/actor/ada-lovelace> ;
          onr:role <{KIND}traveller> .""",
    "the publication is an event": f"""
        <id/event/gazette-published> onr:kind <{KIND}article-publication> ;
          onr:document <id/document/gazette> .""",
    "an article cites its own quotation": f"""
        ?c onr:citing <id/document/gazette> ; onr:cited <id/statement/ada-numbers> ;
          onr:character <{KIND}quotes> .""",
    "a name as printed is a passage": """
        ?p onr:mentions <id/actor/ada-lovelace> ; oa:hasSelector/oa:exact "Ada Lovelace" .""",
    "a document that only outsiders know is marked": f"""
        <id/document/letter> onr:attested <{KIND}outside> .""",
}


@pytest.mark.parametrize("sentence", ASKED)
def test_the_graph_says(store: Store, sentence: str) -> None:
    query = f"{ONR} PREFIX xsd: <http://www.w3.org/2001/XMLSchema#> ASK {{ {ASKED[sentence]} }}"
    assert bool(store.query(query, base_iri=BASE)), sentence


DENIED = {
    "an open end has no latest day": "<id/event/ada-left> onr:latest ?d",
    "an unknown date has no when": "<id/statement/ada-left-told> onr:when ?d",
    "reported words are printed nowhere": '?s oa:exact "She left."',
    "an article does not quote reported speech": """
        ?c onr:citing <id/document/gazette> ; onr:cited <id/statement/ada-left-told> .""",
}


@pytest.mark.parametrize("sentence", DENIED)
def test_the_graph_does_not_say(store: Store, sentence: str) -> None:
    assert not bool(store.query(f"{ONR} ASK {{ {DENIED[sentence]} }}", base_iri=BASE)), sentence


def test_the_same_words_twice_are_two_passages_named_in_order(quads: set[Quad]) -> None:
    slugs = {
        q.object.value
        for q in quads
        if q.predicate.value == terms.ONR + "slug" and isinstance(q.object, Literal)
    }
    stem = f"gazette-{hash_text('She left.')[:10]}"
    assert {stem, f"{stem}-2"} <= slugs
    assert f"{stem}-3" not in slugs


def test_what_a_source_says_stands_in_its_graph(quads: set[Quad]) -> None:
    graphs = {q.graph_name for q in quads if q.subject == NamedNode(BASE + "id/statement/ada-numbers")}
    assert graphs == {NamedNode(BASE + "graph/source/gazette")}


def test_there_are_no_blank_nodes_and_no_default_graph(quads: set[Quad]) -> None:
    assert not [q for q in quads if isinstance(q.subject, BlankNode) or isinstance(q.object, BlankNode)]
    assert not [q for q in quads if isinstance(q.graph_name, DefaultGraph)]


def test_the_union_as_text_is_the_union(quads: set[Quad]) -> None:
    again = {Quad(q.subject, q.predicate, q.object, NamedNode("g:2")) for q in sorted(quads, key=str)[::3]}
    hostile = Quad(NamedNode("a:a"), NamedNode("b:b"), Literal("c <d> .\r\n\u2028"), NamedNode("g:1"))
    every = quads | again | {hostile}
    text = graph.union_text(graph.nquads(every))
    assert text == graph.nquads(graph.union(every))
    assert text.count(b"\n") == len(quads) + 1


def test_the_union_holds_each_triple_once(quads: set[Quad]) -> None:
    twice = Quad(NamedNode("a:a"), NamedNode("b:b"), Literal("c"), NamedNode("g:1"))
    again = Quad(twice.subject, twice.predicate, twice.object, NamedNode("g:2"))
    assert len(graph.union([twice, again])) == 1
    assert len(graph.union(quads)) == len({(q.subject, q.predicate, q.object) for q in quads})


def test_shuffled_records_give_the_same_bytes(register: Register, quads: set[Quad]) -> None:
    shuffled = replace(register, actors=tuple(reversed(register.actors)))
    assert graph.nquads(graph.write(shuffled, BASE)) == graph.nquads(quads)


def test_an_anchor_without_a_position_is_refused(register: Register) -> None:
    loose = register.sources[0].model_copy(
        update={"mentions": (Mention(actor="ada-lovelace", name="Ada Lovelace"),)}
    )
    with pytest.raises(ValueError, match="onrecord anchor"):
        graph.write(replace(register, sources=(loose,)), BASE)


def test_words_passed_on_by_a_speaker_are_reached_through_that_speaker(register: Register) -> None:
    source = register.sources[0]
    words, told = source.statements
    relaying = source.model_copy(update={"statements": (words, told.model_copy(update={"relays": words.id}))})
    store = Store()
    store.extend(graph.union(graph.write(replace(register, sources=(relaying,)), BASE)))
    pattern = "?c onr:citing ?from ; onr:cited <id/statement/ada-numbers> ; onr:character ?kind"
    asked = f"SELECT ?from ?kind {{ {pattern} }}"
    edges = store.query(ONR + asked, base_iri=BASE)
    found = {(str(edge["from"]), str(edge["kind"])) for edge in edges}  # type: ignore[union-attr]
    assert found == {(f"<{BASE}id/statement/ada-left-told>", f"<{KIND}relays>")}


def test_every_kind_has_a_label_that_one_pattern_finds() -> None:
    label, preferred = NamedNode(terms.RDFS + "label"), NamedNode(terms.SKOS + "prefLabel")
    quads = graph.vocabulary(resources.ontology_dir(), BASE)
    asked = NamedNode(terms.BASE + "kind/suspended")
    labels = {q.object for q in quads if q.subject == asked and q.predicate == label}
    assert labels == {Literal("Suspended", language="en")}
    assert {(q.subject, q.object) for q in quads if q.predicate == preferred} <= {
        (q.subject, q.object) for q in quads if q.predicate == label
    }
