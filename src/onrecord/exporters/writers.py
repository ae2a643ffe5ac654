"""How each format is written: what of a selection goes in, and what the file says of itself."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from onrecord.exporters import edges, embed, tables
from onrecord.exporters.bibliography import Entry, entries_of
from onrecord.exporters.card import cards
from onrecord.exporters.description import Description
from onrecord.exporters.network import network_of
from onrecord.exporters.notice import write_notice
from onrecord.exporters.picture import write_picture
from onrecord.exporters.rdf import record_quads, write_jsonld
from onrecord.exporters.selection import Selection, described
from onrecord.exporters.svg import Timeline, timeline_of_rows, write_svg


@dataclass(frozen=True)
class Written:
    """What a writer gives: the bytes, what the file says of itself, and more for the sidecar."""

    content: bytes
    description: Description
    more: Mapping[str, Any] | None = None


Writer = Callable[[Selection, str], Written]


def _described(selection: Selection, holds: str, counts: Mapping[str, int], *parts: str) -> Description:
    """parts: those of the selection that the file writes; what was left out of the others is not its
    business.
    """
    notes = tuple(selection.notes[part] for part in parts if part in selection.notes)
    return Description(selection.material.about, holds, selection.filters, counts, notes)


def network(write: Callable[..., bytes]) -> Writer:
    """A graph of citations in a format of other tools. write: the graph and its description → the file."""

    def written(selection: Selection, _: str) -> Written:
        network = network_of(selection)
        passages = sum(len(edge.evidence) for edge in selection.citations)
        counts = {"nodes": len(network.nodes), "citations": len(network.edges), "passages": passages}
        description = _described(selection, "the graph of citations", counts, "citations")
        return Written(write(network, description), description)

    return written


def picture(selection: Selection, _: str) -> Written:
    """The graph of citations as a picture."""
    network = selection.network
    counts = {"nodes": len(network.drawn), "citations": len(network.drawn_edges)}
    description = _described(selection, "a drawing of the graph of citations", counts, "citations")
    if network.left_out:
        description = description.with_notes(f"{network.left_out}.")
    return Written(write_picture(network, description), description)


def rdf(write: Callable[..., bytes]) -> Writer:
    """The record, or an excerpt of it, as RDF. write: its quads and the description → the file."""

    def written(selection: Selection, _: str) -> Written:
        quads = record_quads(selection)
        triples = {quad.triple for quad in quads}
        counts = {"quads": len(quads), "triples": len(triples)}
        holds = "the record" if selection.whole else "an excerpt of the record"
        description = _described(selection, holds, counts, "statements", "events", "citations")
        return Written(write(quads, description), description)

    return written


def jsonld(selection: Selection, table: str) -> Written:
    """The same as JSON-LD, with our context inside."""

    def write(quads: list[Any], description: Description) -> bytes:
        return write_jsonld(quads, description, selection.material.context)

    return rdf(write)(selection, table)


def references(write: Callable[[Sequence[Entry], Description], bytes]) -> Writer:
    """Documents and printed quotations as references. write: these and the description → the file."""

    def written(selection: Selection, _: str) -> Written:
        entries = entries_of(selection)
        description = _of_entries(selection, entries)
        return Written(write(entries, description), description)

    return written


def _of_entries(selection: Selection, entries: Sequence[Entry]) -> Description:
    quotations = sum(1 for entry in entries if entry.quotation is not None)
    counts = {"documents": len(entries) - quotations, "quotations": quotations}
    return _described(selection, "documents and quotations as references", counts, "documents", "statements")


def _rows(
    selection: Selection, table: str
) -> tuple[Sequence[Mapping[str, Any]], tuple[str, ...], dict[str, int]]:
    """Rows, columns and counts of a table."""
    if table == "citations":
        edge_rows = edges.citation_rows(selection)
        return edge_rows, edges.CITATION_COLUMNS, _counts(edge_rows, table, "edge")
    rows, promised = {
        "statements": (selection.statements, tables.STATEMENT_COLUMNS),
        "events": (selection.events, tables.EVENT_COLUMNS),
    }[table]
    return rows, tables.columns_of(rows, promised), _counts(rows, table, table.removesuffix("s"))


def _counts(rows: Sequence[Mapping[str, Any]], name: str, key: str) -> dict[str, int]:
    return {"rows": len(rows), name: len({row.get(key) for row in rows})}


_DIALECT = "RFC 4180: comma, CRLF, one header line, UTF-8"
_CELLS = "A list or an object stands in its cell as JSON; an empty cell is a missing value."
_MEASURES = (
    "Degrees count citations in this file; PageRank has damping 0.85, counts parallel citations each and is"
    " rounded to six digits."
)


def csv(selection: Selection, table: str) -> Written:
    """A table as plain CSV."""
    rows, columns, counts = _rows(selection, table)
    content = tables.write_csv(tables.cells(rows, columns), columns)
    description = _described(selection, f"the table of {table}", counts, table).with_notes(_CELLS)
    return Written(content, description, {"dialect": _DIALECT, "columns": list(columns)})


def edges_csv(selection: Selection, _: str) -> Written:
    """Citations with the measures of both ends, as CSV."""
    rows = edges.measured_rows(selection)
    columns = (*edges.CITATION_COLUMNS, *edges.MEASURE_COLUMNS)
    content = tables.write_csv(tables.cells(rows, columns), columns)
    counts = _counts(rows, "citations", "edge")
    description = _described(selection, "citations with measures", counts, "citations")
    more = {"dialect": _DIALECT, "columns": list(columns)}
    return Written(content, description.with_notes(_CELLS, _MEASURES), more)


def csv_safe(selection: Selection, table: str) -> Written:
    """A table as CSV that no spreadsheet takes for formulas."""
    rows, columns, counts = _rows(selection, table)
    safe, changed = tables.made_safe(tables.cells(rows, columns), columns)
    note = (
        f"Safe for spreadsheets: {len(changed)} cells that a spreadsheet may take for a formula begin with an"
        " apostrophe that is not part of the value; 'apostrophes' lists them (row from 1 after the header)."
        " Open the file with the comma as separator."
    )
    description = _described(selection, f"the table of {table}", counts, table).with_notes(_CELLS, note)
    more = {"dialect": _DIALECT + ", every cell quoted", "columns": list(columns), "apostrophes": changed}
    return Written(tables.write_csv(safe, columns, quote_all=True), description, more)


def quotations(selection: Selection, _: str) -> Written:
    """The cards of the selected statements as a page; each says of itself what a description would."""
    rows, _events = described(selection)
    counts = _counts(rows, "statements", "statement")
    description = _described(selection, "quotations as cards", counts, "statements")
    title = f"{selection.material.about.title}: quotations"
    return Written(embed.page(title, cards(selection.material, rows)), description)


def _timeline(selection: Selection) -> tuple[Timeline, Description]:
    """What is drawn, and what the file says of itself."""
    timeline = selection.material.timeline or timeline_of_rows(selection.events)
    counts = {"events": timeline.total, "without a date to draw": timeline.undated}
    return timeline, _described(selection, "the timeline", counts, "events")


def timeline_svg(selection: Selection, _: str) -> Written:
    """The timeline as a picture."""
    timeline, description = _timeline(selection)
    return Written(write_svg(timeline, description), description)


def timeline_page(selection: Selection, _: str) -> Written:
    """The timeline as a page."""
    timeline, description = _timeline(selection)
    title = selection.material.about.title
    return Written(embed.page(title, write_notice(timeline, description)), description)
