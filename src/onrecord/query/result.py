"""The whole answer to a query: columns in the projection's order, rows, and its written forms."""

import json
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from onrecord.errors import UsageError
from onrecord.query import graph, table
from onrecord.query.spool import Spooled
from onrecord.query.table import Row
from onrecord.terms import PREFIXES

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
            return graph.written(format_name, self.body.splitlines(keepends=True), PREFIXES)
        if self.kind == "boolean":
            return table.boolean(format_name, bool(self.boolean)).encode()
        if format_name == "json":
            return self.body
        if format_name == "text":
            return table.text(self.columns, self.rows).encode()
        try:
            return "".join(table.WRITERS[format_name](self.columns, self.rows)).encode()
        except table.Unwritable as error:
            raise UsageError(str(error), hint="ask for json, csv or tsv") from None


@dataclass(frozen=True, slots=True)
class Written:
    """What a query gave as the worker wrote it: kind, form, length in bytes, and body.

    form: None where no form was asked for that kind; the body is then the kind's mark and means nothing.
    body: bytes, or a file, which the receiver closes.
    """

    kind: ResultKind
    form: str | None
    length: int
    body: bytes | Spooled = field(repr=False)


_FORM = {"bindings": "SELECT", "boolean": "ASK", "graph": "CONSTRUCT or DESCRIBE"}
