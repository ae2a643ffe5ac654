"""Linked data: `/id/…` names a thing and leads to `/doc/…`, which describes it (Cool URIs for the Semantic
Web, 4.2: 303).

Every IRI of the record has an address here: `/id/<noun>/<slug>`, `/kind/<slug>`, `/graph/<name>` and `/ns`,
each the IRI without the base of the knowledge base. An address whose slug was given up leads for good to the
one of today: 301, which older clients follow too (308 says no more to a service that is only read).
"""

import json
import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from pyoxigraph import NamedNode, RdfFormat, Triple, parse, serialize
from starlette.requests import Request
from starlette.responses import Response

from onrecord import resources
from onrecord.errors import OnRecordError
from onrecord.exporters.rdf import compacted, prefixes_of
from onrecord.query.nearness import nearest
from onrecord.server.door import Door, Pages, our_query
from onrecord.server.faults import NotFound
from onrecord.server.negotiation import Offer, accepted, require
from onrecord.server.page import Page, page_of
from onrecord.server.representation import represent
from onrecord.workspace import Workspace

DOCUMENTS = (
    Offer("text/html", "html", ("application/xhtml+xml",)),
    Offer("text/turtle", "ttl"),
    Offer("application/ld+json", "jsonld", ("application/json",)),
    Offer("application/n-triples", "nt"),
)
"""Documents about a thing, in our order of preference; the format is the ending of the address."""
_MEDIA_TYPES = {offer.format: offer.media_type for offer in DOCUMENTS}
_OTHERS = ("kind", "graph", "ns")
_PATH = re.compile(r"ns/[0-9.]+|[a-z0-9](?:[a-z0-9/-]*[a-z0-9])?")


@dataclass(frozen=True, slots=True)
class Thing:
    """What an address names: its path below the base, such as `id/actor/margot-james`."""

    path: str

    @property
    def document(self) -> str:
        """The path of the documents about it, without an ending; the vocabulary's versions share one."""
        if self.path.startswith("ns/"):
            return "/doc/ns"
        return f"/doc/{self.path.removeprefix('id/')}"

    def page(self, pages: Pages | None) -> str | None:
        """The app's page about it, if there is an app with one."""
        parts = self.path.split("/")
        return pages(parts[1], parts[2]) if pages and len(parts) == 3 and parts[0] == "id" else None

    @classmethod
    def of_document(cls, path: str) -> "Thing":
        """What the document `/doc/<path>` is about."""
        return cls(path if path.partition("/")[0] in _OTHERS else f"id/{path}")


async def identify(door: Door, request: Request) -> Response:
    """303 from a thing to the document about it that the client prefers; 301 from an address that was given
    up, 404 where there is no such thing.
    """
    thing = Thing(request.url.path.strip("/"))
    chosen = require(accepted(request), DOCUMENTS)

    def work(workspace: Workspace) -> Response:
        now = standing(workspace, thing)
        if now != thing:
            return leads_to(f"/{now.path}", 301)
        page = thing.page(door.pages) if chosen.format == "html" else None
        return leads_to(page or f"{thing.document}.{chosen.format}", 303)

    return await door.record.run(request, work)


async def document(door: Door, request: Request) -> Response:
    """The document about a thing in the format of the address's ending; without one, as `Accept` prefers."""
    path, dot, ending = request.path_params["path"].rpartition(".")
    if not dot:
        path, ending = ending, require(accepted(request), DOCUMENTS).format
    thing, given = Thing.of_document(path), dot + ending if dot else ""
    if ending not in _MEDIA_TYPES:
        raise NotFound(
            f"there is no document that ends in '.{ending}'",
            hint=f"the endings are {', '.join(_MEDIA_TYPES)}",
        )

    def work(workspace: Workspace) -> Response:
        now = standing(workspace, thing)
        if now != thing:
            return leads_to(f"{now.document}{given}", 301)
        triples = _described(workspace, thing)
        content = _written(workspace, thing, triples, ending)
        links = [
            f'<{thing.document}.{offer.format}>; rel="alternate"; type="{offer.media_type}"'
            for offer in DOCUMENTS
            if offer.format != ending
        ]
        about = f'<{workspace.snapshot.manifest.base}{thing.path}>; rel="describes"'
        headers = {"Link": ", ".join([about, *links])}
        return represent(
            request, content, _MEDIA_TYPES[ending], workspace.snapshot.path.name, headers=headers
        )

    return await door.record.run(request, work)


def leads_to(address: str, status: int) -> Response:
    """A redirect inside this server."""
    headers = {"Location": address, "Vary": "Accept", "Cache-Control": "no-cache"}
    return Response(status_code=status, headers=headers)


def standing(workspace: Workspace, thing: Thing) -> Thing:
    """The thing itself, or what an address that was given up leads to.

    Raises NotFound, with near names, where the record says nothing of either.
    """
    if _PATH.fullmatch(thing.path):
        for path in workspace.addresses(thing.path):
            it = NamedNode(workspace.snapshot.manifest.base + path)
            if workspace.query(our_query("known", it=it)).boolean:
                return Thing(path)
    raise _unknown(workspace, thing)


def _described(workspace: Workspace, thing: Thing) -> list[Triple]:
    """The triples about a thing that is on record."""
    it = NamedNode(workspace.snapshot.manifest.base + thing.path)
    page = NamedNode(f"{workspace.snapshot.manifest.base}{thing.document[1:]}")
    query = our_query("vocabulary", it=it) if thing.path == "ns" else our_query("entity", it=it, page=page)
    lines = workspace.query(query).serialise("ntriples")
    return [quad.triple for quad in parse(lines, format=RdfFormat.N_TRIPLES)]


def _unknown(workspace: Workspace, thing: Thing) -> NotFound:
    base = workspace.snapshot.manifest.base
    try:
        rows = workspace.query(our_query("names")).rows
    except OnRecordError:  # a hint is not worth a failure
        rows = []
    paths = {row["slug"]["value"]: row["it"]["value"].removeprefix(base) for row in rows}
    slug = thing.path.rpartition("/")[2]
    near = [paths[slug]] if slug in paths else [paths[name] for name in nearest(slug, paths)]
    hint = None if near else "/api/search?q=… finds things by their words"
    return NotFound(
        f"nothing on record has the address /{thing.path}", near=[f"/{path}" for path in near], hint=hint
    )


def _written(workspace: Workspace, thing: Thing, triples: list[Triple], ending: str) -> bytes:
    manifest = workspace.snapshot.manifest
    if ending == "nt":
        return serialize(triples, format=RdfFormat.N_TRIPLES) or b""
    if ending == "ttl":
        prefixes = prefixes_of(manifest.base, triples)
        return serialize(triples, format=RdfFormat.TURTLE, prefixes=prefixes) or b""
    if ending == "jsonld":
        return compacted(triples, _context())
    it = NamedNode(manifest.base + thing.path)
    references = workspace.query(our_query("references", it=it)).rows
    facts = int(workspace.query(our_query("referring", it=it)).rows[0]["facts"]["value"])
    given = [f"capture/{held.get('capture')}" for held in manifest.sources.values() if held.get("licence")]
    text = f"{thing.document}.txt" if thing.path.removeprefix("id/") in given else None
    page = Page(thing.path, thing.document, manifest.base, manifest.title, manifest.dataset_hash, text)
    return page_of(page, triples, references, facts).encode()


@cache
def _context() -> dict[str, Any]:
    path = resources.ontology_dir() / "context.jsonld"
    context: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))["@context"]
    return context
