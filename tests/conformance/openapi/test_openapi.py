"""Our OpenAPI document: valid by its own standard, and true of the server that gives it.

Requests are made from the document, the same in every run. Two checks are left out:
`positive_data_acceptance`, because no schema says which slugs there are, and `negative_data_rejection`,
because in a query string everything is text, and `/sparql` passes over names that it does not know.
"""

from collections.abc import Callable, Iterator
from copy import deepcopy
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from jsonschema import Draft202012Validator
from openapi_spec_validator import OpenAPIV31SpecValidator
from schemathesis import APIOperation, Case
from schemathesis.core.failures import Failure as CheckFailed
from schemathesis.specs.openapi import checks
from tests.serving import Served, serving

from onrecord.query import Limits
from onrecord.workspace import Workspace

EXAMPLES = {"get": 3, "head": 1, "post": 20}
CHECKS = [
    schemathesis.checks.not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_headers_conformance,
    checks.response_schema_conformance,
    checks.unsupported_method,
]


@pytest.fixture(scope="module")
def record(example: Workspace) -> Iterator[Served]:
    """The record written for tests, served."""
    with serving(example.settings, Limits(time_limit_s=60)) as served:
        yield served


@pytest.fixture(scope="module")
def document(record: Served) -> dict[str, Any]:
    found: dict[str, Any] = record.get("/api/openapi.json").json()
    return found


@pytest.fixture
def schema(document: dict[str, Any], record: Served) -> Any:
    """The document as the generator of requests reads it."""
    loaded = schemathesis.openapi.from_dict(document)
    loaded.config.update(base_url=record.origin, request_timeout=60)
    return loaded


def test_the_document_is_openapi(document: dict[str, Any]) -> None:
    OpenAPIV31SpecValidator(document).validate()


def test_every_example_fits_its_schema(document: dict[str, Any]) -> None:
    found = list(examples(document, document))
    assert found
    for schema, example in found:
        Draft202012Validator(schema).validate(example)


def examples(node: Any, document: dict[str, Any]) -> Iterator[tuple[dict[str, Any], Any]]:
    """Schemas with examples, and each example; what they refer to stands beside them."""
    if isinstance(node, dict):
        if isinstance(node.get("examples"), list):
            for example in node["examples"]:
                yield {**node, "components": document["components"]}, example
        if "default" in node and "type" in node:
            yield node, node["default"]
        for value in node.values():
            yield from examples(value, document)
    elif isinstance(node, list):
        for value in node:
            yield from examples(value, document)


@pytest.mark.parametrize("method", ["get", "head", "post"])
def test_the_server_answers_as_the_document_says(schema: Any, method: str) -> None:
    wrong = {}
    tried = [each.ok() for each in schema.get_all_operations() if each.ok().method == method]
    for operation in tried:
        try:
            conversation(operation)()
        except (CheckFailed, BaseExceptionGroup) as failure:
            wrong[operation.label] = str(failure)
    assert tried
    assert wrong == {}


@pytest.mark.parametrize("lie", ["status", "type", "column"])
def test_a_document_that_lies_is_found(record: Served, document: dict[str, Any], lie: str) -> None:
    false = deepcopy(document)
    responses = false["paths"]["/limits"]["get"]["responses"]
    if lie == "status":
        responses["201"] = responses.pop("200")
    elif lie == "type":
        responses["200"]["content"] = {"text/csv": {}}
    else:
        false["components"]["schemas"]["Limits"]["required"].append("patience")
    loaded = schemathesis.openapi.from_dict(false)
    loaded.config.update(base_url=record.origin, request_timeout=60)
    with pytest.raises((CheckFailed, BaseExceptionGroup)):
        conversation(loaded["/limits"]["GET"])()


def conversation(operation: APIOperation[Any, Any, Any, Any]) -> Callable[[], None]:
    """Requests made from an operation of the document, and their answers held against it."""

    @given(case=operation.as_strategy())
    @settings(
        max_examples=EXAMPLES[operation.method],
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    def held(case: Case[Any]) -> None:
        case.call_and_validate(checks=CHECKS)

    return held


ANSWERED = {
    "/sparql": ("?query=SELECT+*+%7B+%3Fs+%3Fp+%3Fo+%7D+LIMIT+3", "application/sparql-results+json"),
    "/limits": ("", "application/json"),
    "/health": ("", "application/json"),
    "/api/openapi.json": ("", "application/json"),
    "/api/search": ("?q=river", "application/json"),
    "/api/ask/timeline": ("", "application/json"),
    "/export/csv.about.json": ("", "application/json"),
}


@pytest.mark.parametrize("path", ANSWERED)
def test_a_full_answer_is_as_the_document_says(record: Served, document: dict[str, Any], path: str) -> None:
    query, kind = ANSWERED[path]
    answer = record.get(path + query)
    told = document["paths"][path]["get"]["responses"][str(answer.status)]
    assert answer.kind == kind
    schema = {**told["content"][kind]["schema"], "components": document["components"]}
    Draft202012Validator(schema).validate(answer.json())
    assert all(name in answer.headers for name in told.get("headers", {}))
    assert answer.json()


REFUSED = {
    "400": ("GET", "/sparql?query=ASK", {}, "/sparql"),
    "404": ("GET", "/id/actor/nobody-such", {}, "/id/{noun}/{slug}"),
    "405": ("DELETE", "/api/search", {}, "/api/search"),
    "406": ("GET", "/api/search?q=a", {"Accept": "image/png"}, "/api/search"),
    "413": ("GET", f"/sparql?query=ASK%7B%7D{'+' * 65_536}", {}, "/sparql"),
    "414": ("GET", f"/sparql?query=ASK%7B%7D{'+' * 300_000}", {}, "/sparql"),
    "431": ("GET", "/api/search?q=a", {"X": "a" * 300_000}, "/api/search"),
    "415": ("POST", "/sparql", {"Content-Type": "text/plain", "Content-Length": "0"}, "/sparql"),
}


@pytest.mark.parametrize("status", REFUSED)
def test_an_error_is_as_the_document_says(record: Served, document: dict[str, Any], status: str) -> None:
    method, target, headers, path = REFUSED[status]
    answer = record.send(method, target, headers)
    assert answer.status == int(status)
    under = document["paths"][path].get(method.lower(), document["paths"][path]["get"])["responses"]
    assert under[status] == {"$ref": f"#/components/responses/{status}"}
    told = document["components"]["responses"][status]
    schema = {**told["content"][answer.kind]["schema"], "components": document["components"]}
    Draft202012Validator(schema).validate(answer.json())
    assert all(name in answer.headers for name in told.get("headers", {}))


def test_what_the_client_has_is_not_sent_again(record: Served, document: dict[str, Any]) -> None:
    tag = record.get("/api/ask/timeline").headers["ETag"]
    answer = record.get("/api/ask/timeline", If_None_Match=tag)
    told = document["paths"]["/api/ask/timeline"]["get"]["responses"]["304"]
    assert (answer.status, answer.body) == (304, b"")
    assert all(name in answer.headers for name in told["headers"])
