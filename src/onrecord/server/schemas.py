"""JSON Schemas (2020-12) of what the interface answers, for its OpenAPI document."""

from collections.abc import Mapping
from typing import Any

from onrecord.query import Question
from onrecord.query.limits import TABLE
from onrecord.query.question import Column
from onrecord.snapshot.search import COLUMNS

Schema = dict[str, Any]
_TEXT: Schema = {"type": "string"}
_PERHAPS: Schema = {"type": ["string", "null"]}
_LIST: Schema = {"type": "array", "items": _TEXT}
_TYPES: Mapping[str, Schema] = {
    "text": _PERHAPS,
    "integer": {"type": ["integer", "null"]},
    "number": {"type": ["number", "null"]},
    "list": _LIST,
}
_SURE = ("slug", "noun", "label", "snippet")

ERROR: Schema = {
    "type": "object",
    "description": "One clear error; every key is always there",
    "required": ["error", "message", "hint", "line", "column"],
    "additionalProperties": False,
    "properties": {
        "error": {"type": "string", "description": "the kind of error, one word"},
        "message": _TEXT,
        "hint": {"type": ["string", "null"], "description": "what to do"},
        "line": {"type": ["integer", "null"], "minimum": 1, "description": "of a syntax error"},
        "column": {"type": ["integer", "null"], "minimum": 1, "description": "of a syntax error"},
    },
    "examples": [
        {
            "error": "query-refused",
            "message": "'{' is never closed",
            "hint": "add '}'",
            "line": 1,
            "column": 10,
        }
    ],
}
LIMITS: Schema = {
    "type": "object",
    "description": "The published limits by name",
    "required": [limit.name for limit in TABLE],
    "additionalProperties": False,
    "properties": {
        limit.name: {
            "type": "integer",
            "minimum": 1,
            "default": limit.default,
            "description": f"{limit.meaning} ({limit.unit})",
        }
        for limit in TABLE
    },
}
HEALTH: Schema = {
    "type": "object",
    "required": ["status", "snapshot", "dataset_hash", "title"],
    "properties": {
        "status": {"const": "ok"},
        "snapshot": {"type": "string", "description": "name of the published folder"},
        "dataset_hash": {"type": "string", "description": "SHA-256 of the record's sorted N-Quads"},
        "title": _TEXT,
    },
}
TERM: Schema = {
    "type": "object",
    "description": "An RDF term (SPARQL 1.1 Query Results JSON Format, 3.2.2)",
    "required": ["type", "value"],
    "additionalProperties": False,
    "properties": {
        "type": {"enum": ["uri", "literal", "bnode", "triple"]},
        "value": {"type": ["string", "object"], "description": "of a triple term its three terms"},
        "xml:lang": _TEXT,
        "datatype": _TEXT,
    },
}
RESULTS: Schema = {
    "description": "The answer to SELECT or to ASK (SPARQL 1.1 Query Results JSON Format)",
    "type": "object",
    "required": ["head"],
    "oneOf": [
        {
            "required": ["results"],
            "properties": {
                "head": {"type": "object", "required": ["vars"], "properties": {"vars": _LIST}},
                "results": {
                    "type": "object",
                    "required": ["bindings"],
                    "properties": {
                        "bindings": {
                            "type": "array",
                            "items": {
                                "type": "object",
                                "additionalProperties": {"$ref": "#/components/schemas/Term"},
                            },
                        }
                    },
                },
            },
        },
        {"required": ["boolean"], "properties": {"head": {"type": "object"}, "boolean": {"type": "boolean"}}},
    ],
}
DOCUMENT: Schema = {
    "type": "object",
    "description": "OpenAPI 3.1",
    "required": ["openapi", "info", "paths"],
    "properties": {"openapi": {"const": "3.1.0"}, "info": {"type": "object"}, "paths": {"type": "object"}},
}
JSON_LD: Schema = {"type": ["object", "array"], "description": "JSON-LD, its context inside"}
ABOUT: Schema = {
    "type": "object",
    "description": "Licence, sources, filters, counts and cut-off of the file that it stands beside",
}


def question_answer(question: Question) -> Schema:
    """The answer of a named question, each of its rows by its columns."""
    columns = {column.name: _column(column) for column in question.described}
    row: Schema = {"type": "object", "properties": columns}
    if question.finish != "counts":  # its rows begin with what they are counted by
        row |= {"required": question.columns, "additionalProperties": False}
    return _answer(row, question.name)


def search_answer() -> Schema:
    """The answer of the search."""
    columns = {name: _TEXT if name in _SURE else _LIST if name == "sources" else _PERHAPS for name in COLUMNS}
    row = {"type": "object", "properties": columns, "required": list(COLUMNS), "additionalProperties": False}
    return _answer(row, "search")


def _column(column: Column) -> Schema:
    if column.fields:
        fields = {name: dict(_TYPES[kind]) for name, kind in column.fields}
        items: Schema = {"type": "object", "properties": fields, "required": list(fields)}
        return {"type": "array", "items": items, "description": column.description}
    return {**_TYPES["text" if column.scheme else column.type], "description": column.description}


def _answer(row: Schema, name: str) -> Schema:
    keys: Schema = {
        "question": {"const": name},
        "parameters": {"type": "object", "additionalProperties": _TEXT},
        "columns": _LIST,
        "rows": {"type": "array", "items": row},
        "total": {"type": "integer", "minimum": 0, "description": "the whole number of rows"},
        "complete": {"const": True},
        "notes": {**_LIST, "description": "what a reader must know to read it rightly"},
    }
    return {"type": "object", "properties": keys, "required": list(keys), "additionalProperties": False}
