"""What the service and its dataset say of themselves: SPARQL 1.1 Service Description, and VoID."""

from pyoxigraph import NamedNode
from starlette.requests import Request
from starlette.responses import Response

from onrecord.server.door import Door, our_query
from onrecord.server.negotiation import Offer, accepted, require
from onrecord.server.representation import represent
from onrecord.workspace import Workspace

GRAPHS = (
    Offer("text/turtle", "turtle"),
    Offer("application/n-triples", "ntriples"),
    Offer("application/ld+json", "jsonld"),
)
"""Representations of RDF, in our order of preference."""


async def describe_service(door: Door, request: Request) -> Response:
    """The service description; its endpoint is the address that was asked."""
    endpoint = NamedNode(f"{door.origin(request)}{request.url.path}")
    return await _described(door, request, our_query("service", endpoint=endpoint))


async def describe_dataset(door: Door, request: Request) -> Response:
    """The VoID description (`/.well-known/void`, registered by RFC 5785's procedure)."""
    origin = door.origin(request)
    query = our_query(
        "void", endpoint=NamedNode(f"{origin}/sparql"), dump=NamedNode(f"{origin}/export/nquads")
    )
    return await _described(door, request, query)


async def _described(door: Door, request: Request, query: str) -> Response:
    chosen = require(accepted(request), GRAPHS)

    def work(workspace: Workspace) -> Response:
        content = workspace.query(query).serialise(chosen.format)
        return represent(request, content, chosen.media_type, workspace.snapshot.path.name)

    return await door.record.run(request, work)
