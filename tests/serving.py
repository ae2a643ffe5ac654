"""Servers for tests: the HTTP interface on a free port of this machine, ports for others, a plain client."""

import json
import socket
import sys
import threading
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from email.message import Message
from http.client import HTTPConnection
from typing import Any
from urllib.parse import urlencode

import uvicorn
from rdflib import Graph

from onrecord.config import Settings
from onrecord.query import Limits
from onrecord.server.listening import configuration

SYNTAXES = {"text/turtle": "turtle", "application/n-triples": "nt", "application/ld+json": "json-ld"}
Parameters = Mapping[str, str] | list[tuple[str, str]]


@dataclass(frozen=True)
class Received:
    """An answer as it came over the wire."""

    status: int
    headers: Message
    body: bytes

    @property
    def kind(self) -> str:
        """The media type without parameters."""
        return self.headers.get("Content-Type", "").partition(";")[0]

    @property
    def text(self) -> str:
        return self.body.decode()

    def json(self) -> Any:
        return json.loads(self.body)

    def graph(self) -> Graph:
        """The body as RDF, by its media type; what is no RDF fails the test."""
        with warnings.catch_warnings(action="ignore", category=DeprecationWarning):  # rdflib's, of itself
            return Graph().parse(data=self.body, format=SYNTAXES[self.kind])


@dataclass(frozen=True)
class Served:
    """A server that listens on `port` of this machine."""

    port: int

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def send(
        self,
        method: str,
        target: str,
        headers: Mapping[str, str] | None = None,
        body: bytes | None = None,
    ) -> Received:
        """One request, its target as it is."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            named = "Host" in (headers or {})
            connection.putrequest(method, target, skip_host=named, skip_accept_encoding=True)
            for name, value in (headers or {}).items():
                connection.putheader(name, value)
            if body is not None:
                connection.putheader("Content-Length", str(len(body)))
            connection.endheaders(body)
            response = connection.getresponse()
            return Received(response.status, response.headers, response.read())
        finally:
            connection.close()

    def get(self, path: str, parameters: Parameters | None = None, **headers: str) -> Received:
        """GET; `accept="…"` and other headers by name, `_` for `-`."""
        target = path + (f"?{urlencode(parameters)}" if parameters else "")
        return self.send("GET", target, {name.replace("_", "-"): value for name, value in headers.items()})

    def sparql(self, query: str, **headers: str) -> Received:
        return self.get("/sparql", {"query": query}, **headers)


@contextmanager
def kept_port() -> Iterator[int]:
    """A free port of this machine, for a program that takes its number and listens on it later.

    On Linux the system gives it to nobody else until the end of the `with`, while a program that names it and
    says SO_REUSEADDR, as servers do, may listen there, also twice in succession. Elsewhere it is free now.
    """
    with socket.socket() as keeper:
        keeper.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        keeper.bind(("127.0.0.1", 0))
        port = int(keeper.getsockname()[1])
        if sys.platform != "linux":
            keeper.close()
        yield port


@contextmanager
def serving(settings: Settings, limits: Limits | None = None, proxy: str | None = None) -> Iterator[Served]:
    """The HTTP interface over a published snapshot, until the end of the `with`."""
    with listening(
        configuration(settings, limits or Limits(), address="127.0.0.1", port=0, proxy=proxy)
    ) as served:
        yield served


@contextmanager
def listening(configured: uvicorn.Config) -> Iterator[Served]:
    """Any application on a free port of this machine, until the end of the `with`."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen(128)
        port = configured.port = listener.getsockname()[1]
        server = uvicorn.Server(configured)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        try:
            yield Served(port)
        finally:
            server.should_exit = True
            thread.join(30)
