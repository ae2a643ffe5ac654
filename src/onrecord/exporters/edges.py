"""Citations as rows: one an edge and passage of evidence, with the measures of both ends."""

from collections.abc import Mapping
from typing import Any

from onrecord.analysis.citations import NO_PASSAGE, CitationEdge, Evidence, Measures, citation_graph, measures
from onrecord.exporters.selection import Selection, certainty

CITATION_COLUMNS = (
    "edge", "from", "from_noun", "from_label", "from_kind", "relation", "cito", "to", "to_noun", "to_label",
    "to_kind", "description", "when", "earliest", "latest", "date_basis", "certainty", "told_in",
    "evidence_number", "evidence_count", "source", "source_file", "start", "end", "text", "text_is",
)  # fmt: skip
MEASURE_COLUMNS = (
    "from_in_degree", "from_out_degree", "from_degree", "from_pagerank",
    "to_in_degree", "to_out_degree", "to_degree", "to_pagerank",
)  # fmt: skip


def citation_rows(selection: Selection) -> list[dict[str, Any]]:
    """One row an edge and passage (one without a passage where an edge has none), by edge and position."""
    return [
        _row(edge, number, passage, selection.filters)
        for edge in selection.citations
        for number, passage in enumerate(edge.evidence or (NO_PASSAGE,), start=1)
    ]


def measured_rows(selection: Selection) -> list[dict[str, Any]]:
    """The same with the measures of the selected graph."""
    found = measures(citation_graph(selection.citations))
    return [
        row | _measures(found[row["from"]], "from") | _measures(found[row["to"]], "to")
        for row in citation_rows(selection)
    ]


def _row(edge: CitationEdge, number: int, passage: Evidence, filters: Mapping[str, str]) -> dict[str, Any]:
    return {
        "edge": edge.id,
        "from": edge.from_,
        "from_noun": edge.from_noun,
        "from_label": edge.from_label,
        "from_kind": edge.from_kind,
        "to": edge.to,
        "to_noun": edge.to_noun,
        "to_label": edge.to_label,
        "to_kind": edge.to_kind,
        **facts(edge, filters),
        "evidence_number": number if edge.evidence else None,
        "source": passage.source,
        "source_file": passage.source_file,
        "start": passage.start,
        "end": passage.end,
        "text": passage.text,
        "text_is": passage.text_is,
    }


def facts(edge: CitationEdge, filters: Mapping[str, str]) -> dict[str, str | int | None]:
    """What every format says of a citation itself. filters: those that chose it."""
    return {
        "relation": edge.relation,
        "cito": edge.character,
        "description": edge.description,
        "when": edge.when,
        "earliest": edge.earliest,
        "latest": edge.latest,
        "date_basis": edge.date_basis,
        "certainty": certainty(edge, filters),
        "told_in": edge.source,
        "evidence_count": len(edge.evidence),
    }


def _measures(found: Measures, end: str) -> dict[str, Any]:
    return {
        f"{end}_in_degree": found.in_degree,
        f"{end}_out_degree": found.out_degree,
        f"{end}_degree": found.degree,
        f"{end}_pagerank": found.pagerank,
    }
