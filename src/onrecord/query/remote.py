"""A remote engine behind the gateway: same scan and queue, engine elsewhere, the answer read strictly.

An engine that was found to answer as our own does is asked; one that was not keeps the record, and a copy of
it here answers. Asking goes so: every query first runs in a worker over an empty store. That is where errors
of syntax come from, with line and column, and what is not SPARQL 1.1 goes no further; and it says what the
answer must look like: its kind and its columns in their order. Then the engine is asked, and after it whether
it still holds the publication that was asked. The decision and its reasons: docs/decisions/remote.md.
"""

import json
import os
import shutil
import tempfile
import threading
import time
from collections.abc import Sequence
from functools import cached_property
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
from onrecord.remote.copying import UNNOTED, copy, unnoted
from onrecord.remote.engine import Engine
from onrecord.remote.exchange import Reply
from onrecord.remote.publication import Publication, dataset

_COPY_S = 120.0
"""Seconds that a copy may take, before the first question."""


class Remote:
    """Answers queries from a remote engine that holds one publication of a record. Safe for several threads.

    base: of the record's IRIs. dataset_hash, copy: hash and store of the snapshot whose record must answer;
    None for the record that is found there first. trusted: ask the engine whatever it was found to be.
    """

    def __init__(
        self,
        endpoint: Endpoint,
        limits: Limits,
        base: str,
        dataset_hash: str | None = None,
        copy: Path | None = None,
        *,
        trusted: bool = False,
    ) -> None:
        self.endpoint = endpoint
        self._limits = limits
        self._base = base
        self._expected = dataset_hash
        self._copy = copy
        self._trusted = trusted
        self._engine = Engine(endpoint, seconds=limits.time_limit_s, megabytes=limits.result_limit_mb)
        self._lock = threading.Lock()
        self._publication: Publication | None = None
        self._folder = Path(tempfile.mkdtemp(prefix="onrecord-"))
        self._remove = finalize(self, _remove, str(self._folder), os.getpid())

    @property
    def dataset_hash(self) -> str | None:
        """The hash of the record that answers; None as long as it is not known."""
        return self._expected

    @cached_property
    def store(self) -> Path:
        """What the workers open: an empty store where the engine answers, else the copy that does.

        Raises Unavailable where the engine is not there or does not hold the record.
        """
        publication = self._first()
        if self._asks(publication):
            path = self._folder / "empty"
            Store(str(path)).flush()
            return path
        if self._copy is not None:
            return self._copy
        path = self._folder / "copy"
        copy(self.endpoint, publication, self._base, path, _COPY_S)
        return path

    def _first(self) -> Publication:
        """What is there at the start, with a note or without one."""
        found = self._engine.publication(self._base, deadline=self._deadline())
        if found is None and self._copy is not None and self._expected is not None:
            found = unnoted(self.endpoint, self._copy, self._base, self._expected, _COPY_S)
        return self._known(found)

    def close(self) -> None:
        """Close the connections and remove what was kept in files."""
        self._engine.close()
        self._remove()

    def warm(self) -> None:
        """See that the engine is there now and holds the record. Raises Unavailable where not."""
        deadline, known = self._deadline(), self._publication
        if known is None or not self._still(known, deadline, None):
            self._published(deadline, None)

    def graphs(self) -> tuple[str, ...]:
        """IRIs of the named graphs of the record, in order. Raises as `warm`."""
        return self._published(self._deadline(), None).graphs(self._base)

    def admit(self, text: str, scanned: Scanned, default: Sequence[str] | None, deadline: float) -> None:
        """Refuse what a remote engine may understand otherwise. Raises QueryRefused, and as `warm`."""
        if self._asks(self._published(deadline, None)):
            require_standard(text, scanned)
            _require_one(default)

    def answer(
        self,
        kind: bytes,
        body: bytes,
        *,
        text: str,
        default: Sequence[str] | None,
        named: Sequence[str] | None,
        deadline: float,
        patience: Patience,
    ) -> tuple[bytes, bytes]:
        """Kind and body of the answer, in the form of a worker's.

        kind, body: what the worker over `store` gave. Raises as `Gateway.query`.
        """
        while True:
            publication = self._published(deadline, patience)
            if not self._asks(publication):
                found = body
            else:
                graphs, others = dataset(publication, self._base, default, named)
                accept = answer.N_TRIPLES if kind == worker.GRAPH else answer.JSON
                reply = self._engine.ask(
                    text, accept, base=self._base, default=graphs, named=others, deadline=deadline,
                    patience=patience,
                )  # fmt: skip
                found = _read(kind, body, reply)
            if self._still(publication, deadline, patience):
                return kind, found

    def _deadline(self) -> float:
        return time.monotonic() + self._limits.time_limit_s

    def _asks(self, publication: Publication) -> bool:
        """Whether the engine answers, and not a copy; the same for the whole life of the store."""
        return self._trusted or publication.answers

    def _published(self, deadline: float, patience: Patience | None) -> Publication:
        """What is published there, looked up when it is not known."""
        with self._lock:
            known = self._publication
        if known is None:
            return self._known(self._engine.publication(self._base, deadline=deadline, patience=patience))
        return known

    def _known(self, found: Publication | None) -> Publication:
        known = self._require(found)
        with self._lock:
            self._publication = known
            self._expected = known.dataset_hash
        return known

    def _still(self, asked: Publication, deadline: float, patience: Patience | None) -> bool:
        """Whether the publication that was asked is still there; False where it was published anew, equal."""
        now = self._engine.publication(self._base, deadline=deadline, patience=patience)
        if now is not None and now.mark == asked.mark:
            return True
        if now is None and asked.mark == UNNOTED:
            graphs = asked.graphs(self._base)
            sizes = self._engine.sizes(graphs, base=self._base, deadline=deadline, patience=patience)
            if sizes == asked.sizes:
                return True
        with self._lock:
            self._publication = None
        found = self._require(now)
        if self._asks(found) != self._asks(asked):
            raise Unavailable(f"{self.endpoint} was published to anew", hint="ask again, with a new start")
        return False

    def _require(self, found: Publication | None) -> Publication:
        if found is None:
            raise Unavailable(
                f"{self.endpoint} holds no whole publication of {self._base}",
                hint="onrecord publish puts it there; while that runs, wait for its end",
            )
        if self._expected is not None and found.dataset_hash != self._expected:
            raise Unavailable(
                f"{self.endpoint} holds another version of the record: dataset {found.dataset_hash[:16]}, "
                f"not {self._expected[:16]}",
                hint="publish this snapshot there (onrecord publish), or name that one with --snapshot",
            )
        return found


def _require_one(default: Sequence[str] | None) -> None:
    if default is not None and len(default) > 1:
        raise QueryRefused(
            "several default graphs at once are refused with a remote engine, which counts a triple once for "
            "each of them",
            hint="ask without FROM, or name the graphs with FROM NAMED and GRAPH",
        )


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
