"""A query worker: one process that holds the store open read-only and answers one query at a time.

Run as a script by `onrecord.query.process`, so that it imports nothing but the engine:
`worker.py ENGINE_FOLDER STORE MEMORY_MB RESULT_MB SPOOL`. Frames on stdin and stdout are a kind (one byte),
whether the body is in the spool (one byte), the length of the body (eight bytes, big-endian) and, unless it
is in the spool, the body. SPOOL is a descriptor, open on a file without a name that the parent shares. The
answer is told only when it is whole.
Requests are JSON: `{query, base, seconds, default: [iri] | null, named: [iri] | null}`.
"""

import ctypes
import errno
import io
import json
import os
import resource
import select
import signal
import struct
import sys
from typing import IO, Any

FRAME = struct.Struct(">c?Q")
READY, BINDINGS, BOOLEAN, GRAPH = b"R", b"B", b"A", b"G"
SYNTAX, TOO_LARGE, NO_MEMORY, FAILED = b"S", b"L", b"M", b"F"
IN_MEMORY = 1 << 20
"""Bytes of an answer that are kept in memory before it goes to the spool."""
NICE = 5
"""Priority of a worker that waits or runs a quick query."""
_LOOK_UP_MS = 10_000
_NEW_NETWORK, _NEW_USER = 0x40000000, 0x10000000  # clone(2): CLONE_NEWNET, CLONE_NEWUSER


class TooLarge(Exception):
    """The answer passes the limit on its size."""


class Spool(io.RawIOBase):
    """An answer of at most `most` bytes: in memory up to `IN_MEMORY`, from there on in the file `file`."""

    def __init__(self, most: int, file: int) -> None:
        self.parts: list[bytes] = []
        self.length = 0
        self.spilled = False
        self._most = most
        self._file = file

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        size = len(data)
        if self.length + size > self._most:
            raise TooLarge
        self.length += size
        self.parts.append(bytes(data))
        if self.spilled or self.length > IN_MEMORY:
            self._spill()
        return size

    def _spill(self) -> None:
        if not self.spilled:
            os.lseek(self._file, 0, os.SEEK_SET)
            os.ftruncate(self._file, 0)
            self.spilled = True
        for part in self.parts:
            view = memoryview(part)
            while view:
                view = view[os.write(self._file, view) :]
        self.parts.clear()


def send(out: IO[bytes], kind: bytes, body: bytes | Spool) -> None:
    """One frame, flushed."""
    if isinstance(body, Spool) and body.spilled:
        out.write(FRAME.pack(kind, True, body.length))
    else:
        whole = b"".join(body.parts) if isinstance(body, Spool) else body
        out.write(FRAME.pack(kind, False, len(whole)) + whole)
    out.flush()


def parent_is_there(source: IO[bytes], parent: int) -> bool:
    """Wait for a request; False when the parent has gone, even if a fork of it holds the pipe open."""
    ready = select.poll()
    ready.register(source, select.POLLIN)
    while not ready.poll(_LOOK_UP_MS):
        if os.getppid() != parent:
            return False
    return True


def receive(source: IO[bytes]) -> bytes | None:
    """The body of the next frame; None when the other side has gone."""
    head = source.read(FRAME.size)
    if len(head) < FRAME.size:
        return None
    return source.read(FRAME.unpack(head)[2])


def leave_network() -> bool:
    """Move to an empty network namespace, where nothing connects; False where the kernel forbids it."""
    if not sys.platform.startswith("linux"):
        return False
    libc = ctypes.CDLL(None, use_errno=True)
    return any(libc.unshare(flags) == 0 for flags in (_NEW_NETWORK, _NEW_USER | _NEW_NETWORK))


def limit_memory(megabytes: int) -> None:
    """Let the process grow by `megabytes` from here; an engine that needs more is stopped by the system.

    Only Linux tells its size and keeps to RLIMIT_AS.
    """
    if not sys.platform.startswith("linux"):
        return
    with open("/proc/self/statm", encoding="ascii") as sizes:  # noqa: PTH123  pathlib would be one more import
        size = int(sizes.read().split()[0]) * os.sysconf("SC_PAGE_SIZE")
    tighten(resource.RLIMIT_AS, size + megabytes * 1024 * 1024)


def tighten(kind: int, most: int) -> None:
    """Set a limit of the process for good, or keep the tighter one that it was started with."""
    given = resource.getrlimit(kind)[1]
    most = most if given == resource.RLIM_INFINITY else min(most, given)
    resource.setrlimit(kind, (most, most))


def union_of(engine: Any, store: Any, request: dict[str, Any]) -> Any:
    """A store whose default graph is the exact union of several graphs of `store`.

    The engine itself returns a triple once for each graph that holds it, and would miscount.
    """
    union = engine.Store()
    for iri in request["default"]:
        union.extend(
            engine.Quad(q.subject, q.predicate, q.object, engine.DefaultGraph())
            for q in store.quads_for_pattern(None, None, None, engine.NamedNode(iri))
        )
    for iri in request["named"] or ():
        union.extend(store.quads_for_pattern(None, None, None, engine.NamedNode(iri)))
    return union


def answer(engine: Any, store: Any, request: dict[str, Any], out: Spool) -> bytes:
    """Write the whole answer to `out` and give its kind."""
    options: dict[str, Any] = {}
    if request["default"] is not None:
        if len(request["default"]) > 1:
            store = union_of(engine, store, request)
            options["default_graph"] = engine.DefaultGraph()
        else:
            options["default_graph"] = [engine.NamedNode(iri) for iri in request["default"]]
        options["named_graphs"] = [engine.NamedNode(iri) for iri in request["named"] or ()]
    result = store.query(request["query"], base_iri=request["base"], **options)
    if isinstance(result, engine.QueryBoolean):
        result.serialize(out, format=engine.QueryResultsFormat.JSON)
        return BOOLEAN
    if isinstance(result, engine.QueryTriples):
        result.serialize(out, format=engine.RdfFormat.N_TRIPLES)
        return GRAPH
    result.serialize(out, format=engine.QueryResultsFormat.JSON)
    return BINDINGS


def reply(engine: Any, store: Any, request: dict[str, Any], out: Spool) -> tuple[bytes, bytes | Spool]:
    """The answer, or what went wrong as a kind and a message."""
    try:
        return answer(engine, store, request, out), out
    except TooLarge:
        return TOO_LARGE, b""
    except MemoryError:
        return NO_MEMORY, b""
    except SyntaxError as error:
        return SYNTAX, str(error).encode()
    except (OSError, ValueError, RuntimeError) as error:
        if getattr(error, "errno", None) == errno.ENOMEM or "annot allocate memory" in str(error):
            return NO_MEMORY, b""
        if "custom" in str(error) and "is not supported" in str(error):  # a function that nobody defined
            return SYNTAX, str(error).encode()
        return FAILED, f"{type(error).__name__}: {error}".encode()


def main(arguments: list[str]) -> None:
    """Serve until stdin ends. An orphan in the middle of a query is ended by its own alarm."""
    folder, path, memory, result, spool = arguments
    most, parent = int(result) * 1024 * 1024, os.getppid()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    priority = max(NICE, os.getpriority(os.PRIO_PROCESS, 0))
    os.setpriority(os.PRIO_PROCESS, 0, priority)  # the doors answer and the app draws while workers work
    leave_network()
    sys.path.append(folder)
    import pyoxigraph as engine

    store = engine.Store.read_only(path)
    graphs = sorted(node.value for node in store.named_graphs() if isinstance(node, engine.NamedNode))
    limit_memory(int(memory))
    tighten(resource.RLIMIT_FSIZE, most)
    tighten(resource.RLIMIT_CORE, 0)
    source, out = sys.stdin.buffer, sys.stdout.buffer
    send(out, READY, json.dumps(graphs).encode())
    while parent_is_there(source, parent) and (body := receive(source)) is not None:
        request = json.loads(body)
        signal.setitimer(signal.ITIMER_REAL, request["seconds"] + 1)
        kind, whole = reply(engine, store, request, Spool(most, int(spool)))
        signal.setitimer(signal.ITIMER_REAL, 0)
        send(out, kind, whole)


if __name__ == "__main__":
    main(sys.argv[1:])
