"""The OpenAPI 3.1 document, made of the registry of questions: one path a question."""

from collections.abc import Mapping, Sequence
from typing import Any

from onrecord import __version__
from onrecord.exporters import Format
from onrecord.exporters.selection import ALL_FILTERS, CORRECTIONS_SINCE
from onrecord.query import Question
from onrecord.query.question import Column, Parameter

Schema = dict[str, Any]
_MOST_ROWS = 1_000_000_000
_TYPES: Mapping[str, Schema] = {
    "text": {"type": ["string", "null"]},
    "integer": {"type": ["integer", "null"]},
    "number": {"type": ["number", "null"]},
    "list": {"type": "array", "items": {"type": "string"}},
}
_ERRORS = {
    "400": "A parameter or a query is wrong; `hint` says what would be right",
    "404": "Nothing has this address",
    "406": "No media type in `Accept` is offered",
    "413": "The query or the answer is larger than the limit",
    "429": "Too much was asked at once; `Retry-After` says when to try again",
    "500": "A fault of the server",
    "503": "Busy, or a limit on memory; `Retry-After` says when to try again",
    "504": "The time limit was reached",
}
_ERROR: Schema = {
    "type": "object",
    "description": "One clear error; every key is always there",
    "required": ["error", "message", "hint", "line", "column"],
    "properties": {
        "error": {"type": "string", "description": "the kind of error, one word"},
        "message": {"type": "string"},
        "hint": {"type": ["string", "null"], "description": "what to do"},
        "line": {"type": ["integer", "null"], "minimum": 1, "description": "of a syntax error"},
        "column": {"type": ["integer", "null"], "minimum": 1, "description": "of a syntax error"},
    },
}


def document_of(
    questions: Sequence[Question], formats: Sequence[Format], title: str, origin: str
) -> dict[str, Any]:
    """The document for the server at `origin` (scheme and authority)."""
    paths = {f"/api/ask/{question.name}": {"get": _question(question)} for question in questions}
    paths["/api/search"] = {"get": _search()}
    paths |= {f"/export/{each.name}": {"get": _export(each)} for each in formats}
    paths["/sparql"] = {"get": _sparql()}
    paths["/limits"] = {"get": _plain("The published limits", {"type": "integer"})}
    paths["/health"] = {"get": _plain("Whether the record is served, and which", {"type": "string"})}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": title,
            "version": __version__,
            "description": "Read-only. An answer is whole or there is one clear error.",
        },
        "servers": [{"url": origin}],
        "paths": paths,
        "components": {
            "schemas": {"Error": _ERROR},
            "responses": {"Error": _response("One clear error", "application/json", _reference("Error"))},
        },
    }


def _question(question: Question) -> dict[str, Any]:
    row: Schema = {"type": "object", "properties": {c.name: _column(c) for c in question.described}}
    if question.finish != "counts":  # its rows begin with what they are counted by
        row |= {"required": question.columns, "additionalProperties": False}
    return {
        "operationId": f"ask-{question.name}",
        "summary": question.title,
        "description": question.description,
        "parameters": [_parameter(parameter) for parameter in question.parameters],
        "responses": _responses("application/json", _answer(row, question.name)),
    }


def _column(column: Column) -> Schema:
    if column.fields:
        fields = {name: dict(_TYPES[kind]) for name, kind in column.fields}
        items: Schema = {"type": "object", "properties": fields, "required": list(fields)}
        return {"type": "array", "items": items, "description": column.description}
    return {**_TYPES["text" if column.scheme else column.type], "description": column.description}


def _parameter(parameter: Parameter) -> dict[str, Any]:
    return _in_query(parameter.name, _takes(parameter), parameter.description, required=parameter.required)


def _in_query(name: str, schema: Schema, description: str, *, required: bool = False) -> dict[str, Any]:
    return {
        "name": name,
        "in": "query",
        "required": required,
        "description": description,
        "schema": schema,
    }


def _takes(parameter: Parameter) -> Schema:
    if parameter.type == "integer":
        return {"type": "integer", "minimum": 0, "maximum": _MOST_ROWS}
    if parameter.choices:
        one = "|".join(parameter.choices)
        return {"type": "string", "pattern": f"^({one})(,({one}))*$"}
    return {"type": "string", "minLength": 1}


def _answer(row: Schema, name: str) -> Schema:
    return {
        "type": "object",
        "required": ["question", "parameters", "columns", "rows", "total", "complete", "notes"],
        "properties": {
            "question": {"const": name},
            "parameters": {"type": "object", "additionalProperties": {"type": "string"}},
            "columns": {"type": "array", "items": {"type": "string"}},
            "rows": {"type": "array", "items": row},
            "total": {"type": "integer", "minimum": 0, "description": "the whole number of rows"},
            "complete": {"const": True},
            "notes": {"type": "array", "items": {"type": "string"}},
        },
    }


def _search() -> dict[str, Any]:
    whole = {"type": "integer", "minimum": 0, "maximum": _MOST_ROWS}
    return {
        "operationId": "search",
        "summary": "Full text over statements, events and documents",
        "parameters": [
            _in_query("q", {"type": "string", "minLength": 1}, "words, all of which occur", required=True),
            _in_query("limit", {**whole, "default": 20}, "most rows to give"),
            _in_query("offset", {**whole, "default": 0}, "rows to leave out first"),
        ],
        "responses": _responses("application/json", _answer({"type": "object"}, "search")),
    }


def _export(each: Format) -> dict[str, Any]:
    filters = [_in_query(name, {"type": "string", "minLength": 1}, "a filter") for name in ALL_FILTERS]
    since = "lists only corrections after this entry, `corrections_head` or date"
    filters.append(_in_query(CORRECTIONS_SINCE, {"type": "string", "minLength": 1}, since))
    if each.tables:
        table = {"type": "string", "enum": list(each.tables)}
        filters.append(_in_query("table", table, "which table; the filters are its own"))
    return {
        "operationId": f"export-{each.name}",
        "summary": each.title,
        "description": f"{each.title}, for {each.for_tool}; filters as for `onrecord export`.",
        "parameters": filters,
        "responses": _responses(each.media_type, {}),
    }


def _sparql() -> dict[str, Any]:
    graphs = {"type": "array", "items": {"type": "string", "minLength": 1}}
    return {
        "operationId": "sparql",
        "summary": "A query (SPARQL 1.1 Protocol); without one, the description of the service",
        "parameters": [
            _in_query("query", {"type": "string"}, "SELECT, ASK, CONSTRUCT or DESCRIBE"),
            _in_query("default-graph-uri", graphs, "graphs whose union is the default graph"),
            _in_query("named-graph-uri", graphs, "named graphs"),
        ],
        "responses": {
            "200": {
                "description": "The whole answer",
                "content": {
                    name: {}
                    for name in (
                        "application/sparql-results+json", "application/sparql-results+xml", "text/csv",
                        "text/tab-separated-values", "application/json", "application/xml", "text/xml",
                        "text/turtle", "application/n-triples", "application/ld+json",
                    )
                },
            },
            **_errors(),
        },
    }  # fmt: skip


def _plain(summary: str, values: Schema) -> dict[str, Any]:
    schema: Schema = {"type": "object", "additionalProperties": values}
    return {"summary": summary, "responses": _responses("application/json", schema)}


def _responses(media_type: str, schema: Schema) -> dict[str, Any]:
    return {"200": _response("The whole answer", media_type, schema), **_errors()}


def _errors() -> dict[str, Any]:
    error = {"application/json": {"schema": _reference("Error")}}
    return {status: {"description": said, "content": error} for status, said in _ERRORS.items()}


def _response(description: str, media_type: str, schema: Schema) -> dict[str, Any]:
    return {"description": description, "content": {media_type: {"schema": schema} if schema else {}}}


def _reference(name: str) -> Schema:
    return {"$ref": f"#/components/schemas/{name}"}
