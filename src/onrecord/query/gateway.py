"""The one way in for every query, named or free: scan, worker, whole answer.

A pool, fairness and budgets by client belong here, behind the same `query`; today there is one worker and
a lock round it.
"""

import json
import threading
import time
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from urllib.parse import urljoin

from onrecord.errors import LimitExceeded, QueryRefused
from onrecord.query import worker
from onrecord.query.limits import Limits
from onrecord.query.malformed import explain, padded
from onrecord.query.nearness import nearest
from onrecord.query.process import Process
from onrecord.query.result import QueryResult
from onrecord.query.scan import Scanned, Token, refuse, scan, unescape
from onrecord.terms import BASE


class Gateway:
    """Answers SPARQL 1.1 queries over a store folder, whole or not at all.

    store: folder of the store, resolved (a reader keeps its snapshot). limits: those in force. base: what
    relative IRIs resolve against, and where our graph IRIs begin. The default graph is the exact union of
    all graphs. Safe for several threads; `close()` or the end of a `with` ends the worker.
    """

    def __init__(self, store: Path, limits: Limits | None = None, base: str = BASE) -> None:
        self.limits = limits or Limits()
        self.base = base
        self._process = Process(store, self.limits)
        self._lock = threading.Lock()

    def __enter__(self) -> "Gateway":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the worker, also in the middle of a query."""
        self._process.close()

    def warm(self) -> None:
        """Start the worker before the first question."""
        with self._lock:
            self._process.start()

    def query(
        self,
        text: str,
        *,
        default_graphs: Sequence[str] = (),
        named_graphs: Sequence[str] = (),
    ) -> QueryResult:
        """Run a SELECT, ASK, CONSTRUCT or DESCRIBE.

        default_graphs, named_graphs: the dataset of the protocol (SPARQL 1.1 Protocol, 2.1.4), which stands
        in for `FROM` and `FROM NAMED`. One that is no graph of this knowledge base is an empty graph, as the
        protocol's own tests expect; nothing is fetched.

        Raises QueryRefused (malformed or refused by name, with line and column), LimitExceeded (length,
        depth, time, memory, size) and Unavailable.
        """
        deadline = time.monotonic() + self.limits.time_limit_s
        scanned = scan(text, self.limits)
        if not self._lock.acquire(timeout=self.limits.time_limit_s):
            raise LimitExceeded(
                f"no answer within {self.limits.time_limit_s} s, all of it spent waiting",
                limit="time_limit_s",
                hint="try again when fewer are asking",
            )
        try:
            default, named = self._dataset(text, scanned, default_graphs, named_graphs)
            kind, body = self._process.ask(
                text, base=self.base, deadline=deadline, default=default, named=named
            )
            if kind == worker.SYNTAX:
                raise self._malformed(text, scanned, body.decode(), deadline)
        finally:
            self._lock.release()
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
        graphs = self._process.graphs()
        if iri in graphs:
            return
        near = nearest(iri, graphs)
        hint = f"did you mean <{near[0]}>?" if near else "SELECT DISTINCT ?g { GRAPH ?g {} } lists the graphs"
        message = f"<{iri}> is not a graph of this knowledge base, and nothing is fetched"
        raise refuse(text, token.start, message, hint)

    def _malformed(self, text: str, scanned: Scanned, message: str, deadline: float) -> QueryRefused:
        """Where and why, by a second reading in which the engine's reports are exact to the token."""
        spaced, origins = padded(text, scanned.tokens)
        kind, body = self._process.ask(spaced, base=self.base, deadline=deadline)
        return explain(text, scanned, body.decode() if kind == worker.SYNTAX else message, spaced, origins)


def _result(kind: bytes, body: bytes, scanned: Scanned) -> QueryResult:
    if kind == worker.BOOLEAN:
        return QueryResult("boolean", (), body)
    if kind == worker.GRAPH:
        return QueryResult("graph", (), body)
    whole = body.decode()
    head, _ = json.JSONDecoder().raw_decode(whole, whole.index(":") + 1)  # {"head": {…}, "results": …
    columns = tuple(head["vars"])
    if scanned.star:
        columns = tuple(name for name in scanned.variables if name in columns)
    return QueryResult("bindings", columns, body)
