"""The parent's half of a worker: start it, ask it, end it at the deadline."""

import json
import os
import select
import signal
import subprocess
import sys
import time
from pathlib import Path

import pyoxigraph

from onrecord.errors import LimitExceeded, StorageError, Unavailable
from onrecord.query import worker
from onrecord.query.limits import Limits

_START_SECONDS = 60.0
_CHUNK = 1 << 20


class Process:
    """One worker over one store. Not for several threads at once: the gateway keeps the lock.

    It starts on the first question, is killed at a deadline, and the next question starts another.
    """

    def __init__(self, store: Path, limits: Limits) -> None:
        self._store = store
        self._limits = limits
        self._child: subprocess.Popen[bytes] | None = None
        self._graphs: tuple[str, ...] = ()

    @property
    def running(self) -> bool:
        """Whether a worker is up now."""
        return self._child is not None and self._child.poll() is None

    def start(self) -> None:
        """Have a worker up. Raises StorageError where the store cannot be opened."""
        if self.running:
            return
        self.close()
        folder = str(Path(pyoxigraph.__file__).parent.parent)
        limits = [str(self._limits.memory_limit_mb), str(self._limits.result_limit_mb)]
        command = [sys.executable, "-I", worker.__file__, folder, str(self._store), *limits]
        self._child = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, bufsize=0
        )
        try:
            kind, body = self._receive(time.monotonic() + _START_SECONDS)
        except (EOFError, TimeoutError):
            self.close()
            raise StorageError(
                f"the store {self._store} cannot be opened", hint="`onrecord build` makes it anew"
            ) from None
        if kind != worker.READY:  # pragma: no cover  a worker says nothing else first
            raise AssertionError(kind)
        self._graphs = tuple(json.loads(body))

    def graphs(self) -> tuple[str, ...]:
        """IRIs of the named graphs of the store, in order; starts the worker."""
        if not self.running:
            self.start()
        return self._graphs

    def ask(
        self,
        query: str,
        *,
        base: str,
        deadline: float,
        default: tuple[str, ...] | None = None,
        named: tuple[str, ...] | None = None,
    ) -> tuple[bytes, bytes]:
        """Kind (`worker.BINDINGS`, `BOOLEAN`, `GRAPH` or `SYNTAX`) and body of the whole answer.

        `deadline` is a time of `time.monotonic()`. Raises LimitExceeded (time, memory, size) and Unavailable.
        """
        self.start()
        seconds = max(deadline - time.monotonic(), 0.001)
        dataset = (
            {"default": None, "named": None} if default is None else {"default": default, "named": named}
        )
        request = json.dumps({"query": query, "base": base, "seconds": seconds, **dataset}).encode()
        try:
            self._send(request)
            kind, body = self._receive(deadline)
        except TimeoutError:
            self.close()
            raise self._exceeded("time_limit_s", f"no answer within {self._limits.time_limit_s} s") from None
        except (EOFError, BrokenPipeError):
            raise self._ended() from None
        if kind == worker.TOO_LARGE:
            message = f"the answer is larger than {self._limits.result_limit_mb} MB"
            raise self._exceeded("result_limit_mb", message)
        if kind == worker.NO_MEMORY:
            raise self._out_of_memory()
        if kind == worker.FAILED:
            raise Unavailable(f"the store could not answer: {body.decode()}")
        return kind, body

    def close(self) -> None:
        """End the worker at once; harmless when there is none."""
        child, self._child = self._child, None
        if child is None:
            return
        child.kill()
        child.wait()
        for pipe in (child.stdin, child.stdout):
            if pipe is not None:
                pipe.close()

    def _send(self, request: bytes) -> None:
        assert self._child is not None  # noqa: S101  start() saw to it
        assert self._child.stdin is not None  # noqa: S101  and to its pipes
        view = memoryview(worker.FRAME.pack(b"Q", len(request)) + request)
        while view:
            view = view[self._child.stdin.write(view) :]

    def _receive(self, deadline: float) -> tuple[bytes, bytes]:
        head = self._read(worker.FRAME.size, deadline)
        kind, length = worker.FRAME.unpack(head)
        return kind, self._read(length, deadline)

    def _read(self, length: int, deadline: float) -> bytes:
        assert self._child is not None  # noqa: S101  start() saw to it
        assert self._child.stdout is not None  # noqa: S101  and to its pipes
        source = self._child.stdout.fileno()
        ready = select.poll()
        ready.register(source, select.POLLIN)
        parts: list[bytes] = []
        while length:
            left = deadline - time.monotonic()
            if left <= 0 or not ready.poll(left * 1000):
                raise TimeoutError
            part = os.read(source, min(length, _CHUNK))
            if not part:
                raise EOFError
            parts.append(part)
            length -= len(part)
        return b"".join(parts)

    def _ended(self) -> Exception:
        """Why the worker went away in the middle of a question."""
        child = self._child
        status = child.wait() if child is not None else 0
        self.close()
        if status == -signal.SIGABRT:
            return self._out_of_memory()
        if status in (-signal.SIGSEGV, -signal.SIGBUS):
            message = "the query is a chain or a nesting too deep for the engine"
            return LimitExceeded(message, limit="depth", hint="split it, or use VALUES for long lists")
        return Unavailable(f"the worker ended unexpectedly (status {status})", hint="try again")

    def _out_of_memory(self) -> LimitExceeded:
        message = f"the query needs more than {self._limits.memory_limit_mb} MB of memory"
        return self._exceeded("memory_limit_mb", message)

    def _exceeded(self, limit: str, message: str) -> LimitExceeded:
        hint = "ask for less: narrower patterns, fewer columns, LIMIT; `onrecord limits` lists the limits"
        return LimitExceeded(message, limit=limit, hint=hint)
