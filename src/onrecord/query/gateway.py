"""The one way in for every query, named or free: scan, queue, worker, whole answer."""

import json
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from threading import Event
from types import TracebackType
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import urljoin

from onrecord.errors import QueryRefused, UsageError
from onrecord.query import worker
from onrecord.query.driving import Driver
from onrecord.query.limits import Limits
from onrecord.query.malformed import explain, padded
from onrecord.query.nearness import nearest
from onrecord.query.pool import Pool
from onrecord.query.process import Asked, Patience, Process, Told
from onrecord.query.result import QueryResult, ResultKind, Written
from onrecord.query.scan import Scanned, refuse, scan, unescape
from onrecord.query.spool import Spools
from onrecord.query.tokens import Token
from onrecord.query.waiting import Steps, aside, waited
from onrecord.terms import BASE

if TYPE_CHECKING:
    from onrecord.query.remote import Remote

T = TypeVar("T")
Forms = tuple[str | None, str | None]
"""The form of a table (and of the answer of an ASK), and that of a graph."""


class Gateway:
    """Answers SPARQL 1.1 queries over a store folder, whole or not at all.

    store: folder of the store, resolved (a reader keeps its snapshot). limits: those in force. base: what
    relative IRIs resolve against, and where our graph IRIs begin. remote: the engine that answers in place of
    the store, which is then its empty one. The default graph is the exact union of all graphs. lane: whether
    a worker is kept for the app, which asks as no client. Safe for several threads; `close()` or the end of a
    `with` ends the workers.
    """

    def __init__(
        self,
        store: Path,
        limits: Limits | None = None,
        base: str = BASE,
        remote: "Remote | None" = None,
        *,
        lane: bool = True,
    ) -> None:
        self.limits = limits or Limits()
        self.base = base
        self._remote = remote
        self._pool = Pool(store, self.limits, lane=lane)
        self._spools = Spools(self.limits.spool_limit_mb * 1024 * 1024)
        self._driver = Driver()
        self._client: str | None = None
        self._gone: Callable[[], bool] | None = None

    @property
    def remote(self) -> "Remote | None":
        """The remote engine that answers, if any."""
        return self._remote

    @property
    def pool(self) -> Pool:
        """The workers that answer; one and the same for all clients of this gateway."""
        return self._pool

    @property
    def spooled(self) -> int:
        """Bytes of large answers that were written and are not yet sent."""
        return self._spools.used

    def for_client(self, client: str, gone: Callable[[], bool] | None = None) -> "Gateway":
        """This gateway as one client of a server sees it: its queries wait in that client's place.

        client: its address. gone: whether it waits no longer, asked while a query of `query` waits or runs;
        that query then ends as Stopped. The workers are shared; closing either closes both.
        """
        other = Gateway.__new__(Gateway)
        other.__dict__ |= self.__dict__ | {"_client": client, "_gone": gone}
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

        Raises StorageError where there is no store, Unavailable where no worker starts within a minute or the
        engine does not hold the record.
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
        stop: Event | None = None,
    ) -> QueryResult:
        """Run a SELECT, ASK, CONSTRUCT or DESCRIBE.

        default_graphs, named_graphs: the dataset of the protocol (SPARQL 1.1 Protocol, 2.1.4), which stands
        in for `FROM` and `FROM NAMED`. One that is no graph of this knowledge base is an empty graph, as the
        protocol's own tests expect; nothing is fetched. Whose query it is says `for_client`; without it, it
        is the app's or the command line's, whose lane keeps one worker free. stop: set by whoever does not
        wait any longer; the query ends within a fraction of a second.

        Raises QueryRefused (malformed or refused by name, with line and column), LimitExceeded (length,
        depth, time, memory, size), Busy (too many wait), Stopped and Unavailable.
        """

        def whole(process: Process, told: Told) -> "Steps[QueryResult]":
            return _result(told.kind, (yield from process.spooled(told)))

        steps = self._answered(text, whole, (default_graphs, named_graphs), ("json", "ntriples"))
        return waited(steps, stop.is_set if stop is not None else self._gone)

    async def written(
        self,
        text: str,
        forms: Forms,
        *,
        default_graphs: Sequence[str] = (),
        named_graphs: Sequence[str] = (),
    ) -> Written:
        """As `query`, in the event loop, and written by the worker: no large answer is in memory here.

        forms: for the answer of a SELECT or ASK (a name of `TABLE_FORMATS`), and for a graph (of
        `GRAPH_FORMATS`); None where that kind is not wanted, and then it comes without a body. Cancelling it
        ends the query. Raises as `query`, and UsageError for a value that the form cannot hold.
        """

        def file(process: Process, told: Told) -> "Steps[Written]":
            if self._remote is not None:
                return (yield from self._rewritten(process, told, forms))
            kind = _KINDS.get(told.body or b"" if told.kind == worker.UNASKED else told.kind)
            if kind is None:
                raise UsageError((told.body or b"").decode(), hint="ask for json, csv or tsv")
            form = forms[kind == "graph"]
            if told.body is not None:
                return Written(kind, form, told.length, told.body)
            return Written(kind, form, told.length, (yield from process.copied(told, self._spools)))

        return await self._driver.run(self._answered(text, file, (default_graphs, named_graphs), forms))

    def _answered(
        self,
        text: str,
        taken: Callable[[Process, Told], Steps[T]],
        dataset: tuple[Sequence[str], Sequence[str]],
        forms: Forms,
    ) -> Steps[T]:
        """What `taken` makes of the answer while the worker is lent."""
        deadline = time.monotonic() + self.limits.time_limit_s
        scanned = scan(text, self.limits)
        default, named = self._dataset(text, scanned, *dataset, deadline)
        if self._remote is not None:
            self._remote.admit(text, scanned, default, deadline)
            forms = ("json", "ntriples")
        asked = Asked(text, self.base, default, named, *forms, star=_star(scanned))

        def work(process: Process, patience: Patience) -> "Steps[T]":
            told = yield from process.ask(asked, deadline=deadline, patience=patience)
            if told.kind == worker.SYNTAX:
                message = (told.body or b"").decode()
                raise (yield from self._malformed(process, text, scanned, message, deadline))
            if self._remote is not None:
                told = yield from self._elsewhere(self._remote, process, told, asked, deadline, patience)
            return (yield from taken(process, told))

        return self._pool.run(work, text=text, client=self._client, deadline=deadline)

    def _elsewhere(
        self,
        remote: "Remote",
        process: Process,
        told: Told,
        asked: Asked,
        deadline: float,
        patience: Patience,
    ) -> Steps[Told]:
        """What the remote engine answers; the worker's own answer says the kind and the columns."""
        body = yield from process.spooled(told)

        def ask() -> tuple[bytes, bytes]:
            return remote.answer(
                told.kind, body, text=asked.query, default=asked.default, named=asked.named,
                deadline=deadline, patience=patience,
            )  # fmt: skip

        kind, found = yield from aside(ask)
        return Told(kind, len(found), found)

    def _rewritten(self, process: Process, told: Told, forms: Forms) -> Steps[Written]:
        """The answer of a remote engine, which no worker has written, in the form that is asked for."""
        result = _result(told.kind, (yield from process.spooled(told)))
        form = forms[result.kind == "graph"]
        body = (yield from aside(lambda: result.serialise(form))) if form is not None else b""
        return Written(result.kind, form, len(body), body)

    def _dataset(
        self, text: str, scanned: Scanned, default: Sequence[str], named: Sequence[str], deadline: float
    ) -> tuple[tuple[str, ...] | None, tuple[str, ...] | None]:
        """The graphs to read, those of the query's own clause each known; (None, None) for all of them."""
        if default or named:
            return tuple(dict.fromkeys(default)), tuple(dict.fromkeys(named))
        if not scanned.default_graphs and not scanned.named_graphs:
            return None, None
        read = [
            tuple(dict.fromkeys(self._graph(text, scanned, token, deadline) for token in tokens))
            for tokens in (scanned.default_graphs, scanned.named_graphs)
        ]
        return read[0], read[1]

    def _graph(self, text: str, scanned: Scanned, token: Token, deadline: float) -> str:
        """The IRI of a graph named in the dataset clause."""
        base = urljoin(self.base, scanned.base)
        if token.kind == "iri":
            iri = urljoin(base, unescape(token.text[1:-1]))
        else:
            prefix, _, local = token.text.partition(":")
            iri = urljoin(base, dict(scanned.prefixes).get(prefix, "")) + local
        self._known(iri, text, token, deadline)
        return iri

    def _known(self, iri: str, text: str, token: Token, deadline: float) -> None:
        graphs = self._pool.graphs(deadline) if self._remote is None else self._remote.graphs()
        if iri in graphs:
            return
        near = nearest(iri, graphs)
        hint = f"did you mean <{near[0]}>?" if near else "SELECT DISTINCT ?g { GRAPH ?g {} } lists the graphs"
        message = f"<{iri}> is not a graph of this knowledge base, and nothing is fetched"
        raise refuse(text, token.start, message, hint)

    def _malformed(
        self, process: Process, text: str, scanned: Scanned, message: str, deadline: float
    ) -> Steps[QueryRefused]:
        """Where and why, by a second reading in which the engine's reports are exact to the token."""
        spaced, origins = padded(text, scanned.tokens)
        told = yield from process.ask(Asked(spaced, self.base, table=None, graph=None), deadline=deadline)
        said = (told.body or b"").decode() if told.kind == worker.SYNTAX else message
        return explain(text, scanned, said, spaced, origins)


def _star(scanned: Scanned) -> tuple[int, tuple[str, ...]] | None:
    """Where the `*` of the projection stands, and the variables in the order of their first appearance."""
    if not scanned.star:
        return None
    return next(token.start for token in scanned.tokens if token.text == "*"), scanned.variables


_KINDS: Mapping[bytes, ResultKind] = {
    worker.BINDINGS: "bindings",
    worker.BOOLEAN: "boolean",
    worker.GRAPH: "graph",
}


def _result(kind: bytes, body: bytes) -> QueryResult:
    if kind != worker.BINDINGS:
        return QueryResult(_KINDS[kind], (), body)
    head = body[: body.index(b"]") + 1] + b"}}"  # {"head":{"vars":["a","b"]},"results":…
    return QueryResult("bindings", tuple(json.loads(head)["head"]["vars"]), body)
