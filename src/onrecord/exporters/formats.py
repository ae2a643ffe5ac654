"""The formats: what each is, which tool it is for, and how it is written."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from onrecord.exporters import edges, embed, tables
from onrecord.exporters.bibliography import Entry, entries_of
from onrecord.exporters.bibtex import write_bibtex
from onrecord.exporters.card import cards
from onrecord.exporters.csl import write_csl
from onrecord.exporters.description import Description
from onrecord.exporters.gexf import write_gexf
from onrecord.exporters.graphml import write_graphml
from onrecord.exporters.network import network_of
from onrecord.exporters.notice import write_notice
from onrecord.exporters.picture import write_picture
from onrecord.exporters.rdf import record_quads, write_jsonld, write_nquads, write_trig, write_turtle
from onrecord.exporters.ris import write_ris
from onrecord.exporters.selection import (
    ALL_FILTERS,
    CITATION_FILTERS,
    COMMON_FILTERS,
    EVENT_FILTERS,
    STATEMENT_FILTERS,
    Selection,
    described,
)
from onrecord.exporters.svg import Timeline, timeline_of_rows, write_svg

TABLES: Mapping[str, tuple[str, ...]] = {
    "events": (*EVENT_FILTERS, *COMMON_FILTERS),
    "statements": (*STATEMENT_FILTERS, *COMMON_FILTERS),
    "citations": (*STATEMENT_FILTERS, *EVENT_FILTERS, *COMMON_FILTERS, *CITATION_FILTERS),
}
"""The tables of `csv` and `csv-safe`, each with the filters that it takes."""

DEFAULT_TABLE = "statements"
_CITATIONS, _RECORD, _REFERENCES, _QUOTATIONS = "citations", "record", "references", "cards"
_TIMELINE = "timeline"


@dataclass(frozen=True)
class Written:
    """What a writer gives: the bytes, what the file says of itself, and more for the sidecar."""

    content: bytes
    description: Description
    more: Mapping[str, Any] | None = None


Writer = Callable[[Selection, str], Written]


@dataclass(frozen=True)
class Format:
    """A format: its name, what it is, the tools that read it, and how it is written.

    `tables` says whether `table` may be chosen; `holds` is what the file's name says; `sidecar` whether the
    description stands in a second file `<name>.about.json`, since the format has no place that its readers
    accept.
    """

    name: str
    title: str
    for_tool: str
    media_type: str
    suffix: str
    holds: str
    sidecar: bool
    function: Writer
    tables: tuple[str, ...] = ()


def taken(chosen: Format, table: str = "") -> tuple[str, ...]:
    """The filters that a format takes, or a table of it; a drawing of events takes those of events, and what
    its lanes are.
    """
    if chosen.holds == _TIMELINE:
        return (*EVENT_FILTERS, "lanes")
    return TABLES[table or DEFAULT_TABLE] if chosen.tables else ALL_FILTERS


def _described(selection: Selection, holds: str, counts: Mapping[str, int], *parts: str) -> Description:
    """parts: those of the selection that the file writes; what was left out of the others is not its
    business.
    """
    notes = tuple(selection.notes[part] for part in parts if part in selection.notes)
    return Description(selection.material.about, holds, selection.filters, counts, notes)


def _network(write: Callable[..., bytes]) -> Writer:
    def written(selection: Selection, _: str) -> Written:
        network = network_of(selection)
        passages = sum(len(edge.evidence) for edge in selection.citations)
        counts = {"nodes": len(network.nodes), "citations": len(network.edges), "passages": passages}
        description = _described(selection, "the graph of citations", counts, "citations")
        return Written(write(network, description), description)

    return written


def _drawn(selection: Selection, _: str) -> Written:
    network = selection.network
    counts = {"nodes": len(network.drawn), "citations": len(network.drawn_edges)}
    description = _described(selection, "a drawing of the graph of citations", counts, "citations")
    if network.left_out:
        description = description.with_notes(f"{network.left_out}.")
    return Written(write_picture(network, description), description)


def _rdf(write: Callable[..., bytes]) -> Writer:
    def written(selection: Selection, _: str) -> Written:
        quads = record_quads(selection)
        triples = {quad.triple for quad in quads}
        counts = {"quads": len(quads), "triples": len(triples)}
        holds = "the record" if selection.whole else "an excerpt of the record"
        description = _described(selection, holds, counts, "statements", "events", "citations")
        return Written(write(quads, description), description)

    return written


def _jsonld(selection: Selection, table: str) -> Written:
    def write(quads: list[Any], description: Description) -> bytes:
        return write_jsonld(quads, description, selection.material.context)

    return _rdf(write)(selection, table)


def _csl(selection: Selection, _: str) -> Written:
    entries = entries_of(selection)
    return Written(write_csl(entries), _of_entries(selection, entries))


def _ris(selection: Selection, _: str) -> Written:
    entries = entries_of(selection)
    return Written(write_ris(entries), _of_entries(selection, entries))


def _bibtex(selection: Selection, _: str) -> Written:
    entries = entries_of(selection)
    description = _of_entries(selection, entries)
    return Written(write_bibtex(entries, description), description)


def _of_entries(selection: Selection, entries: Sequence[Entry]) -> Description:
    quotations = sum(1 for entry in entries if entry.quotation is not None)
    counts = {"documents": len(entries) - quotations, "quotations": quotations}
    return _described(selection, "documents and quotations as references", counts, "documents", "statements")


def _rows(
    selection: Selection, table: str
) -> tuple[list[Mapping[str, Any]], tuple[str, ...], dict[str, int]]:
    """Rows, columns and counts of a table."""
    if table == "statements":
        rows: list[Mapping[str, Any]] = list(selection.statements)
        return (
            rows,
            tables.columns_of(rows, tables.STATEMENT_COLUMNS),
            _counts(rows, "statements", "statement"),
        )
    if table == "events":
        rows = list(selection.events)
        return rows, tables.columns_of(rows, tables.EVENT_COLUMNS), _counts(rows, "events", "event")
    rows = list(edges.citation_rows(selection))
    return rows, edges.CITATION_COLUMNS, _counts(rows, "citations", "edge")


def _counts(rows: list[Mapping[str, Any]], name: str, key: str) -> dict[str, int]:
    return {"rows": len(rows), name: len({row.get(key) for row in rows})}


_DIALECT = "RFC 4180: comma, CRLF, one header line, UTF-8"
_CELLS = "A list or an object stands in its cell as JSON; an empty cell is a missing value."


def _csv(selection: Selection, table: str) -> Written:
    rows, columns, counts = _rows(selection, table)
    content = tables.write_csv(tables.cells(rows, columns), columns)
    description = _described(selection, f"the table of {table}", counts, table).with_notes(_CELLS)
    return Written(content, description, {"dialect": _DIALECT, "columns": list(columns)})


def _edges_csv(selection: Selection, _: str) -> Written:
    rows = edges.measured_rows(selection)
    columns = (*edges.CITATION_COLUMNS, *edges.MEASURE_COLUMNS)
    content = tables.write_csv(tables.cells(rows, columns), columns)
    counts = _counts(list(rows), "citations", "edge")
    description = _described(selection, "citations with measures", counts, "citations")
    more = {"dialect": _DIALECT, "columns": list(columns)}
    return Written(content, description.with_notes(_CELLS, _MEASURES), more)


_MEASURES = (
    "Degrees count citations in this file; PageRank has damping 0.85, counts parallel citations each and is"
    " rounded to six digits."
)


def _csv_safe(selection: Selection, table: str) -> Written:
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


def _cards(selection: Selection, _: str) -> Written:
    """The cards of the selected statements as a page; each says of itself what a description would."""
    rows, _events = described(selection)
    counts = _counts(list(rows), "statements", "statement")
    description = _described(selection, "quotations as cards", counts, "statements")
    title = f"{selection.material.about.title}: quotations"
    return Written(embed.page(title, cards(selection.material, rows)), description)


def _timeline(selection: Selection) -> tuple[Timeline, Description]:
    """What is drawn, and what the file says of itself."""
    timeline = selection.material.timeline or timeline_of_rows(selection.events)
    counts = {"events": timeline.total, "without a date to draw": timeline.undated}
    return timeline, _described(selection, "the timeline", counts, "events")


def _svg(selection: Selection, _: str) -> Written:
    timeline, description = _timeline(selection)
    return Written(write_svg(timeline, description), description)


def _embed_timeline(selection: Selection, _: str) -> Written:
    timeline, description = _timeline(selection)
    title = selection.material.about.title
    return Written(embed.page(title, write_notice(timeline, description)), description)


_CSV = "text/csv; charset=utf-8; header=present"

_ALL = (
    Format(
        name="gexf", title="GEXF 1.3, dynamic, by intervals", for_tool="Gephi, Gephi Lite, networkx",
        media_type="application/gexf+xml", suffix=".gexf", holds=_CITATIONS, sidecar=False,
        function=_network(write_gexf),
    ),
    Format(
        name="graphml", title="GraphML", for_tool="yEd, Cytoscape, igraph, networkx",
        media_type="application/xml", suffix=".graphml", holds=_CITATIONS, sidecar=False,
        function=_network(write_graphml),
    ),
    Format(
        name="edges-csv", title="Citations with measures, one row a passage", for_tool="R, pandas, Cytoscape",
        media_type=_CSV, suffix=".edges.csv", holds=_CITATIONS, sidecar=True, function=_edges_csv,
    ),
    Format(
        name="network-svg", title="SVG, the graph as a picture", for_tool="web pages, Inkscape",
        media_type="image/svg+xml", suffix=".svg", holds=_CITATIONS, sidecar=False, function=_drawn,
    ),
    Format(
        name="csv", title="A table as plain CSV", for_tool="R, pandas, databases", media_type=_CSV,
        suffix=".csv", holds="", sidecar=True, function=_csv, tables=tuple(TABLES),
    ),
    Format(
        name="csv-safe", title="A table as CSV that is safe for spreadsheets",
        for_tool="Excel, LibreOffice, Google Sheets", media_type=_CSV, suffix=".safe.csv", holds="",
        sidecar=True, function=_csv_safe, tables=tuple(TABLES),
    ),
    Format(
        name="turtle", title="RDF 1.1 Turtle, all graphs as one", for_tool="Protégé, rdflib, Jena",
        media_type="text/turtle", suffix=".ttl", holds=_RECORD, sidecar=False, function=_rdf(write_turtle),
    ),
    Format(
        name="trig", title="RDF 1.1 TriG, one graph a source", for_tool="GraphDB, Jena, Oxigraph",
        media_type="application/trig", suffix=".trig", holds=_RECORD, sidecar=False,
        function=_rdf(write_trig),
    ),
    Format(
        name="nquads", title="RDF 1.1 N-Quads, sorted", for_tool="any triple store, diff",
        media_type="application/n-quads", suffix=".nq", holds=_RECORD, sidecar=False,
        function=_rdf(write_nquads),
    ),
    Format(
        name="jsonld", title="JSON-LD 1.1, its context inside", for_tool="web developers, jq",
        media_type="application/ld+json", suffix=".jsonld", holds=_RECORD, sidecar=False, function=_jsonld,
    ),
    Format(
        name="csl-json", title="CSL-JSON", for_tool="Zotero, Pandoc, Mendeley",
        media_type="application/vnd.citationstyles.csl+json", suffix=".csl.json", holds=_REFERENCES,
        sidecar=True, function=_csl,
    ),
    Format(
        name="bibtex", title="BibTeX with biblatex's dates", for_tool="LaTeX, JabRef, Zotero",
        media_type="application/x-bibtex", suffix=".bib", holds=_REFERENCES, sidecar=False, function=_bibtex,
    ),
    Format(
        name="ris", title="RIS", for_tool="EndNote, Zotero, Mendeley",
        media_type="application/x-research-info-systems", suffix=".ris", holds=_REFERENCES, sidecar=True,
        function=_ris,
    ),
    Format(
        name="card", title="Quotations as cards, static HTML", for_tool="web pages, newsletters",
        media_type="text/html; charset=utf-8", suffix=".html", holds=_QUOTATIONS, sidecar=True,
        function=_cards,
    ),
    Format(
        name="svg", title="The timeline as a picture, SVG 1.1", for_tool="web pages, Inkscape, Illustrator",
        media_type="image/svg+xml", suffix=".svg", holds=_TIMELINE, sidecar=False, function=_svg,
    ),
    Format(
        name="embed-timeline", title="The timeline as static HTML", for_tool="web pages, newsletters",
        media_type="text/html; charset=utf-8", suffix=".html", holds=_TIMELINE, sidecar=True,
        function=_embed_timeline,
    ),
)  # fmt: skip

FORMATS: Mapping[str, Format] = {each.name: each for each in _ALL}
"""Every format by name, in the order in which they are listed."""
