"""Writes what one source says into its own named graph."""

from collections import Counter

from pyoxigraph import Literal, NamedNode

from onrecord import terms
from onrecord.graph.citations import write_citations
from onrecord.graph.passages import Passages
from onrecord.graph.scribe import Scribe, shortened
from onrecord.graph.statements import write_statements
from onrecord.model import LICENCES, Claim, Figure, Passage, Register, SourceFile


def write_source(scribe: Scribe, register: Register, source: SourceFile) -> None:
    """The document, its capture and everything that it says."""
    document = _document(scribe, source)
    passages = Passages.of(scribe, source, _capture(scribe, source, document))
    write_statements(scribe, register, source, passages, document)
    for claim in source.claims:
        write_claim(scribe, claim, passages, document)
    for figure in source.figures:
        _figure(scribe, figure, passages, document)
    _accounts(scribe, source, passages, document)
    for mention in source.mentions:
        scribe.link(passages.write(mention), "mentions", mention.actor)
    write_citations(scribe, source, passages, register.labels())


def _document(scribe: Scribe, source: SourceFile) -> NamedNode:
    node = scribe.thing("document", source.id, "Document", source.title)
    scribe.english(node, terms.DCT + "title", source.title)
    scribe.concept(node, "kind", "document", source.kind)
    scribe.link(node, terms.DCT + "publisher", source.publisher)
    scribe.links(node, "author", source.authors)
    scribe.dated(node, source.published)
    scribe.text(node, terms.DCT + "identifier", source.url)
    scribe.text(node, terms.DCT + "language", source.language)
    scribe.english(node, terms.DCT + "rights", source.rights)
    scribe.attested(node, False)
    return node


def _capture(scribe: Scribe, source: SourceFile, document: NamedNode) -> NamedNode:
    node = scribe.thing("capture", source.capture_id, "Capture", f"Text of {source.title}")
    scribe.write(node, "captureOf", document)
    scribe.text(node, "fileName", source.capture.file)
    scribe.text(node, "sha256", source.capture.sha256)
    scribe.integer(node, "length", source.capture.length)
    scribe.dated(node, source.capture.retrieved)
    if source.licence is not None:
        scribe.write(node, terms.DCT + "license", NamedNode(LICENCES[source.licence]))
    return node


def write_claim(scribe: Scribe, claim: Claim, passages: Passages | None, document: NamedNode | None) -> None:
    """A claim of a source, or (without passages) of an outside document."""
    node = scribe.thing("claim", claim.id, "Claim", shortened(claim.value, 120))
    scribe.link(node, "concerns", claim.concerns)
    scribe.concept(node, "aspect", "aspect", claim.aspect)
    scribe.text(node, "value", claim.value)
    scribe.value(node, "valueEntity", claim.concept)
    scribe.link(node, "saidBy", claim.said_by)
    scribe.concept(node, "standing", "standing", claim.standing)
    scribe.dated(node, claim.date)
    scribe.english(node, "note", claim.note)
    if claim.statement is not None:
        scribe.write(scribe.names.entity(claim.statement), "asserts", node)
    if passages is not None:
        passages.write_all(node, "evidence", (*claim.quotes, *claim.passages))
    scribe.link(node, "evidence", claim.document)
    if document is not None:
        scribe.write(node, "toldIn", document)


def _figure(scribe: Scribe, figure: Figure, passages: Passages, document: NamedNode) -> None:
    node = scribe.thing("figure", figure.id, "Figure", figure.label)
    scribe.concept(node, "measures", "indicator", figure.indicator)
    scribe.link(node, "subject", figure.subject)
    amount = Literal(format(figure.amount, "f"), datatype=NamedNode(terms.XSD + "decimal"))
    scribe.write(node, "amount", amount)
    scribe.concept(node, "bound", "bound", figure.bound)
    scribe.concept(node, "unit", "unit", figure.unit)
    scribe.dated(node, figure.date)
    scribe.link(node, "reportedBy", figure.reported_by)
    scribe.link(node, "breakdownOf", figure.breakdown_of)
    scribe.english(node, "note", figure.note)
    passages.write_all(node, "evidence", (*figure.quotes, *figure.passages))
    scribe.write(node, "toldIn", document)


def _accounts(scribe: Scribe, source: SourceFile, passages: Passages, document: NamedNode) -> None:
    """What the source tells of events, provisions and tenures: one account a record of the file."""
    told: Counter[str] = Counter()

    def account(subject: str, description: str, anchors: tuple[Passage, ...]) -> NamedNode:
        told[subject] += 1
        number = f"-{told[subject]}" if told[subject] > 1 else ""
        node = scribe.thing(
            "account", f"{source.id}-{subject}{number}", "Account", shortened(description, 120)
        )
        scribe.link(node, "accountOf", subject)
        scribe.write(node, "toldIn", document)
        passages.write_all(node, "evidence", anchors)
        passages.write_all(scribe.names.entity(subject), "evidence", anchors)
        return node

    for event in source.events:
        node = account(event.event, event.description, (*event.quotes, *event.passages))
        scribe.english(node, terms.DCT + "description", event.description)
        scribe.text(node, "namedAs", event.named_as)
        scribe.write(node, "accordingTo", document)
    for provision in source.provisions:
        node = account(provision.provision, provision.description, (*provision.quotes, *provision.passages))
        scribe.english(node, terms.DCT + "description", provision.description)
        scribe.link(node, "accordingTo", provision.according_to)
        scribe.link(node, "fromStatement", provision.statement)
    for office in source.offices:
        node = account(office.tenure, office.wording, (office,))
        scribe.text(node, "wording", office.wording)
        scribe.dated(node, office.date)
        scribe.write(node, "accordingTo", document)
