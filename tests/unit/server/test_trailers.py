"""What stands beside the chunks of a body: bounded, dropped, and told (RFC 9112, 7.1; RFC 9110, 6.5.1)."""

import contextlib
import json
import socket

import pytest
from tests.serving import Served

from onrecord.server import connection

HEAD = (
    b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: application/sparql-query\r\n"
    b"Transfer-Encoding: chunked\r\n\r\n"
)
CHUNKS = b"6\r\nASK {}\r\n0\r\n"
MOST_SENT = 8 << 20
"""Far more than what is read at once and what two sockets hold between them."""

ENDLESS: dict[str, tuple[bytes, bytes]] = {
    "trailer fields": (CHUNKS, b"a:\r\n" * 4096),
    "one trailer field": (CHUNKS + b"a: ", b"b" * 16384),
    "a name of a trailer field": (CHUNKS, b"a" * 16384),
    "an extension of a chunk": (b"6;", b"a" * 16384),
    "an extension of the last chunk": (b"6\r\nASK {}\r\n0;a=", b"a" * 16384),
}


def answered(server: Served, sent: bytes, then: bytes = b"") -> tuple[bytes, int]:
    """What comes until the server closes, and the bytes of `then`, repeated, that it let through."""
    passed = 0
    came = b""
    with socket.create_connection(("127.0.0.1", server.port), timeout=20) as opened:
        with contextlib.suppress(ConnectionError):
            opened.sendall(sent)
            while then and passed < MOST_SENT:
                opened.sendall(then)
                passed += len(then)
        with contextlib.suppress(ConnectionError):
            while part := opened.recv(65536):
                came += part
    return came, passed


@pytest.mark.parametrize("case", ENDLESS)
def test_what_never_ends_is_ended(server: Served, case: str) -> None:
    begun, endless = ENDLESS[case]
    _, passed = answered(server, HEAD + begun, endless)
    assert passed < MOST_SENT


@pytest.mark.parametrize("case", ENDLESS)
def test_too_much_is_told(server: Served, case: str) -> None:
    begun, more = ENDLESS[case]
    waits = HEAD.replace(b"Host: x", b"Host: x\r\nExpect: 100-continue")
    with socket.create_connection(("127.0.0.1", server.port), timeout=20) as opened:
        opened.sendall(waits + begun)
        assert opened.recv(65536) == b"HTTP/1.1 100 Continue\r\n\r\n"  # what was sent so far is read
        opened.sendall(more[: connection.MOST_TRAILERS + 4])
        came = b"".join(iter(lambda: opened.recv(65536), b""))
    assert came.startswith(b"HTTP/1.1 431 ")
    assert came.count(b"HTTP/1.1") == 1
    told = json.loads(came.partition(b"\r\n\r\n")[2])
    assert told["error"] == "request-header-fields-too-large"
    assert str(connection.MOST_TRAILERS) in told["message"]


def test_trailer_fields_by_the_byte_are_read_to_the_limit(server: Served) -> None:
    """However they are cut into packets they count once: what fits is passed over, whatever it names."""
    field = b"Host: y\r\nAccept: image/png\r\nExpect: 100-continue\r\n"
    trailers = field * (connection.MOST_TRAILERS // len(field) - 3)
    for size in (len(trailers), 7):
        with socket.create_connection(("127.0.0.1", server.port), timeout=20) as opened:
            opened.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            opened.sendall(HEAD + CHUNKS)
            for start in range(0, len(trailers), size):
                opened.sendall(trailers[start : start + size])
            opened.sendall(b"\r\n")
            assert opened.recv(65536).startswith(b"HTTP/1.1 200 ")


def test_trailers_are_not_among_the_headers_of_the_request(
    server: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    heads: list[list[tuple[bytes, bytes]]] = []
    complete = connection.Connection.on_message_complete

    def noting(here: connection.Connection) -> None:
        heads.append(list(here.headers))
        complete(here)

    monkeypatch.setattr(connection.Connection, "on_message_complete", noting)
    came, _ = answered(
        server, HEAD.replace(b"Host: x", b"Host: x\r\nConnection: close") + CHUNKS + b"X-Late: 1\r\n\r\n"
    )
    assert came.startswith(b"HTTP/1.1 200 ")
    assert [name for name, _ in heads[0]] == [b"host", b"connection", b"content-type", b"transfer-encoding"]


def test_after_an_answer_nothing_more_is_said(server: Served) -> None:
    """A body that was refused before it ended gets one answer, not another for its trailers."""
    early = HEAD.replace(b"application/sparql-query", b"image/png")
    with socket.create_connection(("127.0.0.1", server.port), timeout=20) as opened:
        opened.sendall(early)
        came = opened.recv(65536)
        assert came.startswith(b"HTTP/1.1 415 ")
        opened.sendall(CHUNKS + b"a:\r\n" * connection.MOST_TRAILERS)
        with contextlib.suppress(ConnectionError):
            while part := opened.recv(65536):
                came += part
    assert came.count(b"HTTP/1.1") == 1
