"""Writes the record in the formats of other tools, deterministically and with its licence and sources."""

from onrecord.exporters.bindings import edges_of, references_of
from onrecord.exporters.formats import DEFAULT_TABLE, FORMATS, TABLES, Format, taken
from onrecord.exporters.gathering import about_record, citations_from, export_from
from onrecord.exporters.material import About, ExportFile, Material, Party, Reference, SourceNote
from onrecord.exporters.record import Record
from onrecord.exporters.registry import export, find_format, near
from onrecord.exporters.selection import (
    CITATION_FILTERS,
    COMMON_FILTERS,
    EVENT_FILTERS,
    STATEMENT_FILTERS,
    Cited,
    cited,
    own_filters,
)

__all__ = [
    "CITATION_FILTERS",
    "COMMON_FILTERS",
    "DEFAULT_TABLE",
    "EVENT_FILTERS",
    "FORMATS",
    "STATEMENT_FILTERS",
    "TABLES",
    "About",
    "Cited",
    "ExportFile",
    "Format",
    "Material",
    "Party",
    "Record",
    "Reference",
    "SourceNote",
    "about_record",
    "citations_from",
    "cited",
    "edges_of",
    "export",
    "export_from",
    "find_format",
    "near",
    "own_filters",
    "references_of",
    "taken",
]
