"""One connection: bounded in size and time of what it sends and leaves unread; what is no HTTP gets the same
kind of error, with the same headers, as everything else.

The application waits for the body of a request; here it is the head, what is left of a body after its answer,
and the reading of an answer.
"""

import asyncio
from collections.abc import Callable
from http import HTTPStatus
from typing import Any, ClassVar

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol, RequestResponseCycle

from onrecord.server.faults import Fault, answer
from onrecord.server.guard import SECURITY_HEADERS
from onrecord.server.head import Refusal, beside_chunks, refusal, too_long

MOST_CONNECTIONS = 512
"""Connections that are open at the same time."""
LINGER_SECONDS = 1.0
"""How long the rest of a body may keep coming after its request was answered."""
SLOWEST = 1000
"""Bytes a second that a client has to read of what was sent to it."""
MOST_TRAILERS = 8 << 10
"""Bytes that may stand beside the chunks of a body: trailer fields (RFC 9112, 7.1.2), or an extension of a
chunk; none of them is kept.
"""
_AT_ONCE = 1 << 16


class Connection(HttpToolsProtocol):
    """HTTP/1.1 over one connection.

    patience: seconds that a head may take to arrive, and that an answer may stand still while it is sent. A
    head may be as long as uvicorn's setting for it says, which its other parser, h11, keeps to by itself.
    """

    patience: ClassVar[float] = 10.0

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.url = b""
        self._most_head = self.config.h11_max_incomplete_event_size or 0
        self._head: int | None = 0  # bytes of the head that is arriving; None while a body is
        self._trailers = 0  # bytes of trailer fields of the body that is arriving
        self._beside = 0  # bytes that came since its last chunk or trailer field
        self._waiting: asyncio.TimerHandle | None = None
        self._sending: asyncio.TimerHandle | None = None
        self._unsent = 0
        self._joined: Joined | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """As uvicorn; one connection too many is told so and closed."""
        super().connection_made(transport)
        self.transport = self._joined = Joined(transport, self.loop, self._watch_sending)  # type: ignore[assignment]
        if len(self.connections) > MOST_CONNECTIONS:
            busy = Fault(503, "busy", 1)
            self._refuse(Refusal(busy, "too many connections are open", "try again in a moment"))
            return
        self._expect(self.patience)

    def connection_lost(self, exc: Exception | None) -> None:
        """As uvicorn."""
        self._cease()
        if self._sending is not None:
            self._sending.cancel()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """As uvicorn, with an end to heads and trailers that do not end."""
        if self.transport.is_closing():
            return
        if self._head is not None:
            self._head += len(data)
        else:
            self._beside += len(data)
        super().data_received(data)
        if self._head is None:
            self._weigh_trailers()
        elif self._head:
            if self._head > self._most_head:
                self._refuse(too_long(self.url, self._most_head))
            elif self._waiting is None:
                self._expect(self.patience)

    def on_header(self, name: bytes, value: bytes) -> None:
        """As uvicorn for fields of the head; those of a trailer are counted and dropped (RFC 9110, 6.5.1)."""
        if self._head is not None:
            super().on_header(name, value)
            return
        self._trailers += len(name) + len(value) + 4
        self._beside = 0
        self._weigh_trailers()

    def _weigh_trailers(self) -> None:
        if self._trailers + self._beside > MOST_TRAILERS:
            self._refuse(beside_chunks(MOST_TRAILERS))

    def on_headers_complete(self) -> None:
        """As uvicorn, unless the head is one that must be refused."""
        self._cease()
        self._head = None
        self._trailers = self._beside = 0
        if self.transport.is_closing():
            return
        refused = refusal(self.parser.get_http_version(), self.url, self.headers, self._most_head)
        if refused is not None:
            self._refuse(refused)
            return
        self.url, _, query = self.url.partition(b"?")  # its parser reads no address beyond 64 KiB
        super().on_headers_complete()
        self.scope["query_string"] = query.partition(b"#")[0]

    def on_body(self, body: bytes) -> None:
        """As uvicorn, unless the request was refused."""
        self._beside = 0
        if not self.transport.is_closing():
            super().on_body(body)

    def on_message_complete(self) -> None:
        """As uvicorn; the next head may come."""
        self._head = 0
        self._cease()
        if not self.transport.is_closing():
            super().on_message_complete()

    def on_response_complete(self) -> None:
        """As uvicorn; the rest of a body that was not waited for has little time."""
        super().on_response_complete()
        if self._head is None:
            self._expect(LINGER_SECONDS)

    def send_400_response(self, msg: str) -> None:  # noqa: ARG002  uvicorn's words for it
        """An answer to bytes that are no request, or no body of one; then the end."""
        what = "the body of the request" if self._head is None else "this"
        self._refuse(Refusal(Fault(400, "bad-request"), f"{what} is not HTTP that can be read"))

    def _unsupported_upgrade_warning(self) -> None:
        """Nothing: the request is answered as if it had not asked for another protocol (RFC 9110, 7.8)."""

    def _expect(self, seconds: float) -> None:
        """End the connection unless the request goes on within `seconds`."""
        self._cease()
        self._waiting = self.loop.call_later(seconds, self._give_up)

    def _cease(self) -> None:
        if self._waiting is not None:
            self._waiting.cancel()
            self._waiting = None

    def _give_up(self) -> None:
        self._waiting = None
        if self._head and not self.transport.is_closing():
            message = f"the head of the request did not arrive within {self.patience:g} s"
            self._refuse(Refusal(Fault(408, "request-timeout"), message, "send it at once"))
        else:
            self.transport.close()

    def _watch_sending(self, unsent: int) -> None:
        """Something that was sent is not read yet: look again later."""
        if self._sending is None:
            self._unsent = unsent
            self._sending = self.loop.call_later(self.patience, self._look_at_sending)

    def _look_at_sending(self) -> None:
        """End the connection when its client has hardly read anything since the last look."""
        self._sending = None
        assert self._joined is not None  # noqa: S101  it is connected
        unsent = self._joined.unsent
        if unsent and self._joined.sent(self._unsent, unsent) < SLOWEST * self.patience:
            self.transport.abort()
        elif unsent:
            self._watch_sending(unsent)

    def _refuse(self, refused: Refusal) -> None:
        """Answer without an application, then close; where an answer has begun, only close."""
        if self.transport.is_closing():
            return
        cycle: RequestResponseCycle | None = self.cycle  # None before the first request
        if cycle is not None and cycle.response_complete and self._in_body_of(cycle):
            self.transport.close()
            return
        if cycle is not None and not cycle.response_complete:
            if self.pipeline or cycle.response_started or not self._in_body_of(cycle):
                self.transport.abort()
                return
            cycle.disconnected = True  # the application waits for the rest of this body
            cycle.message_event.set()
        fault = refused.fault
        told = answer(fault, refused.message, refused.hint)
        headers = {**SECURITY_HEADERS, "Connection": "close"}
        lines = [*told.raw_headers, *((name.encode(), value.encode()) for name, value in headers.items())]
        head = b"".join(b"%s: %s\r\n" % line for line in lines)
        start = f"HTTP/1.1 {fault.status} {HTTPStatus(fault.status).phrase}\r\n".encode()
        self.transport.write(start + head + b"\r\n" + bytes(told.body))
        self.transport.close()

    def _in_body_of(self, cycle: RequestResponseCycle) -> bool:
        """Whether what arrives is the body of the request that `cycle` answers."""
        return self._head is None and cycle.scope is self.scope


class Joined:
    """A transport that sends what is written in one go of the event loop as one piece.

    uvicorn writes the head of an answer and its body apart: two calls of the system, two packets. left:
    called with the number of bytes that the client has not taken at once.
    """

    def __init__(
        self, transport: asyncio.Transport, loop: asyncio.AbstractEventLoop, left: Callable[[int], None]
    ) -> None:
        self._transport = transport
        self._loop = loop
        self._left = left
        self._parts: list[bytes] = []
        self._length = 0
        self._written = 0  # since the number of bytes that were left was asked for last

    @property
    def unsent(self) -> int:
        """Bytes that wait for the client to read."""
        return self._transport.get_write_buffer_size()

    def sent(self, before: int, now: int) -> int:
        """Bytes that the client took since there were `before` unsent, of which `now` are left."""
        taken = before + self._written - now
        self._written = 0
        return taken

    def write(self, data: bytes) -> None:
        """Send it soon, in order."""
        if not data:
            return
        if not self._parts:
            self._loop.call_soon(self.flush)
        self._parts.append(data)
        self._length += len(data)
        if self._length > _AT_ONCE:
            self.flush()

    def flush(self) -> None:
        """Send what is held."""
        if self._parts:
            whole = b"".join(self._parts)
            self._parts.clear()
            self._written += self._length
            self._length = 0
            self._transport.write(whole)
            unsent = self._transport.get_write_buffer_size()
            if unsent:
                self._left(unsent)
            else:
                self._written = 0

    def close(self) -> None:
        """Send what is held, then close."""
        self.flush()
        self._transport.close()

    def abort(self) -> None:
        """Close at once."""
        self._parts.clear()
        self._transport.abort()

    def is_closing(self) -> bool:
        """As the transport."""
        return self._transport.is_closing()


def patient(seconds: float) -> type[Connection]:
    """Connections that wait for their clients as long as `seconds`."""

    class Patient(Connection):
        patience = seconds

    return Patient
