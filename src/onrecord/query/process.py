"""The parent's half of a worker: start it, ask it, end it at the deadline."""

import contextlib
import json
import os
import select
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import pyoxigraph

from onrecord.errors import LimitExceeded, Stopped, StorageError, Unavailable
from onrecord.query import worker
from onrecord.query.limits import Limits
from onrecord.query.queue import Preempted
from onrecord.snapshot.disk import is_full

_START_SECONDS = 60.0
_DYING_SECONDS = 0.3
_CHUNK = 1 << 20
_LOWEST = 19

Patience = Callable[[], float]
"""Seconds to wait before asking again; raises Preempted where the worker must be given up."""


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
        self._killed = False
        self._lowered = False
        folder = str(Path(pyoxigraph.__file__).parent.parent)
        numbers = [str(limits.memory_limit_mb), str(limits.result_limit_mb)]
        self._spool = tempfile.TemporaryFile(buffering=0)  # noqa: SIM115  lives as long as the worker
        spool = self._spool.fileno()
        command = [sys.executable, "-I", worker.__file__, folder, str(store), *numbers, str(spool)]
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
        self._requests, self._answers = self._child.stdin.fileno(), self._child.stdout.fileno()
        os.set_blocking(self._requests, False)

    @property
    def pid(self) -> int:
        """The number of the process."""
        return self._child.pid

    @property
    def alive(self) -> bool:
        """Whether it can be asked."""
        return not self._killed and self._child.poll() is None

    def ready(self) -> None:
        """Wait until it has opened the store. Raises StorageError where it cannot."""
        try:
            _, body = self._receive(time.monotonic() + _START_SECONDS, _patient)
        except (EOFError, TimeoutError):
            self.dispose()
            raise StorageError(
                f"the store {self._store} cannot be opened", hint="`onrecord build` makes it anew"
            ) from None
        self.graphs = tuple(json.loads(body))

    def ask(
        self,
        query: str,
        *,
        base: str,
        deadline: float,
        default: tuple[str, ...] | None = None,
        named: tuple[str, ...] | None = None,
        patience: Patience | None = None,
    ) -> tuple[bytes, bytes]:
        """Kind (`worker.BINDINGS`, `BOOLEAN`, `GRAPH` or `SYNTAX`) and body of the whole answer.

        `deadline` is a time of `time.monotonic()`. Raises LimitExceeded (time, memory, size), Unavailable,
        and what `patience` raises; the process is dead after each of them but the limit on size.
        """
        patience = patience or _patient
        seconds = max(deadline - time.monotonic(), 0.001)
        dataset = (
            {"default": None, "named": None} if default is None else {"default": default, "named": named}
        )
        request = json.dumps({"query": query, "base": base, "seconds": seconds, **dataset}).encode()
        try:
            self._send(request, deadline)
            kind, body = self._receive(deadline, patience)
        except TimeoutError:
            self.dispose()
            raise self._exceeded("time_limit_s", f"no answer within {self._limits.time_limit_s} s") from None
        except (Preempted, Stopped):
            self.dispose()
            raise
        except (EOFError, BrokenPipeError):
            raise self._ended() from None
        if kind == worker.TOO_LARGE:
            message = f"the answer is larger than {self._limits.result_limit_mb} MB"
            raise self._exceeded("result_limit_mb", message)
        if kind == worker.NO_MEMORY:
            self.dispose()
            raise self._out_of_memory()
        if kind == worker.FAILED:
            self.dispose()
            words = body.decode()
            if is_full(OSError(words)):
                raise StorageError("no space left for the answer", hint="make room for temporary files")
            raise Unavailable(f"the store could not answer: {words}")
        return kind, body

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
                os.setpriority(os.PRIO_PROCESS, self.pid, worker.NICE)
            except OSError:
                return False
            self._lowered = False
        return True

    def kill(self) -> None:
        """End it at once, also in the middle of a query of another thread."""
        self._killed = True
        self._child.kill()

    def dispose(self) -> None:
        """End it and let go of its pipes and its spool; harmless the second time."""
        self.kill()
        with contextlib.suppress(subprocess.TimeoutExpired):  # in the hands of the kernel, and reaped later
            self._child.wait(_DYING_SECONDS)
        self.disown()

    def disown(self) -> None:
        """Let go of pipes and spool without ending the process: a fork of the host calls this."""
        for pipe in (self._child.stdin, self._child.stdout, self._spool):
            if pipe is not None:
                pipe.close()

    def _send(self, request: bytes, deadline: float) -> None:
        view = memoryview(worker.FRAME.pack(b"Q", False, len(request)) + request)
        while view:
            try:
                view = view[os.write(self._requests, view) :]
            except BlockingIOError:
                _await(self._requests, select.POLLOUT, deadline, _patient)

    def _receive(self, deadline: float, patience: Patience) -> tuple[bytes, bytes]:
        head = self._read(worker.FRAME.size, deadline, patience)
        kind, spooled, length = worker.FRAME.unpack(head)
        if not spooled:
            return kind, self._read(length, deadline, patience)
        body = os.pread(self._spool.fileno(), length, 0)
        if len(body) != length:
            raise EOFError
        return kind, body

    def _read(self, length: int, deadline: float, patience: Patience) -> bytes:
        parts: list[bytes] = []
        while length:
            _await(self._answers, select.POLLIN, deadline, patience)
            part = os.read(self._answers, min(length, _CHUNK))
            if not part:
                raise EOFError
            parts.append(part)
            length -= len(part)
        return b"".join(parts)

    def _ended(self) -> Exception:
        """Why the worker went away in the middle of a question."""
        status = self._child.wait()
        killed = self._killed
        self.dispose()
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
    return _START_SECONDS


def _await(descriptor: int, event: int, deadline: float, patience: Patience) -> None:
    """Wait until the descriptor is ready. Raises TimeoutError at the deadline, and what `patience` raises."""
    ready = select.poll()
    ready.register(descriptor, event)
    while True:
        left = deadline - time.monotonic()
        if left <= 0:
            raise TimeoutError
        if ready.poll(min(left, patience()) * 1000):
            return
