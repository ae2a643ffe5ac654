"""Warm workers over one store: lent to one request each, replaced when lost, ended with the pool."""

import os
import threading
import time
import weakref
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TypeVar

from onrecord.errors import LimitExceeded, StorageError
from onrecord.query.limits import Limits
from onrecord.query.process import Lost, Patience, Process
from onrecord.query.queue import Preempted, Queue, Ticket, closed

Result = TypeVar("Result")


class Pool:
    """At most `limits.workers` processes that answer, and one that is being made ready to replace a lost one.

    They start with the first question, in threads of their own, so that a request that gives up in the
    meantime does not undo the start. Safe for several threads; a fork of the host starts workers of its own.
    """

    def __init__(self, store: Path, limits: Limits) -> None:
        self._store = store
        self._limits = limits
        self._begin()

    def _begin(self) -> None:
        self._owner = os.getpid()
        self._queue = Queue(self._limits)
        self._change = threading.Condition()
        self._idle: list[Process] = []
        self._all: set[Process] = set()
        self._starters: set[threading.Thread] = set()
        self._wanted = 0  # requests that have a place in the queue and no process yet
        self._failures = 0
        self._failure = ""
        self._graphs: tuple[str, ...] | None = None
        self._closed = False
        self._end = weakref.finalize(self, _end, self._owner, self._all)

    def run(
        self, work: Callable[[Process, Patience], Result], *, text: str, client: str | None, deadline: float
    ) -> Result:
        """What `work` gives for a process and its patience; anew, later, where it had to give way.

        text: the query, which is known again when it was slow before. `deadline` is a time of
        `time.monotonic()`. Raises what `work` raises, Busy, LimitExceeded (time), and StorageError where the
        store cannot be opened.
        """
        self._after_fork()
        queue = self._queue
        ticket = queue.enter(text, client, deadline)
        lost = 0
        try:
            while True:
                process = self._take(deadline)
                queue.begin(ticket)
                try:
                    return work(process, partial(_patience, queue, ticket, process))
                except Preempted:
                    pass
                except Lost:
                    lost += 1
                    if lost > 1:
                        raise
                    continue
                finally:
                    self._give_back(process)
                queue.again(ticket)
        finally:
            queue.leave(ticket)

    def graphs(self) -> tuple[str, ...]:
        """IRIs of the named graphs of the store, in order; starts a worker if none ever ran."""
        if self._graphs is None:
            self.warm()
        return self._graphs or ()

    def warm(self) -> None:
        """Have a worker ready. Raises StorageError where the store cannot be opened."""
        self._after_fork()
        with self._change:
            if self._closed:
                raise closed()
            ready = self._graphs is not None and any(process.alive for process in self._all)
        if not ready:
            self._give_back(self._take(time.monotonic() + self._limits.time_limit_s))

    def pids(self) -> list[int]:
        """The numbers of all worker processes, in order."""
        with self._change:
            return sorted(process.pid for process in self._all)

    def close(self) -> None:
        """End all workers, also in the middle of a query, and refuse those that wait."""
        self._after_fork()
        with self._change:
            self._closed = True
            idle, self._idle = self._idle, []
            for process in self._all:
                process.kill()
            starters = list(self._starters)
            self._change.notify_all()
        self._queue.close()
        for process in idle:
            self._lose(process)
        for thread in starters:
            thread.join()

    def _after_fork(self) -> None:
        """In a fork of the host, leave the parent's workers to the parent."""
        if self._owner == os.getpid():
            return
        self._end.detach()
        for process in self._all:
            process.disown()
        self._begin()

    def _take(self, deadline: float) -> Process:
        with self._change:
            self._wanted += 1
            try:
                return self._taken(deadline, self._failures)
            finally:
                self._wanted -= 1

    def _taken(self, deadline: float, failures: int) -> Process:
        while True:
            if self._closed:
                raise closed()
            if self._failures > failures:
                raise StorageError(self._failure, hint="`onrecord build` makes it anew")
            while self._idle:
                process = self._idle.pop()
                if process.alive:
                    if len(self._all) > 1:  # several are asking: have the next one ready
                        self._prepare()
                    return process
                self._lose(process)
            if len(self._starters) < self._wanted:
                self._start()
            left = deadline - time.monotonic()
            if left <= 0 or not self._change.wait(left):
                seconds = self._limits.time_limit_s
                message = f"no answer within {seconds} s, all of it spent waiting for a worker to start"
                raise LimitExceeded(message, limit="time_limit_s", hint="try again")

    def _give_back(self, process: Process) -> None:
        if process.alive and process.restore():
            with self._change:
                if not self._closed:
                    self._idle.append(process)
                    self._change.notify()
                    return
        self._lose(process)
        with self._change:
            if not self._closed:
                self._prepare()

    def _lose(self, process: Process) -> None:
        process.dispose()
        with self._change:
            self._all.discard(process)

    def _prepare(self) -> None:
        """Start a spare, if there is none and may be one."""
        if not self._idle and not self._starters and len(self._all) <= self._limits.workers:
            self._start()

    def _start(self) -> None:
        thread = threading.Thread(target=self._starting, name="onrecord-worker-start", daemon=True)
        self._starters.add(thread)
        thread.start()

    def _starting(self) -> None:
        process = None
        try:
            process = Process(self._store, self._limits)
            with self._change:
                self._all.add(process)
                if self._closed:
                    process.kill()
            process.ready()
        except (StorageError, OSError) as error:
            if process is not None:
                self._lose(process)
            self._started(None, str(error))
        else:
            self._started(process, "")

    def _started(self, process: Process | None, failure: str) -> None:
        with self._change:
            self._starters.discard(threading.current_thread())
            if process is None:
                self._failures += 1
                self._failure = failure
            else:
                self._graphs = process.graphs
                if not self._closed:
                    self._idle.append(process)
            self._change.notify_all()
        if process is not None and self._closed:
            self._lose(process)


def _patience(queue: Queue, ticket: Ticket, process: Process) -> float:
    """As `Queue.patience`; a query that has become slow leaves the processor to quick ones."""
    seconds = queue.patience(ticket)
    if queue.slow(ticket):
        process.lower()
    return seconds


def _end(owner: int, processes: set[Process]) -> None:
    """End what a pool leaves behind that nobody closed; not from a fork of its host."""
    if owner == os.getpid():
        for process in list(processes):
            process.dispose()
