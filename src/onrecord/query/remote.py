"""A remote engine behind the gateway: the same scan and queue, the engine elsewhere, the answer read strictly.

Every query first runs in a worker over an empty store. That is where errors of syntax come from, with line
and column, and what is not SPARQL 1.1 goes no further; and it says what the answer must look like: its kind
and its columns in their order. Then the engine is asked, and after it whether it still holds the publication
that was asked. The decision and its reasons: docs/decisions/remote.md.
"""

import json
import os
import shutil
import tempfile
import threading
import time
from collections.abc import Sequence
from pathlib import Path
from weakref import finalize

from pyoxigraph import Store

from onrecord.endpoint import Endpoint
from onrecord.errors import QueryRefused, Unavailable
from onrecord.query import worker
from onrecord.query.limits import Limits
from onrecord.query.process import Patience
from onrecord.query.scan import Scanned
from onrecord.query.standard import require_standard
from onrecord.remote import answer
from onrecord.remote.engine import Engine
from onrecord.remote.exchange import Reply
from onrecord.remote.publication import Publication, dataset


class Remote:
    """Answers queries from a remote engine that holds one publication of a record. Safe for several threads.

    base: of the record's IRIs. dataset_hash: that of the record which must answer; None for the one that is
    found there first.
    """

    def __init__(
        self, endpoint: Endpoint, limits: Limits, base: str, dataset_hash: str | None = None
    ) -> None:
        self.endpoint = endpoint
        self._limits = limits
        self._base = base
        self._expected = dataset_hash
        self._engine = Engine(endpoint, seconds=limits.time_limit_s, megabytes=limits.result_limit_mb)
        self._lock = threading.Lock()
        self._publication: Publication | None = None
        folder = tempfile.mkdtemp(prefix="onrecord-")
        self._remove = finalize(self, _remove, folder, os.getpid())
        self.store = Path(folder) / "store"
        Store(str(self.store)).flush()

    @property
    def dataset_hash(self) -> str | None:
        """The hash of the record that answers; None as long as it is not known."""
        return self._expected

    def close(self) -> None:
        """Close the connections and remove the empty store."""
        self._engine.close()
        self._remove()

    def warm(self) -> None:
        """See that the engine is there and holds the record. Raises Unavailable where not."""
        self._published(time.monotonic() + self._limits.time_limit_s, None)

    def graphs(self) -> tuple[str, ...]:
        """IRIs of the named graphs of the record, in order. Raises as `warm`."""
        return self._published(time.monotonic() + self._limits.time_limit_s, None).graphs(self._base)

    def answer(
        self,
        kind: bytes,
        body: bytes,
        *,
        text: str,
        scanned: Scanned,
        default: Sequence[str] | None,
        named: Sequence[str] | None,
        deadline: float,
        patience: Patience,
    ) -> tuple[bytes, bytes]:
        """Kind and body of the engine's answer, in the form of a worker's.

        kind, body: what the worker over the empty store gave. Raises as `Gateway.query`.
        """
        require_standard(text, scanned)
        if default is not None and len(default) > 1:
            raise QueryRefused(
                "several default graphs at once are refused with a remote engine, which counts a triple once "
                "for each",
                hint="ask without FROM, or name the graphs with FROM NAMED and GRAPH",
            )
        accept = answer.N_TRIPLES if kind == worker.GRAPH else answer.JSON
        while True:
            publication = self._published(deadline, patience)
            graphs, others = dataset(publication, self._base, default, named)
            reply = self._engine.ask(
                text, accept, base=self._base, default=graphs, named=others, deadline=deadline,
                patience=patience,
            )  # fmt: skip
            found = _read(kind, body, reply)
            if self._still(publication, deadline, patience):
                return kind, found

    def _published(self, deadline: float, patience: Patience | None) -> Publication:
        """What is published there, looked up when it is not known."""
        with self._lock:
            known = self._publication
        if known is None:
            known = self._require(self._engine.publication(self._base, deadline=deadline, patience=patience))
            with self._lock:
                self._publication = known
                self._expected = known.dataset_hash
        return known

    def _still(self, asked: Publication, deadline: float, patience: Patience) -> bool:
        """Whether the publication that was asked is still there; False where it was published anew, equal."""
        now = self._engine.publication(self._base, deadline=deadline, patience=patience)
        if now is not None and now.mark == asked.mark:
            return True
        with self._lock:
            self._publication = None
        self._require(now)
        return False

    def _require(self, found: Publication | None) -> Publication:
        if found is None:
            raise Unavailable(
                f"{self.endpoint} holds no whole publication of {self._base}",
                hint="onrecord publish puts it there; while that runs, wait for its end",
            )
        if self._expected is not None and found.dataset_hash != self._expected:
            raise Unavailable(
                f"{self.endpoint} holds another version of the record: dataset {found.dataset_hash[:16]}, not "
                f"{self._expected[:16]}",
                hint="publish this snapshot there (onrecord publish), or name that one with --snapshot",
            )
        return found


def _read(kind: bytes, body: bytes, reply: Reply) -> bytes:
    """The engine's answer in a worker's form. Raises Unreadable."""
    if kind == worker.GRAPH:
        return answer.graph(reply.body)
    if kind == worker.BOOLEAN:
        return b'{"head":{},"boolean":%s}' % str(answer.boolean(reply.body)).lower().encode()
    columns = tuple(json.loads(body)["head"]["vars"])
    return answer.written(columns, answer.bindings(reply.body, columns))


def _remove(folder: str, owner: int) -> None:
    """A fork leaves the folder to the one who made it."""
    if owner == os.getpid():
        shutil.rmtree(folder, ignore_errors=True)
