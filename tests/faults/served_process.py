"""`onrecord serve` as a process of its own, watched from outside: its memory, and who calls whom."""

import contextlib
import json
import os
import select
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from email.message import Message
from http.client import HTTPException, HTTPResponse
from pathlib import Path
from typing import Any

from tests.serving import kept_port

from onrecord.config import Settings

PAGE = os.sysconf("SC_PAGE_SIZE")


@dataclass(frozen=True)
class Ending:
    """How a request ended: status (0 where the connection ended without an answer), head, body, seconds."""

    status: int
    kind: str
    headers: Message
    body: bytes
    seconds: float

    def json(self) -> Any:
        return json.loads(self.body)


@dataclass
class Watched:
    """A server of its own process: the address that it listens on, and what was seen of it."""

    process: subprocess.Popen[bytes]
    port: int
    called: list[tuple[str, int]] = field(default_factory=list)
    """Addresses of those who called the port that nobody must call."""
    most_memory: int = 0
    """Bytes that the whole tree of processes held at the most."""

    def send(self, sent: bytes, then: bytes = b"", every: float = 0.0, patience: float = 8.0) -> Ending:
        """One request on a connection of its own, `then` repeated until an answer comes."""
        begun = time.monotonic()
        with socket.create_connection(("127.0.0.1", self.port), timeout=patience) as connection:
            with contextlib.suppress(
                BrokenPipeError, ConnectionResetError
            ):  # an answer may stand there all the same
                connection.sendall(sent)
                while then and not _readable(connection, every):
                    connection.sendall(then)
                    assert time.monotonic() - begun < patience, "no answer comes"
            method = sent.split(b" ", 1)[0].decode("latin-1")
            try:
                response = HTTPResponse(connection, method=method if method in ("HEAD", "CONNECT") else "GET")
                response.begin()
                body = response.read()
            except (HTTPException, ConnectionResetError, TimeoutError):
                return Ending(0, "", Message(), b"", time.monotonic() - begun)
            seconds = time.monotonic() - begun
            kind = response.headers.get("Content-Type", "").partition(";")[0]
            return Ending(response.status, kind, response.headers, body, seconds)

    def holds(self, connection: socket.socket) -> bool:
        """Whether the server has its end of a connection open; False where the system has no /proc."""
        process = Path(f"/proc/{self.process.pid}")
        if not process.exists():
            return False
        ends = f":{self.port:04X}", f":{connection.getsockname()[1]:04X}"
        rows = [line.split() for line in (process / "net" / "tcp").read_text().splitlines()[1:]]
        numbers = {row[9] for row in rows if row[1].endswith(ends[0]) and row[2].endswith(ends[1])}
        for entry in (process / "fd").iterdir():
            with contextlib.suppress(OSError):
                if str(entry.readlink()).removeprefix("socket:").strip("[]") in numbers:
                    return True
        return False

    @contextlib.contextmanager
    def unread(self, sent: bytes) -> Iterator[socket.socket]:
        """A connection whose request was sent, and of whose answer nothing is read."""
        with socket.socket() as connection:
            connection.settimeout(30)
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            connection.connect(("127.0.0.1", self.port))
            connection.sendall(sent)
            yield connection


def _readable(connection: socket.socket, seconds: float) -> bool:
    return bool(select.select([connection], [], [], seconds)[0])


@contextlib.contextmanager
def watched(settings: Settings, environment: Mapping[str, str]) -> Iterator[tuple[Watched, int]]:
    """A server over a published snapshot, and the port that nobody must call, until the end of the `with`."""
    command = [sys.executable, "-m", "onrecord", "serve", "-q"]
    command += ["--data", str(settings.data), "--snapshot", str(settings.snapshot)]
    told = {**environment, "PYTHONFAULTHANDLER": "1"}
    with (
        kept_port() as port,
        socket.create_server(("127.0.0.1", 0)) as listener,
        subprocess.Popen(
            [*command, "--port", str(port)],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            env=told,
        ) as process,
    ):
        server, over = Watched(process, port), threading.Event()
        watchers = [
            threading.Thread(target=_listen, args=(server, listener, over), daemon=True),
            threading.Thread(target=_weigh, args=(server, over), daemon=True),
        ]
        try:
            _await(server)
            for watcher in watchers:
                watcher.start()
            yield server, int(listener.getsockname()[1])
        finally:
            over.set()
            process.terminate()
            said = _said(process)
            for watcher in watchers:
                watcher.join(5)
    assert b"Traceback" not in said, said.decode()


def _said(process: subprocess.Popen[bytes]) -> bytes:
    """What a server that was told to stop wrote to stderr; one that does not stop tells where it is."""
    try:
        return process.communicate(timeout=60)[1]
    except subprocess.TimeoutExpired:
        process.send_signal(signal.SIGABRT)
        said = process.communicate(timeout=10)[1]
        raise AssertionError(f"it does not stop: {said.decode()}") from None


def _await(server: Watched) -> None:
    """Until the server listens and has opened the record; it has a minute for that."""
    deadline = time.monotonic() + 60
    while True:
        try:
            ending = server.send(b"GET /health HTTP/1.0\r\n\r\n", patience=60)
        except ConnectionRefusedError as error:
            last: object = error
        else:
            if ending.status == 200:
                return
            assert ending.status in (503, 504), ending
            last = ending
        assert server.process.poll() is None, server.process.communicate()
        assert time.monotonic() < deadline, last
        time.sleep(0.1)


def _listen(server: Watched, listener: socket.socket, over: threading.Event) -> None:
    listener.settimeout(0.2)
    while not over.is_set():
        with contextlib.suppress(TimeoutError, OSError):
            connection, address = listener.accept()
            connection.close()
            server.called.append(address)


def _weigh(server: Watched, over: threading.Event) -> None:
    while not over.wait(0.05):
        server.most_memory = max(server.most_memory, memory(server.process.pid))


def memory(root: int) -> int:
    """Bytes of resident memory that a process and its descendants hold; 0 where the system has no /proc."""
    parents: dict[int, int] = {}
    for status in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError, ValueError):
            fields = status.read_text(encoding="latin-1").rpartition(")")[2].split()
            parents[int(status.parent.name)] = int(fields[1])
    tree = {root}
    while len(more := tree | {pid for pid, parent in parents.items() if parent in tree}) > len(tree):
        tree = more
    pages = 0
    for pid in tree:
        with contextlib.suppress(OSError):
            pages += int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1])
    return pages * PAGE
