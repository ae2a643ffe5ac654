"""What every answer carries, and what HTTP itself promises: validators, HEAD, methods, compression, log."""

import gzip
import json
import logging
import socket
import time
from http.client import HTTPConnection

import pytest
from tests.promptness import within
from tests.serving import Served

GETS = [
    "/sparql",
    "/sparql?query=ASK+%7B%7D",
    "/id/actor/margot-james",
    "/doc/actor/margot-james.html",
    "/doc/actor/margot-james.ttl",
    "/.well-known/void",
    "/api/ask/gaps",
    "/api/search?q=hostile",
    "/api/openapi.json",
    "/export/bibtex",
    "/limits",
    "/health",
    "/nothing",
    "/sparql?query=nonsense",
    "/id/actor/nobody",
]


@pytest.mark.parametrize("target", GETS)
def test_every_answer_carries_the_security_headers(server: Served, target: str) -> None:
    headers = server.get(target).headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["Access-Control-Allow-Origin"] == "*"
    assert "Server" not in headers


@pytest.mark.parametrize("target", GETS)
def test_head_is_get_without_its_body(server: Served, target: str) -> None:
    whole, head = server.send("GET", target), server.send("HEAD", target)
    assert head.status == whole.status
    assert head.body == b""
    for name in ("Content-Type", "Content-Length", "ETag", "Location", "Vary"):
        assert head.headers[name] == whole.headers[name]


@pytest.mark.parametrize(
    "target",
    [
        target
        for target in GETS
        if target[:5] in ("/spar", "/doc/", "/api/", "/.wel", "/expo") and "nonsense" not in target
    ],
)
def test_what_the_client_has_already_is_not_sent_again(server: Served, target: str) -> None:
    first = server.get(target)
    tag = first.headers["ETag"]
    for known in (tag, tag.removeprefix("W/"), f'"other", {tag}', "*"):
        again = server.get(target, if_none_match=known)
        assert (again.status, again.body) == (304, b"")
        assert again.headers["ETag"] == tag
        assert again.headers["Vary"] == first.headers["Vary"]
        assert again.headers["X-Content-Type-Options"] == "nosniff"
    assert server.get(target, if_none_match='"other"').status == 200


def test_each_representation_has_a_tag_of_its_own(server: Served) -> None:
    tags = {server.sparql("SELECT * {}", accept=kind).headers["ETag"] for kind in ("text/csv", "*/*")}
    assert len(tags) == 2


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "TRACE", "PROPFIND"])
@pytest.mark.parametrize(
    ("target", "allowed"),
    [
        ("/sparql", "GET, HEAD, OPTIONS, POST"),
        ("/api/ask/gaps", "GET, HEAD, OPTIONS"),
        ("/limits", "GET, HEAD, OPTIONS"),
    ],
)
def test_other_methods_are_not_allowed(server: Served, method: str, target: str, allowed: str) -> None:
    answer = server.send(method, target)
    assert answer.status == 405
    assert answer.headers["Allow"] == allowed
    assert answer.json()["error"] == "method-not-allowed"
    assert "Content-Security-Policy" in answer.headers


def test_options_tells_browsers_what_they_may(server: Served) -> None:
    asked = {"Origin": "https://example.org", "Access-Control-Request-Method": "GET"}
    answer = server.send("OPTIONS", "/sparql", asked)
    assert (answer.status, answer.body) == (204, b"")
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert "GET" in answer.headers["Access-Control-Allow-Methods"]
    assert answer.headers["Allow"] == "GET, HEAD, OPTIONS, POST"


def test_large_answers_are_compressed_where_the_client_takes_it(server: Served) -> None:
    plain = server.get("/api/ask/actors")
    packed = server.get("/api/ask/actors", accept_encoding="gzip")
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.body) == plain.body
    assert "Accept-Encoding" in packed.headers["Vary"]
    assert packed.headers["ETag"] == plain.headers["ETag"], "a weak tag is of the answer, not of its bytes"


def test_bytes_that_are_no_request_get_an_error_of_ours(server: Served) -> None:
    with socket.create_connection(("127.0.0.1", server.port), timeout=10) as connection:
        connection.sendall(b"garbage\r\n\r\n")
        told = b""
        while part := connection.recv(65536):
            told += part
    head, _, body = told.partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 400 ")
    assert b"x-content-type-options: nosniff" in head.lower()
    assert set(json.loads(body)) == {"error", "message", "hint", "line", "column"}


def test_a_body_beyond_the_limit_is_refused(server: Served) -> None:
    answer = server.send("POST", "/sparql", {"Content-Type": "application/sparql-query"}, b"#" * 300_000)
    assert answer.status == 413
    assert answer.json()["error"] == "request-too-large"


def test_slow_clients_hold_up_no_one(server: Served) -> None:
    slow = [HTTPConnection("127.0.0.1", server.port, timeout=30) for _ in range(40)]
    try:
        for connection in slow:
            connection.putrequest("POST", "/sparql")
            connection.putheader("Content-Type", "application/sparql-query")
            connection.putheader("Content-Length", "10")
            connection.endheaders(b"ASK")
        assert within(5, lambda: server.sparql("ASK {}")).status == 200
    finally:
        for connection in slow:
            connection.close()
    assert server.get("/health").status == 200


def test_a_client_that_goes_away_leaves_the_server_well(server: Served) -> None:
    for _ in range(10):
        with socket.create_connection(("127.0.0.1", server.port), timeout=10) as connection:
            connection.sendall(b"GET /export/nquads HTTP/1.1\r\nHost: x\r\n\r\n")
    assert server.sparql("ASK {}").json()["boolean"] is True


def test_the_log_has_a_line_a_request_without_what_was_asked(
    server: Served, caplog: pytest.LogCaptureFixture
) -> None:
    logger = logging.getLogger("onrecord.server.access")
    with caplog.at_level(logging.INFO, logger=logger.name):
        server.get("/api/search", {"q": "somebody"})
        deadline = time.monotonic() + 60
        lines: list[dict[str, object]] = []
        while not lines and time.monotonic() < deadline:
            time.sleep(0.01)
            every = [json.loads(record.getMessage()) for record in caplog.records]
            lines = [line for line in every if line["path"] == "/api/search"]
    (line,) = lines
    assert (line["method"], line["status"]) == ("GET", 200)
    assert isinstance(line["bytes"], int)
    assert line["bytes"] > 0
    assert "somebody" not in caplog.text
