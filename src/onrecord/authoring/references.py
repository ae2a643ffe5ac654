"""Which field names what: the noun of the record, or the scheme of the concept, that a slug must have."""

from dataclasses import dataclass
from functools import cache

from onrecord.authoring.fields import fields_of
from onrecord.model import (
    Actor,
    Citation,
    Claim,
    Dating,
    Disagreement,
    Document,
    DossierFile,
    Event,
    EventAccount,
    Figure,
    Gap,
    Mention,
    OfficeAccount,
    Participant,
    Post,
    Provision,
    ProvisionAccount,
    Record,
    SourceFile,
    Statement,
    StatusPeriod,
    Tenure,
)
from onrecord.model.register import NOUNS


@dataclass(frozen=True, slots=True)
class Target:
    """What a slug may name: records of these nouns, concepts of these schemes."""

    nouns: tuple[str, ...] = ()
    schemes: tuple[str, ...] = ()

    def __str__(self) -> str:
        parts = [*self.nouns, *(f"concept of the scheme `{scheme}`" for scheme in self.schemes)]
        return " or ".join(parts) if len(parts) < len(NOUNS) else "any record"


ACTOR = Target(("actor",))
DOCUMENT = Target(("document", "instrument"))
INSTRUMENT = Target(("instrument",))
VOICE = Target(("actor", "document", "instrument"))
EVENT = Target(("event",))
STATEMENT = Target(("statement",))
CLAIM = Target(("claim",))
TENURE = Target(("tenure",))
PROVISION = Target(("provision",))
ANYTHING = Target(NOUNS)
SUBJECT = Target(NOUNS, ("topic",))


def scheme(name: str) -> Target:
    """A concept of one scheme of `ontology/kinds/`."""
    return Target((), (name,))


REFERENCES: dict[type[Record], dict[str, Target]] = {
    Dating: {"documents": DOCUMENT},
    Actor: {"kind": scheme("actor"), "acts_for": ACTOR, "part_of": ACTOR, "members": ACTOR},
    Post: {"organisation": ACTOR},
    Tenure: {"holder": ACTOR, "post": Target(("post",))},
    Document: {
        "kind": scheme("document"), "authors": ACTOR, "recipients": ACTOR, "parties": ACTOR,
        "publisher": ACTOR, "amends": DOCUMENT, "replaces": DOCUMENT, "part_of": DOCUMENT,
    },
    Provision: {"instrument": INSTRUMENT, "kind": scheme("provision"), "part_of": PROVISION},
    SourceFile: {"kind": scheme("document"), "publisher": ACTOR, "authors": ACTOR},
    Statement: {
        "speaker": ACTOR, "capacity": TENURE, "mode": scheme("mode"), "act": scheme("act"),
        "venue": Target(("event", "actor", "document", "instrument")), "addressee": ACTOR,
        "in_document": DOCUMENT, "about": scheme("topic"), "reported_by": VOICE,
        "relays": STATEMENT, "responds_to": STATEMENT, "same_utterance": STATEMENT,
    },
    Claim: {
        "concerns": ANYTHING, "aspect": scheme("aspect"), "concept": Target((), ("*",)), "said_by": VOICE,
        "statement": STATEMENT, "document": DOCUMENT,
    },
    Figure: {
        "indicator": scheme("indicator"), "subject": ANYTHING, "unit": scheme("unit"), "reported_by": VOICE,
        "breakdown_of": Target(("figure",)),
    },
    ProvisionAccount: {"provision": PROVISION, "according_to": VOICE, "statement": STATEMENT},
    Citation: {"citing": Target(("document", "instrument", "statement")), "cited": ANYTHING,
               "relation": scheme("relation")},
    EventAccount: {"event": EVENT},
    OfficeAccount: {"tenure": TENURE},
    Mention: {"actor": VOICE},
    Participant: {"actor": ACTOR, "role": scheme("role"), "capacity": TENURE},
    Event: {"kind": scheme("event"), "documents": DOCUMENT, "part_of": EVENT, "about": SUBJECT},
    StatusPeriod: {
        "instrument": INSTRUMENT, "status": scheme("status"), "according_to": VOICE, "opened_by": EVENT,
        "closed_by": EVENT, "claims": CLAIM,
    },
    Disagreement: {"kind": scheme("disagreement"), "claims": CLAIM, "resolution": scheme("resolution"),
                   "about": SUBJECT},
    Gap: {"kind": scheme("gap"), "about": SUBJECT},
    DossierFile: {"instruments": INSTRUMENT, "turning_points": EVENT},
}  # fmt: skip
"""`*` stands for any scheme."""

CHAINS: tuple[tuple[type[Record], str, str], ...] = (
    (Actor, "acts_for", "acts for"),
    (Actor, "part_of", "is part of"),
    (Actor, "members", "has as member"),
    (Document, "amends", "amends"),
    (Document, "replaces", "replaces"),
    (Document, "part_of", "is part of"),
    (Provision, "part_of", "is part of"),
    (Statement, "relays", "relays"),
    (Statement, "responds_to", "responds to"),
    (Figure, "breakdown_of", "is a breakdown of"),
    (Event, "part_of", "is part of"),
)
"""Relations that must not lead back to where they started."""

NOT_ITSELF: tuple[tuple[type[Record], str], ...] = ((Statement, "same_utterance"),)
"""Relations that may go both ways, but not from a record to itself."""


@cache
def refers(model: type[Record]) -> tuple[tuple[str, Target | None, type[Record] | None], ...]:
    """The fields of a record that hold slugs (with their target) or records that do (with their model)."""
    found: list[tuple[str, Target | None, type[Record] | None]] = []
    targets = REFERENCES.get(model, {})
    for name, field in fields_of(model).items():
        if name in targets:
            found.append((name, targets[name], None))
        elif field.model is not None and refers(field.model):
            found.append((name, None, field.model))
    return tuple(found)
