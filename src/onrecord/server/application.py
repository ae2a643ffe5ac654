"""The application: which address leads where, and what becomes of an error."""

import json
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from onrecord.errors import OnRecordError
from onrecord.server import capture, entity, export, faults, interface, protocol
from onrecord.server.description import describe_dataset
from onrecord.server.door import Door, Pages
from onrecord.server.guard import Guard
from onrecord.server.record import ServedRecord
from onrecord.workspace import Workspace

_log = logging.getLogger("onrecord.server")
Endpoint = Callable[[Door, Request], Awaitable[Response]]
_PLACES = "/sparql, /id/…, /doc/…, /api/ask/…, /api/search, /api/openapi.json, /export/…, /limits, /health"


def application(
    record: ServedRecord, pages: Pages | None = None, tell: Callable[[str], None] | None = None
) -> ASGIApp:
    """The HTTP interface over a record.

    It reads; a snapshot that is published later is taken up with the next request. The record's workers end
    with the application's lifespan. pages: as `Door.pages`. tell: as of `Guard`.
    """
    door = Door(record, pages)

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        try:
            yield
        finally:
            door.record.close()

    inner = Starlette(
        routes=_routes(door), exception_handlers={HTTPException: _http_error}, lifespan=lifespan
    )
    inner.router.redirect_slashes = False  # it would redirect to whatever the Host header says
    return Guard(Front(door, inner), tell)


class Front:
    """Hands queries to their endpoint, and everything else to the router, which is slower to find its way."""

    def __init__(self, door: Door, router: ASGIApp) -> None:
        self._router = router
        self._sparql = _guarded(door, protocol.sparql)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        query = scope["type"] == "http" and scope["path"] == "/sparql"
        if query and scope["method"] in ("GET", "HEAD", "POST"):
            response = await self._sparql(Request(scope, receive, send))
            await response(scope, receive, send)
        else:
            await self._router(scope, receive, send)


def _routes(door: Door) -> list[Route]:
    read: tuple[tuple[str, Endpoint], ...] = (
        ("/.well-known/void", describe_dataset),
        ("/id/{noun}/{slug}", entity.identify),
        ("/kind/{slug:path}", entity.identify),
        ("/graph/{name:path}", entity.identify),
        ("/ns", entity.identify),
        ("/ns/{version}", entity.identify),
        ("/doc/capture/{slug}.txt", capture.text),
        ("/doc/{path:path}", entity.document),
        ("/api/ask/{name}", interface.ask),
        ("/api/search", interface.search),
        ("/api/suggest", interface.suggest),
        ("/api/openapi.json", interface.openapi),
        ("/export/{name}", export.export),
        ("/limits", _limits),
        ("/health", _health),
    )
    asked = [
        Route(path, _guarded(door, protocol.sparql), methods=["GET", "POST"])
        for path in ("/sparql", "/sparql/")
    ]
    return [*asked, *(Route(path, _guarded(door, endpoint), methods=["GET"]) for path, endpoint in read)]


def _guarded(door: Door, endpoint: Endpoint) -> Callable[[Request], Awaitable[Response]]:
    """The endpoint with every error as an answer."""

    async def answered(request: Request) -> Response:
        try:
            return await endpoint(door, request)
        except OnRecordError as error:
            return faults.error_answer(error)
        except HTTPException:
            raise
        except ClientDisconnect:  # nobody reads it; the log's line says 499, as others' logs do
            return Response(status_code=499)
        except Exception:  # the last net: a client gets a sentence, the log the stack
            _log.exception("internal error at %s", request.scope["path"])
            return faults.internal_answer()

    return answered


async def _http_error(request: Request, error: Exception) -> Response:
    """404 and 405 of the router; OPTIONS is answered with what the address takes."""
    if not isinstance(error, HTTPException):  # pragma: no cover  it is registered for these alone
        raise error
    if error.status_code == 404:
        return faults.error_answer(
            faults.NotFound(f"there is nothing at {request.scope['path']}", hint=f"there are {_PLACES}")
        )
    allowed = sorted({*(error.headers or {}).get("Allow", "").split(", "), "OPTIONS"} - {""})
    allow = ", ".join(allowed)
    if request.method == "OPTIONS":
        shared = {"Allow": allow, "Access-Control-Allow-Methods": "GET, HEAD"}
        return Response(
            status_code=204,
            headers={**shared, "Access-Control-Allow-Headers": "*", "Access-Control-Max-Age": "86400"},
        )
    answer = faults.status_answer(
        error.status_code,
        f"{request.method} is not allowed here",
        f"allowed: {allow}; this service only reads",
    )
    answer.headers["Allow"] = allow
    return answer


async def _limits(door: Door, request: Request) -> Response:  # noqa: ARG001  the limits are the same for all
    """The published limits, as `onrecord limits --output json`."""
    return _json(door.record.limits.as_json())


async def _health(door: Door, request: Request) -> Response:
    """Whether the record is served, and which; 503 where it is not."""

    def work(workspace: Workspace) -> Response:
        manifest = workspace.snapshot.manifest
        if workspace.settings.endpoint is not None:
            workspace.gateway.warm()
        return _json(
            {
                "status": "ok",
                "snapshot": workspace.snapshot.path.name,
                "dataset_hash": manifest.dataset_hash,
                "title": manifest.title,
            }
        )

    return await door.record.run(request, work)


def _json(value: object) -> Response:
    content = json.dumps(value, ensure_ascii=False)
    return Response(content, media_type="application/json", headers={"Cache-Control": "no-cache"})
