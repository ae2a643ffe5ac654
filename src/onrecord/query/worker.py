"""A query worker: one process that holds the store open read-only and answers one query at a time.

Run as a script by `onrecord.query.process`, so that it imports nothing but the engine and, for the written
forms that the engine does not have, the files `table.py` and `graph.py` beside it: `worker.py ENGINE_FOLDER
STORE MEMORY_MB RESULT_MB SPOOL PREFIXES`. Frames on stdin and stdout are a kind (one byte), whether the body
is in the spool (one byte), the length of the body (eight bytes, big-endian) and, unless it is in the spool,
the body. SPOOL is a descriptor, open on a file without a name that the parent shares; PREFIXES are pairs
`name=iri` with spaces between. The answer is told only when it is whole. Requests, and the names of the
graphs that it tells first, are in the format of `marshal`, because importing `json` would be a quarter of the
start, and both ends are the same Python. Requests: `{query, base, seconds, default: [iri] | null, named:
[iri] | null, table: format | null, graph: format | null, star: [place of the projected `*`, the variables in
order] | null}`. An answer is written in the form that is asked for its kind; null where none is.
"""

import errno
import io
import marshal
import os
import resource
import select
import signal
import struct
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:  # as that of `typing`, whose import would be a tenth of the start
    from collections.abc import Iterator
    from typing import IO, Any

FRAME = struct.Struct(">c?Q")
READY, BINDINGS, BOOLEAN, GRAPH = b"R", b"B", b"A", b"G"
SYNTAX, TOO_LARGE, NO_MEMORY, FAILED = b"S", b"L", b"M", b"F"
UNWRITABLE, UNASKED = b"U", b"N"
IN_MEMORY = 1 << 18
"""Bytes of an answer that are kept in memory before it goes to the spool."""
_LOOK_UP_MS = 10_000
_STRING = "http://www.w3.org/2001/XMLSchema#string"
_NEW_NETWORK, _NEW_USER = 0x40000000, 0x10000000  # clone(2): CLONE_NEWNET, CLONE_NEWUSER


class TooLarge(Exception):
    """The answer passes the limit on its size."""


class Unasked(Exception):
    """No form was asked for this kind of answer, which is the argument: `BINDINGS`, `BOOLEAN` or `GRAPH`."""


class Spool(io.RawIOBase):
    """An answer of at most `most` bytes: in memory up to `IN_MEMORY`, then in `file` if there is one."""

    def __init__(self, most: int, file: int | None) -> None:
        self.parts: list[bytes] = []
        self.length = 0
        self.most = most
        self.spilled = False
        self._file = file

    def writable(self) -> bool:
        return True

    def write(self, data: "Any") -> int:
        size = len(data)
        if self.length + size > self.most:
            raise TooLarge
        self.length += size
        self.parts.append(bytes(data))
        if self._file is not None and (self.spilled or self.length > IN_MEMORY):
            self._spill(self._file)
        return size

    def _spill(self, file: int) -> None:
        if not self.spilled:
            os.lseek(file, 0, os.SEEK_SET)
            os.ftruncate(file, 0)
            self.spilled = True
        for part in self.parts:
            view = memoryview(part)
            while view:
                view = view[os.write(file, view) :]
        self.parts.clear()


def send(out: "IO[bytes]", kind: bytes, body: bytes | Spool) -> None:
    """One frame, flushed."""
    if isinstance(body, Spool) and body.spilled:
        out.write(FRAME.pack(kind, True, body.length))
    else:
        whole = b"".join(body.parts) if isinstance(body, Spool) else body
        out.write(FRAME.pack(kind, False, len(whole)) + whole)
    out.flush()


def parent_is_there(source: "IO[bytes]", parent: int) -> bool:
    """Wait for a request; False when the parent has gone, even if a fork of it holds the pipe open."""
    ready = select.poll()
    ready.register(source, select.POLLIN)
    while not ready.poll(_LOOK_UP_MS):
        if os.getppid() != parent:
            return False
    return True


def receive(source: "IO[bytes]") -> bytes | None:
    """The body of the next frame; None when the other side has gone."""
    head = source.read(FRAME.size)
    if len(head) < FRAME.size:
        return None
    return source.read(FRAME.unpack(head)[2])


def leave_network() -> bool:
    """Move to an empty network namespace, where nothing connects; False where the kernel forbids it."""
    if not sys.platform.startswith("linux"):
        return False
    import ctypes  # here and not above: a tenth of the start

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


def union_of(engine: "Any", store: "Any", request: "dict[str, Any]") -> "Any":
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


def beside(name: str) -> "Any":
    """The module `name.py` in the folder of this file, whose other modules must not hide Python's own."""
    import importlib.util  # here and not above: most workers write nothing but JSON

    loaded = sys.modules.get(f"worker_{name}")
    if loaded is None:
        path = os.path.join(os.path.dirname(os.path.abspath(__file__)), f"{name}.py")  # noqa: PTH100, PTH118, PTH120
        found = importlib.util.spec_from_file_location(f"worker_{name}", path)
        assert found is not None  # noqa: S101  it is a file of ours
        assert found.loader is not None  # noqa: S101
        loaded = sys.modules[found.name] = importlib.util.module_from_spec(found)
        found.loader.exec_module(loaded)
    return loaded


def answer(
    engine: "Any", store: "Any", request: "dict[str, Any]", out: Spool, prefixes: dict[str, str] | None = None
) -> bytes:
    """Write the whole answer to `out` in the form that is asked, and give its kind. Raises Unasked."""
    options: dict[str, Any] = {"base_iri": request["base"]}
    if request["default"] is not None:
        if len(request["default"]) > 1:
            store = union_of(engine, store, request)
            options["default_graph"] = engine.DefaultGraph()
        else:
            options["default_graph"] = [engine.NamedNode(iri) for iri in request["default"]]
        options["named_graphs"] = [engine.NamedNode(iri) for iri in request["named"] or ()]
    text, form = request["query"], request["table"]
    result = store.query(text, **options)
    if isinstance(result, engine.QueryTriples):
        if request["graph"] is None:
            raise Unasked(GRAPH)
        triples = Spool(out.most, None)
        result.serialize(triples, format=engine.RdfFormat.N_TRIPLES)
        lines = b"".join(triples.parts).splitlines(keepends=True)
        out.write(beside("graph").written(request["graph"], lines, prefixes or {}))
        return GRAPH
    if form is None:
        raise Unasked(BOOLEAN if isinstance(result, engine.QueryBoolean) else BINDINGS)
    if isinstance(result, engine.QueryBoolean):
        if form == "json":
            result.serialize(out, format=engine.QueryResultsFormat.JSON)
        else:
            out.write(beside("table").boolean(form, bool(result)).encode())
        return BOOLEAN
    names = [variable.value for variable in result.variables]
    if request["star"]:  # the engine promises no order of the columns of `*`
        place, order = request["star"]
        wanted = [name for name in order if name in names]
        if wanted != names and len(wanted) == len(names):
            columns = " ".join(f"?{name}" for name in wanted)
            result, names = store.query(f"{text[:place]} {columns} {text[place + 1 :]}", **options), wanted
    if form == "json":
        result.serialize(out, format=engine.QueryResultsFormat.JSON)
        return BINDINGS
    buffered = io.BufferedWriter(out, IN_MEMORY)
    for piece in beside("table").WRITERS[form](names, rows_of(engine, result, names)):
        buffered.write(piece.encode())
    buffered.flush()
    buffered.detach()
    return BINDINGS


def rows_of(engine: "Any", solutions: "Any", names: list[str]) -> "Iterator[dict[str, Any]]":
    """The solutions as SPARQL 1.1 Query Results JSON has them, one after the other."""
    for solution in solutions:
        values = ((name, solution[name]) for name in names)
        yield {name: term_of(engine, value) for name, value in values if value is not None}


def term_of(engine: "Any", term: "Any") -> "dict[str, Any]":
    """A term as SPARQL 1.1 Query Results JSON has it, and RDF 1.2's triple terms."""
    if isinstance(term, engine.NamedNode):
        return {"type": "uri", "value": term.value}
    if isinstance(term, engine.BlankNode):
        return {"type": "bnode", "value": term.value}
    if isinstance(term, engine.Triple):
        parts = ("subject", "predicate", "object")
        return {"type": "triple", "value": {part: term_of(engine, getattr(term, part)) for part in parts}}
    if term.language is not None:
        return {"type": "literal", "value": term.value, "xml:lang": term.language}
    datatype = term.datatype.value
    plain = {"type": "literal", "value": term.value}
    return plain if datatype == _STRING else {**plain, "datatype": datatype}


def reply(
    engine: "Any", store: "Any", request: "dict[str, Any]", out: Spool, prefixes: dict[str, str] | None = None
) -> tuple[bytes, bytes | Spool]:
    """The answer, or what went wrong as a kind and a message."""
    try:
        return answer(engine, store, request, out, prefixes), out
    except TooLarge:
        return TOO_LARGE, b""
    except Unasked as kind:
        return UNASKED, kind.args[0]
    except MemoryError:
        return NO_MEMORY, b""
    except SyntaxError as error:
        return SYNTAX, str(error).encode()
    except (OSError, ValueError, RuntimeError) as error:
        if type(error).__name__ == "Unwritable":  # of the table beside, which is loaded when it is needed
            return UNWRITABLE, str(error).encode()
        if getattr(error, "errno", None) == errno.ENOMEM or "annot allocate memory" in str(error):
            return NO_MEMORY, b""
        if "custom" in str(error) and "is not supported" in str(error):  # a function that nobody defined
            return SYNTAX, str(error).encode()
        return FAILED, f"{type(error).__name__}: {error}".encode()


def main(arguments: list[str]) -> None:
    """Serve until stdin ends. An orphan in the middle of a query is ended by its own alarm."""
    folder, path, memory, result, spool, known = arguments
    most, parent = int(result) * 1024 * 1024, os.getppid()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    leave_network()
    sys.path.append(folder)
    import pyoxigraph as engine

    prefixes: dict[str, str] = dict(pair.split("=", 1) for pair in known.split())
    store = engine.Store.read_only(path)
    graphs = sorted(node.value for node in store.named_graphs() if isinstance(node, engine.NamedNode))
    limit_memory(int(memory))
    tighten(resource.RLIMIT_FSIZE, most)
    tighten(resource.RLIMIT_CORE, 0)
    source, out = sys.stdin.buffer, sys.stdout.buffer
    send(out, READY, marshal.dumps(graphs))
    while parent_is_there(source, parent) and (body := receive(source)) is not None:
        request = marshal.loads(body)  # noqa: S302  of the process that started this one
        signal.setitimer(signal.ITIMER_REAL, request["seconds"] + 1)
        kind, whole = reply(engine, store, request, Spool(most, int(spool)), prefixes)
        signal.setitimer(signal.ITIMER_REAL, 0)
        send(out, kind, whole)


if __name__ == "__main__":
    main(sys.argv[1:])
