"""Where a record is published to: the address for queries and the one for graphs, of one engine."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from onrecord.endpoint import Endpoint
from onrecord.errors import UsageError

_LAYOUTS = (
    ("/query", "/store"),  # Oxigraph
    ("/sparql", "/sparql-graph-crud-auth"),  # Virtuoso
)
"""Last steps of the paths for queries and for graphs, by engine."""


@dataclass(frozen=True)
class Target:
    """An engine to publish to. queries: SPARQL 1.1 Protocol. graphs: SPARQL 1.1 Graph Store HTTP Protocol."""

    queries: Endpoint
    graphs: Endpoint


def target(to: Endpoint, graph_store: str | None = None) -> Target:
    """Both addresses from one of Oxigraph or Virtuoso, or from the two addresses of any other engine.

    Raises UsageError where the second can't be told from the first, ConfigurationError for no address.
    """
    if graph_store is not None:
        return Target(to, to.at(graph_store))
    path = urlsplit(to.url).path.rstrip("/")
    stem = to.url.rstrip("/")
    if not path:
        return Target(to.at(f"{stem}/query"), to.at(f"{stem}/store"))
    for query, store in _LAYOUTS:
        if path.endswith(query):
            return Target(to.at(stem), to.at(stem.removesuffix(query) + store))
        if path.endswith(store):
            return Target(to.at(stem.removesuffix(store) + query), to.at(stem))
    raise UsageError(
        f"where {to} takes graphs can't be told from its address",
        hint="give its address for queries with --to, and for graphs with --graph-store",
    )
