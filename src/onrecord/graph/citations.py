"""Writes citations: the authored ones, and those that follow from the statements of a source."""

from pyoxigraph import NamedNode

from onrecord import terms
from onrecord.graph.passages import Passages
from onrecord.graph.scribe import Scribe
from onrecord.model import Passage, SourceFile, Statement


def write_citations(scribe: Scribe, source: SourceFile, passages: Passages, labels: dict[str, str]) -> None:
    """Authored citations, then *source quotes its own statement* and *statement relays statement*."""
    for citation in source.citations:
        node = _citation(
            scribe, citation.id, citation.citing or source.id, citation.cited, citation.relation, labels
        )
        scribe.write(node, "toldIn", scribe.names.entity(source.id))
        scribe.english(node, terms.DCT + "description", citation.description)
        passages.write_all(node, "evidence", (*citation.quotes, *citation.passages))
    second_hand = {statement.relays for statement in source.statements}
    for statement in source.statements:
        _implied(scribe, source, statement, passages, labels, first_hand=statement.id not in second_hand)


def _implied(
    scribe: Scribe,
    source: SourceFile,
    statement: Statement,
    passages: Passages,
    labels: dict[str, str],
    *,
    first_hand: bool,
) -> None:
    """A source quotes its speakers; what one of them passes on is reached through that one."""
    edges = []
    if statement.quotes and first_hand:
        edges.append((f"{source.id}--{statement.id}", source.id, statement.id, "quotes"))
    if statement.relays is not None:
        edges.append((f"{statement.id}--{statement.relays}", statement.id, statement.relays, "relays"))
    anchors: tuple[Passage, ...] = (*statement.quotes, *statement.passages)
    for slug, citing, cited, relation in edges:
        node = _citation(scribe, slug, citing, cited, relation, labels)
        scribe.write(node, "toldIn", scribe.names.entity(source.id))
        passages.write_all(node, "evidence", anchors)


def _citation(
    scribe: Scribe, slug: str, citing: str, cited: str, relation: str, labels: dict[str, str]
) -> NamedNode:
    label = f"{labels.get(citing, citing)} {relation} {labels.get(cited, cited)}"
    node = scribe.thing("citation", slug, "Citation", label)
    scribe.link(node, "citing", citing)
    scribe.link(node, "cited", cited)
    scribe.concept(node, "character", "relation", relation)
    return node
