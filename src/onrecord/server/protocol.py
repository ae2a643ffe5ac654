"""`/sparql`: the query operation of the SPARQL 1.1 Protocol (2.1), by GET, form and direct POST."""

import re
from typing import NamedTuple
from urllib.parse import urljoin

from pyoxigraph import NamedNode
from starlette.requests import Request
from starlette.responses import Response

from onrecord.errors import QueryRefused, UsageError
from onrecord.server.description import GRAPHS, describe_service
from onrecord.server.door import Door
from onrecord.server.faults import UnsupportedMediaType
from onrecord.server.negotiation import Offer, accepted, agree, require
from onrecord.server.representation import represent_written
from onrecord.server.request import Pairs, address_pairs, body, media_type, pairs, text
from onrecord.workspace import Workspace

FORM = "application/x-www-form-urlencoded"
DIRECT = "application/sparql-query"
UPDATE = "application/sparql-update"

TABLES = (
    Offer("application/sparql-results+json", "json", ("application/json",)),
    Offer("application/sparql-results+xml", "xml", ("application/xml", "text/xml")),
    Offer("text/csv", "csv"),
    Offer("text/tab-separated-values", "tsv"),
)
"""Representations of the answer to SELECT and ASK, in our order of preference."""
ANY = (*TABLES, *GRAPHS)
"""Representations of an answer of any kind."""

_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*:[^<>\"{}|\\^`\x00-\x20\ud800-\udfff]*")


class Operation(NamedTuple):
    """A query operation: its text and the dataset that the protocol names for it."""

    query: str
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()


async def sparql(door: Door, request: Request) -> Response:
    """A query, or the description of the service where none is asked."""
    if request.method == "POST":
        operation = await posted(request, door.most_body, door.record.limits.time_limit_s)
    else:
        given = address_pairs(request)
        if not any(name in ("query", "update", "default-graph-uri", "named-graph-uri") for name, _ in given):
            return await describe_service(door, request)
        operation = operation_of(given)
    require(accepted(request), ANY)  # what fits no kind of answer costs no query

    return await door.record.prompt(
        request, lambda workspace, client: _answered(door, request, operation, workspace, client)
    )


async def _answered(
    door: Door, request: Request, operation: Operation, workspace: Workspace, client: str
) -> Response:
    accept = accepted(request)
    table, graph = agree(accept, TABLES), agree(accept, GRAPHS)
    forms = (table.format if table else None, graph.format if graph else None)
    key = (workspace.snapshot.path.name, operation, forms)
    written = door.recent.find(key)
    if written is None:
        base = workspace.snapshot.manifest.base
        written = await workspace.gateway.for_client(client).written(
            operation.query,
            forms,
            default_graphs=[_graph(name, base) for name in operation.default_graphs],
            named_graphs=[_graph(name, base) for name in operation.named_graphs],
        )
        if workspace.settings.endpoint is None:  # a remote engine may change what it holds
            door.recent.keep(key, operation.query, written)
    if written.kind == "graph":
        chosen = graph or require(accept, GRAPHS)
    else:
        chosen = table or require(accept, TABLES)
    return await represent_written(request, written, chosen.media_type, workspace.snapshot.path.name)


async def posted(request: Request, most: int, seconds: float) -> Operation:
    """The operation of a POST. Raises UnsupportedMediaType, QueryRefused for an update, and as `body`."""
    kind = media_type(request)
    if kind == UPDATE:
        raise _update()
    if kind not in (FORM, DIRECT):
        said = f"a body of type {kind}" if kind else "a body without a Content-Type"
        raise UnsupportedMediaType(f"{said} is not read here", hint=f"send {FORM} or {DIRECT}")
    address = address_pairs(request)
    content = await body(request, most, seconds)
    if kind == DIRECT:
        return operation_of([*address, ("query", text(content))])
    return operation_of([*address, *pairs(content, "the form")])


def operation_of(given: Pairs) -> Operation:
    """The operation that parameters name; those that the protocol does not know are passed over, as some
    clients send their own.

    Raises UsageError for none or several queries, QueryRefused for an update.
    """
    if any(name in ("update", "using-graph-uri", "using-named-graph-uri") for name, _ in given):
        raise _update()
    queries = [value for name, value in given if name == "query"]
    if len(queries) != 1:
        said = "no query was sent" if not queries else f"{len(queries)} queries were sent"
        raise UsageError(f"{said}; a request holds one", hint="send it as the parameter 'query'")
    return Operation(
        queries[0],
        tuple(value for name, value in given if name == "default-graph-uri"),
        tuple(value for name, value in given if name == "named-graph-uri"),
    )


def _graph(name: str, base: str) -> str:
    """The IRI of a graph of the dataset, resolved against `base`. Raises UsageError for what is none."""
    try:
        iri = NamedNode(urljoin(base, name)).value
    except ValueError:
        iri = ""
    if not name or not name.isprintable() or not _IRI.fullmatch(iri):
        raise UsageError(
            f"{name!r} in the dataset is not an IRI", hint=f"graphs have names such as {base}graph/register"
        )
    return iri


def _update() -> QueryRefused:
    return QueryRefused(
        "updates are refused: this service only reads",
        hint="send SELECT, ASK, CONSTRUCT or DESCRIBE as 'query'; facts are changed in the data files",
    )
