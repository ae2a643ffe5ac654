"""The whole answer to a query: columns in the projection's order, rows, and its written forms."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Literal

import pyoxigraph

from onrecord.errors import UsageError
from onrecord.query import table
from onrecord.terms import PREFIXES

Term = dict[str, str]
Row = dict[str, Term]
ResultKind = Literal["bindings", "boolean", "graph"]

TABLE_FORMATS = ("json", "csv", "tsv", "xml", "text")
GRAPH_FORMATS = ("turtle", "ntriples", "jsonld", "text")
BOOLEAN_FORMATS = ("json", "csv", "tsv", "xml", "text")


@dataclass(frozen=True)
class QueryResult:
    """What a query gave, whole.

    kind: `bindings` (SELECT), `boolean` (ASK) or `graph` (CONSTRUCT, DESCRIBE). columns: variables in the
    projection's order, for `SELECT *` that of their first appearance in the query. body: as the worker sent
    it (SPARQL 1.1 Query Results JSON, or N-Triples).
    """

    kind: ResultKind
    columns: tuple[str, ...]
    body: bytes = field(repr=False)

    @cached_property
    def rows(self) -> list[Row]:
        """The solutions of a SELECT, each variable's term as in SPARQL 1.1 Query Results JSON; else empty."""
        return list(json.loads(self.body)["results"]["bindings"]) if self.kind == "bindings" else []

    @property
    def boolean(self) -> bool | None:
        """The answer of an ASK; None for other queries."""
        return bool(json.loads(self.body)["boolean"]) if self.kind == "boolean" else None

    @property
    def formats(self) -> tuple[str, ...]:
        """The formats that can write this kind of answer."""
        return {"bindings": TABLE_FORMATS, "boolean": BOOLEAN_FORMATS, "graph": GRAPH_FORMATS}[self.kind]

    def serialise(self, format_name: str) -> bytes:
        """The answer in a format of `formats`, UTF-8.

        Raises UsageError for another format, and for a value that the format cannot write (a control
        character in XML).
        """
        if format_name not in self.formats:
            raise UsageError(
                f"{format_name!r} cannot write the answer of a {_FORM[self.kind]} query",
                hint=f"its formats are {', '.join(self.formats)}",
            )
        if self.kind == "graph":
            return self._graph(format_name)
        if self.kind == "boolean":
            return _BOOLEAN[format_name](bool(self.boolean))
        if format_name == "json":
            head = {"vars": list(self.columns)}
            whole = {"head": head, "results": {"bindings": [self._in_order(row) for row in self.rows]}}
            return json.dumps(whole, ensure_ascii=False, separators=(",", ":")).encode()
        return _TABLE[format_name](self.columns, self.rows)

    def _in_order(self, row: Row) -> dict[str, Any]:
        return {name: row[name] for name in self.columns if name in row}

    def _graph(self, format_name: str) -> bytes:
        lines = b"".join(sorted(self.body.splitlines(keepends=True)))
        if format_name in ("ntriples", "text"):
            return lines
        triples = list(pyoxigraph.parse(lines, format=pyoxigraph.RdfFormat.N_TRIPLES))
        writer = {"turtle": pyoxigraph.RdfFormat.TURTLE, "jsonld": pyoxigraph.RdfFormat.JSON_LD}[format_name]
        used = {name: iri for name, iri in PREFIXES.items() if iri.encode() in lines}
        written = pyoxigraph.serialize((quad.triple for quad in triples), format=writer, prefixes=used)
        assert written is not None  # noqa: S101  no file was given, so the bytes come back
        return written


_FORM = {"bindings": "SELECT", "boolean": "ASK", "graph": "CONSTRUCT or DESCRIBE"}
_TABLE: Mapping[str, Callable[[tuple[str, ...], list[Row]], bytes]] = {
    "csv": table.csv,
    "tsv": table.tsv,
    "xml": table.xml,
    "text": table.text,
}
_BOOLEAN: Mapping[str, Callable[[bool], bytes]] = {
    "json": lambda value: b'{"head":{},"boolean":%s}' % str(value).lower().encode(),
    "csv": lambda value: b"%s\r\n" % str(value).lower().encode(),
    "tsv": lambda value: b"%s\n" % str(value).lower().encode(),
    "text": lambda value: b"%s\n" % str(value).lower().encode(),
    "xml": table.xml_boolean,
}
