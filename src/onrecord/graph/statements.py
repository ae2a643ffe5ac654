"""Writes the statements of one source, one node a printing."""

from pyoxigraph import NamedNode

from onrecord import terms
from onrecord.graph.passages import Passages
from onrecord.graph.scribe import Scribe, shortened
from onrecord.model import Register, SourceFile, Statement

SEGMENT_BREAK = "\n\n"
"""What stands between the printed paragraphs of a statement in `onr:text`."""


def text_of(statement: Statement) -> str:
    """The printed words, paragraphs joined by a blank line; for reported speech our description."""
    if statement.quotes:
        return SEGMENT_BREAK.join(quote.exact for quote in statement.quotes)
    return statement.description or ""


def write_statements(
    scribe: Scribe, register: Register, source: SourceFile, passages: Passages, document: NamedNode
) -> None:
    """All statements of a source."""
    labels = register.labels()
    for statement in source.statements:
        class_name = "Paraphrase" if statement.mode == "indirect" else "Quotation"
        label = f"{labels.get(statement.speaker, statement.speaker)}: {shortened(text_of(statement))}"
        node = scribe.thing("statement", statement.id, class_name, label)
        _who(scribe, statement, node)
        _what(scribe, statement, node)
        scribe.dated(node, statement.date)
        passages.write_all(node, "inPassage", (*statement.quotes, *statement.passages))
        scribe.write(node, "toldIn", document)


def _who(scribe: Scribe, statement: Statement, node: NamedNode) -> None:
    scribe.link(node, "speaker", statement.speaker)
    scribe.text(node, "namedAs", statement.named_as)
    scribe.text(node, "namedRole", statement.role)
    scribe.link(node, "inCapacityOf", statement.capacity)
    scribe.link(node, "addressee", statement.addressee)
    scribe.link(node, "madeAt", statement.venue)
    scribe.link(node, "inDocument", statement.in_document)
    scribe.link(node, "reportedBy", statement.reported_by)
    scribe.link(node, "relays", statement.relays)
    scribe.link(node, "respondsTo", statement.responds_to)
    for other in statement.same_utterance:
        scribe.link(node, "sameUtterance", other)
        scribe.write(scribe.names.entity(other), "sameUtterance", node)


def _what(scribe: Scribe, statement: Statement, node: NamedNode) -> None:
    scribe.concept(node, "mode", "mode", statement.mode)
    scribe.concept(node, "act", "act", statement.act)
    scribe.concepts(node, "about", "topic", statement.about)
    scribe.concept(node, "stance", "stance", statement.stance)
    scribe.text(node, "text", text_of(statement))
    scribe.english(node, terms.DCT + "description", statement.description)
    scribe.english(node, "note", statement.note)
