"""The one way in for every query, named or free: scan, queue, worker, whole answer."""

import json
import time
from collections.abc import Sequence
from copy import copy
from pathlib import Path
from threading import Event
from types import TracebackType
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from onrecord.errors import QueryRefused, Stopped
from onrecord.query import worker
from onrecord.query.limits import Limits
from onrecord.query.malformed import explain, padded
from onrecord.query.nearness import nearest
from onrecord.query.pool import Pool
from onrecord.query.process import Patience, Process
from onrecord.query.result import QueryResult
from onrecord.query.scan import Scanned, Token, refuse, scan, unescape
from onrecord.terms import BASE

if TYPE_CHECKING:
    from onrecord.query.remote import Remote

_HEED_S = 0.2  # how soon a query that was stopped ends


class Gateway:
    """Answers SPARQL 1.1 queries over a store folder, whole or not at all.

    store: folder of the store, resolved (a reader keeps its snapshot). limits: those in force. base: what
    relative IRIs resolve against, and where our graph IRIs begin. remote: the engine that answers in place
    of the store, which is then its empty one. The default graph is the exact union of all graphs. Safe for
    several threads; `close()` or the end of a `with` ends the workers.
    """

    def __init__(
        self, store: Path, limits: Limits | None = None, base: str = BASE, remote: "Remote | None" = None
    ) -> None:
        self.limits = limits or Limits()
        self.base = base
        self._remote = remote
        self._pool = Pool(store, self.limits)
        self._client: str | None = None

    @property
    def remote(self) -> "Remote | None":
        """The remote engine that answers, if any."""
        return self._remote

    @property
    def pool(self) -> Pool:
        """The workers that answer; one and the same for all clients of this gateway."""
        return self._pool

    def for_client(self, client: str) -> "Gateway":
        """This gateway as one client of a server sees it: its queries wait in that client's place.

        client: its address. The workers are shared; closing either closes both.
        """
        other = copy(self)
        other._client = client
        return other

    def __enter__(self) -> "Gateway":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End all workers, also in the middle of a query; what is asked from now on is Unavailable."""
        self._pool.close()
        if self._remote is not None:
            self._remote.close()

    def warm(self) -> None:
        """Have a worker ready before the first question, and the remote engine, if it answers.

        Raises StorageError where there is no store, Unavailable where the engine does not hold the record.
        """
        self._pool.warm()
        if self._remote is not None:
            self._remote.warm()

    def query(
        self,
        text: str,
        *,
        default_graphs: Sequence[str] = (),
        named_graphs: Sequence[str] = (),
        client: str | None = None,
        stop: Event | None = None,
    ) -> QueryResult:
        """Run a SELECT, ASK, CONSTRUCT or DESCRIBE.

        default_graphs, named_graphs: the dataset of the protocol (SPARQL 1.1 Protocol, 2.1.4), which stands
        in for `FROM` and `FROM NAMED`. One that is no graph of this knowledge base is an empty graph, as the
        protocol's own tests expect; nothing is fetched. client: who asks, by address, where it is not the
        one of `for_client`; None is the app and the command line, whose lane keeps one worker free. stop: set
        by whoever does not wait any longer; the query ends within a fraction of a second.

        Raises QueryRefused (malformed or refused by name, with line and column), LimitExceeded (length,
        depth, time, memory, size), Busy (too many wait), Stopped and Unavailable.
        """
        deadline = time.monotonic() + self.limits.time_limit_s
        scanned = scan(text, self.limits)
        default, named = self._dataset(text, scanned, default_graphs, named_graphs)
        if self._remote is not None:
            self._remote.admit(text, scanned, default, deadline)

        def work(process: Process, patience: Patience) -> tuple[bytes, bytes]:
            kind, body = process.ask(
                text,
                base=self.base,
                deadline=deadline,
                default=default,
                named=named,
                patience=_until(stop, patience) if stop else patience,
            )
            if kind == worker.SYNTAX:
                raise self._malformed(process, text, scanned, body.decode(), deadline)
            if self._remote is not None:
                return self._remote.answer(
                    kind, body, text=text, default=default, named=named, deadline=deadline,
                    patience=patience,
                )  # fmt: skip
            return kind, body

        kind, body = self._pool.run(work, text=text, client=client or self._client, deadline=deadline)
        return _result(kind, body, scanned)

    def _dataset(
        self, text: str, scanned: Scanned, default: Sequence[str], named: Sequence[str]
    ) -> tuple[tuple[str, ...] | None, tuple[str, ...] | None]:
        """The graphs to read, those of the query's own clause each known; (None, None) for all of them."""
        if default or named:
            return tuple(dict.fromkeys(default)), tuple(dict.fromkeys(named))
        if not scanned.default_graphs and not scanned.named_graphs:
            return None, None
        read = [
            tuple(dict.fromkeys(self._graph(text, scanned, token) for token in tokens))
            for tokens in (scanned.default_graphs, scanned.named_graphs)
        ]
        return read[0], read[1]

    def _graph(self, text: str, scanned: Scanned, token: Token) -> str:
        """The IRI of a graph named in the dataset clause."""
        base = urljoin(self.base, scanned.base)
        if token.kind == "iri":
            iri = urljoin(base, unescape(token.text[1:-1]))
        else:
            prefix, _, local = token.text.partition(":")
            iri = urljoin(base, dict(scanned.prefixes).get(prefix, "")) + local
        self._known(iri, text, token)
        return iri

    def _known(self, iri: str, text: str, token: Token) -> None:
        graphs = self._pool.graphs() if self._remote is None else self._remote.graphs()
        if iri in graphs:
            return
        near = nearest(iri, graphs)
        hint = f"did you mean <{near[0]}>?" if near else "SELECT DISTINCT ?g { GRAPH ?g {} } lists the graphs"
        message = f"<{iri}> is not a graph of this knowledge base, and nothing is fetched"
        raise refuse(text, token.start, message, hint)

    def _malformed(
        self, process: Process, text: str, scanned: Scanned, message: str, deadline: float
    ) -> QueryRefused:
        """Where and why, by a second reading in which the engine's reports are exact to the token."""
        spaced, origins = padded(text, scanned.tokens)
        kind, body = process.ask(spaced, base=self.base, deadline=deadline)
        return explain(text, scanned, body.decode() if kind == worker.SYNTAX else message, spaced, origins)


def _until(stop: Event, patience: Patience) -> Patience:
    """The same patience, which ends when `stop` is set."""

    def seconds() -> float:
        if stop.is_set():
            raise Stopped("the query was stopped", hint="run it again when you like")
        return min(patience(), _HEED_S)

    return seconds


def _result(kind: bytes, body: bytes, scanned: Scanned) -> QueryResult:
    if kind == worker.BOOLEAN:
        return QueryResult("boolean", (), body)
    if kind == worker.GRAPH:
        return QueryResult("graph", (), body)
    head = body[: body.index(b"]") + 1] + b"}}"  # {"head":{"vars":["a","b"]},"results":…
    columns = tuple(json.loads(head)["head"]["vars"])
    if scanned.star:
        columns = tuple(name for name in scanned.variables if name in columns)
    return QueryResult("bindings", columns, body)
