"""The formats: what each is, which tool it is for, and which filters it takes."""

from collections.abc import Mapping
from dataclasses import dataclass

from onrecord.exporters import writers
from onrecord.exporters.bibtex import write_bibtex
from onrecord.exporters.csl import write_csl
from onrecord.exporters.gexf import write_gexf
from onrecord.exporters.graphml import write_graphml
from onrecord.exporters.rdf import write_nquads, write_trig, write_turtle
from onrecord.exporters.ris import write_ris
from onrecord.exporters.selection import (
    ALL_FILTERS,
    CITATION_FILTERS,
    COMMON_FILTERS,
    EVENT_FILTERS,
    STATEMENT_FILTERS,
)

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
    function: writers.Writer
    tables: tuple[str, ...] = ()


def taken(chosen: Format, table: str = "") -> tuple[str, ...]:
    """The filters that a format takes, or a table of it; a drawing of events takes those of events, and what
    its lanes are.
    """
    if chosen.holds == _TIMELINE:
        return (*EVENT_FILTERS, "lanes")
    return TABLES[table or DEFAULT_TABLE] if chosen.tables else ALL_FILTERS


_CSV = "text/csv; charset=utf-8; header=present"

_ALL = (
    Format(
        name="gexf", title="GEXF 1.3, dynamic, by intervals", for_tool="Gephi, Gephi Lite, networkx",
        media_type="application/gexf+xml", suffix=".gexf", holds=_CITATIONS, sidecar=False,
        function=writers.network(write_gexf),
    ),
    Format(
        name="graphml", title="GraphML", for_tool="yEd, Cytoscape, igraph, networkx",
        media_type="application/xml", suffix=".graphml", holds=_CITATIONS, sidecar=False,
        function=writers.network(write_graphml),
    ),
    Format(
        name="edges-csv", title="Citations with measures, one row a passage", for_tool="R, pandas, Cytoscape",
        media_type=_CSV, suffix=".edges.csv", holds=_CITATIONS, sidecar=True, function=writers.edges_csv,
    ),
    Format(
        name="network-svg", title="SVG, the graph as a picture", for_tool="web pages, Inkscape",
        media_type="image/svg+xml", suffix=".svg", holds=_CITATIONS, sidecar=False, function=writers.picture,
    ),
    Format(
        name="csv", title="A table as plain CSV", for_tool="R, pandas, databases", media_type=_CSV,
        suffix=".csv", holds="", sidecar=True, function=writers.csv, tables=tuple(TABLES),
    ),
    Format(
        name="csv-safe", title="A table as CSV that is safe for spreadsheets",
        for_tool="Excel, LibreOffice, Google Sheets", media_type=_CSV, suffix=".safe.csv", holds="",
        sidecar=True, function=writers.csv_safe, tables=tuple(TABLES),
    ),
    Format(
        name="turtle", title="RDF 1.1 Turtle, all graphs as one", for_tool="Protégé, rdflib, Jena",
        media_type="text/turtle", suffix=".ttl", holds=_RECORD, sidecar=False,
        function=writers.rdf(write_turtle),
    ),
    Format(
        name="trig", title="RDF 1.1 TriG, one graph a source", for_tool="GraphDB, Jena, Oxigraph",
        media_type="application/trig", suffix=".trig", holds=_RECORD, sidecar=False,
        function=writers.rdf(write_trig),
    ),
    Format(
        name="nquads", title="RDF 1.1 N-Quads, sorted", for_tool="any triple store, diff",
        media_type="application/n-quads", suffix=".nq", holds=_RECORD, sidecar=False,
        function=writers.rdf(write_nquads),
    ),
    Format(
        name="jsonld", title="JSON-LD 1.1, its context inside", for_tool="web developers, jq",
        media_type="application/ld+json", suffix=".jsonld", holds=_RECORD, sidecar=False,
        function=writers.jsonld,
    ),
    Format(
        name="csl-json", title="CSL-JSON", for_tool="Zotero, Pandoc, Mendeley",
        media_type="application/vnd.citationstyles.csl+json", suffix=".csl.json", holds=_REFERENCES,
        sidecar=True, function=writers.references(lambda entries, _: write_csl(entries)),
    ),
    Format(
        name="bibtex", title="BibTeX with biblatex's dates", for_tool="LaTeX, JabRef, Zotero",
        media_type="application/x-bibtex", suffix=".bib", holds=_REFERENCES, sidecar=False,
        function=writers.references(write_bibtex),
    ),
    Format(
        name="ris", title="RIS", for_tool="EndNote, Zotero, Mendeley",
        media_type="application/x-research-info-systems", suffix=".ris", holds=_REFERENCES, sidecar=True,
        function=writers.references(lambda entries, _: write_ris(entries)),
    ),
    Format(
        name="card", title="Quotations as cards, static HTML", for_tool="web pages, newsletters",
        media_type="text/html; charset=utf-8", suffix=".html", holds=_QUOTATIONS, sidecar=True,
        function=writers.quotations,
    ),
    Format(
        name="svg", title="The timeline as a picture, SVG 1.1", for_tool="web pages, Inkscape, Illustrator",
        media_type="image/svg+xml", suffix=".svg", holds=_TIMELINE, sidecar=False,
        function=writers.timeline_svg,
    ),
    Format(
        name="embed-timeline", title="The timeline as static HTML", for_tool="web pages, newsletters",
        media_type="text/html; charset=utf-8", suffix=".html", holds=_TIMELINE, sidecar=True,
        function=writers.timeline_page,
    ),
)  # fmt: skip

FORMATS: Mapping[str, Format] = {each.name: each for each in _ALL}
"""Every format by name, in the order in which they are listed."""
