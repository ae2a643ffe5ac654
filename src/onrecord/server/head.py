"""The head of a request: what HTTP asks of it that the parser lets pass (RFC 9110, RFC 9112)."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from onrecord.server.faults import Fault

LONGEST_PATH = 0xFFFF
"""Bytes of a path: what the parser of addresses reads."""
_HOST = re.compile(
    rb"(?:[A-Za-z0-9\-._~!$&'()*+,;=%]*|\[[A-Za-z0-9\-._~!$&'()*+,;=:]+\])(?::[0-9]*)?",
)
"""`Host` (RFC 9110, 7.2): a name or an address of RFC 3986, 3.2.2, empty too, and perhaps a port."""
_LONG = Fault(414, "uri-too-long")
_MANY = Fault(431, "request-header-fields-too-large")
_BAD = Fault(400, "bad-request")


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a head is not taken: how that is told, in which words, and what to do."""

    fault: Fault
    message: str
    hint: str | None = None


def refusal(version: str, target: bytes, fields: Sequence[tuple[bytes, bytes]], most: int) -> Refusal | None:
    """What is wrong with a head; None where nothing is.

    version: such as "1.1". target: the address as it was sent. fields: names in lower case, with values.
    most: bytes that all of it may have.
    """
    if version not in ("1.1", "1.0"):
        return _other_version(version)
    length, hosts, codings = len(target), 0, b""
    for name, value in fields:
        length += len(name) + len(value) + 4
        if name == b"host":
            hosts += 1
            if not _HOST.fullmatch(value):
                return Refusal(_BAD, "'Host' is neither a name nor an address", "Host: example.org")
        elif name == b"transfer-encoding":
            codings += b"," + value
    if length > most:
        return too_long(target, most)
    if target.find(b"?") > LONGEST_PATH or (len(target) > LONGEST_PATH and b"?" not in target):
        return Refusal(_LONG, f"the path of the address is longer than {LONGEST_PATH} bytes")
    if hosts > 1 or (hosts == 0 and version == "1.1"):
        return Refusal(_BAD, f"there are {hosts} fields 'Host'; expected one", "Host: example.org")
    return _framing(version, codings) if codings else None


def too_long(target: bytes, most: int) -> Refusal:
    """A head beyond its limit: 414 where the address has the larger part of it, else 431."""
    if 2 * len(target) > most:
        message = f"the address is longer than the {most} bytes that the head of a request may have"
        return Refusal(_LONG, message, "send a long query by POST; /limits lists the limits")
    return Refusal(_MANY, f"the head of the request is longer than {most} bytes", "send fewer header fields")


def beside_chunks(most: int) -> Refusal:
    """More beside the chunks of a body than it may have: 431, as trailers are fields too."""
    message = f"trailer fields or chunk extensions of the body are longer than {most} bytes"
    return Refusal(_MANY, message, "send the body without them; they are not read")


def _other_version(version: str) -> Refusal:
    """Before 1.0 there was no head to answer with (RFC 1945, 3.1); a later one is 505 (RFC 9110, 15.6.6)."""
    message = f"this is HTTP/{version}; HTTP/1.1 is spoken here"
    newer = not version.startswith("0.")
    return Refusal(Fault(505, "http-version-not-supported") if newer else _BAD, message)


def _framing(version: str, codings: bytes) -> Refusal | None:
    """Where a body with `Transfer-Encoding` cannot be told from what follows it (RFC 9112, 6.1 and 6.3)."""
    named = [coding.strip().lower() for coding in codings.split(b",") if coding.strip()]
    if version == "1.0" or named[-1:] != [b"chunked"] or named.count(b"chunked") > 1:
        return Refusal(_BAD, "'Transfer-Encoding' does not say where the body ends", "send Content-Length")
    if len(named) > 1:
        return Refusal(
            Fault(501, "not-implemented"), "only the transfer coding 'chunked' is read", "send it as it is"
        )
    return None
