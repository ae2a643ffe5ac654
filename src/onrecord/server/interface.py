"""`/api`: the named questions and the full-text search as JSON, exactly as the command line prints them."""

import json
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from onrecord.errors import UnknownName, UsageError
from onrecord.query import Answer
from onrecord.server.door import Door
from onrecord.server.faults import NotFound
from onrecord.server.negotiation import Offer, accepted, require
from onrecord.server.openapi import document_of
from onrecord.server.representation import represent
from onrecord.server.request import address_pairs, single, whole_number
from onrecord.workspace import Workspace

_JSON = (Offer("application/json", "json"),)


async def ask(door: Door, request: Request) -> Response:
    """The answer of a named question; parameters stand in the address."""
    require(accepted(request), _JSON)
    name = request.path_params["name"]
    given = single(address_pairs(request))

    def work(workspace: Workspace) -> Response:
        try:
            workspace.questions.require(name)
        except UnknownName as error:
            raise NotFound(error.message, near=error.near, hint=error.hint) from None
        return _answered(request, workspace, workspace.ask(name, given))

    return await door.record.run(request, work)


async def search(door: Door, request: Request) -> Response:
    """One page of what holds all the words of `q`, and how much there is in all."""
    require(accepted(request), _JSON)
    given = single(address_pairs(request))
    wrong = sorted(set(given) - {"q", "limit", "offset"})
    if wrong:
        raise UsageError(f"the search has no parameter '{wrong[0]}'", hint="it takes q, limit and offset")
    if "q" not in given:
        raise UsageError("the search needs 'q'", hint="q=hostile+environment")
    limit, offset = whole_number(given, "limit", 20), whole_number(given, "offset", 0)

    def work(workspace: Workspace) -> Response:
        return _answered(request, workspace, workspace.search(given["q"], limit, offset))

    return await door.record.run(request, work)


async def suggest(door: Door, request: Request) -> Response:
    """What a reader may mean who types `q`: the first names and printed words, and how many there are."""
    require(accepted(request), _JSON)
    given = single(address_pairs(request))
    wrong = sorted(set(given) - {"q", "limit"})
    if wrong:
        raise UsageError(f"suggestions have no parameter '{wrong[0]}'", hint="they take q and limit")
    if "q" not in given:
        raise UsageError("suggestions need 'q'", hint="q=jam")
    limit = whole_number(given, "limit", 8)

    def work(workspace: Workspace) -> Response:
        found = workspace.suggest(given["q"], limit)
        rows = [
            row | {"address": door.pages(row["noun"], row["slug"]) if door.pages else None}
            for row in found.rows
        ]
        return json_answer(request, workspace, {"query": found.query, "rows": rows, "total": found.total})

    return await door.record.run(request, work)


def _answered(request: Request, workspace: Workspace, answer: Answer) -> Response:
    return json_answer(request, workspace, answer.as_json())


def json_answer(request: Request, workspace: Workspace, value: Any) -> Response:
    """A value as JSON with its validator."""
    content = json.dumps(value, ensure_ascii=False).encode("utf-8", "backslashreplace")
    return represent(request, content, "application/json", workspace.snapshot.path.name)


async def openapi(door: Door, request: Request) -> Response:
    """The OpenAPI document of this interface."""
    require(accepted(request), _JSON)
    origin = door.origin(request)

    def work(workspace: Workspace) -> Response:
        title = workspace.snapshot.manifest.title
        document = document_of(workspace.list_questions(), workspace.export_formats(), title, origin)
        return json_answer(request, workspace, document)

    return await door.record.run(request, work)
