"""The parent's half of a worker: start it, ask it, end it at the deadline."""

import contextlib
import marshal
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pyoxigraph

from onrecord.errors import LimitExceeded, Stopped, StorageError, Unavailable
from onrecord.query import worker
from onrecord.query.limits import Limits
from onrecord.query.queue import Preempted
from onrecord.query.spool import Spooled, Spools
from onrecord.query.waiting import Source, Steps, Wait, aside, waited
from onrecord.snapshot.disk import is_full
from onrecord.terms import PREFIXES

START_SECONDS = 60.0
"""In which a worker has opened the store, however busy the machine is."""
_DYING_SECONDS = 5.0
_CHUNK = 1 << 18
_LOWEST = 19
_NONE = marshal.dumps([])
_PROCESS_CLOCK = 2  # CPUCLOCK_SCHED of clock_getcpuclockid(3): the processor time of a whole process

Patience = Callable[[], float]
"""Seconds to wait before asking again; raises Preempted where the worker must be given up."""


class Asked(NamedTuple):
    """What a worker is asked.

    default, named: IRIs of the graphs to read; None for all. table, graph: the form of an answer of that
    kind, None where none is wanted. star: where the projected `*` stands (code points), and the variables in
    order.
    """

    query: str
    base: str
    default: tuple[str, ...] | None = None
    named: tuple[str, ...] | None = None
    table: str | None = "json"
    graph: str | None = "ntriples"
    star: tuple[int, tuple[str, ...]] | None = None

    def frame(self, seconds: float) -> bytes:
        """The request as it goes to the worker, which may take so long."""
        body = marshal.dumps(
            {
                "query": self.query,
                "base": self.base,
                "default": self.default,
                "named": self.named,
                "table": self.table,
                "graph": self.graph,
                "star": self.star,
                "seconds": seconds,
            }
        )
        return worker.FRAME.pack(b"Q", False, len(body)) + body


class Told(NamedTuple):
    """What a worker told: kind of the answer (of `worker`), its length in bytes, and its body.

    body: None where it is in the worker's spool, from which it is taken before the worker is given back.
    """

    kind: bytes
    length: int
    body: bytes | None


class Lost(Unavailable):
    """The worker was ended by somebody else in the middle of a question, which may be asked again."""


class Process:
    """One worker over one store, from its start to its end; it is not started again.

    Asked by one thread at a time; `kill()` may come from any. Whoever holds it last calls `dispose()`.
    """

    def __init__(self, store: Path, limits: Limits) -> None:
        self._store = store
        self._limits = limits
        self.graphs: tuple[str, ...] = ()
        self.opened = False  # it has told its graphs, and waits for questions
        self._killed = False
        self._lowered = False
        self._asked = False
        folder = str(Path(pyoxigraph.__file__).parent.parent)
        numbers = [str(limits.memory_limit_mb), str(limits.result_limit_mb)]
        known = " ".join(f"{name}={iri}" for name, iri in PREFIXES.items())
        self._spool = tempfile.TemporaryFile(buffering=0)  # noqa: SIM115  lives as long as the worker
        spool = self._spool.fileno()
        command = [
            sys.executable,
            "-I",
            "-S",
            worker.__file__,
            folder,
            str(store),
            *numbers,
            str(spool),
            known,
        ]
        try:
            self._child = subprocess.Popen(
                command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                bufsize=0,
                pass_fds=[spool],  # and no other descriptor
            )
        except BaseException:
            self._spool.close()
            raise
        assert self._child.stdin is not None  # noqa: S101  pipes were asked for
        assert self._child.stdout is not None  # noqa: S101
        self._requests = Source(self._child.stdin.fileno())
        self._answers = Source(self._child.stdout.fileno())
        for pipe in (self._requests, self._answers):
            os.set_blocking(pipe.descriptor, False)

    @property
    def pid(self) -> int:
        """The number of the process."""
        return self._child.pid

    @property
    def alive(self) -> bool:
        """Whether it can be asked."""
        return not self._killed and self._child.poll() is None

    @property
    def free(self) -> bool:
        """Whether it can be asked, and is not in the middle of a question that was given up."""
        return not self._asked and self.alive

    @property
    def done(self) -> bool:
        """As `free`, as far as is known without asking the system, which is asked when it is lent again."""
        return not self._asked and not self._killed

    def ready(self) -> None:
        """Wait until it has opened the store. Raises StorageError where it cannot."""
        try:
            told = waited(self._receive(time.monotonic() + START_SECONDS, _patient))
        except (EOFError, TimeoutError):
            self.dispose()
            raise StorageError(
                f"the store {self._store} cannot be opened", hint="`onrecord build` makes it anew"
            ) from None
        self.graphs = tuple(marshal.loads(told.body or _NONE))  # noqa: S302  before it has read any query
        self.opened = True

    def ask(self, asked: Asked, *, deadline: float, patience: Patience | None = None) -> Steps[Told]:
        """Kind (`worker.BINDINGS`, `BOOLEAN`, `GRAPH`, `UNASKED`, `UNWRITABLE` or `SYNTAX`) and whole answer.

        `deadline` is a time of `time.monotonic()`. Raises LimitExceeded (time, memory, size), Unavailable,
        and what `patience` raises; the process is dead after each of them but the limit on size.
        """
        patience = patience or _patient
        self._asked = True
        try:
            yield from self._send(asked.frame(max(deadline - time.monotonic(), 0.001)), deadline)
            told = yield from self._receive(deadline, patience)
        except TimeoutError:
            self.kill()
            raise self._exceeded("time_limit_s", f"no answer within {self._limits.time_limit_s} s") from None
        except (Preempted, Stopped):
            self.kill()
            raise
        except (EOFError, BrokenPipeError):
            raise self._ended() from None
        self._asked = False
        if told.kind == worker.TOO_LARGE:
            message = f"the answer is larger than {self._limits.result_limit_mb} MB"
            raise self._exceeded("result_limit_mb", message)
        if told.kind == worker.NO_MEMORY:
            self.kill()
            raise self._out_of_memory()
        if told.kind == worker.FAILED:
            self.kill()
            words = (told.body or b"").decode()
            if is_full(OSError(words)):
                raise StorageError("no space left for the answer", hint="make room for temporary files")
            raise Unavailable(f"the store could not answer: {words}")
        return told

    def spooled(self, told: Told) -> Steps[bytes]:
        """The body of what it told last, in memory."""
        if told.body is not None:
            return told.body
        return (yield from aside(lambda: os.pread(self._spool.fileno(), told.length, 0)))

    def copied(self, told: Told, spools: Spools) -> Steps[Spooled]:
        """A file with the spooled body of what it told last. Raises Busy where `spools` have no room."""
        try:
            return (yield from aside(lambda: spools.copy(self._spool.fileno(), told.length)))
        except OSError as error:
            hint = "make room for temporary files"
            raise StorageError(f"no place for the answer: {error.strerror}", hint=hint) from None

    def used(self) -> float:
        """Seconds of processing since its start; 0 once it has ended. Where the system has no such clock,
        those of the clock on the wall."""
        if not sys.platform.startswith("linux"):
            return time.monotonic()
        try:
            return time.clock_gettime(~self.pid << 3 | _PROCESS_CLOCK)
        except OSError:
            return 0.0

    def lower(self) -> None:
        """Let it work at the lowest priority from now on."""
        if not self._lowered:
            self._lowered = True
            with contextlib.suppress(OSError):  # it has just ended
                os.setpriority(os.PRIO_PROCESS, self.pid, _LOWEST)

    def restore(self) -> bool:
        """Back to the priority of a new worker; False where the system forbids that to ordinary users."""
        if self._lowered:
            try:
                os.setpriority(os.PRIO_PROCESS, self.pid, os.getpriority(os.PRIO_PROCESS, 0))
            except OSError:
                return False
            self._lowered = False
        return True

    def kill(self) -> None:
        """End it at once, also in the middle of a query of another thread."""
        self._killed = True
        self._child.kill()

    def dispose(self) -> None:
        """End it, wait for its end, and let go of its pipes and its spool; harmless the second time."""
        self.kill()
        with contextlib.suppress(subprocess.TimeoutExpired):  # in the hands of the kernel, and reaped later
            self._child.wait(_DYING_SECONDS)
        self.disown()

    def disown(self) -> None:
        """Let go of pipes and spool without ending the process: a fork of the host calls this."""
        for pipe in (self._child.stdin, self._child.stdout, self._spool):
            if pipe is not None:
                pipe.close()

    def _send(self, request: bytes, deadline: float) -> Steps[None]:
        view = memoryview(request)
        while view:
            try:
                view = view[os.write(self._requests.descriptor, view) :]
            except BlockingIOError:
                yield from _await(self._requests, deadline, _patient, writing=True)

    def _receive(self, deadline: float, patience: Patience) -> Steps[Told]:
        told = b""
        need = head = worker.FRAME.size
        while len(told) < need:
            yield from _await(self._answers, deadline, patience)
            try:
                part = os.read(self._answers.descriptor, _CHUNK)
            except BlockingIOError:
                continue
            if not part:
                raise EOFError
            told += part
            if need == head <= len(told):
                kind, spooled, length = worker.FRAME.unpack_from(told)
                need = head if spooled else head + length
        return Told(kind, length, None if spooled else told[head:])

    def _ended(self) -> Exception:
        """Why the worker went away in the middle of a question."""
        killed = self._killed
        try:
            status = self._child.wait(_DYING_SECONDS)
        except subprocess.TimeoutExpired:
            status = 0
        self.kill()
        if killed:
            return Unavailable("the knowledge base was closed during the query", hint="ask again")
        if status == -signal.SIGABRT:
            return self._out_of_memory()
        if status in (-signal.SIGSEGV, -signal.SIGBUS):
            message = "the query is a chain or a nesting too deep for the engine"
            return LimitExceeded(message, limit="depth", hint="split it, or use VALUES for long lists")
        return Lost(f"the worker ended unexpectedly (status {status})", hint="try again")

    def _out_of_memory(self) -> LimitExceeded:
        message = f"the query needs more than {self._limits.memory_limit_mb} MB of memory"
        return self._exceeded("memory_limit_mb", message)

    def _exceeded(self, limit: str, message: str) -> LimitExceeded:
        hint = "ask for less: narrower patterns, fewer columns, LIMIT; `onrecord limits` lists the limits"
        return LimitExceeded(message, limit=limit, hint=hint)


def _patient() -> float:
    return START_SECONDS


def _await(source: Source, deadline: float, patience: Patience, *, writing: bool = False) -> Steps[None]:
    """Wait until the source is ready. Raises TimeoutError at the deadline, and what `patience` raises."""
    while True:
        left = deadline - time.monotonic()
        if left <= 0:
            raise TimeoutError
        if (yield Wait(source, min(left, patience()), writing)):
            return
