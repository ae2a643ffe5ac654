"""One connection: what is no HTTP gets the same kind of error, with the same headers, as everything else."""

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

from onrecord.server.faults import status_answer
from onrecord.server.guard import SECURITY_HEADERS


class Connection(H11Protocol):
    """HTTP/1.1 over one connection."""

    def send_400_response(self, msg: str) -> None:  # noqa: ARG002  uvicorn's words for it
        """An answer to bytes that are no request, or to a head longer than the limit; then the end."""
        answer = status_answer(400, "this is not an HTTP request that can be read", "is its head too long?")
        headers = [
            *answer.raw_headers,
            *((name.lower().encode(), value.encode()) for name, value in SECURITY_HEADERS.items()),
            (b"connection", b"close"),
        ]
        start = h11.Response(status_code=400, headers=headers, reason=b"Bad Request")
        for event in (start, h11.Data(data=bytes(answer.body)), h11.EndOfMessage()):
            output = self.conn.send(event)
            if output is not None:
                self.transport.write(output)
        self.transport.close()
