"""The table of planted faults: message of a shape → code and what is done to the story to earn it.

`drop` takes values away, `put` replaces them, `add` adds one; each fault is planted in its own copy of
`tests/conformance/ontology/story.trig`.
"""

from typing import NamedTuple


class Fault(NamedTuple):
    """A fault: the code and message it must earn, and the SPARQL updates that plant it."""

    code: str
    message: str
    updates: tuple[str, ...]


def drop(subject: str, predicate: str) -> str:
    return f"DELETE WHERE {{ {subject} {predicate} ?value }}"


def add(subject: str, predicate: str, value: str) -> str:
    return f"INSERT DATA {{ {subject} {predicate} {value} }}"


def put(subject: str, predicate: str, value: str) -> str:
    return f"{drop(subject, predicate)} ; {add(subject, predicate, value)}"


HEARD = "pas:echo-cccccccccc"
SPOT = "<https://w3id.org/onrecord/id/passage/echo-cccccccccc#position>"
WORDS = "<https://w3id.org/onrecord/id/passage/echo-cccccccccc#quote>"
ROLE = "part:announcement--ada-penn--announcer"
LONG = '"' + "x" * 41 + '"'

_TABLE: dict[str, dict[str, str | tuple[str, ...]]] = {
    "OR300": {
        "a record is of exactly one class": add("post:chair", "a", "onr:Dossier"),
        "a record has one id of lower case letters, digits and hyphens": put(
            "post:chair", "onr:slug", '"The Chair"'
        ),
        "a record has one label, in English": put("post:chair", "rdfs:label", '"Chair"'),
    },
    "OR301": {
        "an actor has one kind": drop("actor:ada-penn", "onr:kind"),
        "an actor's kind is a concept of the scheme 'actor'": put("actor:ada-penn", "onr:kind", "k:letter"),
        "an actor is attested either by an article or from outside": put(
            "actor:ada-penn", "onr:attested", "k:inferred"
        ),
        "acts_for names one actor": put("actor:council-voice", "onr:actsFor", "post:chair"),
        "a person is not part of an organisation: write a tenure, or acts_for": add(
            "actor:ada-penn", "onr:unitOf", "actor:ferry-board"
        ),
        "a person has no members": add("actor:ada-penn", "onr:member", "actor:council-voice"),
        "part_of names an organisation": put("actor:ferry-board", "onr:unitOf", "actor:ada-penn"),
        "members are actors": add("actor:ferry-board", "onr:member", "post:chair"),
        "an organisation holds no post: the holder of a tenure is a person": add(
            "actor:ferry-board", "onr:tenure", "tenure:ada-penn-chair"
        ),
    },
    "OR302": {
        "a name is of one actor": put("name:ada-penn-1", "onr:nameOf", "post:chair"),
        "a name has its words": drop("name:ada-penn-1", "onr:text"),
    },
    "OR303": {"a post is in one organisation": add("post:chair", "onr:postIn", "actor:harbour-trust")},
    "OR304": {
        "a tenure has one holder, a person": put("tenure:ada-penn-chair", "onr:holder", "actor:ferry-board"),
        "a tenure is of one post": drop("tenure:ada-penn-chair", "onr:ofPost"),
        "a tenure has a date, be it unknown, with its basis": drop("tenure:ada-penn-chair", "onr:dateBasis"),
    },
    "OR305": {
        "a document has one kind": drop("doc:echo", "onr:kind"),
        "a document's kind is a concept of the scheme 'document'": put("doc:echo", "onr:kind", "k:debate"),
        "a document has one title": drop("doc:echo", "dct:title"),
        "authors are actors": add("doc:echo", "onr:author", "doc:post"),
        "recipients are actors": add("doc:echo", "onr:recipient", "doc:post"),
        "the publisher is one actor": put("doc:echo", "dct:publisher", "doc:post"),
        "part_of names a document": add("doc:echo", "onr:partOf", "post:chair"),
        "a document is attested either by an article or from outside": drop("doc:echo", "onr:attested"),
    },
    "OR306": {
        "only an instrument has parties: write instrument: true": add(
            "doc:minutes", "onr:party", "actor:ada-penn"
        ),
        "parties are actors": add("inst:ferry-agreement", "onr:party", "doc:minutes"),
    },
    "OR307": {
        "a provision is part of an instrument": drop("prov:fares", "onr:partOfInstrument"),
        "a provision is part of an instrument or of another provision": put(
            "prov:fares", "onr:partOfInstrument", "ev:hearing"
        ),
        "a provision has one kind": drop("prov:fares", "onr:kind"),
        "a provision's kind is a concept of the scheme 'provision'": put(
            "prov:fares", "onr:kind", "k:letter"
        ),
    },
    "OR308": {
        "a capture is of one document": drop("cap:echo-1", "onr:captureOf"),
        "a capture has the SHA-256 of its file, 64 hexadecimal digits": put(
            "cap:echo-1", "onr:sha256", '"abc"'
        ),
        "a capture has the name of its file": drop("cap:echo-1", "onr:fileName"),
        "a capture has its length in code points": put("cap:echo-1", "onr:length", '"900"'),
        "a capture has one licence at most, named by its address": add(
            "cap:echo-1", "dct:license", '"CC0-1.0"'
        ),
    },
    "OR309": {
        "a passage is in one capture": add(HEARD, "onr:inCapture", "cap:post-1"),
        "a passage has the SHA-256 of its words, 64 hexadecimal digits": drop(HEARD, "onr:sha256"),
        "a passage has one position": drop(SPOT, "oa:start"),
        "a passage prints its words once at most": add(WORDS, "oa:exact", '"The ferry stops"'),
    },
    "OR310": {
        "a position starts at a code point from 0": put(SPOT, "oa:start", "-1"),
        "a position has one end": drop(SPOT, "oa:end"),
        "a position starts before it ends": put(SPOT, "oa:end", "80"),
        "printed words are there, once": put(WORDS, "oa:exact", '""'),
        "the context before is 40 characters at most": put(WORDS, "oa:prefix", LONG),
        "the context after is 40 characters at most": put(WORDS, "oa:suffix", LONG),
    },
    "OR311": {
        "the speaker is one actor; a document never speaks": put(
            "sta:echo-penn", "onr:speaker", "doc:minutes"
        ),
        "a statement has a speaker": drop("sta:post-penn", "onr:speaker"),
        "a statement's mode is direct, indirect, mixed or document": put(
            "sta:echo-penn", "onr:mode", "k:letter"
        ),
        "a statement has one stance at most": (
            add("sta:echo-penn", "onr:stance", "k:support"),
            add("sta:echo-penn", "onr:stance", "k:oppose"),
        ),
        "a stance is a concept of the scheme 'stance'": add("sta:echo-penn", "onr:stance", "k:letter"),
        "an act is a concept of the scheme 'act'": put("sta:echo-penn", "onr:act", "k:letter"),
        "a statement is about topics": add("sta:echo-penn", "onr:about", "k:letter"),
        "a statement has one text": drop("sta:echo-penn", "onr:text"),
        "a statement is told in one source: one statement a printing": add(
            "sta:echo-penn", "onr:toldIn", "doc:post"
        ),
        "the addressee is an actor": add("sta:echo-penn", "onr:addressee", "doc:post"),
        "in_document names a document": add("sta:echo-penn", "onr:inDocument", "actor:ada-penn"),
        "relays names one statement": put("sta:post-trust", "onr:relays", "cl:post-narrowed"),
        "same_utterance names statements": put("sta:post-penn", "onr:sameUtterance", "cl:post-narrowed"),
        "a statement asserts claims": put("sta:post-council", "onr:asserts", "sta:post-penn"),
    },
    "OR312": {
        "quoted words are of mode direct, mixed or document": put("sta:echo-penn", "onr:mode", "k:indirect"),
        "a quotation has at least one passage with its printed words": put(
            "sta:echo-penn", "onr:inPassage", "pas:echo-bbbbbbbbbb"
        ),
    },
    "OR313": {
        "reported speech is of mode indirect": put("sta:post-trust", "onr:mode", "k:direct"),
        "reported speech is described in our words": drop("sta:post-trust", "dct:description"),
        "reported speech has a passage, or a statement that relays it": drop("sta:post-trust", "onr:relays"),
    },
    "OR314": {
        "a chain of report does not come back to where it starts": add(
            "sta:post-council", "onr:relays", "sta:post-trust"
        )
    },
    "OR315": {
        "the holder of the tenure named as capacity is the actor who speaks or takes part": put(
            ROLE, "onr:participant", "actor:council-voice"
        )
    },
    "OR316": {
        "a claim concerns one thing": drop("cl:post-narrowed", "onr:concerns"),
        "a claim has one aspect": put("cl:post-narrowed", "onr:aspect", "k:letter"),
        "a claim has one value, in our words": drop("cl:post-narrowed", "onr:value"),
        "a claim names one concept at most": add("cl:post-narrowed", "onr:valueEntity", "k:withdrawn"),
        "a claim is said by an actor or a document": drop("cl:post-narrowed", "onr:saidBy"),
        "a claim's standing is preferred, ordinary or deprecated": put(
            "cl:post-narrowed", "onr:standing", "k:open"
        ),
    },
    "OR317": {
        "a disagreement is between at least two claims": put(
            "dis:halted-or-thinned", "onr:between", "cl:post-narrowed"
        ),
        "a disagreement is between claims": add("dis:halted-or-thinned", "onr:between", "ev:hearing"),
        "a disagreement's kind is a concept of the scheme 'disagreement'": drop(
            "dis:halted-or-thinned", "onr:kind"
        ),
        "a disagreement has a resolution of the scheme 'resolution'": put(
            "dis:halted-or-thinned", "onr:resolution", "k:letter"
        ),
    },
    "OR318": {
        "claims that disagree concern one thing": put("cl:post-narrowed", "onr:concerns", "ev:hearing"),
        "claims that disagree are about one aspect": put("cl:post-narrowed", "onr:aspect", "k:cause"),
    },
    "OR319": {
        "a gap's kind is a concept of the scheme 'gap'": put("gap:which-day", "onr:kind", "k:letter"),
        "a gap is about one thing at most": add("gap:which-day", "onr:about", "ev:hearing"),
        "a gap is in a dossier": drop("gap:which-day", "onr:inDossier"),
    },
    "OR320": {
        "an account is of one event, provision or tenure": drop("acc:echo-announcement", "onr:accountOf"),
        "an account is of an event, a provision or a tenure": put(
            "acc:echo-announcement", "onr:accountOf", "post:chair"
        ),
        "an account is according to one source or actor": drop("acc:echo-announcement", "onr:accordingTo"),
        "an account is told in one source": drop("acc:echo-announcement", "onr:toldIn"),
        "an account says something": drop("acc:echo-announcement", "dct:description"),
    },
    "OR321": {
        "an event has one kind": drop("ev:report", "onr:kind"),
        "an event's kind is a concept of the scheme 'event'": put("ev:report", "onr:kind", "k:letter"),
        "an event has a date, be it unknown, with its basis": drop("ev:report", "onr:dateBasis"),
        "an event is about topics": add("ev:report", "onr:about", "ev:hearing"),
        "participants take part in roles": add("ev:report", "onr:participation", "actor:ada-penn"),
        "documents of an event are documents": add("ev:report", "onr:document", "actor:ada-penn"),
        "part_of names an event": add("ev:report", "onr:subEventOf", "doc:echo"),
        "an event opens status periods": add("ev:report", "onr:opens", "inst:ferry-deed"),
        "an event closes status periods": add("ev:report", "onr:closes", "inst:ferry-deed"),
    },
    "OR322": {"what has sub-events is an event": put("ev:hearing", "onr:subEventOf", "doc:echo")},
    "OR323": {
        "a participation is of one actor": put(ROLE, "onr:participant", "doc:echo"),
        "a participation has one role": put(ROLE, "onr:role", "k:letter"),
        "a participation is in one event": drop("ev:announcement", "onr:participation"),
    },
    "OR325": {
        "a status is of one instrument": put("st:suspended", "onr:statusOf", "doc:minutes"),
        "a status period has one status": put("st:suspended", "onr:status", "k:letter"),
        "a status period has a date, be it unknown, with its basis": drop("st:suspended", "onr:dateBasis"),
        "a status is according to one source or actor: competing accounts are separate periods": add(
            "st:suspended", "onr:accordingTo", "doc:post"
        ),
        "a status is established by claims": add("st:suspended", "onr:establishedBy", "ev:hearing"),
    },
    "OR326": {
        "by one account it is not in two of these states at once: agreed, in effect, suspended, withdrawn": (
            put("st:suspended", "onr:earliest", '"2020-01-01"^^xsd:date'),
            put("st:suspended", "onr:latest", '"2020-02-01"^^xsd:date'),
        )
    },
    "OR327": {
        "a figure has one amount": add("fig:crossings", "onr:amount", "8001.0"),
        "a figure has one bound": drop("fig:crossings", "onr:bound"),
        "a bound is a concept of the scheme 'bound'": put("fig:crossings", "onr:bound", "k:letter"),
        "a figure has one unit": drop("fig:crossings-refused", "onr:unit"),
        "a unit is a concept of the scheme 'unit'": put("fig:crossings", "onr:unit", "k:letter"),
        "a figure has one indicator": put("fig:crossings", "onr:measures", "k:letter"),
        "a figure has one subject": drop("fig:crossings", "onr:subject"),
        "a figure has a period, be it unknown, with its basis": drop("fig:crossings", "onr:dateBasis"),
        "breakdown_of names one figure": put("fig:crossings-refused", "onr:breakdownOf", "ev:hearing"),
    },
    "OR328": {
        "a part is not more than its whole": put("fig:crossings-refused", "onr:amount", "9000.0"),
        "parts are of the same unit as their whole": put("fig:crossings-refused", "onr:unit", "k:patient"),
    },
    "OR329": {
        "a citation has one citing side": drop("cit:post-quotes-penn", "onr:citing"),
        "a citation has one cited side": drop("cit:post-quotes-penn", "onr:cited"),
        "nothing cites itself": put("cit:post-quotes-penn", "onr:cited", "doc:post"),
        "a citation has one relation": drop("cit:post-quotes-penn", "onr:character"),
        "a relation is a concept of the scheme 'relation'": put(
            "cit:post-quotes-penn", "onr:character", "k:letter"
        ),
        "a citation is told in a source": drop("cit:post-quotes-penn", "onr:toldIn"),
    },
    "OR330": {
        "a dossier has a description": drop("dos:ferry", "dct:description"),
        "a dossier follows instruments": put("dos:ferry", "onr:instrument", "doc:minutes"),
        "turning points are events": put("dos:ferry", "onr:turningPoint", "doc:minutes"),
    },
    "OR331": {
        "a graph has a title": drop("gs:echo", "dct:title"),
        "the checksum of a source is 64 hexadecimal digits": put("gs:echo", "onr:sha256", '"abc"'),
    },
    "OR332": {
        "a concept is in one scheme": add("k:x", "a", "onr:Kind"),
        "a concept has one notation: its value in files and answers": add("k:x", "a", "onr:Kind"),
        "a concept has a label": add("k:x", "a", "onr:Kind"),
        "a concept has a definition": add("k:x", "a", "onr:Kind"),
        "an aspect is in the scheme 'aspect'": add("k:x", "a", "onr:Aspect ; skos:inScheme scheme:event"),
        "a role is in the scheme 'role'": add("k:x", "a", "onr:Role ; skos:inScheme scheme:event"),
        "a status is in the scheme 'status'": add("k:x", "a", "onr:Status ; skos:inScheme scheme:event"),
        "a topic is in the scheme 'topic'": add("k:x", "a", "onr:Topic ; skos:inScheme scheme:event"),
        "an indicator is in the scheme 'indicator'": add(
            "k:x", "a", "onr:Indicator ; skos:inScheme scheme:event"
        ),
    },
    "OR333": {
        "a date is EDTF text, once": put("ev:report", "onr:when", '"30 June 2020"^^edtf:EDTF'),
        "a date has one earliest day at most": add("ev:report", "onr:earliest", '"2020-06-29"^^xsd:date'),
        "a date has one latest day at most": add("ev:report", "onr:latest", '"2020-07-29"^^xsd:date'),
        "the earliest day is not after the latest": put("ev:report", "onr:latest", '"2020-06-29"^^xsd:date'),
        "documents of a date are documents": put("ev:inquiry", "onr:dateDocument", "actor:ada-penn"),
    },
    "OR334": {
        "a date says how it is known: stated, relative, inferred or outside": put(
            "ev:report", "onr:dateBasis", "k:open"
        )
    },
    "OR335": {
        "a date from outside names the document that shows it": drop("ev:announcement", "onr:dateDocument")
    },
    "OR336": {
        "nothing shows this tenure: no source's offices name it and its date names no document": drop(
            "tenure:ada-penn-chair", "onr:evidence"
        ),
        "nothing shows this provision: no source tells it": drop("prov:fares", "onr:evidence"),
        "nothing shows this event: no source tells it and its date names no document": drop(
            "ev:hearing", "onr:evidence"
        ),
        "nothing shows this status: no claim establishes it and its date names no document": drop(
            "st:suspended", "onr:establishedBy"
        ),
        "a claim has evidence: quotes, passages or a document": drop("cl:post-narrowed", "onr:evidence"),
        "an account has evidence: quotes or passages": drop("acc:echo-announcement", "onr:evidence"),
        "a figure has evidence: quotes or passages": drop("fig:crossings", "onr:evidence"),
        "a citation has evidence: quotes or passages": drop("cit:post-quotes-penn", "onr:evidence"),
    },
    "OR337": {
        "a document from outside the articles says how a reader finds it: citation or identifiers": drop(
            "doc:minutes", "dct:bibliographicCitation"
        )
    },
    "OR338": {
        "a correction has one number": drop("cor:correction-1", "onr:number"),
        "a correction corrects or retracts": put("cor:correction-1", "onr:kind", "k:letter"),
        "a correction has one reason": drop("cor:correction-1", "onr:reason"),
        "a correction has a date": drop("cor:correction-1", "onr:when"),
        "a correction has the hash of its line, 64 hexadecimal digits": put(
            "cor:correction-1", "onr:sha256", '"c0ffee"'
        ),
        "the hash before is 64 hexadecimal digits": put("cor:correction-1", "onr:sha256Before", '"c0ffee"'),
        "the hash after is 64 hexadecimal digits": put("cor:correction-1", "onr:sha256After", '"c0ffee"'),
        "a correction is of one record": add("sta:post-penn", "onr:correctedBy", "cor:correction-1"),
        "a record is retracted once": add("sta:echo-penn", "onr:retractedBy", "cor:correction-1"),
    },
    "OR341": {
        "nothing is owl:sameAs: merging is editorial; elsewhere it is same_as (skos:exactMatch)": add(
            "actor:ada-penn", "owl:sameAs", "actor:council-voice"
        )
    },
}

FAULTS = [
    Fault(code, message, (updates,) if isinstance(updates, str) else updates)
    for code, rows in _TABLE.items()
    for message, updates in rows.items()
]
