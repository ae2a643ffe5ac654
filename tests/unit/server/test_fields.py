"""Header fields that come more than once, and clients of HTTP/1.0 (RFC 9110, 5.3; RFC 9112, 6.1)."""

import socket
from collections.abc import Iterator
from urllib.parse import quote

import pytest
from tests.serving import Served, serving

from onrecord.query import Limits
from onrecord.workspace import Workspace

LARGE = "SELECT ?a ?f { ?a ?b ?c . ?d ?e ?f } LIMIT 30000"


@pytest.fixture(scope="module")
def patient(example: Workspace) -> Iterator[Served]:
    """The record written for tests, with more time than a test takes."""
    with serving(example.settings, Limits(time_limit_s=60)) as server:
        yield server


def raw(server: Served, target: str, version: str, *fields: str) -> tuple[bytes, bytes]:
    """Head and body of an answer, as they came."""
    lines = [f"GET {target} HTTP/{version}", "Host: x", "Connection: close", *fields, "", ""]
    with socket.create_connection(("127.0.0.1", server.port), timeout=60) as opened:
        opened.sendall("\r\n".join(lines).encode())
        head, _, body = b"".join(iter(lambda: opened.recv(65536), b"")).partition(b"\r\n\r\n")
    return head.lower(), body


@pytest.mark.parametrize(
    ("target", "kind"),
    [
        ("/sparql?query=ASK%7B%7D", "application/sparql-results+xml"),
        ("/sparql", "application/ld+json"),
        ("/.well-known/void", "application/ld+json"),
        ("/ns", "application/ld+json"),
        ("/doc/ns", "application/ld+json"),
        ("/api/search?q=a", "application/json"),
        ("/api/openapi.json", "application/json"),
    ],
)
def test_several_accept_fields_are_one_list(patient: Served, target: str, kind: str) -> None:
    apart = raw(patient, target, "1.1", "Accept: image/png", f"Accept: {kind}")
    joined = raw(patient, target, "1.1", f"Accept: image/png, {kind}")
    assert apart[0].split(b" ", 2)[1] in (b"200", b"303")
    assert apart[1] == joined[1]


def test_several_if_none_match_fields_are_one_list(patient: Served) -> None:
    tag = patient.get("/api/search?q=a").headers["ETag"]
    head, _ = raw(patient, "/api/search?q=a", "1.1", 'If-None-Match: "x"', f"If-None-Match: {tag}")
    assert head.startswith(b"http/1.1 304 ")


def test_a_client_of_1_0_gets_no_chunks(patient: Served) -> None:
    """A large answer has a length then, whatever codings the client takes."""
    head, body = raw(patient, f"/sparql?query={quote(LARGE)}", "1.0", "Accept-Encoding: gzip")
    assert head.split(b" ", 2)[1] == b"200"
    assert b"transfer-encoding" not in head
    assert f"content-length: {len(body)}".encode() in head
    assert len(body) > 1_000_000
