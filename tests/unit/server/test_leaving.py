"""Clients that leave, do not read or do not ask: what each may cost the others."""

import contextlib
import gzip
import json
import socket
import time
from collections.abc import Callable, Iterator
from urllib.parse import quote

import pytest
from tests.serving import Served, serving

from onrecord.query import Gateway, Limits
from onrecord.server import connection, listening
from onrecord.workspace import Workspace

SLOW = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
LARGE = "SELECT ?a ?f { ?a ?b ?c . ?d ?e ?f } LIMIT 30000"


@pytest.fixture
def gateways(monkeypatch: pytest.MonkeyPatch) -> list[Gateway]:
    """The gateways that a server opens."""
    opened: list[Gateway] = []
    make = Gateway.__init__

    def noting(gateway: Gateway, *arguments: object, **named: object) -> None:
        make(gateway, *arguments, **named)  # type: ignore[arg-type]
        opened.append(gateway)

    monkeypatch.setattr(Gateway, "__init__", noting)
    return opened


@pytest.fixture
def served(example: Workspace, gateways: list[Gateway]) -> Iterator[Served]:
    """The record written for tests, with more time than a test takes."""
    with serving(example.settings, Limits(time_limit_s=60, workers=2, spool_limit_mb=8)) as server:
        assert server.sparql("ASK {}").status == 200
        yield server


@pytest.fixture
def impatient(
    example: Workspace, gateways: list[Gateway], monkeypatch: pytest.MonkeyPatch
) -> Iterator[Served]:
    """The same, with little patience."""
    monkeypatch.setattr(listening, "patient", lambda _: connection.patient(0.5))
    with serving(example.settings, Limits(time_limit_s=60)) as server:
        assert server.sparql("ASK {}").status == 200
        assert len(gateways) == 1
        yield server


def until(condition: Callable[[], bool]) -> None:
    """Returns when it holds; fails after twenty seconds, a third of the time limit."""
    deadline = time.monotonic() + 20
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def asked(server: Served, query: str) -> socket.socket:
    """A request whose answer is not read yet."""
    opened = socket.create_connection(("127.0.0.1", server.port), timeout=20)
    opened.sendall(f"GET /sparql?query={quote(query)} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
    return opened


def test_a_query_ends_when_its_client_leaves(served: Served, gateways: list[Gateway]) -> None:
    pool = gateways[0].pool
    client = asked(served, SLOW)
    until(lambda: pool.running == 1)
    workers = set(pool.pids())
    client.close()
    until(lambda: pool.running == 0)
    until(lambda: bool(workers - set(pool.pids())))
    assert served.sparql("ASK {}").json()["boolean"] is True


def test_the_places_of_clients_that_left_are_free(served: Served, gateways: list[Gateway]) -> None:
    pool = gateways[0].pool
    clients = [asked(served, f"{SLOW} # {number}") for number in range(5)]
    until(lambda: pool.running + pool.waiting == 5)
    for client in clients:
        client.close()
    until(lambda: pool.running == pool.waiting == 0)


@pytest.mark.parametrize("kind", ["application/sparql-results+json", "text/csv"])
def test_a_large_answer_is_whole_packed_or_not(served: Served, gateways: list[Gateway], kind: str) -> None:
    plain = served.sparql(LARGE, accept=kind)
    assert int(plain.headers["Content-Length"]) == len(plain.body) > 1_000_000
    if kind == "text/csv":
        assert plain.body.count(b"\n") == 30_001
    else:
        assert len(json.loads(plain.body)["results"]["bindings"]) == 30_000
    packed = served.sparql(LARGE, accept=kind, accept_encoding="gzip")
    assert gzip.decompress(packed.body) == plain.body
    assert packed.headers["ETag"] == plain.headers["ETag"]
    assert packed.headers["Vary"] == plain.headers["Vary"] == "Accept, Accept-Encoding"
    assert served.sparql(LARGE, accept=kind, if_none_match=plain.headers["ETag"]).status == 304
    head = served.send("HEAD", f"/sparql?query={quote(LARGE)}", {"Accept": kind})
    assert (head.status, head.body, head.headers["Content-Length"]) == (
        200,
        b"",
        plain.headers["Content-Length"],
    )
    until(lambda: gateways[0].spooled == 0)


def test_a_large_answer_that_nobody_reads_is_let_go(impatient: Served, gateways: list[Gateway]) -> None:
    client = asked(impatient, LARGE)
    until(lambda: gateways[0].spooled > 0)
    until(lambda: gateways[0].spooled == 0)
    client.close()


def test_large_answers_beyond_the_agreed_room_are_told_to_come_back(
    served: Served, gateways: list[Gateway]
) -> None:
    clients = []
    while gateways[0].spooled < 4_000_000:
        held = gateways[0].spooled
        clients.append(asked(served, LARGE))
        until(lambda: gateways[0].spooled > held)  # noqa: B023  waited for at once
    busy = served.sparql(LARGE.replace("30000", "90000"))
    assert (busy.status, busy.json()["error"]) == (503, "busy")
    assert int(busy.headers["Retry-After"]) > 0
    assert served.sparql("ASK {}").status == 200
    for client in clients:
        client.close()
    until(lambda: gateways[0].spooled == 0)


def test_a_head_that_does_not_end_is_not_waited_for(impatient: Served) -> None:
    with socket.create_connection(("127.0.0.1", impatient.port), timeout=20) as silent:
        assert silent.recv(1000) == b""
    with socket.create_connection(("127.0.0.1", impatient.port), timeout=20) as client:
        client.sendall(b"GET / HTTP/1.1\r\nHost:")
        told = client.recv(65536)
    assert told.startswith(b"HTTP/1.1 408 ")
    assert json.loads(told.partition(b"\r\n\r\n")[2])["error"] == "request-timeout"


def test_what_is_left_of_a_body_after_its_answer_is_not_waited_for(served: Served) -> None:
    head = b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: text/plain\r\nContent-Length: 9\r\n\r\n"
    with socket.create_connection(("127.0.0.1", served.port), timeout=20) as client:
        client.sendall(head + b"half")
        told = b""
        while part := client.recv(65536):
            told += part
    assert told.startswith(b"HTTP/1.1 415 ")


def test_a_head_beyond_its_limit_is_refused_however_it_comes(served: Served) -> None:
    told = b""
    with socket.create_connection(("127.0.0.1", served.port), timeout=20) as client:
        client.sendall(b"GET / HTTP/1.1\r\n")
        with contextlib.suppress(ConnectionError):  # it is closed while we send
            for number in range(400):
                client.sendall(b"X-%d: %s\r\n" % (number, b"x" * 1000))
            told = client.recv(65536)
    assert told == b"" or told.startswith(b"HTTP/1.1 431 ")


def test_one_connection_too_many_is_told_so(served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection, "MOST_CONNECTIONS", 2)
    kept = [socket.create_connection(("127.0.0.1", served.port), timeout=20) for _ in range(2)]
    time.sleep(0.2)
    with socket.create_connection(("127.0.0.1", served.port), timeout=20) as client:
        told = client.recv(65536)
    assert told.startswith(b"HTTP/1.1 503 ")
    assert json.loads(told.partition(b"\r\n\r\n")[2])["error"] == "busy"
    for each in kept:
        each.close()


def test_bytes_after_a_question_that_is_no_request_do_not_enter_its_answer(served: Served) -> None:
    client = asked(served, LARGE)
    client.sendall(b"garbage\r\n\r\n")
    told = b""
    try:
        while part := client.recv(1 << 20):
            told += part
    except ConnectionError:
        pass
    client.close()
    assert b"not HTTP that can be read" not in told.partition(b"\r\n\r\n")[2]
