"""One connection: bounded in the size and the time of what it may send and leave unread; what is no HTTP gets
the same kind of error, with the same headers, as everything else."""

import asyncio
from http import HTTPStatus
from typing import Any

from starlette.responses import Response
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol, RequestResponseCycle

from onrecord.server.faults import Fault, answer, status_answer
from onrecord.server.guard import SECURITY_HEADERS

MOST_CONNECTIONS = 512
"""Connections that are open at the same time."""
HEAD_SECONDS = 15.0
"""How long the head of a request may take to arrive."""
READ_SECONDS = 30.0
"""How long a client may leave unread what was written to it; at most a few hundred kilobytes are."""
_AT_ONCE = 1 << 16


class Connection(HttpToolsProtocol):
    """HTTP/1.1 over one connection.

    A head may be as long as uvicorn's setting for it says (its other parser, h11, keeps to it by itself).
    """

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self._most_head = self.config.h11_max_incomplete_event_size or 0
        self._head: int | None = 0  # bytes of the head that is arriving; None while a body is
        self._head_timer: asyncio.TimerHandle | None = None
        self._read_timer: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """As uvicorn; one connection too many is told so and closed."""
        super().connection_made(transport)
        self.transport = Joined(transport, self.loop)  # type: ignore[assignment]
        if len(self.connections) > MOST_CONNECTIONS:
            busy = Fault(503, "busy", 1)
            self._tell(answer(busy, "too many connections are open", "try again in a moment"))
            return
        self._await_head()

    def connection_lost(self, exc: Exception | None) -> None:
        """As uvicorn."""
        for timer in (self._head_timer, self._read_timer):
            if timer is not None:
                timer.cancel()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """As uvicorn, with an end to heads that do not end."""
        if self.transport.is_closing():
            return
        if self._head is not None:
            self._head += len(data)
        super().data_received(data)
        if self._head:
            if self._head > self._most_head:
                self._refuse_head()
            elif self._head_timer is None:
                self._await_head()

    def on_headers_complete(self) -> None:
        """As uvicorn; a head that came at once may be too long too."""
        if self._head_timer is not None:
            self._head_timer.cancel()
            self._head_timer = None
        self._head = None
        long = len(self.url) + sum(len(name) + len(value) + 4 for name, value in self.headers)
        if long > self._most_head:
            self._refuse_head()
            return
        self.url, _, query = self.url.partition(b"?")  # its parser reads no address beyond 64 KiB
        super().on_headers_complete()
        self.scope["query_string"] = query.partition(b"#")[0]

    def on_body(self, body: bytes) -> None:
        """As uvicorn, unless the request was refused."""
        if self.cycle is not None:
            super().on_body(body)

    def on_message_complete(self) -> None:
        """As uvicorn; the next head may come."""
        self._head = 0
        if self.cycle is not None:
            super().on_message_complete()

    def pause_writing(self) -> None:
        """As uvicorn; a client that does not read is not waited for without end."""
        super().pause_writing()
        if self._read_timer is None:
            self._read_timer = self.loop.call_later(READ_SECONDS, self.transport.abort)

    def resume_writing(self) -> None:
        """As uvicorn."""
        super().resume_writing()
        if self._read_timer is not None:
            self._read_timer.cancel()
            self._read_timer = None

    def send_400_response(self, msg: str) -> None:  # noqa: ARG002  uvicorn's words for it
        """An answer to bytes that are no request; then the end."""
        self._tell(status_answer(400, "this is not an HTTP request that can be read"))

    def _unsupported_upgrade_warning(self) -> None:
        """Nothing: the request is answered as if it had not asked for another protocol (RFC 9110, 7.8)."""

    def _await_head(self) -> None:
        self._head_timer = self.loop.call_later(HEAD_SECONDS, self.transport.close)

    def _refuse_head(self) -> None:
        hint = "send a long query by POST; /limits lists the limits"
        fault = Fault(413, "request-too-large")
        self._tell(answer(fault, f"the head of the request is longer than {self._most_head} bytes", hint))

    def _tell(self, told: Response) -> None:
        """Answer without an application, then close; in the middle of another answer, only close."""
        cycle: RequestResponseCycle | None = self.cycle  # None before the first request
        if cycle is not None and not cycle.response_complete:
            self.transport.abort()
            return
        headers = {**SECURITY_HEADERS, "Connection": "close"}
        lines = [*told.raw_headers, *((name.encode(), value.encode()) for name, value in headers.items())]
        head = b"".join(b"%s: %s\r\n" % line for line in lines)
        phrase = HTTPStatus(told.status_code).phrase.encode()
        start = b"HTTP/1.1 %d %s\r\n" % (told.status_code, phrase)
        self.transport.write(start + head + b"\r\n" + bytes(told.body))
        self.transport.close()


class Joined:
    """A transport that sends what is written in one go of the event loop as one piece.

    uvicorn writes the head of an answer and its body apart: two calls of the system, two packets.
    """

    def __init__(self, transport: asyncio.Transport, loop: asyncio.AbstractEventLoop) -> None:
        self._transport = transport
        self._loop = loop
        self._parts: list[bytes] = []
        self._length = 0

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
            self._length = 0
            self._transport.write(whole)

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
