"""Writes dossiers: events, states of instruments, disagreements and gaps."""

from collections.abc import Mapping

from pyoxigraph import NamedNode

from onrecord import terms
from onrecord.graph.scribe import TYPE, Scribe
from onrecord.graph.sources import write_claim
from onrecord.model import DossierFile, Event, Participant, Register, SourceFile, StatusPeriod


def write_dossier(scribe: Scribe, register: Register, dossier: DossierFile) -> None:
    """Everything of one file of `data/dossiers/`."""
    labels = register.labels()
    home = scribe.thing("dossier", dossier.id, "Dossier", dossier.label)
    scribe.english(home, terms.DCT + "description", dossier.description)
    scribe.links(home, "instrument", dossier.instruments)
    scribe.links(home, "turningPoint", dossier.turning_points)
    for event in dossier.events:
        scribe.write(_event(scribe, event, labels), "inDossier", home)
    for period in dossier.statuses:
        _status(scribe, period, labels[period.instrument])
    for claim in dossier.claims:
        write_claim(scribe, claim, None, None)
    for dispute in dossier.disagreements:
        node = scribe.thing("disagreement", dispute.id, "Disagreement", dispute.label)
        scribe.concept(node, "kind", "disagreement", dispute.kind)
        scribe.links(node, "between", dispute.claims)
        scribe.concept(node, "resolution", "resolution", dispute.resolution)
        scribe.subjects(node, dispute.about)
        scribe.english(node, "note", dispute.note)
        scribe.write(node, "inDossier", home)
    for gap in dossier.gaps:
        node = scribe.thing("gap", gap.id, "Gap", gap.label)
        scribe.concept(node, "kind", "gap", gap.kind)
        scribe.subjects(node, [gap.about] if gap.about else [])
        scribe.english(node, "note", gap.note)
        scribe.write(node, "inDossier", home)
    if len(register.dossiers) == 1:
        for source in register.sources:
            scribe.write(scribe.names.of("event", publication_slug(source)), "inDossier", home)


def publication_slug(source: SourceFile) -> str:
    """The slug of the event that a source was published."""
    return f"{source.id}-published"


def publication(source: SourceFile) -> Event:
    """The publication of a source is an event of kind `article-publication`."""
    return Event(
        id=publication_slug(source),
        label=f"Published: {source.title}",
        kind="article-publication",
        date=source.published,
        participants=(Participant(actor=source.publisher, role="publisher"),),
        documents=(source.id,),
    )


def write_publication(
    scribe: Scribe, source: SourceFile, document: NamedNode, labels: Mapping[str, str]
) -> None:
    """The publication of a source, which the source itself tells."""
    scribe.write(_event(scribe, publication(source), labels), "toldIn", document)


def _event(scribe: Scribe, event: Event, labels: Mapping[str, str]) -> NamedNode:
    node = scribe.thing("event", event.id, "Event", event.label)
    scribe.concept(node, "kind", "event", event.kind)
    scribe.dated(node, event.date)
    scribe.links(node, "document", event.documents)
    scribe.link(node, "subEventOf", event.part_of)
    scribe.subjects(node, event.about)
    scribe.english(node, terms.DCT + "description", event.description)
    for participant in event.participants:
        _participation(scribe, event, participant, node, labels)
    return node


def _participation(
    scribe: Scribe, event: Event, participant: Participant, node: NamedNode, labels: Mapping[str, str]
) -> None:
    slug = f"{event.id}--{participant.actor}--{participant.role}"
    part = scribe.names.of("participation", slug)
    scribe.write(part, TYPE, NamedNode(terms.ONR + "Participation"))
    scribe.text(part, "slug", slug)
    scribe.english(part, terms.RDFS + "label", f"{labels[participant.actor]}: {participant.role}")
    scribe.link(part, "participant", participant.actor)
    scribe.concept(part, "role", "role", participant.role)
    scribe.link(part, "inCapacityOf", participant.capacity)
    scribe.concept(part, "stance", "stance", participant.stance)
    scribe.write(node, "participation", part)


def _status(scribe: Scribe, period: StatusPeriod, instrument: str) -> None:
    node = scribe.thing("status", period.id, "StatusPeriod", f"{instrument}: {period.status}")
    scribe.link(node, "statusOf", period.instrument)
    scribe.concept(node, "status", "status", period.status)
    scribe.dated(node, period.date)
    scribe.link(node, "accordingTo", period.according_to)
    scribe.links(node, "establishedBy", period.claims)
    scribe.english(node, "note", period.note)
    if period.opened_by is not None:
        scribe.write(scribe.names.entity(period.opened_by), "opens", node)
    if period.closed_by is not None:
        scribe.write(scribe.names.entity(period.closed_by), "closes", node)
