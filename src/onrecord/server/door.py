"""What every endpoint is given: the record, the limits on requests, and our own queries."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache

from pyoxigraph import Literal, NamedNode
from starlette.requests import Request

from onrecord import resources
from onrecord.server.recent import Recent
from onrecord.server.record import ServedRecord

_HOST = re.compile(r"(?:[A-Za-z0-9](?:[A-Za-z0-9.\-]{0,252})|\[[0-9A-Fa-f:.]{2,45}\])(?::[0-9]{1,5})?")
Pages = Callable[[str, str], str | None]


@dataclass(frozen=True)
class Door:
    """The record as it is served, with what belongs to this door only.

    pages: noun and slug → address of the app's page about it, where the app is on this port and has one.
    recent: answers to queries given before.
    """

    record: ServedRecord
    pages: Pages | None = None
    recent: Recent = field(default_factory=Recent)

    @property
    def most_body(self) -> int:
        """Bytes that a request's body may have: the longest query, percent-encoded, and room besides."""
        return 4 * self.record.limits.query_length_kib * 1024

    def origin(self, request: Request) -> str:
        """Scheme and authority that the client used, for addresses of ours that an answer holds.

        A `Host` that is no host name stands for none: then it is the address that the server listens on.
        """
        host = request.headers.get("host", "")
        if not _HOST.fullmatch(host):
            address, port = request.scope.get("server") or ("localhost", None)
            name = f"[{address}]" if ":" in address else address
            host = name if port is None else f"{name}:{port}"
        return f"{request.scope.get('scheme', 'http')}://{host}"


@cache
def _description(name: str) -> str:
    return (resources.ontology_dir() / "descriptions" / f"{name}.rq").read_text(encoding="utf-8")


def our_query(name: str, **terms: NamedNode | Literal) -> str:
    """The query of `ontology/descriptions/<name>.rq`, each `VALUES ?variable { UNDEF }` with its term."""
    text = _description(name)
    for variable, term in terms.items():
        text = text.replace(f"VALUES ?{variable} {{ UNDEF }}", f"VALUES ?{variable} {{ {term} }}")
    return text
