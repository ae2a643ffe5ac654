"""Writes documents, instruments and provisions."""

from onrecord import terms
from onrecord.graph.scribe import Scribe
from onrecord.model import Document, Provision, Register


def write_documents(scribe: Scribe, register: Register) -> None:
    """Everything of `data/documents/`."""
    for document in register.documents:
        _document(scribe, document)
    for provision in register.provisions:
        _provision(scribe, provision)


def _document(scribe: Scribe, document: Document) -> None:
    noun, class_name = ("instrument", "Instrument") if document.instrument else ("document", "Document")
    node = scribe.thing(noun, document.id, class_name, document.label)
    scribe.english(node, terms.DCT + "title", document.label)
    scribe.concept(node, "kind", "document", document.kind)
    scribe.links(node, "author", document.authors)
    scribe.links(node, "recipient", document.recipients)
    scribe.links(node, "party", document.parties)
    scribe.link(node, terms.DCT + "publisher", document.publisher)
    scribe.dated(node, document.date)
    scribe.links(node, "amends", document.amends)
    scribe.links(node, "replaces", document.replaces)
    scribe.link(node, "partOf", document.part_of)
    scribe.english(node, terms.DCT + "description", document.description)
    scribe.text(node, terms.DCT + "bibliographicCitation", document.citation)
    for identifier in document.identifiers:
        scribe.text(node, terms.DCT + "identifier", identifier)
    for name in document.names:
        scribe.english(node, terms.SKOS + "altLabel", name)
    scribe.attested(node, document.outside)


def _provision(scribe: Scribe, provision: Provision) -> None:
    node = scribe.thing("provision", provision.id, "Provision", provision.label)
    scribe.link(node, "partOfInstrument", provision.instrument)
    scribe.link(node, "partOfInstrument", provision.part_of)
    scribe.concept(node, "kind", "provision", provision.kind)
    scribe.dated(node, provision.date)
