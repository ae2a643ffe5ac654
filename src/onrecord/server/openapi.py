"""The OpenAPI 3.1 document, made of the registry of questions: one path a question."""

from collections.abc import Mapping, Sequence
from typing import Any

from onrecord import __version__
from onrecord.exporters import Format
from onrecord.exporters.selection import ALL_FILTERS, CORRECTIONS_SINCE
from onrecord.query import Question
from onrecord.query.question import Parameter
from onrecord.server import schemas
from onrecord.server.description import GRAPHS
from onrecord.server.entity import DOCUMENTS
from onrecord.server.negotiation import Offer
from onrecord.server.protocol import DIRECT, FORM, TABLES
from onrecord.server.schemas import Schema
from onrecord.snapshot.suggestions import LONGEST, MOST

_MOST_ROWS = 1_000_000_000
_ERRORS: Mapping[str, str] = {
    "400": "A parameter or a query is wrong; `hint` says what would be right",
    "403": "The text is not ours to give",
    "404": "Nothing has this address",
    "405": "Another method; `Allow` lists those that there are",
    "406": "No media type in `Accept` is offered",
    "408": "The body did not arrive within the time limit",
    "413": "The query, the body of the request or the answer is larger than its limit",
    "414": "The address is longer than its limit",
    "415": "The body is of a kind that is not read",
    "431": "The header fields are longer than their limit",
    "500": "A fault of the server",
    "503": "Busy, or a limit on memory; `Retry-After` says when to try again",
    "504": "The time limit was reached",
}
_READING = ("400", "405", "406", "413", "414", "431", "500", "503", "504")
_BODY = ("408", "415")
_HEADERS: Mapping[str, Schema] = {
    "ETag": {"description": "names the snapshot and the answer", "schema": {"type": "string"}},
    "Vary": {"schema": {"type": "string"}},
    "Cache-Control": {"schema": {"const": "no-cache"}},
}
_RETRY: Schema = {
    "Retry-After": {"description": "seconds", "required": True, "schema": {"type": "integer", "minimum": 1}}
}
_ALLOW: Schema = {"Allow": {"required": True, "schema": {"type": "string"}}}


def document_of(
    questions: Sequence[Question], formats: Sequence[Format], title: str, origin: str
) -> dict[str, Any]:
    """The document for the server at `origin` (scheme and authority)."""
    paths = {f"/api/ask/{question.name}": _reading(_question(question)) for question in questions}
    paths["/api/search"] = _reading(_search())
    paths["/api/suggest"] = _reading(_suggest())
    paths["/api/openapi.json"] = _reading(_plain("openapi", "This document", schemas.DOCUMENT, "406"))
    for each in formats:
        paths[f"/export/{each.name}"] = _reading(_export(each))
        if each.sidecar:
            paths[f"/export/{each.name}.about.json"] = _reading(_about(each))
    paths["/sparql"] = {**_reading(_sparql()), "post": _posted()}
    paths["/id/{noun}/{slug}"] = _reading(_identified())
    paths["/doc/{noun}/{slug}"] = _reading(_documented())
    paths["/doc/capture/{slug}.txt"] = _reading(_captured())
    paths["/.well-known/void"] = _reading(_void())
    paths["/limits"] = _reading(_plain("limits", "The published limits", _reference("Limits")))
    paths["/health"] = _reading(_plain("health", "Whether the record is served, and which", schemas.HEALTH))
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
            "schemas": {
                "Error": schemas.ERROR,
                "Limits": schemas.LIMITS,
                "Results": schemas.RESULTS,
                "Term": schemas.TERM,
            },
            "responses": {status: _error(status, said) for status, said in _ERRORS.items()},
        },
    }


def _reading(operation: dict[str, Any]) -> dict[str, Any]:
    """GET, and HEAD, which answers the same without its body."""
    bodiless = {
        status: answer if "$ref" in answer else {k: v for k, v in answer.items() if k != "content"}
        for status, answer in operation["responses"].items()
    }
    head = {**operation, "operationId": f"{operation['operationId']}-head", "responses": bodiless}
    return {"get": operation, "head": head}


def _question(question: Question) -> dict[str, Any]:
    return {
        "operationId": f"ask-{question.name}",
        "summary": question.title,
        "description": question.description,
        "parameters": [_parameter(parameter) for parameter in question.parameters],
        "responses": _responses({"application/json": {"schema": schemas.question_answer(question)}}),
    }


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
        "responses": _responses({"application/json": {"schema": schemas.search_answer()}}),
    }


def _suggest() -> dict[str, Any]:
    text: Schema = {"type": "string"}
    row: Schema = {
        "type": "object",
        "required": ["noun", "slug", "label", "matched", "address"],
        "properties": {
            "noun": text,
            "slug": text,
            "label": {**text, "description": "for people; of a statement: who spoke"},
            "matched": {**text, "description": "the name, or an excerpt of the printed words, that matched"},
            "address": {"type": ["string", "null"], "description": "the page about it on this server"},
        },
    }
    answer: Schema = {
        "type": "object",
        "required": ["query", "rows", "total"],
        "properties": {
            "query": text,
            "rows": {"type": "array", "items": row},
            "total": {"type": "integer", "minimum": 0, "description": "the whole number of records"},
        },
    }
    most: Schema = {"type": "integer", "minimum": 0, "maximum": MOST, "default": 8}
    return {
        "operationId": "suggest",
        "summary": "Names and printed words that begin as a reader types",
        "parameters": [
            _in_query(
                "q", {**text, "maxLength": LONGEST}, "words, the last may be unfinished", required=True
            ),
            _in_query("limit", most, "most rows to give"),
        ],
        "responses": _responses({"application/json": {"schema": answer}}),
    }


def _export(each: Format) -> dict[str, Any]:
    return {
        "operationId": f"export-{each.name}",
        "summary": each.title,
        "description": f"{each.title}, for {each.for_tool}; filters as for `onrecord export`.",
        "parameters": _filters(each),
        "responses": _responses({each.media_type: {}}, "404"),
    }


def _about(each: Format) -> dict[str, Any]:
    return {
        "operationId": f"about-{each.name}",
        "summary": f"What stands beside {each.title}",
        "parameters": _filters(each),
        "responses": _responses({"application/json": {"schema": schemas.ABOUT}}, "404"),
    }


def _filters(each: Format) -> list[dict[str, Any]]:
    filters = [_in_query(name, {"type": "string", "minLength": 1}, "a filter") for name in ALL_FILTERS]
    since = "lists only corrections after this entry, `corrections_head` or date"
    filters.append(_in_query(CORRECTIONS_SINCE, {"type": "string", "minLength": 1}, since))
    if each.tables:
        table = {"type": "string", "enum": list(each.tables)}
        filters.append(_in_query("table", table, "which table; the filters are its own"))
    return filters


_DATASET = (
    ("default-graph-uri", "graphs whose union is the default graph"),
    ("named-graph-uri", "named graphs"),
)


def _dataset() -> dict[str, Schema]:
    graphs: Schema = {"type": "array", "items": {"type": "string", "minLength": 1}}
    return {name: {**graphs, "description": said} for name, said in _DATASET}


def _sparql() -> dict[str, Any]:
    said = "SELECT, ASK, CONSTRUCT or DESCRIBE"
    return {
        "operationId": "sparql",
        "summary": "A query (SPARQL 1.1 Protocol); without one, the description of the service",
        "parameters": [
            _in_query("query", {"type": "string", "examples": ["ASK { ?s ?p ?o }"]}, said),
            *(_in_query(name, schema, schema["description"]) for name, schema in _dataset().items()),
        ],
        "responses": _responses(_results()),
    }


def _posted() -> dict[str, Any]:
    query = {"type": "string", "examples": ["ASK { ?s ?p ?o }"]}
    form = {"type": "object", "required": ["query"], "properties": {"query": query, **_dataset()}}
    return {
        "operationId": "sparql-post",
        "summary": "A query (SPARQL 1.1 Protocol) in a form, or as the body",
        "requestBody": {"required": True, "content": {FORM: {"schema": form}, DIRECT: {"schema": query}}},
        "responses": _responses(_results(), *_BODY, cached=False),
    }


def _results() -> dict[str, Any]:
    json = {"application/sparql-results+json", "application/json"}
    names = dict.fromkeys(name for offer in (*TABLES, *GRAPHS) for name in offer.named)
    return {name: {"schema": _reference("Results")} if name in json else {} for name in names}


def _identified() -> dict[str, Any]:
    there = {
        "description": "The document about the thing, as `Accept` prefers",
        "headers": {"Location": {"required": True, "schema": {"type": "string"}}},
    }
    return {
        "operationId": "identify",
        "summary": "A thing, by the path of its IRI",
        "parameters": _thing(),
        "responses": {"303": there, **_errors("404")},
    }


def _documented() -> dict[str, Any]:
    return {
        "operationId": "describe",
        "summary": "The document about a thing; an ending (.html .ttl .jsonld .nt) chooses without `Accept`",
        "parameters": _thing(),
        "responses": _responses(_offered(DOCUMENTS), "404"),
    }


def _captured() -> dict[str, Any]:
    return {
        "operationId": "capture",
        "summary": "The text of a source, where its licence allows, for the positions of passages",
        "parameters": _thing()[1:],
        "responses": _responses({"text/plain": {}}, "403", "404"),
    }


def _thing() -> list[dict[str, Any]]:
    examples = {"noun": "actor", "slug": "margot-james"}
    return [
        {"name": name, "in": "path", "required": True, "schema": {"type": "string", "examples": [example]}}
        for name, example in examples.items()
    ]


def _void() -> dict[str, Any]:
    summary = "The description of the dataset (VoID)"
    return {"operationId": "void", "summary": summary, "responses": _responses(_offered(GRAPHS))}


def _offered(offers: Sequence[Offer]) -> dict[str, Any]:
    return {
        name: {"schema": schemas.JSON_LD} if name in ("application/ld+json", "application/json") else {}
        for offer in offers
        for name in offer.named
    }


def _plain(name: str, summary: str, schema: Schema, *errors: str) -> dict[str, Any]:
    answer = {"description": "The whole answer", "content": {"application/json": {"schema": schema}}}
    kept = {"304": _kept()} if errors else {}
    refused = [*errors, "405", "500", "503"]
    return {"operationId": name, "summary": summary, "responses": {"200": answer, **kept, **_only(refused)}}


def _responses(content: dict[str, Any], *errors: str, cached: bool = True) -> dict[str, Any]:
    whole = {"description": "The whole answer", "headers": dict(_HEADERS), "content": content}
    return {"200": whole, **({"304": _kept()} if cached else {}), **_errors(*errors)}


def _kept() -> dict[str, Any]:
    return {"description": "The client has it already (`If-None-Match`)", "headers": dict(_HEADERS)}


def _errors(*more: str) -> dict[str, Any]:
    return _only(sorted({*_READING, *more}))


def _only(statuses: Sequence[str]) -> dict[str, Any]:
    return {status: {"$ref": f"#/components/responses/{status}"} for status in sorted(statuses)}


def _error(status: str, said: str) -> dict[str, Any]:
    headers = _RETRY if status == "503" else _ALLOW if status == "405" else {}
    content = {"application/json": {"schema": _reference("Error")}}
    return {"description": said, **({"headers": dict(headers)} if headers else {}), "content": content}


def _reference(name: str) -> Schema:
    return {"$ref": f"#/components/schemas/{name}"}
