"""One connection: what is no HTTP gets the same kind of error, with the same headers, as everything else, and
a client that does not send, or does not read, is not waited for without end.

The application waits for the body of a request; here it is the head, what is left of a body after its answer,
and the reading of an answer.
"""

from asyncio import BaseTransport, TimerHandle, Transport
from http import HTTPStatus
from typing import ClassVar, cast

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol, RequestResponseCycle

from onrecord.server.faults import status_answer
from onrecord.server.guard import SECURITY_HEADERS

LINGER_SECONDS = 1.0
"""How long the rest of a body may keep coming after its request was answered."""


class Connection(H11Protocol):
    """HTTP/1.1 over one connection.

    patience: seconds that a head may take to arrive, and that an answer may stand still while it is sent.
    """

    patience: ClassVar[float] = 10.0
    _waiting: TimerHandle | None = None
    _sending: TimerHandle | None = None
    _unsent = 0

    def connection_made(self, transport: BaseTransport) -> None:
        super().connection_made(cast(Transport, transport))
        self._expect(self.patience)

    def connection_lost(self, exc: Exception | None) -> None:
        self._cease()
        if self._sending is not None:
            self._sending.cancel()
            self._sending = None
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        if self._is_answering():
            self._cease()
        elif self._waiting is None:
            self._expect(self.patience)

    def on_response_complete(self) -> None:
        super().on_response_complete()
        if self.conn.their_state is h11.SEND_BODY:
            self._expect(LINGER_SECONDS)
        self._watch_sending()

    def pause_writing(self) -> None:
        super().pause_writing()
        self._watch_sending()

    def send_400_response(self, msg: str) -> None:  # noqa: ARG002  uvicorn's words for it
        """An answer to bytes that are no request, or to a head longer than the limit; then the end."""
        self._refuse(400, "this is not an HTTP request that can be read", "is its head too long?")

    def _is_answering(self) -> bool:
        cycle: RequestResponseCycle | None = self.cycle
        return cycle is not None and not cycle.response_complete

    def _expect(self, seconds: float) -> None:
        """End the connection unless a request begins within `seconds`."""
        self._cease()
        self._waiting = self.loop.call_later(seconds, self._give_up)

    def _cease(self) -> None:
        if self._waiting is not None:
            self._waiting.cancel()
            self._waiting = None

    def _give_up(self) -> None:
        self._waiting = None
        if self.transport.is_closing() or self._is_answering():
            return
        if self.conn.our_state is h11.IDLE and self.conn.trailing_data[0]:
            seconds = f"{self.patience:g} s"
            self._refuse(408, f"the head of the request did not arrive within {seconds}", "send it at once")
        else:
            self.transport.close()

    def _watch_sending(self) -> None:
        if self._sending is None:
            self._unsent = self.transport.get_write_buffer_size()
            self._sending = self.loop.call_later(self.patience, self._look_at_sending)

    def _look_at_sending(self) -> None:
        """End the connection when its client has read nothing since the last look."""
        self._sending = None
        unsent = self.transport.get_write_buffer_size()
        if 0 < self._unsent <= unsent:
            self.transport.abort()
        elif unsent:
            self._watch_sending()

    def _refuse(self, status: int, message: str, hint: str) -> None:
        if self.conn.our_state not in (h11.IDLE, h11.SEND_RESPONSE):  # an answer is on its way already
            self.transport.close()
            return
        answer = status_answer(status, message, hint)
        headers = [
            *answer.raw_headers,
            *((name.lower().encode(), value.encode()) for name, value in SECURITY_HEADERS.items()),
            (b"connection", b"close"),
        ]
        start = h11.Response(status_code=status, headers=headers, reason=HTTPStatus(status).phrase.encode())
        for event in (start, h11.Data(data=bytes(answer.body)), h11.EndOfMessage()):
            output = self.conn.send(event)
            if output is not None:
                self.transport.write(output)
        self.transport.close()


def patient(seconds: float) -> type[Connection]:
    """Connections that wait for their clients as long as `seconds`."""

    class Patient(Connection):
        patience = seconds

    return Patient
