"""Publishes a snapshot to a remote engine: graph by graph, compared with what was sent, noted at the end.

The note (`publication.py`) is taken away before the first graph changes and written after the last one was
compared. Without it the engine is not asked, so that a publication that broke off is never taken for whole.
Source: SPARQL 1.1 Graph Store HTTP Protocol (W3C, 2013), 5.3 and 5.4.
"""

import tempfile
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from pyoxigraph import DefaultGraph, NamedNode, Quad, RdfFormat, Store, Triple, serialize

from onrecord.errors import StorageError, Unavailable
from onrecord.remote import answer
from onrecord.remote.engine import Engine, deadline_in
from onrecord.remote.exchange import Exchange, Message, Reply, shown
from onrecord.remote.publication import PUBLICATION, UNION, Publication
from onrecord.remote.target import Target
from onrecord.snapshot.folder import Snapshot

COMPARED = 200_000
"""Triples up to which a graph is read back and compared; a larger one is counted."""
_ANSWER_MB = 512
_PATIENCE_S = 120.0
_SLOWEST = 50_000  # bytes a second that a load must make
_CHUNK = 1 << 18

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True)
class GraphReport:
    """What became of one graph: triples sent and found, and whether each was compared or all were counted.

    missing, added: how many triples were not found again, and how many came instead.
    """

    graph: str
    sent: int
    found: int
    compared: bool
    missing: int = 0
    added: int = 0

    @property
    def whole(self) -> bool:
        """Whether the engine holds what was sent."""
        return self.sent == self.found and not self.missing and not self.added


@dataclass(frozen=True)
class Published:
    """A publication and what its graphs came to.

    different: the queries that the engine answers otherwise than our own; with any of them it keeps the
    record and a copy answers.
    """

    dataset_hash: str
    reports: tuple[GraphReport, ...]
    different: tuple[str, ...] = ()

    @property
    def sizes(self) -> dict[str, int]:
        """Triples of each graph."""
        return {report.graph: report.sent for report in self.reports}

    @property
    def complete(self) -> bool:
        """Whether every graph is whole, so that the engine may answer."""
        return all(report.whole for report in self.reports)


def publish(
    snapshot: Snapshot, to: Target, mark: str, progress: Progress, *, loaded: bool = False
) -> Published:
    """Puts every graph of the snapshot, and their union, where `to` takes them, and compares them.

    mark: names this publication, another than those before. loaded: the graphs came there by the engine's own
    loader; they are compared and noted. Raises Unavailable where the engine refuses or goes away; it then
    holds no whole publication.
    """
    store = Store.read_only(str(snapshot.store))
    loader = _Loader(store, snapshot.manifest.base, to)
    try:
        return loader.publish(snapshot.manifest.dataset_hash, mark, progress, loaded=loaded)
    finally:
        loader.close()


def note_that_it_answers(snapshot: Snapshot, to: Target, mark: str, published: Published) -> None:
    """Says in the note that the engine answers as our own does. Raises Unavailable."""
    loader = _Loader(Store.read_only(str(snapshot.store)), snapshot.manifest.base, to)
    try:
        loader.note(Publication(published.dataset_hash, mark, published.sizes, answers=True))
    finally:
        loader.close()


def write_nquads(snapshot: Snapshot, path: Path) -> int:
    """Writes what `publish` would put, as N-Quads for the engine's own loader; gives the number of quads.

    Raises StorageError where the file can't be written.
    """
    store = Store.read_only(str(snapshot.store))
    union = NamedNode(snapshot.manifest.base + UNION)
    count = 0

    def quads() -> Iterator[Quad]:
        nonlocal count
        for quad in store:
            count += 1
            named = quad.graph_name
            yield (
                Quad(quad.subject, quad.predicate, quad.object, union)
                if isinstance(named, DefaultGraph)
                else quad
            )

    try:
        with path.open("wb") as out:
            serialize(quads(), out, RdfFormat.N_QUADS)
    except OSError as error:
        raise StorageError(f"{path} can't be written: {error.strerror or error}") from None
    return count


class _Loader:
    """The graphs of one store, on their way to one engine."""

    def __init__(self, store: Store, base: str, to: Target) -> None:
        self._store = store
        self._base = base
        self._to = to
        self._engine = Engine(to.queries, seconds=int(_PATIENCE_S), megabytes=_ANSWER_MB)
        self._graphs = Exchange(to.graphs)
        named = sorted(node.value for node in store.named_graphs() if isinstance(node, NamedNode))
        self._names = [*named, base + UNION]

    def close(self) -> None:
        self._engine.close()
        self._graphs.close()

    def publish(self, dataset_hash: str, mark: str, progress: Progress, *, loaded: bool) -> Published:
        before = self._engine.publication(self._base, deadline=deadline_in(_PATIENCE_S))
        self._remove(self._base + PUBLICATION)
        steps = 2 * len(self._names) + 1
        if not loaded:
            for number, graph in enumerate(self._names, 1):
                progress(f"load {self._short(graph)}", number, steps)
                self._put(graph)
            for graph in before.graphs(self._base) if before is not None else ():
                if graph not in self._names:
                    self._remove(graph)
        reports = []
        for number, graph in enumerate(self._names, len(self._names) + 1):
            progress(f"compare {self._short(graph)}", number, steps)
            reports.append(self._compared(graph))
        published = Published(dataset_hash, tuple(reports))
        if published.complete:
            self.note(Publication(dataset_hash, mark, published.sizes))
        progress("done" if published.complete else "not published", steps, steps)
        return published

    def _short(self, graph: str) -> str:
        return graph.removeprefix(self._base + "graph/")

    def _triples(self, graph: str) -> Iterator[Triple]:
        node = DefaultGraph() if graph == self._base + UNION else NamedNode(graph)
        return (quad.triple for quad in self._store.quads_for_pattern(None, None, None, node))

    def _put(self, graph: str) -> None:
        with tempfile.TemporaryFile() as spool:
            serialize(self._triples(graph), spool, RdfFormat.N_TRIPLES)
            size = spool.tell()
            headers = {"Content-Type": answer.N_TRIPLES, "Content-Length": str(size)}
            self._sent("PUT", graph, headers, _Body(spool), size)

    def _remove(self, graph: str) -> None:
        self._sent("DELETE", graph, {}, None, 0, missing=True)

    def _sent(
        self,
        method: str,
        graph: str,
        headers: dict[str, str],
        content: "_Body | bytes | None",
        size: int,
        *,
        missing: bool = False,
    ) -> None:
        message = Message(method, self._to.graphs.url, headers, content, params={"graph": graph})
        try:
            deadline = deadline_in(_PATIENCE_S + size / _SLOWEST)
            reply = self._graphs.send(message, deadline=deadline, most=_CHUNK)
        except TimeoutError:
            raise Unavailable(
                f"{self._to.graphs} took too long over {self._short(graph)}", hint=_UNFINISHED
            ) from None
        if reply.status not in (200, 201, 204) and not (missing and reply.status == 404):
            raise self._refused(method, graph, reply)

    def _refused(self, method: str, graph: str, reply: Reply) -> Unavailable:
        place = self._to.graphs
        if reply.status in (401, 403) and reply.kind != "application/json":
            hint = "ONRECORD_ENDPOINT_AUTH=name:password names one who may; is it served read-only?"
            return Unavailable(f"{place} does not let us write (status {reply.status})", hint=hint)
        lines = reply.body.decode("utf-8", "replace").strip().splitlines()
        words = f": {shown(lines[0])}" if lines and reply.kind == "text/plain" else ""
        return Unavailable(
            f"{place} refused {method} of {self._short(graph)} (status {reply.status}){words}",
            hint="is this its address for graphs, and does it take changes? --graph-store names another",
        )

    def _compared(self, graph: str) -> GraphReport:
        sent = set(self._triples(graph))
        deadline = deadline_in(_PATIENCE_S + len(sent) / 1000)
        if len(sent) > COMPARED:
            found = self._engine.size(graph, base=self._base, deadline=deadline)
            return GraphReport(graph, len(sent), found, compared=False)
        rows = self._engine.rows(graph, base=self._base, deadline=deadline)
        there = set(rows)
        return GraphReport(graph, len(sent), len(rows), True, len(sent - there), len(there - sent))

    def note(self, publication: Publication) -> None:
        """Says that the record is there, as the last thing. Raises Unavailable."""
        note = publication.note(self._base)
        headers = {"Content-Type": answer.N_TRIPLES}
        self._sent("PUT", self._base + PUBLICATION, headers, note, len(note))
        found = self._engine.publication(self._base, deadline=deadline_in(_PATIENCE_S))
        if found != publication:
            raise Unavailable(
                f"{self._to.queries} does not show what {self._to.graphs} took",
                hint="are they two addresses of one engine? --graph-store names the one for graphs",
            )


class _Body:
    """A file as a body, from its beginning each time."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file

    async def __aiter__(self) -> AsyncIterator[bytes]:
        self._file.seek(0)
        while part := self._file.read(_CHUNK):
            yield part


_UNFINISHED = "it holds no whole publication now; run onrecord publish again"
