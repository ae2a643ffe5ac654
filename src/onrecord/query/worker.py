"""A query worker: one process that holds the store open read-only and answers one query at a time.

Run as a script by `onrecord.query.process`, so that it imports nothing but the engine:
`worker.py ENGINE_FOLDER STORE MEMORY_MB RESULT_MB`. Frames on stdin and stdout are a kind (one byte), the
length of the body (eight bytes, big-endian) and the body. The answer is sent only when it is whole.
Requests are JSON: `{query, base, seconds, default: [iri] | null, named: [iri] | null}`.
"""

import ctypes
import io
import json
import os
import resource
import signal
import struct
import sys
from typing import IO, Any

FRAME = struct.Struct(">cQ")
READY, BINDINGS, BOOLEAN, GRAPH = b"R", b"B", b"A", b"G"
SYNTAX, TOO_LARGE, NO_MEMORY, FAILED = b"S", b"L", b"M", b"F"
_NEW_NETWORK, _NEW_USER = 0x40000000, 0x10000000  # clone(2): CLONE_NEWNET, CLONE_NEWUSER


class TooLarge(Exception):
    """The answer passes the limit on its size."""


class Bounded(io.RawIOBase):
    """Bytes in memory, at most `most` of them."""

    def __init__(self, most: int) -> None:
        self.parts: list[bytes] = []
        self.left = most

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        self.left -= len(data)
        if self.left < 0:
            raise TooLarge
        self.parts.append(bytes(data))
        return len(data)


def send(out: IO[bytes], kind: bytes, body: bytes) -> None:
    """One frame, flushed."""
    out.write(FRAME.pack(kind, len(body)))
    out.write(body)
    out.flush()


def receive(source: IO[bytes]) -> bytes | None:
    """The body of the next frame; None when the other side has gone."""
    head = source.read(FRAME.size)
    if len(head) < FRAME.size:
        return None
    return source.read(FRAME.unpack(head)[1])


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
    most = size + megabytes * 1024 * 1024
    resource.setrlimit(resource.RLIMIT_AS, (most, most))


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


def answer(engine: Any, store: Any, request: dict[str, Any], most: int) -> tuple[bytes, bytes]:
    """Kind and body of the whole answer."""
    options: dict[str, Any] = {}
    if request["default"] is not None:
        if len(request["default"]) > 1:
            store = union_of(engine, store, request)
            options["default_graph"] = engine.DefaultGraph()
        else:
            options["default_graph"] = [engine.NamedNode(iri) for iri in request["default"]]
        options["named_graphs"] = [engine.NamedNode(iri) for iri in request["named"] or ()]
    result = store.query(request["query"], base_iri=request["base"], **options)
    out = Bounded(most)
    if isinstance(result, engine.QueryBoolean):
        result.serialize(out, format=engine.QueryResultsFormat.JSON)
        return BOOLEAN, b"".join(out.parts)
    if isinstance(result, engine.QueryTriples):
        result.serialize(out, format=engine.RdfFormat.N_TRIPLES)
        return GRAPH, b"".join(out.parts)
    result.serialize(out, format=engine.QueryResultsFormat.JSON)
    return BINDINGS, b"".join(out.parts)


def reply(engine: Any, store: Any, request: dict[str, Any], most: int) -> tuple[bytes, bytes]:
    """The answer, or what went wrong as a kind and a message."""
    try:
        return answer(engine, store, request, most)
    except TooLarge:
        return TOO_LARGE, b""
    except MemoryError:
        return NO_MEMORY, b""
    except SyntaxError as error:
        return SYNTAX, str(error).encode()
    except (OSError, ValueError, RuntimeError) as error:
        return FAILED, f"{type(error).__name__}: {error}".encode()


def main(arguments: list[str]) -> None:
    """Serve until stdin ends. An orphan in the middle of a query is ended by its own alarm."""
    folder, path, memory, result = arguments
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    leave_network()
    sys.path.append(folder)
    import pyoxigraph as engine

    store = engine.Store.read_only(path)
    graphs = sorted(node.value for node in store.named_graphs() if isinstance(node, engine.NamedNode))
    limit_memory(int(memory))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    source, out = sys.stdin.buffer, sys.stdout.buffer
    send(out, READY, json.dumps(graphs).encode())
    while (body := receive(source)) is not None:
        request = json.loads(body)
        signal.setitimer(signal.ITIMER_REAL, request["seconds"] + 1)
        kind, whole = reply(engine, store, request, int(result) * 1024 * 1024)
        signal.setitimer(signal.ITIMER_REAL, 0)
        send(out, kind, whole)


if __name__ == "__main__":
    main(sys.argv[1:])
