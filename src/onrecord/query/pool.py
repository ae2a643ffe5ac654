"""Warm workers over one store: lent to one request each, replaced when lost, ended with the pool."""

import os
import threading
import time
import weakref
from collections import deque
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TypeVar

from onrecord.errors import LimitExceeded, StorageError, Unavailable
from onrecord.query.limits import Limits
from onrecord.query.process import START_SECONDS, Lost, Patience, Process
from onrecord.query.queue import Preempted, Queue, closed
from onrecord.query.ticket import Ticket
from onrecord.query.waiting import Signal, Steps, Wait, waited

Result = TypeVar("Result")
SPARES = 2
"""Workers that are ready beyond those that answer: a query that has to give way costs one its life."""


class Pool:
    """At most `limits.workers` processes that answer, and SPARES that are ready to replace lost ones.

    They start with the first question, in threads of their own, so that a request that gives up in the
    meantime does not undo the start. Safe for several threads; a fork of the host starts workers of its own.
    """

    def __init__(self, store: Path, limits: Limits, *, lane: bool = True) -> None:
        self._store = store
        self._limits = limits
        self._lane = lane
        self._begin()

    def _begin(self) -> None:
        self._owner = os.getpid()
        self._queue = Queue(self._limits, lane=self._lane)
        self._lock = threading.RLock()
        self._idle: list[Process] = []
        self._all: set[Process] = set()
        self._starters: set[threading.Thread] = set()
        self._buriers: set[threading.Thread] = set()
        self._lost: deque[Process] = deque()  # killed, and not yet waited for
        self._wanted: deque[Signal] = deque()  # requests that have a place in the queue and no process yet
        self._failures = 0
        self._failure = ""
        self._graphs: tuple[str, ...] | None = None
        self._closed = False
        self._end = weakref.finalize(self, _end, self._owner, self._all)

    def run(
        self,
        work: Callable[[Process, Patience], Steps[Result]],
        *,
        text: str,
        client: str | None,
        deadline: float,
    ) -> Steps[Result]:
        """What `work` gives for a process and its patience; anew, later, where it had to give way.

        text: the query, which is known again when it was slow before. `deadline` is a time of
        `time.monotonic()`. Raises what `work` raises, Busy, LimitExceeded (time), and StorageError where the
        store cannot be opened. Work that is given up in the middle costs its process, and no one else's time.
        """
        self._after_fork()
        queue = self._queue
        ticket = queue.enter(text, client, deadline)
        lost = 0
        try:
            yield from queue.turn(ticket)
            while True:
                process = yield from self._take(deadline)
                try:
                    queue.begin(ticket, process.used)
                    return (yield from work(process, partial(_patience, queue, ticket, process)))
                except Preempted:
                    pass
                except Lost:
                    lost += 1
                    if lost > 1:
                        raise
                    continue
                except LimitExceeded:
                    ticket.costly = not process.free
                    raise
                finally:
                    self._give_back(process)
                queue.again(ticket)
                yield from queue.turn(ticket)
        finally:
            queue.leave(ticket)

    def graphs(self, deadline: float) -> tuple[str, ...]:
        """IRIs of the named graphs of the store, in order; starts a worker if none ever ran.

        `deadline` is that of the query that names one. Raises LimitExceeded (time) and StorageError.
        """
        if self._graphs is None:
            self._after_fork()
            self._give_back(waited(self._take(deadline)))
        return self._graphs or ()

    def warm(self) -> None:
        """Have a worker ready, for a server's clients more; no query waits, so the time limit is not its own.

        Raises StorageError where there is no store, Unavailable where no worker starts in START_SECONDS.
        """
        self._after_fork()
        with self._lock:
            if self._closed:
                raise closed()
            ready = self._graphs is not None and any(
                process.opened and process.alive for process in self._all
            )
        if not ready:
            try:
                process = waited(self._take(time.monotonic() + START_SECONDS))
            except LimitExceeded:
                message = f"no worker has started within {START_SECONDS:g} s"
                raise Unavailable(message, hint="the machine is too busy; try again") from None
            self._give_back(process)
        if not self._lane:
            with self._lock:
                self._prepare()

    @property
    def running(self) -> int:
        """How many requests have a worker, or the right to one, now."""
        return self._queue.running

    @property
    def waiting(self) -> int:
        """How many requests wait for their turn now."""
        return self._queue.waiting

    def pids(self) -> list[int]:
        """The numbers of all worker processes, in order."""
        with self._lock:
            return sorted(process.pid for process in self._all)

    def close(self) -> None:
        """End all workers, also in the middle of a query, and refuse those that wait."""
        self._after_fork()
        with self._lock:
            self._closed = True
            idle, self._idle = self._idle, []
            for process in self._all:
                process.kill()
            helpers = [*self._starters, *self._buriers]
            self._tell(every=True)
        self._queue.close()
        for process in idle:
            process.dispose()
            self._all.discard(process)
        for thread in helpers:
            thread.join()

    def _after_fork(self) -> None:
        """In a fork of the host, leave the parent's workers to the parent."""
        if self._owner == os.getpid():
            return
        self._end.detach()
        for process in self._all:
            process.disown()
        self._begin()

    def _take(self, deadline: float) -> Steps[Process]:
        failures = self._failures
        while True:
            with self._lock:
                process = self._taken(failures)
                if process is not None:
                    return process
                ready = Signal()
                self._wanted.append(ready)
                if len(self._starters) < len(self._wanted):
                    self._start()
            came = False
            try:
                came = yield Wait(ready, max(deadline - time.monotonic(), 0.0))
            finally:
                if not came:
                    self._forgo(ready)
            if not came:
                seconds = self._limits.time_limit_s
                message = f"no answer within {seconds} s, all of it spent waiting for a worker to start"
                raise LimitExceeded(message, limit="time_limit_s", hint="try again")

    def _forgo(self, ready: Signal) -> None:
        """Wait for a process no longer; one that was meant for this request is the next one's."""
        with self._lock:
            if ready in self._wanted:
                self._wanted.remove(ready)
            elif self._idle:
                self._tell()

    def _taken(self, failures: int) -> Process | None:
        """An idle process, if there is one. Raises StorageError where one could not start since."""
        if self._closed:
            raise closed()
        if self._failures > failures:
            raise StorageError(self._failure, hint="`onrecord build` makes it anew")
        while self._idle:
            process = self._idle.pop()
            if process.free:
                if len(self._all) > 1:  # several are asking: have the next one ready
                    self._prepare()
                return process
            self._lose(process)
        return None

    def _tell(self, *, every: bool = False) -> None:
        """Wake who waits for a process."""
        while self._wanted:
            self._wanted.popleft().set()
            if not every:
                return

    def _give_back(self, process: Process) -> None:
        with self._lock:
            if process.done and process.restore() and not self._closed:
                self._idle.append(process)
                self._tell()
                return
            self._lose(process)
            if not self._closed:
                self._prepare()

    def _lose(self, process: Process) -> None:
        """End a process; its memory is waited for by whoever starts the next one, or by a thread aside."""
        process.kill()
        self._all.discard(process)
        self._lost.append(process)
        thread = threading.Thread(target=self._burying, name="onrecord-worker-end", daemon=True)
        self._buriers.add(thread)
        thread.start()

    def _burying(self) -> None:
        self._bury()
        with self._lock:
            self._buriers.discard(threading.current_thread())

    def _bury(self) -> None:
        while True:
            with self._lock:
                if not self._lost:
                    return
                process = self._lost.popleft()
            process.dispose()

    def _prepare(self) -> None:
        """Start a spare, if there are too few and none is starting."""
        if len(self._idle) < SPARES and not self._starters and len(self._all) < self._limits.workers + SPARES:
            self._start()

    def _start(self) -> None:
        thread = threading.Thread(target=self._starting, name="onrecord-worker-start", daemon=True)
        self._starters.add(thread)
        thread.start()

    def _starting(self) -> None:
        process = None
        self._bury()
        try:
            process = Process(self._store, self._limits)
            with self._lock:
                self._all.add(process)
                if self._closed:
                    process.kill()
            process.ready()
        except (StorageError, OSError) as error:
            if process is not None:
                process.dispose()
                with self._lock:
                    self._all.discard(process)
            self._started(None, str(error))
        else:
            self._started(process, "")

    def _started(self, process: Process | None, failure: str) -> None:
        with self._lock:
            self._starters.discard(threading.current_thread())
            if process is None:
                self._failures += 1
                self._failure = failure
                self._tell(every=True)
                return
            self._graphs = process.graphs
            if not self._closed:
                self._idle.append(process)
                self._tell()
                if len(self._all) > 1:
                    self._prepare()
                return
            self._all.discard(process)
        process.dispose()


def _patience(queue: Queue, ticket: Ticket, process: Process) -> float:
    """As `Queue.patience`; a query that has become slow leaves the processor to quick ones."""
    seconds = queue.patience(ticket)
    if ticket.slow:
        process.lower()
    return seconds


def _end(owner: int, processes: set[Process]) -> None:
    """End what a pool leaves behind that nobody closed; not from a fork of its host."""
    if owner == os.getpid():
        for process in list(processes):
            process.dispose()
