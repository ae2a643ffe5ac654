"""Engines for tests: real ones in processes of their own, and a server that answers what it is told to."""

import json
import shutil
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import parse_qs

from tests.serving import kept_port

from onrecord import terms
from onrecord.remote.publication import UNION, Publication

OXIGRAPH = Path(sys.executable).with_name("oxigraph")
HASH = "5" * 64
REGISTER = terms.BASE + "graph/register"


def wait_for(port: int, process: subprocess.Popen[bytes], seconds: float = 60) -> None:
    """Until somebody listens there; a process that ended fails the test."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        assert process.poll() is None, f"the engine ended with status {process.returncode}"
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise AssertionError(f"nobody listens on {port} after {seconds} s")


@contextmanager
def oxigraph(folder: Path, *options: str, command: str = "serve", port: int | None = None) -> Iterator[str]:
    """`oxigraph serve` (or `serve-read-only`) over a folder: its address for queries.

    port: one that the caller keeps.
    """
    with ExitStack() as stack:
        chosen = port or stack.enter_context(kept_port())
        arguments = [str(OXIGRAPH), command, "-l", str(folder), "-b", f"127.0.0.1:{chosen}", *options]
        process = stack.enter_context(
            subprocess.Popen(arguments, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        )
        try:
            wait_for(chosen, process)
            yield f"http://127.0.0.1:{chosen}/query"
        finally:
            process.kill()


def virtuoso_program() -> str:
    """The path of Virtuoso's server; fails saying what to install."""
    found = shutil.which("virtuoso-t")
    assert found, (
        "Virtuoso is not installed (Debian: apt-get install virtuoso-opensource-7-bin); make virtuoso does it"
    )
    return found


@contextmanager
def virtuoso(folder: Path, settings: Mapping[str, str] | None = None) -> Iterator[str]:
    """A new, empty Virtuoso in `folder`: its address for queries. settings: lines of its section SPARQL."""
    with kept_port() as port, kept_port() as sql:
        (folder / "www").mkdir()
        _configure(folder, port, sql, settings or {})
        arguments = [virtuoso_program(), "+foreground", "+configfile", str(folder / "virtuoso.ini")]
        with subprocess.Popen(
            arguments, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        ) as process:
            try:
                wait_for(port, process)
                yield f"http://127.0.0.1:{port}/sparql"
            finally:
                process.kill()


def _configure(folder: Path, port: int, sql: int, settings: Mapping[str, str]) -> None:
    chosen = "\n".join(f"{name} = {value}" for name, value in settings.items())
    (folder / "virtuoso.ini").write_text(
        f"""[Database]
DatabaseFile = {folder}/virtuoso.db
ErrorLogFile = {folder}/virtuoso.log
LockFile = {folder}/virtuoso.lck
TransactionFile = {folder}/virtuoso.trx
xa_persistent_file = {folder}/virtuoso.pxa
[TempDatabase]
DatabaseFile = {folder}/temporary.db
TransactionFile = {folder}/temporary.trx
[Parameters]
ServerPort = 127.0.0.1:{sql}
NumberOfBuffers = 10000
MaxDirtyBuffers = 6000
[HTTPServer]
ServerPort = 127.0.0.1:{port}
ServerRoot = {folder}/www
[SPARQL]
{chosen}
""",
        encoding="utf-8",
    )


# -- a server that does what it is told ----------------------------------------------------------------

Fault = bytes | Callable[[socket.socket], None]


def http(
    body: bytes,
    kind: str = "application/sparql-results+json",
    status: str = "200 OK",
    headers: Sequence[str] = (),
    length: int | None = None,
) -> bytes:
    """An answer as it goes over the wire."""
    size = len(body) if length is None else length
    lines = [f"HTTP/1.1 {status}", f"Content-Type: {kind}", f"Content-Length: {size}", *headers]
    return "\r\n".join([*lines, "", ""]).encode() + body


def chunked(
    *chunks: bytes, end: bytes = b"0\r\n\r\n", kind: str = "application/sparql-results+json"
) -> bytes:
    """An answer in chunks, with the end that is given."""
    head = f"HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\nTransfer-Encoding: chunked\r\n\r\n".encode()
    return head + b"".join(b"%x\r\n%s\r\n" % (len(chunk), chunk) for chunk in chunks) + end


def publication_answer(publication: Publication) -> bytes:
    """What an engine answers when it is asked what it holds."""
    told = {
        "hash": publication.dataset_hash,
        "mark": publication.mark,
        "use": "answers" if publication.answers else "keeps",
    }
    rows = [
        {name: {"type": "literal", "value": value} for name, value in told.items()}
        | {"graph": {"type": "uri", "value": graph}, "triples": {"type": "literal", "value": str(size)}}
        for graph, size in publication.sizes.items()
    ]
    head = {"vars": [*told, "graph", "triples"]}
    return json.dumps({"head": head, "results": {"bindings": rows}}).encode()


WHOLE = Publication(HASH, "urn:uuid:one", {REGISTER: 2, terms.BASE + UNION: 2}, answers=True)


@dataclass
class Liar:
    """A server on this machine: it tells what it holds as an engine would, and answers the rest with `fault`.

    asked: the form of every query but those for the publication. publications: what it holds, one after
    another; the last one stays.
    """

    fault: Fault = b""
    publications: list[Fault | Publication] = field(default_factory=lambda: [WHOLE])
    asked: list[dict[str, list[str]]] = field(default_factory=list)
    heads: list[str] = field(default_factory=list)
    port: int = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/sparql"

    def serve(self, listener: socket.socket) -> None:
        while True:
            try:
                connection = listener.accept()[0]
            except OSError:
                return
            threading.Thread(target=self._answer, args=(connection,), daemon=True).start()

    def _answer(self, connection: socket.socket) -> None:
        with connection:
            try:
                while (request := _request(connection)) is not None:
                    if not self._answered(connection, *request):
                        return
            except OSError:
                return

    def _answered(self, connection: socket.socket, head: str, form: dict[str, list[str]]) -> bool:
        """Whether the connection stays open."""
        self.heads.append(head)
        if "onr:sha256" in form.get("query", [""])[0]:
            now = self.publications.pop(0) if len(self.publications) > 1 else self.publications[0]
            if isinstance(now, Publication):
                connection.sendall(http(publication_answer(now)))
                return True
            fault: Fault = now
        else:
            self.asked.append(form)
            fault = self.fault
        if callable(fault):
            fault(connection)
        else:
            connection.sendall(fault)
        return False


def _request(connection: socket.socket) -> tuple[str, dict[str, list[str]]] | None:
    data = b""
    while b"\r\n\r\n" not in data:
        part = connection.recv(65536)
        if not part:
            return None
        data += part
        if data.startswith(b"\x16"):  # the beginning of TLS
            connection.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")
            return None
    head, _, body = data.partition(b"\r\n\r\n")
    lengths = [
        line.split(b":")[1] for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:")
    ]
    while lengths and len(body) < int(lengths[0]):
        body += connection.recv(65536)
    return head.decode("latin-1"), parse_qs(body.decode(), keep_blank_values=True)


@contextmanager
def lying(fault: Fault = b"", *publications: Fault | Publication) -> Iterator[Liar]:
    """A `Liar` that listens, until the end of the `with`."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen(16)
        liar = Liar(fault, list(publications) or [WHOLE], port=listener.getsockname()[1])
        thread = threading.Thread(target=liar.serve, args=(listener,), daemon=True)
        thread.start()
        try:
            yield liar
        finally:
            listener.shutdown(socket.SHUT_RDWR)
            thread.join(5)
