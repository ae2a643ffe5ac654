"""Requests that wait for a thread, and faults of ours: what neither may do to others."""

import http.client
import json
import socket
import threading
from collections.abc import Iterator

import pytest
from tests.serving import Served, serving

from onrecord.query import Limits
from onrecord.server import record
from onrecord.workspace import Workspace


@pytest.fixture
def single(example: Workspace, monkeypatch: pytest.MonkeyPatch) -> Iterator[Served]:
    """One thread, and room for two that wait."""
    monkeypatch.setattr(record, "THREADS", 1)
    monkeypatch.setattr(record, "WAITING", 2)
    with serving(example.settings, Limits(time_limit_s=20)) as served:
        yield served


class Gate:
    """Holds each query until it is opened, and counts them."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.open = threading.Event()
        self.entered = threading.Semaphore(0)
        self.count = 0
        monkeypatch.setattr(Workspace, "search", self.search)

    def search(self, words: str, limit: int, offset: int) -> object:
        self.count += 1
        self.entered.release()
        self.open.wait(20)
        raise ZeroDivisionError(words)


def half(server: Served) -> socket.socket:
    """A request whose answer is not read yet."""
    connection = socket.create_connection(("127.0.0.1", server.port), timeout=20)
    connection.sendall(b"GET /api/search?q=a HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
    return connection


def status_of(connection: socket.socket) -> int:
    with connection:
        response = http.client.HTTPResponse(connection)
        response.begin()
        return response.status


def test_beyond_the_room_requests_are_told_to_come_back(
    single: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate = Gate(monkeypatch)
    working = half(single)
    assert gate.entered.acquire(timeout=20)
    waiting = [half(single), half(single)]
    assert single.get("/limits").status == 200, "the loop has read the two"
    busy = single.get("/api/search?q=a")
    gate.open.set()
    assert busy.status == 429, "all that wait are this address's"
    assert busy.json()["error"] == "busy"
    assert int(busy.headers["Retry-After"]) > 0
    assert [status_of(each) for each in (working, *waiting)] == [500, 500, 500]


def test_who_has_gone_is_not_worked_for(single: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    gate = Gate(monkeypatch)
    working = half(single)
    assert gate.entered.acquire(timeout=20)
    half(single).close()
    assert single.get("/limits").status == 200, "the loop has read the request and its end"
    gate.open.set()
    assert status_of(working) == 500
    assert single.get("/health").status == 200
    assert gate.count == 1


def test_a_fault_of_ours_is_told_without_its_stack(single: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    Gate(monkeypatch).open.set()
    answer = single.get("/api/search?q=secret")
    told = json.loads(answer.body)
    assert answer.status == 500
    assert set(told) == {"error", "message", "hint", "line", "column"}
    assert "secret" not in answer.text
    assert "ZeroDivision" not in answer.text
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert single.get("/health").status == 200
